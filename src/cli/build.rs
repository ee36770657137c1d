//! `worthwhile build`: compile the site and write it.

use std::io::Write;
use std::path::{Component, Path, PathBuf};

use clap::Args;

use super::compile::{self, Compiled, ToPublish};
use super::report::{self, Format, Stages};
use super::{FINDINGS, FINE, SiteArgs, Talk, told};
use crate::diagnostic::terminal;
use crate::parse::is_site_address;
use crate::publish::{self, Beside, Failure, Routes, publish_made};

#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub struct BuildArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// Where the site is written [default: public/ in DIR]
    #[arg(long)]
    out: Option<PathBuf>,
    /// The address at which the site will stand; overrides base_url of site.yaml
    #[arg(long, value_name = "URL", value_parser = site_address)]
    base_url: Option<String>,
    /// Publish conformance vectors for other engines too, as `conformance: true` of site.yaml does
    #[arg(long)]
    conformance: bool,
    /// Write into a folder that holds files which are not ours; they stay
    #[arg(long)]
    force: bool,
    /// How findings are printed
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

const AFTER_HELP: &str = "\
Examples:
  worthwhile build                                 content/ here -> public/
  worthwhile build mysite --out /srv/www/decisions
  worthwhile build --base-url https://example.org/decisions/

The site is written whole or not at all: as long as anything is wrong, the old one stays. Files that an earlier build
wrote and this one does not are removed; files that are not ours are never touched.";

pub fn run(args: &BuildArgs, talk: Talk) -> anyhow::Result<u8> {
    let out = args.out.clone().unwrap_or_else(|| args.site.dir.join("public"));
    outside_of_what_is_read(&out, &args.site.dir)?;
    let mut stages = Stages::shown(talk);
    let how = ToPublish { base_url: args.base_url.as_deref(), conformance: args.conformance };
    let Compiled { sources, site, mut diagnostics } = compile::run(&args.site, how, &mut stages)?;
    let Some(site) = site else {
        stages.hide();
        report::print(&diagnostics, &sources, args.format, &args.site.dir)?;
        return Ok(FINDINGS);
    };

    let options = publish::Options { force: args.force, ..publish::Options::default() };
    let routes: Routes = site.outputs.keys().cloned().collect();
    let progress = &stages.progress;
    progress.at("writing", routes.len());
    let make = |route: &str, out: &mut dyn Write, beside: Option<&Beside>| {
        progress.one();
        let beside = beside.map(|beside| {
            move |route: &str, bytes: &[u8]| {
                progress.one();
                beside(route, bytes)
            }
        });
        site.make(route, out, beside.as_ref().map(|beside| beside as &Beside))
    };
    let published = publish_made(&routes, &site.first(), make, &out, &options);
    stages.hide();
    let receipt = match published {
        Ok(receipt) => receipt,
        Err(Failure::Unmade(errors)) => {
            diagnostics.extend(site.faults(&errors, &sources));
            diagnostics.sort();
            report::print(&diagnostics, &sources, args.format, &args.site.dir)?;
            return Ok(FINDINGS);
        }
        Err(Failure::World(error)) => return Err(error),
    };
    report::print(&diagnostics, &sources, args.format, &args.site.dir)?;
    stages.done(
        "publish",
        format_args!("{} kB, {} written, {} unchanged", receipt.bytes / 1000, receipt.written, receipt.unchanged),
    );
    receipt.notes.iter().for_each(|note| eprintln!("note: {note}"));
    if receipt.file_by_file {
        eprintln!("note: {} could not be exchanged as a whole; it was updated file by file", out.display());
    }
    if !talk.quiet {
        let pages = site.plan.pages.len();
        let warnings =
            if diagnostics.is_empty() { String::new() } else { format!(", {}", terminal::totals(&diagnostics)) };
        let took = stages.total().as_millis();
        eprintln!("{pages} pages in {} ({} files, {took} ms{warnings})", told(&out), routes.len());
        eprintln!("open it: {}", told(&out.join("index.html")));
        if site.plan.catalog.site.base_url.is_none() {
            eprintln!("note: without a base URL there is no sitemap and there are no canonical addresses (--base-url)");
        }
    }
    Ok(FINE)
}

/// Refuses a folder that the next build would read as content, or as a theme.
fn outside_of_what_is_read(out: &Path, dir: &Path) -> anyhow::Result<()> {
    let target = real(out);
    for folder in ["content", "themes"] {
        if target.starts_with(real(&dir.join(folder))) {
            anyhow::bail!(
                "{}: this is inside of `{folder}`, which the next build reads: name a folder beside it, such as `{}`",
                out.display(),
                dir.join("public").display()
            );
        }
    }
    Ok(())
}

/// A path without links and detours, as far as it is there.
fn real(path: &Path) -> PathBuf {
    let mut real = std::env::current_dir().unwrap_or_default();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(real.pop()),
            part => real.push(part),
        }
        real = std::fs::canonicalize(&real).unwrap_or(real);
    }
    real
}

/// The address of a site, as site.yaml may hold it.
fn site_address(text: &str) -> Result<String, &'static str> {
    is_site_address(text).then(|| text.to_owned()).ok_or("write it as https://example.org/decisions/")
}
