//! The list of tools: each with a name, what it is for, the types of what it takes and gives, and what it does.

mod assess;
mod browse;
mod compare;
mod search;

use std::sync::Arc;

use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use search::Index;

use super::desk::Desk;
use super::{arguments, schema};

/// What a tool answers: a value of its output schema, and a text where that reads better than the value as JSON.
pub struct Reply<O> {
    pub value: O,
    pub text: Option<String>,
}

impl<O> From<O> for Reply<O> {
    fn from(value: O) -> Self {
        Reply { value, text: None }
    }
}

/// Arguments -> answer; or a message for whoever called, who can mend it.
type Call = Box<dyn Fn(&Desk, JsonObject) -> Result<Reply<Value>, String> + Send + Sync>;

/// A tool.
pub struct Entry {
    pub tool: Tool,
    pub call: Call,
}

/// So many words are named in a schema; more would cost every client what few need.
const MOST_WORDS: usize = 40;

impl Entry {
    /// Names the words that an argument may be, which differ from site to site, where they are few.
    fn one_of<'a>(mut self, argument: &str, words: impl Iterator<Item = &'a str>) -> Self {
        let mut all: Vec<Value> = Vec::new();
        for word in words.map(Value::from) {
            if !all.contains(&word) {
                all.push(word);
            }
        }
        if all.is_empty() || all.len() > MOST_WORDS {
            return self;
        }
        // It may be left out by saying so.
        all.push(Value::Null);
        let schema = Arc::make_mut(&mut self.tool.input_schema);
        if let Some(property) = schema.get_mut("properties").and_then(|properties| properties.get_mut(argument)) {
            property["enum"] = Value::Array(all);
        }
        self
    }
}

/// Every tool, for this site.
pub fn all(desk: &Desk) -> Vec<Entry> {
    let catalog = &desk.plan.catalog;
    vec![
        define(
            "search",
            "Search",
            "Find capabilities, options, facts, cases and pages by words. Gives ids for `get`.",
            search::search,
        ),
        define(
            "list_capabilities",
            "List capabilities",
            "Every capability: when it is worth it, when to skip it, its complexity. The place to start browsing.",
            browse::list_capabilities,
        )
        .one_of("layer", catalog.layers.iter().map(|layer| layer.id.as_str())),
        define(
            "get",
            "Get a thing",
            "The page of one thing with everything that is known of it, as Markdown (default) or JSON.",
            browse::get,
        ),
        define(
            "list_facts",
            "List facts",
            "The facts that rules read, with their questions, types and possible answers; by topic, or those of one \
             capability.",
            browse::list_facts,
        )
        .one_of("topic", catalog.facts.iter().map(|fact| fact.topic.as_str())),
        define(
            "assess",
            "Assess a situation",
            "The verdict of every capability for what is known, with reasons, what would change it, and the order in \
             which to adopt.",
            assess::assess,
        ),
        define(
            "next_question",
            "Next question",
            "The fact to ask for next: the one whose answer is expected to tell most. Pass all answers so far; repeat \
             until `done`.",
            assess::next_question,
        ),
        define(
            "explain_verdict",
            "Explain a verdict",
            "Why one capability gets its verdict: every statement with its truth, what the verdict rests on, what \
             would change it.",
            assess::explain_verdict,
        ),
        define("what_if", "What if", "Which verdicts would differ if some answers were other ones.", assess::what_if),
        define(
            "compare_options",
            "Compare options",
            "The trade-off of one capability: what each option gives and costs, when to use it, and whether it fits \
             what is known.",
            compare::compare_options,
        ),
        define(
            "draft_decision_record",
            "Draft a decision record",
            "The text of a decision record (MADR 4) for a choice, with its premises. Writes nothing.",
            compare::draft_decision_record,
        ),
    ]
}

fn define<I, O>(
    name: &'static str,
    title: &'static str,
    description: &'static str,
    run: fn(&Desk, I) -> Result<Reply<O>, String>,
) -> Entry
where
    I: DeserializeOwned + JsonSchema + 'static,
    O: Serialize + JsonSchema + 'static,
{
    let input = schema::input::<I>();
    let annotations =
        ToolAnnotations::with_title(title).read_only(true).destructive(false).idempotent(true).open_world(false);
    let tool = Tool::new(name, description, input.clone())
        .with_title(title)
        .with_raw_output_schema(schema::output::<O>())
        .with_annotations(annotations);
    let call = move |desk: &Desk, arguments: JsonObject| {
        arguments::check(&input, &arguments)?;
        let arguments = serde_json::from_value(Value::Object(arguments)).map_err(|e| format!("{name}: {e}"))?;
        let reply = run(desk, arguments)?;
        let value = serde_json::to_value(reply.value).map_err(|e| e.to_string())?;
        Ok(Reply { value, text: reply.text })
    };
    Entry { tool, call: Box::new(call) }
}
