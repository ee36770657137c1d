//! output: everything that is published, and how each file's bytes are made.
//!
//! `build` makes all of them, in parallel; `serve` makes the one that is asked for. Both call [`Site::bytes`], so
//! that they cannot differ.

mod addresses;
mod again;
mod catalog;
mod faults;
mod feed;
mod sitemap;
mod sizes;
mod social;

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use crate::diagnostic::Diagnostics;
use crate::export::{self, Export};
use crate::model::Key;
use crate::plan::{PageName, Plan, PlannedPage, Route};
use crate::read::Sources;
use crate::render::html::{self, RenderError};
use crate::render::theme::{Theme, hashed};
use crate::schema;
use crate::twin::{self, llms};
use crate::{plan, search, view};

pub use again::{SiteMemo, site, site_again, theme};
pub use faults::render_fault;
use plan::remember;
use sizes::{Counting, Sizes};

/// A file that is published.
#[derive(Debug, Clone)]
pub enum Output {
    Page(Arc<PlannedPage>),
    /// The page at an old route, which leads to the one that stands in for it.
    Redirect(Box<(Route, PageName)>),
    /// A page in Markdown.
    Twin(Arc<PlannedPage>),
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
    /// A shard of the search index, by its place.
    Index(usize),
    /// What records of decisions need in the browser.
    Records,
    /// The decision points for the checklist of a site of many capabilities, as a script.
    Points,
    /// Bytes as they are: styles, scripts, images.
    Bytes(Arc<[u8]>),
}

/// Takes a file that is made along with another: its route, its bytes.
pub type Beside<'a> = dyn Fn(&str, &[u8]) -> io::Result<()> + Sync + 'a;

/// A compiled site with its theme: all that is needed to make any of its files.
pub struct Site {
    pub plan: Plan,
    pub theme: Theme,
    /// By route. Without the script of the rules, and of the shards of the search index only the first, unless the site is
    /// [complete](Site::complete).
    pub outputs: Arc<BTreeMap<Arc<str>, Output>>,
    rules: Option<RulesScript>,
    /// The shards of the search index; made when they are first asked for, and gone one by one when they are published.
    shards: OnceLock<Vec<Shard>>,
    sizes: Sizes,
}

/// A shard of the search index, until it is gone.
type Shard = Mutex<Option<Arc<[u8]>>>;

/// The rules for the browser: the route holds their hash, and every page names it.
#[derive(Clone)]
struct RulesScript {
    route: String,
    bytes: Arc<[u8]>,
}

