//! One publisher at a time: a locked file, beside the target.
//!
//! The lock is the operating system's, so that it goes with the process that held it, however that ended.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Context;

use super::Refusal;
use super::place::Place;

/// The lock file's name inside of a target that is a mount, whose parent may be another's.
pub(super) const INSIDE: &str = ".worthwhile-lock";

const BETWEEN_TRIES: Duration = Duration::from_millis(10);

/// Held until dropped.
pub(super) struct Lock {
    /// Locked for as long as it is open.
    _file: File,
    path: PathBuf,
}

impl Lock {
    /// Waits for the lock, but no longer than `wait`.
    pub fn acquire(place: &Place, wait: Duration) -> anyhow::Result<Lock> {
        let path = if place.mounted() { place.target.join(INSIDE) } else { place.beside("lock") };
        let started = Instant::now();
        loop {
            let file = open(&path).with_context(|| format!("cannot write to {}", path.display()))?;
            match file.try_lock() {
                // The holder removes the file before it lets go: what we locked may have no name any more.
                Ok(()) if is_at(&file, &path) => return Ok(Lock { _file: file, path }),
                Ok(()) => continue,
                Err(TryLockError::WouldBlock) if started.elapsed() >= wait => {
                    return Err(Refusal::Busy(place.target.clone()).into());
                }
                Err(TryLockError::WouldBlock) => std::thread::sleep(BETWEEN_TRIES.min(wait)),
                Err(TryLockError::Error(e)) => {
                    return Err(e).with_context(|| format!("cannot lock {}", path.display()));
                }
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Only where a file that others have open may be removed, and they notice.
        if cfg!(unix) {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

fn open(path: &std::path::Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits() as i32);
    }
    options.open(path)
}

#[cfg(unix)]
fn is_at(file: &File, path: &std::path::Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let here = file.metadata().map(|m| (m.dev(), m.ino()));
    let there = std::fs::symlink_metadata(path).map(|m| (m.dev(), m.ino()));
    matches!((here, there), (Ok(here), Ok(there)) if here == there)
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &std::path::Path) -> bool {
    true
}
