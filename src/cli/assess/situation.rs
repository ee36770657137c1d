//! The situation that a verb judges: a case of the site, a profile file, facts on the command line.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use clap::Args;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::link::Catalog;
use crate::model::{Kind, Profile, Span};
use crate::profile::{self, arguments};
use crate::read::{self, Sources};

#[derive(Args, Clone)]
pub struct SituationArgs {
    /// A case of the site
    #[arg(long, value_name = "ID", conflicts_with = "profile")]
    case: Option<String>,
    /// A YAML file: `facts: { microservices: 8, … }`
    #[arg(long, value_name = "FILE")]
    profile: Option<PathBuf>,
    /// One fact, over what the case or the profile says: x=5, x=5..10, x>=3, x<=3, set=a,b, set= (none), x=? (unknown)
    #[arg(long = "fact", value_name = "NAME=VALUE")]
    facts: Vec<String>,
}

/// What is known of a situation.
pub struct Situation {
    /// What it is called: the case's title, the file's name.
    pub name: String,
    pub profile: Profile,
}

impl SituationArgs {
    /// The situation, and what is wrong with it. Texts that diagnostics point into are added to `sources`.
    pub fn read(&self, catalog: &Catalog, sources: &mut Sources) -> anyhow::Result<(Situation, Diagnostics)> {
        let base = Situation { name: "Your situation".into(), profile: Profile::default() };
        self.read_over(base, catalog, sources)
    }

    /// The same, over what is known already, unless a whole situation is named.
    pub fn read_over(
        &self,
        base: Situation,
        catalog: &Catalog,
        sources: &mut Sources,
    ) -> anyhow::Result<(Situation, Diagnostics)> {
        let (mut situation, mut diagnostics) = match (&self.case, &self.profile) {
            (Some(id), _) => of_case("--case", id, catalog, sources),
            (None, Some(path)) => of_file(path, catalog, sources)?,
            (None, None) => (base, Diagnostics::new()),
        };
        if !self.facts.is_empty() {
            add(sources, arguments::ARGUMENTS, arguments::text(&self.facts).as_bytes());
            let (profile, found) = arguments::of_arguments(catalog, &self.facts);
            situation.profile.answers.extend(profile.answers);
            diagnostics.extend(found);
        }
        Ok((situation, diagnostics))
    }
}

fn of_case(argument: &str, id: &str, catalog: &Catalog, sources: &mut Sources) -> (Situation, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let key = catalog.resolve(&format!("{}:{id}", Kind::Case));
    if let Some(case) = key.and_then(|key| catalog.case(&key.id)) {
        return (Situation { name: case.title.clone(), profile: case.facts.clone() }, diagnostics);
    }
    let ids = catalog.cases.iter().map(|c| c.id.as_str());
    diagnostics.push(unknown_id(argument, Kind::Case, id, ids, sources));
    (Situation { name: id.to_owned(), profile: Profile::default() }, diagnostics)
}

/// The profile in a file.
pub fn of_file(path: &Path, catalog: &Catalog, sources: &mut Sources) -> anyhow::Result<(Situation, Diagnostics)> {
    let file = add_file(path, sources)?;
    let (profile, diagnostics) = profile::of_file(catalog, &file, sources);
    Ok((Situation { name: file.to_string(), profile }, diagnostics))
}

/// A situation by what a person calls it: a file, else a case of the site. `argument` is where it stands.
pub fn of_name(
    argument: &str,
    name: &Path,
    catalog: &Catalog,
    sources: &mut Sources,
) -> anyhow::Result<(Situation, Diagnostics)> {
    let id = name.to_string_lossy();
    let case = catalog.resolve(&format!("{}:{id}", Kind::Case)).is_some();
    // What looks like no file, and is none, is a case that is not there.
    let bare = name.extension().is_none() && name.components().count() == 1 && !name.exists();
    if bare || case && !name.is_file() {
        Ok(of_case(argument, &id, catalog, sources))
    } else {
        of_file(name, catalog, sources)
    }
}

/// Adds a file of the disk to what diagnostics can point into; it is called as it was written.
pub fn add_file(path: &Path, sources: &mut Sources) -> anyhow::Result<Arc<str>> {
    if !path.exists() {
        anyhow::bail!("there is no file {}", path.display());
    }
    let bytes = read::file(path).with_context(|| format!("cannot read {}", path.display()))?;
    let name = path.display().to_string().replace(std::path::MAIN_SEPARATOR, "/");
    Ok(add(sources, &name, &bytes))
}

fn add(sources: &mut Sources, name: &str, bytes: &[u8]) -> Arc<str> {
    let name: Arc<str> = Arc::from(name);
    sources.files.insert(name.clone(), Arc::from(bytes));
    name
}

/// True of the places that arguments are, as diagnostics name them: `--case`, `<CAPABILITY>`.
pub fn is_argument(place: &str) -> bool {
    place.starts_with("--") || place.starts_with('<')
}

/// An argument that names nothing; `argument` is what it belongs to, `--case`.
pub fn unknown_id<'a>(
    argument: &str,
    kind: Kind,
    id: &str,
    valid: impl IntoIterator<Item = &'a str>,
    sources: &mut Sources,
) -> Diagnostic {
    let file = add(sources, argument, id.as_bytes());
    let message = format!("there is no {kind} `{id}`");
    Diagnostic::new(Code::UnknownId, Span::new(&file, 0..id.len()), message).nearest(id, valid)
}
