//! view: Plan and one of its pages -> the struct of that page's template.
//!
//! Everything a page says is decided here: HTML strings, relative URLs, the order of sections. Templates choose
//! presentation, never facts. Nothing here knows the template engine or a disk.

pub mod assess;
pub mod capability;
pub mod case;
pub mod changes;
pub mod checklist;
pub mod comparison;
pub mod component;
pub mod data;
pub mod decision;
pub mod fact;
pub mod frame;
mod graph;
mod here;
pub mod home;
pub mod index;
mod json_ld;
pub mod judged;
pub mod layer;
mod lines;
mod many;
pub mod matrix;
pub mod not_found;
pub mod option;
pub mod page;
pub mod parts;
mod placed;
mod prose;
mod reads;
pub mod redirect;
pub mod search;
mod shared;
mod statements;
#[cfg(test)]
mod tests;
pub mod trade_off;
pub mod trigger;
pub mod words;

use serde::Serialize;

use crate::model::{Key, Kind};
use crate::plan::{PageName, Plan, PlannedPage, Route};

pub use here::{Look, Script};
pub use many::is_many;
pub use words::Words;

use here::Here;

/// A page, ready for its template.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct View {
    pub frame: frame::Frame,
    pub page: PageView,
}

/// What a template gets as `page`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum PageView {
    Home(home::HomePage),
    Matrix(matrix::MatrixPage),
    Assess(assess::AssessPage),
    Data(data::DataPage),
    Search(search::SearchPage),
    Checklist(checklist::ChecklistPage),
    Changes(changes::ChangesPage),
    Capability(Box<capability::CapabilityPage>),
    TradeOff(trade_off::TradeOffPage),
    Option(option::OptionPageView),
    Trigger(trigger::TriggerPage),
    Fact(fact::FactPage),
    Component(component::ComponentPage),
    Layer(layer::LayerPage),
    Case(case::CasePage),
    Decision(decision::DecisionPage),
    Prose(page::ProsePage),
    Index(index::IndexPage),
    NotFound(not_found::NotFoundPage),
}

/// Every template that a theme must have, without `.html`.
pub const TEMPLATES: &[&str] = &[
    "home",
    "matrix",
    "assess",
    "data",
    "search",
    "checklist",
    "changes",
    "capability",
    "trade-off",
    "option",
    "trigger",
    "fact",
    "component",
    "layer",
    "case",
    "decision",
    "page",
    "index",
    "not-found",
    "redirect",
];

/// The name of a page's template, without `.html`.
pub fn template(name: &PageName) -> &'static str {
    match name {
        PageName::Home => "home",
        PageName::Matrix => "matrix",
        PageName::Assess => "assess",
        PageName::Data => "data",
        PageName::Search => "search",
        PageName::Checklist => "checklist",
        PageName::Changes => "changes",
        PageName::Index(_) => "index",
        PageName::TradeOff(_) => "trade-off",
        PageName::NotFound => "not-found",
        PageName::Thing(key) => match key.kind {
            Kind::Layer => "layer",
            Kind::Capability => "capability",
            Kind::Trigger => "trigger",
            Kind::Option => "option",
            Kind::Fact => "fact",
            Kind::Component => "component",
            Kind::Case => "case",
            Kind::Decision => "decision",
            Kind::Page => "page",
        },
    }
}

/// The view of a page of this plan.
///
/// # Panics
/// If the page is none of the plan's own.
pub fn view(plan: &Plan, look: &Look, page: &PlannedPage) -> View {
    let here = Here::new(plan, look, page);
    let made = match &page.name {
        PageName::Home => home::view(&here),
        PageName::Matrix => matrix::view(&here),
        PageName::Assess => assess::view(&here),
        PageName::Data => data::view(&here),
        PageName::Search => search::view(&here),
        PageName::Checklist => checklist::view(&here),
        PageName::Changes => changes::view(&here),
        PageName::Index(kind) => index::view(&here, *kind),
        PageName::TradeOff(id) => trade_off::view(&here, id),
        PageName::NotFound => not_found::view(&here),
        PageName::Thing(key) => thing(&here, key),
    };
    let made = made.expect("a planned page names a thing of the catalog");
    View { frame: frame::frame(&here, made.about), page: made.page }
}

/// What a page is called in links to it.
pub fn title(plan: &Plan, look: &Look, name: &PageName) -> String {
    let page =
        PlannedPage { name: name.clone(), locale: plan.catalog.site.locale.as_str().into(), route: Route::of(name) };
    Here::new(plan, look, &page).title(name)
}

/// The view for the page at an old route.
pub fn redirect(plan: &Plan, look: &Look, from: &Route, to: &PageName) -> redirect::RedirectPage {
    let page = PlannedPage { name: to.clone(), locale: plan.catalog.site.locale.as_str().into(), route: from.clone() };
    let here = Here::new(plan, look, &page);
    redirect::RedirectPage { title: here.title(to), href: here.href(to) }
}

fn thing(here: &Here, key: &Key) -> Option<Made> {
    let id = key.id.as_str();
    match key.kind {
        Kind::Layer => layer::view(here, id),
        Kind::Capability => capability::view(here, id),
        Kind::Trigger => trigger::view(here, id),
        Kind::Option => option::view(here, id),
        Kind::Fact => fact::view(here, id),
        Kind::Component => component::view(here, id),
        Kind::Case => case::view(here, id),
        Kind::Page => page::view(here, id),
        Kind::Decision => decision::view(here, id),
    }
}

/// A page's own struct, and what its frame says about it.
struct Made {
    page: PageView,
    about: frame::About,
}
