//! read: a folder -> Sources. Every input byte in memory, sorted by path; nothing is looked at twice.
//!
//! It knows the disk and nothing of what the bytes mean.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

/// Files larger than this are not content. The largest asset one would publish is far below.
const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;

/// Every input file. Keys are paths relative to the site's folder, with `/` between names.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    pub files: BTreeMap<Arc<str>, Arc<[u8]>>,
}

impl Sources {
    /// The files below a folder (`content/facts/`), in path order.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a Arc<str>, &'a Arc<[u8]>)> + 'a {
        self.files.range(Arc::from(folder)..).take_while(move |(path, _)| path.starts_with(folder))
    }

    /// A file's text, for showing snippets. Lossy: what is not UTF-8 has its own diagnostic.
    pub fn text(&self, path: &str) -> Option<String> {
        self.files.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    }
}

/// Reads `content/` and `themes/` below `root`.
///
/// Hidden files and editors' leftovers (`.x`, `x~`, `#x#`) are skipped. Symbolic links are followed only when they
/// stay inside `root`; anything else that is no plain file or folder is an error.
pub fn read(root: &Path) -> io::Result<Sources> {
    let real_root = fs::canonicalize(root).map_err(|e| with_path(e, root))?;
    let mut found = Vec::new();
    for top in ["content", "themes"] {
        let folder = real_root.join(top);
        if folder.is_dir() {
            walk(&real_root, &folder, top, 0, &mut found)?;
        }
    }
    let files: io::Result<Vec<_>> = found
        .into_par_iter()
        .map(|(name, path)| {
            let size = fs::metadata(&path).map_err(|e| with_path(e, &path))?.len();
            if size > MAX_FILE_BYTES {
                let limit = MAX_FILE_BYTES / (1024 * 1024);
                return Err(io::Error::other(format!("{name}: larger than {limit} MiB, too large for content")));
            }
            let bytes = fs::read(&path).map_err(|e| with_path(e, &path))?;
            Ok((Arc::from(name), Arc::from(bytes)))
        })
        .collect();
    Ok(Sources { files: files?.into_iter().collect() })
}

/// Folders nested deeper than this are a loop of links.
const MAX_DEPTH: usize = 32;

fn walk(root: &Path, folder: &Path, name: &str, depth: usize, found: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    if depth > MAX_DEPTH {
        return Err(io::Error::other(format!("{name}: nested deeper than {MAX_DEPTH} folders")));
    }
    for entry in fs::read_dir(folder).map_err(|e| with_path(e, folder))? {
        let entry = entry.map_err(|e| with_path(e, folder))?;
        let path = entry.path();
        let Some(file_name) = entry.file_name().to_str().map(str::to_owned) else {
            return Err(io::Error::other(format!("{name}: a file name that is not UTF-8: {:?}", entry.file_name())));
        };
        if is_leftover(&file_name) {
            continue;
        }
        let name = format!("{name}/{file_name}");
        let mut kind = entry.file_type().map_err(|e| with_path(e, &path))?;
        if kind.is_symlink() {
            let real = fs::canonicalize(&path).map_err(|e| with_path(e, &path))?;
            if !real.starts_with(root) {
                return Err(io::Error::other(format!("{name}: a symbolic link that leads out of the site's folder")));
            }
            kind = fs::metadata(&real).map_err(|e| with_path(e, &path))?.file_type();
        }
        if kind.is_dir() {
            walk(root, &path, &name, depth + 1, found)?;
        } else if kind.is_file() {
            found.push((name, path));
        } else {
            return Err(io::Error::other(format!("{name}: neither a file nor a folder")));
        }
    }
    Ok(())
}

/// Files that editors and systems leave behind, and that no author means.
fn is_leftover(name: &str) -> bool {
    name.starts_with('.') || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'))
}

fn with_path(error: io::Error, path: &Path) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
