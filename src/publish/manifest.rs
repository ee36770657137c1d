//! The list of what is ours in a target.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::MANIFEST;
use super::tree::route_of;

/// The files that are ours, by route, with what was written there. While a target is updated file by file, also those
/// that were, and those that will be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The version of this format.
    manifest: u32,
    pub files: BTreeMap<Arc<str>, Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Of the bytes.
    #[serde(with = "hexadecimal")]
    blake3: blake3::Hash,
    size: u64,
}

impl Entry {
    pub fn of(bytes: &[u8]) -> Entry {
        Entry::new(blake3::hash(bytes), bytes.len() as u64)
    }

    pub fn new(hash: blake3::Hash, size: u64) -> Entry {
        Entry { blake3: hash, size }
    }
}

/// Hashes as they are written.
mod hexadecimal {
    use blake3::Hash;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(hash: &Hash, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hash.to_hex())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Hash, D::Error> {
        Hash::from_hex(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

const VERSION: u32 = 1;

impl Manifest {
    pub fn of(files: BTreeMap<Arc<str>, Entry>) -> Manifest {
        Manifest { manifest: VERSION, files }
    }

    /// Size of all files together, in bytes.
    pub fn bytes(&self) -> u64 {
        self.files.values().map(|entry| entry.size).sum()
    }

    /// The manifest of a target; None if there is none that we understand.
    ///
    /// # Errors
    /// There is one, and it cannot be read: what is ours is not known then, which is not the same as nothing.
    pub fn read(target: &Path) -> io::Result<Option<Manifest>> {
        let path = target.join(MANIFEST);
        match std::fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_file() => {}
            Err(e) if !matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Err(e),
            _ => return Ok(None),
        }
        let manifest: Option<Manifest> = serde_json::from_slice(&std::fs::read(path)?).ok();
        Ok(manifest.filter(|manifest| manifest.manifest == VERSION))
    }

    /// Whether a path relative to the target is ours.
    pub fn owns(&self, path: &Path) -> bool {
        route_of(path).is_some_and(|route| self.files.contains_key(&*route))
    }

    /// What is ours by either; where both know a file, by `other`.
    pub fn union(&self, other: &Manifest) -> Manifest {
        let mut files = self.files.clone();
        files.extend(other.files.clone());
        Manifest { manifest: VERSION, files }
    }

    /// Writes a new file and flushes it to the disk.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let mut file = BufWriter::new(OpenOptions::new().write(true).create_new(true).open(path)?);
        serde_json::to_writer_pretty(&mut file, self)?;
        file.write_all(b"\n")?;
        file.flush()?;
        file.get_ref().sync_all()
    }
}
