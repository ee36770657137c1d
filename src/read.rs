//! read: a folder -> Sources. Every input byte in memory, sorted by path; nothing is looked at twice.
//!
//! It knows the disk and nothing of what the bytes mean.

pub mod dates;
mod memo;

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rayon::prelude::*;

pub use memo::Memo;
use memo::Stamp;

/// Files larger than this are not content. The largest asset one would publish is far below.
const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;
/// YAML larger than this is a mistake or an attack: some forty thousand facts in one file.
const MAX_TEXT_BYTES: u64 = 8 * 1024 * 1024;
/// Markdown larger than this is no page: a book of five hundred has as much text.
const MAX_PROSE_BYTES: u64 = 1024 * 1024;
/// Folders nested deeper than this are no content.
const MAX_DEPTH: usize = 32;
/// Folders that are entered through symbolic links: links that lead to links lead to ever more of them.
const MAX_LINKED_FOLDERS: usize = 10_000;
/// How often to look again when a file goes between our look at its folder and its reading: editors save by renaming.
const LOOKS: usize = 3;

/// Every input file. Keys are paths relative to the site's folder, with `/` between names.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    pub files: BTreeMap<Arc<str>, Arc<[u8]>>,
    /// What stands there and cannot be read, and why, in half a sentence.
    pub unreadable: BTreeMap<Arc<str>, String>,
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
/// stay inside `root`. What cannot be read is kept with the reason, so that one run tells all.
///
/// # Errors
/// The site's folder itself cannot be looked at.
pub fn read(root: &Path) -> io::Result<Sources> {
    read_again(root, &mut Memo::default())
}

/// The same, but that files are not read that have not changed since the memo's last read.
///
/// # Errors
/// As for [`read`].
pub fn read_again(root: &Path, memo: &mut Memo) -> io::Result<Sources> {
    let real_root = fs::canonicalize(root).map_err(|e| with_path(e, root))?;
    let mut sources = Sources::default();
    for look in 1..=LOOKS {
        let mut walk = Walk { root: &real_root, files: Vec::new(), linked: 0, unreadable: BTreeMap::new() };
        for top in ["content", "themes"] {
            walk.top(top);
        }
        let began = SystemTime::now();
        let one = |(name, path): (String, PathBuf)| {
            // Looked at before it is read: what is written between the two is seen as a change next time.
            let stamp = Stamp::of(&path);
            let contents = match memo.knows(&name, stamp) {
                Some(bytes) => Ok(bytes),
                None => contents(&path, limit(&name)),
            };
            (contents, stamp, name)
        };
        let read: Vec<_> = walk.files.into_par_iter().map(one).collect();
        memo.keep(&read, began);
        sources = Sources { files: BTreeMap::new(), unreadable: walk.unreadable };
        let mut gone = false;
        for (contents, _, name) in read {
            match contents {
                Ok(bytes) => drop(sources.files.insert(Arc::from(name), bytes)),
                Err(Failed { why, vanished }) => {
                    gone |= vanished;
                    sources.unreadable.insert(Arc::from(name), why);
                }
            }
        }
        if !gone || look == LOOKS {
            break;
        }
    }
    Ok(sources)
}

/// The bytes of one file outside of a site's folders: a profile, a record.
///
/// # Errors
/// It is no plain file, is larger than any such file, or cannot be read.
pub fn file(path: &Path) -> io::Result<Arc<[u8]>> {
    contents(path, MAX_TEXT_BYTES).map_err(|failed| io::Error::other(failed.why))
}

/// Why a file cannot be read.
struct Failed {
    why: String,
    vanished: bool,
}

/// The bytes of a file that is not too large.
fn contents(path: &Path, limit: u64) -> Result<Arc<[u8]>, Failed> {
    let failed = |e: io::Error| Failed { why: plainly(&e), vanished: e.kind() == io::ErrorKind::NotFound };
    let file = open(path).map_err(failed)?;
    let kind = file.metadata().map_err(failed)?.file_type();
    if !kind.is_file() {
        return Err(Failed { why: NO_FILE.into(), vanished: false });
    }
    // A file may grow while it is read: the limit is on what comes.
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limit {
        let why = format!("larger than {} MiB, too large for content", limit / (1024 * 1024));
        return Err(Failed { why, vanished: false });
    }
    Ok(Arc::from(bytes))
}

