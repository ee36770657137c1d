//! Trade-offs: tables, lists with ticks and crosses, and headings of options -> options or free columns.

use super::Ledger;
use super::blocks::{Block, Body};
use super::capability::{Draft, about_option};
use super::labels::{Column, Mark, clean, column, label, mark};
use super::texts::{clean_item, split};

/// The choices of a capability.
#[derive(Debug, Default)]
pub enum TradeOff {
    #[default]
    None,
    Options(Vec<Choice>),
    Columns {
        heads: Vec<String>,
        rows: Vec<Vec<String>>,
    },
}

/// One option.
#[derive(Debug, Default, Clone)]
pub struct Choice {
    pub title: String,
    pub pros: Vec<String>,
    pub cons: Vec<String>,
    pub use_when: Vec<String>,
    pub licence: Option<String>,
    pub maturity: Option<String>,
    /// What other columns say: head and cell.
    pub more: Vec<(String, String)>,
}

/// Reads the blocks of a section of options; what is left is prose.
pub fn read(blocks: &[Block], draft: &mut Draft, path: &str, ledger: &mut Ledger<'_>) -> Vec<Block> {
    let mut rest = Vec::new();
    // The option that a heading named, and the list of it that a label named.
    let (mut open, mut about) = (None, None);
    for block in blocks {
        let placed = match &block.body {
            Body::Table { head, rows } => table(head, rows, draft),
            Body::Heading { text, .. } => match about_option(text) {
                Some(column) if open.is_some() => {
                    about = Some(column);
                    true
                }
                _ => {
                    open = option(&clean(text), draft);
                    about = None;
                    open.is_some()
                }
            },
            Body::Paragraph(text) => match label(text) {
                Some((name, said)) if about_option(&name).is_some() && open.is_some() => {
                    about = about_option(&name);
                    add(open, about, Mark::None, &said, draft);
                    true
                }
                Some((name, said)) if said.is_empty() && text.trim_start().starts_with("**") => {
                    open = option(&name, draft);
                    about = None;
                    open.is_some()
                }
                _ => false,
            },
            Body::List(items) => {
                let mut all = true;
                for item in items {
                    let lines = item.lines.clone();
                    let ok = match (open, about, mark(&item.text).0) {
                        (Some(_), None, Mark::None) | (None, ..) => listed(item, open, draft),
                        (_, _, mark) => item.blocks.is_empty() && add(open, about, mark, &item.text, draft),
                    };
                    if ok {
                        ledger.place(&lines, path);
                    } else {
                        rest.push(Block { body: Body::List(vec![item.clone()]), lines });
                    }
                    all &= ok;
                }
                if !all {
                    continue;
                }
                true
            }
            _ => false,
        };
        if placed {
            ledger.place(&block.lines, path);
            match &block.body {
                Body::Table { head, .. } => ledger.key(&block.lines, &head.join(", "), path),
                Body::Heading { text, .. } | Body::Paragraph(text) => ledger.key(&block.lines, text, path),
                Body::List(items) => items.iter().for_each(|item| item_keys(item, path, ledger)),
                _ => {}
            }
        } else {
            rest.push(block.clone());
        }
    }
    rest
}

/// The labels of what is nested in an item: `Pros:`.
fn item_keys(item: &super::blocks::Item, path: &str, ledger: &mut Ledger<'_>) {
    for block in &item.blocks {
        let Body::List(items) = &block.body else { continue };
        for inner in items {
            if let Some((name, _)) = label(&inner.text).filter(|(name, _)| about_option(name).is_some()) {
                ledger.key(&inner.lines, &name, path);
            }
            item_keys(inner, path, ledger);
        }
    }
}

