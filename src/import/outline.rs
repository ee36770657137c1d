//! Blocks -> chapters: which are capabilities, which are pages, which layers there are.

use std::collections::{BTreeMap, BTreeSet};

use super::Ledger;
use super::blocks::{Block, Body};
use super::capability::{self, Draft};
use super::labels::{Column, Section, clean, column, complexity, fold, label, leveled, section};
use super::prose::Prose;
use super::texts::{clean_item, sentence};
use crate::parse::LONGEST_ID;

/// The document, sorted out.
#[derive(Debug)]
pub struct Outline {
    pub title: String,
    pub description: Option<String>,
    /// Id and title.
    pub layers: Vec<(String, String)>,
    /// Each with the number of its layer.
    pub capabilities: Vec<(usize, Draft)>,
    pub pages: Vec<Page>,
}

#[derive(Debug)]
pub struct Page {
    pub id: String,
    pub title: String,
    pub prose: Prose,
}

/// The words of a heading; some have none.
fn title_of(heading: &str) -> String {
    let title = clean(heading);
    if title.chars().any(char::is_alphanumeric) { title } else { "Untitled".into() }
}

/// Sorts a document out.
pub fn outline(name: &str, blocks: &[Block], ledger: &mut Ledger<'_>) -> Outline {
    let headings: Vec<(usize, u8, String)> = blocks
        .iter()
        .enumerate()
        .filter_map(
            |(n, b)| if let Body::Heading { level, text } = &b.body { Some((n, *level, title_of(text))) } else { None },
        )
        .collect();
    let end = |at: usize| {
        let level = headings[at].1;
        headings[at + 1..].iter().find(|(_, other, _)| *other <= level).map_or(blocks.len(), |(n, ..)| *n)
    };
    let kinds: Vec<usize> = (0..headings.len())
        .map(|at| {
            let (n, _, title) = &headings[at];
            if section(title).is_some() { 0 } else { sections_of(&blocks[n + 1..end(at)]) }
        })
        .collect();
    // Capabilities stand at the level at which most headings have two parts or more; there, one part is enough.
    let level = (1..=6u8)
        .max_by_key(|level| (kinds.iter().zip(&headings).filter(|(k, h)| **k >= 2 && h.1 == *level).count(), 7 - level))
        .filter(|level| kinds.iter().zip(&headings).any(|(k, h)| *k >= 2 && h.1 == *level));
    let is_capability = |at: usize| level == Some(headings[at].1) && kinds[at] >= 1;

    let document = headings.iter().find(|(_, level, _)| *level == 1).filter(|(n, ..)| *n == headings[0].0);
    let document = document.filter(|(n, ..)| {
        level != Some(1) || !headings.iter().enumerate().any(|(at, h)| h.0 == *n && is_capability(at))
    });
    let title = document.map_or(name.to_owned(), |(.., title)| title.clone());
    let mut outline = Outline {
        title: title.clone(),
        description: None,
        layers: Vec::new(),
        capabilities: Vec::new(),
        pages: Vec::new(),
    };
    let mut ids = Ids::default();
    if let Some((n, ..)) = document {
        ledger.place(&blocks[*n].lines, "content/site.yaml");
    }

    // Parents that hold capabilities are layers, where there are several of them, or one that says so.
    let parents: Vec<usize> = (0..headings.len())
        .filter(|&at| {
            let own = document.is_some_and(|d| d.0 == headings[at].0);
            let range = headings[at].0..end(at);
            !own && level.is_some_and(|level| headings[at].1 < level)
                && (at + 1..headings.len()).any(|c| range.contains(&headings[c].0) && is_capability(c))
        })
        .collect();
    let parents =
        if parents.len() > 1 || parents.iter().any(|at| named_layer(&headings[*at].2)) { parents } else { Vec::new() };
    let own_layer = |ids: &mut Ids| {
        let short = title.split([':', '–', '—']).next().unwrap_or(&title).trim().to_owned();
        // A document that is no layer itself has no name for one.
        let short = if named_layer(&title) { short } else { "Capabilities".to_owned() };
        (ids.take("layer", &short, "layer-1"), short)
    };

    let mut at_block = 0;
    let mut at_heading = 0;
    let mut layer: Option<usize> = None;
    let mut open_page: Option<usize> = None;
    while at_block < blocks.len() {
        let heading = headings.get(at_heading).filter(|h| h.0 == at_block);
        let Some((n, heading_level, text)) = heading else {
            // What stands before any chapter is about the document.
            let until = headings.get(at_heading).map_or(blocks.len(), |h| h.0);
            let part = &blocks[at_block..until];
            at_block = until;
            let first = part.iter().find_map(|b| if let Body::Paragraph(text) = &b.body { Some(text) } else { None });
            if outline.description.is_none() {
                outline.description = first.map(|t| sentence(t));
            }
            page(&mut outline, &mut open_page, &mut ids, &title, None, 1, part, ledger);
            continue;
        };
        let (n, heading_level, text) = (*n, *heading_level, text.clone());
        let here = at_heading;
        if document.is_some_and(|d| d.0 == n) {
            at_block += 1;
            at_heading += 1;
        } else if parents.contains(&here) {
            let id = ids.take("layer", &text, "layer");
            ledger.place(&blocks[n].lines, &format!("content/layers/{id}.yaml"));
            outline.layers.push((id, text));
            layer = Some(outline.layers.len() - 1);
            open_page = None;
            at_block += 1;
            at_heading += 1;
        } else if is_capability(here) {
            let layer = *layer.get_or_insert_with(|| {
                outline.layers.push(own_layer(&mut ids));
                outline.layers.len() - 1
            });
            let (text, level) = leveled(&text);
            let id = ids.take("capability", &text, "capability");
            ledger.place(&blocks[n].lines, &format!("content/capabilities/{id}.yaml"));
            let mut draft = capability::read(&id, &text, &blocks[n + 1..end(here)], ledger);
            draft.complexity = draft.complexity.or(level.and_then(complexity));
            outline.capabilities.push((layer, draft));
            at_block = end(here);
            at_heading = headings.iter().position(|h| h.0 >= at_block).unwrap_or(headings.len());
            open_page = None;
        } else {
            // A chapter of its own, up to the next heading of its level, or to one that is no prose.
            let stop = (here + 1..headings.len())
                .find(|&next| headings[next].1 <= heading_level || is_capability(next) || parents.contains(&next))
                .map_or(blocks.len(), |next| headings[next].0);
            open_page = None;
            ledger.place(&blocks[n].lines, "content/pages");
            page(
                &mut outline,
                &mut open_page,
                &mut ids,
                &text,
                Some(&blocks[n]),
                heading_level,
                &blocks[n + 1..stop],
                ledger,
            );
            at_block = stop;
            at_heading = headings.iter().position(|h| h.0 >= stop).unwrap_or(headings.len());
        }
    }
    if outline.layers.is_empty() {
        let layer = own_layer(&mut ids);
        outline.layers.push(layer);
    }
    matrices(blocks, &mut outline, ledger);
    outline
}

