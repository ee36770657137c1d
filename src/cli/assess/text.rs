//! An assessment for people: every capability with its verdict, because, unless; then what to do first and to ask next.

use super::layout::{Layout, columns, count, few, pad};
use super::situation::Situation;
use crate::assess::{Assessment, Progress};
use crate::link::Catalog;
use crate::words::judged::judged;

/// Reasons of one sort that are shown of one capability.
const MOST_REASONS: usize = 3;
const MOST_QUESTIONS: usize = 3;

/// The whole assessment.
pub fn assessment(catalog: &Catalog, situation: &Situation, assessment: &Assessment, layout: Layout) -> String {
    let mut out = format!("{}\n\n", layout.bold(&situation.name));
    let rows: Vec<_> = judged(catalog, assessment, &situation.profile).collect();
    let labels: Vec<String> = rows.iter().filter_map(|row| row.label()).collect();
    let widest = labels.iter().map(|l| columns(l)).max().unwrap_or(0) + 2;
    // Beside the verdict where there is room, else below it.
    let beside = layout.width >= widest + 50;
    let indent = if beside { widest } else { 4 };
    for row in &rows {
        let Some(label) = row.label() else { continue };
        let title = &row.capability.title;
        out.push_str(&match beside {
            true => format!("{}{}\n", layout.bold(&pad(&label, widest)), layout.bold(title)),
            false => format!("{}: {label}\n", layout.bold(title)),
        });
        for (lead, reasons) in
            [("although  ", row.although()), ("because   ", row.because()), ("unless    ", row.unless())]
        {
            for (n, reason) in few(&reasons, MOST_REASONS).iter().enumerate() {
                out.push_str(&layout.hang(indent, if n == 0 { lead } else { "          " }, reason));
            }
        }
        out.push('\n');
    }
    let guidance: Vec<&str> =
        rows.iter().filter(|r| r.assessment.verdict.is_none()).map(|r| r.capability.title.as_str()).collect();
    if !guidance.is_empty() {
        out.push_str(&layout.hang(0, "Guidance only: ", &guidance.join(", ")));
    }
    if !assessment.order.is_empty() {
        let titles: Vec<&str> = assessment.order.iter().map(|&n| catalog.capabilities[n].title.as_str()).collect();
        out.push_str(&layout.hang(0, "Suggested order: ", &titles.join(", ")));
    }
    out.push_str(&layout.hang(0, "", &progress(catalog, situation, assessment)));
    out.push_str(&questions(catalog, assessment, layout));
    out
}

/// "5 of 8 verdicts are settled, with 12 of 54 facts known."
pub fn progress(catalog: &Catalog, situation: &Situation, assessment: &Assessment) -> String {
    let decided = assessment.capabilities.iter().filter(|c| c.verdict.is_some());
    let (all, settled) = (decided.clone().count(), decided.filter(|c| c.settled).count());
    let known = situation.profile.answers.values().filter(|a| **a != crate::model::Answer::Unknown).count();
    let facts = count(catalog.facts.len(), "fact");
    let end = match assessment.progress {
        Progress::Exhausted => " Nobody knows the answers that the rest takes.",
        Progress::Asking | Progress::Settled => "",
    };
    match all == settled {
        true => format!("All {} are settled, with {known} of {facts} known.", count(all, "verdict")),
        false => {
            let verb = if settled == 1 { "is" } else { "are" };
            format!("{settled} of {} {verb} settled, with {known} of {facts} known.{end}", count(all, "verdict"))
        }
    }
}

fn questions(catalog: &Catalog, assessment: &Assessment, layout: Layout) -> String {
    let questions = &assessment.next_questions;
    if questions.is_empty() {
        return String::new();
    }
    let mut out = format!("\n{}\n", layout.bold("What to answer next"));
    let widest = questions.iter().take(MOST_QUESTIONS).map(|q| columns(&catalog.fact(q.fact).id)).max().unwrap_or(0);
    for question in questions.iter().take(MOST_QUESTIONS) {
        let fact = catalog.fact(question.fact);
        let lead = pad(&fact.id, widest + 2);
        let text = format!("{} {}", catalog.plain(&fact.question), reach(question));
        out.push_str(&layout.hang(2, &lead, &text));
    }
    if questions.len() > MOST_QUESTIONS {
        out.push_str(&format!("  and {} more; `--ask` asks them one by one\n", questions.len() - MOST_QUESTIONS));
    }
    out
}

/// "Touches 5 capabilities, could settle 2."
pub fn reach(question: &crate::assess::Question) -> String {
    let settle = match question.could_settle {
        0 => String::new(),
        n => format!(", could settle {n}"),
    };
    let touches = match question.touches {
        1 => "1 capability".to_owned(),
        n => format!("{n} capabilities"),
    };
    format!("(touches {touches}{settle})")
}
