//! Small makers that several pages use.

use super::here::Here;
use super::many::split;
use super::parts::{ComplexityView, FoundationView, LayerGroup, Link, StaysView, VerdictView};
use crate::model::capability::{Complexity, Level};
use crate::model::{Capability, Case, Condition, Foundation, Key, Kind, Layer, ListKind, Profile, Ref, Verdict};
use crate::view::words::{ListWords, Words};

/// Appends text as HTML character data.
pub(super) fn escape(out: &mut String, text: &str) {
    replaced(out, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        _ => None,
    });
}

/// Appends text for inside a double-quoted attribute.
pub(super) fn attribute(out: &mut String, text: &str) {
    replaced(out, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'"' => Some("&quot;"),
        _ => None,
    });
}

/// Appends a text with others in place of some of its bytes, which are ASCII.
fn replaced(out: &mut String, text: &str, by: impl Fn(u8) -> Option<&'static str>) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(by) = by(byte) {
            out.push_str(&text[done..at]);
            out.push_str(by);
            done = at + 1;
        }
    }
    out.push_str(&text[done..]);
}

/// Text as HTML character data.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(&mut out, text);
    out
}

impl ListWords {
    pub fn of(&self, list: ListKind) -> &str {
        match list {
            ListKind::Trigger => &self.trigger,
            ListKind::NotWhen => &self.not_when,
            ListKind::Now => &self.now,
            ListKind::Later => &self.later,
            ListKind::Prepare => &self.prepare,
            ListKind::ActivateWhen => &self.activate_when,
            ListKind::UseWhen => &self.use_when,
        }
    }
}

/// The word for a level.
pub(super) fn level(words: &Words, level: Level) -> &str {
    match level {
        Level::Low => &words.level.low,
        Level::Medium => &words.level.medium,
        Level::High => &words.level.high,
    }
}

/// A complexity in words and pips.
pub(super) fn complexity(words: &Words, complexity: Complexity) -> ComplexityView {
    let Complexity { from, to } = complexity;
    let label = if from == to {
        level(words, from).to_owned()
    } else {
        words.level.range.replace("{from}", level(words, from)).replace("{to}", &level(words, to).to_lowercase())
    };
    let pip = |level: Level| match () {
        () if level <= from => "on",
        () if level <= to => "may",
        () => "off",
    };
    let covered: Vec<&str> = Level::ALL.into_iter().filter(|l| *l >= from && *l <= to).map(Level::name).collect();
    ComplexityView {
        from: from.name(),
        to: to.name(),
        label,
        pips: Level::ALL.map(pip),
        rank: rank(from) * 10 + rank(to),
        levels: covered.join(" "),
    }
}

fn rank(level: Level) -> u8 {
    match level {
        Level::Low => 1,
        Level::Medium => 2,
        Level::High => 3,
    }
}

impl Here<'_> {
    /// A settled verdict in the site's words.
    pub fn verdict(&self, verdict: Verdict) -> VerdictView {
        self.verdict_as(verdict, true)
    }

    /// A verdict in the site's words: if it is not settled, as "probably". Open is open either way.
    pub fn verdict_as(&self, verdict: Verdict, settled: bool) -> VerdictView {
        let probably = !settled && verdict != Verdict::Open;
        let words = self.catalog.site.verdicts.get(&verdict);
        let label = words.map(|words| if probably { &words.probably } else { &words.label });
        VerdictView {
            verdict: verdict.name(),
            label: label.map_or(verdict.name(), String::as_str).to_owned(),
            probably,
        }
    }

    /// What a case expects of a capability: the verdicts that are fine; none if it expects nothing.
    pub fn expected(&self, case: &Case<Profile>, capability: &Capability<Condition>) -> Vec<VerdictView> {
        let expected = case.expect.iter().find(|(of, _)| of.key.id == capability.id);
        expected.map_or(Vec::new(), |(_, verdicts)| verdicts.iter().map(|v| self.verdict(*v)).collect())
    }

    /// The one-line summary of a thing, where its kind has one.
    pub fn summary(&self, key: &Key) -> Option<String> {
        let id = key.id.as_str();
        let summary = match key.kind {
            Kind::Layer => &self.catalog.layer(id)?.summary,
            Kind::Capability => &self.catalog.capability(id)?.summary,
            Kind::Option => &self.catalog.option(id)?.summary,
            Kind::Component => &self.catalog.component(id)?.summary,
            Kind::Case => &self.catalog.case(id)?.summary,
            Kind::Fact => &self.catalog.fact(self.catalog.fact_ix(id)?).question,
            Kind::Page => self.catalog.page(id)?.summary.as_ref()?,
            Kind::Trigger | Kind::Decision => return None,
        };
        Some(self.text(summary))
    }

    /// One foundation, as the capability that builds on it sees it.
    pub fn foundation(&self, foundation: &Foundation) -> FoundationView {
        let link = self.link(&foundation.on.key);
        FoundationView {
            title: link.title,
            href: link.href,
            kind: foundation.on.key.kind.name(),
            adds_html: self.text(&foundation.adds),
        }
    }

    /// What builds on a thing, and what that adds; beyond the first hundred their names alone.
    pub fn supports(&self, key: &Key) -> (Vec<FoundationView>, Vec<Link>) {
        let places = self.plan.derived.supports.get(key).map_or(&[][..], Vec::as_slice);
        let full = |&(capability, place): &(usize, usize)| {
            let link = self.capability_link(capability);
            Some(FoundationView {
                title: link.title,
                href: link.href,
                kind: Kind::Capability.name(),
                adds_html: self.text(&self.catalog.capabilities[capability].builds_on[place].adds),
            })
        };
        split(places, full, |&(capability, _)| self.capability_link(capability))
    }

    /// What does not replace a thing, and why; beyond the first hundred their names alone.
    pub fn stays(&self, key: &Key) -> (Vec<StaysView>, Vec<Link>) {
        let places = self.plan.derived.stays.get(key).map_or(&[][..], Vec::as_slice);
        let full = |&(capability, place): &(usize, usize)| {
            let link = self.capability_link(capability);
            let text_html = self.text(&self.catalog.capabilities[capability].does_not_replace[place].text);
            Some(StaysView { title: link.title, href: link.href, text_html })
        };
        split(places, full, |&(capability, _)| self.capability_link(capability))
    }

    /// The foundations of a capability, by layer: the layers in order, foundations as authored.
    pub fn foundations_by_layer(&self, capability: &Capability<Condition>) -> Vec<(&Layer, LayerGroup)> {
        let layer_of = |on: &Ref| match on.key.kind {
            Kind::Component => self.catalog.component(&on.key.id).map(|c| c.layer.key.id.as_str()),
            _ => self.catalog.capability(&on.key.id).map(|c| c.layer.key.id.as_str()),
        };
        self.catalog
            .layers
            .iter()
            .filter_map(|layer| {
                let stands = |f: &&Foundation| layer_of(&f.on) == Some(layer.id.as_str());
                let foundations: Vec<FoundationView> =
                    capability.builds_on.iter().filter(stands).map(|f| self.foundation(f)).collect();
                let group = LayerGroup { layer: self.layer_link(layer), foundations };
                (!group.foundations.is_empty()).then_some((layer, group))
            })
            .collect()
    }
}
