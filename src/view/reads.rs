//! Who reads a fact: statements over all capabilities, by what they do.

use super::here::Here;
use super::many::split;
use super::parts::{Link, ReadGroup, ReaderView};
use crate::model::anchor;
use crate::model::condition::FactIx;
use crate::model::{Key, Kind, ListKind, TradeOffBody};
use crate::plan::derived::StatementAt;

/// In the order in which a page shows them.
const LISTS: [ListKind; 7] = [
    ListKind::Trigger,
    ListKind::NotWhen,
    ListKind::Now,
    ListKind::Later,
    ListKind::Prepare,
    ListKind::ActivateWhen,
    ListKind::UseWhen,
];

/// The statements that read any of these facts, by list. `except`, which is one of them, is left out; of each list at
/// most `most` are named.
pub(super) fn groups(here: &Here, facts: &[FactIx], except: Option<StatementAt>, most: usize) -> Vec<ReadGroup> {
    let found = here.plan.derived.readers(facts, most.saturating_add(1));
    LISTS
        .into_iter()
        .filter_map(|list| {
            let (first, count) = found.lists.get(&list)?;
            let named: Vec<_> = first.iter().filter(|at| Some(**at) != except).take(most).collect();
            let (readers, others) = split(&named, |at| reader(here, at), |at| by_capability(here, at));
            let count = count - usize::from(except.is_some_and(|except| except.list == list));
            let left = count.saturating_sub(most);
            (!readers.is_empty()).then(|| ReadGroup {
                id: anchor::list(list),
                title: here.words.reads.of(list).to_owned(),
                readers,
                others,
                more: (left > 0).then(|| here.words.meta.more.of(left)),
            })
        })
        .collect()
}

/// The way to a statement, by the name of its capability.
fn by_capability(here: &Here, at: &StatementAt) -> Link {
    let capability = &here.catalog.capabilities[at.capability];
    let id = at.statement(here.catalog).and_then(|s| s.id.as_deref());
    Link { title: capability.title.clone(), href: here.statement_href(capability, at.list, at.place, id) }
}

fn reader(here: &Here, at: &StatementAt) -> Option<ReaderView> {
    let capability = &here.catalog.capabilities[at.capability];
    let statement = at.statement(here.catalog);
    let option = at.row.and_then(|row| match &capability.trade_off.as_ref()?.body {
        TradeOffBody::Options(rows) => Some(&rows.get(row)?.option),
        TradeOffBody::Columns { rows, .. } => rows.get(row)?.option.as_ref(),
    });
    Some(ReaderView {
        capability: by_capability(here, at),
        option: option.map(|option| here.link(&Key::new(Kind::Option, &option.key.id))),
        text_html: statement.map(|s| here.text(&s.text)),
        condition: here.condition(at.condition(here.catalog)?),
        href: statement.and_then(|s| here.trigger_href(capability, at.list, s)),
    })
}
