//! Mending files: fixes are applied in memory, round after round, until none is left; then each file that changed is
//! written, whole or not at all.

use std::collections::BTreeMap;

use anyhow::Context;

use super::{SiteArgs, Talk, compile, files};
use crate::diagnostic::fix::{self, Mended};

/// A fix may uncover the next fault, but not for ever.
const ROUNDS: usize = 20;

/// Mends the content of a site, and says on stderr what was done.
pub fn run(site: &SiteArgs, talk: Talk) -> anyhow::Result<()> {
    let before = compile::sources(site)?;
    let mut sources = before.clone();
    let mut said = Vec::new();
    for _ in 0..ROUNDS {
        let (_, diagnostics) = crate::compile(&sources, None);
        let mended = fix::apply(&diagnostics, &mut sources);
        if mended.is_empty() {
            break;
        }
        said.extend(mended.into_iter().map(|Mended { place, code, does }| {
            format!("{}:{}:{} {code}: {does}", place.file, place.line, place.column)
        }));
    }
    let changed: BTreeMap<_, _> =
        sources.files.iter().filter(|(path, bytes)| before.files.get(*path) != Some(*bytes)).collect();
    for (path, bytes) in &changed {
        let old = before.files.get(*path).context("a fix changes files, and makes none")?;
        files::replace(&site.dir.join(&***path), old, bytes)?;
    }
    if !talk.quiet {
        said.iter().for_each(|line| eprintln!("mended {line}"));
        let s = |n: usize| if n == 1 { "" } else { "s" };
        match said.len() {
            0 => eprintln!("nothing that could be mended without thought"),
            n => eprintln!("{n} place{} in {} file{} mended", s(n), changed.len(), s(changed.len())),
        }
    }
    Ok(())
}
