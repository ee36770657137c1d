//! What stands in a folder, links not followed.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::Metadata;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::{MANIFEST, lock, staging};

/// Everything below a folder by relative path, but for what we keep there for ourselves (manifest, staging, lock).
pub(super) type Tree = BTreeMap<PathBuf, Node>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Node {
    pub shape: Shape,
    pub id: Id,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A regular file of so many bytes.
    File(u64),
    Folder,
    /// A symbolic link, a socket, a device.
    Other,
}

/// What makes a file the same file under two names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Id {
    pub device: u64,
    pub file: u64,
}

/// Reads the tree below `root`.
pub(super) fn walk(root: &Path) -> anyhow::Result<Tree> {
    let mut tree = Tree::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let path = root.join(&folder);
        let context = || format!("cannot read the folder {}", path.display());
        let entries = match std::fs::read_dir(&path) {
            Err(e) if e.kind() == ErrorKind::NotFound && folder != Path::new("") => continue,
            entries => entries.with_context(context)?,
        };
        for entry in entries {
            let entry = entry.with_context(context)?;
            let name = folder.join(entry.file_name());
            if is_own(&name) {
                continue;
            }
            let metadata = match entry.metadata() {
                Ok(metadata) => metadata,
                Err(e) if e.kind() == ErrorKind::NotFound => continue,
                Err(e) => return Err(e).with_context(|| format!("cannot look at {}", root.join(name).display())),
            };
            let shape = match metadata.file_type() {
                t if t.is_dir() => Shape::Folder,
                t if t.is_file() => Shape::File(metadata.len()),
                _ => Shape::Other,
            };
            if shape == Shape::Folder {
                folders.push(name.clone());
            }
            tree.insert(name, Node { shape, id: id(&metadata) });
        }
    }
    Ok(tree)
}

/// The identity of what is at a path, links not followed.
pub(super) fn id_of(path: &Path) -> io::Result<Id> {
    std::fs::symlink_metadata(path).map(|metadata| id(&metadata))
}

/// Whether something is at a path, links not followed.
pub(super) fn is_there(path: &Path) -> bool {
    match std::fs::symlink_metadata(path) {
        Err(e) => !matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory),
        Ok(_) => true,
    }
}

/// The route that a relative path is written as; None where it is no text.
pub(super) fn route_of(path: &Path) -> Option<Cow<'_, str>> {
    let path = path.to_str()?;
    Some(if cfg!(windows) { Cow::Owned(path.replace('\\', "/")) } else { Cow::Borrowed(path) })
}

fn is_own(name: &Path) -> bool {
    name.to_str().is_some_and(|name| [MANIFEST, staging::INSIDE, lock::INSIDE].contains(&name))
}

#[cfg(unix)]
fn id(metadata: &Metadata) -> Id {
    use std::os::unix::fs::MetadataExt;
    Id { device: metadata.dev(), file: metadata.ino() }
}

/// Elsewhere files have no identity that the standard library tells; nothing there depends on it, because folders are
/// not exchanged.
#[cfg(not(unix))]
fn id(_: &Metadata) -> Id {
    Id { device: 0, file: 0 }
}
