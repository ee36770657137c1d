//! The author's Markdown, with links that lead to twins.

use std::borrow::Cow;
use std::rc::Rc;

use super::paper::{Paper, escape};
use super::statements;
use crate::export::assessment::CapabilityJson;
use crate::model::{Key, Kind, Prose, Text};
use crate::parse::prose::rewrite::{self, Outside};

/// One line.
pub fn line(paper: &Paper, file: &str, text: &Text) -> String {
    outside(paper, |outside| rewrite::line(text.source(), file, outside))
}

impl<'a> Paper<'a> {
    /// Prose before the first heading.
    pub fn intro(&mut self, file: &str, prose: &'a Prose) {
        for (heading, body) in &*sections(self, file, prose) {
            if heading.is_none() {
                self.blocks(body);
            }
        }
    }

    /// Prose under headings, but for those whose id is in `elsewhere`.
    pub fn sections(&mut self, file: &str, prose: &'a Prose, elsewhere: &[&str]) {
        for (heading, body) in &*sections(self, file, prose) {
            if let Some((_, title)) = heading.as_ref().filter(|(id, _)| !elsewhere.contains(&id.as_str())) {
                self.heading(2, title);
                self.blocks(body);
            }
        }
    }

    /// The prose whose heading carries this id, under a heading of the third level.
    pub fn section(&mut self, file: &str, prose: &'a Prose, id: &str) {
        for (heading, body) in &*sections(self, file, prose) {
            if let Some((_, title)) = heading.as_ref().filter(|(own, _)| own == id) {
                self.heading(3, title);
                self.blocks(body);
            }
        }
    }
}

/// Id and title of a heading, and what stands below it.
type Section = (Option<(String, String)>, String);

/// The prose whose sections were asked for last, and these.
pub(super) type Taken<'a> = Option<(&'a Prose, Rc<[Section]>)>;

fn sections<'a>(paper: &Paper<'a>, file: &str, prose: &'a Prose) -> Rc<[Section]> {
    if let Some((_, known)) = paper.sections.borrow().as_ref().filter(|(of, _)| std::ptr::eq(*of, prose)) {
        return known.clone();
    }
    let made: Rc<[Section]> = made(paper, file, prose).into();
    *paper.sections.borrow_mut() = Some((prose, made.clone()));
    made
}

fn made(paper: &Paper, file: &str, prose: &Prose) -> Vec<Section> {
    if prose.is_empty() {
        return Vec::new();
    }
    // The file that prose stands in is beside that of its thing; only the folder counts for links.
    let made = outside(paper, |outside| rewrite::sections(&prose.source, file, outside));
    let (mut bodies, mut intro) = (Vec::new(), Vec::new());
    for (headed, body) in made {
        if headed { bodies.push(body) } else { intro.push((None, body)) }
    }
    let headings = prose.sections.iter().filter_map(|section| section.heading.as_ref());
    let headed = headings.zip(bodies).map(|(heading, body)| (Some((heading.id.clone(), heading.title.clone())), body));
    intro.into_iter().chain(headed).collect()
}

fn outside<T>(paper: &Paper, run: impl FnOnce(&Outside) -> T) -> T {
    let catalog = paper.catalog;
    let link = |name: &str, anchor: Option<&str>| {
        let key = match name {
            "" => None,
            _ if name.ends_with(".md") || name.ends_with(".yaml") => of_file(paper, name),
            _ => catalog.resolve(name),
        };
        let title = key.and_then(|key| catalog.titled(key)).unwrap_or(Cow::Borrowed(name));
        let page = match name {
            "" => Some(String::new()),
            _ => key.and_then(|key| paper.thing(key)),
        };
        let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
        (escape(&title), page.map(|page| page + &anchor))
    };
    let asset = |path: &str| paper.path(&format!("assets/{path}"));
    let file = |path: &str| {
        let asset = catalog.assets.get(path)?;
        Some(String::from_utf8_lossy(&asset.bytes).into_owned())
    };
    let view = |view: &str, argument: &str| placed(paper, view, argument).unwrap_or_default();
    run(&Outside { link: &link, asset: &asset, file: &file, view: &view })
}

/// The thing that a content file describes: its YAML and its Markdown are one page.
fn of_file<'a>(paper: &Paper<'a>, path: &str) -> Option<&'a Key> {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let paths = [path.to_owned(), format!("{stem}.yaml"), format!("{stem}.md")];
    paths.iter().find_map(|path| paper.catalog.key_of_file(path))
}

/// A view placed in prose.
fn placed(paper: &Paper, view: &str, argument: &str) -> Option<String> {
    let catalog = paper.catalog;
    let resolve = |kind: Kind| catalog.resolve(&format!("{kind}:{argument}"));
    Some(match view {
        "matrix" => {
            let layer = resolve(Kind::Layer);
            super::home::matrix_table(paper, |c| layer.is_none_or(|layer| layer.id == c.layer.key.id))
        }
        "number-line" => statements::number_line(paper, catalog.fact_ix(&resolve(Kind::Fact)?.id)?)?,
        "graph" => {
            let key = catalog.resolve(argument)?;
            let on = |c: &&crate::model::Capability<_>| c.id == key.id || c.layer.key.id == key.id;
            let lines = catalog.capabilities.iter().filter(on).flat_map(|c| {
                let from = paper.link(&Key::new(Kind::Capability, &c.id));
                c.builds_on.iter().map(move |f| {
                    let adds = paper.text(&c.span.file, &f.adds);
                    format!("- {from} → {}: {adds}", paper.link(&f.on.key))
                })
            });
            lines.collect::<Vec<_>>().join("\n")
        }
        "verdicts" => {
            let case = catalog.case(&resolve(Kind::Case)?.id)?;
            let judged = super::case::judged(paper, case);
            let line = |(key, judged): &(Key, CapabilityJson)| {
                format!("- {}: {}", paper.link(key), super::judgement::verdict(paper, judged))
            };
            judged.iter().map(line).collect::<Vec<_>>().join("\n")
        }
        "options" => super::trade_off::table(paper, catalog.capability(&resolve(Kind::Capability)?.id)?)?,
        _ => return None,
    })
}
