//! A capability as JSON.

use serde::Serialize;

use super::{Named, StatementJson, TextJson, named, prose, statements, text, texts};
use crate::export::condition::{self, When};
use crate::export::matrix::{self, Row as MatrixRow};
use crate::model::{Capability, Condition, Key, Kind, ListKind, Timing, TradeOffBody};
use crate::plan::Plan;

#[derive(Serialize)]
pub struct CapabilityBody {
    layer: Named,
    order: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<TextJson>,
    complexity_from: &'static str,
    complexity_to: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    complexity_note: Option<TextJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    closing_question: Option<TextJson>,
    matrix: MatrixRow,
    triggers: Vec<StatementJson>,
    not_when: Vec<StatementJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trade_off: Option<TradeOffJson>,
    decision_points: Vec<DecisionPointJson>,
    timing: TimingJson,
    builds_on: Vec<FoundationJson>,
    does_not_replace: Vec<NotReplacedJson>,
    /// Capabilities that build on this one.
    supports: Vec<FoundationJson>,
    related: Vec<Named>,
    /// Verdicts that cases expect.
    expected_by: Vec<ExpectedJson>,
    /// The page's prose as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    prose: Option<String>,
}

#[derive(Serialize)]
struct TradeOffJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<TextJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    keep: Option<KeepJson>,
    /// Empty where the trade-off has free columns.
    options: Vec<OptionJson>,
    /// Empty where the trade-off has options.
    columns: Vec<ColumnJson>,
    rows: Vec<RowJson>,
}

#[derive(Serialize)]
struct KeepJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<TextJson>,
    pros: Vec<TextJson>,
    cons: Vec<TextJson>,
}

#[derive(Serialize)]
struct OptionJson {
    option: Named,
    pros: Vec<TextJson>,
    cons: Vec<TextJson>,
    use_when: Vec<StatementJson>,
}

#[derive(Serialize)]
struct ColumnJson {
    id: String,
    title: String,
}

#[derive(Serialize)]
struct RowJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    option: Option<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<When>,
    cells: Vec<CellJson>,
}

#[derive(Serialize)]
struct CellJson {
    column: String,
    text: TextJson,
}

#[derive(Serialize)]
struct DecisionPointJson {
    /// As authored, else its place: `decision_points.2`.
    id: String,
    question: TextJson,
    ask: Vec<TextJson>,
}

#[derive(Serialize)]
struct TimingJson {
    staged: bool,
    now: Vec<StatementJson>,
    later: Vec<StatementJson>,
    prepare: Vec<StatementJson>,
    activate_when: Vec<StatementJson>,
}

#[derive(Serialize)]
struct FoundationJson {
    thing: Named,
    adds: TextJson,
}

#[derive(Serialize)]
struct NotReplacedJson {
    thing: Named,
    text: TextJson,
}

#[derive(Serialize)]
struct ExpectedJson {
    case: Named,
    verdicts: Vec<&'static str>,
}

/// The body of a capability's item.
pub fn body(plan: &Plan, id: &str) -> CapabilityBody {
    let catalog = &plan.catalog;
    let capability = catalog.capability(id).expect("keys come from the catalog");
    let key = Key::new(Kind::Capability, id);
    let optional = |t: &Option<crate::model::Text>| t.as_ref().map(|t| text(catalog, t));
    CapabilityBody {
        layer: named(plan, &capability.layer.key),
        order: capability.order,
        description: optional(&capability.description),
        complexity_from: capability.complexity.from.name(),
        complexity_to: capability.complexity.to.name(),
        complexity_note: optional(&capability.complexity_note),
        closing_question: optional(&capability.closing_question),
        matrix: matrix::row(plan, capability),
        triggers: statements(catalog, ListKind::Trigger, &capability.triggers),
        not_when: statements(catalog, ListKind::NotWhen, &capability.not_when),
        trade_off: capability.trade_off.as_ref().map(|_| trade_off(plan, capability)),
        decision_points: capability
            .decision_points
            .iter()
            .enumerate()
            .map(|(n, point)| DecisionPointJson {
                id: point.id.clone().unwrap_or_else(|| format!("decision_points.{}", n + 1)),
                question: text(catalog, &point.question),
                ask: texts(catalog, &point.ask),
            })
            .collect(),
        timing: timing(plan, capability),
        builds_on: capability
            .builds_on
            .iter()
            .map(|f| FoundationJson { thing: named(plan, &f.on.key), adds: text(catalog, &f.adds) })
            .collect(),
        does_not_replace: capability
            .does_not_replace
            .iter()
            .map(|n| NotReplacedJson { thing: named(plan, &n.what.key), text: text(catalog, &n.text) })
            .collect(),
        supports: plan
            .derived
            .supports
            .get(&key)
            .into_iter()
            .flatten()
            .map(|(n, place)| {
                let above = &catalog.capabilities[*n];
                FoundationJson {
                    thing: named(plan, &Key::new(Kind::Capability, &above.id)),
                    adds: text(catalog, &above.builds_on[*place].adds),
                }
            })
            .collect(),
        related: capability.related.iter().map(|r| named(plan, &r.key)).collect(),
        expected_by: catalog
            .cases
            .iter()
            .filter_map(|case| {
                let (_, verdicts) = case.expect.iter().find(|(c, _)| c.key == key)?;
                Some(ExpectedJson {
                    case: named(plan, &Key::new(Kind::Case, &case.id)),
                    verdicts: verdicts.iter().map(|v| v.name()).collect(),
                })
            })
            .collect(),
        prose: prose(&capability.prose),
    }
}

