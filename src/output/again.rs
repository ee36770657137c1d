//! A plan and the sources -> a site with its theme, once or again and again.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::addresses::dangling;
use super::faults::{idle, place, taken_assets, theme_fault};
use super::{Output, RulesScript, Site, rules};
use crate::Edition;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Span;
use crate::plan::Plan;
use crate::read::Sources;
use crate::render::theme::{Theme, file as default_file};

/// All that is published of a plan, if nothing is wrong with it or its theme; what is wrong with the theme is added to
/// `diagnostics`.
pub fn site(sources: &Sources, plan: Plan, diagnostics: &mut Diagnostics) -> Option<Site> {
    let theme = theme(sources, &plan, diagnostics)?;
    Some(Site::new(plan, theme).complete())
}

/// The theme of a plan, if nothing is wrong with either; what is wrong with the theme is added to `diagnostics`.
pub fn theme(sources: &Sources, plan: &Plan, diagnostics: &mut Diagnostics) -> Option<Theme> {
    theme_again(sources, plan, diagnostics, &mut SiteMemo::default())
}

/// What one site leaves for the next one.
#[derive(Default)]
pub struct SiteMemo {
    theme: Option<KnownTheme>,
    listed: Option<Listed>,
}

/// A theme that was loaded, and what of.
struct KnownTheme {
    files: BTreeMap<String, Arc<[u8]>>,
    locale: String,
    theme: Theme,
}

/// What is published of an edition of the content by one theme.
struct Listed {
    edition: Edition,
    outputs: Arc<BTreeMap<Arc<str>, Output>>,
    rules: Option<RulesScript>,
}

/// The same, but that a theme is not loaded again whose files have not changed, and that what no page needs to be made
/// is left until it is asked for: the site is not [complete](Site::complete).
pub fn site_again(
    sources: &Sources,
    plan: Plan,
    diagnostics: &mut Diagnostics,
    edition: Edition,
    memo: &mut SiteMemo,
) -> Option<Site> {
    let theme = theme_again(sources, &plan, diagnostics, memo)?;
    let site = match &memo.listed {
        Some(listed) if listed.edition == edition => {
            Site::of(plan, theme, Arc::clone(&listed.outputs), listed.rules.clone())
        }
        // Which words there are decides which can be set as images.
        Some(listed) if listed.edition.pages == edition.pages && !plan.catalog.site.social_images => {
            let rules = rules(&plan, &theme);
            Site::of(plan, theme, Arc::clone(&listed.outputs), rules)
        }
        _ => Site::new(plan, theme),
    };
    memo.listed = Some(Listed { edition, outputs: Arc::clone(&site.outputs), rules: site.rules.clone() });
    Some(site)
}

fn theme_again(sources: &Sources, plan: &Plan, diagnostics: &mut Diagnostics, memo: &mut SiteMemo) -> Option<Theme> {
    match loaded(sources, plan, memo) {
        Ok(theme) => {
            let folder = format!("themes/{}/", plan.catalog.site.theme.as_deref().unwrap_or("default"));
            theme.idle.iter().for_each(|file| diagnostics.push(idle(&folder, file)));
            taken_assets(sources, &theme).for_each(|diagnostic| diagnostics.push(diagnostic));
            dangling(sources, &folder, &theme).into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
            diagnostics.sort();
            (!diagnostics.has_errors()).then_some(theme)
        }
        Err(fault) => {
            diagnostics.push(*fault);
            diagnostics.sort();
            None
        }
    }
}

/// The theme of a site: the default, with the files of `themes/<name>/` in place of its own.
fn loaded(sources: &Sources, plan: &Plan, memo: &mut SiteMemo) -> Result<Theme, Box<Diagnostic>> {
    let site = &plan.catalog.site;
    let name = site.theme.as_deref().unwrap_or("default");
    let folder = format!("themes/{name}/");
    let files: BTreeMap<String, Arc<[u8]>> =
        sources.below(&folder).map(|(path, bytes)| (path[folder.len()..].to_owned(), bytes.clone())).collect();
    // What cannot be read is told by itself.
    let unread = sources.unreadable.keys().any(|path| path.starts_with(folder.trim_end_matches('/')));
    if site.theme.is_some() && name != "default" && files.is_empty() && !unread {
        let message = format!("there is no theme `{name}`: `themes/{name}/` holds no file");
        let diagnostic = Diagnostic::new(Code::ThemeError, named(sources, &site.span.file, "theme:"), message);
        return Err(Box::new(diagnostic.help("remove `theme`, or put the files that differ into that folder")));
    }
    if let Some(known) = &memo.theme
        && (&known.files, &known.locale) == (&files, &site.locale)
    {
        return Ok(known.theme.clone());
    }
    let theme = Theme::load(&files, &site.locale).map_err(|error| {
        let fault = theme_fault(&folder, &error, sources);
        let is_there = sources.files.contains_key(&fault.span.file) || default_file(&error.file).is_some();
        match !is_there && error.file.starts_with("locales/") {
            // The site asks for it.
            true => Diagnostic { span: named(sources, &site.span.file, "locale:"), ..fault },
            false => fault,
        }
    })?;
    *memo =
        SiteMemo { theme: Some(KnownTheme { files, locale: site.locale.clone(), theme: theme.clone() }), listed: None };
    Ok(theme)
}

/// The line of a file that starts with a key; its first, if none does.
fn named(sources: &Sources, file: &str, key: &str) -> Span {
    let text = sources.text(file).unwrap_or_default();
    let line = text.lines().position(|line| line.starts_with(key)).map_or(1, |line| line + 1);
    place(sources, file, line, 0)
}
