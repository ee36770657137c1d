//! Making the files of a site one by one: what differs from the target goes to a staging folder, what does not is left
//! where it stands.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use anyhow::Context;
use rayon::prelude::*;

use super::Make;
use super::manifest::{Entry, Manifest};
use super::staging::{self, Staging};
use super::survey::{Survey, folders_of};

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
pub(super) fn fill<'a>(survey: &Survey<'a>, make: &Make, staging: &Later) -> anyhow::Result<Made<'a>> {
    let failed = AtomicBool::new(false);
    let one = |route: &'a String| -> anyhow::Result<Option<(&'a String, Entry, bool)>> {
        let Some(bytes) = make(route) else {
            failed.store(true, Ordering::Relaxed);
            return Ok(None);
        };
        if failed.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let same = survey.stands(route, &bytes);
        if !same {
            let path = staging.get(survey)?.site.join(Path::new(route));
            staging::write_new(&path, &bytes).with_context(|| format!("cannot write {route}"))?;
        }
        Ok(Some((route, Entry::of(&bytes), same)))
    };
    let routes: Vec<&String> = survey.routes.iter().collect();
    let made: anyhow::Result<Vec<_>> = routes.into_par_iter().map(one).collect();
    let (mut entries, mut same) = (Vec::new(), BTreeSet::new());
    for (route, entry, stands) in made?.into_iter().flatten() {
        if stands {
            same.insert(route.as_str());
        }
        entries.push((route.clone(), entry));
    }
    anyhow::ensure!(!failed.load(Ordering::Relaxed), "not every file could be made");
    Ok(Made { manifest: Manifest::of(entries.into_iter().collect()), same })
}
