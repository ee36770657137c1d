//! `--fail-on`: verdicts that must not be, for continuous integration.

use std::sync::Arc;

use crate::assess::Assessment;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::link::Catalog;
use crate::model::{Kind, Span, Verdict};
use crate::read::Sources;
use crate::words::reasons;

/// A capability and the verdicts that it must not get.
pub struct Guard {
    /// Place in `Catalog::capabilities`.
    capability: usize,
    verdicts: Vec<Verdict>,
    written: String,
}

/// Guards as written: `service-mesh=adopt`, `service-mesh=adopt,prepare`.
pub fn parse(catalog: &Catalog, arguments: &[String], sources: &mut Sources) -> (Vec<Guard>, Diagnostics) {
    let file: Arc<str> = Arc::from("--fail-on");
    sources.files.insert(file.clone(), Arc::from(arguments.join("\n").as_bytes()));
    let mut guards = Vec::new();
    let mut diagnostics = Diagnostics::new();
    let mut at = 0;
    for argument in arguments {
        let whole = Span::new(&file, at..at + argument.len());
        at += argument.len() + 1;
        let Some((id, words)) = argument.split_once('=') else {
            let message = format!("`{argument}` is not a capability and a verdict");
            diagnostics.push(Diagnostic::new(Code::UnknownValue, whole, message).help("write `service-mesh=adopt`"));
            continue;
        };
        let key = catalog.resolve(&format!("{}:{}", Kind::Capability, id.trim()));
        let capability = key.and_then(|key| catalog.capabilities.iter().position(|c| c.id == key.id));
        if capability.is_none() {
            let ids = catalog.capabilities.iter().map(|c| c.id.as_str());
            let message = format!("there is no capability `{}`", id.trim());
            diagnostics.push(Diagnostic::new(Code::UnknownId, whole.slice(0..id.len()), message).nearest(id, ids));
        }
        let mut verdicts = Vec::new();
        let mut from = id.len() + 1;
        for word in words.split(',') {
            match Verdict::from_name(word.trim()) {
                Some(verdict) => verdicts.push(verdict),
                None => {
                    let names = Verdict::ALL.map(Verdict::name);
                    let message = format!("`{}` is no verdict", word.trim());
                    let span = whole.slice(from..from + word.len());
                    diagnostics.push(Diagnostic::new(Code::UnknownValue, span, message).nearest(word.trim(), names));
                }
            }
            from += word.len() + 1;
        }
        if let Some(capability) = capability {
            guards.push(Guard { capability, verdicts, written: argument.clone() });
        }
    }
    (guards, diagnostics)
}

/// One sentence for each guard that fires.
pub fn fired(catalog: &Catalog, assessment: &Assessment, guards: &[Guard]) -> Vec<String> {
    guards
        .iter()
        .filter_map(|guard| {
            let assessed = &assessment.capabilities[guard.capability];
            let verdict = assessed.verdict.filter(|v| guard.verdicts.contains(v))?;
            let label = reasons::verdict(catalog, verdict, assessed.settled);
            let title = &catalog.capabilities[guard.capability].title;
            Some(format!("`{}` fired: {title} is \"{label}\"", guard.written))
        })
        .collect()
}
