//! Decisions: what was chosen is something that could be chosen.

use super::catalog::Catalog;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Capability, Condition, Kind, TradeOffBody};

/// Reports choices that the capability does not offer.
pub fn check(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    for decision in &catalog.decisions {
        let Some(capability) = catalog.capability(&decision.capability.key.id) else { continue };
        let written = &decision.option.value;
        // A former id of an option means the option.
        let present = catalog.resolve(&format!("{}:{written}", Kind::Option)).map_or(written.as_str(), |key| &key.id);
        let offered = offered(capability);
        if !offered.contains(&written.as_str()) && !offered.contains(&present) {
            let message = format!("{} has no option `{written}`", capability.title);
            let diagnostic = Diagnostic::new(Code::UnknownId, decision.option.span.clone(), message);
            diagnostics.push(diagnostic.nearest(written, offered));
        }
    }
}

/// What can be chosen: `keep`, then the options of the trade-off; `adopt` where there are none.
fn offered(capability: &Capability<Condition>) -> Vec<&str> {
    let mut offered = vec!["keep"];
    match capability.trade_off.as_ref().map(|t| &t.body) {
        Some(TradeOffBody::Options(rows)) => offered.extend(rows.iter().map(|row| row.option.key.id.as_str())),
        Some(TradeOffBody::Columns { rows, .. }) => {
            offered.extend(rows.iter().filter_map(|row| Some(row.option.as_ref()?.key.id.as_str())));
        }
        None => {}
    }
    if offered.len() == 1 {
        offered.push("adopt");
    }
    offered
}
