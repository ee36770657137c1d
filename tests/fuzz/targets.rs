//! What must be true of any bytes at all. `tests/fuzz` calls these with mutated texts, and `fuzz/` with those that
//! libFuzzer finds. Each panics where something is not as it must be.

#[path = "html.rs"]
mod html;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use worthwhile::assess::assess;
use worthwhile::diagnostic::terminal::{self, Style};
use worthwhile::diagnostic::{Diagnostics, json};
use worthwhile::model::{Piece, Span};
use worthwhile::parse::prose::{self, Origin};
use worthwhile::parse::{condition, garbled};
use worthwhile::plan::Plan;
use worthwhile::read::Sources;
use worthwhile::render::theme::Theme;
use worthwhile::twin;
use worthwhile::{export, framework as published, import as imported, profile, render};

/// The files that bytes are tried as.
pub const FILES: [&str; 10] = [
    "content/site.yaml",
    "content/layers/layer-1.yaml",
    "content/capabilities/tracing.yaml",
    "content/options/linkerd.yaml",
    "content/components/prometheus.yaml",
    "content/facts/scale.yaml",
    "content/cases/shop.yaml",
    "content/pages/guide.md",
    "content/decisions/one.md",
    "content/changes.yaml",
];

/// A small site with bytes in place of one of its files, which the first byte names.
fn beside(data: &[u8]) -> Option<Sources> {
    let (which, bytes) = data.split_first()?;
    let mut sources = small_site();
    sources.files.insert(Arc::from(FILES[usize::from(*which) % FILES.len()]), Arc::from(bytes));
    Some(sources)
}

/// A site with a file of most kinds.
pub fn small_site() -> Sources {
    let mut sources = Sources::default();
    let mut add = |path: &str, bytes: &[u8]| drop(sources.files.insert(Arc::from(path), Arc::from(bytes)));
    add(FILES[0], b"title: T\nquestion: Q?\ndescription: D\n");
    add(FILES[1], b"title: One\norder: 1\nsummary: S\n");
    add(FILES[2], b"title: T\nlayer: layer-1\nsummary: S\ncomplexity: low\ntriggers: [{ id: many, text: M, when: services > 5 }]\n");
    add(FILES[3], b"title: L\nkind: tool\nsummary: S\n");
    add(FILES[4], b"title: P\nlayer: layer-1\nsummary: S\n");
    add(FILES[5], b"services: { title: S, question: Q, type: integer }\nsets: { title: S, question: Q, type: choices, options: { a: A, b: B } }\n");
    sources
}

/// What is made of sources: every report can be shown, and without errors there is a site.
fn compiled(sources: &Sources) -> Option<Plan> {
    let (plan, diagnostics) = worthwhile::compile(sources, None);
    shown(&diagnostics, sources);
    if diagnostics.has_errors() {
        return None;
    }
    assert!(plan.pages.len() > 5, "without errors there is a site");
    Some(plan)
}

fn shown(diagnostics: &Diagnostics, sources: &Sources) {
    for diagnostic in diagnostics.iter() {
        let Span { file, start, end } = &diagnostic.span;
        let length = sources.files.get(file).map_or(0, |bytes| bytes.len());
        assert!(start <= end && *end <= length.max(1), "{file}: {start}..{end} of {length}: {}", diagnostic.message);
    }
    let _ = terminal::render(diagnostics, sources, Style { colour: false, width: 100 });
    let _ = json::report(diagnostics, sources);
}

/// Bytes as a content file beside a site: it is read or reported. The first byte says which file.
pub fn drafts(data: &[u8]) {
    if let Some(sources) = beside(data) {
        compiled(&sources);
    }
}

/// Bytes as a content file: every page of the site that they make is whole HTML that runs nothing, its twins are made,
/// its exports are JSON, and what is published is read as a site again.
pub fn pages(data: &[u8]) {
    static THEME: LazyLock<Theme> = LazyLock::new(|| {
        let mut theme = Theme::load(&BTreeMap::new(), "en").expect("the default theme");
        theme.look.rules = Some("assets/rules.js".into());
        theme.look.index = Some("assets/index.js".into());
        theme
    });
    let Some(plan) = beside(data).and_then(|sources| compiled(&sources)) else { return };
    if plan.catalog.site.locale != "en" {
        return;
    }
    for page in plan.pages.iter() {
        let made = render::html::render(&plan, &THEME, page).unwrap_or_else(|e| panic!("{}: {e:?}", page.route));
        let made = String::from_utf8(made).expect("text");
        html::page(&made).unwrap_or_else(|why| panic!("{}: {why}, in {made}", page.route));
        let _ = twin::twin(&plan, &THEME.look.words, page);
    }
    for export in export::exports(&plan) {
        let (route, made) = (export.route(), export::render(&plan, &export));
        if route.to_string().ends_with(".json") {
            let json: Result<serde_json::Value, _> = serde_json::from_slice(&made);
            json.unwrap_or_else(|e| panic!("{route}: {e}"));
        }
        if matches!(export, export::Export::Framework) {
            let sources = published::sources(&made).unwrap_or_else(|e| panic!("{route}: {e}"));
            shown(&worthwhile::compile(&sources, None).1, &sources);
        }
    }
}

/// Bytes as a published `framework.json`: it is refused, or its site is read or reported.
pub fn framework(data: &[u8]) {
    if let Ok(sources) = published::sources(data) {
        compiled(&sources);
    }
}

