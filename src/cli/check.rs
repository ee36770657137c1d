//! `worthwhile check`: all of build but the writing.

use clap::Args;

use super::compile::{self, Compiled};
use super::report::{self, Format, Stages};
use super::{FINDINGS, FINE, SiteArgs, Talk};
use crate::diagnostic::terminal;

#[derive(Args)]
pub struct CheckArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// How findings are printed
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

pub fn run(args: &CheckArgs, talk: Talk) -> anyhow::Result<u8> {
    let mut stages = Stages::start(talk.verbose);
    let Compiled { sources, site, mut diagnostics } = compile::run(&args.site, None, &mut stages)?;
    if let Some(site) = &site {
        diagnostics.extend(site.check(&sources));
        diagnostics.sort();
        stages.done("render", format_args!("{} files", site.outputs.len()));
    }
    report::print(&diagnostics, &sources, args.format);
    if diagnostics.has_errors() {
        return Ok(FINDINGS);
    }
    if !talk.quiet && args.format == Format::Human {
        let found = if diagnostics.is_empty() { "nothing to mend".to_owned() } else { terminal::totals(&diagnostics) };
        eprintln!("checked {} files: {found}", sources.files.len());
    }
    Ok(FINE)
}
