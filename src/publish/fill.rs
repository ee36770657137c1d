//! Making the files of a site one by one: what differs from the target goes to a staging folder, what does not is left
//! where it stands.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use anyhow::Context;
use rayon::prelude::*;

use super::manifest::{Entry, Manifest};
use super::staging::{self, Staging};
use super::survey::{Survey, folders_of};
use super::{Beside, Making};

/// What was made.
pub(super) struct Made<'a> {
    /// Everything that is published.
    pub manifest: Manifest,
    /// Routes whose file stood in the target with the same bytes; these are not in the staging folder.
    pub same: BTreeSet<&'a str>,
}

/// A staging folder that is made when the first file needs it: publishing the same again writes nothing.
pub(super) struct Later<'a> {
    create: &'a (dyn Fn() -> anyhow::Result<Staging> + Sync),
    gate: Mutex<()>,
    staging: OnceLock<Staging>,
}

impl<'a> Later<'a> {
    pub fn new(create: &'a (dyn Fn() -> anyhow::Result<Staging> + Sync)) -> Self {
        Later { create, gate: Mutex::default(), staging: OnceLock::new() }
    }

    /// The folder, with the folders for these routes in it.
    pub fn get(&self, survey: &Survey) -> anyhow::Result<&Staging> {
        if let Some(staging) = self.staging.get() {
            return Ok(staging);
        }
        let _one = self.gate.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(staging) = self.staging.get() {
            return Ok(staging);
        }
        let staging = (self.create)()?;
        for folder in folders_of(survey.routes) {
            let path = staging.site.join(folder);
            if let Err(e) = std::fs::create_dir(&path) {
                staging.discard();
                return Err(e).with_context(|| format!("cannot create the folder {}", path.display()));
            }
        }
        Ok(self.staging.get_or_init(|| staging))
    }

    /// The folder, if something needed it.
    pub fn made(&self) -> Option<&Staging> {
        self.staging.get()
    }

    /// Removes the folder, if there is one.
    pub fn discard(&self) {
        if let Some(staging) = self.staging.get() {
            staging.discard();
        }
    }
}

/// Makes every file, and writes those that differ. One that cannot be made ends the writing but not the making, so that
/// all that cannot are known.
pub(super) fn fill<'a>(survey: &Survey<'a>, making: &Making, staging: &Later) -> anyhow::Result<Made<'a>> {
    let unmade = AtomicBool::new(false);
    let world: OnceLock<anyhow::Error> = OnceLock::new();
    let routes: Vec<&Arc<str>> = survey.routes.iter().collect();
    // What was made of each route.
    let done: Vec<OnceLock<(Entry, bool)>> = routes.iter().map(|_| OnceLock::new()).collect();
    let place = |route: &str| routes.binary_search_by(|other| (***other).cmp(route)).ok();
    let beside = |route: &str, bytes: &[u8]| -> io::Result<()> {
        let place = place(route).filter(|place| done[*place].get().is_none());
        if let Some(place) = place.filter(|_| !unmade.load(Ordering::Relaxed)) {
            let _ = done[place].set(finish(survey, staging, route, bytes)?);
        }
        Ok(())
    };
    let one = |buffer: &mut Vec<u8>, place: usize| -> anyhow::Result<()> {
        buffer.clear();
        let route = &**routes[place];
        let mut sink = Sink { survey, staging, route, buffer, written: None };
        let beside: &Beside = &beside;
        if !(making.make)(route, &mut sink, Some(beside)).with_context(|| format!("cannot write {route}"))? {
            unmade.store(true, Ordering::Relaxed);
        }
        if !unmade.load(Ordering::Relaxed) {
            let _ = done[place].set(sink.finish().with_context(|| format!("cannot write {route}"))?);
        }
        Ok(())
    };
    // The first error of the world ends everything.
    let each = |buffer: &mut Vec<u8>, place: usize| {
        if world.get().is_none() && done[place].get().is_none() {
            one(buffer, place).unwrap_or_else(|error| {
                let _ = world.set(error);
            });
        }
    };
    let first: Vec<usize> = making.first.iter().filter_map(|route| place(route)).collect();
    first.par_iter().with_max_len(1).for_each(|&place| each(&mut Vec::new(), place));
    // Kinds of files stand together and take unlike times: without small shares one thread is left with the slow ones.
    (0..routes.len()).into_par_iter().with_max_len(SHARE).for_each_init(Vec::new, each);
    if let Some(error) = world.into_inner() {
        return Err(error);
    }
    anyhow::ensure!(!unmade.load(Ordering::Relaxed), "not every file could be made");
    let (mut entries, mut same) = (Vec::with_capacity(routes.len()), BTreeSet::new());
    for (route, made) in routes.into_iter().zip(done) {
        if let Some((entry, stands)) = made.into_inner() {
            entries.push((Arc::clone(route), entry));
            if stands {
                same.insert(&**route);
            }
        }
    }
    Ok(Made { manifest: Manifest::of(entries.into_iter().collect()), same })
}

/// How many files a thread takes at once.
const SHARE: usize = 32;

/// Files that are larger than this go to the staging folder piece by piece.
const PIECE: usize = 1024 * 1024;

/// Takes the bytes of one file.
struct Sink<'s> {
    survey: &'s Survey<'s>,
    staging: &'s Later<'s>,
    route: &'s str,
    buffer: &'s mut Vec<u8>,
    /// What has been written of a large file.
    written: Option<Written>,
}

struct Written {
    file: File,
    path: PathBuf,
    hash: blake3::Hasher,
    size: u64,
}

impl Sink<'_> {
    fn spill(&mut self) -> io::Result<()> {
        if self.written.is_none() {
            let path = path(self.survey, self.staging, self.route)?;
            let file = OpenOptions::new().read(true).write(true).create_new(true).open(&path)?;
            self.written = Some(Written { file, path, hash: blake3::Hasher::new(), size: 0 });
        }
        if let Some(written) = &mut self.written {
            written.file.write_all(self.buffer)?;
            written.hash.update(self.buffer);
            written.size += self.buffer.len() as u64;
            self.buffer.clear();
        }
        Ok(())
    }

    /// The file's entry, and whether it stands in the target as it is.
    fn finish(mut self) -> io::Result<(Entry, bool)> {
        if self.written.is_some() {
            self.spill()?;
        }
        let Some(Written { mut file, path, hash, size }) = self.written else {
            return finish(self.survey, self.staging, self.route, self.buffer);
        };
        let same = self.survey.stands_as(self.route, size, &mut file);
        if same {
            std::fs::remove_file(path)?;
        }
        Ok((Entry::new(hash.finalize(), size), same))
    }
}

/// Where the file of a route stands in the staging folder.
fn path(survey: &Survey, staging: &Later, route: &str) -> io::Result<PathBuf> {
    let staging = staging.get(survey).map_err(io::Error::other)?;
    Ok(staging.site.join(Path::new(route)))
}

/// Writes a file if it differs: its entry, and whether it stands in the target as it is.
fn finish(survey: &Survey, staging: &Later, route: &str, bytes: &[u8]) -> io::Result<(Entry, bool)> {
    let same = survey.stands(route, bytes);
    if !same {
        staging::write_new(&path(survey, staging, route)?, bytes)?;
    }
    Ok((Entry::of(bytes), same))
}

impl Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for piece in bytes.chunks(PIECE) {
            self.buffer.extend_from_slice(piece);
            if self.buffer.len() >= PIECE {
                self.spill()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
