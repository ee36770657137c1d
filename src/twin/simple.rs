//! The twins of layers, options, components, decisions and pages.

use super::paper::{Paper, escape};
use super::{capability, case, judgement, trade_off};
use crate::export::{self, assessment};
use crate::model::thing::OptionKind;
use crate::model::{Key, Kind, TradeOffBody};
use crate::record::{self, What};
use crate::view::Words;

pub fn layer(paper: &mut Paper, id: &str) -> Option<()> {
    let catalog = paper.catalog;
    let layer = catalog.layer(id)?;
    let file = &*layer.span.file;
    let words = &paper.words.sections;
    paper.heading(1, &format!("{}: {}", catalog.layer_name(layer), layer.title));
    paper.paragraph(&paper.text(file, &layer.summary));
    paper.paragraph(&paper.maybe(file, layer.description.as_ref()));
    if !layer.topics.is_empty() {
        paper.heading(2, &words.topics);
        layer.topics.iter().for_each(|topic| paper.item(0, &paper.text(file, topic)));
        paper.gap();
    }
    if !layer.questions.is_empty() {
        paper.heading(2, &words.questions);
        for (question, capability) in &layer.questions {
            let answer = capability.as_ref().map(|c| format!(" {}", paper.link(&c.key))).unwrap_or_default();
            paper.item(0, &format!("{}{answer}", paper.text(file, question)));
        }
        paper.gap();
    }
    if layer.prose.sections.first().is_some_and(|section| section.heading.is_none()) {
        paper.heading(2, &words.layer_text);
        paper.intro(file, &layer.prose);
    }
    let capabilities: Vec<_> = catalog.capabilities.iter().filter(|c| c.layer.key.id == id).collect();
    if !capabilities.is_empty() {
        paper.heading(2, &words.capabilities);
        for c in capabilities {
            let link = paper.link(&Key::new(Kind::Capability, &c.id));
            let complexity = paper.complexity(c.complexity);
            paper.item(0, &format!("{link}: {} ({complexity})", paper.text(&c.span.file, &c.summary)));
            for foundation in &c.builds_on {
                let adds = paper.text(&c.span.file, &foundation.adds);
                paper.item(1, &format!("{}: {}: {adds}", words.builds_on, paper.link(&foundation.on.key)));
            }
        }
        paper.gap();
    }
    let components: Vec<_> = catalog.components.iter().filter(|c| c.layer.key.id == id).collect();
    if !components.is_empty() {
        paper.heading(2, &words.components);
        for c in components {
            let key = Key::new(Kind::Component, &c.id);
            paper.item(0, &format!("{}: {}", paper.link(&key), paper.text(&c.span.file, &c.summary)));
            for &(n, place) in paper.plan.derived.supports.get(&key).into_iter().flatten() {
                let above = &catalog.capabilities[n];
                let adds = paper.text(&above.span.file, &above.builds_on[place].adds);
                paper.item(1, &format!("{}: {adds}", paper.capability(n)));
            }
        }
        paper.gap();
    }
    paper.sections(file, &layer.prose, &[]);
    Some(())
}

/// The word for a kind of option.
pub fn option_kind(words: &Words, kind: OptionKind) -> &str {
    match kind {
        OptionKind::Tool => &words.option_kind.tool,
        OptionKind::Service => &words.option_kind.service,
        OptionKind::Approach => &words.option_kind.approach,
    }
}

pub fn option(paper: &mut Paper, id: &str) -> Option<()> {
    let catalog = paper.catalog;
    let option = catalog.option(id)?;
    let file = &*option.span.file;
    let words = &paper.words.criteria;
    paper.heading(1, &option.title);
    paper.paragraph(&paper.text(file, &option.summary));
    paper.named(0, &words.kind, option_kind(paper.words, option.kind));
    paper.named(0, &paper.words.twin.short, &option.short.as_deref().map(escape).unwrap_or_default());
    paper.named(0, &words.licence, &option.licence.as_deref().map(escape).unwrap_or_default());
    paper.named(0, &words.maturity, &paper.maybe(file, option.maturity.as_ref()));
    website(paper, option.url.as_deref());
    paper.gap();
    paper.intro(file, &option.prose);
    for &(n, row) in paper.plan.derived.answers_in.get(id).into_iter().flatten() {
        let capability = &catalog.capabilities[n];
        paper.heading(2, &format!("{}: {}", paper.words.sections.answers, capability.title));
        let compared = trade_off::link(paper, &capability.id);
        paper.paragraph(&format!("{}: {compared}", paper.capability(n)));
        let others: Vec<Key> = match capability.trade_off.as_ref().map(|t| &t.body) {
            Some(TradeOffBody::Options(rows)) => {
                trade_off::row_of(paper, capability, &rows[row]);
                rows.iter().map(|r| r.option.key.clone()).collect()
            }
            Some(TradeOffBody::Columns { columns, rows }) => {
                for (column, cell) in columns.iter().zip(&rows[row].cells) {
                    paper.named(0, &column.title, &paper.maybe(&capability.span.file, cell.as_ref()));
                }
                if let Some(when) = &rows[row].when {
                    paper.item(0, &paper.when(Some(when), ""));
                }
                paper.gap();
                rows.iter().filter_map(|r| Some(r.option.as_ref()?.key.clone())).collect()
            }
            None => Vec::new(),
        };
        let others: Vec<String> = others.iter().filter(|key| key.id != id).map(|key| paper.link(key)).collect();
        if !others.is_empty() {
            paper.paragraph(&format!("{}: {}", paper.words.twin.instead, others.join(", ")));
        }
    }
    let chose = catalog.decisions.iter().filter(|d| d.option.value == id);
    let chose: Vec<String> = chose.map(|d| paper.link(&Key::new(Kind::Decision, &d.id))).collect();
    paper.named(0, &paper.words.twin.chosen_by.clone(), &chose.join(", "));
    paper.gap();
    paper.sections(file, &option.prose, &[]);
    Some(())
}

