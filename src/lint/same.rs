//! Whether two catalogs give the same advice, whatever their words.

use crate::link::Catalog;
use crate::model::{Capability, Condition, ListKind, TradeOffBody};

/// Whether the same conditions over the same facts stand at the same places, and the same cases expect the same of them.
/// Then there is nothing odd in the one if there is nothing odd in the other.
pub fn same_advice(a: &Catalog, b: &Catalog) -> bool {
    let facts = a.facts.len() == b.facts.len()
        && a.facts.iter().zip(&b.facts).all(|(a, b)| {
            let options = a.options.iter().map(|option| &option.id).eq(b.options.iter().map(|option| &option.id));
            options && (&a.id, a.fact_type, a.range) == (&b.id, b.fact_type, b.range)
        });
    let capabilities = a.capabilities.len() == b.capabilities.len()
        && a.capabilities
            .iter()
            .zip(&b.capabilities)
            .all(|(a, b)| a.id == b.id && a.is_staged() == b.is_staged() && conditions(a).eq(conditions(b)));
    let cases = a.cases.len() == b.cases.len()
        && a.cases.iter().zip(&b.cases).all(|(a, b)| {
            let expect = a.expect.iter().map(|(of, verdicts)| (&of.key, verdicts));
            a.facts == b.facts && expect.eq(b.expect.iter().map(|(of, verdicts)| (&of.key, verdicts)))
        });
    facts && capabilities && cases
}

/// Every place at which a condition may stand, with the condition as written.
fn conditions(capability: &Capability<Condition>) -> impl Iterator<Item = (ListKind, usize, Option<&str>)> {
    let own = capability.statements().map(|(list, _, statement)| (list, 0, source(&statement.when)));
    let mut rows = Vec::new();
    match capability.trade_off.as_ref().map(|trade_off| &trade_off.body) {
        Some(TradeOffBody::Options(options)) => {
            for (row, option) in options.iter().enumerate() {
                // A row without any has a place too.
                rows.push((ListKind::UseWhen, row, None));
                rows.extend(option.use_when.iter().map(|one| (ListKind::UseWhen, row, source(&one.when))));
            }
        }
        Some(TradeOffBody::Columns { rows: columns, .. }) => {
            rows.extend(columns.iter().enumerate().map(|(row, one)| (ListKind::UseWhen, row, source(&one.when))));
        }
        None => {}
    }
    own.chain(rows)
}

fn source(when: &Option<Box<Condition>>) -> Option<&str> {
    when.as_deref().map(|condition| condition.source.as_str())
}