/// An item that is an option with lists of its own, or a list of an option.
fn listed(item: &super::blocks::Item, open: Option<usize>, draft: &mut Draft) -> bool {
    let (name, said) = label(&item.text).unwrap_or((clean(&item.text), String::new()));
    if let (Some(column), true) = (about_option(&name), open.is_some()) {
        add(open, Some(column), Mark::None, &said, draft);
        return nested(item, open, Some(column), draft);
    }
    // Without anything said of it, a text is no option.
    if (item.blocks.is_empty() && said.is_empty()) || name.split_whitespace().count() > 6 {
        return false;
    }
    let Some(at) = option(&name, draft) else { return false };
    let marked = said.contains(['✅', '❌', '✓', '✗', '✔', '✘', '➕', '➖']);
    if marked {
        for piece in marks(&said) {
            add(Some(at), None, mark(&piece).0, &piece, draft);
        }
    } else if !said.is_empty() {
        push_more(at, "", &said, draft);
    }
    nested(item, Some(at), None, draft)
}

fn nested(item: &super::blocks::Item, open: Option<usize>, about: Option<Column>, draft: &mut Draft) -> bool {
    for block in &item.blocks {
        let Body::List(items) = &block.body else { return false };
        for inner in items {
            let labelled = label(&inner.text).and_then(|(name, said)| Some((about_option(&name)?, said)));
            match labelled {
                Some((column, said)) => {
                    add(open, Some(column), Mark::None, &said, draft);
                    if !nested(inner, open, Some(column), draft) {
                        return false;
                    }
                }
                None => {
                    add(open, about, mark(&inner.text).0, &inner.text, draft);
                    if !nested(inner, open, about, draft) {
                        return false;
                    }
                }
            }
        }
    }
    true
}

/// "✅ small ✅ simple ❌ young" is three texts, each with its mark.
fn marks(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for c in text.chars() {
        if mark(&c.to_string()).0 != Mark::None || pieces.is_empty() {
            pieces.push(String::new());
        }
        if let Some(last) = pieces.last_mut() {
            last.push(c);
        }
    }
    pieces.into_iter().filter(|p| !p.trim().is_empty()).collect()
}

/// The option of this title, a new one if there is none.
fn option(title: &str, draft: &mut Draft) -> Option<usize> {
    super::id(title)?;
    if !matches!(draft.trade_off, TradeOff::Options(_)) {
        if matches!(draft.trade_off, TradeOff::Columns { .. }) {
            return None;
        }
        draft.trade_off = TradeOff::Options(Vec::new());
    }
    let TradeOff::Options(choices) = &mut draft.trade_off else { return None };
    let known = choices.iter().position(|c| super::id(&c.title) == super::id(title));
    Some(known.unwrap_or_else(|| {
        choices.push(Choice { title: title.to_owned(), ..Choice::default() });
        choices.len() - 1
    }))
}

/// A text to one of an option's lists: by its mark, else by the label it stands below.
fn add(open: Option<usize>, about: Option<Column>, mark: Mark, text: &str, draft: &mut Draft) -> bool {
    let (Some(at), TradeOff::Options(choices)) = (open, &mut draft.trade_off) else { return false };
    let choice = &mut choices[at];
    if text.trim().is_empty() {
        return true;
    }
    let list = match (mark, about) {
        (Mark::Tick, _) | (Mark::None, Some(Column::Pros)) => &mut choice.pros,
        (Mark::Cross, _) | (Mark::None, Some(Column::Cons)) => &mut choice.cons,
        (Mark::None, Some(Column::UseWhen)) => &mut choice.use_when,
        (Mark::None, _) => {
            choice.more.push((String::new(), clean_item(text)));
            return true;
        }
    };
    list.extend(parts(text));
    true
}

fn push_more(at: usize, head: &str, text: &str, draft: &mut Draft) {
    if let TradeOff::Options(choices) = &mut draft.trade_off {
        choices[at].more.push((head.to_owned(), text.to_owned()));
    }
}

