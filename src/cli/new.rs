//! `worthwhile new`: one thing more, with the right keys, linked in where that can be known.

mod texts;

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::bail;
use clap::Args;

use super::files::{replace, write_new};
use super::{FINDINGS, FINE, SiteArgs, Talk, USAGE, compile, report, told};
use crate::assess::assess;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, nearest};
use crate::export::hashes;
use crate::model::{FactType, Key, Kind, Profile};
use crate::parse::{self, Drafts, fault_of_id, id_of};
use crate::read::Sources;
use crate::record::{self, Decided};

#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub struct NewArgs {
    /// What to add
    #[arg(value_enum)]
    kind: What,
    /// Its id: lower-case letters, digits and hyphens (facts: underscores); pages may stand in folders, `guides/first`
    id: String,
    /// The site's folder
    #[arg(long, default_value = ".")]
    dir: PathBuf,
    /// What readers call it [default: made from the id]
    #[arg(long)]
    title: Option<String>,
    /// The layer of a capability or a component [default: the first]
    #[arg(long, value_name = "ID")]
    layer: Option<String>,
    /// The type of a fact [default: boolean]
    #[arg(long = "type", value_name = "TYPE", value_parser = FactType::ALL.map(FactType::name))]
    fact_type: Option<String>,
    /// The file in content/facts/ that a fact goes to [default: the first]
    #[arg(long, value_name = "NAME")]
    topic: Option<String>,
    /// The capability that a decision is about [default: the first]
    #[arg(long, value_name = "ID")]
    capability: Option<String>,
}

const AFTER_HELP: &str = "\
Examples:
  worthwhile new layer resilience
  worthwhile new capability feature-flags --layer enhancements --title \"Feature flags\"
  worthwhile new fact microservices --type integer --topic services
  worthwhile new option linkerd
  worthwhile new page guides/first-steps

What is there already is never written over. What was added checks, and the places that are yours to fill in are
listed: they say TODO.";

/// The kinds of thing that can be added: all but triggers, which stand in their capability.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum What {
    Layer,
    Capability,
    Option,
    Fact,
    Component,
    Case,
    Decision,
    Page,
}

impl What {
    fn kind(self) -> Kind {
        match self {
            What::Layer => Kind::Layer,
            What::Capability => Kind::Capability,
            What::Option => Kind::Option,
            What::Fact => Kind::Fact,
            What::Component => Kind::Component,
            What::Case => Kind::Case,
            What::Decision => Kind::Decision,
            What::Page => Kind::Page,
        }
    }
}

/// A file as it will be: a new one, or one that grows.
struct Written {
    /// Relative to the site's folder.
    path: String,
    text: String,
    /// Where what is new starts in `text`.
    start: usize,
    /// What to do next that this verb cannot know.
    next: Option<String>,
}

/// Why nothing is added.
struct Refused {
    /// The exit code.
    code: u8,
    why: String,
}

/// The arguments do not mean anything.
fn misused(why: String) -> Refused {
    Refused { code: USAGE, why }
}

/// They do, but what the site holds is in the way.
impl From<String> for Refused {
    fn from(why: String) -> Self {
        Refused { code: FINDINGS, why }
    }
}

pub fn run(args: &NewArgs, talk: Talk) -> anyhow::Result<u8> {
    let site = SiteArgs { dir: args.dir.clone() };
    let sources = compile::sources(&site)?;
    let (drafts, _) = parse::parse(&sources);
    let written = match written(args, &drafts, &sources) {
        Ok(written) => written,
        Err(Refused { code, why }) => {
            eprintln!("error: {why}");
            return Ok(code);
        }
    };

    // Before anything is written, the whole site is looked at with it.
    let mut with = sources.clone();
    let path: Arc<str> = Arc::from(written.path.as_str());
    with.files.insert(path.clone(), Arc::from(written.text.as_bytes()));
    let (before, after) = (crate::compile(&sources, None).1, crate::compile(&with, None).1);
    let new = added(&before, &after);
    if new.iter().any(|d| d.severity() == Severity::Error && d.span.file == path) {
        report::show(&new, &with);
        bail!("{}: nothing was written: what would be added does not fit what is there; add it by hand", written.path);
    }
    let target = args.dir.join(&written.path);
    match sources.files.get(&path) {
        Some(old) => replace(&target, old, written.text.as_bytes())?,
        None => write_new(&target, &written.text)?,
    }
    if !talk.quiet {
        let verb = if written.start > 0 { "added to" } else { "written" };
        eprintln!("{}: {verb}", told(&target));
        let first = 1 + written.text[..written.start].matches('\n').count();
        for (n, line) in written.text[written.start..].lines().enumerate() {
            if let Some((_, todo)) = line.split_once("TODO ") {
                eprintln!("  {:>3}  {}", first + n, todo.trim_end_matches(['\'', '"']));
            }
        }
        written.next.iter().for_each(|next| eprintln!("next: {next}"));
        report::show(&new, &with);
    }
    Ok(FINE)
}

