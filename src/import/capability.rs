//! A chapter of the document -> the parts of a capability.

use super::Ledger;
use super::blocks::{Block, Body, Item};
use super::labels::{Column, Mark, Section, clean, column, complexity, label, mark, section};
use super::prose::Prose;
use super::table::{self, TradeOff};
use super::texts::{clean_item, pair, sentence, sentences, split};

/// What a chapter says of a capability. All texts are inline Markdown.
#[derive(Debug, Default)]
pub struct Draft {
    pub id: String,
    pub title: String,
    pub summary: Option<String>,
    pub complexity: Option<(&'static str, &'static str)>,
    /// How the document says it.
    pub complexity_note: Option<String>,
    pub matrix: [Option<String>; 2],
    pub triggers: Vec<String>,
    pub not_when: Vec<String>,
    pub trade_off: TradeOff,
    /// A question, and what to ask about it.
    pub points: Vec<(String, Vec<String>)>,
    pub now: Vec<String>,
    pub later: Vec<String>,
    /// What it stands on, and what it adds.
    pub builds_on: Vec<(String, String)>,
    /// The layer that the chapter says it builds on: `1` of "Layer 1 link".
    pub below: Option<String>,
    pub prose: Prose,
}

/// Reads a chapter without its own heading.
pub fn read(id: &str, title: &str, blocks: &[Block], ledger: &mut Ledger<'_>) -> Draft {
    let mut draft = Draft { id: id.to_owned(), title: title.to_owned(), ..Draft::default() };
    let path = format!("content/capabilities/{id}.yaml");
    // The section that is being read, the level of its heading (7: a label in bold), and what it holds.
    let mut part = Part { section: None, level: 0, title: String::new(), blocks: Vec::new() };
    for block in blocks {
        match &block.body {
            Body::Heading { level, text } => {
                let found = section(&clean(text));
                let inside =
                    matches!(part.section, Some(Section::TradeOffs | Section::Decision)) && *level > part.level;
                if inside && (found.is_none() || column(text).is_some()) {
                    part.blocks.push(block.clone());
                    continue;
                }
                // A heading inside a chapter of prose stays there.
                if found.is_none() && part.section.is_none() && !part.title.is_empty() && *level > part.level {
                    part.blocks.push(block.clone());
                    continue;
                }
                part.end(&mut draft, &path, ledger);
                ledger.key(&block.lines, text, &path);
                draft.below = draft.below.take().or_else(|| layer_below(text));
                part = Part { section: found, level: *level, title: clean(text), blocks: Vec::new() };
            }
            Body::Paragraph(text) => {
                match label(text).and_then(|(name, rest)| Some((known(&name, part.section)?, name, rest))) {
                    Some((found, name, rest)) => {
                        part.end(&mut draft, &path, ledger);
                        ledger.key(&block.lines, &name, &path);
                        draft.below = draft.below.take().or_else(|| layer_below(&name));
                        part = Part { section: Some(found), level: 7, title: name, blocks: Vec::new() };
                        if !rest.is_empty() {
                            labels_in(&rest).iter().for_each(|label| ledger.key(&block.lines, label, &path));
                            said(found, &rest, &mut draft);
                        }
                    }
                    None => part.blocks.push(block.clone()),
                }
            }
            Body::List(items) if labelled(items, part.section) => {
                part.end(&mut draft, &path, ledger);
                part = Part { section: None, level: 0, title: String::new(), blocks: Vec::new() };
                for item in items {
                    let (name, rest) = label(&item.text).unwrap_or_default();
                    let found = section(&name);
                    let lines = item.lines.start..item.blocks.first().map_or(item.lines.end, |b| b.lines.start);
                    let mut one = Part { section: found, level: 8, title: name.clone(), blocks: item.blocks.clone() };
                    match found {
                        Some(found) => {
                            draft.below = draft.below.take().or_else(|| layer_below(&name));
                            ledger.key(&lines, &name, &path);
                            labels_in(&rest).iter().for_each(|label| ledger.key(&lines, label, &path));
                            if found == Section::TradeOffs {
                                one.blocks = table::piped(&name, &rest, &item.blocks);
                            } else if !rest.is_empty() {
                                said(found, &rest, &mut draft);
                            }
                        }
                        None => one = Part { section: None, level: 8, title: String::new(), blocks: vec![whole(item)] },
                    }
                    one.end(&mut draft, &path, ledger);
                }
            }
            // A table of what speaks for and against each thing is one of options, wherever it stands.
            Body::Table { head, .. } if part.section != Some(Section::TradeOffs) && judges(head) => {
                part.end(&mut draft, &path, ledger);
                let blocks = vec![block.clone()];
                Part { section: Some(Section::TradeOffs), level: 7, title: String::new(), blocks }
                    .end(&mut draft, &path, ledger);
            }
            _ => part.blocks.push(block.clone()),
        }
    }
    part.end(&mut draft, &path, ledger);
    draft
}

