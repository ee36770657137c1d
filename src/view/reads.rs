//! Who reads a fact: statements over all capabilities, by what they do.

use std::collections::BTreeSet;

use super::here::Here;
use super::parts::{Link, ReadGroup, ReaderView};
use crate::model::condition::FactIx;
use crate::model::{Key, Kind, ListKind, TradeOffBody};
use crate::plan::anchor;
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

/// The statements that read any of these facts, by list. `except` is left out; of each list at most `most` are named.
pub(super) fn groups(
    here: &Here,
    facts: &[FactIx],
    except: impl Fn(&StatementAt) -> bool,
    most: usize,
) -> Vec<ReadGroup> {
    let read_by = &here.plan.derived.read_by;
    let places: BTreeSet<&StatementAt> = facts.iter().filter_map(|fact| read_by.get(fact)).flatten().collect();
    LISTS
        .into_iter()
        .filter_map(|list| {
            let of_list = || places.iter().filter(|at| at.list == list && !except(at));
            let readers: Vec<_> = of_list().take(most).filter_map(|at| reader(here, at)).collect();
            let left = of_list().count().saturating_sub(most);
            (!readers.is_empty()).then(|| ReadGroup {
                id: anchor::list(list),
                title: here.words.reads.of(list).to_owned(),
                readers,
                more: (left > 0).then(|| here.words.meta.more.of(left)),
            })
        })
        .collect()
}

fn reader(here: &Here, at: &StatementAt) -> Option<ReaderView> {
    let capability = &here.catalog.capabilities[at.capability];
    let statement = at.statement(here.catalog);
    let id = statement.and_then(|s| s.id.as_deref());
    let option = at.row.and_then(|row| match &capability.trade_off.as_ref()?.body {
        TradeOffBody::Options(rows) => Some(&rows.get(row)?.option),
        TradeOffBody::Columns { rows, .. } => rows.get(row)?.option.as_ref(),
    });
    Some(ReaderView {
        capability: Link {
            title: capability.title.clone(),
            href: here.statement_href(capability, at.list, at.place, id),
        },
        option: option.map(|option| here.link(&Key::new(Kind::Option, &option.key.id))),
        text_html: statement.map(|s| here.text(&s.text)),
        condition: here.condition(at.condition(here.catalog)?),
        href: statement.and_then(|s| here.trigger_href(capability, at.list, s)),
    })
}
