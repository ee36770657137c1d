//! Prompts: what a person may ask for by name.

use rmcp::model::{GetPromptResult, JsonObject, Prompt, PromptArgument, PromptMessage, Role};
use serde_json::json;

use super::arguments;
use super::desk::{Desk, unknown};

const ASSESS: &str = "assess_my_platform";
const DECIDE: &str = "write_the_decision_record";
const CHALLENGE: &str = "challenge_this_verdict";

pub fn all() -> Vec<Prompt> {
    let known = || PromptArgument::new("known").with_description("What is known already, in your own words");
    let capability =
        || PromptArgument::new("capability").with_description("The id of a capability").with_required(true);
    let prompt = |name: &str, title: &str, about: &str, arguments: Vec<PromptArgument>| {
        Prompt::new(name, Some(about), Some(arguments)).with_title(title)
    };
    vec![
        prompt(
            ASSESS,
            "Assess my platform",
            "An interview, the most telling question first, and then what is worth it and why",
            vec![known()],
        ),
        prompt(
            DECIDE,
            "Write the decision record",
            "A choice for one capability as a decision record with its premises",
            vec![capability(), known()],
        ),
        prompt(
            CHALLENGE,
            "Challenge this verdict",
            "What speaks against a verdict, and what would change it",
            vec![capability(), known()],
        ),
    ]
}

/// The messages of a prompt.
pub fn get(desk: &Desk, name: &str, arguments: &JsonObject) -> Result<GetPromptResult, String> {
    if let Some(prompt) = all().iter().find(|prompt| prompt.name == name) {
        arguments::check(&schema(prompt), arguments)?;
    }
    let argument = |name: &str| arguments.get(name).and_then(|value| value.as_str()).unwrap_or("").trim();
    let known = match argument("known") {
        "" => "Nothing is known yet.".to_owned(),
        known => format!("Known already: {known}"),
    };
    let capability = || {
        let (_, capability) = desk.capability(argument("capability"))?;
        Ok::<_, String>(format!("{} (`{}`)", capability.title, capability.id))
    };
    let (about, text) = match name {
        ASSESS => (
            "Assess my platform",
            format!(
                "Assess my platform with the tools of this server.\n\n{known}\n\nMap what is known to facts \
                 (`list_facts`) and confirm the mapping with me where it is not obvious. Then call `next_question` with \
                 all facts so far, ask me that one question in its own words, and add my answer; \"I don't know\" is \
                 \"?\". Repeat until `done`, or until I stop. Then call `assess` and tell me, first things first: what \
                 is worth it and why, what is not and what would change that, and what is not settled. Use only the \
                 verdicts and reasons that the tools give. Name the prose statements that I should weigh myself."
            ),
        ),
        DECIDE => {
            let capability = capability()?;
            (
                "Write the decision record",
                format!(
                    "Write a decision record for {capability} with the tools of this server.\n\n{known}\n\nCall \
                     `explain_verdict` with the known facts; if the verdict is not settled, ask me for the facts that \
                     would settle it. Call `compare_options`, show me which options fit, and ask which I choose. Then \
                     call `draft_decision_record` and show me its text unchanged; I save it myself."
                ),
            )
        }
        CHALLENGE => {
            let capability = capability()?;
            (
                "Challenge this verdict",
                format!(
                    "Challenge the verdict on {capability} with the tools of this server.\n\n{known}\n\nCall \
                     `explain_verdict`. Look at what it rests on: which of my answers decided, how sure am I of each, \
                     and what speaks the other way? Use `what_if` to test the answers that I am least sure of. Read the \
                     capability (`get`) for the statements without a condition and put them to me. Conclude whether the \
                     verdict is robust, and what would have to change for another one."
                ),
            )
        }
        _ => {
            let all = all();
            return Err(unknown("prompt", name, all.iter().map(|prompt| prompt.name.as_str())));
        }
    };
    Ok(GetPromptResult::new(vec![PromptMessage::new_text(Role::User, text)]).with_description(about))
}

/// What a prompt takes, as a schema. All of it is text.
fn schema(prompt: &Prompt) -> JsonObject {
    let mut schema = JsonObject::new();
    let arguments = || prompt.arguments.iter().flatten();
    let property = |a: &PromptArgument| (a.name.clone(), json!({ "type": "string", "description": a.description }));
    schema.insert("properties".into(), arguments().map(property).collect::<JsonObject>().into());
    let required = arguments().filter(|a| a.required == Some(true)).map(|a| a.name.clone());
    schema.insert("required".into(), required.collect::<Vec<String>>().into());
    schema
}
