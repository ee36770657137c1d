//! The situation that a request describes: a case of the site, facts, or facts over a case.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::desk::Desk;
use crate::diagnostic::terminal::{Style, render};
use crate::diagnostic::{Code, Diagnostics};
use crate::model::{Kind, Profile};
use crate::profile;
use crate::read::Sources;

/// Findings about facts that are told of at once.
const MOST_SHOWN: usize = 20;

/// What is known of a situation.
#[derive(Debug, Default, Deserialize, JsonSchema)]
pub struct Situation {
    /// The id of a case of the site to start from.
    #[serde(default)]
    pub case: Option<String>,
    /// Known answers by the fact's id: a number, {"min":5,"max":10}, true or false, an option's id, several ids in a
    /// list (of a choice: one of these; of a set: all that apply, [] for none), or "?" for "nobody knows". Leave out
    /// what has not been asked.
    #[serde(default)]
    pub facts: Map<String, Value>,
}

impl Situation {
    /// The profile, or everything that is wrong with the facts: each with its place and the nearest valid name.
    pub fn profile(&self, desk: &Desk) -> Result<Profile, String> {
        let mut profile = match &self.case {
            None => Profile::default(),
            Some(id) => {
                let key = desk.key(Kind::Case, id)?;
                desk.plan.catalog.case(&key.id).map(|case| case.facts.clone()).unwrap_or_default()
            }
        };
        profile.answers.extend(read(desk, "facts", &self.facts)?.answers);
        Ok(profile)
    }
}

/// Facts of a request as a profile; `name` is what errors call them.
pub fn read(desk: &Desk, name: &str, facts: &Map<String, Value>) -> Result<Profile, String> {
    if facts.is_empty() {
        return Ok(Profile::default());
    }
    // As a file, so that a mistake is reported as in a file: JSON is YAML.
    let file: Arc<str> = Arc::from(name);
    let text = serde_json::to_string_pretty(&serde_json::json!({ "facts": facts })).map_err(|e| e.to_string())?;
    let mut sources = Sources::default();
    sources.files.insert(file.clone(), Arc::from(text.as_bytes()));
    let (profile, diagnostics): (Profile, Diagnostics) = profile::of_file(&desk.plan.catalog, &file, &sources);
    if diagnostics.has_errors() {
        return Err(told(&diagnostics, &sources));
    }
    Ok(profile)
}

/// What is wrong with facts, as whoever sent them can use it: who has a thousand wrong learns no more from all of them.
fn told(diagnostics: &Diagnostics, sources: &Sources) -> String {
    let mut shown = Diagnostics::new();
    for diagnostic in diagnostics.iter().take(MOST_SHOWN) {
        let mut diagnostic = diagnostic.clone();
        // The files of the site are not at hand.
        diagnostic.notes.retain(|note| note.span.as_ref().is_none_or(|span| sources.files.contains_key(&span.file)));
        let names =
            diagnostic.help.as_ref().is_some_and(|h| h.starts_with("did you mean") || h.starts_with("possible"));
        if diagnostic.code == Code::UnknownFact && !names {
            diagnostic.help = Some("`list_facts` names them, `search` finds them".to_owned());
        }
        shown.push(diagnostic);
    }
    let text = render(&shown, sources, Style { colour: false, width: 100 });
    match diagnostics.iter().count() + diagnostics.not_kept() - shown.iter().count() {
        0 => text,
        more => format!("{text}, and {more} more"),
    }
}
