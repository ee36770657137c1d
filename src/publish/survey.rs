//! What stands in the target against what shall stand there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::manifest::Manifest;
use super::tree::{Node, Shape, Tree, route_of};
use super::{Refusal, Routes};

pub(super) struct Survey<'a> {
    target: &'a Path,
    /// What shall stand in the target.
    pub routes: &'a Routes,
    /// What stands in the target.
    pub tree: &'a Tree,
    /// Files of ours that shall go.
    pub stale: Vec<PathBuf>,
    /// Folders of ours in the target, a folder before what is in it.
    pub folders: Vec<PathBuf>,
    /// Files that are not ours and stay.
    pub foreign: BTreeMap<PathBuf, Node>,
    /// Folders that none of our files is or was in, a folder before what is in it.
    pub foreign_folders: Vec<PathBuf>,
    /// Files that were not ours, and that ours replace, by force.
    pub overwritten: BTreeSet<PathBuf>,
}

impl<'a> Survey<'a> {
    /// Compares; refuses where something that is not ours is in the way.
    pub fn of(
        target: &'a Path,
        tree: &'a Tree,
        old: &Manifest,
        routes: &'a Routes,
        force: bool,
    ) -> Result<Survey<'a>, Refusal> {
        let in_the_way = |path: &Path| Refusal::InTheWay(target.join(path));
        let ours = folders_of(old.files.keys());
        let new_folders = folders_of(routes);

        let mut survey = Survey {
            target,
            routes,
            tree,
            stale: Vec::new(),
            folders: Vec::new(),
            foreign: BTreeMap::new(),
            foreign_folders: Vec::new(),
            overwritten: BTreeSet::new(),
        };
        for (path, node) in tree {
            let route = route_of(path).is_some_and(|route| routes.contains(&*route));
            if node.shape == Shape::Folder {
                if ours.contains(path.as_path()) {
                    survey.folders.push(path.clone());
                } else if route {
                    return Err(in_the_way(path));
                } else {
                    survey.foreign_folders.push(path.clone());
                }
            } else if old.owns(path) {
                if !route {
                    survey.stale.push(path.clone());
                }
            } else if route && force {
                survey.overwritten.insert(path.clone());
            } else if route || new_folders.contains(path.as_path()) {
                return Err(in_the_way(path));
            } else {
                survey.foreign.insert(path.clone(), *node);
            }
        }
        // A folder of ours where a file shall stand is fine only if nothing else is in it.
        for path in survey.foreign.keys().chain(&survey.foreign_folders) {
            for folder in path.ancestors().skip(1).filter(|folder| *folder != Path::new("")) {
                if route_of(folder).is_some_and(|route| routes.contains(&*route)) {
                    return Err(in_the_way(path));
                }
            }
        }
        Ok(survey)
    }

    /// Whether the file at a route has these bytes already.
    pub fn stands(&self, route: &str, bytes: &[u8]) -> bool {
        self.tree.get(Path::new(route)).is_some_and(|node| node.shape == Shape::File(bytes.len() as u64))
            && has_bytes(&self.target.join(route), bytes)
    }

    /// Whether the file at a route has the bytes of this file, which has so many.
    pub fn stands_as(&self, route: &str, size: u64, file: &mut File) -> bool {
        let same = || -> io::Result<bool> {
            file.rewind()?;
            let (mut ours, mut theirs) = (BufReader::new(file), BufReader::new(File::open(self.target.join(route))?));
            loop {
                let (a, b) = (ours.fill_buf()?, theirs.fill_buf()?);
                let n = a.len().min(b.len());
                if n == 0 || a[..n] != b[..n] {
                    return Ok(a.is_empty() && b.is_empty());
                }
                ours.consume(n);
                theirs.consume(n);
            }
        };
        self.tree.get(Path::new(route)).is_some_and(|node| node.shape == Shape::File(size)) && same().unwrap_or(false)
    }

    /// Nothing of ours is there that should not be.
    pub fn nothing_goes(&self) -> bool {
        self.stale.is_empty() && self.overwritten.is_empty()
    }
}

/// The folders that files stand in, a folder before what is in it.
pub(super) fn folders_of<'a>(routes: impl IntoIterator<Item = &'a Arc<str>>) -> BTreeSet<&'a Path> {
    let mut folders = BTreeSet::new();
    for route in routes {
        for folder in Path::new(&**route).ancestors().skip(1) {
            if folder == Path::new("") || !folders.insert(folder) {
                break;
            }
        }
    }
    folders
}

/// Whether a file has exactly these bytes. What cannot be read has not.
fn has_bytes(path: &Path, mut bytes: &[u8]) -> bool {
    let Ok(mut file) = File::open(path) else { return false };
    let mut buffer = [0; 16 * 1024];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return bytes.is_empty(),
            Ok(n) => match bytes.split_at_checked(n) {
                Some((head, rest)) if head == &buffer[..n] => bytes = rest,
                _ => return false,
            },
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => return false,
        }
    }
}