/// The parts of a cell: lines, semicolons, or commas between short phrases.
fn parts(cell: &str) -> Vec<String> {
    let cell = cell.replace("<br/>", "<br>").replace("<br />", "<br>").replace('•', "<br>");
    let lines: Vec<String> = cell.split("<br>").flat_map(|line| split(line, ';')).collect();
    let commas = |line: &String| {
        let pieces = split(line, ',');
        let loose = |piece: &String| {
            let words: Vec<&str> = piece.split_whitespace().collect();
            words.len() <= 5 && !words.iter().any(|w| matches!(*w, "and" | "or" | "en" | "of" | "but" | "maar"))
        };
        if pieces.len() > 1 && pieces.iter().all(loose) { pieces } else { vec![line.clone()] }
    };
    lines.iter().flat_map(commas).map(|part| clean_item(&part)).filter(|part| !part.is_empty() && part != "-").collect()
}

fn table(head: &[String], rows: &[(Vec<String>, usize)], draft: &mut Draft) -> bool {
    let roles: Vec<Option<Column>> = head.iter().map(|h| column(h)).collect();
    let judged = roles.iter().skip(1).any(|r| matches!(r, Some(Column::Pros | Column::Cons)));
    if head.len() < 2 || rows.is_empty() {
        return false;
    }
    if !judged {
        if !matches!(draft.trade_off, TradeOff::None) {
            return false;
        }
        let heads =
            head.iter().enumerate().map(|(n, h)| if h.is_empty() { format!("Column {}", n + 1) } else { clean(h) });
        let rows = rows.iter().map(|(row, _)| row.iter().map(|cell| clean_item(cell)).collect());
        draft.trade_off = TradeOff::Columns { heads: heads.collect(), rows: rows.collect() };
        return true;
    }
    if rows.iter().any(|(row, _)| super::id(&clean(row.first().map_or("", String::as_str))).is_none()) {
        return false;
    }
    for (row, _) in rows {
        let Some(at) = option(&clean(&row[0]), draft) else { return false };
        for (n, cell) in row.iter().enumerate().skip(1).filter(|(_, cell)| !cell.trim().is_empty()) {
            let TradeOff::Options(choices) = &mut draft.trade_off else { return false };
            let choice = &mut choices[at];
            match roles.get(n).copied().flatten() {
                Some(Column::Pros) => choice.pros.extend(parts(cell)),
                Some(Column::Cons) => choice.cons.extend(parts(cell)),
                Some(Column::UseWhen) => choice.use_when.extend(parts(cell)),
                Some(Column::Licence) if choice.licence.is_none() => choice.licence = Some(clean_item(cell)),
                Some(Column::Maturity) if choice.maturity.is_none() => choice.maturity = Some(clean_item(cell)),
                _ => choice.more.push((clean(head.get(n).map_or("", String::as_str)), clean_item(cell))),
            }
        }
    }
    true
}

/// Items whose cells stand between bars, below a label that says what they are: `Trade-offs (tool | pro | contra):`.
pub fn piped(name: &str, rest: &str, blocks: &[Block]) -> Vec<Block> {
    let heads = name.split_once('(').map(|(_, heads)| heads.trim_end_matches(')').to_owned());
    let heads: Vec<String> = heads.iter().flat_map(|h| h.split('|')).map(|h| h.trim().to_owned()).collect();
    let mut out = Vec::new();
    if !rest.is_empty() {
        // What the label says is prose of the section; its line is placed already.
        out.push(Block { body: Body::Paragraph(rest.to_owned()), lines: 0..0 });
    }
    for block in blocks {
        match &block.body {
            Body::List(items)
                if heads.len() > 1 && items.iter().all(|i| i.text.contains(" | ") && i.blocks.is_empty()) =>
            {
                let row = |item: &super::blocks::Item| {
                    (item.text.split(" | ").map(|cell| cell.trim().to_owned()).collect(), item.lines.start)
                };
                let rows = items.iter().map(row).collect();
                out.push(Block { body: Body::Table { head: heads.clone(), rows }, lines: block.lines.clone() });
            }
            _ => out.push(block.clone()),
        }
    }
    out
}
