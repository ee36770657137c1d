//! output: everything that is published, and how each file's bytes are made.
//!
//! `build` makes all of them, in parallel; `serve` makes the one that is asked for. Both call [`Site::bytes`], so
//! that they cannot differ.

mod catalog;
mod feed;
mod sitemap;
mod social;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::export::{self, Export};
use crate::model::{Key, Span};
use crate::plan::{PageName, Plan, PlannedPage, Route};
use crate::read::Sources;
use crate::render::html::{self, RenderError};
use crate::render::theme::{Theme, ThemeError, hashed};
use crate::schema;
use crate::twin::{self, llms};
use crate::{plan, search, view};

/// A file that is published.
#[derive(Debug, Clone)]
pub enum Output {
    Page(PlannedPage),
    /// The page at an old route, which leads to the one that stands in for it.
    Redirect(Route, PageName),
    /// A page in Markdown.
    Twin(PlannedPage),
    /// What there is, for models; all of it where true.
    Llms(bool),
    Export(Export),
    /// A JSON Schema, by its name.
    Schema(&'static str),
    Sitemap,
    /// The image for previews of links to a thing.
    Social(Key),
    /// What changed, as an Atom feed.
    Feed,
    Robots,
    /// Where the API is, for whoever knows the host alone.
    ApiCatalog,
    /// Bytes as they are: styles, scripts, images.
    Bytes(Arc<[u8]>),
}

/// A compiled site with its theme: all that is needed to make any of its files.
pub struct Site {
    pub plan: Plan,
    pub theme: Theme,
    /// By route.
    pub outputs: BTreeMap<String, Output>,
}

impl Site {
    /// Lists what is published. Routes are unique: ids are, and kinds have folders of their own.
    pub fn new(plan: Plan, mut theme: Theme) -> Site {
        let mut outputs = BTreeMap::new();
        if plan.page(&PageName::Assess).is_some() {
            let records = export::records::script(&plan);
            let mut later = vec![hashed("records", "js", &records)];
            outputs.insert(later[0].clone(), Output::Bytes(records.into()));
            later.extend(theme.look.scripts.iter().filter(|script| script.later).map(|script| script.route.clone()));
            let rules = export::rules::script(&plan, &theme.look.words.assess, &later);
            let route = hashed("rules", "js", &rules);
            outputs.insert(route.clone(), Output::Bytes(rules.into()));
            theme.look.rules = Some(route);
        }
        for shard in search::scripts(&plan, &theme.look.words.search, |name| view::title(&plan, &theme.look, name)) {
            let route = hashed("index", "js", &shard);
            outputs.insert(route.clone(), Output::Bytes(shard.into()));
            theme.look.index.push(route);
        }
        for page in &plan.pages {
            outputs.insert(page.route.to_string(), Output::Page(page.clone()));
            if page.name != PageName::NotFound {
                outputs.insert(page.route.twin().to_string(), Output::Twin(page.clone()));
            }
        }
        for (from, to) in &plan.redirects {
            outputs.insert(from.to_string(), Output::Redirect(from.clone(), to.clone()));
        }
        for export in export::exports(&plan) {
            outputs.insert(export.route().to_string(), Output::Export(export));
        }
        for name in schema::names() {
            outputs.insert(schema::route(name), Output::Schema(name));
        }
        for (path, asset) in &plan.catalog.assets {
            outputs.insert(format!("assets/{path}"), Output::Bytes(asset.bytes.clone()));
        }
        for (route, bytes) in theme.assets() {
            outputs.insert(route.clone(), Output::Bytes(bytes.clone()));
        }
        for key in plan::social::keys(&plan) {
            if let Some(route) = plan::social::route(&plan, &key) {
                outputs.insert(route.to_string(), Output::Social(key));
            }
        }
        if plan.catalog.site.base_url.is_some() {
            outputs.insert("sitemap.xml".into(), Output::Sitemap);
            if !plan.catalog.changes.is_empty() {
                outputs.insert(feed::ROUTE.into(), Output::Feed);
            }
            outputs.insert(catalog::ROUTE.into(), Output::ApiCatalog);
        }
        outputs.insert("robots.txt".into(), Output::Robots);
        outputs.insert(llms::ROUTE.into(), Output::Llms(false));
        outputs.insert(llms::FULL_ROUTE.into(), Output::Llms(true));
        Site { plan, theme, outputs }
    }

