//! Writing an author's files: each is what it was or what it will be, whole, however the writing ends.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// Files that belong together: all of them are made, or none.
#[derive(Default)]
pub struct Made {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Made {
    /// What `make` makes; where it fails, it is removed again.
    pub fn together(make: impl FnOnce(&mut Made) -> anyhow::Result<()>) -> anyhow::Result<()> {
        let mut made = Made::default();
        make(&mut made).inspect_err(|_| {
            made.files.iter().for_each(|file| drop(fs::remove_file(file)));
            // Those that hold something by now stay.
            made.folders.iter().rev().for_each(|folder| drop(fs::remove_dir(folder)));
        })
    }

    /// Makes a file that is not there yet, and the folders above it.
    pub fn file(&mut self, path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
        if let Some(folder) = path.parent() {
            self.folder(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        create(path, bytes)?;
        self.files.push(path.to_owned());
        Ok(())
    }

    /// Makes a file, or puts this in place of what it holds.
    pub fn put(&mut self, path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
        if path.exists() { write(path, bytes) } else { self.file(path, bytes) }
    }

    fn folder(&mut self, folder: &Path) -> io::Result<()> {
        if folder.as_os_str().is_empty() || folder.is_dir() {
            return Ok(());
        }
        if let Some(above) = folder.parent() {
            self.folder(above)?;
        }
        fs::create_dir(folder)?;
        self.folders.push(folder.to_owned());
        Ok(())
    }
}

/// Makes a file that is not there yet, and the folders above it.
pub fn write_new(path: &Path, text: &str) -> anyhow::Result<()> {
    Made::together(|made| made.file(path, text.as_bytes()))
}

/// Makes a file, or puts this in place of what it holds.
pub fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let name = || format!("cannot write {}", path.display());
    match fs::metadata(path) {
        Ok(there) if there.is_file() => {
            let path = fs::canonicalize(path).with_context(name)?;
            put(&path, bytes).with_context(name)
        }
        // A pipe, a terminal.
        Ok(_) => fs::write(path, bytes).with_context(name),
        Err(_) => create(path, bytes),
    }
}

/// Puts `new` in place of a file that holds `old`. Links are followed.
pub fn replace(path: &Path, old: &[u8], new: &[u8]) -> anyhow::Result<()> {
    let name = || format!("cannot write {}", path.display());
    let path = fs::canonicalize(path).with_context(name)?;
    if fs::read(&path).with_context(name)? != old {
        bail!("{}: was changed by somebody else meanwhile; run it again", path.display());
    }
    put(&path, new).with_context(name)
}

/// In one step: whoever reads the file sees the one or the other. Permissions stay.
fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    staged(path, |file, staged| {
        file.write_all(bytes)?;
        file.set_permissions(fs::metadata(path)?.permissions())?;
        file.sync_all()?;
        fs::rename(staged, path)
    })
}

/// In one step as well: there is no file, or the whole one.
fn create(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let written = staged(path, |file, staged| {
        file.write_all(bytes)?;
        file.sync_all()?;
        // A second name fails where there is a file, whoever made it meanwhile; some file systems have no second names.
        match fs::hard_link(staged, path) {
            Err(e) if e.kind() != ErrorKind::AlreadyExists && fs::symlink_metadata(path).is_err() => {
                fs::rename(staged, path)
            }
            linked => linked.and_then(|()| fs::remove_file(staged)),
        }
    });
    written.with_context(|| format!("cannot write {}", path.display()))
}

/// Gives `write` a new file beside `path`, and removes it where that fails.
fn staged(path: &Path, write: impl FnOnce(&mut File, &Path) -> io::Result<()>) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut n = 0;
    let (mut file, staged) = loop {
        // A hidden name: nothing that reads the folder takes it for content.
        let staged = folder.join(format!(".worthwhile-{}-{n}", std::process::id()));
        match File::create_new(&staged) {
            Err(e) if e.kind() == ErrorKind::AlreadyExists => n += 1,
            file => break (file?, staged),
        }
    };
    write(&mut file, &staged).inspect_err(|_| drop(fs::remove_file(&staged)))
}
