//! What the styles and templates of a theme name, against what is published.

use super::faults::place;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::read::Sources;
use crate::render::theme::Theme;

/// Where the stylesheet of a site stands, which is what addresses in it start from.
const FOLDER: &str = "assets";

/// An address as it is written, where, and the route that it means.
struct Named<'a> {
    /// In bytes.
    at: usize,
    written: &'a str,
    route: String,
}

/// What an author of a theme is told of addresses in its files at which nothing is published. `folder` is where its files
/// are.
pub(super) fn dangling(sources: &Sources, folder: &str, theme: &Theme) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (path, bytes) in sources.below(folder) {
        let text = String::from_utf8_lossy(bytes);
        let (named, start) = match &path[folder.len()..] {
            file if file.starts_with("styles/") && file.ends_with(".css") => (in_style(&text), ""),
            file if file.starts_with("templates/") && file.ends_with(".html") => (in_template(&text), "assets/"),
            _ => continue,
        };
        for Named { at, written, route } in named {
            let is_there = theme.assets().iter().any(|(known, _)| *known == route)
                || sources.files.contains_key(format!("content/{route}").as_str());
            if is_there {
                continue;
            }
            let line = text[..at].matches('\n').count() + 1;
            let column = text[..at].rsplit('\n').next().map_or(0, |before| before.chars().count()) + 1;
            let known = theme.assets().iter().filter_map(|(known, _)| known.strip_prefix("assets/theme/"));
            let known: Vec<String> = known.map(|file| format!("{start}theme/{file}")).collect();
            let help = match nearest(written, known.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "a file in the theme's `assets/` is `{start}theme/…` here, one in `content/assets/` `{start}…`"
                ),
            };
            let message = format!("nothing is published at `{route}`");
            found.push(Diagnostic::new(Code::ThemeError, place(sources, path, line, column), message).help(help));
        }
    }
    found
}

/// The files of the site in `url(…)`. Comments are left out.
fn in_style(css: &str) -> Vec<Named<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = css[at..].find("/*").into_iter().chain(css[at..].find("url(")).min() {
        let start = at + next;
        if css[start..].starts_with("/*") {
            at = css[start..].find("*/").map_or(css.len(), |end| start + end + 2);
            continue;
        }
        let inside = start + "url(".len();
        let Some(end) = css[inside..].find(')') else { break };
        at = inside + end;
        let address = css[inside..at].trim().trim_matches(['"', '\'']);
        // What is escaped is another name; whether that is there is not looked into.
        let is_elsewhere = address.is_empty() || address.starts_with(['#', '/']) || address.contains([':', '%', '\\']);
        if !is_elsewhere {
            let offset = css[inside..at].find(address).unwrap_or_default();
            let written = address.split(['?', '#']).next().unwrap_or_default();
            found.push(Named { at: inside + offset, written, route: resolved(written) });
        }
    }
    found
}

/// The assets that are named from the root of the site, `{{ frame.root }}assets/…`. What a template puts together is left
/// out.
fn in_template(template: &str) -> Vec<Named<'_>> {
    const ROOT: &str = "frame.root }}";
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '?' | '#' | ')');
    let starts = template.match_indices(ROOT).map(|(at, root)| at + root.len());
    starts
        .map(|at| (at, template[at..].split(ends).next().unwrap_or_default()))
        .filter(|(_, address)| address.starts_with("assets/") && !address.contains(['{', '%']))
        .map(|(at, written)| Named { at, written, route: written.to_owned() })
        .collect()
}

/// An address in a style as a route of the site.
fn resolved(address: &str) -> String {
    let mut parts = vec![FOLDER];
    for part in address.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(found: Vec<Named>, text: &str, expected: &[(&str, &str)]) {
        assert!(found.iter().all(|named| text[named.at..].starts_with(named.written)));
        let found: Vec<(&str, &str)> = found.iter().map(|named| (named.written, named.route.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn addresses_in_styles_start_from_the_folder_of_the_stylesheet() {
        let css = "a{b:url(theme/x.svg)} /* url(no) */ c{d:url( \"../y/./z.png#z\" );e:url(data:a,b);f:url(theme/my%20x.svg);f:url(#g);h:url(https://i)}";
        check(in_style(css), css, &[("theme/x.svg", "assets/theme/x.svg"), ("../y/./z.png", "y/z.png")]);
        check(in_style("a{b:url("), "", &[]);
        assert_eq!(resolved("../../../a"), "a");
    }

    #[test]
    fn assets_that_templates_name_start_from_the_root() {
        let html = "<img src=\"{{ frame.root }}assets/a.svg\"><a href='{{ frame.root }}x.html'>{{ frame.root }}assets/{{ b }}.svg";
        check(in_template(html), html, &[("assets/a.svg", "assets/a.svg")]);
    }
}
