//! Options, or rows with free columns, side by side: they are the columns, what they are compared by is the rows.

use std::collections::BTreeSet;

use serde::Serialize;

use super::here::Here;
use super::parts::StatementView;
use super::shared::escaped;
use super::trade_off;
use crate::model::anchor;
use crate::model::{Capability, Column, Condition, ListKind, OptionPage, OptionRow, Row, TradeOff, TradeOffBody};
use crate::parse::prose::{Ids, slug};

/// An option, a row with free columns, or "keep what you have", which comes first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CompareColumn {
    /// The option's id, or one made from a row's heading; `keep`.
    pub id: String,
    pub title_html: String,
    /// For narrow screens, and for controls.
    pub short: String,
    /// The option's page. Null for "keep what you have", and for a row that is about no option.
    pub href: Option<String>,
    pub note_html: Option<String>,
    pub keep: bool,
}

/// One row of the comparison.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Criterion {
    /// `use-when`, `gives`, `costs`, `kind`, `licence`, `maturity`, or the id of a free column.
    pub id: String,
    pub title: String,
    /// True where every option says the same.
    pub same: bool,
    /// One per column.
    pub cells: Vec<CompareCell>,
}

/// What one option says. All empty: not stated.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CompareCell {
    /// The column's id and short title.
    pub column: String,
    pub short: String,
    pub keep: bool,
    /// For `use-when`.
    pub statements: Vec<StatementView>,
    /// For everything else.
    pub items_html: Vec<String>,
    /// True where nothing can be said: "keep what you have" has no licence.
    pub not_applicable: bool,
}

/// A column with what it says: when to use it, then a list per criterion behind that. None: there is nothing to say.
struct Side {
    column: CompareColumn,
    use_when: Vec<StatementView>,
    says: Vec<Option<Vec<String>>>,
}

/// The comparison of a trade-off. "Keep what you have" is in it whether the author describes it or not: what speaks for
/// it are the statements that rule the capability out. A criterion that nobody states is left out.
pub(super) fn made(
    here: &Here,
    capability: &Capability<Condition>,
    trade_off: &TradeOff<Condition>,
) -> (Vec<CompareColumn>, Vec<Criterion>) {
    let words = &here.words.criteria;
    let named = |id: &str, title: &str| (id.to_owned(), title.to_owned());
    let mut heads =
        vec![named("use-when", &words.use_when), named("gives", &words.gives), named("costs", &words.costs)];
    let about = [named("kind", &words.kind), named("licence", &words.licence), named("maturity", &words.maturity)];
    let sides: Vec<Side> = match &trade_off.body {
        TradeOffBody::Options(rows) => rows.iter().map(|row| of_option(here, capability, row)).collect(),
        TradeOffBody::Columns { columns, rows } => {
            if let Some(place) = Column::reason(columns) {
                heads[0].1.clone_from(&columns[place].title);
            }
            heads.extend(free(columns).map(|(_, column)| named(&column.id, &column.title)));
            let mut ids = Ids::default();
            slug("keep", &mut ids);
            rows.iter().map(|row| of_row(here, columns, row, &mut ids)).collect()
        }
    };
    heads.extend(about);
    let keep = keep(here, capability, trade_off, heads.len());
    lay_out(heads, std::iter::once(keep).chain(sides))
}

/// The free columns that are criteria of their own: not the heading, and not what says when to use the row.
fn free(columns: &[Column]) -> impl Iterator<Item = (usize, &Column)> {
    let reason = Column::reason(columns);
    columns.iter().enumerate().skip(1).filter(move |(place, _)| Some(*place) != reason)
}

fn keep(here: &Here, capability: &Capability<Condition>, trade_off: &TradeOff<Condition>, criteria: usize) -> Side {
    let keep = trade_off::keep(here, capability, trade_off);
    let mut says = vec![Some(keep.gives_html), Some(keep.costs_html)];
    says.resize(criteria - 1, None);
    Side {
        column: CompareColumn {
            id: "keep".into(),
            title_html: escaped(&keep.title),
            short: keep.title,
            href: None,
            note_html: keep.note_html,
            keep: true,
        },
        use_when: keep.use_when,
        says,
    }
}

