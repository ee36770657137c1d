//! What can be found: things and pages, and on them headings, statements and decision points.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::link::Catalog;
use crate::model::anchor;
use crate::model::{Capability, Condition, Key, Kind, ListKind, Piece, Prose, Spanned, Text, TradeOffBody, text};
use crate::plan::{PageName, Plan, Route};

/// Where a word stands, and so what it weighs. The numbers are part of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    Body = 0,
    Text = 1,
    /// Ids, aliases and short titles.
    Name = 2,
    Title = 3,
}

/// Words by which an entry can be found.
#[derive(Debug, Clone, PartialEq)]
pub enum Said<'a> {
    Plain(Cow<'a, str>),
    /// Read without markup, when its turn comes.
    Marked(&'a [Piece]),
    Prose(&'a Prose),
}

impl Said<'_> {
    /// Without markup; title holes read as their names.
    pub fn plain(&self) -> Cow<'_, str> {
        match self {
            Said::Plain(words) => Cow::Borrowed(words),
            Said::Prose(prose) => Cow::Owned(prose.plain()),
            Said::Marked(pieces) => Cow::Owned(text::plain(pieces, &|name| name.to_owned())),
        }
    }
}

/// One thing that a search may find.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Entry<'a> {
    /// What it is grouped under: the folder of a kind, `trade-offs`, `decision-points`, `headings` or `statements`.
    pub group: &'static str,
    pub title: String,
    /// From the site's root, with a fragment where it stands on a page.
    pub href: String,
    /// The title of the page that it stands on, or of the capability that it belongs to.
    pub of: Option<String>,
    pub summary: Option<String>,
    /// What it can be found by beside its title.
    pub texts: Vec<(Weight, Said<'a>)>,
}

/// The groups, in the order in which results of equal worth stand.
pub const GROUPS: [&str; 13] = [
    "capabilities",
    "options",
    "facts",
    "trade-offs",
    "triggers",
    "components",
    "layers",
    "cases",
    "decisions",
    "pages",
    "decision-points",
    "headings",
    "statements",
];

/// Pages that are tools.
const TOOLS: [PageName; 5] =
    [PageName::Matrix, PageName::Assess, PageName::Checklist, PageName::Data, PageName::Changes];

/// Hands over every entry, one after the other: things and pages in reading order, then what stands on their pages.
pub fn entries<'a>(plan: &'a Plan, title: &'a dyn Fn(&PageName) -> String, each: &mut dyn FnMut(Entry<'a>)) {
    for parts in [false, true] {
        Maker { plan, catalog: &plan.catalog, title, parts, each: &mut *each }.all();
    }
}

struct Maker<'a, 'm> {
    plan: &'a Plan,
    catalog: &'a Catalog,
    title: &'a dyn Fn(&PageName) -> String,
    /// True: what stands on pages; false: things and pages.
    parts: bool,
    each: &'m mut dyn FnMut(Entry<'a>),
}

