//! A capability as JSON.

use schemars::JsonSchema;
use serde::Serialize;

use super::case::as_expected;
use super::reads::{self, GreyZoneJson};
use super::{Named, StatementJson, TextJson, named, prose, statements, text, texts_of};
use crate::assess::Assessment;
use crate::export::condition::{self, When};
use crate::export::matrix::{self, Row as MatrixRow};
use crate::model::capability::Level;
use crate::model::{Capability, Case, Condition, Key, Kind, ListKind, Profile, Timing, TradeOffBody, Verdict};
use crate::plan::Plan;

/// Something that an organisation may adopt.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Capability")]
pub struct CapabilityBody {
    /// The layer that it stands in.
    layer: Named,
    /// Its place in its layer.
    order: i64,
    /// The lede of its page, where it differs from the summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<TextJson>,
    /// The least complexity that it brings.
    #[schemars(with = "Level")]
    complexity_from: &'static str,
    /// The most complexity that it brings.
    #[schemars(with = "Level")]
    complexity_to: &'static str,
    /// What to say beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    complexity_note: Option<TextJson>,
    /// The question to be able to answer in the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    closing_question: Option<TextJson>,
    /// Its row in the decision matrix.
    matrix: MatrixRow,
    /// What makes it relevant: one that holds is enough.
    triggers: Vec<StatementJson>,
    /// What rules it out, each alone.
    not_when: Vec<StatementJson>,
    /// Its choice space.
    #[serde(skip_serializing_if = "Option::is_none")]
    trade_off: Option<TradeOffJson>,
    /// What must be answered before adopting.
    decision_points: Vec<DecisionPointJson>,
    /// Why now, why later.
    timing: TimingJson,
    /// Components and capabilities that it builds on, and what it adds to each.
    builds_on: Vec<FoundationJson>,
    /// What stays although it is adopted.
    does_not_replace: Vec<NotReplacedJson>,
    /// Capabilities that build on this one.
    supports: Vec<FoundationJson>,
    /// Capabilities to read next.
    related: Vec<Named>,
    /// Capabilities that do not replace this one, and why it stays.
    stays_beside: Vec<NotReplacedJson>,
    /// Capabilities that name this one as related.
    related_by: Vec<Named>,
    /// The facts that its statements read, in declared order.
    facts: Vec<Named>,
    /// Values of single facts about which it says nothing, although it speaks below and above.
    grey_zones: Vec<GreyZoneJson>,
    /// Verdicts that cases expect.
    expected_by: Vec<ExpectedJson>,
    /// Verdicts that cases get, computed at build. The reasons stand with the case.
    cases: Vec<CaseJson>,
    /// The recorded decisions about it.
    decisions: Vec<Named>,
    /// The page's prose as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    prose: Option<String>,
}

/// The choice space of a capability: options, or free columns.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TradeOff")]
struct TradeOffJson {
    /// What it is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<TextJson>,
    /// Keeping what one has.
    #[serde(skip_serializing_if = "Option::is_none")]
    keep: Option<KeepJson>,
    /// Empty where the trade-off has free columns.
    options: Vec<OptionJson>,
    /// Empty where the trade-off has options.
    columns: Vec<ColumnJson>,
    /// The rows of free columns; empty where the trade-off has options.
    rows: Vec<RowJson>,
}

/// Keeping what one has.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Keep")]
struct KeepJson {
    /// What keeping is called here.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// What to say beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<TextJson>,
    /// What it gives.
    pros: Vec<TextJson>,
    /// What it costs.
    cons: Vec<TextJson>,
}

/// An option of a trade-off.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TradeOffOption")]
struct OptionJson {
    /// The option.
    option: Named,
    /// What it gives.
    pros: Vec<TextJson>,
    /// What it costs.
    cons: Vec<TextJson>,
    /// When it fits: one that holds is enough.
    use_when: Vec<StatementJson>,
}

/// A free column. The first heads the row.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Column")]
struct ColumnJson {
    /// As cells name it.
    id: String,
    /// As a reader sees it.
    title: String,
}

/// A row of free columns.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TradeOffRow")]
struct RowJson {
    /// The option that the row is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    option: Option<Named>,
    /// When it fits.
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<When>,
    /// Its cells, in the order of the columns.
    cells: Vec<CellJson>,
}

/// A cell of a row; cells that the author left out are absent.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Cell")]
struct CellJson {
    /// The column's id.
    column: String,
    /// What stands in it.
    text: TextJson,
}

/// A question that must be answered before adopting.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DecisionPoint")]
struct DecisionPointJson {
    /// As authored, else its place: `decision_points.2`.
    id: String,
    /// The question.
    question: TextJson,
    /// Questions that help to answer it.
    ask: Vec<TextJson>,
}

