//! Publishing file by file, where the folder as a whole cannot be exchanged.

use std::io::ErrorKind;
use std::path::Path;

use anyhow::Context;

use super::fill::{self, Later, Made};
use super::manifest::Manifest;
use super::place::Place;
use super::staging::{self, Staging};
use super::survey::{Survey, folders_of};
use super::{MANIFEST, Making, Refusal, tree};

/// Publishes; whether something had to be moved. Until the last new byte is on the disk nothing of the old site is
/// touched.
pub(super) fn publish<'a>(
    place: &Place,
    survey: &Survey<'a>,
    old: &Manifest,
    making: &Making,
    notes: &mut Vec<String>,
) -> anyhow::Result<(Made<'a>, bool)> {
    let target = &place.target;
    std::fs::create_dir_all(target).with_context(|| format!("cannot create {}", target.display()))?;
    let create = || Staging::create(target.join(staging::INSIDE), None);
    let staging = Later::new(&create);
    let moved = fill::fill(survey, making, &staging).and_then(|made| {
        if made.same.len() == survey.routes.len() && survey.nothing_goes() && made.manifest == *old {
            return Ok((made, false));
        }
        let staging = staging.get(survey)?;
        stage(target, survey, old, &made, staging)?;
        put(target, survey, &made, staging)?;
        Ok((made, true))
    });
    staging.discard();
    notes.extend(staging.made().and_then(Staging::left));
    moved
}

/// Removes the files of ours that shall go, and the folders of ours that are empty then. A file that is gone already
/// is as good.
pub(super) fn remove_stale(target: &Path, survey: &Survey) -> anyhow::Result<()> {
    let folders = folders_of(survey.routes);
    // What stood where a folder must be, or in a folder where a file must be, went before.
    for path in survey.stale.iter().filter(|path| !folders.contains(path.as_path())) {
        let path = target.join(path);
        match std::fs::remove_file(&path) {
            Err(e) if !matches!(e.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Err(e).with_context(|| format!("cannot remove {}", path.display()));
            }
            _ => {}
        }
    }
    for folder in survey.folders.iter().rev() {
        // Not empty: something of the new site, or something that is not ours, is in it.
        let _ = std::fs::remove_dir(target.join(folder));
    }
    Ok(())
}

/// Writes the manifests to the staging folder, and looks a last time before anything is moved.
fn stage(target: &Path, survey: &Survey, old: &Manifest, made: &Made, staging: &Staging) -> anyhow::Result<()> {
    let write = |manifest: &Manifest, name: &str| {
        manifest.write(&staging.site.join(name)).with_context(|| format!("cannot write {name}"))
    };
    // While files are moved, what was ours and what will be is ours: if we are killed, the next build knows.
    write(&old.union(&made.manifest), BOTH)?;
    write(&made.manifest, MANIFEST)?;
    // A name that the survey did not see and that is there all the same: one that differs in case only.
    for route in to_write(survey, made).filter(|route| !survey.tree.contains_key(Path::new(route))) {
        if tree::is_there(&target.join(route)) {
            return Err(Refusal::InTheWay(target.join(route)).into());
        }
    }
    Ok(())
}

/// The manifest of what was and will be ours, in the staging folder.
const BOTH: &str = ".worthwhile-both.json";

/// Moves the new files into place.
fn put(target: &Path, survey: &Survey, made: &Made, staging: &Staging) -> anyhow::Result<()> {
    let rename = |from: &str, to: &str| {
        std::fs::rename(staging.site.join(from), target.join(to)).with_context(|| format!("cannot put {to} in place"))
    };
    rename(BOTH, MANIFEST)?;
    make_room(target, survey)?;
    for folder in folders_of(survey.routes) {
        let path = target.join(folder);
        std::fs::create_dir_all(&path).with_context(|| format!("cannot create the folder {}", path.display()))?;
    }
    let (pages, others): (Vec<&str>, Vec<&str>) = to_write(survey, made).partition(|route| route.ends_with(".html"));
    others.into_iter().chain(pages).try_for_each(|route| rename(route, route))?;
    remove_stale(target, survey)?;
    rename(MANIFEST, MANIFEST)
}

/// Removes what is ours and stands as a file where a folder must be, or as a folder where a file must be.
fn make_room(target: &Path, survey: &Survey) -> anyhow::Result<()> {
    let folders = folders_of(survey.routes);
    let is_file = |path: &Path| tree::route_of(path).is_some_and(|route| survey.routes.contains(&*route));
    for path in &survey.stale {
        if folders.contains(path.as_path()) || path.ancestors().skip(1).any(is_file) {
            let path = target.join(path);
            std::fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    for folder in survey.folders.iter().rev().filter(|folder| folder.ancestors().any(is_file)) {
        let path = target.join(folder);
        std::fs::remove_dir(&path).with_context(|| format!("cannot remove the folder {}", path.display()))?;
    }
    Ok(())
}

fn to_write<'a>(survey: &Survey<'a>, made: &'a Made) -> impl Iterator<Item = &'a str> {
    survey.routes.iter().map(|route| &**route).filter(|route| !made.same.contains(route))
}