impl Site {
    /// Lists what is published. Routes are unique: ids are, and kinds have folders of their own.
    pub fn new(plan: Plan, theme: Theme) -> Site {
        let mut outputs = BTreeMap::new();
        if plan.page(&PageName::Assess).is_some() {
            outputs.insert(export::records::ROUTE.into(), Output::Records);
        }
        if view::checklist::is_drawn(&plan) {
            outputs.insert(view::checklist::ROUTE.into(), Output::Points);
        }
        outputs.insert(search::ROUTE.into(), Output::Index(0));
        for page in plan.pages.iter() {
            outputs.insert(page.route.shared(), Output::Page(page.clone()));
            if page.name != PageName::NotFound {
                outputs.insert(page.route.twin().shared(), Output::Twin(page.clone()));
            }
        }
        for (from, to) in &plan.redirects {
            outputs.insert(from.shared(), Output::Redirect(Box::new((from.clone(), to.clone()))));
        }
        for export in export::exports(&plan) {
            outputs.insert(export.route().shared(), Output::Export(export));
        }
        for name in schema::names() {
            outputs.insert(schema::route(name).into(), Output::Schema(name));
        }
        for (path, asset) in &plan.catalog.assets {
            outputs.insert(format!("assets/{path}").into(), Output::Bytes(asset.bytes.clone()));
        }
        let drawn = view::checklist::is_drawn(&plan);
        let idle = |route: &str| !drawn && theme.look.scripts.iter().any(|script| script.many && script.route == route);
        for (route, bytes) in theme.assets().iter().filter(|(route, _)| !idle(route)) {
            outputs.insert(route.as_str().into(), Output::Bytes(bytes.clone()));
        }
        for key in plan::social::keys(&plan) {
            if let Some(route) = plan::social::route(&plan, &key) {
                outputs.insert(route.shared(), Output::Social(key));
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
        let rules = rules(&plan, &theme);
        Site::of(plan, theme, Arc::new(outputs), rules)
    }

    fn of(plan: Plan, mut theme: Theme, outputs: Arc<BTreeMap<Arc<str>, Output>>, rules: Option<RulesScript>) -> Site {
        theme.look.rules = rules.as_ref().map(|rules| rules.route.clone());
        theme.look.index = Some(search::ROUTE.into());
        Site { sizes: Sizes::of(&plan), plan, theme, outputs, rules, shards: OnceLock::new() }
    }

    /// The same with everything among its outputs: how many shards the search index has is known once they are made.
    pub fn complete(mut self) -> Site {
        let shards = (1..self.shards().len()).map(|place| (search::route(place).into(), Output::Index(place)));
        let rules =
            self.rules.iter().map(|rules| (rules.route.as_str().into(), Output::Bytes(Arc::clone(&rules.bytes))));
        let more: Vec<_> = shards.chain(rules).collect();
        Arc::make_mut(&mut self.outputs).extend(more);
        self
    }

    /// The routes to be made before all others: what takes memory until it is written, and what holds many others.
    pub fn first(&self) -> Vec<&str> {
        let held = self.outputs.iter().filter(|(_, output)| matches!(output, Output::Index(_)));
        held.map(|(route, _)| &**route).chain([export::FRAMEWORK_ROUTE, llms::FULL_ROUTE]).collect()
    }

    /// What is published at a route, also of a site that is not complete.
    pub fn output(&self, route: &str) -> Option<Output> {
        let later = || (1..self.shards().len()).find(|place| search::route(*place) == route).map(Output::Index);
        let is_shard = route.starts_with("search/index-");
        let rules = || self.rules.as_ref().filter(|rules| rules.route == route);
        let rules = || rules().map(|rules| Output::Bytes(Arc::clone(&rules.bytes)));
        self.outputs.get(route).cloned().or_else(rules).or_else(|| is_shard.then(later).flatten())
    }

    fn shards(&self) -> &[Shard] {
        remember(&self.shards, || self.made_shards().map(|shard| Mutex::new(Some(shard))).collect()).as_slice()
    }

    fn made_shards(&self) -> impl Iterator<Item = Arc<[u8]>> {
        let title = |name: &PageName| view::title(&self.plan, &self.theme.look, name);
        let typeset = |text: &str| self.theme.typeset_text(text);
        search::scripts(&self.plan, &self.theme.look.words.search, title, &typeset).into_iter().map(Arc::from)
    }

    /// The shard at a place; one that is gone is made again.
    fn shard(&self, place: usize) -> Arc<[u8]> {
        let kept = self.shards()[place].lock().unwrap_or_else(PoisonError::into_inner).clone();
        kept.unwrap_or_else(|| self.made_shards().nth(place).expect("as many as before"))
    }

    /// The bytes of every file, by route, made in parallel; and what is wrong with the theme, where one cannot be made.
    /// For small sites: `build` makes them one after the other and keeps none.
    pub fn all(&self, sources: &Sources) -> (BTreeMap<String, Arc<[u8]>>, Diagnostics) {
        let made: Vec<_> = self.outputs.par_iter().map(|(route, output)| (route, self.bytes(output))).collect();
        let (mut files, mut errors) = (BTreeMap::new(), Vec::new());
        for (route, bytes) in made {
            match bytes {
                Ok(bytes) => {
                    files.insert(route.to_string(), bytes);
                }
                Err(error) => errors.push(error),
            }
        }
        (files, self.faults(&errors, sources))
    }

    /// Makes every file and keeps none: what is wrong with the theme, where one cannot be made. `made` hears of each.
    pub fn check(&self, sources: &Sources, made: &(dyn Fn() + Sync)) -> Diagnostics {
        let fault = |output| {
            made();
            self.write(output, &mut io::sink()).ok()?.err()
        };
        let errors: Vec<RenderError> = self.outputs.par_iter().filter_map(|(_, output)| fault(output)).collect();
        self.faults(&errors, sources)
    }

    /// Makes a few pages by each template, and keeps none: what is wrong with the theme, as far as they show it.
    pub fn try_templates(&self, sources: &Sources) -> Diagnostics {
        const OF_EACH: usize = 3;
        let mut tried: BTreeMap<&str, Vec<&Output>> = BTreeMap::new();
        for output in self.outputs.values() {
            let template = match output {
                Output::Page(page) => crate::view::template(&page.name),
                Output::Redirect(_) => "redirect",
                _ => continue,
            };
            let pages = tried.entry(template).or_default();
            if pages.len() < OF_EACH {
                pages.push(output);
            }
        }
        let outputs: Vec<&Output> = tried.into_values().flatten().collect();
        let fault = |output: &&Output| self.write(output, &mut io::sink()).ok()?.err();
        let errors: Vec<RenderError> = outputs.par_iter().filter_map(fault).collect();
        self.faults(&errors, sources)
    }

    /// Writes the file at a route of this site, most likely for the last time; inside of the result of the writing, why it
    /// cannot be made. Other files of which this one holds all go to `beside`.
    ///
    /// # Panics
    /// If there is no such route.
    pub fn make(
        &self,
        route: &str,
        out: &mut dyn Write,
        beside: Option<&Beside>,
    ) -> io::Result<Result<(), RenderError>> {
        let output = &self.outputs[route];
        let made = self.write_beside(output, out, beside);
        if let Output::Index(place) = output {
            self.shards()[*place].lock().unwrap_or_else(PoisonError::into_inner).take();
        }
        made
    }

    /// What an author of a theme is told of files that could not be made.
    pub fn faults(&self, errors: &[RenderError], sources: &Sources) -> Diagnostics {
        let mut faults = Diagnostics::new();
        // One mistake of a template stops many pages; it is told once, with the first of them.
        let place = |e: &RenderError| (e.template.clone(), e.line, e.column, e.message.clone());
        let mut stopped: BTreeMap<_, Vec<&RenderError>> = BTreeMap::new();
        errors.iter().for_each(|error| stopped.entry(place(error)).or_default().push(error));
        for mut pages in stopped.into_values() {
            pages.sort_by(|a, b| a.page.cmp(&b.page));
            faults.push(render_fault(pages[0], pages.len() - 1, &self.plan, sources));
        }
        faults.sort();
        faults
    }

    /// Writes a file of this site: the same bytes as [`Site::bytes`], without ever holding all of a very large one.
    pub fn write(&self, output: &Output, out: &mut dyn Write) -> io::Result<Result<(), RenderError>> {
        self.write_beside(output, out, None)
    }

    fn write_beside(
        &self,
        output: &Output,
        out: &mut dyn Write,
        beside: Option<&Beside>,
    ) -> io::Result<Result<(), RenderError>> {
        let Some(slot) = self.sizes.slot(&self.plan, output).filter(|slot| slot.get().is_none()) else {
            return self.pour(output, out, beside);
        };
        let mut counting = Counting::new(out);
        let poured = self.pour(output, &mut counting, beside)?;
        if poured.is_ok() {
            let _ = slot.set(counting.characters);
        }
        Ok(poured)
    }

    /// How many tokens the file at a route has; 0 if there is none, or none that can be made.
    fn tokens(&self, route: &Route) -> usize {
        let Some(output) = self.outputs.get(route.as_str()) else { return 0 };
        let known = || self.sizes.slot(&self.plan, output).and_then(|slot| slot.get().copied());
        let make = || self.write(output, &mut io::sink()).ok().and_then(|_| known()).unwrap_or(0);
        twin::tokens(known().unwrap_or_else(make))
    }

    fn pour(
        &self,
        output: &Output,
        out: &mut dyn Write,
        beside: Option<&Beside>,
    ) -> io::Result<Result<(), RenderError>> {
        match output {
            Output::Export(export) => {
                let item =
                    beside.map(|beside| move |key: &Key, bytes: &[u8]| beside(Route::of_json(key).as_str(), bytes));
                let item = item.as_ref().map(|item| item as &export::Beside);
                export::write(&self.plan, export, out, item).map(Ok)
            }
            Output::Records => export::records::write(&self.plan, out).map(Ok),
            Output::Points => view::checklist::points(&self.plan, &self.theme.look, out).map(Ok),
            Output::Llms(true) => {
                let twin = beside.map(|beside| move |page: &PlannedPage, text: &str| self.beside(page, text, beside));
                let twin = twin.as_ref().map(|twin| twin as &llms::Beside);
                llms::full(&self.plan, &self.theme.look.words, out, twin).map(Ok)
            }
            Output::Page(page) => html::write(&self.plan, &self.theme, page, out),
            Output::Twin(page) => {
                let twin = twin::twin(&self.plan, &self.theme.look.words, page).unwrap_or_default();
                out.write_all(twin.as_bytes()).map(Ok)
            }
            output => match self.bytes(output) {
                Ok(bytes) => out.write_all(&bytes).map(Ok),
                Err(error) => Ok(Err(error)),
            },
        }
    }

    /// Hands over a twin that is made along with another file.
    fn beside(&self, page: &PlannedPage, text: &str, beside: &Beside) -> io::Result<()> {
        let slot = self.plan.place(&page.name).and_then(|place| self.sizes.twin(place));
        slot.into_iter().for_each(|slot| {
            let _ = slot.set(text.chars().count());
        });
        beside(page.route.twin().as_str(), text.as_bytes())
    }

    /// The bytes of a file of this site.
    pub fn bytes(&self, output: &Output) -> Result<Arc<[u8]>, RenderError> {
        Ok(match output {
            Output::Redirect(old) => html::redirect(&self.plan, &self.theme, &old.0, &old.1)?.into(),
            Output::Llms(false) => {
                let size = |route: &Route| self.tokens(route);
                llms::llms(&self.plan, &self.theme.look.words, &size).into_bytes().into()
            }
            Output::Page(_)
            | Output::Twin(_)
            | Output::Llms(true)
            | Output::Export(_)
            | Output::Records
            | Output::Points => {
                let mut bytes = Vec::new();
                self.pour(output, &mut bytes, None).expect("memory takes what is written to it")?;
                bytes.into()
            }
            Output::Schema(name) => schema::bytes(name, self.plan.catalog.site.base_url.as_deref()).into(),
            Output::Sitemap => sitemap::sitemap(&self.plan).into_bytes().into(),
            Output::Social(key) => {
                let kind = self.theme.look.words.kind_names.get(key.kind.name()).map_or("", String::as_str);
                social::png(&self.plan, key, kind).into()
            }
            Output::Feed => feed::feed(&self.plan).into_bytes().into(),
            Output::Robots => sitemap::robots(&self.plan).into_bytes().into(),
            Output::ApiCatalog => catalog::catalog(self).into_bytes().into(),
            Output::Index(place) => self.shard(*place),
            Output::Bytes(bytes) => bytes.clone(),
        })
    }
}

/// The rules of a plan, if it has a page that reads them.
fn rules(plan: &Plan, theme: &Theme) -> Option<RulesScript> {
    plan.page(&PageName::Assess)?;
    let mut later = vec![export::records::ROUTE.to_owned()];
    later.extend(theme.look.scripts.iter().filter(|script| script.later).map(|script| script.route.clone()));
    let bytes = export::rules::script(plan, &theme.look.words.assess, &later, &|html| theme.typeset(html));
    Some(RulesScript { route: hashed("rules", "js", &bytes), bytes: bytes.into() })
}
