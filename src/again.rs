//! again: compiling a site that was compiled before, as `serve` does. It gives what a compile of its own would give.
//!
//! Files that are the same are not parsed again. Where nothing changed but words, names, verdicts and addresses are what
//! they were: only what has other words is linked again. Where no condition, fact or case changed, advice in which nothing
//! was odd is not looked at again.

use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::link::Catalog;
use crate::parse::{self, Changed, Reworded};
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
    edition: Edition,
}

/// Tells the plans of a memo apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Edition {
    /// Plans that share it have the same pages at the same addresses.
    pub pages: u64,
    /// If they share this too, they differ in prose alone.
    pub words: u64,
}

impl Memo {
    /// Sources -> (Plan, Diagnostics), as [`crate::compile`]; `done` hears of every stage that ended.
    pub fn compile(&mut self, sources: &Sources, done: &mut dyn FnMut(&'static str, String)) -> (Plan, Diagnostics) {
        let changed = self.parsed.update(sources);
        if let (Changed::Words(changed), Some((plan, linted)), true) = (changed, &mut self.last, self.current) {
            done("parse", format!("{} in other words", changed.len()));
            let prose_alone = changed.iter().all(|change| matches!(change, Reworded::Prose(..)));
            if let Some(catalog) = link::with_words(&plan.catalog, changed) {
                let catalog = Arc::new(catalog);
                if prose_alone {
                    plan.take_prose(catalog);
                } else {
                    self.edition.words += 1;
                    // What was odd is said in words and at places, and both may be others now.
                    if !linted.is_empty() {
                        *linted = lint::report(&catalog);
                    }
                    plan.take_words(catalog);
                }
                done("link", String::new());
                return (plan.clone(), linted.clone());
            }
        }
        self.edition.pages += 1;
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
        (plan, joined(before, linted, sources))
    }

    /// Of the last compile's plan.
    pub fn edition(&self) -> Edition {
        self.edition
    }
}
