//! `--decision`: whether the premises of a recorded decision still hold.

use std::path::Path;

use serde::Serialize;

use super::layout::Layout;
use super::situation::{Situation, SituationArgs, add_file};
use crate::assess::Assessor;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::export::{SCHEMA_VERSION, hashes};
use crate::link::Catalog;
use crate::model::{Key, Kind};
use crate::plan::Plan;
use crate::profile::of_written;
use crate::read::Sources;
use crate::record::{self, Finding, Premises, escape};
use crate::{parse, words};

/// What became of the premises.
pub struct Checked {
    pub premises: Premises,
    pub findings: Vec<Finding>,
}

/// The document of `--decision … --format json`.
#[derive(Serialize)]
pub struct Document<'a> {
    schema_version: &'static str,
    capability: &'a str,
    option: &'a str,
    holds: bool,
    findings: Vec<FindingJson<'a>>,
}

#[derive(Serialize)]
struct FindingJson<'a> {
    breaks: bool,
    text: &'a str,
}

impl Checked {
    pub fn holds(&self) -> bool {
        !self.findings.iter().any(|f| f.breaks)
    }

    /// The capability with what was chosen, and what became of that.
    fn sentences(&self, catalog: &Catalog) -> (String, String) {
        let title = format!("{}: {}", catalog.capabilities[self.premises.capability].title, self.premises.choice.title);
        let verdict = words::reasons::verdict(catalog, self.premises.verdict, self.premises.settled);
        let outcome = match self.holds() {
            true => format!("The premises still hold; the verdict is \"{verdict}\"."),
            false => "The premises no longer hold:".to_owned(),
        };
        (title, outcome)
    }

    pub fn text(&self, catalog: &Catalog, layout: Layout) -> String {
        let (title, outcome) = self.sentences(catalog);
        let mut text = format!("{}\n{}", layout.bold(&title), layout.hang(0, "", &outcome));
        self.findings.iter().for_each(|f| text.push_str(&layout.hang(2, "- ", &f.text)));
        text
    }

    pub fn markdown(&self, catalog: &Catalog) -> String {
        let (title, outcome) = self.sentences(catalog);
        let findings: Vec<String> = self.findings.iter().map(|f| format!("- {}\n", escape(&f.text))).collect();
        let list = if findings.is_empty() { String::new() } else { format!("\n{}", findings.concat()) };
        format!("# {}\n\n{}\n{list}", escape(&title), escape(&outcome))
    }

    pub fn document<'a>(&'a self, plan: &'a Plan) -> Document<'a> {
        Document {
            schema_version: SCHEMA_VERSION,
            capability: &plan.catalog.capabilities[self.premises.capability].id,
            option: &self.premises.choice.id,
            holds: self.holds(),
            findings: self.findings.iter().map(|f| FindingJson { breaks: f.breaks, text: &f.text }).collect(),
        }
    }
}

/// Reads a record and checks it against the situation; facts that nobody names are those of the record. None if the
/// record cannot be used, which is reported.
pub fn check(
    plan: &Plan,
    path: &Path,
    args: &SituationArgs,
    sources: &mut Sources,
) -> anyhow::Result<(Option<Checked>, Diagnostics)> {
    let catalog = &plan.catalog;
    let file = add_file(path, sources)?;
    let (written, mut diagnostics) = parse::profile::record(&file, sources);
    let Some(written) = written else { return Ok((None, diagnostics)) };
    let key = catalog.resolve(&format!("{}:{}", Kind::Capability, written.capability.value));
    let place = key.and_then(|key| catalog.capabilities.iter().position(|c| c.id == key.id));
    let Some(place) = place else {
        let id = &written.capability.value;
        let ids = catalog.capabilities.iter().map(|c| c.id.as_str());
        let message = format!("there is no capability `{id}`");
        diagnostics.push(Diagnostic::new(Code::UnknownId, written.capability.span, message).nearest(id, ids));
        return Ok((None, diagnostics));
    };
    let capability = &catalog.capabilities[place];
    let Some(choice) = record::choice(catalog, capability, &written.option.value) else {
        let id = &written.option.value;
        let choices = record::choices(catalog, capability);
        let message = format!("{} has no option `{id}`", capability.title);
        let diagnostic = Diagnostic::new(Code::UnknownId, written.option.span, message);
        diagnostics.push(diagnostic.nearest(id, choices.iter().map(|c| c.id.as_str())));
        return Ok((None, diagnostics));
    };
    let (profile, found) = of_written(catalog, written.facts);
    diagnostics.extend(found);
    let premises = Premises {
        capability: place,
        choice,
        verdict: written.verdict.value,
        settled: written.settled,
        rules: written.rules,
        prose: written.prose,
        profile,
    };
    let recorded = Situation { name: "As recorded".into(), profile: premises.profile.clone() };
    let (situation, found) = args.read_over(recorded, catalog, sources)?;
    diagnostics.extend(found);
    if diagnostics.has_errors() {
        return Ok((None, diagnostics));
    }
    let assessor = Assessor::new(catalog);
    let (then, now) = (assessor.assess(&premises.profile), assessor.assess(&situation.profile));
    let hashes = hashes(plan, &Key::new(Kind::Capability, &capability.id));
    let findings = record::check(catalog, &premises, &then, &now, &situation.profile, (&hashes.rules, &hashes.prose));
    Ok((Some(Checked { premises, findings }), diagnostics))
}
