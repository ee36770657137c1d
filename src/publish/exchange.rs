//! Publishing a whole folder at once: write it beside the target, exchange the two.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::Context;
use rayon::prelude::*;

use super::fill::{self, Later, Made};
use super::manifest::Manifest;
use super::place::Place;
use super::staging::Staging;
use super::survey::Survey;
use super::{MANIFEST, Making};

/// Publishes; None, with nothing changed, where the target cannot be exchanged.
pub(super) fn publish<'a>(
    place: &Place,
    survey: &Survey<'a>,
    old: &Manifest,
    making: &Making,
    notes: &mut Vec<String>,
) -> anyhow::Result<Option<Made<'a>>> {
    let standing = place.standing()?;
    if standing && !cfg!(any(target_os = "linux", target_os = "android", target_vendor = "apple")) {
        return Ok(None);
    }
    let create = || {
        let folder = place.beside(&format!("staging-{}", std::process::id()));
        Staging::create(folder, standing.then_some(&place.target))
    };
    let staging = Later::new(&create);
    let published = fill::fill(survey, making, &staging).and_then(|made| {
        let all_stands = made.same.len() == survey.routes.len() && survey.nothing_goes() && made.manifest == *old;
        if standing && all_stands {
            return Ok((Some(made), false));
        }
        let staging = staging.get(survey)?;
        let context = || format!("cannot put the new site at {}", place.target.display());
        let exchanged = complete(place, survey, &made, making, staging)?
            && swap(&staging.site, &place.target, standing).with_context(context)?;
        Ok((exchanged.then_some(made), exchanged))
    });
    let (made, staging) = match (published, staging.made()) {
        (Ok((made, true)), Some(staging)) => (made, staging),
        (published, staging) => {
            staging.inspect(|staging| staging.discard());
            return published.map(|(made, _)| made);
        }
    };
    sync(&place.parent);
    if standing {
        for path in &survey.overwritten {
            let _ = std::fs::remove_file(staging.site.join(path));
        }
        staging.retire(place, &survey.foreign, notes);
    } else {
        staging.remove();
        notes.extend(staging.left());
    }
    Ok(made)
}

/// Brings the files that need not be written, what is not ours, and the manifest to the new ones; false where what is
/// not ours cannot go along.
fn complete(place: &Place, survey: &Survey, made: &Made, making: &Making, staging: &Staging) -> anyhow::Result<bool> {
    made.same.par_iter().try_for_each(|route| {
        // A second name for the old file keeps its modification time, and costs less. We never write into a file, so
        // that the two names cannot come apart.
        let path = staging.site.join(route);
        if std::fs::hard_link(place.target.join(route), &path).is_ok() {
            return Ok(());
        }
        let again = || -> io::Result<bool> {
            let mut file = BufWriter::new(OpenOptions::new().write(true).create_new(true).open(&path)?);
            let made = (making.make)(route, &mut file, None)?;
            file.flush().map(|()| made)
        };
        anyhow::ensure!(again().with_context(|| format!("cannot write {route}"))?, "cannot make {route} again");
        Ok(())
    })?;
    for folder in &survey.foreign_folders {
        let path = staging.site.join(folder);
        if std::fs::create_dir_all(&path).is_err() || !same_access(&place.target.join(folder), &path) {
            return Ok(false);
        }
    }
    for file in survey.foreign.keys() {
        let path = staging.site.join(file);
        // A folder of ours may hold none of our files any more, but one that is not ours.
        let folder = path.parent().map(std::fs::create_dir_all);
        if !matches!(folder, Some(Ok(()))) || std::fs::hard_link(place.target.join(file), &path).is_err() {
            return Ok(false);
        }
    }
    let manifest = staging.site.join(MANIFEST);
    made.manifest.write(&manifest).with_context(|| format!("cannot write {}", manifest.display()))?;
    let kept = !place.standing()? || same_access(&place.target, &staging.site);
    sync(&staging.site);
    Ok(kept)
}

/// Puts the new site in place; false where the file system cannot do that.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn swap(site: &Path, target: &Path, standing: bool) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    if !standing {
        return std::fs::rename(site, target).map(|()| true);
    }
    match renameat_with(CWD, site, CWD, target, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::BUSY | Errno::XDEV | Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(e) => Err(e.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn swap(site: &Path, target: &Path, standing: bool) -> io::Result<bool> {
    if standing { Ok(false) } else { std::fs::rename(site, target).map(|()| true) }
}

/// Gives `new` the owner and the permissions of `old`; false where that is not possible.
#[cfg(unix)]
fn same_access(old: &Path, new: &Path) -> bool {
    use std::os::unix::fs::{MetadataExt, chown};
    let apply = || -> io::Result<()> {
        let (was, is) = (std::fs::metadata(old)?, std::fs::metadata(new)?);
        if (was.uid(), was.gid()) != (is.uid(), is.gid()) {
            chown(new, Some(was.uid()), Some(was.gid()))?;
        }
        std::fs::set_permissions(new, was.permissions())
    };
    apply().is_ok()
}

#[cfg(not(unix))]
fn same_access(_: &Path, _: &Path) -> bool {
    true
}

/// Flushes a folder's list of names, where folders can be opened; not being able to is no reason to stop.
fn sync(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}
