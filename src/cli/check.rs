//! `worthwhile check`: all that a build would find, without the writing; with `--fix`, what can be mended without thought is.

use clap::Args;

use super::compile::{self, Planned};
use super::mend;
use super::report::{self, Format, Stages};
use super::{FINDINGS, FINE, SiteArgs, Talk};
use crate::diagnostic::terminal;
use crate::output::Site;

#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub struct CheckArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// How findings are printed
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// Mend what can be mended without thought, in the files of content/; say what was done
    #[arg(long)]
    fix: bool,
}

const AFTER_HELP: &str = "\
Examples:
  worthwhile check                         everything that is wrong, at its line and column
  worthwhile check mysite --fix            write the names that were meant, quote conditions, add ids
  worthwhile check --format sarif >a.sarif for a code host or an editor
  worthwhile check --format github         annotations in the log of a workflow

--fix is for: names that are near one other name only, YAML tags that were meant as conditions, `and`, `or`, `=` in
conditions, byte order marks, text that was decoded twice, triggers without an id, and content of an older format.";

pub fn run(args: &CheckArgs, talk: Talk) -> anyhow::Result<u8> {
    if args.fix {
        mend::run(&args.site, talk)?;
    }
    let mut stages = Stages::shown(talk);
    let Planned { sources, plan, theme, mut diagnostics } = compile::planned(&args.site, &mut stages)?;
    // Only a site's own templates can fail; those of the program never do.
    if let Some(theme) = theme.filter(|_| sources.files.keys().any(|path| path.starts_with("themes/"))) {
        let site = Site::new(plan, theme).complete();
        stages.progress.at("making", site.outputs.len());
        diagnostics.extend(site.check(&sources, &|| stages.progress.one()));
        diagnostics.sort();
        stages.done("render", format_args!("{} files", site.outputs.len()));
    }
    stages.hide();
    report::print(&diagnostics, &sources, args.format, &args.site.dir)?;
    if diagnostics.has_errors() {
        return Ok(FINDINGS);
    }
    if !talk.quiet && args.format == Format::Human {
        let found = if diagnostics.is_empty() { "nothing to mend".to_owned() } else { terminal::totals(&diagnostics) };
        eprintln!("checked {} files: {found}", sources.files.len());
    }
    Ok(FINE)
}
