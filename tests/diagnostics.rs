//! Every page in `tests/diagnostics/` is a test: prose, files in fences, and what `check` says of them.
//!
//! A fence with `title="content/…"` is a file, put over a small site that is fine by itself; with `bytes` its `\xNN`
//! are bytes, with `repeat="N"` it is N times as long, with `unreadable="why"` it cannot be read. The fence
//! ```` ```expect ```` lists what is found:
//! `path:line:column severity[code] message`, and below it, indented, the help, and what `check --fix` would do. The
//! manual's page of diagnostics is made of all of them. `UPDATE=1 cargo test --test diagnostics` rewrites these fences
//! and that page; read the diff.

mod small_site;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use small_site::SMALL_SITE;
use worthwhile::diagnostic::terminal::{self, Style};
use worthwhile::diagnostic::{Code, Diagnostics, fix, json};
use worthwhile::parse::garbled;
use worthwhile::read::Sources;

struct Fixture {
    path: PathBuf,
    text: String,
    sources: Sources,
    /// What stands before the first fence.
    prose: String,
    /// The files that differ from the small site, as the page writes them.
    files: Vec<(String, String)>,
    /// Byte range of the body of the `expect` fence.
    expect: std::ops::Range<usize>,
}

fn fixtures() -> Vec<Fixture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "md"));
    paths.sort();
    paths.into_iter().map(fixture).collect()
}

fn fixture(path: PathBuf) -> Fixture {
    let text = fs::read_to_string(&path).unwrap();
    let mut sources = Sources::default();
    for (name, content) in SMALL_SITE {
        sources.files.insert(Arc::from(name), Arc::from(content.as_bytes()));
    }
    let prose = text.split("````").next().unwrap_or_default();
    let prose = prose.split_once('\n').map_or("", |(_, prose)| prose).trim().to_owned();
    let (mut expect, mut files) = (None, Vec::new());
    let mut at = 0;
    while let Some(start) = text[at..].find("````").map(|n| at + n) {
        let info_end = start + text[start..].find('\n').unwrap();
        let info = &text[start + 4..info_end];
        let body = info_end + 1;
        let end = body + text[body..].find("````").unwrap_or_else(|| panic!("{}: an open fence", path.display()));
        if info.trim() == "expect" {
            expect = Some(body..end);
        } else if let Some(name) = info.split("title=\"").nth(1).and_then(|t| t.split('"').next()) {
            let content = &text[body..end];
            let bytes = if info.contains(" bytes") { unescape(content) } else { content.as_bytes().to_vec() };
            let times =
                info.split("repeat=\"").nth(1).and_then(|t| t.split('"').next()).map_or(1, |n| n.parse().unwrap());
            let bytes = bytes.repeat(times);
            if let Some(why) = info.split("unreadable=\"").nth(1).and_then(|t| t.split('"').next()) {
                sources.unreadable.insert(Arc::from(name), why.to_owned());
            } else if info.contains(" absent") {
                sources.files.remove(name);
            } else {
                sources.files.insert(Arc::from(name), Arc::from(bytes));
                files.push((name.to_owned(), content.to_owned()));
            }
        }
        at = end + 4;
    }
    let expect = expect.unwrap_or_else(|| panic!("{}: no expect fence", path.display()));
    Fixture { path, text, sources, prose, files, expect }
}

fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("\\x") {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        bytes.push(u8::from_str_radix(&rest[at + 2..at + 4], 16).unwrap());
        rest = &rest[at + 4..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

fn show(diagnostics: &Diagnostics, sources: &Sources) -> String {
    let mut out = String::new();
    for item in json::report(diagnostics, sources).diagnostics {
        let place = item.place;
        out.push_str(&format!(
            "{}:{}:{} {}[{}] {}\n",
            place.file, place.line, place.column, item.severity, item.code, item.message
        ));
        for note in item.notes {
            let at = note.place.map(|p| format!(" ({}:{}:{})", p.file, p.line, p.column)).unwrap_or_default();
            out.push_str(&format!("    note: {}{at}\n", note.message));
        }
        if let Some(help) = item.help {
            out.push_str(&format!("    help: {help}\n"));
        }
        if let Some(fix) = item.fix {
            out.push_str(&format!("    fix: {}\n", fix.does));
        }
    }
    out
}

/// All that `worthwhile check` finds.
fn check(sources: &Sources) -> Diagnostics {
    let (plan, mut diagnostics) = worthwhile::compile(sources, None);
    if let Some(site) = worthwhile::output::site(sources, plan, &mut diagnostics) {
        diagnostics.extend(site.all(sources).1);
    }
    diagnostics
}

#[test]
fn the_small_site_is_fine() {
    let mut sources = Sources::default();
    for (name, content) in SMALL_SITE {
        sources.files.insert(Arc::from(name), Arc::from(content.as_bytes()));
    }
    let diagnostics = check(&sources);
    assert_eq!(show(&diagnostics, &sources), "");
}

#[test]
fn pages_say_what_check_says() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for fixture in fixtures() {
        let diagnostics = check(&fixture.sources);
        let found = show(&diagnostics, &fixture.sources);
        if found == fixture.text[fixture.expect.clone()] {
            continue;
        }
        if update {
            let mut text = fixture.text.clone();
            text.replace_range(fixture.expect.clone(), &found);
            fs::write(&fixture.path, text).unwrap();
        } else {
            let expected = &fixture.text[fixture.expect.clone()];
            wrong.push(format!("{}\n--- expected\n{expected}--- found\n{found}", fixture.path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_has_a_page_that_shows_it() {
    let mut shown = BTreeSet::new();
    for fixture in fixtures() {
        let stem = fixture.path.file_stem().unwrap().to_str().unwrap().to_owned();
        let expect = &fixture.text[fixture.expect.clone()];
        let code = Code::from_name(&stem).unwrap_or_else(|| panic!("{stem} is no code"));
        assert!(expect.contains(&format!("[{}]", code.name())), "{stem} does not show its own code");
        shown.insert(code);
    }
    let missing: Vec<&str> = Code::ALL.iter().filter(|c| !shown.contains(c)).map(|c| c.name()).collect();
    assert!(missing.is_empty(), "codes without a page in tests/diagnostics: {missing:?}");
}

/// Fixes end, each file stays what it was but for them, and what is left has none.
#[test]
fn fixes_come_to_an_end() {
    let mut mended = 0;
    for fixture in fixtures() {
        let mut sources = fixture.sources.clone();
        let mut rounds = 0;
        loop {
            let done = fix::apply(&worthwhile::compile(&sources, None).1, &mut sources);
            mended += done.len();
            rounds += 1;
            assert!(rounds < 10, "{}: no end of {done:?}", fixture.path.display());
            if done.is_empty() {
                break;
            }
        }
        let left = worthwhile::compile(&sources, None).1;
        assert_eq!(left.mechanical(&sources), 0, "{}: {}", fixture.path.display(), show(&left, &sources));
        assert_eq!(sources.files.len(), fixture.sources.files.len());
    }
    assert!(mended > 25, "{mended} places were mended in all of the pages");
}

/// The page of the manual on which every code has its reason, its mend and an example.
fn manual_page() -> String {
    let mut page = String::from(
        "---\ntitle: Every diagnostic\nsummary: What check and build may find, why each is reported, how to mend it, \
         and an example with its exact output.\norder: 20\n---\n\n",
    );
    page.push_str(
        "What is wrong is shown with a code in brackets: `error[unknown-id]`. Errors stop publishing, warnings do not. \
         `worthwhile explain CODE` prints the same as this page. A finding that says *fix* is mended by \
         `worthwhile check --fix`.\n\nEach example is put over a small site without fault: one layer (`layer-1`), one \
         capability (`tracing`), one option (`linkerd`), one component (`prometheus`), four facts (`services`, \
         `needs_mtls`, `architecture`, `compliance`) and one page (`guide`).\n",
    );
    let mut group = "";
    let fixtures = fixtures();
    for code in Code::ALL {
        if code.group() != group {
            group = code.group();
            page.push_str(&format!("\n## {group}\n"));
        }
        let name = code.name();
        page.push_str(&format!("\n### {name} {{#{name}}}\n\n{} {}\n", code.why(), code.mend()));
        let fixture = fixtures.iter().find(|f| f.path.file_stem().is_some_and(|stem| stem == name));
        let Some(fixture) = fixture else { continue };
        page.push_str(&format!("\n{}\n", fixture.prose));
        for (path, content) in &fixture.files {
            let language = match path.rsplit_once('.') {
                Some((_, "yaml")) => "yaml",
                Some((_, "md")) => "markdown",
                _ => "text",
            };
            page.push_str(&format!("\n````{language} title=\"{path}\"\n{content}````\n"));
        }
        let diagnostics = check(&fixture.sources);
        let style = Style { colour: false, width: 96 };
        let said = terminal::render(&diagnostics, &fixture.sources, style);
        let said: Vec<&str> = said.lines().map(str::trim_end).collect();
        page.push_str(&format!("\n````text title=\"worthwhile check\"\n{}\n````\n", said.join("\n")));
    }
    legible(&page)
}

/// Text that was decoded twice would be an error on the page that shows it; characters of it become escapes. So would the
/// marks of a merge, which get a space.
fn legible(page: &str) -> String {
    let mut out = page.to_owned();
    for mark in ["<<<<<<<", "=======", ">>>>>>>"] {
        out = out.replace(&format!("\n{mark}"), &format!("\n {mark}"));
    }
    loop {
        let Some(found) = garbled(&out).next() else { return out.replace('\u{feff}', "\\u{feff}") };
        let escaped: String = found.text.chars().map(|c| c.escape_unicode().to_string()).collect();
        out.replace_range(found.start..found.start + found.text.len(), &escaped);
    }
}

#[test]
fn the_manual_shows_every_diagnostic() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content/pages/reference/diagnostics.md");
    let page = manual_page();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, page).unwrap();
    } else {
        let found = fs::read_to_string(&path).unwrap_or_default();
        assert!(found == page, "{} is not current: UPDATE=1 cargo test --test diagnostics", path.display());
    }
}

#[test]
fn names_of_codes_are_unique_and_kebab_case() {
    let names: BTreeSet<&str> = Code::ALL.iter().map(|c| c.name()).collect();
    assert_eq!(names.len(), Code::ALL.len());
    for code in Code::ALL {
        assert!(code.name().chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'), "{code}");
        assert!(code.why().ends_with('.') && code.mend().ends_with('.'), "{code}");
    }
}