fn trade_off(plan: &Plan, capability: &Capability<Condition>) -> TradeOffJson {
    let catalog = &plan.catalog;
    let trade_off = capability.trade_off.as_ref().expect("asked for only where there is one");
    let (mut options, mut columns_json, mut rows_json) = (Vec::new(), Vec::new(), Vec::new());
    match &trade_off.body {
        TradeOffBody::Options(rows) => {
            options.extend(rows.iter().map(|row| OptionJson {
                option: named(plan, &row.option.key),
                pros: texts(catalog, &row.pros),
                cons: texts(catalog, &row.cons),
                use_when: statements(catalog, ListKind::UseWhen, &row.use_when),
            }));
        }
        TradeOffBody::Columns { columns, rows } => {
            columns_json.extend(columns.iter().map(|c| ColumnJson { id: c.id.clone(), title: c.title.clone() }));
            rows_json.extend(rows.iter().map(|row| {
                RowJson {
                    option: row.option.as_ref().map(|r| named(plan, &r.key)),
                    when: row.when.as_ref().map(|c| condition::when(catalog, c)),
                    cells: columns
                        .iter()
                        .zip(&row.cells)
                        .filter_map(|(column, cell)| {
                            Some(CellJson { column: column.id.clone(), text: text(catalog, cell.as_ref()?) })
                        })
                        .collect(),
                }
            }));
        }
    }
    TradeOffJson {
        title: trade_off.title.clone(),
        summary: trade_off.summary.as_ref().map(|t| text(catalog, t)),
        keep: trade_off.keep.as_ref().map(|keep| KeepJson {
            title: keep.title.clone(),
            note: keep.note.as_ref().map(|t| text(catalog, t)),
            pros: texts(catalog, &keep.pros),
            cons: texts(catalog, &keep.cons),
        }),
        options,
        columns: columns_json,
        rows: rows_json,
    }
}

fn timing(plan: &Plan, capability: &Capability<Condition>) -> TimingJson {
    let list = |kind, list| statements(&plan.catalog, kind, list);
    match &capability.timing {
        Timing::Plain { now, later } => TimingJson {
            staged: false,
            now: list(ListKind::Now, now),
            later: list(ListKind::Later, later),
            prepare: Vec::new(),
            activate_when: Vec::new(),
        },
        Timing::Staged { prepare, activate_when } => TimingJson {
            staged: true,
            now: Vec::new(),
            later: Vec::new(),
            prepare: list(ListKind::Prepare, prepare),
            activate_when: list(ListKind::ActivateWhen, activate_when),
        },
    }
}

/// The conditions inside a trade-off, each with the option it stands at; empty for a row without an option.
pub fn option_conditions(capability: &Capability<Condition>) -> Vec<(&str, &Condition)> {
    match capability.trade_off.as_ref().map(|t| &t.body) {
        Some(TradeOffBody::Options(rows)) => rows
            .iter()
            .flat_map(|row| row.use_when.iter().filter_map(|s| Some((row.option.key.id.as_str(), s.when.as_ref()?))))
            .collect(),
        Some(TradeOffBody::Columns { rows, .. }) => rows
            .iter()
            .filter_map(|row| Some((row.option.as_ref().map_or("", |o| o.key.id.as_str()), row.when.as_ref()?)))
            .collect(),
        None => Vec::new(),
    }
}