/// Bytes as a document to import: what is written of it can be read, and lies in the folder of the site.
pub fn import(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let made = imported::import("Ours", text);
    let mut sources = Sources::default();
    for (path, text) in &made.files {
        let inside =
            path.starts_with("content/") && path.split('/').all(|part| !part.is_empty() && !part.starts_with('.'));
        assert!(inside && !path.contains(['\\', ':', '\0']), "{path:?} of {text:?}");
        sources.files.insert(Arc::from(path.as_str()), Arc::from(text.as_bytes()));
    }
    let (_, diagnostics) = worthwhile::compile(&sources, None);
    shown(&diagnostics, &sources);
    if let Some(fault) = diagnostics.iter().find(|d| d.severity().name() == "error") {
        panic!("{}: {} {} in\n{}", fault.span.file, fault.code, fault.message, made.files[&*fault.span.file]);
    }
}

/// Bytes as a profile: it is read or reported, assessed, and written as what is read as the same again.
pub fn situation(data: &[u8]) {
    let mut sources = small_site();
    let place: Arc<str> = Arc::from("situation.yaml");
    sources.files.insert(place.clone(), Arc::from(data));
    let (plan, _) = worthwhile::compile(&sources, None);
    let (found, diagnostics) = profile::of_file(&plan.catalog, &place, &sources);
    shown(&diagnostics, &sources);
    assert_eq!(assess(&plan.catalog, &found).capabilities.len(), 1);
    let written = profile::to_yaml(&plan.catalog, &found, "");
    sources.files.insert(place.clone(), Arc::from(written.as_bytes()));
    let (again, diagnostics) = profile::of_file(&plan.catalog, &place, &sources);
    assert!(again == found && diagnostics.is_empty(), "{found:?} is written as {written}");
}

/// A condition that is read is printed as a text that is read as the same condition.
pub fn condition(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let file: Arc<str> = Arc::from("c.yaml");
    let read = |text: &str| condition::parse(text, &|range| Span::new(&file, range));
    match read(text) {
        Ok(tree) => {
            let print = |tree: &_| {
                condition::print(tree, &|name: &worthwhile::model::condition::Name| name.text.clone(), &|_, n| {
                    n.to_string()
                })
            };
            let printed = print(&tree);
            let again = read(&printed).unwrap_or_else(|fault| panic!("{text:?} is printed as {printed:?}: {fault:?}"));
            assert_eq!(print(&again), printed, "{text:?}");
        }
        Err(fault) => {
            assert!(text.get(fault.range.clone()).is_some(), "{text:?}: {:?} is no place in it", fault.range);
        }
    }
}

/// Markdown becomes HTML of a few elements, each ended where it must be, with links that are safe; as a body and as a
/// line.
pub fn markdown(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut sources = Sources::default();
    sources.files.insert(Arc::from("content/assets/a.txt"), Arc::from(&b"<script>\n# region: r\nx\n# endregion\n"[..]));
    let file: Arc<str> = Arc::from("content/pages/guide.md");
    let place = |range| Span::new(&file, range);
    let origin =
        Origin { file: file.clone(), place: &place, sources: &sources, sections: &["trigger"], reserved: &["main"] };
    let mut diagnostics = Diagnostics::new();
    let body = prose::body(&text, &origin, &mut diagnostics);
    for section in &body.sections {
        let heading = section.heading.as_ref().map_or("", |heading| heading.html.as_str());
        html::fragment(heading).unwrap_or_else(|why| panic!("{why}, in the heading {heading:?} of {text:?}"));
        let made = joined(&section.pieces);
        html::fragment(&made).unwrap_or_else(|why| panic!("{why}, in {made:?} of {text:?}"));
    }
    let line = prose::inline(&text, &origin, &mut diagnostics);
    // Without pieces the text is HTML as it stands.
    let made = if line.pieces().is_empty() { line.plain().to_string() } else { joined(line.pieces()) };
    html::fragment(&made).unwrap_or_else(|why| panic!("{why}, in the line {made:?} of {text:?}"));
}

/// Text that was decoded twice is found where it is, and mending it comes to an end.
pub fn repair(data: &[u8]) {
    let mut text = String::from_utf8_lossy(data).into_owned();
    for _ in 0..12 {
        let mut mended = String::new();
        let mut at = 0;
        for found in garbled(&text) {
            assert!(found.start >= at, "{text:?}: found out of order");
            assert_eq!(text.get(found.start..found.start + found.text.len()), Some(found.text.as_str()), "{text:?}");
            mended.push_str(&text[at..found.start]);
            if let Some(repair) = &found.repair {
                assert!(repair.len() < found.text.len() && !repair.is_empty(), "{text:?}: {found:?}");
                mended.push_str(repair);
            }
            at = found.start + found.text.len();
        }
        if at == 0 {
            return;
        }
        mended.push_str(&text[at..]);
        assert!(mended.len() < text.len(), "{text:?} does not get shorter");
        text = mended;
    }
}

/// Pieces with something in the holes, as a page fills them in.
fn joined(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Html(html) => out.push_str(html),
            Piece::Open { .. } => out.push_str("<a href=\"x.html\">"),
            Piece::Close => out.push_str("</a>"),
            Piece::Title { .. } | Piece::Word(_) => out.push_str("words"),
            Piece::Asset { .. } => out.push_str("assets/x.svg"),
            Piece::View { .. } => out.push_str("<div></div>"),
            Piece::Code(block) => prose::figure(block, &mut out),
        }
    }
    out
}
