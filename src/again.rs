//! again: compiling a site that was compiled before, as `serve` does. It gives what a compile of its own would give.
//!
//! Files that are the same are not parsed again. Where nothing changed but prose, nothing else is done again either: prose
//! decides no verdict, has no part in any name, and stands on no page but its own. Where no condition, fact or case
//! changed, advice in which nothing was odd is not looked at again.

use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::link::Catalog;
use crate::parse::{self, Changed};
use crate::plan::Plan;
use crate::read::Sources;
use crate::{finish, joined, link, lint, things};

/// What one compile leaves for the next one.
#[derive(Default)]
pub struct Memo {
    parsed: parse::Memo,
    /// The last plan with which nothing was wrong, and what was odd in its advice.
    last: Option<(Plan, Diagnostics)>,
    /// Whether that is the plan of the last compile.
    current: bool,
    edition: u64,
}

impl Memo {
    /// Sources -> (Plan, Diagnostics), as [`crate::compile`]; `done` hears of every stage that ended.
    pub fn compile(&mut self, sources: &Sources, done: &mut dyn FnMut(&'static str, String)) -> (Plan, Diagnostics) {
        let changed = self.parsed.update(sources);
        if let (Changed::Prose(prose), Some((plan, linted)), true) = (&changed, &mut self.last, self.current) {
            done("parse", format!("{} of prose alone", prose.len()));
            if let Some(catalog) = link::with_prose(&plan.catalog, prose) {
                plan.take_prose(Arc::new(catalog));
                done("link", String::new());
                return (plan.clone(), linted.clone());
            }
        }
        self.edition += 1;
        let (drafts, diagnostics) = self.parsed.drafts(sources);
        done("parse", things(&drafts));
        let report = |catalog: &Catalog| match &self.last {
            Some((plan, linted)) if linted.is_empty() && lint::same_advice(&plan.catalog, catalog) => {
                Diagnostics::new()
            }
            _ => lint::report(catalog),
        };
        let (plan, before, linted) = finish(drafts, diagnostics, &report, done);
        self.current = before.is_empty();
        if self.current {
            self.last = Some((plan.clone(), linted.clone()));
        }
        (plan, joined(before, linted))
    }

    /// Changes when the last compile found anything but prose changed.
    pub fn edition(&self) -> u64 {
        self.edition
    }
}
