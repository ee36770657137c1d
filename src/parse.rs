//! parse: Sources -> (Drafts, Diagnostics). Each file alone, in parallel: typed, places kept, names still text.
//!
//! It never fails: a broken file is left out of the drafts and reported, and its id is remembered, so that what
//! refers to it is not reported again.

pub mod authored;
mod characters;
pub mod condition;
mod encoding;
mod fields;
mod format;
mod ids;
mod image;
mod kept;
mod kinds;
mod memo;
pub mod profile;
pub mod prose;
mod reworded;
mod role;
mod syntax;
pub mod yaml;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::case::WrittenFacts;
use crate::model::{
    Asset, Capability, Case, Change, Component, Decision, Fact, Key, Kind, Layer, OptionPage, Page, Prose, Site, Span,
    Written,
};
use crate::read::Sources;
use fields::File;
use ids::id_fault;
use kept::{PAGE_IDS, ids_beside};
use prose::Origin;
use role::{Role, role, unknown_file};

pub use characters::{is_blank, is_unfit};
pub use encoding::{Garbled, garbled};
pub use fields::is_site_address;
pub use ids::{LONGEST_ID, id_fault as fault_of_id, id_of, list_fault};
pub use kept::CAPABILITY_SECTIONS;
pub use memo::{Changed, Memo};
pub use prose::leads_outside;
pub use reworded::Reworded;

/// Everything that was authored, each file on its own.
#[derive(Debug, Default)]
pub struct Drafts {
    pub site: Option<Site>,
    pub layers: Vec<Layer>,
    pub capabilities: Vec<Capability<Written>>,
    pub options: Vec<OptionPage>,
    pub components: Vec<Component>,
    pub facts: Vec<Fact>,
    pub cases: Vec<Case<WrittenFacts>>,
    pub decisions: Vec<Decision<WrittenFacts>>,
    pub pages: Vec<Page>,
    pub changes: Vec<Change>,
    pub assets: BTreeMap<String, Asset>,
    /// Things whose file could not be read.
    pub broken: BTreeSet<Key>,
    /// The content file of each thing: its YAML, or its Markdown where it has no YAML. Relative to the site's folder.
    pub files: BTreeMap<String, Key>,
}

/// Parses every content file.
pub fn parse(sources: &Sources) -> (Drafts, Diagnostics) {
    let files: Vec<(&Arc<str>, &Arc<[u8]>)> = sources.below("content/").collect();
    let parsed: Vec<(Item, Diagnostics)> = files.par_iter().map(|(path, bytes)| item(path, bytes, sources)).collect();
    assemble(files.into_iter().map(|(path, _)| path).zip(parsed), sources)
}

