//! Which options of a trade-off fit.

use super::StatementState;
use super::rules::Rules;
use super::truth::{Known, Truth};
use crate::model::{Capability, Condition, ListKind, TradeOffBody};

/// Whether an option fits a situation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fit {
    /// Some reason to use it holds.
    Fits,
    /// None does, and none is left to judgement.
    DoesNotFit,
    /// Something is unknown, or only prose.
    Undecided,
}

impl Fit {
    pub const ALL: [Fit; 3] = [Fit::Fits, Fit::DoesNotFit, Fit::Undecided];

    pub fn name(self) -> &'static str {
        match self {
            Fit::Fits => "fits",
            Fit::DoesNotFit => "does-not-fit",
            Fit::Undecided => "undecided",
        }
    }
}

/// The fit of one row of a trade-off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionFit {
    /// Place in the trade-off's rows.
    pub row: usize,
    pub fit: Fit,
    /// Its conditioned reasons (`use_when`, or the one condition of a free-column row) and whether they hold.
    pub statements: Vec<StatementState>,
}

/// The fit of every row of the capability's trade-off.
pub(crate) fn options(capability: &Capability<Condition>, rules: &Rules, known: &Known) -> Vec<OptionFit> {
    // For each row: whether it has reasons at all, and whether some of them are prose.
    let rows: Vec<(bool, bool)> = match capability.trade_off.as_ref().map(|t| &t.body) {
        Some(TradeOffBody::Options(rows)) => {
            rows.iter().map(|row| (!row.use_when.is_empty(), row.use_when.iter().any(|s| s.when.is_none()))).collect()
        }
        Some(TradeOffBody::Columns { rows, .. }) => rows.iter().map(|row| (row.when.is_some(), false)).collect(),
        None => Vec::new(),
    };
    rows.into_iter()
        .enumerate()
        .map(|(row, (reasons, prose))| {
            let statements: Vec<StatementState> = rules
                .option_statements
                .iter()
                .enumerate()
                .filter(|(_, at)| at.0 == row)
                .map(|(n, at)| StatementState {
                    list: ListKind::UseWhen,
                    place: at.1,
                    truth: rules.options.truth(n, known),
                })
                .collect();
            let fit = if statements.iter().any(|s| s.truth == Truth::True) {
                Fit::Fits
            } else if reasons && !prose && statements.iter().all(|s| s.truth == Truth::False) {
                Fit::DoesNotFit
            } else {
                Fit::Undecided
            };
            OptionFit { row, fit, statements }
        })
        .collect()
}
