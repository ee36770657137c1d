//! `worthwhile assess`: what is worthwhile for one situation, and why.

mod ask;
mod decision;
mod explain;
mod guards;
pub(super) mod layout;
mod markdown;
pub(super) mod situation;
mod text;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::compile;
use super::report::{self, Stages};
use super::{FINDINGS, FINE, SiteArgs, Talk, USAGE};
use crate::assess::assess;
use crate::diagnostic::{Diagnostics, Severity};
use crate::export::assessment::{document, to_text};
use crate::model::Kind;
use crate::read::Sources;
use crate::words::judged::judged;
use explain::Sheet;
use layout::{Layout, print};
use situation::{SituationArgs, unknown_id};

#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub struct AssessArgs {
    #[command(flatten)]
    site: SiteArgs,
    #[command(flatten)]
    situation: SituationArgs,
    /// How the assessment is printed
    #[arg(long, value_enum, default_value = "text")]
    format: AssessmentFormat,
    /// All about one capability, statement by statement
    #[arg(long, value_name = "CAPABILITY")]
    explain: Option<String>,
    /// Ask for facts, the best question first
    #[arg(long)]
    ask: bool,
    /// Save the facts as a profile
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Fail (exit code 1) if a capability has this verdict; several: load-testing=adopt,prepare
    #[arg(long, value_name = "CAPABILITY=VERDICT")]
    fail_on: Vec<String>,
    /// Say whether the premises of a decision record still hold; exit code 1 if not
    #[arg(long, value_name = "FILE", conflicts_with_all = ["ask", "explain", "fail_on", "save"])]
    decision: Option<PathBuf>,
}

const AFTER_HELP: &str = "\
Examples:
  worthwhile assess --case small-shop --explain automated-rollback
  worthwhile assess --fact releases_per_week=8 --fact peaks=sales,campaigns
  worthwhile assess --ask --save mine.yaml
  worthwhile assess --profile mine.yaml --fail-on automated-rollback=adopt";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum AssessmentFormat {
    /// For people
    Text,
    /// For programs
    Json,
    /// For a page or a pull request
    Md,
}

pub fn run(args: &AssessArgs, talk: Talk) -> anyhow::Result<u8> {
    let mut stages = Stages::start(talk.verbose);
    let Some((plan, _, mut sources)) = compile::plan(&args.site.dir, &mut stages)? else { return Ok(FINDINGS) };
    let catalog = &plan.catalog;
    let layout = Layout::of_terminal();
    if let Some(path) = &args.decision {
        let (checked, diagnostics) = decision::check(&plan, path, &args.situation, &mut sources)?;
        let wrong = wrong(&diagnostics, &sources);
        let Some(checked) = checked else { return Ok(wrong.unwrap_or(FINDINGS)) };
        match args.format {
            AssessmentFormat::Json => print(&to_text(&checked.document(&plan)))?,
            AssessmentFormat::Text => print(&checked.text(catalog, layout))?,
            AssessmentFormat::Md => print(&checked.markdown(catalog))?,
        }
        return Ok(if checked.holds() { FINE } else { FINDINGS });
    }

    let (mut situation, mut diagnostics) = args.situation.read(catalog, &mut sources)?;
    let (guards, found) = guards::parse(catalog, &args.fail_on, &mut sources);
    diagnostics.extend(found);
    let explained = args.explain.as_deref().and_then(|id| {
        let key = catalog.resolve(&format!("{}:{id}", Kind::Capability));
        let place = key.and_then(|key| catalog.capabilities.iter().position(|c| c.id == key.id));
        if place.is_none() {
            let ids = catalog.capabilities.iter().map(|c| c.id.as_str());
            diagnostics.push(unknown_id("--explain", Kind::Capability, id, ids, &mut sources));
        }
        place
    });
    if let Some(code) = wrong(&diagnostics, &sources) {
        return Ok(code);
    }
    if args.ask {
        // Before anybody has answered twenty questions.
        args.save.as_deref().map_or(Ok(()), ask::can_save)?;
        ask::ask(catalog, &mut situation, &mut std::io::stdin().lock(), layout)?;
    }
    if let Some(path) = &args.save {
        ask::save(catalog, &situation, path)?;
        if !talk.quiet {
            eprintln!("saved as {}", path.display());
        }
    }
    let assessment = assess(catalog, &situation.profile);
    stages.done("assess", "");
    let one = explained.and_then(|n| judged(catalog, &assessment, &situation.profile).nth(n));
    match (args.format, one) {
        (AssessmentFormat::Json, one) => {
            let mut document = document(catalog, &situation.profile, &assessment);
            if let Some(one) = one {
                document.capabilities.retain(|c| c.id == one.capability.id);
            }
            print(&to_text(&document))?;
        }
        (AssessmentFormat::Text, Some(one)) => print(&explain::explain(one, Sheet::Terminal(layout)))?,
        (AssessmentFormat::Md, Some(one)) => print(&explain::explain(one, Sheet::Markdown))?,
        (AssessmentFormat::Text, None) => print(&text::assessment(catalog, &situation, &assessment, layout))?,
        (AssessmentFormat::Md, None) => print(&markdown::assessment(catalog, &situation, &assessment))?,
    }
    let fired = guards::fired(catalog, &assessment, &guards);
    fired.iter().for_each(|sentence| eprintln!("guard {sentence}"));
    Ok(if fired.is_empty() { FINE } else { FINDINGS })
}

/// Prints what is wrong; the exit code if that ends the run. A pipeline tells by it what is to be mended: its own
/// command, or a file.
pub(super) fn wrong(diagnostics: &Diagnostics, sources: &Sources) -> Option<u8> {
    report::show(diagnostics, sources);
    let mut errors = diagnostics.iter().filter(|d| d.severity() == Severity::Error).peekable();
    errors.peek()?;
    Some(if errors.any(|error| situation::is_argument(&error.span.file)) { USAGE } else { FINDINGS })
}
