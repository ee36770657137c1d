//! The folder that a new site is written to before it is put in place, and what remains of one when a process is
//! killed.
//!
//! It holds a note (`about.json`) that says that it is ours and which folder it will replace, and `site/`, the new
//! files. After the exchange `site/` is the old folder. All of this happens under the target's lock, so that any
//! staging folder of the target that is found under the lock is one of a process that is no more.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::MANIFEST;
use super::manifest::Manifest;
use super::place::Place;
use super::tree::{self, Node, Shape};

/// The staging folder's name inside of a target that is updated file by file.
pub(super) const INSIDE: &str = ".worthwhile-staging";

const ABOUT: &str = "about.json";
const SITE: &str = "site";

/// A staging folder of this process.
pub(super) struct Staging {
    folder: PathBuf,
    /// Where the new files go.
    pub site: PathBuf,
}

/// What is written in a staging folder about it.
#[derive(Debug, Serialize, Deserialize)]
struct About {
    worthwhile_staging: u32,
    /// The file number of the folder that will be exchanged with `site`.
    replaces: Option<u64>,
}

impl Staging {
    /// Makes the staging folder beside a target, to be exchanged with it, or inside it.
    pub fn create(folder: PathBuf, replaces: Option<&Path>) -> anyhow::Result<Staging> {
        let context = || format!("cannot create {}", folder.display());
        let replaces = replaces.map(|path| tree::id_of(path).map(|id| id.file)).transpose().with_context(context)?;
        std::fs::create_dir(&folder).with_context(context)?;
        let site = folder.join(SITE);
        let staging = Staging { folder: folder.clone(), site };
        // The note first: without it, what is in the folder is not known to be ours.
        let prepare = || {
            let about = serde_json::to_vec(&About { worthwhile_staging: 1, replaces })?;
            OpenOptions::new().write(true).create_new(true).open(folder.join(ABOUT))?.write_all(&about)?;
            std::fs::create_dir(&staging.site)
        };
        if let Err(e) = prepare() {
            staging.discard();
            return Err(e).with_context(context);
        }
        Ok(staging)
    }

    /// Removes the folder with the new files in it, as far as that goes; the next build removes the rest.
    pub fn discard(&self) {
        let _ = std::fs::remove_dir_all(&self.site);
        self.remove();
    }

    /// After the exchange: removes the old site, and brings back what came into it meanwhile and is not ours.
    pub fn retire(&self, place: &Place, carried: &BTreeMap<PathBuf, Node>, notes: &mut Vec<String>) {
        retire(&self.folder, place, carried, notes);
    }

    /// Removes the folder, when nothing but the note is in it.
    pub fn remove(&self) {
        let _ = remove_empty(&self.folder);
    }

    /// What to say of the folder where it could not be removed.
    pub fn left(&self) -> Option<String> {
        let left = tree::is_there(&self.folder);
        left.then(|| format!("{} could not be removed; the next build removes it", self.folder.display()))
    }
}

/// Removes what killed processes left: staging folders beside the target and the one inside. Only what is provably
/// ours; returns a note on what is not, or cannot be removed.
pub(super) fn clear(place: &Place) -> anyhow::Result<Vec<String>> {
    let mut notes = Vec::new();
    let prefix = place.beside("staging-").file_name().unwrap_or_default().to_owned().into_encoded_bytes();
    let context = || format!("cannot read the folder {}", place.parent.display());
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(&place.parent).with_context(context)? {
        let entry = entry.with_context(context)?;
        let name = entry.file_name();
        let pid = name.as_encoded_bytes().strip_prefix(prefix.as_slice());
        if pid.is_some_and(|pid| !pid.is_empty() && pid.iter().all(u8::is_ascii_digit)) {
            folders.push(entry.path());
        }
    }
    folders.sort();
    folders.push(place.target.join(INSIDE));
    for folder in folders {
        if !tree::is_there(&folder) {
            continue;
        }
        let Some(about) = about(&folder) else {
            notes.push(format!("{} looks like a staging folder but is not ours; it stays", folder.display()));
            continue;
        };
        let site = folder.join(SITE);
        let exchanged = tree::id_of(&site).is_ok_and(|id| Some(id.file) == about.replaces);
        if exchanged {
            retire(&folder, place, &BTreeMap::new(), &mut notes);
            continue;
        }
        let removed = match std::fs::remove_dir_all(&site) {
            Err(e) if e.kind() != ErrorKind::NotFound => Err(e),
            _ => remove_empty(&folder),
        };
        if let Err(e) = removed {
            notes.push(format!("cannot remove the staging folder {}: {e}", folder.display()));
        }
    }
    Ok(notes)
}