/// How many bytes a file of this name may have.
fn limit(name: &str) -> u64 {
    let is_text = name.starts_with("content/") && !name.starts_with("content/assets/");
    match (is_text, name.ends_with(".md")) {
        (true, true) => MAX_PROSE_BYTES,
        (true, false) => MAX_TEXT_BYTES,
        (false, _) => MAX_FILE_BYTES,
    }
}

const NO_FILE: &str = "neither a file nor a folder";

/// Opens a file to read it. A pipe that took the place of a file meanwhile does not make us wait for a writer.
fn open(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits() as i32);
    }
    options.open(path)
}

/// A look at the folders.
struct Walk<'a> {
    root: &'a Path,
    /// By name relative to the root, with where it is.
    files: Vec<(String, PathBuf)>,
    linked: usize,
    unreadable: BTreeMap<Arc<str>, String>,
}

impl Walk<'_> {
    fn refuse(&mut self, name: &str, why: impl Into<String>) {
        self.unreadable.insert(Arc::from(name), why.into());
    }

    fn top(&mut self, name: &str) {
        let path = self.root.join(name);
        if path.is_symlink()
            && let Err(why) = self.behind_link(&path)
        {
            return self.refuse(name, why);
        }
        if path.is_dir() {
            self.folder(&path, name, 0);
        }
    }

    fn folder(&mut self, folder: &Path, name: &str, depth: usize) {
        if depth > MAX_DEPTH {
            return self.refuse(name, format!("nested deeper than {MAX_DEPTH} folders"));
        }
        match fs::read_dir(folder) {
            Err(e) => self.refuse(name, plainly(&e)),
            Ok(entries) => {
                for entry in entries {
                    match entry {
                        Ok(entry) => self.entry(&entry, name, depth),
                        Err(e) => self.refuse(name, plainly(&e)),
                    }
                }
            }
        }
    }

    fn entry(&mut self, entry: &fs::DirEntry, folder: &str, depth: usize) {
        let path = entry.path();
        let file_name = entry.file_name();
        if is_leftover(&file_name.to_string_lossy()) {
            return;
        }
        let name = format!("{folder}/{}", file_name.to_string_lossy());
        if file_name.to_str().is_none() {
            return self.refuse(&name, "its name is not UTF-8");
        }
        let kind = match entry.file_type() {
            Ok(kind) if kind.is_symlink() => match self.behind_link(&path) {
                Ok(kind) => kind,
                Err(why) => return self.refuse(&name, why),
            },
            Ok(kind) => kind,
            Err(e) => return self.refuse(&name, plainly(&e)),
        };
        if kind.is_dir() {
            self.folder(&path, &name, depth + 1);
        } else if kind.is_file() {
            self.files.push((name, path));
        } else {
            self.refuse(&name, NO_FILE);
        }
    }

    /// What a symbolic link leads to, if it may be followed.
    fn behind_link(&mut self, path: &Path) -> Result<fs::FileType, String> {
        let real = fs::canonicalize(path).map_err(|e| plainly(&e))?;
        if !real.starts_with(self.root) {
            return Err("a symbolic link that leads out of the site's folder".into());
        }
        let kind = fs::metadata(&real).map_err(|e| plainly(&e))?.file_type();
        if kind.is_dir() {
            let here = path.parent().and_then(|folder| fs::canonicalize(folder).ok());
            if here.is_none_or(|here| here.starts_with(&real)) {
                return Err("a symbolic link to a folder that it stands in".into());
            }
            self.linked += 1;
            if self.linked > MAX_LINKED_FOLDERS {
                return Err("one of too many symbolic links to folders".into());
            }
        }
        Ok(kind)
    }
}

/// What the system says, without its number: the same on every system where we can.
fn plainly(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it is not there any more, or leads nowhere".into(),
        io::ErrorKind::PermissionDenied => "reading it is not permitted".into(),
        _ => error.to_string(),
    }
}

/// Files that editors and systems leave behind, and that no author means.
fn is_leftover(name: &str) -> bool {
    name.starts_with('.') || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'))
}

fn with_path(error: io::Error, path: &Path) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
