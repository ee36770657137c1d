//! lint: what is odd in the advice itself, found by assessing it. Stands on assess, never the other way.

mod cases;

use crate::diagnostic::Diagnostics;
use crate::link::Catalog;

/// What is wrong with the advice of a catalog that is otherwise fit to be published.
pub fn lint(catalog: &Catalog) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    cases::check(catalog, &mut diagnostics);
    diagnostics
}
