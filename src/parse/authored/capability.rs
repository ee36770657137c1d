//! Capabilities: `capabilities/<id>.yaml`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde_json::json;

use super::authored;
use super::value::{Id, Line, Plain, Reference, Say, Trigger, When};
use crate::model::capability::Level;

authored! {
    /// Something that an organisation may adopt: `capabilities/<id>.yaml`.
    pub struct Capability {
        /// What it is called.
        title: Plain,
        /// The id of the layer that it stands in.
        layer: Reference,
        /// Its place in its layer.
        order: Option<i64>,
        /// One sentence, for cards, search and social previews.
        summary: Line,
        /// The lede of its page, where it differs from the summary.
        description: Option<Line>,
        /// How much complexity it brings.
        complexity: Complexity,
        /// What to say beside the complexity.
        complexity_note: Option<Line>,
        /// The question to be able to answer in the end.
        closing_question: Option<Line>,
        /// The words of its row in the matrix. A half that is left out is derived from its list.
        matrix: Option<MatrixRow>,
        /// What makes it relevant: one that holds is enough.
        triggers: Option<Vec<Trigger>>,
        /// What rules it out, each alone.
        not_when: Option<Vec<Say>>,
        /// Its choice space: options, or free columns.
        trade_offs: Option<TradeOff>,
        /// What must be answered before adopting.
        decision_points: Option<Vec<DecisionPoint>>,
        /// Why now and why later; or, staged, what to prepare and when to activate.
        timing: Option<Timing>,
        /// What it builds on, and what it adds to each.
        builds_on: Option<Vec<Foundation>>,
        /// What stays although it is adopted, and why.
        does_not_replace: Option<Vec<NotReplaced>>,
        /// Ids of capabilities to read next.
        related: Option<Vec<Reference>>,
        /// Former ids; their addresses go on working.
        aliases: Option<Vec<Id>>,
    }

    /// A range of complexity.
    pub struct Levels {
        /// The least complexity that it brings.
        from: Level,
        /// The most complexity that it brings; not less than `from`.
        to: Level,
    }

    /// The words of a row in the matrix.
    pub struct MatrixRow {
        /// "Worth it when".
        trigger: Option<Line>,
        /// "Skip if".
        skip_if: Option<Line>,
    }

    /// The choice space of a capability: `options`, or `columns` and `rows`.
    #[schemars(extend("oneOf" = json!([{ "required": ["options"] }, { "required": ["columns"] }])))]
    pub struct TradeOff {
        /// What it is called.
        title: Option<Plain>,
        /// What it is about.
        summary: Option<Line>,
        /// Keeping what one has: the option that is always there.
        keep: Option<Keep>,
        /// The options, as columns of a comparison.
        options: Option<Vec<OptionRow>>,
        /// Free columns, of which the first heads the row.
        columns: Option<Vec<Column>>,
        /// The rows of the free columns.
        rows: Option<Vec<Row>>,
    }

    /// Keeping what one has.
    pub struct Keep {
        /// What keeping is called here.
        title: Option<Plain>,
        /// What to say beside it.
        note: Option<Line>,
        /// What it gives.
        pros: Option<Vec<Line>>,
        /// What it costs.
        cons: Option<Vec<Line>>,
    }

    /// An option of a trade-off.
    pub struct OptionRow {
        /// The id of the option.
        option: Reference,
        /// What it gives.
        pros: Option<Vec<Line>>,
        /// What it costs.
        cons: Option<Vec<Line>>,
        /// When it fits: one that holds is enough.
        use_when: Option<Vec<Say>>,
    }

    /// A free column.
    pub struct Column {
        /// As cells name it.
        id: Plain,
        /// As a reader sees it.
        title: Plain,
    }

    /// A row of free columns.
    pub struct Row {
        /// The id of the option that the row is about.
        option: Option<Reference>,
        /// When it fits: a condition over facts.
        when: Option<When>,
        /// The cells, by the id of their column.
        cells: BTreeMap<String, Line>,
    }

    /// A question that must be answered before adopting.
    pub struct DecisionPoint {
        /// A name that stays although the list changes.
        id: Option<Id>,
        /// The question.
        question: Line,
        /// Questions that help to answer it.
        ask: Option<Vec<Line>>,
    }

    /// `now` and `later`; or, staged, `prepare` and `activate_when`.
    #[schemars(extend("not" = json!({
        "allOf": [
            { "anyOf": [{ "required": ["now"] }, { "required": ["later"] }] },
            { "anyOf": [{ "required": ["prepare"] }, { "required": ["activate_when"] }] }
        ]
    })))]
    pub struct Timing {
        /// What presses: one that holds is enough.
        now: Option<Vec<Say>>,
        /// What is reason to wait, each alone.
        later: Option<Vec<Say>>,
        /// What to prepare; decides nothing.
        prepare: Option<Vec<Say>>,
        /// What must all hold to activate.
        activate_when: Option<Vec<Say>>,
    }

    /// What a capability builds on.
    #[schemars(extend("oneOf" = json!([{ "required": ["component"] }, { "required": ["capability"] }])))]
    pub struct Foundation {
        /// The id of a component.
        component: Option<Reference>,
        /// The id of a capability.
        capability: Option<Reference>,
        /// What it adds to it.
        adds: Line,
    }

    /// What stays although a capability is adopted.
    #[schemars(extend("oneOf" = json!([{ "required": ["component"] }, { "required": ["capability"] }])))]
    pub struct NotReplaced {
        /// The id of a component.
        component: Option<Reference>,
        /// The id of a capability.
        capability: Option<Reference>,
        /// Why it stays.
        text: Line,
    }
}

/// `low`, `medium`, `high`, or a range of them.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code)]
pub enum Complexity {
    /// One level.
    Level(Level),
    /// From one level to another.
    Levels(Levels),
}