/// The section that a label names, where another one is being read: inside options, `Use when:` is about the option.
fn known(name: &str, inside: Option<Section>) -> Option<Section> {
    let found = section(name)?;
    let about_option = inside == Some(Section::TradeOffs) && column(name).is_some();
    let question = inside == Some(Section::Decision) && name.ends_with('?');
    (!about_option && !question).then_some(found)
}

/// Whether a list is one of labels: most of its items name a section.
fn labelled(items: &[Item], inside: Option<Section>) -> bool {
    let named = |item: &&Item| label(&item.text).and_then(|(name, _)| known(&name, inside)).is_some();
    let found = items.iter().filter(named).count();
    found > 0 && found * 2 >= items.len() && !matches!(inside, Some(Section::TradeOffs | Section::Decision))
}

/// Whether the columns of a table say what speaks for and against what its rows are.
fn judges(head: &[String]) -> bool {
    let has = |wanted: Column| head.iter().skip(1).any(|h| column(h) == Some(wanted));
    has(Column::Pros) && has(Column::Cons)
}

/// An item as a list of its own.
fn whole(item: &Item) -> Block {
    Block { body: Body::List(vec![item.clone()]), lines: item.lines.clone() }
}

/// The number in "Layer 1 link".
fn layer_below(text: &str) -> Option<String> {
    let words: Vec<String> = super::labels::fold(text).split(' ').map(str::to_owned).collect();
    let at = words.iter().position(|word| matches!(word.as_str(), "layer" | "laag"))?;
    words.get(at + 1).filter(|word| word.chars().all(|c| c.is_ascii_digit())).cloned()
}

struct Part {
    section: Option<Section>,
    level: u8,
    title: String,
    blocks: Vec<Block>,
}

impl Part {
    /// Puts what was read where it belongs.
    fn end(&mut self, draft: &mut Draft, path: &str, ledger: &mut Ledger<'_>) {
        let blocks = std::mem::take(&mut self.blocks);
        let prose_path = path.replace(".yaml", ".md");
        let anchor = |section: Section| match section {
            Section::Trigger | Section::Complexity => "trigger",
            Section::NotWhen => "not-when",
            Section::TradeOffs => "trade-offs",
            Section::Decision => "decision-points",
            Section::Timing | Section::Now | Section::Later => "timing",
            Section::BuildsOn => "builds-on",
            Section::NotReplaced => "does-not-replace",
        };
        let Some(found) = self.section else {
            // The first sentence of a chapter is its summary, and its first paragraph the start of its prose.
            if self.title.is_empty() && draft.summary.is_none() {
                let texts = || {
                    blocks.iter().filter_map(|b| if let Body::Paragraph(text) = &b.body { Some(text) } else { None })
                };
                // `**Owner:** Team A` says whose it is, not what.
                let labelled = |text: &&String| text.starts_with("**") && label(text).is_some();
                let first = texts().find(|text| !labelled(text)).or_else(|| texts().next());
                draft.summary = first.map(|text| sentence(text));
            }
            let title = (!self.title.is_empty()).then_some(self.title.as_str());
            draft.prose.add(title, None, self.level, &blocks, &prose_path, ledger);
            return;
        };
        let mut rest = Vec::new();
        let mut open: Option<usize> = None;
        if found == Section::TradeOffs {
            rest = table::read(&blocks, draft, path, ledger);
        } else {
            for block in blocks {
                match &block.body {
                    Body::List(items) => {
                        for item in items {
                            if place_item(found, item, open, draft) {
                                ledger.place(&item.lines, path);
                            } else {
                                rest.push(whole(item));
                            }
                        }
                    }
                    Body::Table { head, rows } => {
                        for (row, line) in rows {
                            let ok = place_row(found, head, row, draft);
                            if ok {
                                ledger.place(&(*line..*line + 1), path);
                            } else {
                                ledger.leave(*line, "a row of a table that says nothing of its section");
                            }
                        }
                        let first = rows.first().map_or(block.lines.end, |(_, line)| *line);
                        (block.lines.start..first)
                            .for_each(|line| ledger.leave(line, "the head of a table that was read row by row"));
                    }
                    Body::Heading { text, .. } if found == Section::Decision => {
                        draft.points.push((clean(text), Vec::new()));
                        open = Some(draft.points.len() - 1);
                        ledger.place(&block.lines, path);
                    }
                    Body::Paragraph(text) if found == Section::Decision && clean(text).ends_with('?') => {
                        questions(text, &[], draft);
                        open = Some(draft.points.len() - 1);
                        ledger.place(&block.lines, path);
                    }
                    Body::Paragraph(text) if found == Section::Complexity && complexity(text).is_some() => {
                        said(found, text, draft);
                        ledger.place(&block.lines, path);
                    }
                    _ => rest.push(block),
                }
            }
        }
        if !rest.is_empty() {
            draft.prose.add(Some(&self.title), Some(anchor(found)), self.level, &rest, &prose_path, ledger);
        }
    }
}