/// Why now and why later; or, staged, what to prepare and when to activate.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Timing")]
struct TimingJson {
    /// True: `prepare` and `activate_when`; false: `now` and `later`.
    staged: bool,
    /// What presses.
    now: Vec<StatementJson>,
    /// What is reason to wait, each alone.
    later: Vec<StatementJson>,
    /// What to prepare; decides nothing.
    prepare: Vec<StatementJson>,
    /// What must all hold to activate.
    activate_when: Vec<StatementJson>,
}

/// What stands on what, and what that adds.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Foundation")]
struct FoundationJson {
    /// The other thing.
    thing: Named,
    /// What the upper adds to the lower.
    adds: TextJson,
}

/// What stays although this is adopted, and why.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "NotReplaced")]
struct NotReplacedJson {
    /// The other thing.
    thing: Named,
    /// Why it stays.
    text: TextJson,
}

/// What a case expects.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ExpectedBy")]
struct ExpectedJson {
    /// The case.
    case: Named,
    /// Any of these is fine.
    #[schemars(with = "Vec<Verdict>")]
    verdicts: Vec<&'static str>,
}

/// The verdict that a case gets.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "VerdictOfCase")]
struct CaseJson {
    /// The case.
    case: Named,
    /// Null for guidance only: no trigger has a condition.
    #[schemars(with = "Option<Verdict>")]
    verdict: Option<&'static str>,
    /// Only one verdict is possible, whatever is still unknown.
    settled: bool,
    /// True if it is what the case expects, or the case expects nothing.
    as_expected: bool,
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
                ask: texts_of(catalog, &point.ask),
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
        cases: cases(plan, id),
        decisions: catalog
            .decisions
            .iter()
            .filter(|d| d.capability.key == key)
            .map(|d| named(plan, &Key::new(Kind::Decision, &d.id)))
            .collect(),
        stays_beside: plan
            .derived
            .stays
            .get(&key)
            .into_iter()
            .flatten()
            .map(|(n, place)| {
                let other = &catalog.capabilities[*n];
                NotReplacedJson {
                    thing: named(plan, &Key::new(Kind::Capability, &other.id)),
                    text: text(catalog, &other.does_not_replace[*place].text),
                }
            })
            .collect(),
        related_by: (plan.derived.related_by.get(&key).into_iter().flatten())
            .map(|&n| named(plan, &Key::new(Kind::Capability, &catalog.capabilities[n].id)))
            .collect(),
        facts: reads::facts_of(capability)
            .into_iter()
            .map(|ix| named(plan, &Key::new(Kind::Fact, &catalog.fact(ix).id)))
            .collect(),
        grey_zones: reads::grey_zones(plan, capability),
        prose: prose(&capability.prose),
    }
}

/// The verdicts that the cases get.
fn cases(plan: &Plan, id: &str) -> Vec<CaseJson> {
    let catalog = &plan.catalog;
    let Some(place) = catalog.place(Kind::Capability, id) else { return Vec::new() };
    let verdict = |(case, assessment): (&Case<Profile>, &Assessment)| {
        let found = &assessment.capabilities[place];
        CaseJson {
            case: named(plan, &Key::new(Kind::Case, &case.id)),
            verdict: found.verdict.map(|v| v.name()),
            settled: found.settled,
            as_expected: as_expected(case, id, found.verdict),
        }
    };
    catalog.cases.iter().zip(&plan.assessed().cases).map(verdict).collect()
}

fn trade_off(plan: &Plan, capability: &Capability<Condition>) -> TradeOffJson {
    let catalog = &plan.catalog;
    let trade_off = capability.trade_off.as_ref().expect("asked for only where there is one");
    let (mut options, mut columns_json, mut rows_json) = (Vec::new(), Vec::new(), Vec::new());
    match &trade_off.body {
        TradeOffBody::Options(rows) => {
            options.extend(rows.iter().map(|row| OptionJson {
                option: named(plan, &row.option.key),
                pros: texts_of(catalog, &row.pros),
                cons: texts_of(catalog, &row.cons),
                use_when: statements(catalog, ListKind::UseWhen, &row.use_when),
            }));
        }
        TradeOffBody::Columns { columns, rows } => {
            columns_json.extend(columns.iter().map(|c| ColumnJson { id: c.id.clone(), title: c.title.clone() }));
            rows_json.extend(rows.iter().map(|row| {
                RowJson {
                    option: row.option.as_ref().map(|r| named(plan, &r.key)),
                    when: row.when.as_deref().map(|c| condition::when(catalog, c)),
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
            pros: texts_of(catalog, &keep.pros),
            cons: texts_of(catalog, &keep.cons),
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
            .flat_map(|row| row.use_when.iter().filter_map(|s| Some((row.option.key.id.as_str(), s.when.as_deref()?))))
            .collect(),
        Some(TradeOffBody::Columns { rows, .. }) => rows
            .iter()
            .filter_map(|row| Some((row.option.as_ref().map_or("", |o| o.key.id.as_str()), row.when.as_deref()?)))
            .collect(),
        None => Vec::new(),
    }
}
