//! View -> HTML, by the templates of a theme. The only module that names the template engine.

use std::cell::Cell;
use std::fmt;
use std::io::{self, Write};
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, ErrorKind, Tera};

use super::theme::Theme;
use super::unclosed::open_at;
use crate::plan::{PageName, Plan, PlannedPage, Route};
use crate::view;

/// The templates of a theme, parsed and checked once. Shared between threads.
#[derive(Clone)]
pub struct Templates {
    tera: Arc<Tera>,
}

/// A mistake in a template: while it is parsed, or while a page is made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RenderError {
    /// The template by its path below `templates/`, if the engine knows it.
    pub template: Option<String>,
    /// From 1; 0 where it is not known.
    pub line: usize,
    /// From 1; 0 where it is not known.
    pub column: usize,
    pub message: String,
    /// The page that was being made, if any.
    pub page: Option<Route>,
    /// What the template could have named: a variable, and the names in it.
    pub available: Vec<(String, Vec<String>)>,
    pub unknown: Option<Box<Unknown>>,
}

/// A word that names nothing, and the names that there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    pub word: String,
    pub names: Vec<String>,
}

impl Templates {
    /// Parses templates, named by their paths below `templates/`. `words` is what templates see as `t`.
    pub fn new<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
        words: &serde_json::Value,
    ) -> Result<Self, RenderError> {
        let mut tera = Tera::new();
        tera.global_context().insert("t", words);
        let files: Vec<(&str, &str)> = files.into_iter().collect();
        tera.add_raw_templates(files.iter().copied()).map_err(|error| explained(RenderError::from(&error), &files))?;
        for name in view::TEMPLATES {
            if !tera.contains_template(&file_name(name)) {
                let message = format!("the theme has no template `{}`", file_name(name));
                return Err(RenderError { message, ..RenderError::default() });
            }
        }
        Ok(Templates { tera: Arc::new(tera) })
    }

    /// Appends a page to `out`.
    fn render(
        &self,
        template: &str,
        values: &impl Serialize,
        page: &Route,
        out: &mut Vec<u8>,
    ) -> Result<(), RenderError> {
        let at_page = |error: tera::Error| RenderError {
            page: Some(page.clone()),
            available: names(values),
            ..RenderError::from(&error)
        };
        let context = Context::from_serialize(values).map_err(at_page)?;
        self.tera.render_to(&file_name(template), &context, out).map_err(at_page)
    }
}

/// The HTML of a page.
pub fn render(plan: &Plan, theme: &Theme, page: &PlannedPage) -> Result<Vec<u8>, RenderError> {
    let mut out = Vec::new();
    write(plan, theme, page, &mut out).expect("memory takes what is written to it")?;
    Ok(out)
}

/// Writes the HTML of a page; inside of the result of the writing, why it cannot be made.
pub fn write(
    plan: &Plan,
    theme: &Theme,
    page: &PlannedPage,
    out: &mut dyn Write,
) -> io::Result<Result<(), RenderError>> {
    thread_local!(static PAGE: Cell<Vec<u8>> = Cell::default());
    let made = view::view(plan, &theme.look, page);
    // Pages are of about one size: the memory of one is that of the next.
    let mut html = PAGE.take();
    html.clear();
    let rendered = theme.templates.render(view::template(&page.name), &made, &page.route, &mut html);
    let written = match rendered {
        Ok(()) => typeset(&html, theme, out).map(Ok),
        Err(error) => Ok(Err(error)),
    };
    PAGE.set(if html.capacity() <= KEPT { html } else { Vec::new() });
    written
}

/// The most memory that is kept between two pages.
const KEPT: usize = 256 * 1024;

/// The HTML at an old route, which leads to the page that stands in for it.
pub fn redirect(plan: &Plan, theme: &Theme, from: &Route, to: &PageName) -> Result<Vec<u8>, RenderError> {
    #[derive(Serialize)]
    struct Redirect {
        page: view::redirect::RedirectPage,
    }
    let page = view::redirect(plan, &theme.look, from, to);
    let (mut html, mut out) = (Vec::new(), Vec::new());
    theme.templates.render("redirect", &Redirect { page }, from, &mut html)?;
    typeset(&html, theme, &mut out).expect("memory takes what is written to it");
    Ok(out)
}

/// The page with the quotes of its language.
fn typeset(html: &[u8], theme: &Theme, out: &mut dyn Write) -> io::Result<()> {
    match std::str::from_utf8(html) {
        Ok(text) => theme.typeset_to(text, out),
        Err(_) => out.write_all(html),
    }
}

/// The variables of a template, each with the names in it.
fn names(values: &impl Serialize) -> Vec<(String, Vec<String>)> {
    let Ok(serde_json::Value::Object(all)) = serde_json::to_value(values) else { return Vec::new() };
    all.into_iter().filter_map(|(name, value)| Some((name, value.as_object()?.keys().cloned().collect()))).collect()
}

fn file_name(template: &str) -> String {
    format!("{template}.html")
}

impl fmt::Debug for Templates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names: Vec<&str> = self.tera.get_template_names().collect();
        names.sort_unstable();
        f.debug_tuple("Templates").field(&names).finish()
    }
}

