//! The decision matrix, as JSON and as CSV.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::{Export, SCHEMA_VERSION, add, long, schema_url, url};
use crate::model::capability::Level;
use crate::model::closed::Version;
use crate::model::{Capability, Condition, Key, Kind};
use crate::plan::derived::{MatrixHalf, matrix_skip_if, matrix_trigger};
use crate::plan::{PageName, Plan, Route};

/// The decision matrix.
#[derive(Serialize, JsonSchema)]
pub struct Matrix {
    /// The schema of this file.
    #[serde(rename = "$schema")]
    schema: String,
    /// The version of the shapes: the first number is that of the path.
    #[schemars(with = "Version")]
    schema_version: &'static str,
    /// How many rows there are.
    count: usize,
    /// One for each capability, in reading order.
    rows: Vec<Row>,
}

/// A row of the matrix.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "MatrixRow")]
pub struct Row {
    /// The capability's id.
    pub capability: String,
    /// Its title.
    pub title: String,
    /// Its summary, without markup.
    pub summary: String,
    /// The id of its layer.
    pub layer: String,
    /// What its layer is called.
    pub layer_title: String,
    /// "Worth it when", without markup.
    pub trigger: String,
    /// The same as Markdown, as its author wrote it.
    pub trigger_markdown: String,
    /// True if the author gave no words and the first statements of the list stand in.
    pub trigger_derived: bool,
    /// "Skip if", without markup; empty where nothing speaks against it.
    pub skip_if: String,
    /// The same as Markdown, as its author wrote it.
    pub skip_if_markdown: String,
    /// True if the first statements stand in for the author's words.
    pub skip_if_derived: bool,
    /// The least complexity that it brings.
    #[schemars(with = "Level")]
    pub complexity_from: &'static str,
    /// The most complexity that it brings.
    #[schemars(with = "Level")]
    pub complexity_to: &'static str,
    /// Its page.
    pub url: String,
}

/// The matrix as JSON.
pub(super) fn write(plan: &Plan, out: &mut dyn Write) -> io::Result<()> {
    let capabilities = &plan.catalog.capabilities;
    let schema = schema_url(plan, &Export::Matrix);
    let head = Matrix { schema, schema_version: SCHEMA_VERSION, count: capabilities.len(), rows: Vec::new() };
    let fill = |name: &str, list: &mut long::List| {
        if name != "rows" {
            return Ok(false);
        }
        capabilities.iter().try_for_each(|c| list.item(|bytes| add(&row(plan, c), bytes)))?;
        Ok(true)
    };
    long::write(&head, &fill, out)
}

/// One capability's row.
pub fn row(plan: &Plan, capability: &Capability<Condition>) -> Row {
    let catalog = &plan.catalog;
    let text = |half: &MatrixHalf<'_>| half.texts.iter().map(|t| catalog.plain(t)).collect::<Vec<_>>().join("; ");
    let source = |half: &MatrixHalf<'_>| half.texts.iter().map(|t| t.source()).collect::<Vec<_>>().join("; ");
    let (trigger, skip_if) = (matrix_trigger(capability), matrix_skip_if(capability));
    let layer = &capability.layer.key;
    Row {
        capability: capability.id.clone(),
        title: capability.title.clone(),
        summary: catalog.plain(&capability.summary),
        layer: layer.id.clone(),
        layer_title: catalog.title(layer).unwrap_or_default(),
        trigger: text(&trigger),
        trigger_markdown: source(&trigger),
        trigger_derived: trigger.derived,
        skip_if: text(&skip_if),
        skip_if_markdown: source(&skip_if),
        skip_if_derived: skip_if.derived,
        complexity_from: capability.complexity.from.name(),
        complexity_to: capability.complexity.to.name(),
        url: url(plan, &Route::of(&PageName::Thing(Key::new(Kind::Capability, &capability.id)))),
    }
}

/// The matrix as CSV after RFC 4180, but with LF; a cell that a spreadsheet would run as a formula is disarmed.
pub fn csv(plan: &Plan) -> String {
    let mut out = String::from(
        "capability,title,layer,worth_it_when,worth_it_when_derived,skip_if,skip_if_derived,complexity_from,complexity_to,url\n",
    );
    for capability in &plan.catalog.capabilities {
        let row = row(plan, capability);
        let cells = [
            row.capability.as_str(),
            &row.title,
            &row.layer_title,
            &row.trigger,
            yes_no(row.trigger_derived),
            &row.skip_if,
            yes_no(row.skip_if_derived),
            row.complexity_from,
            row.complexity_to,
            &row.url,
        ];
        out.push_str(&cells.map(cell).join(","));
        out.push('\n');
    }
    out
}

fn yes_no(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells_are_quoted_and_disarmed() {
        assert_eq!(cell("plain"), "plain");
        assert_eq!(cell("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(cell("=SUM(A1)"), "'=SUM(A1)");
        assert_eq!(cell("> 5 services; more"), "> 5 services; more");
    }
}
