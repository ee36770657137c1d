//! Reading and compiling a site's folder, as every verb that needs one does.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context;

use super::SiteArgs;
use super::report::{self, Stages};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::framework;
use crate::output::{self, Site, SiteMemo};
use crate::plan::Plan;
use crate::read::dates::dates;
use crate::read::{self, Sources};
use crate::render::theme::Theme;
use crate::view::Words;

/// A site's folder, compiled.
pub struct Compiled {
    pub sources: Sources,
    /// None if there are errors.
    pub site: Option<Site>,
    pub diagnostics: Diagnostics,
}

/// What one compile of a folder leaves for the next one.
#[derive(Default)]
pub struct Memo {
    read: read::Memo,
    compiled: crate::Memo,
    site: SiteMemo,
}

/// How a site is compiled to be published.
#[derive(Debug, Clone, Copy, Default)]
pub struct ToPublish<'a> {
    /// Overrides that of the site.
    pub base_url: Option<&'a str>,
    /// Adds the conformance vectors to what is published.
    pub conformance: bool,
}

/// A site's folder as it is planned, before what is published of it is listed.
pub struct Planned {
    pub sources: Sources,
    pub plan: Plan,
    /// None if there are errors.
    pub theme: Option<Theme>,
    pub diagnostics: Diagnostics,
}

/// Reads and compiles a site's folder, to know what is wrong with it.
pub fn planned(args: &SiteArgs, stages: &mut Stages) -> anyhow::Result<Planned> {
    let (sources, plan, mut diagnostics) = read_and_planned(args, None, stages)?;
    let theme = output::theme(&sources, &plan, &mut diagnostics);
    stages.done("theme", "");
    Ok(Planned { sources, plan, theme, diagnostics })
}

/// Reads and compiles a site's folder, to be published.
pub fn run(args: &SiteArgs, how: ToPublish, stages: &mut Stages) -> anyhow::Result<Compiled> {
    let (mut sources, mut plan, mut diagnostics) = read_and_planned(args, how.base_url, stages)?;
    if how.conformance {
        plan.publish_conformance();
    }
    // Everything is parsed: what may still be shown is where something is wrong, in the files or in the theme. A large
    // site's files are large.
    let mut shown: BTreeSet<_> = diagnostics.iter().flat_map(Diagnostic::files).cloned().collect();
    shown.insert(plan.catalog.site.span.file.clone());
    sources.files.retain(|path, _| path.starts_with("themes/") || shown.contains(path));
    let site = output::site(&sources, plan, &mut diagnostics);
    stages.done("theme", outputs(&site));
    Ok(Compiled { sources, site, diagnostics })
}

fn read_and_planned(
    args: &SiteArgs,
    base_url: Option<&str>,
    stages: &mut Stages,
) -> anyhow::Result<(Sources, Plan, Diagnostics)> {
    let sources = sources(args)?;
    stages.done("read", format_args!("{} files", sources.files.len()));
    let (mut plan, diagnostics) =
        crate::compile_and_tell(&sources, base_url, &mut |stage, what| stages.done(stage, what));
    date(args, &mut plan, stages)?;
    Ok((sources, plan, diagnostics))
}

/// The same, and faster if little has changed since the memo's last compile.
pub fn again(args: &SiteArgs, memo: &mut Memo, stages: &mut Stages) -> anyhow::Result<Compiled> {
    check_folder(args)?;
    let sources = read::read_again(&args.dir, &mut memo.read)?;
    stages.done("read", format_args!("{} files", sources.files.len()));
    let (mut plan, mut diagnostics) = memo.compiled.compile(&sources, &mut |stage, what| stages.done(stage, what));
    date(args, &mut plan, stages)?;
    let site = output::site_again(&sources, plan, &mut diagnostics, memo.compiled.edition(), &mut memo.site);
    stages.done("theme", outputs(&site));
    Ok(Compiled { sources, site, diagnostics })
}

/// When each file was changed, for a site that says so.
fn date(args: &SiteArgs, plan: &mut Plan, stages: &mut Stages) -> anyhow::Result<()> {
    if plan.catalog.site.dates {
        plan.dates = dates(&args.dir)?;
        stages.done("dates", format_args!("{} files", plan.dates.len()));
    }
    Ok(())
}

fn outputs(site: &Option<Site>) -> String {
    site.as_ref().map_or_else(String::new, |site| format!("{} files planned", site.outputs.len()))
}

/// Reads a site's folder.
pub fn sources(args: &SiteArgs) -> anyhow::Result<Sources> {
    check_folder(args)?;
    Ok(read::read(&args.dir)?)
}

/// The plan of a site's folder, or of the `framework.json` of a published site, with the words of its theme and its
/// sources. None if it has errors, which are printed.
pub fn plan(site: &Path, stages: &mut Stages) -> anyhow::Result<Option<(Plan, Words, Sources)>> {
    if !site.is_file() {
        let args = SiteArgs { dir: site.to_owned() };
        let Planned { sources, plan, theme, diagnostics } = planned(&args, stages)?;
        let Some(theme) = theme else {
            report::show(&diagnostics, &sources);
            return Ok(None);
        };
        return Ok(Some((plan, theme.look.words, sources)));
    }
    let bytes = std::fs::read(site).with_context(|| format!("cannot read {}", site.display()))?;
    let sources = framework::sources(&bytes).with_context(|| format!("{}", site.display()))?;
    let (plan, diagnostics) = crate::compile(&sources, None);
    stages.done("compile", format_args!("{} pages planned", plan.pages.len()));
    // The site was checked when it was published; images and included files are not in the file.
    let absent = [Code::UnknownAsset, Code::MissingFile];
    let mut wrong = Diagnostics::new();
    diagnostics.iter().filter(|d| !absent.contains(&d.code)).for_each(|d| wrong.push(d.clone()));
    if wrong.has_errors() {
        report::show(&wrong, &sources);
        return Ok(None);
    }
    let theme = Theme::load(&Default::default(), &plan.catalog.site.locale);
    let theme = theme.map_err(|e| anyhow::anyhow!("the words of the default theme: {}", e.message))?;
    Ok(Some((plan, theme.look.words, sources)))
}

fn check_folder(args: &SiteArgs) -> anyhow::Result<()> {
    if !args.dir.join("content").is_dir() {
        anyhow::bail!(
            "{}: there is no folder `content` here; `worthwhile init DIR` makes a site to start from",
            args.dir.display()
        );
    }
    Ok(())
}
