//! worthwhile compiles capability YAML and Markdown prose into a decision site.
//!
//! The pipeline goes one way, one function a stage:
//!
//! ```text
//! read -> parse -> link -> plan -> view -> render -> publish
//! Sources Drafts  Catalog  Plan   structs  bytes    Receipt
//!                   |
//!                   +-- assess(&Catalog, &Profile) -> Assessment
//!                   +-- lint(&Catalog) -> Diagnostics
//! ```
//!
//! [`compile`] is the middle of it: sources in, a plan and everything that is wrong out. What an author did wrong is
//! a [`diagnostic::Diagnostic`], returned beside the value; what the world did wrong is an `anyhow` error at the rim.

mod again;
pub mod assess;
#[cfg(feature = "program")]
pub mod cli;
pub mod diagnostic;
pub mod draw;
pub mod export;
pub mod framework;
pub mod import;
pub mod link;
pub mod lint;
#[cfg(feature = "program")]
pub mod mcp;
pub mod model;
#[cfg(feature = "program")]
pub mod output;
pub mod parse;
pub mod plan;
pub mod profile;
#[cfg(feature = "program")]
pub mod publish;
pub mod read;
pub mod record;
pub mod render;
pub mod schema;
pub mod search;
#[cfg(feature = "program")]
pub mod serve;
pub mod twin;
pub mod view;
pub mod words;

use std::sync::Arc;

use diagnostic::Diagnostics;
use link::Catalog;
use parse::Drafts;
use plan::Plan;
use read::Sources;

pub use again::{Edition, Memo};

/// Sources -> (Plan, Diagnostics). The plan is fit to be published only if there are no errors.
/// `base_url`, ending in `/` or not, overrides that of the site.
pub fn compile(sources: &Sources, base_url: Option<&str>) -> (Plan, Diagnostics) {
    compile_and_tell(sources, base_url, &mut |_, _| ())
}

/// The same; `done` hears of every stage that ended, and of what came of it.
pub fn compile_and_tell(
    sources: &Sources,
    base_url: Option<&str>,
    done: &mut dyn FnMut(&'static str, String),
) -> (Plan, Diagnostics) {
    let (mut drafts, diagnostics) = parse::parse(sources);
    if let (Some(site), Some(url)) = (&mut drafts.site, base_url) {
        site.base_url = Some(format!("{}/", url.trim_end_matches('/')));
    }
    done("parse", things(&drafts));
    let (plan, before, linted) = finish(drafts, diagnostics, &lint::report, done);
    (plan, joined(before, linted, sources))
}

/// Drafts -> a plan, what is wrong with the references, and what `report` finds odd in the advice.
fn finish(
    drafts: Drafts,
    mut diagnostics: Diagnostics,
    report: &dyn Fn(&Catalog) -> Diagnostics,
    done: &mut dyn FnMut(&'static str, String),
) -> (Plan, Diagnostics, Diagnostics) {
    let (catalog, found) = link::link(drafts);
    diagnostics.extend(found);
    done("link", String::new());
    let linted = if diagnostics.has_errors() { Diagnostics::new() } else { report(&catalog) };
    done("lint", format!("{} findings", diagnostics.iter().count() + linted.iter().count()));
    let plan = plan::plan(Arc::new(catalog));
    done("plan", format!("{} pages", plan.pages.len()));
    (plan, diagnostics, linted)
}

fn joined(mut diagnostics: Diagnostics, linted: Diagnostics, sources: &Sources) -> Diagnostics {
    diagnostics.extend(linted);
    diagnostics.doubt_names(sources);
    diagnostics.sort();
    diagnostics
}

fn things(drafts: &Drafts) -> String {
    format!("{} things", drafts.files.len() + drafts.facts.len())
}