/// One item of a list in a section. False: it is kept as prose.
fn place_item(found: Section, item: &Item, open: Option<usize>, draft: &mut Draft) -> bool {
    let nested = nested(item);
    let simple = item.blocks.iter().all(|b| matches!(b.body, Body::List(_)));
    if item.text.trim().is_empty() || !simple {
        return false;
    }
    match found {
        Section::Decision => {
            match open {
                Some(at) if nested.is_empty() => draft.points[at].1.push(clean_item(&item.text)),
                _ => questions(&item.text, &nested, draft),
            }
            true
        }
        Section::BuildsOn | Section::NotReplaced if nested.is_empty() => match pair(&item.text) {
            Some((name, adds)) if found == Section::BuildsOn => {
                draft.builds_on.push((name, adds));
                true
            }
            _ => false,
        },
        Section::BuildsOn | Section::NotReplaced => false,
        Section::Complexity => said_complexity(&item.text, draft),
        _ => {
            let text = clean_item(&item.text);
            let text = text.trim_end_matches(':');
            let text = if nested.is_empty() { text.to_owned() } else { format!("{text} ({})", nested.join("; ")) };
            push(found, mark(&item.text).0, text, draft);
            true
        }
    }
}

/// The texts of what is nested in an item, at any depth.
fn nested(item: &Item) -> Vec<String> {
    let lists = item.blocks.iter().filter_map(|b| if let Body::List(items) = &b.body { Some(items) } else { None });
    lists
        .flatten()
        .flat_map(|inner| [vec![clean_item(&inner.text)], nested(inner)].concat())
        .filter(|t| !t.is_empty())
        .collect()
}

/// One row of a table in a section: cells below "now" and "later" go there, others are joined.
fn place_row(found: Section, head: &[String], row: &[String], draft: &mut Draft) -> bool {
    let filled: Vec<(Option<&String>, &String)> = row
        .iter()
        .enumerate()
        .map(|(n, cell)| (head.get(n), cell))
        .filter(|(_, cell)| !cell.trim().is_empty())
        .collect();
    let Some((_, first)) = filled.first() else { return false };
    let sections: Vec<Option<Section>> = filled.iter().map(|(head, _)| head.and_then(|h| section(h))).collect();
    let by_column = [Section::Now, Section::Later, Section::NotWhen].iter().any(|s| sections.contains(&Some(*s)));
    match found {
        Section::BuildsOn if filled.len() > 1 && super::id(&clean(first)).is_some() => {
            let adds: Vec<&str> = filled[1..].iter().map(|(_, cell)| cell.as_str()).collect();
            draft.builds_on.push((clean(first), adds.join("; ")));
        }
        Section::Decision => {
            let ask: Vec<String> = filled[1..].iter().map(|(_, cell)| (*cell).clone()).collect();
            questions(first, &ask, draft);
        }
        Section::BuildsOn | Section::NotReplaced | Section::Complexity => return false,
        _ if by_column => {
            for ((_, cell), column) in filled.iter().zip(sections) {
                push(column.unwrap_or(found), Mark::None, clean_item(cell), draft);
            }
        }
        _ => {
            let cells: Vec<String> = filled.iter().map(|(_, cell)| clean_item(cell)).collect();
            push(found, mark(first).0, cells.join(": "), draft);
        }
    }
    true
}

