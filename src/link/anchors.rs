//! The places on a thing's page: where links may lead to, and those that no heading of its prose may take.

use std::collections::BTreeSet;

use super::Catalog;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::capability::TradeOffBody;
use crate::model::{Capability, Condition, Key, Kind, ListKind, Prose, anchor};
use crate::parse::CAPABILITY_SECTIONS;

/// The places on a thing's page that links may lead to.
pub(super) fn anchors(catalog: &Catalog, key: &Key) -> BTreeSet<String> {
    let id = key.id.as_str();
    let prose: Option<&Prose> = match key.kind {
        Kind::Layer => catalog.layer(id).map(|x| &*x.prose),
        Kind::Capability => catalog.capability(id).map(|x| &*x.prose),
        Kind::Option => catalog.option(id).map(|x| &*x.prose),
        Kind::Component => catalog.component(id).map(|x| &*x.prose),
        Kind::Case => catalog.case(id).map(|x| &*x.prose),
        Kind::Page => catalog.page(id).map(|x| &*x.prose),
        Kind::Fact | Kind::Trigger | Kind::Decision => None,
    };
    let mut anchors: BTreeSet<String> = prose.into_iter().flat_map(Prose::headings).map(|h| h.id.clone()).collect();
    if let (Kind::Capability, Some(capability)) = (key.kind, catalog.capability(id)) {
        let has = |section: &&str| match *section {
            "trigger" => !capability.triggers.is_empty(),
            "not-when" => !capability.not_when.is_empty(),
            "trade-offs" => capability.trade_off.is_some(),
            "decision-points" => !capability.decision_points.is_empty(),
            "timing" => {
                capability.statements().any(|(list, ..)| !matches!(list, ListKind::Trigger | ListKind::NotWhen))
            }
            "builds-on" => !capability.builds_on.is_empty(),
            _ => false,
        };
        anchors.extend(CAPABILITY_SECTIONS.into_iter().filter(has).map(str::to_owned));
    }
    anchors
}

/// Reports the headings whose ids the page gives to what the thing says: the statements and the questions of a
/// capability, the capabilities that an option answers. Ids that every page of its kind has are refused where the
/// prose is read.
pub(super) fn taken(catalog: &Catalog, key: &Key, prose: &Prose, diagnostics: &mut Diagnostics) {
    let capability = (key.kind == Kind::Capability).then(|| catalog.capability(&key.id)).flatten();
    let mut said = None;
    for heading in prose.headings() {
        let is_taken = match (key.kind, capability) {
            (_, Some(capability)) => said.get_or_insert_with(|| statements(capability)).contains(&heading.id),
            (Kind::Option, _) => catalog.capability(&heading.id).is_some_and(|capability| answers(capability, &key.id)),
            _ => false,
        };
        if is_taken {
            let message = format!("the page keeps the id `{}` for what `{key}` says", heading.id);
            let diagnostic = Diagnostic::new(Code::DuplicateHeading, heading.span.clone(), message);
            diagnostics.push(diagnostic.help("give the heading an id of its own: `## Title {#id}`"));
        }
    }
}

/// The ids of statements and decision points.
fn statements(capability: &Capability<Condition>) -> BTreeSet<String> {
    let statements = capability.statements().map(|(list, place, s)| anchor::statement(list, place, s.id.as_deref()));
    let points = capability.decision_points.iter().enumerate();
    statements.chain(points.map(|(place, point)| anchor::decision_point(place, point))).collect()
}

/// Whether an option is one of those that a capability weighs.
fn answers(capability: &Capability<Condition>, option: &str) -> bool {
    match capability.trade_off.as_ref().map(|trade_off| &trade_off.body) {
        Some(TradeOffBody::Options(rows)) => rows.iter().any(|row| row.option.key.id == option),
        Some(TradeOffBody::Columns { rows, .. }) => {
            rows.iter().filter_map(|row| row.option.as_ref()).any(|row| row.key.id == option)
        }
        None => false,
    }
}
