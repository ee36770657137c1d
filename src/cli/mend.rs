//! Mending files: fixes are applied in memory, round after round, until none is left; then each file that changed is
//! written, whole or not at all.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};

use super::compile;
use super::{SiteArgs, Talk};
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
        replace(&site.dir.join(&***path), old, bytes)?;
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

/// Puts `new` in place of a file that holds `old`, in one step: whoever reads it sees the one or the other. Links are
/// followed, permissions stay.
pub(super) fn replace(path: &Path, old: &[u8], new: &[u8]) -> anyhow::Result<()> {
    let name = || path.display().to_string();
    let path = fs::canonicalize(path).with_context(name)?;
    if fs::read(&path).with_context(name)? != old {
        bail!("{}: was changed by somebody else meanwhile; run it again", name());
    }
    let folder = path.parent().with_context(name)?;
    let stem = path.file_name().with_context(name)?.to_string_lossy().into_owned();
    // A hidden name: nothing that reads the folder takes it for content.
    let staged = folder.join(format!(".{stem}.mended-{}", std::process::id()));
    let written = fs::File::create_new(&staged).and_then(|mut file| {
        file.write_all(new)?;
        file.set_permissions(fs::metadata(&path)?.permissions())?;
        file.sync_all()?;
        fs::rename(&staged, &path)
    });
    written.inspect_err(|_| drop(fs::remove_file(&staged))).with_context(name)
}
