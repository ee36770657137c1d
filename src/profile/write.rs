//! Profiles as YAML, in the form that is read.

use crate::link::Catalog;
use crate::model::{Answer, Profile};

/// The facts of a profile as lines of YAML, each indented: `facts:` and one line for each fact, in declared order.
pub fn to_yaml(catalog: &Catalog, profile: &Profile, indent: &str) -> String {
    if profile.answers.is_empty() {
        return format!("{indent}facts: {{}}\n");
    }
    let mut out = format!("{indent}facts:\n");
    for (fact, answer) in &profile.answers {
        out.push_str(&format!("{indent}  {}: {}\n", catalog.fact(*fact).id, value(answer)));
    }
    out
}

fn value(answer: &Answer) -> String {
    let list = |ids: &std::collections::BTreeSet<String>| {
        let ids: Vec<String> = ids.iter().map(|id| word(id)).collect();
        format!("[{}]", ids.join(", "))
    };
    match answer {
        Answer::Unknown | Answer::Range { min: None, max: None } => "\"?\"".into(),
        Answer::Bool(yes) => yes.to_string(),
        Answer::Number(n) => n.to_string(),
        Answer::Range { min: Some(min), max: Some(max) } => format!("{{ min: {min}, max: {max} }}"),
        Answer::Range { min: Some(min), max: None } => format!("{{ min: {min} }}"),
        Answer::Range { min: None, max: Some(max) } => format!("{{ max: {max} }}"),
        Answer::Choice(id) => word(id),
        Answer::OneOf(ids) | Answer::Set(ids) => list(ids),
    }
}

/// Words that some YAML readers take for something else than text.
const TAKEN: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];

fn word(id: &str) -> String {
    if TAKEN.contains(&id) { format!("\"{id}\"") } else { id.to_owned() }
}
