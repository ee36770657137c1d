//! Where a site is published: the target folder, its parent, and what may stand there.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::tree::{self, Tree};
use super::{MANIFEST, Refusal, Routes};

/// Top-level names in the target that start so are kept for our own use.
pub(super) const RESERVED: &str = ".worthwhile-";

/// The target folder, by name in its parent.
pub(super) struct Place {
    pub parent: PathBuf,
    pub name: OsString,
    pub target: PathBuf,
}

impl Place {
    pub fn of(out: &Path) -> Result<Place, Refusal> {
        let name = out.file_name().ok_or_else(|| Refusal::Nameless(out.to_owned()))?.to_owned();
        let parent = match out.parent() {
            Some(parent) if parent != Path::new("") => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        // Whoever stands in a folder that is exchanged goes along with it, and `..` leads to another place then.
        let parent = if stands_in(&parent.join(&name)) { parent.canonicalize().unwrap_or(parent) } else { parent };
        // Put together anew, because `public/` with a slash at the end would look through a symbolic link.
        let target = parent.join(&name);
        Ok(Place { parent, name, target })
    }

    /// Refuses what is there and is not a folder.
    pub fn check(&self) -> anyhow::Result<()> {
        self.standing().map(|_| ())
    }

    /// Whether the target is there; refuses what is there and is not a folder.
    pub fn standing(&self) -> anyhow::Result<bool> {
        match std::fs::symlink_metadata(&self.target) {
            Ok(m) if m.is_symlink() => Err(Refusal::Symlink(self.target.clone()).into()),
            Ok(m) if !m.is_dir() => Err(Refusal::NotAFolder(self.target.clone()).into()),
            Ok(_) => Ok(true),
            Err(e) if e.kind() == ErrorKind::NotFound => Ok(false),
            Err(e) => Err(e).with_context(|| format!("cannot look at {}", self.target.display())),
        }
    }

    /// Whether the target is the root of another file system than its parent.
    pub fn mounted(&self) -> bool {
        let device = |path: &Path| tree::id_of(path).map(|id| id.device);
        device(&self.target).is_ok_and(|target| device(&self.parent).is_ok_and(|parent| target != parent))
    }

    /// Whether to try to exchange the target as a whole. Not with a repository in it: what git has open there, or
    /// writes just now, must stay the same folder.
    pub fn exchangeable(&self, tree: &Tree) -> bool {
        !self.mounted() && !tree.contains_key(Path::new(".git"))
    }

    /// A name beside the target: `.public.` and then `what`.
    pub fn beside(&self, what: &str) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(".");
        name.push(what);
        self.parent.join(name)
    }
}

/// Whether the current folder is this one, or lies in it.
fn stands_in(folder: &Path) -> bool {
    let current = std::env::current_dir().and_then(|current| current.canonicalize());
    current.is_ok_and(|current| folder.canonicalize().is_ok_and(|folder| current.starts_with(folder)))
}

/// Refuses routes that leave the target, that are no paths, or that stand in each other's way.
pub(super) fn check_routes(routes: &Routes) -> Result<(), Refusal> {
    for route in routes.iter().map(|route| &**route) {
        let refuse = |why| Err(Refusal::Route(route.to_owned(), why));
        if route.is_empty() {
            return refuse("it is empty");
        }
        if route.contains('\\') {
            return refuse("it has a backslash");
        }
        if route.chars().any(char::is_control) {
            return refuse("it has a control character");
        }
        if route.starts_with('/') {
            return refuse("it is absolute");
        }
        if cfg!(windows) && route.contains(':') {
            return refuse("it has a colon");
        }
        if route.split('/').any(|name| matches!(name, "" | "." | "..")) {
            return refuse("it has a name that is empty, `.` or `..`");
        }
        if route.starts_with(RESERVED) {
            return refuse(if route == MANIFEST { "the manifest stands there" } else { "the name is reserved" });
        }
        let mut folder = route;
        while let Some((above, _)) = folder.rsplit_once('/') {
            if routes.contains(above) {
                return refuse("another route is a file where this one needs a folder");
            }
            folder = above;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn refused(routes: &[&str]) -> bool {
        check_routes(&routes.iter().map(|r| Arc::from(*r)).collect()).is_err()
    }

    #[test]
    fn routes_that_are_no_paths_below_the_target_are_refused() {
        for route in [
            "",
            "/",
            "/etc/passwd",
            "..",
            "../a",
            "a/../b",
            "a/..",
            "./a",
            "a/./b",
            "a//b",
            "a/",
            "a\0b",
            "a\\b",
            "..\\a",
            "a\nb",
            MANIFEST,
            ".worthwhile-staging/a",
        ] {
            assert!(refused(&[route]), "{route:?}");
        }
        assert!(refused(&["a", "a/b"]), "a file and a folder of one name");
        assert!(!refused(&["index.html", "a/b.html", "a/b/c.html", ".nojekyll", "a/...html", "a/.worthwhile-x"]));
    }

    #[test]
    fn a_target_needs_a_name() {
        for path in [".", "..", "/", "a/.."] {
            assert!(Place::of(Path::new(path)).is_err(), "{path}");
        }
        let place = Place::of(Path::new("public/")).expect("has a name");
        assert_eq!((place.parent.as_path(), place.target.as_path()), (Path::new("."), Path::new("./public")));
        assert_eq!(place.beside("lock"), Path::new("./.public.lock"));
    }
}
