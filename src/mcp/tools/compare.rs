//! Choosing: the options of a trade-off, and a choice as a decision record.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Reply;
use crate::assess::{Fit, OptionFit, assess};
use crate::diagnostic::nearest;
use crate::export;
use crate::mcp::desk::{Desk, LONGEST_NAME, cut};
use crate::mcp::situation::Situation;
use crate::model::date::is_date;
use crate::model::{Key, Kind, Text, TradeOffBody};
use crate::record::{self, Decided};

#[derive(Debug, Deserialize, JsonSchema)]
pub struct ToCompare {
    /// The capability, by id.
    capability: String,
    #[serde(flatten)]
    situation: Situation,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Comparison {
    /// The capability's id.
    capability: String,
    /// Its title.
    title: String,
    /// What the trade-off is about; may be empty.
    summary: String,
    /// Keeping what one has; absent where the trade-off does not name it.
    #[serde(skip_serializing_if = "Option::is_none")]
    keep: Option<Keep>,
    /// In the author's order.
    options: Vec<Row>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Keep {
    /// What it is called.
    title: String,
    /// What it means here; may be empty.
    note: String,
    /// What it gives.
    gives: Vec<String>,
    /// What it costs.
    costs: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Row {
    /// The option's id, for `draft_decision_record`; absent for a row that is about no option.
    #[serde(skip_serializing_if = "Option::is_none")]
    option: Option<String>,
    /// What it is called.
    title: String,
    /// Whether it fits what is known.
    #[schemars(with = "Fit")]
    fit: &'static str,
    /// What it gives.
    gives: Vec<String>,
    /// What it costs.
    costs: Vec<String>,
    /// When to use it.
    use_when: Vec<Reason>,
    /// What free columns say of it, column by column.
    cells: Vec<Cell>,
    /// Its licence, as its author wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Reason {
    /// What its author says.
    text: String,
    /// `true`, `false`, `unknown`; absent for prose, which decides nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    truth: Option<&'static str>,
    /// The condition; absent for prose.
    #[serde(skip_serializing_if = "Option::is_none")]
    cel: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Cell {
    /// The column's title.
    column: String,
    /// What stands there.
    text: String,
}

pub fn compare_options(desk: &Desk, wanted: ToCompare) -> Result<Reply<Comparison>, String> {
    let catalog = &desk.plan.catalog;
    let profile = wanted.situation.profile(desk)?;
    let (place, capability) = desk.capability(&wanted.capability)?;
    let Some(trade_off) = &capability.trade_off else {
        return Err(format!("{} has no trade-off", capability.title));
    };
    let assessed = assess(catalog, &profile);
    let fits = &assessed.capabilities[place].options;
    let plain = |texts: &[Text]| texts.iter().map(|text| catalog.plain(text)).collect::<Vec<_>>();
    let fit_of = |row: usize| fits.iter().find(|fit| fit.row == row);
    let fit_name = |row: usize| fit_of(row).map_or(Fit::Undecided, |fit| fit.fit).name();
    let truth = |row: usize, place: usize| {
        let state = |fit: &OptionFit| fit.statements.iter().find(|s| s.place == place).map(|s| s.truth.name());
        fit_of(row).and_then(state)
    };
    let licence = |id: &str| catalog.option(id).and_then(|option| option.licence.clone());
    let title = |key: &Key| catalog.title(key).unwrap_or_else(|| key.id.clone());
    let options = match &trade_off.body {
        TradeOffBody::Options(rows) => rows
            .iter()
            .enumerate()
            .map(|(n, row)| Row {
                option: Some(row.option.key.id.clone()),
                title: title(&row.option.key),
                fit: fit_name(n),
                gives: plain(&row.pros),
                costs: plain(&row.cons),
                use_when: row
                    .use_when
                    .iter()
                    .enumerate()
                    .map(|(place, s)| Reason {
                        text: catalog.plain(&s.text),
                        truth: s.when.as_deref().and_then(|_| truth(n, place)),
                        cel: s.when.as_deref().map(|when| export::cel(catalog, when)),
                    })
                    .collect(),
                cells: Vec::new(),
                licence: licence(&row.option.key.id),
            })
            .collect(),
        TradeOffBody::Columns { columns, rows } => rows
            .iter()
            .enumerate()
            .map(|(n, row)| {
                let cells = columns.iter().zip(&row.cells).filter_map(|(column, cell)| {
                    Some(Cell { column: column.title.clone(), text: catalog.plain(cell.as_ref()?) })
                });
                Row {
                    option: row.option.as_ref().map(|option| option.key.id.clone()),
                    title: row.cells.first().into_iter().flatten().map(|cell| catalog.plain(cell)).collect(),
                    fit: fit_name(n),
                    gives: Vec::new(),
                    costs: Vec::new(),
                    use_when: row
                        .when
                        .iter()
                        .map(|when| Reason {
                            text: crate::words::condition(catalog, when),
                            truth: truth(n, 0),
                            cel: Some(export::cel(catalog, when)),
                        })
                        .collect(),
                    cells: cells.collect(),
                    licence: row.option.as_ref().and_then(|option| licence(&option.key.id)),
                }
            })
            .collect(),
    };
    let keep = trade_off.keep.as_ref().map(|keep| Keep {
        title: keep.title.clone().unwrap_or_else(|| desk.words.keep.clone()),
        note: keep.note.as_ref().map(|note| catalog.plain(note)).unwrap_or_default(),
        gives: plain(&keep.pros),
        costs: plain(&keep.cons),
    });
    let summary = trade_off.summary.as_ref().map(|text| catalog.plain(text)).unwrap_or_default();
    Ok(Comparison { capability: capability.id.clone(), title: capability.title.clone(), summary, keep, options }.into())
}

#[derive(Debug, Deserialize, JsonSchema)]
pub struct ToDecide {
    /// The capability, by id.
    capability: String,
    /// The chosen option, by id; `keep` for keeping what one has, `adopt` where the trade-off names no options.
    option: String,
    /// The date of the decision, as 2026-11-23; left out where nothing is said.
    #[serde(default)]
    date: Option<String>,
    #[serde(flatten)]
    situation: Situation,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Record {
    /// The capability's id.
    capability: String,
    /// The option's id, `keep` or `adopt`.
    option: String,
    /// The verdict that it rests on.
    #[schemars(with = "crate::model::Verdict")]
    verdict: &'static str,
    /// The record: MADR 4, with its premises in the front matter. Nothing was written.
    markdown: String,
}

pub fn draft_decision_record(desk: &Desk, wanted: ToDecide) -> Result<Reply<Record>, String> {
    let catalog = &desk.plan.catalog;
    let profile = wanted.situation.profile(desk)?;
    let (place, capability) = desk.capability(&wanted.capability)?;
    let Some(choice) = record::choice(catalog, capability, wanted.option.trim()) else {
        let choices = record::choices(catalog, capability);
        let all: Vec<&str> = choices.iter().map(|choice| choice.id.as_str()).collect();
        let near = nearest(&wanted.option, all.iter().copied());
        let near = near.map_or(String::new(), |near| format!("did you mean `{near}`? "));
        let (wrong, all) = (cut(&wanted.option, LONGEST_NAME), all.join(", "));
        return Err(format!("`{}` has no option `{wrong}`; {near}possible: {all}", capability.id));
    };
    if let Some(date) = &wanted.date
        && !is_date(date)
    {
        return Err(format!("`{date}` is no date: write a day of the calendar, as 2026-11-23"));
    }
    let assessment = assess(catalog, &profile);
    let assessed = &assessment.capabilities[place];
    let Some(verdict) = assessed.verdict else {
        return Err(format!(
            "{} is guidance only: no condition decides it, so nothing could tell when to revisit",
            capability.title
        ));
    };
    let hashes = export::hashes(&desk.plan, &Key::new(Kind::Capability, &capability.id));
    let markdown = record::write(
        Decided {
            catalog,
            capability,
            assessment: assessed,
            profile: &profile,
            choice: &choice,
            hashes: (&hashes.rules, &hashes.prose),
            date: wanted.date.as_deref(),
        },
        verdict,
    );
    let value = Record {
        capability: capability.id.clone(),
        option: choice.id.clone(),
        verdict: verdict.name(),
        markdown: markdown.clone(),
    };
    Ok(Reply { value, text: Some(markdown) })
}
