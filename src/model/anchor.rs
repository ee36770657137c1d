//! Fragment ids of what stands on a capability's page.

use super::{Change, DecisionPoint, ListKind};

/// The word of a list, as fragment id and as class: `not-when`.
pub fn list(list: ListKind) -> &'static str {
    match list {
        ListKind::Trigger => "trigger",
        ListKind::NotWhen => "not-when",
        ListKind::Now => "now",
        ListKind::Later => "later",
        ListKind::Prepare => "prepare",
        ListKind::ActivateWhen => "activate-when",
        ListKind::UseWhen => "use-when",
    }
}

/// The fragment id of a statement: by its id, or by its place from 1.
pub fn statement(of: ListKind, place: usize, id: Option<&str>) -> String {
    match id {
        Some(id) => format!("{}-{id}", list(of)),
        None => format!("{}-{}", list(of), place + 1),
    }
}

/// The fragment id of a decision point at this place (from 0): `decision-exit-strategy`.
pub fn decision_point(place: usize, point: &DecisionPoint) -> String {
    match &point.id {
        Some(id) => format!("decision-{id}"),
        None => format!("decision-{}", place + 1),
    }
}

/// The fragment id of a change at this place: its date, and its number within the day from the second on. New changes
/// of a day stand at its end, so that the ids of the others stay.
pub fn change(changes: &[Change], place: usize) -> String {
    let date = &changes[place].date;
    match changes[..place].iter().filter(|change| change.date == *date).count() {
        0 => format!("change-{date}"),
        before => format!("change-{date}-{}", before + 1),
    }
}