/// What the second run found and the first did not.
fn added(before: &Diagnostics, after: &Diagnostics) -> Diagnostics {
    // No condition can read a fact that was not there; what to do next says so. What is to be written is listed.
    let known = |d: &Diagnostic| {
        [Code::IdleFact, Code::Unfinished].contains(&d.code)
            || before.iter().any(|b| (b.code, &b.message) == (d.code, &d.message))
    };
    let mut new = Diagnostics::new();
    after.iter().filter(|d| !known(d)).for_each(|d| new.push(d.clone()));
    new
}

fn written(args: &NewArgs, drafts: &Drafts, sources: &Sources) -> Result<Written, Refused> {
    let kind = args.kind.kind();
    let id = args.id.as_str();
    let options: [(&str, bool, &[What]); 4] = [
        ("--layer", args.layer.is_some(), &[What::Capability, What::Component]),
        ("--type", args.fact_type.is_some(), &[What::Fact]),
        ("--topic", args.topic.is_some(), &[What::Fact]),
        ("--capability", args.capability.is_some(), &[What::Decision]),
    ];
    if let Some((option, _, of)) = options.iter().find(|(_, given, of)| *given && !of.contains(&args.kind)) {
        let of: Vec<String> = of.iter().map(|what| format!("a {}", what.kind())).collect();
        return Err(misused(format!("`{option}` is for {}", of.join(" or "))));
    }
    let joint = if args.kind == What::Fact { '_' } else { '-' };
    let parts: Vec<&str> = if args.kind == What::Page { id.split('/').collect() } else { vec![id] };
    if let Some(fault) = parts.iter().find_map(|part| fault_of_id(part, joint)) {
        let parts: Option<Vec<String>> = parts.iter().map(|part| id_of(part, usize::MAX, joint)).collect();
        let near = parts.map(|parts| format!("; did you mean `{}`?", parts.join("/"))).unwrap_or_default();
        return Err(misused(format!("`{id}` is no id: {fault}{near}")));
    }
    if let Some(taken) = texts::taken(drafts, kind, id) {
        return Err(format!("the {kind} `{id}` is there already: {taken}").into());
    }
    let title = args.title.clone().unwrap_or_else(|| texts::title(parts.last().unwrap_or(&id)));
    let layer = || {
        let mut layers: Vec<_> = drafts.layers.iter().collect();
        layers.sort_by_key(|layer| layer.order);
        pick("layer", args.layer.as_deref(), layers.iter().map(|l| l.id.as_str()))
    };
    let (file, text, next) = match args.kind {
        What::Layer => (format!("{id}.yaml"), texts::layer(drafts, &title), None),
        What::Capability => {
            let layer = layer()?;
            (format!("{id}.yaml"), texts::capability(drafts, &title, layer), None)
        }
        What::Option => {
            let next = format!("name it in the trade-off of a capability: `- {{ option: {id} }}`");
            (format!("{id}.yaml"), texts::option(&title), Some(next))
        }
        What::Component => {
            let next = format!("name it in a capability: `builds_on: [{{ component: {id}, adds: … }}]`");
            (format!("{id}.yaml"), texts::component(&title, layer()?), Some(next))
        }
        What::Fact => return fact(args, &title, sources),
        What::Case => (format!("{id}.yaml"), texts::case(drafts, &title), None),
        What::Decision => {
            let next = "say why, under Decision Outcome; `worthwhile decide` records another option, and the facts of a situation";
            (format!("{id}.md"), decision(args, sources)?, Some(next.into()))
        }
        What::Page => (format!("{id}.md"), texts::page(drafts, id, &title), None),
    };
    let path = format!("content/{}/{file}", kind.folder());
    if sources.files.contains_key(path.as_str()) {
        return Err(format!("{path} is there already").into());
    }
    Ok(Written { path, text, start: 0, next })
}

