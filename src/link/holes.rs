//! Holes: every link, anchor, asset and placed view inside texts and prose leads somewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::Catalog;
use super::anchors::{anchors, taken};
use super::references::name_fault;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::model::capability::{TradeOff, TradeOffBody};
use crate::model::{Key, Kind, Piece, Prose, Span, Text};

/// Among so many anchors of a page the one that was meant is looked for.
const NAMED: usize = 500;

/// Checks every hole of the catalog.
pub fn check(catalog: &Catalog, broken: &BTreeSet<Key>, diagnostics: &mut Diagnostics) {
    let mut checker = Checker { catalog, broken, anchors: BTreeMap::new(), diagnostics };
    things(catalog, &mut |own, texts, prose| checker.thing(own, texts, prose));
}

/// Checks the holes of these things.
pub fn check_of(catalog: &Catalog, keys: &BTreeSet<Key>, diagnostics: &mut Diagnostics) {
    let broken = BTreeSet::new();
    let mut checker = Checker { catalog, broken: &broken, anchors: BTreeMap::new(), diagnostics };
    things(catalog, &mut |own, texts, prose| {
        if own.as_ref().is_some_and(|own| keys.contains(own)) {
            checker.thing(own, texts, prose);
        }
    });
}

/// How many views a page may place: each is drawn anew, and may show all that there is.
const MOST_VIEWS: usize = 100;

struct Checker<'a> {
    catalog: &'a Catalog,
    broken: &'a BTreeSet<Key>,
    /// Of the things that links with an anchor led to.
    anchors: BTreeMap<Key, BTreeSet<String>>,
    diagnostics: &'a mut Diagnostics,
}

impl Checker<'_> {
    /// `own`: the thing on whose page the texts stand, for links to the same page.
    fn thing(&mut self, own: Option<Key>, texts: Vec<&Text>, prose: Option<&Prose>) {
        let pieces = texts.into_iter().flat_map(|text| text.pieces()).chain(prose.into_iter().flat_map(Prose::pieces));
        let mut views = 0;
        for piece in pieces {
            if let Piece::View { span, .. } = piece {
                views += 1;
                if views == MOST_VIEWS + 1 {
                    let message = format!("more than {MOST_VIEWS} views are placed on one page");
                    self.diagnostics.push(Diagnostic::new(Code::TooLarge, (**span).clone(), message));
                }
            }
            self.piece(own.as_ref(), piece);
        }
        if let (Some(own), Some(prose)) = (&own, prose) {
            taken(self.catalog, own, prose, self.diagnostics);
        }
    }

    fn piece(&mut self, own: Option<&Key>, piece: &Piece) {
        match piece {
            Piece::Open { name, anchor, span } => {
                if let (Some(key), Some(anchor)) = (self.target(own, name, span), anchor) {
                    self.anchor(&key, anchor, span);
                }
            }
            Piece::Asset { path, span, .. } => {
                if !self.catalog.assets.contains_key(&**path) {
                    let message = format!("`{path}` is not in `content/assets`");
                    let diagnostic = Diagnostic::new(Code::UnknownAsset, (**span).clone(), message);
                    let names = self.catalog.assets.keys().map(String::as_str);
                    self.diagnostics.push(diagnostic.nearest(path, names));
                }
            }
            Piece::View { view, argument, span } => self.view(view, argument, span),
            Piece::Html(_) | Piece::Title { .. } | Piece::Close | Piece::Word(_) | Piece::Code(_) => {}
        }
    }

    /// The thing that a link leads to; reported if there is none.
    fn target(&mut self, own: Option<&Key>, name: &str, span: &Span) -> Option<Key> {
        if name.is_empty() {
            return own.cloned();
        }
        let is_path = name.ends_with(".md") || name.ends_with(".yaml");
        if !is_path {
            if let Some(diagnostic) = name_fault(&self.catalog.names, self.broken, name, span) {
                self.diagnostics.push(diagnostic);
            }
            return self.catalog.resolve(name).cloned();
        }
        let files = &self.catalog.names.files;
        // The YAML and the Markdown of a thing are one page, whichever of them exists.
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let key = [name.to_owned(), format!("{stem}.yaml"), format!("{stem}.md")].iter().find_map(|p| files.get(p));
        if let Some(key) = key {
            return Some(key.clone());
        }
        let in_broken = self.broken.iter().any(|k| stem == format!("{}/{}", k.kind.folder(), k.id));
        if !in_broken {
            let diagnostic = Diagnostic::new(Code::BrokenLink, span.clone(), format!("there is no `content/{name}`"));
            let paths: Vec<&str> =
                files.keys().map(|p| p.rsplit_once('.').map_or(p.as_str(), |(stem, _)| stem)).collect();
            self.diagnostics.push(match nearest(stem, paths.iter().copied()) {
                Some(near) => diagnostic.did_you_mean(stem, near, &paths).help(format!("did you mean `{near}.md`?")),
                None => diagnostic,
            });
        }
        None
    }

    fn anchor(&mut self, key: &Key, anchor: &str, span: &Span) {
        let catalog = self.catalog;
        let known = self.anchors.entry(key.clone()).or_insert_with(|| anchors(catalog, key));
        if known.contains(anchor) {
            return;
        }
        let message = format!("`{key}` has no heading or section `#{anchor}`");
        let diagnostic = Diagnostic::new(Code::UnknownAnchor, span.clone(), message);
        // A page of thousands of headings may have as many wrong links.
        let names = known.iter().take(NAMED).map(String::as_str);
        self.diagnostics.push(diagnostic.nearest(anchor, names));
    }

    /// A view's argument must name what it shows; `matrix` may be bare.
    fn view(&mut self, view: &str, argument: &str, span: &Span) {
        let (kinds, ids): (&str, Vec<&str>) = match view {
            "number-line" => {
                let ordered = self.catalog.facts.iter().filter(|f| f.fact_type.is_ordered());
                ("a fact that is a number", ordered.map(|f| f.id.as_str()).collect())
            }
            "graph" => (
                "a layer or a capability",
                self.catalog
                    .layers
                    .iter()
                    .map(|l| l.id.as_str())
                    .chain(self.catalog.capabilities.iter().map(|c| c.id.as_str()))
                    .collect(),
            ),
            "verdicts" => ("a case", self.catalog.cases.iter().map(|c| c.id.as_str()).collect()),
            "options" => {
                let weighs = |trade_off: &TradeOff<_>| matches!(trade_off.body, TradeOffBody::Options(_));
                let weighing = self.catalog.capabilities.iter().filter(|c| c.trade_off.as_ref().is_some_and(weighs));
                ("a capability with options", weighing.map(|c| c.id.as_str()).collect())
            }
            "matrix" if argument.is_empty() => return,
            _ => ("a layer, or nothing", self.catalog.layers.iter().map(|l| l.id.as_str()).collect()),
        };
        if !ids.contains(&argument) {
            let message = format!("`{argument}` is nothing that `{view}` can show; it shows {kinds}");
            self.diagnostics.push(Diagnostic::new(Code::UnknownView, span.clone(), message).nearest(argument, ids));
        }
    }
}

