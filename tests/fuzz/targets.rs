//! What must be true of any bytes at all. `tests/fuzz` calls these with mutated texts, and `fuzz/` with those that
//! libFuzzer finds. Each panics where something is not as it must be.

use std::sync::Arc;

use worthwhile::diagnostic::terminal::{self, Style};
use worthwhile::diagnostic::{Diagnostics, json};
use worthwhile::model::{Piece, Span};
use worthwhile::parse::prose::{self, Origin};
use worthwhile::parse::{condition, garbled};
use worthwhile::read::Sources;

/// The files that bytes are tried as.
const FILES: [&str; 10] = [
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

/// Bytes as a content file beside a site: it is read or reported, every report can be shown, and without errors there is
/// a site. The first byte says which file.
pub fn drafts(data: &[u8]) {
    let Some((which, bytes)) = data.split_first() else { return };
    let mut sources = Sources::default();
    let mut add = |path: &str, bytes: &[u8]| drop(sources.files.insert(Arc::from(path), Arc::from(bytes)));
    add(FILES[0], b"title: T\nquestion: Q?\ndescription: D\n");
    add(FILES[1], b"title: One\norder: 1\nsummary: S\n");
    add(FILES[3], b"title: L\nkind: tool\nsummary: S\n");
    add(FILES[5], b"services: { title: S, question: Q, type: integer }\nsets: { title: S, question: Q, type: choices, options: { a: A, b: B } }\n");
    add(FILES[usize::from(*which) % FILES.len()], bytes);
    let (plan, diagnostics) = worthwhile::compile(&sources, None);
    for diagnostic in diagnostics.iter() {
        let Span { file, start, end } = &diagnostic.span;
        let length = sources.files.get(file).map_or(0, |bytes| bytes.len());
        assert!(start <= end && *end <= length.max(1), "{file}: {start}..{end} of {length}: {}", diagnostic.message);
    }
    let _ = terminal::render(&diagnostics, &sources, Style { colour: false, width: 100 });
    let _ = json::report(&diagnostics, &sources);
    assert!(diagnostics.has_errors() || plan.pages.len() > 5, "without errors there is a site");
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
    let origin = Origin { file: file.clone(), place: &place, sources: &sources, reserved: &["main", "trigger"] };
    let mut diagnostics = Diagnostics::new();
    let body = prose::body(&text, &origin, &mut diagnostics);
    for section in &body.sections {
        let heading = section.heading.as_ref().map_or("", |heading| heading.html.as_str());
        html(heading).unwrap_or_else(|why| panic!("{why}, in the heading {heading:?} of {text:?}"));
        let made = joined(&section.pieces);
        html(&made).unwrap_or_else(|why| panic!("{why}, in {made:?} of {text:?}"));
    }
    let line = prose::inline(&text, &origin, &mut diagnostics);
    let made = joined(&line.pieces);
    html(&made).unwrap_or_else(|why| panic!("{why}, in the line {made:?} of {text:?}"));
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
        }
    }
    out
}

const ELEMENTS: &[&str] = &[
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "em",
    "strong",
    "del",
    "code",
    "pre",
    "figure",
    "figcaption",
    "span",
    "div",
    "sup",
    "a",
    "img",
    "br",
    "hr",
    "blockquote",
    "q",
];
const VOID: &[&str] = &["img", "br", "hr"];
const ATTRIBUTES: &[&str] = &[
    "class",
    "id",
    "href",
    "src",
    "alt",
    "start",
    "value",
    "scope",
    "tabindex",
    "role",
    "aria-label",
    "loading",
    "lang",
];

/// Why a text is no harmless HTML of ours.
fn html(text: &str) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['<', '>']) {
        rest = rest[at..].strip_prefix('<').ok_or("a `>` outside of a tag")?;
        if let Some(end) = rest.strip_prefix('/') {
            let (name, after) = end.split_once('>').ok_or("an end tag that does not end")?;
            let opened = open.pop();
            if opened != Some(name) {
                return Err(format!("`</{name}>` ends {opened:?}"));
            }
            rest = after;
            continue;
        }
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric()).ok_or("a tag that does not end")?;
        let name = &rest[..length];
        if !ELEMENTS.contains(&name) {
            return Err(format!("the element `{name}`"));
        }
        rest = attributes(name, &rest[length..])?;
        if name == "a" && open.contains(&"a") {
            return Err("a link in a link".into());
        }
        if !VOID.contains(&name) {
            open.push(name);
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} are not ended")) }
}

/// Checks the attributes of a tag; what follows it.
fn attributes<'t>(element: &str, mut rest: &'t str) -> Result<&'t str, String> {
    let mut seen = Vec::new();
    while let Some(more) = rest.strip_prefix(' ') {
        let (name, value) = more.split_once("=\"").ok_or("an attribute without a value")?;
        let (value, after) = value.split_once('"').ok_or("an attribute that does not end")?;
        if !ATTRIBUTES.contains(&name) || seen.contains(&name) {
            return Err(format!("the attribute `{name}` of `{element}`"));
        }
        if value.contains(['<', '>']) {
            return Err(format!("a bare angle in `{name}`"));
        }
        if matches!(name, "href" | "src") {
            safe(value)?;
        }
        seen.push(name);
        rest = after;
    }
    rest.strip_prefix('>').ok_or_else(|| format!("`{element}` does not end"))
}

/// An address that runs nothing: of a few schemes, or relative.
fn safe(address: &str) -> Result<(), String> {
    let address = address.replace("&amp;", "&");
    let seen: String = address.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    let scheme = seen.find(':').filter(|&at| !seen[..at].contains(['/', '?', '#'])).map(|at| seen[..at].to_lowercase());
    let known = scheme.as_deref().is_none_or(|scheme| ["https", "http", "mailto", "tel"].contains(&scheme));
    if !known || seen.starts_with("//") || address.chars().any(char::is_control) {
        return Err(format!("the address {address:?}"));
    }
    Ok(())
}
