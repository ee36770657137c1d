//! Themes: templates, styles, scripts and words. The default theme is part of the program; a site may replace it file
//! by file.

mod css;
mod idle;
mod js;
mod locale;
mod manifest;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::{self, Write};
use std::sync::Arc;

use rust_embed::RustEmbed;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::html::{RenderError, Templates, Unknown};
use super::quotes::{Quotes, typographic, typographic_text};
use crate::view::{Look, Script};
use manifest::Manifest;

pub use idle::Idle;

/// A theme, ready to make pages.
#[derive(Debug, Clone)]
pub struct Theme {
    pub look: Look,
    pub(super) templates: Templates,
    /// The quotes of its language; None leaves what authors wrote.
    pub(super) quotes: Option<Quotes>,
    assets: Vec<(String, Arc<[u8]>)>,
    /// What nothing uses.
    pub idle: Vec<Idle>,
}

/// Why a theme cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeError {
    /// The file, relative to the theme's folder: `templates/base.html`.
    pub file: String,
    /// From 1; 0 where it is not known.
    pub line: usize,
    /// From 1; 0 where it is not known.
    pub column: usize,
    pub message: String,
    pub unknown: Option<Box<Unknown>>,
}

#[derive(RustEmbed)]
#[folder = "themes/default"]
struct Default;

/// The version of what templates see: it goes up when a field that they could name goes away or means something else.
pub const VIEWS: u32 = 1;

/// What this module itself reads of the words.
#[derive(Debug, Deserialize)]
struct OwnWords {
    quotes: Option<Quotes>,
}

impl Theme {
    /// The default theme with these files in place of its own. `files` are named relative to the theme's folder
    /// (`templates/base.html`); `locale` says which words (`locales/en.yaml`).
    pub fn load(files: &BTreeMap<String, Arc<[u8]>>, locale: &str) -> Result<Theme, ThemeError> {
        let files = Files { own: files };
        let manifest = Manifest::read(&files)?;
        let locale = locale::path(&files, locale)?;
        let all_words: serde_json::Value = files.yaml(&locale)?;
        if files.own.contains_key(&locale) {
            locale::complete(&locale, &all_words, &files.text(&locale)?)?;
        }
        let mut words: crate::view::Words = files.yaml(&locale)?;
        let OwnWords { quotes } = files.yaml(&locale)?;
        // Scripts set what they say as pages are set.
        if let (Some(assess), Some(quotes)) = (words.assess.as_object_mut(), all_words.get("quotes")) {
            assess.insert("quotes".into(), quotes.clone());
        }

        let mut assets = Vec::new();
        let idle = idle::idle(&files, &manifest);
        let mut style = String::new();
        for file in &manifest.styles {
            let path = format!("styles/{file}");
            let text = files.text(&path)?;
            css::closed(&text).map_err(|(line, message)| ThemeError { line, ..fault(&path, message) })?;
            style.push_str(&css::compact(&text));
        }
        let stylesheet = hashed("site", "css", style.as_bytes());
        assets.push((stylesheet.clone(), Arc::from(style.into_bytes())));
        let mut scripts = Vec::new();
        for script in manifest.scripts {
            let mut bytes = Vec::new();
            for file in script.after.iter().chain([&script.file]) {
                let path = format!("scripts/{file}");
                let text = files.bytes(&path).ok_or_else(|| missing(&path))?;
                // A copy of the program's own is the program's own.
                if Default::get(&path).is_some_and(|file| file.data == text) {
                    bytes.extend_from_slice(&js::compact(&text));
                    continue;
                }
                // A script of the site's own is published as it is; whatever it ends in, the next one starts anew.
                bytes.extend_from_slice(&text);
                if *file != script.file {
                    bytes.extend_from_slice(b"\n;\n");
                }
            }
            let (stem, extension) = script.file.rsplit_once('.').unwrap_or((&script.file, "js"));
            let route = hashed(stem, extension, &bytes);
            assets.push((route.clone(), Arc::from(bytes)));
            let manifest::Script { on, except, situation, search, later, many, .. } = script;
            scripts.push(Script { route, on, except, situation, search, later, many });
        }
        for path in files.below("assets/") {
            let bytes = files.bytes(&path).ok_or_else(|| missing(&path))?;
            assets.push((format!("assets/theme/{}", &path["assets/".len()..]), Arc::from(&*bytes)));
        }

        let paths: Vec<String> = files.below("templates/").into_iter().filter(|p| p.ends_with(".html")).collect();
        let sources = paths.iter().map(|path| files.text(path)).collect::<Result<Vec<_>, _>>()?;
        let named = paths.iter().zip(&sources).map(|(path, text)| (&path["templates/".len()..], text.as_ref()));
        let templates = Templates::new(named, &all_words)?;
        let look = Look { words, stylesheet, scripts, rules: None, index: None };
        Ok(Theme { look, templates, quotes, assets, idle })
    }

