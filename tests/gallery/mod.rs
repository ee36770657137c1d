//! The inputs and what each must end in. To add one, add a line to the list of its group.

mod conditions;
mod encodings;
mod folders;
mod limits;
mod links;
mod markdown;
mod names;
mod texts;
mod themes;
mod values;
mod yaml;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// An input and what must become of it.
pub struct Input {
    pub name: String,
    written: Written,
    /// After `worthwhile`; `build . --out ../out -q` where there are none.
    pub arguments: Vec<&'static str>,
    /// As another user than root, whom rights bind.
    pub as_nobody: bool,
    pub end: End,
}

/// What is written to the site's folder.
enum Written {
    File(&'static str, Vec<u8>),
    With(Box<dyn Fn(&Path) + Send + Sync>),
}

pub enum End {
    /// Findings with exactly these codes, and nothing published.
    Refused(BTreeSet<&'static str>),
    /// Published, with exactly these codes as warnings, and with these texts in these files.
    Published { warnings: BTreeSet<&'static str>, holds: Vec<(&'static str, String)> },
    /// Not a fault of what was written: exit code 3, with these words.
    World(&'static str),
}

impl Input {
    /// Made by writing to the site's folder.
    pub fn new(name: impl Into<String>, write: impl Fn(&Path) + Send + Sync + 'static) -> Input {
        Input::of(name.into(), Written::With(Box::new(write)))
    }

    fn of(name: String, written: Written) -> Input {
        let end = End::Published { warnings: BTreeSet::new(), holds: Vec::new() };
        Input { name, written, arguments: Vec::new(), as_nobody: false, end }
    }

    /// Writes it over a site.
    pub fn write(&self, root: &Path) {
        match &self.written {
            Written::File(path, bytes) => put(root, path, bytes),
            Written::With(write) => write(root),
        }
    }

    /// The path and the bytes, where it is one file.
    pub fn file(&self) -> Option<(&str, &[u8])> {
        match &self.written {
            Written::File(path, bytes) => Some((path, bytes)),
            Written::With(_) => None,
        }
    }

    /// Ends in exactly these codes.
    pub fn refused(self, codes: &[&'static str]) -> Input {
        Input { end: End::Refused(codes.iter().copied().collect()), ..self }
    }

    /// Ends in a site, with exactly these warnings.
    pub fn warned(self, codes: &[&'static str]) -> Input {
        let warnings = codes.iter().copied().collect();
        Input { end: End::Published { warnings, holds: Vec::new() }, ..self }
    }

    /// Ends in a site, with this text in this file.
    pub fn holds(mut self, file: &'static str, text: impl Into<String>) -> Input {
        let End::Published { holds, .. } = &mut self.end else { panic!("{} is refused", self.name) };
        holds.push((file, text.into()));
        self
    }

    pub fn world(self, words: &'static str) -> Input {
        Input { end: End::World(words), ..self }
    }

    pub fn arguments(self, arguments: &[&'static str]) -> Input {
        Input { arguments: arguments.to_vec(), ..self }
    }

    pub fn by_nobody(self) -> Input {
        Input { as_nobody: true, ..self }
    }
}

/// One file over the small site.
pub fn file(name: impl Into<String>, path: &'static str, bytes: impl AsRef<[u8]>) -> Input {
    Input::of(name.into(), Written::File(path, bytes.as_ref().to_vec()))
}

/// A file whose text is made when it is needed, because it is large.
pub fn large(name: &str, path: &'static str, make: impl Fn() -> String + Send + Sync + 'static) -> Input {
    Input::new(name, move |root| put(root, path, make().as_bytes()))
}

/// The page `pages/guide.md` with this prose.
pub fn prose(name: impl Into<String>, text: impl Into<String>) -> Input {
    file(name, "content/pages/guide.md", format!("---\ntitle: Guide\n---\n\n{}\n", text.into()))
}

pub fn put(root: &Path, path: impl AsRef<Path>, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("created");
    fs::write(&path, bytes).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
}

/// All inputs.
pub fn gallery() -> Vec<Input> {
    [
        encodings::inputs(),
        yaml::inputs(),
        values::inputs(),
        limits::inputs(),
        names::inputs(),
        folders::inputs(),
        conditions::inputs(),
        markdown::inputs(),
        links::inputs(),
        texts::inputs(),
        themes::inputs(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