/// What the files became, in the order of their paths -> drafts of them all.
fn assemble<'a>(
    parsed: impl Iterator<Item = (&'a Arc<str>, (Item, Diagnostics))>,
    sources: &Sources,
) -> (Drafts, Diagnostics) {
    let mut drafts = Drafts::default();
    drafts.broken.insert(Key::new(Kind::Layer, ""));
    let mut diagnostics = Diagnostics::new();
    let mut bodies: BTreeMap<Key, (Arc<Prose>, Span)> = BTreeMap::new();
    for (path, (item, found)) in parsed {
        let is_wrong = found.has_errors();
        diagnostics.extend(found);
        let mut at = |key: Key| drafts.files.insert(path.to_string(), key);
        match item {
            Item::Nothing => {}
            Item::Site(site) => drafts.site = Some(*site),
            Item::Layer(layer) => {
                at(Key::new(Kind::Layer, &layer.id));
                drafts.layers.push(*layer);
            }
            Item::Capability(capability) => {
                // A trigger that is missing may be what could not be read.
                if is_wrong {
                    drafts.broken.insert(Key::new(Kind::Capability, &capability.id));
                }
                at(Key::new(Kind::Capability, &capability.id));
                drafts.capabilities.push(*capability);
            }
            Item::Option(option) => {
                at(Key::new(Kind::Option, &option.id));
                drafts.options.push(*option);
            }
            Item::Component(component) => {
                at(Key::new(Kind::Component, &component.id));
                drafts.components.push(*component);
            }
            Item::Facts(facts, broken) => {
                drafts.facts.extend(facts);
                drafts.broken.extend(broken.into_iter().map(|id| Key::new(Kind::Fact, id)));
            }
            Item::Case(case) => {
                at(Key::new(Kind::Case, &case.id));
                drafts.cases.push(*case);
            }
            Item::Decision(decision) => {
                at(Key::new(Kind::Decision, &decision.id));
                drafts.decisions.push(*decision);
            }
            Item::Page(page) => {
                at(Key::new(Kind::Page, &page.id));
                drafts.pages.push(*page);
            }
            Item::Changes(changes) => drafts.changes = changes,
            Item::Asset(name, asset) => {
                drafts.assets.insert(name, asset);
            }
            Item::Body(key, prose) => {
                at(key.clone());
                bodies.insert(key, (prose, Span::file_start(path)));
            }
            Item::Broken(key) => {
                drafts.broken.insert(key);
            }
        }
    }
    for (path, why) in &sources.unreadable {
        diagnostics.push(unreadable(path, why));
        match role(path) {
            Role::Yaml(kind, stem) | Role::Body(kind, stem) | Role::FrontMatter(kind, stem) => {
                drafts.broken.insert(Key::new(kind, stem));
            }
            Role::Facts(_) => {
                drafts.broken.insert(Key::new(Kind::Fact, ""));
            }
            _ => {}
        }
    }
    attach(&mut drafts, bodies, &mut diagnostics);
    assets_apart(&drafts.assets, &mut diagnostics);
    let has_site = |path: &str| sources.files.contains_key(path) || sources.unreadable.contains_key(path);
    if drafts.site.is_none() && !has_site("content/site.yaml") {
        let span = Span::file_start(&Arc::from("content/site.yaml"));
        diagnostics.push(
            Diagnostic::new(Code::MissingFile, span, "there is no `content/site.yaml`")
                .help("it holds the site's title and question: `title: …`, `question: …`, `description: …`"),
        );
    }
    (drafts, diagnostics)
}

/// What one file became.
#[derive(Clone)]
enum Item {
    Nothing,
    Site(Box<Site>),
    Layer(Box<Layer>),
    Capability(Box<Capability<Written>>),
    Option(Box<OptionPage>),
    Component(Box<Component>),
    Facts(Vec<Fact>, Vec<String>),
    Case(Box<Case<WrittenFacts>>),
    Decision(Box<Decision<WrittenFacts>>),
    Page(Box<Page>),
    Changes(Vec<Change>),
    Asset(String, Asset),
    /// The Markdown beside a YAML file.
    Body(Key, Arc<Prose>),
    Broken(Key),
}

fn item(path: &Arc<str>, bytes: &Arc<[u8]>, sources: &Sources) -> (Item, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let role = role(path);
    if let Role::Asset(name) = role {
        let asset = Asset { bytes: bytes.clone(), size: image::size(bytes) };
        return (Item::Asset(name.to_owned(), asset), diagnostics);
    }
    if matches!(role, Role::Unknown) {
        diagnostics.push(unknown_file(path));
        return (Item::Nothing, diagnostics);
    }
    let id = match role {
        Role::Yaml(kind, stem) | Role::Body(kind, stem) | Role::FrontMatter(kind, stem) => Some((kind, stem)),
        _ => None,
    };
    // Which facts a file would have, nobody knows.
    let owner = id.or(matches!(role, Role::Facts(_)).then_some((Kind::Fact, "")));
    let broken = || owner.map_or(Item::Nothing, |(kind, stem)| Item::Broken(Key::new(kind, stem)));
    let Some((text, offset)) = encoding::text(path, bytes, &mut diagnostics) else { return (broken(), diagnostics) };
    let mut file = File { path: path.clone(), text, offset, sources, diagnostics };
    if let Some((kind, stem)) = id {
        let parts = if kind == Kind::Page { stem.split('/').collect() } else { vec![stem] };
        if let Some(fault) = parts.iter().find_map(|part| id_fault(part, '-')).or(list_fault(stem)) {
            let span = Span::file_start(path);
            file.report_id(stem, span, fault);
            return (broken(), file.diagnostics);
        }
    }
    let item = match role {
        Role::Body(kind, stem) => {
            let sections: &[&str] = if kind == Kind::Capability { &CAPABILITY_SECTIONS } else { &[] };
            Item::Body(Key::new(kind, stem), body(&mut file, text, offset, sections, ids_beside(kind)).into())
        }
        Role::FrontMatter(kind, stem) => front_matter(&mut file, kind, stem, offset).unwrap_or_else(broken),
        _ => match tree(&mut file, text, offset) {
            Some(root) => yaml_item(&mut file, &role, &root).unwrap_or_else(broken),
            None => broken(),
        },
    };
    (item, file.diagnostics)
}