fn of_option(here: &Here, capability: &Capability<Condition>, row: &OptionRow<Condition>) -> Side {
    let made = here.option_row(capability, row);
    let about = about(here, here.catalog.option(&made.id));
    Side {
        column: CompareColumn {
            id: made.id,
            title_html: escaped(&made.title),
            short: made.short,
            href: Some(made.href),
            note_html: None,
            keep: false,
        },
        use_when: made.use_when,
        says: [Some(made.gives_html), Some(made.costs_html)].into_iter().chain(about).collect(),
    }
}

/// Kind, licence and maturity of an option.
fn about(here: &Here, option: Option<&OptionPage>) -> [Option<Vec<String>>; 3] {
    let kind = option.map(|o| super::option::kind_label(here, o.kind).to_owned());
    let licence = option.and_then(|o| o.licence.as_deref()).map(escaped);
    let maturity = option.and_then(|o| here.maybe(o.maturity.as_ref()));
    [kind, licence, maturity].map(|text| option.map(|_| text.into_iter().collect()))
}

fn of_row(here: &Here, columns: &[Column], row: &Row<Condition>, ids: &mut Ids) -> Side {
    let made = here.column_row(columns, row);
    let heading = row.cells.first().into_iter().flatten().map(|cell| here.catalog.plain(cell)).collect::<String>();
    let option = row.option.as_ref().and_then(|option| here.catalog.option(&option.key.id));
    let said = |place: usize| row.cells.get(place).and_then(|cell| here.maybe(cell.as_ref()));
    // What the author calls "Use when" is the text of the row's condition.
    let reason = Column::reason(columns).and_then(said);
    let use_when = (reason.is_some() || made.condition.is_some()).then(|| StatementView {
        anchor: anchor::statement(ListKind::UseWhen, 0, None),
        text_html: reason.unwrap_or_else(|| made.condition.iter().map(|when| escaped(&when.words)).collect()),
        condition_words: None,
        facts: row.when.iter().flat_map(|when| &when.facts).map(|fact| here.fact_link(*fact)).collect(),
        condition: made.condition,
        href: None,
    });
    let cells = free(columns).map(|(place, _)| Some(said(place).into_iter().collect()));
    let says = [None, None].into_iter().chain(cells).chain(about(here, option)).collect();
    Side {
        column: CompareColumn {
            id: slug(option.map_or(&heading, |option| &option.id), ids),
            // A link holds no other link.
            title_html: if option.is_some() { escaped(&heading) } else { made.heading_html },
            short: option.and_then(|option| option.short.clone()).unwrap_or(heading),
            href: made.option.map(|option| option.href),
            note_html: None,
            keep: false,
        },
        use_when: use_when.into_iter().collect(),
        says,
    }
}

/// Columns with what they say -> columns, and rows of cells. `heads`: id and title of each criterion, "use when" first.
fn lay_out(heads: Vec<(String, String)>, sides: impl Iterator<Item = Side>) -> (Vec<CompareColumn>, Vec<Criterion>) {
    let new = |(id, title)| Criterion { id, title, same: false, cells: Vec::new() };
    let mut criteria: Vec<Criterion> = heads.into_iter().map(new).collect();
    let mut columns = Vec::new();
    for Side { column, use_when, says } in sides {
        let cell = |statements, items: Option<Vec<String>>| CompareCell {
            column: column.id.clone(),
            short: column.short.clone(),
            keep: column.keep,
            statements,
            not_applicable: items.is_none(),
            items_html: items.unwrap_or_default(),
        };
        let cells = std::iter::once(cell(use_when, Some(Vec::new())));
        let cells = cells.chain(says.into_iter().map(|items| cell(Vec::new(), items)));
        for (criterion, cell) in criteria.iter_mut().zip(cells) {
            criterion.cells.push(cell);
        }
        columns.push(column);
    }
    for criterion in &mut criteria {
        let mut said = criterion.cells.iter().filter(|cell| !cell.keep).map(|cell| {
            let statements: Vec<&str> = cell.statements.iter().map(|s| s.text_html.as_str()).collect();
            (statements, &cell.items_html)
        });
        let first = said.next();
        criterion.same = said.all(|cell| Some(cell) == first);
    }
    // A free column may be what is known of the options anyway: the author's own words stand.
    let mut seen = BTreeSet::new();
    criteria.retain(|c| seen.insert(c.id.clone()));
    criteria.retain(|c| c.cells.iter().any(|cell| !cell.statements.is_empty() || !cell.items_html.is_empty()));
    (columns, criteria)
}