/// A statement to the list of its section; a cross turns it round.
fn push(found: Section, mark: Mark, text: String, draft: &mut Draft) {
    let list = match (found, mark) {
        (Section::Trigger, Mark::Cross) | (Section::NotWhen, _) => &mut draft.not_when,
        (Section::Timing | Section::Now, Mark::Cross) | (Section::Later, _) => &mut draft.later,
        (Section::Timing | Section::Now, _) => &mut draft.now,
        _ => &mut draft.triggers,
    };
    if !text.is_empty() && !list.contains(&text) {
        list.push(text);
    }
}

/// What follows a label on its line: parts between semicolons, and further labels between them.
fn said(found: Section, rest: &str, draft: &mut Draft) {
    let mut found = found;
    for piece in split(rest, ';') {
        for (n, sentence) in sentences(&piece).into_iter().enumerate() {
            let mut text = sentence;
            if let Some((name, after)) = label(&text)
                && let Some(other) = section(&name)
                && !after.is_empty()
            {
                (found, text) = (other, after);
            } else if n > 0 && !matches!(found, Section::Decision) {
                // Two sentences of one statement stay together.
                let list = match found {
                    Section::NotWhen => &mut draft.not_when,
                    Section::Later => &mut draft.later,
                    Section::Timing | Section::Now => &mut draft.now,
                    _ => &mut draft.triggers,
                };
                if let Some(last) = list.last_mut() {
                    last.push_str(&format!(". {}", clean_item(&text)));
                    continue;
                }
            }
            match found {
                Section::Complexity => drop(said_complexity(&text, draft)),
                Section::Decision => questions(&text, &[], draft),
                Section::BuildsOn => match pair(&text) {
                    Some(pair) => draft.builds_on.push(pair),
                    None => draft.prose.text(Some("builds-on"), &text),
                },
                Section::NotReplaced => draft.prose.text(Some("does-not-replace"), &text),
                Section::TradeOffs => draft.prose.text(Some("trade-offs"), &text),
                _ => push(found, mark(&text).0, clean_item(&text), draft),
            }
        }
    }
}

/// The labels inside what follows a label.
fn labels_in(rest: &str) -> Vec<String> {
    let pieces = split(rest, ';').into_iter().flat_map(|piece| sentences(&piece));
    pieces.filter_map(|text| label(&text)).map(|(name, _)| name).filter(|name| section(name).is_some()).collect()
}

fn said_complexity(text: &str, draft: &mut Draft) -> bool {
    let Some(found) = complexity(text) else { return false };
    draft.complexity = draft.complexity.or(Some(found));
    draft.complexity_note = draft.complexity_note.take().or_else(|| Some(clean_item(text)));
    true
}

/// A question with what to ask about it: further sentences that ask, and what is nested.
fn questions(text: &str, nested: &[String], draft: &mut Draft) {
    let text = clean_item(text);
    let mut parts = Vec::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("? ") {
        parts.push(rest[..=at].trim().to_owned());
        rest = &rest[at + 2..];
    }
    if !rest.trim().is_empty() {
        parts.push(rest.trim().to_owned());
    }
    let Some((question, ask)) = parts.split_first() else { return };
    let question = question.replace("**", "");
    draft.points.push((question, ask.iter().cloned().chain(nested.iter().cloned()).collect()));
}

/// What a label of an option says of it.
pub fn about_option(name: &str) -> Option<Column> {
    column(name).filter(|c| matches!(c, Column::Pros | Column::Cons | Column::UseWhen))
}