fn yaml_item(file: &mut File<'_>, role: &Role<'_>, root: &yaml::Node) -> Option<Item> {
    Some(match role {
        Role::Site => Item::Site(Box::new(kinds::site::site(file, root)?)),
        Role::Changes => Item::Changes(kinds::case::changes(file, root)),
        Role::Facts(topic) => {
            let mut broken = Vec::new();
            let facts = kinds::fact::facts(file, topic, root, &mut broken);
            Item::Facts(facts, broken)
        }
        Role::Yaml(Kind::Layer, id) => Item::Layer(Box::new(kinds::thing::layer(file, id, root)?)),
        Role::Yaml(Kind::Capability, id) => Item::Capability(Box::new(kinds::capability::capability(file, id, root)?)),
        Role::Yaml(Kind::Option, id) => Item::Option(Box::new(kinds::thing::option(file, id, root)?)),
        Role::Yaml(Kind::Component, id) => Item::Component(Box::new(kinds::thing::component(file, id, root)?)),
        Role::Yaml(Kind::Case, id) => Item::Case(Box::new(kinds::case::case(file, id, root)?)),
        _ => Item::Nothing,
    })
}

/// The tree of a YAML text, or the reason why there is none, reported.
fn tree(file: &mut File<'_>, text: &str, offset: usize) -> Option<yaml::Node> {
    let fault = match yaml::parse(text, offset) {
        Ok(node) => return Some(node),
        Err(fault) => fault,
    };
    let diagnostic = syntax::refused(file, text, offset, &fault);
    file.report(diagnostic);
    None
}

/// `sections`: the page's own, which a heading may be put into by their ids; `reserved`: ids that the page has beside.
fn body(file: &mut File<'_>, text: &str, offset: usize, sections: &[&str], reserved: &[&str]) -> Prose {
    let reserved: Vec<&str> = reserved.iter().chain(&PAGE_IDS).copied().collect();
    let path = file.path.clone();
    let place = |range: Range<usize>| Span::new(&path, offset + range.start..offset + range.end);
    let origin = Origin { file: path.clone(), place: &place, sources: file.sources, sections, reserved: &reserved };
    prose::body(text, &origin, &mut file.diagnostics)
}

/// A page or a decision: `---`, YAML, `---`, prose.
fn front_matter(file: &mut File<'_>, kind: Kind, stem: &str, offset: usize) -> Option<Item> {
    let text = file.text;
    let fences = text.starts_with("---\n") || text.starts_with("---\r\n");
    let start = text.find('\n').map_or(text.len(), |n| n + 1);
    let end = fences.then(|| closing_fence(text, start)).flatten();
    let Some((end, rest)) = end else {
        let span = Span::file_start(&file.path);
        let diagnostic = if fences {
            Diagnostic::new(Code::FrontMatter, span, "the front matter has no end")
                .help("write a second line of `---` below its last key")
        } else {
            Diagnostic::new(Code::FrontMatter, span, format!("a {kind} starts with its title between lines of `---`"))
                .help("write `---`, `title: …`, `---` at the top")
        };
        file.report(diagnostic);
        return None;
    };
    let root = tree(file, &text[start..end], offset + start)?;
    if kind == Kind::Page {
        let prose = body(file, &text[rest..], offset + rest, &[], ids_beside(Kind::Page));
        return kinds::page::page(file, stem, &root, prose).map(|p| Item::Page(Box::new(p)));
    }
    let (title, below) = first_heading(file, rest, offset)?;
    let prose = body(file, &text[below..], offset + below, &[], ids_beside(Kind::Decision));
    kinds::case::decision(file, stem, &root, title, prose).map(|d| Item::Decision(Box::new(d)))
}

