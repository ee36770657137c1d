//! Reading and compiling a site's folder, as every verb that needs one does.

use super::SiteArgs;
use super::report::Stages;
use crate::diagnostic::Diagnostics;
use crate::output::{self, Site};
use crate::read::dates::dates;
use crate::read::{Sources, read};

/// A site's folder, compiled.
pub struct Compiled {
    pub sources: Sources,
    /// None if there are errors.
    pub site: Option<Site>,
    pub diagnostics: Diagnostics,
}

/// Reads and compiles a site's folder. A base URL from the command line overrides that of the site.
pub fn run(args: &SiteArgs, base_url: Option<&str>, stages: &mut Stages) -> anyhow::Result<Compiled> {
    run_with(args, base_url, false, stages)
}

/// The same; `conformance` adds the conformance vectors to what is published.
pub fn run_with(
    args: &SiteArgs,
    base_url: Option<&str>,
    conformance: bool,
    stages: &mut Stages,
) -> anyhow::Result<Compiled> {
    let sources = sources(args)?;
    stages.done("read", format_args!("{} files", sources.files.len()));
    let (mut plan, mut diagnostics) = crate::compile(&sources, base_url);
    if plan.catalog.site.dates {
        plan.dates = dates(&args.dir)?;
        stages.done("dates", format_args!("{} files", plan.dates.len()));
    }
    if conformance {
        plan.publish_conformance();
    }
    stages.done("compile", format_args!("{} pages planned", plan.pages.len()));
    let site = output::site(&sources, plan, &mut diagnostics);
    stages.done("theme", "");
    Ok(Compiled { sources, site, diagnostics })
}

/// Reads a site's folder.
pub fn sources(args: &SiteArgs) -> anyhow::Result<Sources> {
    if !args.dir.join("content").is_dir() {
        anyhow::bail!(
            "{}: there is no folder `content` here; `worthwhile init DIR` makes a site to start from",
            args.dir.display()
        );
    }
    Ok(read(&args.dir)?)
}
