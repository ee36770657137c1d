//! publish: bytes -> a folder. The folder is the previous complete site or the new complete one, never a mixture.
//!
//! The new site is written to a staging folder beside the target, and then the two are exchanged in one system call:
//! whoever looks at the target by name sees one or the other, also when the process is killed, when the disk is full,
//! or when the n-th file cannot be written. Each file is made, compared with what stands there, written if it differs,
//! and forgotten: the site is never in memory as a whole, and a file that cannot be made leaves the old site as it was. A
//! manifest in the target lists the files that are ours. Files that are not
//! ours go along (as hard links, so that they are the same files afterwards), and are never written or deleted.
//!
//! Some folders cannot be exchanged: a mount, the working tree of a git repository, a folder on a file system without
//! such a call or without hard links. These are updated *file by file*: all new bytes are first written to a folder
//! inside the target, so that a full disk leaves the old site as it was; then each file is put in place by a rename,
//! what pages refer to before the pages; what is stale goes last. There every file is whole at any moment, but a reader
//! may for a short while see new pages beside old ones, and a process that is killed in this phase leaves such a
//! mixture; the next build completes it.
//!
//! An exchanged folder is a new folder under the old name: a process that has the old one open (a shell, or a server
//! that was started *in* it rather than *with* it) keeps looking at the old one, which is then removed.
//!
//! Power loss: the manifest and the folders are flushed, single files are not. After one, build again: files are
//! compared byte by byte with what they should be, the manifest's hashes are not trusted, so that this mends the site.
//!
//! Does not know: what the files are. Stands alone.

mod exchange;
mod fill;
mod in_place;
mod lock;
mod manifest;
mod place;
mod staging;
mod survey;
mod tree;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context;

use lock::Lock;
use manifest::Manifest;
use place::Place;
use survey::Survey;
use tree::Tree;

/// What is published: bytes by route (`capabilities/service-mesh.html`).
pub type Files = BTreeMap<String, Arc<[u8]>>;

/// The routes of what is published.
pub type Routes = BTreeSet<Arc<str>>;

/// Takes the bytes of another route, which are known once the file that is being made is. What it takes is not asked for
/// again.
pub type Beside<'a> = dyn Fn(&str, &[u8]) -> io::Result<()> + Sync + 'a;

/// Writes the bytes of a route; false where they cannot be made, which the one who makes remembers. Asked again, the
/// same. An error is one of the writing.
type Make<'a> = dyn Fn(&str, &mut dyn Write, Option<&Beside>) -> io::Result<bool> + Sync + 'a;

/// How the files are made.
struct Making<'a> {
    /// The routes of those that come first.
    first: &'a [&'a str],
    make: &'a Make<'a>,
}

/// The file in the target that lists what is ours.
pub const MANIFEST: &str = ".worthwhile-manifest.json";

/// How to publish.
#[derive(Debug, Clone)]
pub struct Options {
    /// Accept a folder with files in it and without our manifest. Its files stay, but for those in the way of ours.
    pub force: bool,
    /// How long to wait for another build into the same folder.
    pub wait: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Options { force: false, wait: Duration::from_secs(10) }
    }
}

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Receipt {
    /// Files that are new, or have new bytes.
    pub written: usize,
    /// Files that were there with the same bytes; they keep their modification time.
    pub unchanged: usize,
    /// Files of ours that went.
    pub removed: usize,
    /// Files that are not ours and stayed.
    pub kept: usize,
    /// Size of all published files together, in bytes.
    pub bytes: u64,
    /// The folder could not be exchanged and was updated file by file.
    pub file_by_file: bool,
    /// What went well enough but should be known: a folder left behind, a file brought back. One sentence each.
    pub notes: Vec<String>,
}

/// Why nothing was published (or cleaned): the target is not a place that we may write to. Found in the
/// `anyhow::Error` by `downcast_ref`; everything else in there is a failure of the world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The target has no name of its own: `.`, `..`, `/`.
    Nameless(PathBuf),
    Symlink(PathBuf),
    NotAFolder(PathBuf),
    /// Not empty, and without a manifest that we can read.
    Foreign(PathBuf),
    /// This file or folder is not ours, and ours would have to stand there.
    InTheWay(PathBuf),
    /// This route cannot be a path, and why.
    Route(String, &'static str),
    /// Another process published to the same target for as long as we would wait.
    Busy(PathBuf),
}

/// Why nothing was published.
#[derive(Debug)]
pub enum Failure<E> {
    /// These files could not be made. All were tried.
    Unmade(Vec<E>),
    /// A [`Refusal`], or an error of the file system.
    World(anyhow::Error),
}

/// Makes the folder `out` hold exactly `files` (and what is not ours).
///
/// # Errors
/// A [`Refusal`], or an error of the file system with the path it concerns. The old site is as it was, but for a
/// target that is updated file by file, see the head of this module.
pub fn publish(files: &Files, out: &Path, options: &Options) -> anyhow::Result<Receipt> {
    let routes = files.keys().map(|route| Arc::from(route.as_str())).collect();
    let make = |route: &str, out: &mut dyn Write, _: Option<&Beside>| out.write_all(&files[route]).map(|()| true);
    publish_routes(&routes, &[], &make, out, options)
}