pub fn component(paper: &mut Paper, id: &str) -> Option<()> {
    let component = paper.catalog.component(id)?;
    let file = &*component.span.file;
    let key = Key::new(Kind::Component, id);
    paper.heading(1, &component.title);
    paper.paragraph(&paper.text(file, &component.summary));
    let layer = paper.link(&component.layer.key);
    paper.named(0, &paper.catalog.site.layer_label.clone(), &layer);
    website(paper, component.url.as_deref());
    paper.gap();
    paper.intro(file, &component.prose);
    capability::supports(paper, &key);
    if let Some(places) = paper.plan.derived.stays.get(&key) {
        paper.heading(2, &paper.words.sections.stays);
        for &(n, place) in places {
            let above = &paper.catalog.capabilities[n];
            let text = paper.text(&above.span.file, &above.does_not_replace[place].text);
            paper.item(0, &format!("{}: {text}", paper.capability(n)));
        }
        paper.gap();
    }
    paper.sections(file, &component.prose, &[]);
    Some(())
}

pub fn decision(paper: &mut Paper, id: &str) -> Option<()> {
    let decision = paper.catalog.decisions.iter().find(|d| d.id == id)?;
    let file = &*decision.span.file;
    let words = &paper.words.twin;
    paper.heading(1, &decision.title);
    paper.named(0, &paper.words.placed.capability, &paper.link(&decision.capability.key));
    let premises = record::premises(paper.catalog, decision)?;
    let option = match premises.choice.what {
        What::Row(_) => paper.link(&Key::new(Kind::Option, &premises.choice.id)),
        What::Keep | What::Adopt => escape(&premises.choice.title),
    };
    paper.named(0, &paper.words.placed.option, &option);
    paper.named(0, &words.date, &decision.date);
    paper.named(0, &words.status, &decision.status);
    paper.named(0, &words.verdict_then, &paper.verdict(decision.verdict, decision.settled));
    paper.gap();
    paper.paragraph(if decision.constructed { &words.constructed } else { &words.from_practice });
    let place = paper.catalog.decisions.iter().position(|d| d.id == id)?;
    let findings = export::findings(paper.plan, place);
    let holds = !findings.iter().any(|finding| finding.breaks);
    paper.heading(2, &paper.words.sections.premises);
    paper.item(0, if holds { &words.holds } else { &words.broken });
    findings.iter().for_each(|finding| paper.item(1, &escape(&finding.text)));
    paper.item(0, &format!("rules `{}`, prose `{}`", decision.rules_hash, decision.prose_hash));
    let capability = &paper.catalog.capabilities[premises.capability];
    let now = &paper.plan.assessed().decisions[place].capabilities[premises.capability];
    judgement::write(paper, 0, &assessment::capability(paper.catalog, &decision.facts, capability, now));
    paper.gap();
    case::answers(paper, &decision.facts);
    paper.intro(file, &decision.prose);
    paper.sections(file, &decision.prose, &[]);
    Some(())
}

pub fn page(paper: &mut Paper, id: &str) -> Option<()> {
    let page = paper.catalog.page(id)?;
    let file = &*page.span.file;
    paper.heading(1, &page.title);
    paper.paragraph(&paper.maybe(file, page.summary.as_ref()));
    paper.intro(file, &page.prose);
    paper.sections(file, &page.prose, &[]);
    Some(())
}

fn website(paper: &mut Paper, url: Option<&str>) {
    if let Some(url) = url {
        paper.named(0, &paper.words.twin.website, &format!("<{url}>"));
    }
}