    /// The bytes of every file, by route, made in parallel; and what is wrong with the theme, where one cannot be made.
    /// For small sites: `build` makes them one after the other and keeps none.
    pub fn all(&self, sources: &Sources) -> (BTreeMap<String, Arc<[u8]>>, Diagnostics) {
        let made: Vec<_> = self.outputs.par_iter().map(|(route, output)| (route, self.bytes(output))).collect();
        let (mut files, mut errors) = (BTreeMap::new(), Vec::new());
        for (route, bytes) in made {
            match bytes {
                Ok(bytes) => {
                    files.insert(route.clone(), bytes);
                }
                Err(error) => errors.push(error),
            }
        }
        (files, self.faults(&errors, sources))
    }

    /// Makes every file and keeps none: what is wrong with the theme, where one cannot be made.
    pub fn check(&self, sources: &Sources) -> Diagnostics {
        let fault = |output| self.write(output, &mut io::sink()).ok()?.err();
        let errors: Vec<RenderError> = self.outputs.par_iter().filter_map(|(_, output)| fault(output)).collect();
        self.faults(&errors, sources)
    }

    /// Writes the file at a route of this site; inside of the result of the writing, why it cannot be made.
    ///
    /// # Panics
    /// If there is no such route.
    pub fn make(&self, route: &str, out: &mut dyn Write) -> io::Result<Result<(), RenderError>> {
        self.write(&self.outputs[route], out)
    }

    /// What an author of a theme is told of files that could not be made.
    pub fn faults(&self, errors: &[RenderError], sources: &Sources) -> Diagnostics {
        let mut faults = Diagnostics::new();
        errors.iter().for_each(|error| faults.push(render_fault(error, &self.plan, sources)));
        faults.sort();
        faults
    }

    /// Writes a file of this site: the same bytes as [`Site::bytes`], without ever holding all of a very large one.
    pub fn write(&self, output: &Output, out: &mut dyn Write) -> io::Result<Result<(), RenderError>> {
        match output {
            Output::Export(export) => export::write(&self.plan, export, out).map(Ok),
            output => match self.bytes(output) {
                Ok(bytes) => out.write_all(&bytes).map(Ok),
                Err(error) => Ok(Err(error)),
            },
        }
    }

