//! `theme.yaml`: which styles and scripts a theme has, and in which order.
//!
//! A list that a theme of one's own leaves out is that of the default theme; in a list that it has, the word `default`
//! stands for all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};

use super::{Files, ThemeError, Unknown, VIEWS, fault};

const FILE: &str = "theme.yaml";

/// What stands for the list of the default theme.
const DEFAULT: &str = "default";

/// The lists of a theme, whole.
#[derive(Debug)]
pub(super) struct Manifest {
    /// Files below `styles/`, in the order in which they are joined.
    pub styles: Vec<String>,
    pub scripts: Vec<Script>,
}

/// As it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[expect(dead_code, reason = "the name is for people")]
    name: Option<String>,
    /// The version of what templates see that the theme was made for.
    views: Option<u32>,
    styles: Option<Vec<String>>,
    scripts: Option<Vec<Item>>,
}

/// One script: its file, and where it is loaded.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Script {
    /// A file below `scripts/`.
    pub file: String,
    /// Files that stand before it in the same published script.
    #[serde(default)]
    pub after: Vec<String>,
    /// The templates it is for; none: all.
    #[serde(default)]
    pub on: Vec<String>,
    /// The templates it is not for.
    #[serde(default)]
    pub except: Vec<String>,
    /// True for what every page loads once a situation is set.
    #[serde(default)]
    pub situation: bool,
    /// True for what every page loads once a reader turns to the search box; one script at most.
    #[serde(default)]
    pub search: bool,
    /// True for what the assessment loads once a reader asks for a file.
    #[serde(default)]
    pub later: bool,
    #[serde(default)]
    pub many: bool,
}

/// A script with all its keys, or the name of a file that every page loads.
#[derive(Debug)]
struct Item(Script);

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Item;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a file, `default`, or `{ file: … }`")
            }

            fn visit_str<E>(self, file: &str) -> Result<Item, E> {
                Ok(Item(Script { file: file.to_owned(), ..Script::default() }))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Item, A::Error> {
                Script::deserialize(MapAccessDeserializer::new(map)).map(Item)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

impl Manifest {
    /// Reads the manifest of a theme, completes it by that of the default theme, and checks that what it names is there.
    pub fn read(files: &Files<'_>) -> Result<Manifest, ThemeError> {
        let text = files.text(FILE)?;
        let own: Written = files.yaml(FILE)?;
        if let Some(views) = own.views.filter(|views| *views != VIEWS) {
            let message = format!(
                "made for version {views} of what templates see, and this program has version {VIEWS}: compare the \
                 theme's templates with those that `worthwhile theme eject` writes now, then write `views: {VIEWS}`"
            );
            let line = text.lines().position(|line| line.starts_with("views:")).map_or(0, |n| n + 1);
            return Err(ThemeError { line, ..fault(FILE, message) });
        }
        let default: Written = Files { own: &BTreeMap::new() }.yaml(FILE)?;
        let whole = |list: Option<Vec<Item>>| list.unwrap_or_default().into_iter().map(|item| item.0);
        let styles = merged(own.styles, default.styles.unwrap_or_default(), |style| style);
        let scripts =
            merged(own.scripts.map(|list| whole(Some(list)).collect()), whole(default.scripts).collect(), |s| &s.file);
        let manifest = Manifest { styles, scripts };
        match manifest.mistake(files) {
            Some(mistake) => Err(at(&text, mistake)),
            None => Ok(manifest),
        }
    }

    /// The names of the files of all scripts.
    pub fn script_files(&self) -> impl Iterator<Item = &String> {
        self.scripts.iter().flat_map(|script| script.after.iter().chain([&script.file]))
    }

    /// The first thing named that is not there, or twice there.
    fn mistake(&self, files: &Files<'_>) -> Option<Mistake> {
        let one = |word: &str, message: String| Some(Mistake { word: word.to_owned(), message, names: Vec::new() });
        for (folder, ending, names) in [
            ("styles", ".css", self.styles.iter().collect::<Vec<_>>()),
            ("scripts", ".js", self.script_files().collect()),
        ] {
            let known: Vec<String> = files.below(&format!("{folder}/"));
            for name in names {
                if files.bytes(&format!("{folder}/{name}")).is_none() {
                    let known =
                        known.iter().map(|path| &path[folder.len() + 1..]).filter(|name| name.ends_with(ending));
                    let message = format!("the theme has no file `{folder}/{name}`");
                    return Some(Mistake { names: known.map(str::to_owned).collect(), ..one(name, message)? });
                }
            }
        }
        let mut seen = BTreeSet::new();
        if let Some(twice) = self.styles.iter().find(|style| !seen.insert(*style)) {
            return one(twice, format!("the style `{twice}` is there twice"));
        }
        let templates = files.below("templates/");
        let names = || templates.iter().filter_map(|path| path["templates/".len()..].strip_suffix(".html"));
        for script in &self.scripts {
            if script.after.contains(&script.file) {
                return one(&script.file, format!("the script `{}` stands after itself", script.file));
            }
            let named = script.on.iter().chain(&script.except);
            if let Some(word) = named.into_iter().find(|word| !names().any(|name| name == *word)) {
                let message = format!("the theme has no template `{word}`");
                return Some(Mistake { names: names().map(str::to_owned).collect(), ..one(word, message)? });
            }
        }
        let search: Vec<&Script> = self.scripts.iter().filter(|script| script.search).collect();
        match search[..] {
            [first, second, ..] => one(
                &second.file,
                format!("`{}` and `{}` both are `search: true`, which one may be", first.file, second.file),
            ),
            _ => None,
        }
    }
}

/// A list as written with the default one in place of the word for it; the default one where nothing is written.
fn merged<T: Clone>(own: Option<Vec<T>>, default: Vec<T>, name: impl Fn(&T) -> &String) -> Vec<T> {
    let Some(own) = own else { return default };
    own.into_iter().flat_map(|item| if name(&item) == DEFAULT { default.clone() } else { vec![item] }).collect()
}

/// What is wrong with a word of the manifest.
struct Mistake {
    /// As it is written.
    word: String,
    message: String,
    /// What could stand there.
    names: Vec<String>,
}

/// A mistake at the first place of the manifest where this word stands.
fn at(text: &str, Mistake { word, message, names }: Mistake) -> ThemeError {
    let stands = |line: &str| {
        line.match_indices(&word).map(|(at, _)| at).find(|at| {
            let inside = |c: char| c.is_alphanumeric() || "-_/.".contains(c);
            !line[..*at].ends_with(inside) && !line[at + word.len()..].starts_with(inside) && !line[..*at].contains('#')
        })
    };
    let place = text.lines().enumerate().find_map(|(n, line)| Some((n + 1, line[..stands(line)?].chars().count() + 1)));
    let (line, column) = place.unwrap_or((0, 0));
    ThemeError { line, column, unknown: Some(Box::new(Unknown { word, names })), ..fault(FILE, message) }
}
