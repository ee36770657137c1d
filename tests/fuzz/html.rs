//! What HTML must be: of a few elements where an author's prose is, and anywhere whole and without anything that runs.

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
pub fn fragment(text: &str) -> Result<(), String> {
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

/// Elements whose text is no HTML.
const RAW: &[&str] = &["script", "style", "title", "textarea"];
/// What an attribute may be called on a page besides those of prose; `data-` and `aria-` are not listed.
const RUNNING: &[&str] = &["style", "srcdoc", "formaction", "action", "background", "ping"];
/// Elements that have no place on a page.
const FOREIGN: &[&str] =
    &["iframe", "object", "embed", "applet", "base", "frame", "frameset", "noscript", "style", "foreignobject"];
/// Attributes that hold an address.
const ADDRESSES: &[&str] = &["href", "src", "xlink:href", "poster", "cite", "data"];
const VOID_ON_PAGES: &[&str] = &["meta", "link", "img", "br", "hr", "input", "wbr", "col"];

/// Why a whole page is not well-formed, or could run something that is not a script of ours.
pub fn page(text: &str) -> Result<(), String> {
    let mut rest = text.strip_prefix("<!DOCTYPE html>").ok_or("no doctype")?;
    let mut open: Vec<String> = Vec::new();
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(end) = rest.strip_prefix('/') {
            let (name, after) = end.split_once('>').ok_or("an end tag that does not end")?;
            let opened = open.pop();
            if opened.as_deref() != Some(name) {
                return Err(format!("`</{name}>` ends {opened:?}"));
            }
            rest = after;
            continue;
        }
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').ok_or("a tag that does not end")?;
        let name = rest[..length].to_owned();
        if name.is_empty() || FOREIGN.contains(&name.to_ascii_lowercase().as_str()) {
            return Err(format!("the element `{name}` before {:?}", rest.chars().take(60).collect::<String>()));
        }
        let (attributes, closed, after) = page_attributes(&name, &rest[length..])?;
        rest = after;
        let is = |wanted: &str, value: &str| attributes.iter().any(|(n, v)| n == wanted && v.starts_with(value));
        if name == "script" && !is("src", "") && !is("type", "application/") {
            return Err("a script in the page".into());
        }
        if name == "meta" && is("http-equiv", "refresh") {
            return Err("a page that leads away".into());
        }
        if RAW.contains(&name.as_str()) {
            let end = rest.find(&format!("</{name}>")).ok_or_else(|| format!("`{name}` does not end"))?;
            if name == "script" && rest[..end].contains("<!--") {
                return Err("a script that could hide its end".into());
            }
            rest = &rest[end..];
        }
        if !closed && !VOID_ON_PAGES.contains(&name.as_str()) {
            open.push(name);
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} are not ended")) }
}

/// Names and values of a tag's attributes, whether it ends itself, and what follows it.
type Attributes<'t> = (Vec<(String, String)>, bool, &'t str);

fn page_attributes<'t>(element: &str, mut rest: &'t str) -> Result<Attributes<'t>, String> {
    let mut seen: Vec<(String, String)> = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>") {
            return Ok((seen, true, after));
        }
        if let Some(after) = rest.strip_prefix('>') {
            return Ok((seen, false, after));
        }
        let length = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | ':' | '_'))
            .filter(|length| *length > 0)
            .ok_or_else(|| {
                format!("an attribute of `{element}` without a name: {:?}", rest.chars().take(60).collect::<String>())
            })?;
        let name = rest[..length].to_ascii_lowercase();
        rest = &rest[length..];
        let mut value = "";
        if let Some(quoted) = rest.strip_prefix("=\"") {
            (value, rest) = quoted.split_once('"').ok_or("an attribute that does not end")?;
        } else if rest.starts_with('=') {
            return Err(format!("`{name}` of `{element}` without quotes"));
        }
        if name.starts_with("on") || RUNNING.contains(&name.as_str()) || seen.iter().any(|(n, _)| *n == name) {
            return Err(format!("the attribute `{name}` of `{element}`"));
        }
        if ADDRESSES.contains(&name.as_str()) && element != "link" {
            safe(value)?;
        }
        seen.push((name, value.to_owned()));
    }
}
