//! `worthwhile diff`: which verdicts change between two profiles, or between two sites for one profile, and why.

use std::path::{Path, PathBuf};

use clap::Args;

use super::assess::layout::{Layout, few, print};
use super::assess::situation::{Situation, of_file, of_name};
use super::assess::wrong;
use super::compile;
use super::report::Stages;
use super::{FINDINGS, FINE, Talk, USAGE};
use crate::assess::{Assessment, assess};
use crate::diagnostic::Diagnostics;
use crate::export::{cel, hashes};
use crate::framework;
use crate::link::Catalog;
use crate::model::condition::FactIx;
use crate::model::{Condition, Key, Kind};
use crate::plan::Plan;
use crate::read::Sources;
use crate::words;
use crate::words::judged::{Judged, judged};

#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub struct DiffArgs {
    /// A profile file or a case; with --profile, a site's folder or the framework.json of a published site
    a: PathBuf,
    /// What it is compared with
    b: PathBuf,
    /// Compare the sites A and B for this profile
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// The site's folder, when profiles are compared
    #[arg(long, value_name = "DIR", default_value = ".", conflicts_with = "profile")]
    dir: PathBuf,
}

const AFTER_HELP: &str = "\
Examples:
  worthwhile diff small-shop other.yaml                   which verdicts change between two situations
  worthwhile diff old-site new-site --profile mine.yaml   which verdicts change between two sites
  worthwhile diff framework.json . --profile mine.yaml    the same, since a site was published";

/// One side of the comparison.
struct Side {
    plan: Plan,
    sources: Sources,
    situation: Situation,
    assessment: Assessment,
}

pub fn run(args: &DiffArgs, talk: Talk) -> anyhow::Result<u8> {
    let mut stages = Stages::start(talk.verbose);
    let layout = Layout::of_terminal();
    match &args.profile {
        None if is_site(&args.a) || is_site(&args.b) => {
            eprintln!("error: two sites are compared for a profile: name it with `--profile FILE`");
            return Ok(USAGE);
        }
        None => {
            let named = |name: &Path, catalog: &Catalog, sources: &mut Sources| of_name("<A>", name, catalog, sources);
            let a = match side(&args.dir, &args.a, named, &mut stages)? {
                Ok(a) => a,
                Err(code) => return Ok(code),
            };
            let catalog = a.plan.catalog.clone();
            let mut sources = a.sources.clone();
            let (situation, diagnostics) = of_name("<B>", &args.b, &catalog, &mut sources)?;
            if let Some(code) = wrong(&diagnostics, &sources) {
                return Ok(code);
            }
            let assessment = assess(&catalog, &situation.profile);
            let before: Vec<Judged> = judged(&catalog, &a.assessment, &a.situation.profile).collect();
            let after: Vec<Judged> = judged(&catalog, &assessment, &situation.profile).collect();
            let mut out = format!("{}\n", layout.bold(&format!("{} -> {}", a.situation.name, situation.name)));
            out.push_str(&facts(&catalog, &a.situation, &situation, layout));
            out.push_str(&verdicts(&before, &after, |_, _| Vec::new(), layout));
            print(&out)?;
        }
        Some(profile) => {
            let a = match side(&args.a, profile, of_file, &mut stages)? {
                Ok(a) => a,
                Err(code) => return Ok(code),
            };
            let b = match side(&args.b, profile, of_file, &mut stages)? {
                Ok(b) => b,
                Err(code) => return Ok(code),
            };
            let before: Vec<Judged> = judged(&a.plan.catalog, &a.assessment, &a.situation.profile).collect();
            let after: Vec<Judged> = judged(&b.plan.catalog, &b.assessment, &b.situation.profile).collect();
            let (from, to) = (args.a.display(), args.b.display());
            let title = format!("{}: {from} -> {to}", a.situation.name);
            let conditions = |was: &Judged, is: &Judged| conditions(&a.plan, was, &b.plan, is);
            print(&format!("{}\n{}", layout.bold(&title), verdicts(&before, &after, conditions, layout)))?;
        }
    }
    Ok(FINE)
}

/// True of what is a site and no profile: a folder, or the framework of a published site.
fn is_site(path: &Path) -> bool {
    // Devices and pipes are read once.
    let framework = || path.is_file() && std::fs::read(path).is_ok_and(|bytes| framework::sources(&bytes).is_ok());
    path.is_dir() || framework()
}