/// Makes the folder `out` hold exactly the files at these routes (and what is not ours). Each is made when its turn
/// comes, on all processors, and not kept; one may be made twice, and must then be the same. `make` writes a route's
/// bytes, and says inside of the result of the writing why they cannot be made. Those in `first` come first: along with
/// them `make` may hand over the bytes of others.
///
/// # Errors
/// What could not be made; or as for [`publish`].
pub fn publish_made<E: Send>(
    routes: &Routes,
    first: &[&str],
    make: impl Fn(&str, &mut dyn Write, Option<&Beside>) -> io::Result<Result<(), E>> + Sync,
    out: &Path,
    options: &Options,
) -> Result<Receipt, Failure<E>> {
    let unmade: Mutex<Vec<E>> = Mutex::default();
    let keep = |error| unmade.lock().unwrap_or_else(PoisonError::into_inner).push(error);
    let make =
        |route: &str, out: &mut dyn Write, beside: Option<&Beside>| Ok(make(route, out, beside)?.map_err(keep).is_ok());
    let published = publish_routes(routes, first, &make, out, options);
    let unmade = unmade.into_inner().unwrap_or_else(PoisonError::into_inner);
    if unmade.is_empty() { published.map_err(Failure::World) } else { Err(Failure::Unmade(unmade)) }
}

fn publish_routes(
    routes: &Routes,
    first: &[&str],
    make: &Make,
    out: &Path,
    options: &Options,
) -> anyhow::Result<Receipt> {
    place::check_routes(routes)?;
    let place = Place::of(out)?;
    std::fs::create_dir_all(&place.parent).with_context(|| format!("cannot create {}", place.parent.display()))?;
    place.check()?;
    let _lock = Lock::acquire(&place, options.wait)?;

    let mut notes = staging::clear(&place)?;
    let standing = place.standing()?;
    let tree = if standing { tree::walk(&place.target)? } else { Tree::new() };
    let old = match manifest_of(&place)? {
        Some(manifest) => manifest,
        None if tree.is_empty() || options.force => Manifest::default(),
        None => return Err(Refusal::Foreign(place.target).into()),
    };
    let survey = Survey::of(&place.target, &tree, &old, routes, options.force)?;
    let making = Making { first, make };

    let whole =
        if place.exchangeable(&tree) { exchange::publish(&place, &survey, &old, &making, &mut notes)? } else { None };
    let (made, file_by_file) = match whole {
        Some(made) => (made, false),
        None => in_place::publish(&place, &survey, &old, &making, &mut notes)?,
    };
    Ok(Receipt {
        written: routes.len() - made.same.len(),
        unchanged: made.same.len(),
        removed: survey.stale.len(),
        kept: survey.foreign.len(),
        bytes: made.manifest.bytes(),
        file_by_file,
        notes,
    })
}

/// Removes what we published to `out`: the files in the manifest, then folders of ours that are empty. Nothing there
/// is nothing to do.
///
/// # Errors
/// As for [`publish`]; a folder without our manifest is refused unless it is empty.
pub fn clean(out: &Path, options: &Options) -> anyhow::Result<Receipt> {
    let place = Place::of(out)?;
    place.check()?;
    if !place.parent.is_dir() {
        return Ok(Receipt::default());
    }
    let _lock = Lock::acquire(&place, options.wait)?;
    let mut receipt = Receipt { notes: staging::clear(&place)?, ..Receipt::default() };
    if !place.standing()? {
        return Ok(receipt);
    }
    let tree = tree::walk(&place.target)?;
    let Some(manifest) = manifest_of(&place)? else {
        return if tree.is_empty() { Ok(receipt) } else { Err(Refusal::Foreign(place.target).into()) };
    };
    let nothing = Routes::new();
    let survey = Survey::of(&place.target, &tree, &manifest, &nothing, false)?;
    in_place::remove_stale(&place.target, &survey)?;
    let file = place.target.join(MANIFEST);
    std::fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
    receipt.removed = survey.stale.len();
    receipt.kept = survey.foreign.len();
    // Not empty when something in it is not ours; a mount cannot be removed. Both are fine.
    let _ = std::fs::remove_dir(&place.target);
    Ok(receipt)
}

fn manifest_of(place: &Place) -> anyhow::Result<Option<Manifest>> {
    Manifest::read(&place.target).with_context(|| format!("cannot read {}", place.target.join(MANIFEST).display()))
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Nameless(path) => {
                write!(f, "`{}` is no name for an output folder: write its own name, such as `public`", path.display())
            }
            Refusal::Symlink(path) => {
                write!(f, "{} is a symbolic link: name the folder that it points to", path.display())
            }
            Refusal::NotAFolder(path) => write!(f, "{} is not a folder", path.display()),
            Refusal::Foreign(path) => write!(
                f,
                "{} is not empty and was not made by worthwhile: empty it, name another folder, or use --force, which \
                 keeps its files and overwrites those that stand where a page must",
                path.display()
            ),
            Refusal::InTheWay(path) => {
                write!(f, "{} is not ours, but a published file must stand there: move it away", path.display())
            }
            Refusal::Route(route, why) => write!(f, "cannot publish to the route {route:?}: {why}"),
            Refusal::Busy(path) => write!(f, "another build is publishing to {}", path.display()),
        }
    }
}

impl std::error::Error for Refusal {}