/// Hands over every thing with its texts and its prose, one after the other: there are very many texts.
fn things<'a>(catalog: &'a Catalog, each: &mut dyn FnMut(Option<Key>, Vec<&'a Text>, Option<&'a Prose>)) {
    let site = &catalog.site;
    let home = [&site.description].into_iter().chain(&site.credits).chain(site.home.triggers.iter().map(|(_, t)| t));
    each(None, home.collect(), None);
    for layer in &catalog.layers {
        let texts = [&layer.summary]
            .into_iter()
            .chain(&layer.description)
            .chain(&layer.topics)
            .chain(layer.questions.iter().map(|(question, _)| question));
        each(Some(Key::new(Kind::Layer, &layer.id)), texts.collect(), Some(&layer.prose));
    }
    for capability in &catalog.capabilities {
        let key = Key::new(Kind::Capability, &capability.id);
        each(Some(key), capability.texts(), Some(&capability.prose));
    }
    for option in &catalog.options {
        let texts = [&option.summary].into_iter().chain(&option.maturity).collect();
        each(Some(Key::new(Kind::Option, &option.id)), texts, Some(&option.prose));
    }
    for component in &catalog.components {
        let key = Key::new(Kind::Component, &component.id);
        each(Some(key), vec![&component.summary], Some(&component.prose));
    }
    for fact in &catalog.facts {
        let texts = [&fact.question].into_iter().chain(&fact.help).chain(&fact.measure).collect();
        each(Some(Key::new(Kind::Fact, &fact.id)), texts, None);
    }
    for case in &catalog.cases {
        each(Some(Key::new(Kind::Case, &case.id)), vec![&case.summary], Some(&case.prose));
    }
    for decision in &catalog.decisions {
        each(Some(Key::new(Kind::Decision, &decision.id)), Vec::new(), Some(&decision.prose));
    }
    for page in &catalog.pages {
        each(Some(Key::new(Kind::Page, &page.id)), page.summary.iter().collect(), Some(&page.prose));
    }
    each(None, catalog.changes.iter().map(|c| &c.text).collect(), None);
}
