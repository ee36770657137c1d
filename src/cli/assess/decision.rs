//! `--decision`: whether the premises of a recorded decision still hold.

use std::path::Path;

use serde::Serialize;

use super::layout::Layout;
use super::situation::{Situation, SituationArgs, add_file};
use crate::assess::Assessor;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::export::{SCHEMA_VERSION, hashes};
use crate::model::{Key, Kind};
use crate::plan::Plan;
use crate::profile::of_written;
use crate::read::Sources;
use crate::record::{self, Finding, Premises};
use crate::{parse, words};

/// What became of the premises.
pub struct Checked {
    pub premises: Premises,
    pub findings: Vec<Finding>,
    pub text: String,
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
    layout: Layout,
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
    let mut text = format!("{}\n", layout.bold(&format!("{}: {}", capability.title, premises.choice.title)));
    let holds = !findings.iter().any(|f| f.breaks);
    let verdict = words::reasons::verdict(catalog, premises.verdict, premises.settled);
    text.push_str(&match holds {
        true => layout.hang(0, "", &format!("The premises still hold; the verdict is \"{verdict}\".")),
        false => layout.hang(0, "", "The premises no longer hold:"),
    });
    findings.iter().for_each(|f| text.push_str(&layout.hang(2, "- ", &f.text)));
    Ok((Some(Checked { premises, findings, text }), diagnostics))
}