/// The note in a staging folder, if the folder is provably ours. One that is empty is: its process was killed before
/// it could write the note; removing an empty folder harms nobody.
fn about(folder: &Path) -> Option<About> {
    if !std::fs::symlink_metadata(folder).ok()?.is_dir() {
        return None;
    }
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).ok()? {
        names.push(entry.ok()?.file_name());
    }
    if names.iter().any(|name| name != ABOUT && name != SITE) {
        return None;
    }
    if names.iter().all(|name| name == ABOUT) {
        return Some(About { worthwhile_staging: 1, replaces: None });
    }
    let path = folder.join(ABOUT);
    if !std::fs::symlink_metadata(&path).ok()?.is_file() || !std::fs::symlink_metadata(folder.join(SITE)).ok()?.is_dir()
    {
        return None;
    }
    serde_json::from_slice(&std::fs::read(path).ok()?).ok()
}

/// Removes the note, then the folder.
fn remove_empty(folder: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(folder.join(ABOUT)) {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(e),
        _ => std::fs::remove_dir(folder),
    }
}

/// Removes the old site from a staging folder after the exchange. `carried` are the files that are not ours and that
/// we linked into the new site.
fn retire(folder: &Path, place: &Place, carried: &BTreeMap<PathBuf, Node>, notes: &mut Vec<String>) {
    let site = folder.join(SITE);
    let whole = match tree::walk(&site) {
        Ok(tree) => remove_old(&site, &tree, place, carried, notes).and_then(|()| remove_empty(folder)),
        Err(e) => Err(std::io::Error::other(e)),
    };
    if let Err(e) = whole {
        notes.push(format!("the old site is not wholly removed from {}: {e}", folder.display()));
    }
}

fn remove_old(
    site: &Path,
    tree: &tree::Tree,
    place: &Place,
    carried: &BTreeMap<PathBuf, Node>,
    notes: &mut Vec<String>,
) -> std::io::Result<()> {
    let manifest = Manifest::read(site)?.unwrap_or_default();
    let mut gone = Vec::new();
    for (path, node) in tree.iter().filter(|(_, node)| node.shape != Shape::Folder) {
        let here = site.join(path);
        let there = place.target.join(path);
        let now = tree::id_of(&there).ok();
        if manifest.owns(path) || now == Some(node.id) {
            gone.push(here);
        } else if !tree::is_there(&place.target) {
            // Somebody removed the target. The next build brings the file back.
            notes.push(format!("{} is not ours and stays there", here.display()));
        } else if now.is_none() || now == carried.get(path).map(|node| node.id) {
            // Not ours, and it came here, or was replaced, between our look at the folder and the exchange.
            if let Some(folder) = there.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::rename(&here, &there)?;
            notes.push(format!("{} came while the site was published; it stays", there.display()));
        } else {
            notes.push(format!("{} is not ours and stays there: {} is another", here.display(), there.display()));
        }
    }
    gone.par_iter().try_for_each(std::fs::remove_file)?;
    for (path, _) in tree.iter().rev().filter(|(_, node)| node.shape == Shape::Folder) {
        std::fs::remove_dir(site.join(path))?;
    }
    // Last, because without it we would not know what was ours.
    match std::fs::remove_file(site.join(MANIFEST)) {
        Err(e) if e.kind() != ErrorKind::NotFound => return Err(e),
        _ => {}
    }
    std::fs::remove_dir(site)
}

/// Writes a file that is not there yet.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(bytes)
}