/// How many parts of a capability stand directly below a heading.
fn sections_of(blocks: &[Block]) -> usize {
    let mut found = BTreeSet::new();
    let below =
        blocks.iter().filter_map(|b| if let Body::Heading { level, .. } = b.body { Some(level) } else { None }).min();
    // Labels count up to the first heading that is no section: what is below that is its own.
    let mut inside = true;
    for block in blocks {
        match &block.body {
            Body::Heading { level, text } => {
                let named = section(&clean(text)).filter(|s| *s != Section::Complexity);
                if Some(*level) == below {
                    inside = named.is_some();
                    found.extend(named);
                }
            }
            Body::Paragraph(text) if inside => {
                let named = label(text).and_then(|(name, _)| section(&name));
                found.extend(named.filter(|s| *s != Section::Complexity));
            }
            Body::List(items) if inside => {
                let named = items.iter().filter_map(|i| label(&i.text)).filter_map(|(name, _)| section(&name));
                found.extend(named.filter(|s| *s != Section::Complexity));
            }
            _ => {}
        }
    }
    // What it asks or builds on alone makes no capability: introductions do that too.
    let says = [Section::Trigger, Section::NotWhen, Section::TradeOffs, Section::Timing, Section::Now, Section::Later];
    if says.iter().any(|s| found.contains(s)) { found.len() } else { 0 }
}

fn named_layer(title: &str) -> bool {
    let words = fold(title);
    ["layer ", "laag ", "level ", "niveau ", "priority ", "prioriteit ", "fase ", "phase "]
        .iter()
        .any(|w| words.starts_with(w))
}

/// Adds blocks to a page, a new one if none is open.
#[expect(clippy::too_many_arguments, reason = "the state of the walk, in one place")]
fn page(
    outline: &mut Outline,
    open: &mut Option<usize>,
    ids: &mut Ids,
    title: &str,
    heading: Option<&Block>,
    level: u8,
    blocks: &[Block],
    ledger: &mut Ledger<'_>,
) {
    let blocks: Vec<Block> = blocks.iter().filter(|b| !contents(b, ledger) && !is_matrix(b)).cloned().collect();
    if blocks.is_empty() && heading.is_none() {
        return;
    }
    let at = *open.get_or_insert_with(|| {
        let fallback = if heading.is_none() { "about" } else { "page" };
        let id = if heading.is_none() { ids.take("page", "about", "about") } else { ids.take("page", title, fallback) };
        outline.pages.push(Page { id, title: title.to_owned(), prose: Prose::default() });
        outline.pages.len() - 1
    });
    let path = format!("content/pages/{}.md", outline.pages[at].id);
    if let Some(heading) = heading {
        ledger.place(&heading.lines, &path);
    }
    outline.pages[at].prose.add(None, None, level, &blocks, &path, ledger);
}

