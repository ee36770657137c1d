//! search: Plan -> the index that the search box reads, as scripts. Pure.
//!
//! The box works on `file://`, where a page may load scripts and no data: each shard of the index is a script that
//! hands one object to `worthwhile.found`. `themes/default/scripts/search.js` ranks; nothing here does.
//!
//! Shards stand at addresses that stay when their content changes: an edit of one page would else change every page.

mod entries;
mod index;
pub mod words;

use serde::Serialize;

use crate::plan::{PageName, Plan};

/// The route of the first shard.
pub const ROUTE: &str = "search/index.js";

/// The route of a shard by its place, from 0.
pub fn route(place: usize) -> String {
    if place == 0 { ROUTE.into() } else { format!("search/index-{}.js", place + 1) }
}

/// The shards of the index, in the order in which they are to be read: things come before what stands on their pages.
/// A small site has one. `words` go along for the script; `title` says what a page is called, `typeset` makes what
/// is shown of an entry ready to be shown.
pub fn scripts(
    plan: &Plan,
    words: &impl Serialize,
    title: impl Fn(&PageName) -> String,
    typeset: &dyn Fn(&str) -> String,
) -> Vec<Vec<u8>> {
    let english = plan.catalog.site.locale.split('-').next() == Some("en");
    let mut index = index::Index::new(english, typeset);
    entries::entries(plan, &title, &mut |entry| index.add(entry));
    let words = serde_json::to_value(words).expect("words are text under names");
    index.finish(index::Extras { synonyms: &plan.catalog.site.synonyms, words })
}