impl From<&tera::Error> for RenderError {
    fn from(error: &tera::Error) -> Self {
        let nowhere = |template, message| RenderError { template, message, ..RenderError::default() };
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => RenderError {
                template: Some(report.filename().to_owned()).filter(|name| !name.is_empty()),
                line: report.span().start_line,
                column: report.span().start_col + 1,
                message: report.message().to_owned(),
                ..RenderError::default()
            },
            ErrorKind::MissingParent { current, parent } => {
                nowhere(Some(current.clone()), format!("extends `{parent}`, which the theme does not have"))
            }
            ErrorKind::CircularExtend { tpl, .. } => nowhere(Some(tpl.clone()), "extends itself".to_owned()),
            ErrorKind::CircularInclude { tpl, .. } => nowhere(Some(tpl.clone()), "includes itself".to_owned()),
            _ => placed(&error.to_string()).unwrap_or_else(|| nowhere(None, error.to_string())),
        }
    }
}

/// A mistake of parsing with what its author may have meant: the names that there are, or what stands open.
fn explained(error: RenderError, files: &[(&str, &str)]) -> RenderError {
    let named = |what: &str| error.message.strip_prefix(what)?.split('`').nth(1).map(str::to_owned);
    let names = |names, word| RenderError { unknown: Some(Box::new(Unknown { word, names })), ..error.clone() };
    if let Some(word) = named("Unknown template ") {
        return names(files.iter().map(|(name, _)| (*name).to_owned()).collect(), word);
    }
    if let Some(word) = named("Unknown component ") {
        let components = files.iter().flat_map(|(_, text)| text.split("{% component ").skip(1));
        return names(components.filter_map(|rest| Some(rest.split_once('(')?.0.trim().to_owned())).collect(), word);
    }
    let text = files.iter().find(|(name, _)| error.template.as_deref() == Some(name)).map(|(_, text)| *text);
    let (Some(text), says) = (text, |message: &str| error.message.eq_ignore_ascii_case(message)) else { return error };
    let line = text.lines().nth(error.line.saturating_sub(1)).unwrap_or_default();
    let word: String = line.chars().skip(error.column.saturating_sub(1)).take_while(|c| c.is_alphanumeric()).collect();
    let open = open_at(text, error.line, error.column);
    match open {
        Some((open, line)) if says("unexpected end of input") || (says("unknown tag") && word.starts_with("end")) => {
            let message = format!("the `{open}` of line {line} is not closed here: write `{{% end{open} %}}` first");
            RenderError { message, ..error }
        }
        _ if says("unknown tag") => RenderError { message: format!("Unknown tag `{word}`"), ..error },
        _ => error,
    }
}

/// A report that the engine hands out as text: "error: Unknown filter `x`", and below it `--> page.html:3:21`.
fn placed(report: &str) -> Option<RenderError> {
    let (message, rest) = report.strip_prefix("error: ")?.split_once('\n')?;
    let (_, place) = rest.split_once("--> ")?;
    let mut parts = place.lines().next()?.rsplitn(3, ':');
    let (column, line) = (parts.next()?.trim().parse().ok()?, parts.next()?.parse().ok()?);
    let template = Some(parts.next()?.to_owned());
    Some(RenderError { template, line, column, message: message.to_owned(), ..RenderError::default() })
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(template) = &self.template {
            write!(f, "templates/{template}")?;
            if self.line > 0 {
                write!(f, ":{}:{}", self.line, self.column)?;
            }
            f.write_str(": ")?;
        }
        f.write_str(&self.message)?;
        match &self.page {
            Some(page) => write!(f, " (making {page})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for RenderError {}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::*;
    use crate::read::Sources;

    fn plan() -> Plan {
        let mut sources = Sources::default();
        for (path, text) in [
            ("content/site.yaml", "title: T\nquestion: Q\ndescription: D\n"),
            ("content/pages/p.md", "---\ntitle: <P>\naliases: [a/old]\n---\nText.\n"),
        ] {
            sources.files.insert(Arc::from(path), Arc::from(text.as_bytes()));
        }
        crate::compile(&sources, None).0
    }

    fn theme(page: &str) -> Theme {
        let files = BTreeMap::from([("templates/page.html".to_owned(), Arc::from(page.as_bytes()))]);
        Theme::load(&files, "en").expect("the theme loads")
    }

    fn page(template: &str) -> Result<String, RenderError> {
        let plan = plan();
        let page = plan.at(&Route::new("pages/p.html")).expect("the page is planned");
        render(&plan, &theme(template), page).map(|html| String::from_utf8(html).expect("pages are UTF-8"))
    }

    #[test]
    fn templates_escape_text_and_see_words() {
        assert_eq!(
            page("{{ page.title }} {{ page.intro_html | safe }} {{ t.nav.home }} {{ frame.root }}").as_deref(),
            Ok("&lt;P&gt; <p>Text.</p> Home ../")
        );
        assert_eq!(page("{% if page.lede_html %}a{% else %}none{% endif %}").as_deref(), Ok("none"));
    }

    #[test]
    fn what_a_template_misspells_is_named() {
        let error = page("<h1>\n{{ page.titel }}</h1>").expect_err("there is no such field");
        assert_eq!((error.template.as_deref(), error.line), (Some("page.html"), 2));
        assert_eq!(error.page, Some(Route::new("pages/p.html")));
        assert!(error.to_string().starts_with("templates/page.html:2:"), "{error}");
    }

    #[test]
    fn an_old_route_leads_to_the_new_one() {
        let plan = plan();
        let (from, to) = plan.redirects.first_key_value().expect("the alias has a route");
        assert_eq!(from.as_str(), "pages/a/old.html");
        let html = redirect(&plan, &theme(""), from, to).expect("the template is sound");
        let html = String::from_utf8(html).expect("pages are UTF-8");
        assert!(html.contains(r#"href="../p.html""#) && html.contains("url=../p.html"), "{html}");
    }
}