    /// HTML with the quotes of the theme's language; without them as it is.
    pub fn typeset(&self, html: &str) -> String {
        let mut out = Vec::with_capacity(html.len() + html.len() / 64);
        self.typeset_to(html, &mut out).expect("memory takes what is written to it");
        String::from_utf8(out).expect("text stays text")
    }

    /// Writes the same.
    pub fn typeset_to(&self, html: &str, out: &mut dyn Write) -> io::Result<()> {
        match &self.quotes {
            Some(quotes) => typographic(html, quotes, out),
            None => out.write_all(html.as_bytes()),
        }
    }

    /// The same for text without markup.
    pub fn typeset_text(&self, text: &str) -> String {
        self.quotes.as_ref().map_or_else(|| text.to_owned(), |quotes| typographic_text(text, quotes))
    }

    /// The theme's files as they are published: route and bytes. Names change with the content.
    pub fn assets(&self) -> &[(String, Arc<[u8]>)] {
        &self.assets
    }
}

/// The names of the files of the default theme.
pub fn files() -> impl Iterator<Item = String> {
    Default::iter().map(Cow::into_owned)
}

/// A file of the default theme.
pub fn file(path: &str) -> Option<Cow<'static, [u8]>> {
    Default::get(path).map(|file| file.data)
}

/// A file's route with eight digits of its content's hash.
pub fn hashed(stem: &str, extension: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    format!("assets/{stem}.{}.{extension}", &hash[..8])
}

/// The files of a theme: the site's own before those of the default theme.
struct Files<'a> {
    own: &'a BTreeMap<String, Arc<[u8]>>,
}

impl Files<'_> {
    fn bytes(&self, path: &str) -> Option<Cow<'_, [u8]>> {
        match self.own.get(path) {
            Some(bytes) => Some(Cow::Borrowed(bytes)),
            None => Default::get(path).map(|file| file.data),
        }
    }

    fn text(&self, path: &str) -> Result<String, ThemeError> {
        let bytes = self.bytes(path).ok_or_else(|| missing(path))?;
        match std::str::from_utf8(&bytes) {
            Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned()),
            Err(error) => {
                let line = 1 + bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
                Err(ThemeError { line, ..fault(path, "is not valid UTF-8".into()) })
            }
        }
    }

    fn yaml<T: DeserializeOwned>(&self, path: &str) -> Result<T, ThemeError> {
        let text = self.text(path)?;
        serde_yaml::from_str(&text).map_err(|error| {
            let (line, column) = error.location().map_or((0, 0), |at| (at.line() as usize, at.column() as usize));
            let (message, unknown) = plain(&error);
            ThemeError { line, column, unknown, ..fault(path, message) }
        })
    }

    /// Every file whose path starts with `folder`, sorted.
    fn below(&self, folder: &str) -> Vec<String> {
        let own = self.own.keys().cloned();
        let all: BTreeSet<String> = Default::iter().map(Cow::into_owned).chain(own).collect();
        all.into_iter().filter(|path| path.starts_with(folder)).collect()
    }
}

fn missing(path: &str) -> ThemeError {
    fault(path, "the theme has no such file".into())
}

/// What the reader of YAML says, without the place, which stands beside it, and without what is for programmers; and the
/// key that there is not, with those that there are.
fn plain(error: &serde_yaml::Error) -> (String, Option<Box<Unknown>>) {
    let error = error.without_snippet().to_string();
    let message = error.strip_prefix("error: ").unwrap_or(&error);
    let message = match message.split_once(": ") {
        Some((place, message)) if place.starts_with("line ") => message,
        _ => message,
    };
    let message = message.split_once(", set DuplicateKeyPolicy").map_or(message, |(message, _)| message);
    let (message, _) = message.split_once(" at line ").unwrap_or((message, ""));
    let known = message.strip_prefix("unknown field `").and_then(|rest| rest.split_once("`, expected one of "));
    let unknown = known.map(|(field, known)| {
        Box::new(Unknown { word: field.to_owned(), names: known.split(", ").map(str::to_owned).collect() })
    });
    let message = match message {
        "expected sequence start" => "expected a list: `[…]`, or lines that start with `- `",
        "expected mapping start" => "expected keys with values: `key: …`",
        "invalid u32" => "expected a whole number",
        _ => message,
    };
    (message.to_owned(), unknown)
}

/// A fault of a file as a whole.
fn fault(path: &str, message: String) -> ThemeError {
    ThemeError { file: path.to_owned(), line: 0, column: 0, message, unknown: None }
}

impl From<RenderError> for ThemeError {
    fn from(error: RenderError) -> Self {
        let file = match &error.template {
            Some(template) => format!("templates/{template}"),
            None => "templates".to_owned(),
        };
        ThemeError { file, line: error.line, column: error.column, message: error.message, unknown: error.unknown }
    }
}

impl fmt::Display for ThemeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
            if self.column > 0 {
                write!(f, ":{}", self.column)?;
            }
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for ThemeError {}