/// The heading `# …` that a text starts with, without markup, and where what stands below it starts.
fn first_heading(file: &mut File<'_>, from: usize, offset: usize) -> Option<(String, usize)> {
    let text = file.text;
    let at = text.len() - text[from..].trim_start().len();
    let line = text[at..].lines().next().unwrap_or("");
    let Some(title) = line.strip_prefix("# ") else {
        let span = file.span(offset + at..offset + at + line.len());
        file.report(
            Diagnostic::new(Code::FrontMatter, span, "a decision starts with its title below the front matter")
                .help("write `# …` there, as `worthwhile decide` does"),
        );
        return None;
    };
    let start = at + "# ".len();
    let path = file.path.clone();
    let place = |range: Range<usize>| Span::new(&path, offset + start + range.start..offset + start + range.end);
    let origin = Origin { file: path.clone(), place: &place, sources: file.sources, sections: &[], reserved: &[] };
    let title = prose::inline(title.trim(), &origin, &mut file.diagnostics);
    Some((title.plain().to_owned(), at + line.len()))
}

/// Where the YAML ends and where what follows the closing fence starts.
fn closing_fence(text: &str, start: usize) -> Option<(usize, usize)> {
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some((at, at + line.len()));
        }
        at += line.len();
    }
    None
}

/// Reports assets whose names differ in case only, on many systems they are one file; and names that are no addresses.
fn assets_apart(assets: &BTreeMap<String, Asset>, diagnostics: &mut Diagnostics) {
    let mut folded: BTreeMap<String, &str> = BTreeMap::new();
    for name in assets.keys() {
        if name.contains(|c: char| c == '\\' || c.is_control()) {
            let shown = name.escape_debug();
            let place = Span::file_start(&Arc::from(format!("content/assets/{shown}")));
            let message = format!("the asset `{shown}` has a backslash or a control character in its name");
            diagnostics.push(Diagnostic::new(Code::InvalidId, place, message).help("give the file another name"));
        }
        if let Some(first) = folded.insert(name.to_lowercase(), name) {
            let place = |name: &str| Span::file_start(&Arc::from(format!("content/assets/{name}")));
            let message = format!("the asset `{name}` differs from another in case only");
            diagnostics
                .push(Diagnostic::new(Code::DuplicateId, place(name), message).note("the other", Some(place(first))));
        }
    }
}

fn unreadable(path: &Arc<str>, why: &str) -> Diagnostic {
    Diagnostic::new(Code::UnreadableFile, Span::file_start(path), format!("`{path}` cannot be read: {why}"))
}

/// Puts each Markdown body to the thing it stands beside.
fn attach(drafts: &mut Drafts, mut bodies: BTreeMap<Key, (Arc<Prose>, Span)>, diagnostics: &mut Diagnostics) {
    let mut take =
        |kind: Kind, id: &str| bodies.remove(&Key::new(kind, id)).map(|(prose, _)| prose).unwrap_or_default();
    drafts.layers.iter_mut().for_each(|x| x.prose = take(Kind::Layer, &x.id));
    drafts.capabilities.iter_mut().for_each(|x| x.prose = take(Kind::Capability, &x.id));
    drafts.options.iter_mut().for_each(|x| x.prose = take(Kind::Option, &x.id));
    drafts.components.iter_mut().for_each(|x| x.prose = take(Kind::Component, &x.id));
    drafts.cases.iter_mut().for_each(|x| x.prose = take(Kind::Case, &x.id));
    for (key, (_, span)) in bodies {
        if drafts.broken.contains(&key) {
            continue;
        }
        let yaml = format!("content/{}/{}.yaml", key.kind.folder(), key.id);
        diagnostics.push(
            Diagnostic::new(Code::MissingFile, span, format!("prose without its `{yaml}`"))
                .help("write that file, or rename this one after the thing it describes"),
        );
    }
}