/// A site with a situation; or, if something is wrong with either, which is printed, the exit code.
fn side(
    site: &Path,
    situation: &Path,
    read: impl Fn(&Path, &Catalog, &mut Sources) -> anyhow::Result<(Situation, Diagnostics)>,
    stages: &mut Stages,
) -> anyhow::Result<Result<Side, u8>> {
    let Some((plan, _, mut sources)) = compile::plan(site, stages)? else { return Ok(Err(FINDINGS)) };
    let (situation, diagnostics) = read(situation, &plan.catalog, &mut sources)?;
    if let Some(code) = wrong(&diagnostics, &sources) {
        return Ok(Err(code));
    }
    let assessment = assess(&plan.catalog, &situation.profile);
    Ok(Ok(Side { plan, sources, situation, assessment }))
}

/// The facts that two situations answer differently.
fn facts(catalog: &Catalog, a: &Situation, b: &Situation, layout: Layout) -> String {
    let mut out = String::new();
    for n in 0..catalog.facts.len() {
        let ix = FactIx(n);
        let (was, is) = (a.profile.get(ix), b.profile.get(ix));
        if was == is {
            continue;
        }
        let say = |answer: Option<&crate::model::Answer>| {
            answer.map_or("not answered".to_owned(), |answer| words::answer(catalog, ix, answer))
        };
        out.push_str(&layout.hang(
            2,
            &format!("{}: ", catalog.fact(ix).title),
            &format!("{} -> {}", say(was), say(is)),
        ));
    }
    if out.is_empty() { "  no fact differs\n".into() } else { out }
}

/// Reasons of one side that are shown.
const MOST_REASONS: usize = 5;

/// Every capability whose verdict changes, with the reasons of both sides. `conditions` says what was done to the
/// capability itself.
fn verdicts(
    before: &[Judged],
    after: &[Judged],
    conditions: impl Fn(&Judged, &Judged) -> Vec<String>,
    layout: Layout,
) -> String {
    let mut out = String::new();
    let label = |judged: &Judged| judged.label().unwrap_or_else(|| "guidance only".into());
    let mut same = 0;
    for was in before {
        let Some(is) = after.iter().find(|is| is.capability.id == was.capability.id) else {
            out.push_str(&format!("\n{}: {} -> gone\n", layout.bold(&was.capability.title), label(was)));
            continue;
        };
        if (was.assessment.verdict, was.assessment.settled) == (is.assessment.verdict, is.assessment.settled) {
            same += 1;
            continue;
        }
        let title = layout.bold(&is.capability.title);
        out.push_str(&format!("\n{title}: {} -> {}\n", label(was), label(is)));
        for (lead, reasons) in [
            ("before    ", was.because()),
            ("now       ", is.because()),
            ("although  ", is.although()),
            ("unless    ", is.unless()),
            ("rules     ", conditions(was, is)),
        ] {
            for (n, reason) in few(&reasons, MOST_REASONS).iter().enumerate() {
                out.push_str(&layout.hang(2, if n == 0 { lead } else { "          " }, reason));
            }
        }
    }
    for is in after {
        if !before.iter().any(|was| was.capability.id == is.capability.id) {
            out.push_str(&format!("\n{}: new -> {}\n", layout.bold(&is.capability.title), label(is)));
        }
    }
    let same = match (same, same == before.len() && same == after.len()) {
        (_, true) => "No verdict changes.".to_owned(),
        (0, _) => return out,
        (1, _) => "1 other verdict stays.".to_owned(),
        (n, _) => format!("The other {n} verdicts stay."),
    };
    format!("{out}\n{same}\n")
}

/// The conditions that only one of two sites has.
fn conditions(a: &Plan, was: &Judged, b: &Plan, is: &Judged) -> Vec<String> {
    let key = Key::new(Kind::Capability, &is.capability.id);
    if hashes(a, &key).rules == hashes(b, &key).rules {
        return Vec::new();
    }
    // Compared as CEL: `4` in a folder is `4.0` in a published site.
    let all = |judged: &Judged| -> Vec<(String, String)> {
        let statements = judged.capability.statements();
        let one = |(list, when): (&str, &Condition)| {
            (format!("{list}: {}", cel(judged.catalog, when)), format!("{list}: {}", when.source))
        };
        statements.filter_map(|(list, _, s)| Some(one((list.name(), s.when.as_deref()?)))).collect()
    };
    let (old, new) = (all(was), all(is));
    let only = |these: &[(String, String)], those: &[(String, String)], lead: &str| -> Vec<String> {
        let here = these.iter().filter(|(key, _)| !those.iter().any(|(other, _)| other == key));
        here.map(|(_, text)| format!("{lead} {text}")).collect()
    };
    [only(&old, &new, "no longer"), only(&new, &old, "new in")].concat()
}
