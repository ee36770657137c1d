//! An assessment as Markdown: one table, then what to ask next.

use super::layout::few;
use super::situation::Situation;
use super::text;
use crate::assess::Assessment;
use crate::link::Catalog;
use crate::record::escape;
use crate::words::judged::judged;

const MOST_REASONS: usize = 5;
const MOST_QUESTIONS: usize = 5;

/// The whole assessment.
pub fn assessment(catalog: &Catalog, situation: &Situation, assessment: &Assessment) -> String {
    let mut out = format!("# {}\n\n", escape(&situation.name));
    out.push_str("| Capability | Verdict | Although | Because | Unless |\n| --- | --- | --- | --- | --- |\n");
    for row in judged(catalog, assessment, &situation.profile) {
        let Some(label) = row.label() else { continue };
        let cell = |reasons: Vec<String>| {
            few(&reasons, MOST_REASONS).iter().map(|r| escape(r)).collect::<Vec<String>>().join("<br>")
        };
        out.push_str(&format!(
            "| {} | {} | {} | {} | {} |\n",
            escape(&row.capability.title),
            escape(&label),
            cell(row.although()),
            cell(row.because()),
            cell(row.unless())
        ));
    }
    out.push_str(&format!("\n{}\n", escape(&text::progress(catalog, situation, assessment))));
    if !assessment.order.is_empty() {
        out.push_str("\n## Suggested order\n\n");
        for (n, &place) in assessment.order.iter().enumerate() {
            out.push_str(&format!("{}. {}\n", n + 1, escape(&catalog.capabilities[place].title)));
        }
    }
    if !assessment.next_questions.is_empty() {
        out.push_str("\n## What to answer next\n\n");
        for question in assessment.next_questions.iter().take(MOST_QUESTIONS) {
            let fact = catalog.fact(question.fact);
            let asked = escape(&catalog.plain(&fact.question));
            out.push_str(&format!("- `{}`: {asked} {}\n", fact.id, text::reach(question)));
        }
    }
    out
}
