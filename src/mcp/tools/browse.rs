//! Reading: the capabilities in short, one thing in full, the facts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Reply;
use super::search::kind_named;
use crate::export::{self, Export};
use crate::mcp::desk::{Desk, page, unknown};
use crate::model::capability::Level;
use crate::model::condition::FactIx;
use crate::model::{Capability, Condition, Fact, FactType, Kind};
use crate::plan::PageName;
use crate::plan::derived::{MatrixHalf, matrix_skip_if, matrix_trigger};
use crate::twin::tokens;

#[derive(Debug, Deserialize, JsonSchema)]
pub struct Filter {
    /// Only those of this layer, by its id.
    #[serde(default)]
    layer: Option<String>,
    /// Only those that may stay within this complexity: low, medium or high.
    #[serde(default)]
    #[schemars(with = "Option<Level>")]
    complexity: Option<String>,
    /// Capabilities at once; 50 where nothing is said.
    #[serde(default)]
    #[schemars(range(min = 1))]
    limit: Option<usize>,
    /// `next_cursor` of an earlier answer.
    #[serde(default)]
    cursor: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Capabilities {
    /// How many there are.
    total: usize,
    /// In reading order.
    capabilities: Vec<Row>,
    /// Pass it for the next part; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Row {
    /// Its id.
    id: String,
    /// Its title.
    title: String,
    /// The id of its layer.
    layer: String,
    /// How much complexity it brings: "low", "medium to high".
    complexity: String,
    /// What makes it worth it, in short.
    worth_it_when: String,
    /// What speaks against it, in short.
    skip_if: String,
}

pub fn list_capabilities(desk: &Desk, filter: Filter) -> Result<Reply<Capabilities>, String> {
    let catalog = &desk.plan.catalog;
    let layer = filter.layer.as_deref().map(|id| desk.key(Kind::Layer, id)).transpose()?;
    let level = filter.complexity.as_deref().map(|name| {
        let level = Level::ALL.into_iter().find(|level| level.name() == name);
        level.ok_or_else(|| unknown("complexity", name, Level::ALL.into_iter().map(Level::name)))
    });
    let level = level.transpose()?;
    let wanted = |c: &&Capability<Condition>| {
        layer.as_ref().is_none_or(|layer| c.layer.key == *layer) && level.is_none_or(|level| c.complexity.from <= level)
    };
    let half = |half: MatrixHalf| half.texts.iter().map(|t| catalog.plain(t)).collect::<Vec<_>>().join("; ");
    let row = |c: &Capability<Condition>| {
        let (from, to) = (c.complexity.from, c.complexity.to);
        Row {
            id: c.id.clone(),
            title: c.title.clone(),
            layer: c.layer.key.id.clone(),
            complexity: if from == to { from.name().into() } else { format!("{} to {}", from.name(), to.name()) },
            worth_it_when: half(matrix_trigger(c)),
            skip_if: half(matrix_skip_if(c)),
        }
    };
    let rows: Vec<Row> = catalog.capabilities.iter().filter(wanted).map(row).collect();
    let total = rows.len();
    let (capabilities, next_cursor) = page(rows, filter.cursor.as_deref(), Some(filter.limit.unwrap_or(50)))?;
    Ok(Capabilities { total, capabilities, next_cursor }.into())
}

#[derive(Debug, Deserialize, JsonSchema)]
pub struct Wanted {
    /// capability, option, fact, trigger, component, layer, case, decision, page; or trade-off, for the comparison of
    /// a capability's options.
    #[schemars(extend("enum" = kinds_to_get()))]
    kind: String,
    /// Its id: `service-mesh`, `microservices`, `guide/how-to-decide`.
    id: String,
    /// `markdown` (where nothing is said) or `json`.
    #[serde(default)]
    #[schemars(extend("enum" = [FORMATS[0], FORMATS[1], null]))]
    format: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Thing {
    /// Its kind, or `trade-off`.
    kind: String,
    /// Its present id.
    id: String,
    /// Its title.
    title: String,
    /// The address of its page, relative to the site where the site does not know its own.
    url: String,
    /// The size of what follows: characters divided by 4.
    tokens: usize,
    /// Its page as Markdown, unless JSON was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<String>,
    /// Its item as published under `api/v1/`, if JSON was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    json: Option<Value>,
}

/// What `get` calls the comparison of a capability's options.
pub const TRADE_OFF: &str = "trade-off";

/// The forms of a page.
const FORMATS: [&str; 2] = ["markdown", "json"];

/// What `get` takes as a kind.
fn kinds_to_get() -> Vec<&'static str> {
    Kind::ALL.into_iter().map(Kind::name).chain([TRADE_OFF]).collect()
}

pub fn get(desk: &Desk, wanted: Wanted) -> Result<Reply<Thing>, String> {
    let as_json = match wanted.format.as_deref() {
        None | Some("markdown") => false,
        Some("json") => true,
        Some(other) => return Err(unknown("format", other, FORMATS.into_iter())),
    };
    let (name, key) = if wanted.kind == TRADE_OFF {
        let key = desk.key(Kind::Capability, &wanted.id)?;
        (PageName::TradeOff(key.id.clone()), key)
    } else {
        let kind = kind_named(&wanted.kind).ok_or_else(|| unknown("kind", &wanted.kind, kinds_to_get().into_iter()))?;
        let key = desk.key(kind, &wanted.id)?;
        (PageName::Thing(key.clone()), key)
    };
    let url = desk.plan.page(&name).map(|page| export::url(&desk.plan, &page.route)).unwrap_or_default();
    let mut thing = Thing {
        kind: if wanted.kind == TRADE_OFF { TRADE_OFF.into() } else { key.kind.name().into() },
        id: key.id.clone(),
        title: desk.title(&name),
        url,
        tokens: 0,
        markdown: None,
        json: None,
    };
    if as_json {
        let bytes = export::render(&desk.plan, &Export::Item(key));
        let mut envelope: Value = serde_json::from_slice(&bytes).map_err(|e| e.to_string())?;
        let item = envelope["item"].take();
        let text = item.to_string();
        thing.tokens = tokens(text.chars().count());
        thing.json = Some(item);
        return Ok(Reply { value: thing, text: Some(text) });
    }
    let Some(markdown) = desk.markdown(&name) else {
        return Err(format!("{} `{}` has no page; ask for format `json`", thing.kind, thing.id));
    };
    thing.tokens = tokens(markdown.chars().count());
    thing.markdown = Some(markdown.clone());
    Ok(Reply { value: thing, text: Some(markdown) })
}

#[derive(Debug, Deserialize, JsonSchema)]
pub struct FactFilter {
    /// Only those of this topic.
    #[serde(default)]
    topic: Option<String>,
    /// Only those that the conditions of this capability read, by its id.
    #[serde(default)]
    capability: Option<String>,
    /// Facts at once; 30 where nothing is said.
    #[serde(default)]
    #[schemars(range(min = 1))]
    limit: Option<usize>,
    /// `next_cursor` of an earlier answer.
    #[serde(default)]
    cursor: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Facts {
    /// How many there are.
    total: usize,
    /// In declared order.
    facts: Vec<FactRow>,
    /// Pass it for the next part; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

/// A fact, and how to ask for it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FactRow {
    /// Its id: the key in `facts`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The topic that it belongs to.
    pub topic: String,
    /// The question to ask.
    pub question: String,
    /// What helps to answer it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// How to find the answer out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// Its type.
    #[serde(rename = "type")]
    #[schemars(with = "FactType")]
    pub fact_type: &'static str,
    /// The unit of numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The answers of choices; a set may have several, or none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Choice>,
}

/// An answer of a choice.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Choice {
    /// What to pass.
    id: String,
    /// What to say.
    label: String,
}

/// A fact for an answer.
pub fn fact_row(desk: &Desk, fact: &Fact) -> FactRow {
    let catalog = &desk.plan.catalog;
    FactRow {
        id: fact.id.clone(),
        title: fact.title.clone(),
        topic: fact.topic.clone(),
        question: catalog.plain(&fact.question),
        help: fact.help.as_ref().map(|text| catalog.plain(text)),
        measure: fact.measure.as_ref().map(|text| catalog.plain(text)),
        fact_type: fact.fact_type.name(),
        unit: fact.unit.as_ref().map(|unit| unit.other.clone()),
        options: fact.options.iter().map(|o| Choice { id: o.id.clone(), label: o.label.clone() }).collect(),
    }
}

pub fn list_facts(desk: &Desk, filter: FactFilter) -> Result<Reply<Facts>, String> {
    let catalog = &desk.plan.catalog;
    let capability = filter.capability.as_deref().map(|id| desk.capability(id)).transpose()?;
    if let Some(topic) = &filter.topic
        && !catalog.facts.iter().any(|fact| fact.topic == *topic)
    {
        let mut topics: Vec<&str> = catalog.facts.iter().map(|fact| fact.topic.as_str()).collect();
        topics.dedup();
        return Err(unknown("topic", topic, topics.into_iter()));
    }
    let reads = |ix: FactIx| {
        let read_by = desk.plan.derived.read_by.get(&ix).map_or(&[][..], Vec::as_slice);
        capability.is_none_or(|(place, _)| read_by.iter().any(|at| at.capability == place))
    };
    let wanted = |(n, fact): &(usize, &Fact)| {
        filter.topic.as_ref().is_none_or(|topic| fact.topic == *topic) && reads(FactIx(*n))
    };
    let facts = catalog.facts.iter().enumerate().filter(wanted);
    let facts: Vec<FactRow> = facts.map(|(_, fact)| fact_row(desk, fact)).collect();
    let total = facts.len();
    let (facts, next_cursor) = page(facts, filter.cursor.as_deref(), Some(filter.limit.unwrap_or(30)))?;
    Ok(Facts { total, facts, next_cursor }.into())
}
