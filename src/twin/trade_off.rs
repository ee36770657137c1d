//! Trade-offs: inside a capability's twin, and as a page.

use super::paper::{self, Paper, code, escape};
use crate::model::{Capability, Condition, Key, Kind, ListKind, OptionRow, Ref, TradeOffBody};
use crate::plan::{PageName, Plan};
use crate::view::Words;

/// The title of a capability's comparison page.
pub fn title(plan: &Plan, words: &Words, id: &str) -> String {
    let Some(capability) = plan.catalog.capability(id) else { return String::new() };
    let own = capability.trade_off.as_ref().and_then(|t| t.title.clone());
    own.unwrap_or_else(|| format!("{}: {}", capability.title, words.sections.comparison))
}

/// The comparison page.
pub fn page(paper: &mut Paper, id: &str) -> Option<()> {
    let capability = paper.catalog.capability(id)?;
    let trade_off = capability.trade_off.as_ref()?;
    paper.heading(1, &title(paper.plan, paper.words, id));
    let link = paper.link(&Key::new(Kind::Capability, id));
    paper.paragraph(&format!("{}: {link}", paper.words.placed.capability));
    write(paper, capability);
    if !capability.not_when.is_empty() {
        paper.heading(2, &paper.words.sections.not_when);
        paper.statements(capability, ListKind::NotWhen, &capability.not_when);
    }
    match &trade_off.body {
        TradeOffBody::Options(rows) => about(paper, rows.iter().map(|row| &row.option)),
        TradeOffBody::Columns { rows, .. } => about(paper, rows.iter().filter_map(|row| row.option.as_ref())),
    }
    Some(())
}

/// Kind, licence and maturity of the options.
fn about<'a>(paper: &mut Paper, options: impl Iterator<Item = &'a Ref>) {
    let words = &paper.words.criteria;
    let cells: Vec<Vec<String>> = options
        .filter_map(|option| paper.catalog.option(&option.key.id))
        .map(|option| {
            vec![
                paper.link(&Key::new(Kind::Option, &option.id)),
                super::simple::option_kind(paper.words, option.kind).to_owned(),
                option.licence.as_deref().map(escape).unwrap_or_default(),
                paper.maybe(&option.span.file, option.maturity.as_ref()),
            ]
        })
        .collect();
    let head = [paper.words.placed.option.as_str(), &words.kind, &words.licence, &words.maturity];
    if !cells.is_empty() {
        paper.table(&head, &cells);
    }
}

/// The summary, "keep what you have", and the options or rows.
pub fn write(paper: &mut Paper, capability: &Capability<Condition>) {
    let Some(trade_off) = &capability.trade_off else { return };
    let file = &*capability.span.file;
    let words = &paper.words.criteria;
    paper.paragraph(&paper.maybe(file, trade_off.summary.as_ref()));
    if let Some(keep) = &trade_off.keep {
        paper.heading(3, keep.title.as_ref().unwrap_or(&paper.words.keep));
        paper.paragraph(&paper.maybe(file, keep.note.as_ref()));
        paper.named(0, &words.gives, &paper.joined(file, &keep.pros));
        paper.named(0, &words.costs, &paper.joined(file, &keep.cons));
        paper.gap();
    }
    match &trade_off.body {
        TradeOffBody::Options(rows) => {
            for row in rows {
                option(paper, capability, row);
            }
        }
        TradeOffBody::Columns { .. } => {
            if let Some(table) = table(paper, capability) {
                paper.blocks(&table);
            }
        }
    }
}

fn option(paper: &mut Paper, capability: &Capability<Condition>, row: &OptionRow<Condition>) {
    let link = paper.link(&row.option.key);
    paper.blocks(&format!("### {link}"));
    row_of(paper, capability, row);
}

/// What an option gives, costs, and when to use it.
pub fn row_of(paper: &mut Paper, capability: &Capability<Condition>, row: &OptionRow<Condition>) {
    let words = &paper.words.criteria;
    let file = &*capability.span.file;
    paper.named(0, &words.gives, &paper.joined(file, &row.pros));
    paper.named(0, &words.costs, &paper.joined(file, &row.cons));
    if !row.use_when.is_empty() {
        paper.item(0, &format!("{}:", words.use_when));
        for (n, statement) in row.use_when.iter().enumerate() {
            let id = statement.id.clone().unwrap_or_else(|| format!("{}.{}", ListKind::UseWhen.name(), n + 1));
            let when = paper.when(statement.when.as_deref(), &paper.catalog.plain(&statement.text));
            paper.item(1, &format!("{id}: {}, {when}", paper.text(file, &statement.text)));
        }
    }
    paper.gap();
}

/// A trade-off as one table: its free columns, or what each option gives, costs and is for. None without one.
pub fn table(paper: &Paper, capability: &Capability<Condition>) -> Option<String> {
    let file = &*capability.span.file;
    let words = &paper.words.criteria;
    let (head, rows): (Vec<&str>, Vec<Vec<String>>) = match &capability.trade_off.as_ref()?.body {
        TradeOffBody::Options(rows) => {
            let cells = |row: &OptionRow<Condition>| {
                let use_when: Vec<String> = row.use_when.iter().map(|s| paper.text(file, &s.text)).collect();
                vec![
                    paper.link(&row.option.key),
                    paper.joined(file, &row.pros),
                    paper.joined(file, &row.cons),
                    use_when.join("; "),
                ]
            };
            let head = vec![paper.words.placed.option.as_str(), &words.gives, &words.costs, &words.use_when];
            (head, rows.iter().map(cells).collect())
        }
        TradeOffBody::Columns { columns, rows } => {
            let (option, when) = (rows.iter().any(|r| r.option.is_some()), rows.iter().any(|r| r.when.is_some()));
            let mut head: Vec<&str> = columns.iter().map(|column| column.title.as_str()).collect();
            head.extend(option.then_some(paper.words.placed.option.as_str()));
            head.extend(when.then_some(paper.words.twin.when.as_str()));
            let cells = rows.iter().map(|row| {
                let mut cells: Vec<String> = row.cells.iter().map(|cell| paper.maybe(file, cell.as_ref())).collect();
                if option {
                    cells.push(row.option.as_ref().map(|r| paper.link(&r.key)).unwrap_or_default());
                }
                if when {
                    cells.push(row.when.as_deref().map(|c| said(paper, c)).unwrap_or_default());
                }
                cells
            });
            (head, cells.collect())
        }
    };
    Some(paper::table(&head, &rows))
}

fn said(paper: &Paper, condition: &Condition) -> String {
    let words = crate::words::condition(paper.catalog, condition);
    format!("{}: {}", code(&crate::export::cel(paper.catalog, condition)), escape(&words))
}

/// A link to the comparison page of a capability.
pub fn link(paper: &Paper, id: &str) -> String {
    paper.linked(&title(paper.plan, paper.words, id), &PageName::TradeOff(id.to_owned()))
}