    /// The bytes of a file of this site.
    pub fn bytes(&self, output: &Output) -> Result<Arc<[u8]>, RenderError> {
        Ok(match output {
            Output::Page(page) => html::render(&self.plan, &self.theme, page)?.into(),
            Output::Redirect(from, to) => html::redirect(&self.plan, &self.theme, from, to)?.into(),
            Output::Twin(page) => {
                twin::twin(&self.plan, &self.theme.look.words, page).unwrap_or_default().into_bytes().into()
            }
            Output::Llms(full) => {
                let write = if *full { llms::full } else { llms::llms };
                write(&self.plan, &self.theme.look.words).into_bytes().into()
            }
            Output::Export(export) => export::render(&self.plan, export).into(),
            Output::Schema(name) => schema::bytes(name, self.plan.catalog.site.base_url.as_deref()).into(),
            Output::Sitemap => sitemap::sitemap(&self.plan).into_bytes().into(),
            Output::Social(key) => {
                let kind = self.theme.look.words.kind_names.get(key.kind.name()).map_or("", String::as_str);
                social::png(&self.plan, key, kind).into()
            }
            Output::Feed => feed::feed(&self.plan).into_bytes().into(),
            Output::Robots => sitemap::robots(&self.plan).into_bytes().into(),
            Output::ApiCatalog => catalog::catalog(self).into_bytes().into(),
            Output::Bytes(bytes) => bytes.clone(),
        })
    }
}

/// A plan with its theme, if nothing is wrong with either; what is wrong with the theme is added to `diagnostics`.
pub fn site(sources: &Sources, plan: Plan, diagnostics: &mut Diagnostics) -> Option<Site> {
    site_again(sources, plan, diagnostics, &mut ThemeMemo::default())
}

/// The last theme that was loaded, and what of.
#[derive(Default)]
pub struct ThemeMemo(Option<KnownTheme>);

struct KnownTheme {
    files: BTreeMap<String, Arc<[u8]>>,
    locale: String,
    theme: Theme,
}

/// The same, but that a theme is not loaded again whose files have not changed.
pub fn site_again(sources: &Sources, plan: Plan, diagnostics: &mut Diagnostics, memo: &mut ThemeMemo) -> Option<Site> {
    match theme(sources, &plan, memo) {
        Ok(theme) => (!diagnostics.has_errors()).then(|| Site::new(plan, theme)),
        Err(fault) => {
            diagnostics.push(*fault);
            diagnostics.sort();
            None
        }
    }
}

/// The theme of a site: the default, with the files of `themes/<name>/` in place of its own.
fn theme(sources: &Sources, plan: &Plan, memo: &mut ThemeMemo) -> Result<Theme, Box<Diagnostic>> {
    let site = &plan.catalog.site;
    let name = site.theme.as_deref().unwrap_or("default");
    let folder = format!("themes/{name}/");
    let files: BTreeMap<String, Arc<[u8]>> =
        sources.below(&folder).map(|(path, bytes)| (path[folder.len()..].to_owned(), bytes.clone())).collect();
    if site.theme.is_some() && name != "default" && files.is_empty() {
        let message = format!("there is no theme `{name}`: `themes/{name}/` holds no file");
        let diagnostic = Diagnostic::new(Code::ThemeError, site.span.clone(), message);
        return Err(Box::new(diagnostic.help("remove `theme`, or put the files that differ into that folder")));
    }
    if let ThemeMemo(Some(known)) = memo
        && (&known.files, &known.locale) == (&files, &site.locale)
    {
        return Ok(known.theme.clone());
    }
    let theme = Theme::load(&files, &site.locale).map_err(|error| theme_fault(&folder, &error, sources))?;
    *memo = ThemeMemo(Some(KnownTheme { files, locale: site.locale.clone(), theme: theme.clone() }));
    Ok(theme)
}

fn theme_fault(folder: &str, error: &ThemeError, sources: &Sources) -> Diagnostic {
    let span = place(sources, &format!("{folder}{}", error.file), error.line, error.column);
    Diagnostic::new(Code::ThemeError, span, error.message.clone())
}

/// What an author of a theme is told of a page that could not be made.
pub fn render_fault(error: &RenderError, plan: &Plan, sources: &Sources) -> Diagnostic {
    let theme = plan.catalog.site.theme.as_deref().unwrap_or("default");
    let file = error.template.as_deref().unwrap_or("");
    let span = place(sources, &format!("themes/{theme}/templates/{file}"), error.line, error.column);
    let diagnostic = Diagnostic::new(Code::ThemeError, span, error.message.clone());
    let mut diagnostic = match &error.page {
        Some(page) => diagnostic.note(format!("while making `{page}`"), None),
        None => diagnostic,
    };
    for (variable, names) in &error.available {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        diagnostic = diagnostic.note(format!("`{variable}` has: {}", names.join(", ")), None);
    }
    diagnostic
}

/// A line and a column (from 1; 0 unknown) as a place in a file.
fn place(sources: &Sources, path: &str, line: usize, column: usize) -> Span {
    let text = sources.text(path).unwrap_or_default();
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[start.min(text.len())..];
    let line_end = rest.find('\n').unwrap_or(rest.len());
    let inside = rest[..line_end].char_indices().nth(column.saturating_sub(1)).map_or(0, |(at, _)| at);
    Span::new(&Arc::from(path), start + inside..start + line_end)
}