impl<'a> Maker<'a, '_> {
    fn entry(&mut self, entry: Entry<'a>) {
        if !self.parts {
            (self.each)(entry);
        }
    }

    fn part(&mut self, entry: Entry<'a>) {
        if self.parts {
            (self.each)(entry);
        }
    }

    fn all(&mut self) {
        let catalog = self.catalog;
        for capability in &catalog.capabilities {
            self.capability(capability);
        }
        for option in &catalog.options {
            let mut texts = names(&option.id, &option.aliases);
            texts.extend(option.short.iter().map(|short| (Weight::Name, borrowed(short))));
            texts.extend(option.maturity.iter().map(|text| (Weight::Body, said(catalog, text))));
            self.thing(Key::new(Kind::Option, &option.id), &option.title, Some(&option.summary), texts, &option.prose);
        }
        static NONE: LazyLock<Prose> = LazyLock::new(Prose::default);
        let none: &'a Prose = &NONE;
        for fact in &catalog.facts {
            let mut texts = names(&fact.id, &fact.aliases);
            texts.extend(fact.help.iter().chain(&fact.measure).map(|text| (Weight::Body, said(catalog, text))));
            texts.extend(fact.options.iter().map(|option| (Weight::Text, borrowed(&option.label))));
            let key = Key::new(Kind::Fact, &fact.id);
            self.thing(key, &fact.title, Some(&fact.question), texts, none);
        }
        for component in &catalog.components {
            let texts = names(&component.id, &component.aliases);
            let key = Key::new(Kind::Component, &component.id);
            self.thing(key, &component.title, Some(&component.summary), texts, &component.prose);
        }
        for layer in &catalog.layers {
            let mut texts = names(&layer.id, &layer.aliases);
            texts.extend(layer.description.iter().chain(&layer.topics).map(|text| (Weight::Text, said(catalog, text))));
            texts.extend(layer.questions.iter().map(|(text, _)| (Weight::Text, said(catalog, text))));
            let key = Key::new(Kind::Layer, &layer.id);
            let title = (self.title)(&PageName::Thing(key.clone()));
            self.thing(key, &title, Some(&layer.summary), texts, &layer.prose);
        }
        for case in &catalog.cases {
            let texts = names(&case.id, &case.aliases);
            self.thing(Key::new(Kind::Case, &case.id), &case.title, Some(&case.summary), texts, &case.prose);
        }
        for decision in &catalog.decisions {
            let about = catalog.capability(&decision.capability.key.id);
            let mut texts = names(&decision.id, &[]);
            texts.extend(about.map(|capability| (Weight::Text, borrowed(&capability.title))));
            self.thing(Key::new(Kind::Decision, &decision.id), &decision.title, None, texts, &decision.prose);
        }
        for page in &catalog.pages {
            let texts = page.aliases.iter().map(|alias| (Weight::Name, borrowed(&alias.value))).collect();
            self.thing(Key::new(Kind::Page, &page.id), &page.title, page.summary.as_ref(), texts, &page.prose);
        }
        for name in TOOLS.into_iter().chain(Kind::ALL.map(PageName::Index)) {
            if self.plan.page(&name).is_some() {
                let title = (self.title)(&name);
                self.entry(Entry::new("pages", title, Route::of(&name).as_str().to_owned()));
            }
        }
    }

    /// A thing, and the headings of its prose.
    fn thing(
        &mut self,
        key: Key,
        title: &str,
        summary: Option<&'a Text>,
        mut texts: Vec<(Weight, Said<'a>)>,
        prose: &'a Prose,
    ) {
        let group = key.kind.folder();
        let href = Route::of(&PageName::Thing(key)).as_str().to_owned();
        texts.extend(summary.map(|text| (Weight::Text, said(self.catalog, text))));
        texts.push((Weight::Body, Said::Prose(prose)));
        self.headings(prose, &href, title);
        let summary = summary.map(|text| self.catalog.plain(text));
        self.entry(Entry { summary, texts, ..Entry::new(group, title.to_owned(), href) });
    }

    fn headings(&mut self, prose: &'a Prose, href: &str, of: &str) {
        for section in &prose.sections {
            let Some(heading) = &section.heading else { continue };
            let at = |id: &str| format!("{href}#{id}");
            let entry = |heading: &crate::model::Heading, texts| Entry {
                of: Some(of.to_owned()),
                texts,
                ..Entry::new("headings", heading.title.clone(), at(&heading.id))
            };
            self.part(entry(heading, vec![(Weight::Body, Said::Marked(&section.pieces))]));
            section.headings.iter().for_each(|heading| self.part(entry(heading, Vec::new())));
        }
    }

    fn capability(&mut self, capability: &'a Capability<Condition>) {
        let catalog = self.catalog;
        let mut texts = names(&capability.id, &capability.aliases);
        texts.extend(capability.description.iter().map(|text| (Weight::Text, said(catalog, text))));
        texts.extend(capability.closing_question.iter().map(|text| (Weight::Text, said(catalog, text))));
        texts.extend(capability.texts().into_iter().map(|text| (Weight::Body, said(catalog, text))));
        let key = Key::new(Kind::Capability, &capability.id);
        let href = Route::of(&PageName::Thing(key.clone())).as_str().to_owned();
        self.thing(key, &capability.title, Some(&capability.summary), texts, &capability.prose);

        let part = |group, text: &Text, href: String| Entry {
            of: Some(capability.title.clone()),
            ..Entry::new(group, catalog.plain(text), href)
        };
        for (list, place, statement) in capability.statements() {
            self.part(match (list, &statement.id) {
                (ListKind::Trigger, Some(id)) => {
                    let key = Key::new(Kind::Trigger, format!("{}.{id}", capability.id));
                    part("triggers", &statement.text, Route::of(&PageName::Thing(key)).as_str().to_owned())
                }
                (_, id) => {
                    let at = anchor::statement(list, place, id.as_deref());
                    part("statements", &statement.text, format!("{href}#{at}"))
                }
            });
        }
        for (place, point) in capability.decision_points.iter().enumerate() {
            let ask = point.ask.iter().map(|text| (Weight::Text, said(catalog, text))).collect();
            let at = anchor::decision_point(place, point);
            self.part(Entry { texts: ask, ..part("decision-points", &point.question, format!("{href}#{at}")) });
        }
        let Some(trade_off) = &capability.trade_off else { return };
        let name = PageName::TradeOff(capability.id.clone());
        let mut texts: Vec<(Weight, Said)> =
            trade_off.summary.iter().map(|text| (Weight::Text, said(catalog, text))).collect();
        texts.push((Weight::Name, borrowed(&capability.title)));
        if let TradeOffBody::Options(rows) = &trade_off.body {
            let titles = rows.iter().filter_map(|row| catalog.title(&row.option.key));
            texts.extend(titles.map(|title| (Weight::Text, Said::Plain(title.into()))));
        }
        let entry = Entry::new("trade-offs", (self.title)(&name), Route::of(&name).as_str().to_owned());
        self.entry(Entry { of: Some(capability.title.clone()), texts, ..entry });
    }
}

fn borrowed(words: &str) -> Said<'_> {
    Said::Plain(Cow::Borrowed(words))
}

fn said<'a>(catalog: &Catalog, text: &'a Text) -> Said<'a> {
    Said::Plain(catalog.said(text))
}

impl Entry<'_> {
    fn new(group: &'static str, title: String, href: String) -> Self {
        Entry { group, title, href, of: None, summary: None, texts: Vec::new() }
    }
}

/// What a thing is called by those who know its id, or knew an old one.
fn names<'a>(id: &'a str, aliases: &'a [Spanned<String>]) -> Vec<(Weight, Said<'a>)> {
    std::iter::once(id)
        .chain(aliases.iter().map(|alias| alias.value.as_str()))
        .map(|name| {
            (Weight::Name, if name.contains('_') { Said::Plain(name.replace('_', " ").into()) } else { borrowed(name) })
        })
        .collect()
}
