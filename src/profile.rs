//! Profiles from outside the site: YAML files and `--fact` arguments -> `model::Profile`, and back to YAML.
//!
//! Whatever is wrong comes back as diagnostics that point into the file or the argument. Facts that are wrong are left
//! out of the profile.

pub mod arguments;
mod write;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::assess::unusable;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::link::{Catalog, typed_answer, unknown_fact};
use crate::model::case::{Value, WrittenFacts};
use crate::model::condition::FactIx;
use crate::model::{Answer, Kind, Profile, Span, Spanned};
use crate::parse;
use crate::read::Sources;

pub use write::to_yaml;

/// The profile in a YAML file of `sources`: `facts: { microservices: 8, … }`.
pub fn of_file(catalog: &Catalog, path: &Arc<str>, sources: &Sources) -> (Profile, Diagnostics) {
    let (written, mut diagnostics) = parse::profile::profile(path, sources);
    let (profile, found) = of_written(catalog, written);
    diagnostics.extend(found);
    diagnostics.sort();
    (profile, diagnostics)
}

/// Facts as written, typed against those that the catalog declares.
pub fn of_written(catalog: &Catalog, written: WrittenFacts) -> (Profile, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let mut profile = Profile::default();
    let mut names: BTreeMap<FactIx, Span> = BTreeMap::new();
    for (name, value) in written {
        let Some(fact) = fact_named(catalog, &name, &mut diagnostics) else { continue };
        if twice(catalog, fact, &name, &mut names, &mut diagnostics) {
            continue;
        }
        match checked_answer(catalog, fact, &value) {
            Ok(answer) => {
                profile.answers.insert(fact, answer);
            }
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    (profile, diagnostics)
}

/// The fact that a name (an id or a former one) means; reported if there is none.
fn fact_named(catalog: &Catalog, name: &Spanned<String>, diagnostics: &mut Diagnostics) -> Option<FactIx> {
    let key = catalog.resolve(&format!("{}:{}", Kind::Fact, name.value));
    let fact = key.and_then(|key| catalog.fact_ix(&key.id));
    if fact.is_none() {
        let facts = catalog.facts.iter().map(|f| f.id.as_str());
        diagnostics.push(unknown_fact(&name.value, name.span.clone(), facts));
    }
    fact
}

/// True, and reported, if the fact was answered before.
fn twice(
    catalog: &Catalog,
    fact: FactIx,
    name: &Spanned<String>,
    names: &mut BTreeMap<FactIx, Span>,
    diagnostics: &mut Diagnostics,
) -> bool {
    let Some(first) = names.insert(fact, name.span.clone()) else { return false };
    let message = format!("the fact `{}` is answered twice", catalog.fact(fact).id);
    diagnostics
        .push(Diagnostic::new(Code::DuplicateKey, name.span.clone(), message).note("first answered here", Some(first)));
    true
}

/// A value as an answer that says something about its fact.
fn checked_answer(catalog: &Catalog, fact: FactIx, value: &Spanned<Value>) -> Result<Answer, Box<Diagnostic>> {
    let answer = typed_answer(catalog.fact(fact), value)?;
    let alone = Profile { answers: BTreeMap::from([(fact, answer.clone())]) };
    match unusable(catalog, &alone).into_iter().next() {
        None => Ok(answer),
        Some((_, why)) => {
            let fact = catalog.fact(fact);
            let message = format!("the fact `{}`: {why}", fact.id);
            Err(Box::new(
                Diagnostic::new(Code::FactValue, value.span.clone(), message)
                    .note(format!("`{}` is declared here", fact.id), Some(fact.span.clone())),
            ))
        }
    }
}