/// A table of contents: the site makes its own.
fn contents(block: &Block, ledger: &mut Ledger<'_>) -> bool {
    let Body::List(items) = &block.body else { return false };
    let source = ledger.original(&block.lines);
    let links = source.matches("](#").count();
    let is = links > 2 && links * 2 > items.len();
    if is {
        block.lines.clone().for_each(|line| ledger.leave(line, "a table of contents; the site makes its own"));
    }
    is
}

/// A table whose rows are capabilities, with a trigger, a complexity or a reason to skip each.
fn is_matrix(block: &Block) -> bool {
    let Body::Table { head, rows } = &block.body else { return false };
    let wanted = [Column::Trigger, Column::SkipIf, Column::Complexity];
    let found = head.iter().skip(1).filter_map(|h| column(h)).filter(|c| wanted.contains(c)).count();
    found >= 2 && !rows.is_empty()
}

fn matrices(blocks: &[Block], outline: &mut Outline, ledger: &mut Ledger<'_>) {
    for block in blocks.iter().filter(|b| is_matrix(b)) {
        let Body::Table { head, rows } = &block.body else { continue };
        let roles: Vec<Option<Column>> = head.iter().map(|h| column(h)).collect();
        let first = rows.first().map_or(block.lines.end, |(_, line)| *line);
        (block.lines.start..first).for_each(|line| ledger.leave(line, "the head of a matrix that was read row by row"));
        for (row, line) in rows {
            let name = fold(&clean(row.first().map_or("", String::as_str)));
            let same = |draft: &Draft| {
                let title = fold(&draft.title);
                title == name || title.contains(&name) || name.contains(&title) || shared(&title, &name)
            };
            let Some((_, draft)) = outline.capabilities.iter_mut().find(|(_, d)| same(d)).filter(|_| !name.is_empty())
            else {
                ledger.leave(*line, "a row of a matrix whose capability has no chapter");
                continue;
            };
            let mut all = true;
            for (n, cell) in row.iter().enumerate().skip(1).filter(|(_, cell)| !cell.trim().is_empty()) {
                match roles.get(n).copied().flatten() {
                    Some(Column::Trigger | Column::UseWhen) => draft.matrix[0] = Some(clean_item(cell)),
                    Some(Column::SkipIf) => draft.matrix[1] = Some(clean_item(cell)),
                    Some(Column::Complexity) if complexity(cell).is_some() => {
                        draft.complexity = complexity(cell);
                        draft.complexity_note = draft.complexity_note.take().or_else(|| Some(clean_item(cell)));
                    }
                    _ => all = false,
                }
            }
            if all {
                ledger.place(&(*line..*line + 1), &format!("content/capabilities/{}.yaml", draft.id));
            } else {
                ledger.leave(*line, "a row of a matrix, of which a column has no place; the others were taken");
            }
        }
    }
}

/// Whether most words of two titles are the same.
fn shared(a: &str, b: &str) -> bool {
    let words = |text: &str| text.split(' ').filter(|w| w.len() > 3).map(str::to_owned).collect::<BTreeSet<_>>();
    let (a, b) = (words(a), words(b));
    let both = a.intersection(&b).count();
    both > 0 && both * 2 >= a.len().max(b.len())
}

/// Ids that are taken, by kind, and the number that the next of the same words gets.
#[derive(Debug, Default)]
pub struct Ids(BTreeMap<(String, String), usize>);

impl Ids {
    /// An id for a title, unique in its kind.
    pub fn take(&mut self, kind: &str, title: &str, fallback: &str) -> String {
        let stem = super::id(title).unwrap_or_else(|| fallback.to_owned());
        let first = (kind.to_owned(), stem);
        if !self.0.contains_key(&first) {
            self.0.insert(first.clone(), 2);
            return first.1;
        }
        // An id that is as long as it may be makes room for the number.
        let stem = first.1[..first.1.len().min(LONGEST_ID - 8)].trim_end_matches('-').to_owned();
        loop {
            let next = self.0.get_mut(&first).expect("looked at above");
            let id = format!("{stem}-{next}");
            *next += 1;
            let key = (kind.to_owned(), id);
            if !self.0.contains_key(&key) {
                self.0.insert(key.clone(), 2);
                return key.1;
            }
        }
    }
}
