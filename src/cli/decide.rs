//! `worthwhile decide`: a choice as a decision record.

use std::path::PathBuf;

use clap::Args;

use super::assess::layout::print;
use super::assess::situation::{SituationArgs, unknown_id};
use super::assess::wrong;
use super::compile;
use super::files::write_new;
use super::report::Stages;
use super::{FINDINGS, FINE, Talk};
use crate::assess::assess;
use crate::export::hashes;
use crate::model::date::is_date;
use crate::model::{Key, Kind};
use crate::record::{self, Decided};

#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub struct DecideArgs {
    /// The capability that is decided about
    capability: String,
    /// The option that is chosen; `keep` for keeping what you have
    #[arg(long, value_name = "ID")]
    option: String,
    #[command(flatten)]
    situation: SituationArgs,
    /// The site's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    dir: PathBuf,
    /// The date of the decision, as 2026-11-23; left out without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    date: Option<String>,
    /// Write the record to a new file [default: stdout]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

const AFTER_HELP: &str = "\
Examples:
  worthwhile decide automated-rollback --option pipeline-step --case small-shop --out 0001-rollback.md
  worthwhile decide automated-rollback --option keep --fact releases_per_week=4";

pub fn run(args: &DecideArgs, talk: Talk) -> anyhow::Result<u8> {
    let mut stages = Stages::start(talk.verbose);
    let Some((plan, _, mut sources)) = compile::plan(&args.dir, &mut stages)? else { return Ok(FINDINGS) };
    let catalog = &plan.catalog;
    let (situation, mut diagnostics) = args.situation.read(catalog, &mut sources)?;
    let key = catalog.resolve(&format!("{}:{}", Kind::Capability, args.capability));
    let place = key.and_then(|key| catalog.capabilities.iter().position(|c| c.id == key.id));
    let mut choice = None;
    match place {
        None => {
            let ids = catalog.capabilities.iter().map(|c| c.id.as_str());
            diagnostics.push(unknown_id("<CAPABILITY>", Kind::Capability, &args.capability, ids, &mut sources));
        }
        Some(n) => {
            let capability = &catalog.capabilities[n];
            choice = record::choice(catalog, capability, &args.option);
            if choice.is_none() {
                let choices = record::choices(catalog, capability);
                let ids = choices.iter().map(|c| c.id.as_str());
                diagnostics.push(unknown_id("--option", Kind::Option, &args.option, ids, &mut sources));
            }
        }
    }
    if let Some(code) = wrong(&diagnostics, &sources) {
        return Ok(code);
    }
    let (Some(place), Some(choice)) = (place, choice) else { return Ok(FINDINGS) };
    let capability = &catalog.capabilities[place];
    let assessment = assess(catalog, &situation.profile);
    let assessed = &assessment.capabilities[place];
    let Some(verdict) = assessed.verdict else {
        anyhow::bail!(
            "{} is guidance only: no condition decides it, so nothing could tell when to revisit",
            capability.title
        );
    };
    let hashes = hashes(&plan, &Key::new(Kind::Capability, &capability.id));
    let text = record::write(
        Decided {
            catalog,
            capability,
            assessment: assessed,
            profile: &situation.profile,
            choice: &choice,
            hashes: (&hashes.rules, &hashes.prose),
            date: args.date.as_deref(),
        },
        verdict,
    );
    match &args.out {
        None => print(&text)?,
        Some(path) => {
            write_new(path, &text)?;
            if !talk.quiet {
                eprintln!("wrote {}", path.display());
            }
        }
    }
    Ok(FINE)
}

/// A date as ISO 8601 has it.
fn date(text: &str) -> Result<String, String> {
    match is_date(text) {
        true => Ok(text.to_owned()),
        false => Err("write a day of the calendar, as 2026-11-23".into()),
    }
}
