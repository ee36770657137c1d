//! What was read before, so that a file is read again only when it changed.
//!
//! Whether it did is asked of the file system: another file under the name, another size, another time of change. Two
//! changes within one tick of its clock look the same, so a file that changed shortly before it was read is always read
//! again.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::Failed;

/// The files of the last read.
#[derive(Default)]
pub struct Memo {
    files: HashMap<String, (Stamp, Arc<[u8]>)>,
}

/// What tells a file from what it was before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    device: u64,
    file: u64,
    size: u64,
    modified: (i64, i64),
    /// Of what the file system knows of the file: no program can set it.
    changed: (i64, i64),
}

/// A file that was looked at: what it holds, what it was just before it was read, and its name.
pub(super) type Looked = (Result<Arc<[u8]>, Failed>, Option<Stamp>, String);

/// How much older than our look a change must be to be told from the next one by its time. The coarsest file systems
/// count in steps of two seconds.
const OLD: Duration = Duration::from_secs(3);

impl Stamp {
    /// None where a file has no identity that the standard library tells; there it is read each time.
    #[cfg(unix)]
    pub fn of(path: &Path) -> Option<Stamp> {
        use std::os::unix::fs::MetadataExt;
        let of = std::fs::metadata(path).ok()?;
        Some(Stamp {
            device: of.dev(),
            file: of.ino(),
            size: of.size(),
            modified: (of.mtime(), of.mtime_nsec()),
            changed: (of.ctime(), of.ctime_nsec()),
        })
    }

    #[cfg(not(unix))]
    pub fn of(_: &Path) -> Option<Stamp> {
        None
    }

    /// Whether it changed long before this moment.
    fn is_old(&self, at: SystemTime) -> bool {
        let now = at.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let is_old = |(seconds, _): (i64, i64)| u64::try_from(seconds).is_ok_and(|s| s + OLD.as_secs() < now.as_secs());
        is_old(self.modified) && is_old(self.changed)
    }
}

impl Memo {
    /// The bytes of a file that has not changed.
    pub(super) fn knows(&self, name: &str, stamp: Option<Stamp>) -> Option<Arc<[u8]>> {
        let (known, bytes) = self.files.get(name)?;
        (Some(*known) == stamp).then(|| Arc::clone(bytes))
    }

    /// Remembers a read that began at a moment, and nothing else.
    pub(super) fn keep(&mut self, read: &[Looked], began: SystemTime) {
        let mut before = std::mem::take(&mut self.files);
        for (contents, stamp, name) in read {
            if let (Ok(bytes), Some(stamp)) = (contents, stamp.filter(|stamp| stamp.is_old(began))) {
                let name = before.remove_entry(name).map_or_else(|| name.clone(), |(name, _)| name);
                self.files.insert(name, (stamp, Arc::clone(bytes)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};

    use super::super::{Sources, read_again};
    use super::*;

    fn bytes(sources: &Sources) -> &Arc<[u8]> {
        &sources.files["content/a.md"]
    }

    #[test]
    fn only_what_changed_long_ago_is_not_read_again() {
        let home = tempfile::tempdir().expect("a folder");
        let path = home.path().join("content/a.md");
        fs::create_dir(home.path().join("content")).expect("a folder");
        fs::write(&path, "one").expect("written");
        let mut memo = Memo::default();
        let first = read_again(home.path(), &mut memo).expect("read");
        // The same size, the same times as far as a program can set them: still seen.
        let times = fs::metadata(&path).expect("there").modified().expect("a time");
        fs::write(&path, "two").expect("written");
        File::options().write(true).open(&path).and_then(|file| file.set_modified(times)).expect("set");
        let second = read_again(home.path(), &mut memo).expect("read");
        assert_eq!((&**bytes(&first), &**bytes(&second)), (&b"one"[..], &b"two"[..]));

        std::thread::sleep(OLD + Duration::from_millis(1100));
        let third = read_again(home.path(), &mut memo).expect("read");
        let fourth = read_again(home.path(), &mut memo).expect("read");
        assert!(Arc::ptr_eq(bytes(&third), bytes(&fourth)), "not read again");
        fs::rename(&path, home.path().join("content/b.md")).expect("renamed");
        assert!(!read_again(home.path(), &mut memo).expect("read").files.contains_key("content/a.md"));
    }
}
