//! What the server knows after a build: the site to show, and what is wrong.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;

use super::page::{self, References};
use super::request::{self, Asked};
use super::{File, Outcome, RenderedDiagnostic, ServedSite};

/// One build's result. Immutable, but for pages that are rendered when first asked for.
pub(super) struct Snapshot {
    /// The site of the last build without errors.
    site: Option<Arc<Site>>,
    ok: bool,
    diagnostics: Vec<RenderedDiagnostic>,
}

/// The answer to a request.
pub(super) enum Answer {
    File {
        status: u16,
        file: File,
    },
    /// To a folder's path with the slash that it lacked.
    Redirect(String),
}

/// What the client script is told after each build.
#[derive(Debug, Serialize)]
pub(super) struct State {
    /// Whether the last build had no errors.
    ok: bool,
    /// Changes when what the page shows changes, but for its style sheets.
    page: String,
    /// Changes when its style sheets change.
    styles: String,
    /// The style sheets with a query that makes a changed one a new one, in the page's order.
    style_sheets: Vec<String>,
    diagnostics: Vec<RenderedDiagnostic>,
}

/// A site with the files that have been asked for.
struct Site {
    source: Arc<dyn ServedSite>,
    files: Mutex<BTreeMap<String, Result<File, String>>>,
}

impl Snapshot {
    /// Before the first build.
    pub fn first() -> Snapshot {
        Snapshot { site: None, ok: false, diagnostics: Vec::new() }
    }

    /// The snapshot after a further build: its site if it has no errors, else still the last one.
    pub fn after(&self, outcome: Outcome) -> Snapshot {
        let Outcome { site, diagnostics, errors } = outcome;
        match site {
            Some(source) if !errors => {
                Snapshot { site: Some(Arc::new(Site { source, files: Mutex::default() })), ok: true, diagnostics }
            }
            _ => Snapshot { site: self.site.clone(), ok: false, diagnostics },
        }
    }

    /// Answers a request for a path, pages with the client script in them; with the Markdown beside a page, if that is
    /// wanted and there is one.
    pub fn answer(&self, path: &str, markdown: bool) -> Answer {
        let (route, answer) = self.find(path);
        let beside = || self.site.as_ref()?.get(&format!("{}.md", route.strip_suffix(".html")?))?.ok();
        match answer {
            Answer::File { status: 200, file } if markdown && is_html(&file) => match beside() {
                Some(file) => Answer::File { status: 200, file },
                None => self.with_client(200, &route, file),
            },
            Answer::File { status, file } if is_html(&file) => self.with_client(status, &route, file),
            answer => answer,
        }
    }

    fn with_client(&self, status: u16, route: &str, mut file: File) -> Answer {
        let (page, styles, _) = self.fingerprints(route, &file);
        file.bytes = page::with_client(&file.bytes, &page, &styles).into();
        Answer::File { status, file }
    }

    /// What the page at a path should look like now.
    pub fn state(&self, path: &str) -> State {
        let (page, styles, style_sheets) = match self.find(path) {
            (route, Answer::File { file, .. }) => self.fingerprints(&route, &file),
            (_, Answer::Redirect(to)) => (to, String::new(), Vec::new()),
        };
        State { ok: self.ok, page, styles, style_sheets, diagnostics: self.diagnostics.clone() }
    }

    fn find(&self, path: &str) -> (String, Answer) {
        let own = |status, heading: &str, text: &str, diagnostics: &[RenderedDiagnostic]| {
            let bytes = page::instead(heading, text, diagnostics).into_bytes().into();
            Answer::File { status, file: File { bytes, content_type: "text/html; charset=utf-8".into() } }
        };
        let Some(site) = &self.site else {
            return (String::new(), own(503, "The site cannot be built", "", &self.diagnostics));
        };
        let broken = |text: &str| own(500, "This page cannot be rendered", text, &[]);
        if let Asked::Route(route) = request::route(path) {
            match site.get(&route) {
                Some(Ok(file)) => return (route, Answer::File { status: 200, file }),
                Some(Err(text)) => return (route, broken(&text)),
                None if !path.ends_with('/') && site.get(&format!("{route}/index.html")).is_some() => {
                    return (route, Answer::Redirect(format!("{path}/")));
                }
                None => {}
            }
        }
        let answer = match site.get("404.html") {
            Some(Ok(file)) => Answer::File { status: 404, file },
            Some(Err(text)) => broken(&text),
            None => own(404, "There is no such page", "", &[]),
        };
        ("404.html".into(), answer)
    }

    /// Fingerprints of what a file shows and of its style sheets, and the style sheets.
    fn fingerprints(&self, route: &str, file: &File) -> (String, String, Vec<String>) {
        let html = std::str::from_utf8(&file.bytes).unwrap_or_default();
        let References { styles, others } = if is_html(file) { page::references(html) } else { References::default() };
        // A style sheet's name has its hash in it, and must not count as a change to the page.
        let mut shown = blake3::Hasher::new();
        let mut from = 0;
        for style in &styles {
            let at = style.as_ptr() as usize - html.as_ptr() as usize;
            shown.update(&file.bytes[from..at]);
            from = at + style.len();
        }
        shown.update(&file.bytes[from..]);
        for other in others {
            shown.update(self.hash(route, other).as_bytes());
        }
        let mut styled = blake3::Hasher::new();
        let mut style_sheets = Vec::new();
        for style in styles {
            let hash = self.hash(route, style);
            let mark = if style.contains('?') { '&' } else { '?' };
            let style_sheet = format!("{style}{mark}{hash}");
            styled.update(style_sheet.as_bytes());
            style_sheets.push(style_sheet);
        }
        (short(&shown.finalize()), short(&styled.finalize()), style_sheets)
    }

    /// Hash of the file that a reference in the page at `route` names; empty if there is none.
    fn hash(&self, route: &str, reference: &str) -> String {
        let file = || self.site.as_ref()?.get(&page::resolve(route, reference)?)?.ok();
        file().map(|file| short(&blake3::hash(&file.bytes))).unwrap_or_default()
    }
}

impl Site {
    fn get(&self, route: &str) -> Option<Result<File, String>> {
        let files = || self.files.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = files().get(route) {
            return Some(known.clone());
        }
        // Not under the lock: others may have what they ask for meanwhile.
        let found = self.source.get(route)?;
        files().insert(route.to_owned(), found.clone());
        Some(found)
    }
}

fn is_html(file: &File) -> bool {
    file.content_type.starts_with("text/html")
}

fn short(hash: &blake3::Hash) -> String {
    hash.to_hex()[..16].to_owned()
}