/// The record of keeping what one has, with nothing known: what `decide` writes, to start from.
fn decision(args: &NewArgs, sources: &Sources) -> Result<String, Refused> {
    let (plan, found) = crate::compile(sources, None);
    if found.has_errors() {
        return Err("a decision rests on the whole site, and the site has errors: worthwhile check".to_owned().into());
    }
    let catalog = &plan.catalog;
    let assessment = assess(catalog, &Profile::default());
    let with_verdict = catalog.capabilities.iter().zip(&assessment.capabilities).filter(|(_, a)| a.verdict.is_some());
    let ids: Vec<&str> = match &args.capability {
        Some(_) => catalog.capabilities.iter().map(|c| c.id.as_str()).collect(),
        None => with_verdict.map(|(c, _)| c.id.as_str()).collect(),
    };
    if ids.is_empty() && !catalog.capabilities.is_empty() {
        let why = "no capability has a verdict to decide on: give its statements conditions, `when: …`";
        return Err(why.to_owned().into());
    }
    let id = pick("capability", args.capability.as_deref(), ids.into_iter())?;
    let place = catalog.capabilities.iter().position(|c| c.id == id).expect("it was picked from the catalog");
    let (capability, assessed) = (&catalog.capabilities[place], &assessment.capabilities[place]);
    let Some(verdict) = assessed.verdict else {
        return Err(
            format!("`{id}` is guidance only: no condition decides it, so a decision would rest on nothing").into()
        );
    };
    let Some(choice) = record::choice(catalog, capability, "keep") else {
        return Err(format!("`{id}` offers no choice").into());
    };
    let hashes = hashes(&plan, &Key::new(Kind::Capability, id));
    let date = texts::today();
    let decided = Decided {
        catalog,
        capability,
        assessment: assessed,
        profile: &Profile::default(),
        choice: &choice,
        hashes: (&hashes.rules, &hashes.prose),
        date: Some(&date),
    };
    Ok(record::write(decided, verdict))
}

/// The id that was asked for, or the first.
fn pick<'a>(kind: &str, asked: Option<&str>, ids: impl Iterator<Item = &'a str>) -> Result<&'a str, Refused> {
    let ids: Vec<&str> = ids.collect();
    let Some(asked) = asked else {
        return ids.first().copied().ok_or_else(|| format!("there is no {kind} yet: worthwhile new {kind} ID").into());
    };
    ids.iter().find(|id| **id == asked).copied().ok_or_else(|| {
        let near = nearest(asked, ids.iter().copied());
        let help = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        misused(format!("there is no {kind} `{asked}`{help}"))
    })
}

/// A fact goes to the end of its topic's file.
fn fact(args: &NewArgs, title: &str, sources: &Sources) -> Result<Written, Refused> {
    let mut topics = sources.below("content/facts/").map(|(path, _)| path.to_string());
    let path = match &args.topic {
        Some(topic) => match fault_of_id(topic, '-') {
            Some(fault) => return Err(misused(format!("`{topic}` is no name of a topic: {fault}"))),
            None => format!("content/facts/{topic}.yaml"),
        },
        None => topics.find(|path| path.ends_with(".yaml")).unwrap_or_else(|| "content/facts/general.yaml".into()),
    };
    let mut text = sources.text(&path).unwrap_or_default();
    if !text.is_empty() {
        text.truncate(text.trim_end().len());
        text.push_str("\n\n");
    }
    let start = text.len();
    let fact_type = args.fact_type.as_deref().unwrap_or(FactType::Boolean.name());
    text.push_str(&texts::fact(&args.id, title, fact_type));
    let next = format!("read it in a condition: `when: {}`", texts::condition(&args.id, fact_type));
    Ok(Written { path, text, start, next: Some(next) })
}
