//! `--explain`: all that is known of one capability, statement by statement.

use super::layout::{Layout, columns, pad};
use crate::assess::{Fit, Rule, StatementState, Truth};
use crate::model::{ListKind, Statement, TradeOffBody, Verdict};
use crate::record::escape;
use crate::words::judged::Judged;
use crate::words::reasons;

/// What it is written on.
#[derive(Clone, Copy)]
pub enum Sheet {
    Terminal(Layout),
    Markdown,
}

impl Sheet {
    fn title(self, text: &str) -> String {
        match self {
            Sheet::Terminal(layout) => layout.hang(0, "", text),
            Sheet::Markdown => format!("# {}\n\n", escape(text)),
        }
    }

    fn sentence(self, text: &str) -> String {
        match self {
            Sheet::Terminal(layout) => layout.hang(0, "", text),
            Sheet::Markdown => format!("{}\n", escape(text)),
        }
    }

    fn heading(self, title: &str) -> String {
        match self {
            Sheet::Terminal(layout) => format!("\n{}\n", layout.bold(title)),
            Sheet::Markdown => format!("\n## {}\n\n", escape(title)),
        }
    }

    fn reason(self, text: &str) -> String {
        match self {
            Sheet::Terminal(layout) => layout.hang(2, "- ", text),
            Sheet::Markdown => format!("- {}\n", escape(text)),
        }
    }

    /// A text after a word that takes so many columns, then what is to be said of it, each after a mark.
    fn told(self, word: &str, width: usize, text: &str, mark: &str, below: &[String]) -> String {
        let mut out = match self {
            Sheet::Terminal(layout) => layout.hang(2, &pad(word, width), text),
            Sheet::Markdown => format!("- **{}**: {}\n", escape(word), escape(text)),
        };
        for reason in below {
            out.push_str(&match self {
                Sheet::Terminal(layout) => layout.hang(2 + width, mark, reason),
                Sheet::Markdown => format!("  - {}\n", escape(reason)),
            });
        }
        out
    }
}

/// One capability in full.
pub fn explain(judged: Judged, sheet: Sheet) -> String {
    let Judged { catalog, capability, assessment, profile } = judged;
    let label = judged.label().unwrap_or_else(|| "guidance only".into());
    let mut out = sheet.title(&format!("{}: {label}", capability.title));
    if let Some(rule) = assessment.rule {
        let settled = match assessment.settled {
            true => "whatever else becomes known".to_owned(),
            false => {
                let possible = assessment.possible.iter().map(|v| reasons::verdict(catalog, *v, true));
                format!("still possible: {}", possible.collect::<Vec<String>>().join(", "))
            }
        };
        let decided = decided_by(rule, assessment.verdict);
        out.push_str(&sheet.sentence(&format!("{decided}; {settled}.")));
    }
    for (list, statements) in capability.lists() {
        if statements.is_empty() {
            continue;
        }
        out.push_str(&sheet.heading(title(list)));
        for (place, statement) in statements.iter().enumerate() {
            let state = assessment.statements.iter().find(|s| s.list == list && s.place == place);
            out.push_str(&one(judged, statement, state, sheet));
        }
    }
    let parts = [
        ("Although", judged.although()),
        ("Because", judged.because()),
        ("Unless", judged.unless()),
        ("What would change it", judged.flips()),
    ];
    for (title, reasons) in parts {
        if reasons.is_empty() {
            continue;
        }
        out.push_str(&sheet.heading(title));
        reasons.iter().for_each(|reason| out.push_str(&sheet.reason(reason)));
    }
    let names = option_names(judged);
    // Rows that nothing can tell apart are not options to choose from.
    if names.is_empty() || assessment.options.iter().all(|fit| fit.statements.is_empty()) {
        return out;
    }
    out.push_str(&sheet.heading("Options"));
    let widest = names.iter().map(|n| columns(n)).max().unwrap_or(0) + 2;
    for (fit, name) in assessment.options.iter().zip(&names) {
        let mut below = Vec::new();
        for state in &fit.statements {
            let when = match capability.trade_off.as_ref().map(|t| &t.body) {
                Some(TradeOffBody::Columns { rows, .. }) => rows.get(fit.row).and_then(|r| r.when.as_deref()),
                _ => reasons::statement(capability, state, Some(fit.row)).and_then(|s| s.when.as_deref()),
            };
            let reason = when.map(|c| reasons::reason(catalog, c, state.truth, profile)).unwrap_or_default();
            below.push(if state.truth == Truth::Unknown { format!("unknown: {reason}") } else { reason });
        }
        out.push_str(&sheet.told(name, widest, fit_words(fit.fit), "- ", &below));
    }
    out
}

/// Each row of the trade-off by its option's title, or by its first cell.
fn option_names(judged: Judged) -> Vec<String> {
    let catalog = judged.catalog;
    let title = |key: &crate::model::Key| catalog.title(key).unwrap_or_else(|| key.id.clone());
    match judged.capability.trade_off.as_ref().map(|t| &t.body) {
        Some(TradeOffBody::Options(rows)) => rows.iter().map(|row| title(&row.option.key)).collect(),
        Some(TradeOffBody::Columns { rows, .. }) => rows
            .iter()
            .map(|row| match (&row.option, row.cells.first()) {
                (Some(option), _) => title(&option.key),
                (None, Some(Some(cell))) => catalog.plain(cell),
                _ => String::new(),
            })
            .collect(),
        None => Vec::new(),
    }
}

const STATES: usize = 16;

fn one(
    judged: Judged,
    statement: &Statement<crate::model::Condition>,
    state: Option<&StatementState>,
    sheet: Sheet,
) -> String {
    let text = judged.catalog.plain(&statement.text);
    // A statement of `prepare` decides nothing, so the assessment may not know its state.
    let Some(state) = state else { return sheet.told("yours to judge", STATES, &text, "", &[]) };
    let word = match state.truth {
        Truth::True => "holds",
        Truth::False => "does not hold",
        Truth::Unknown => "unknown",
    };
    let mut reason = judged.reason(state);
    if let (Truth::Unknown, Some(condition)) = (state.truth, &statement.when) {
        let missing = reasons::missing(judged.catalog, condition, judged.profile);
        reason = format!("{reason}; to be answered: {}", missing.join(", "));
    }
    sheet.told(word, STATES, &text, "= ", &[reason])
}

fn title(list: ListKind) -> &'static str {
    match list {
        ListKind::Trigger => "Triggers: worth a look when",
        ListKind::NotWhen => "Not when",
        ListKind::Now => "Now, when",
        ListKind::Later => "Later, when",
        ListKind::Prepare => "To prepare",
        ListKind::ActivateWhen => "Activate when all of this holds",
        ListKind::UseWhen => "Use when",
    }
}

fn decided_by(rule: Rule, verdict: Option<Verdict>) -> &'static str {
    match rule {
        Rule::NotWhen => "Decided by: a reason not to holds",
        Rule::Later => "Decided by: a reason to wait holds",
        Rule::NoTrigger if verdict == Some(Verdict::Open) => "Not decided: nothing known yet makes it relevant",
        Rule::NoTrigger => "Decided by: no trigger applies",
        Rule::Staged => "Decided by: a trigger applies, and timing is in stages",
        Rule::Now => "Decided by: a trigger applies, and now is the time",
        Rule::NothingPresses => "Decided by: a trigger applies, and nothing presses",
        Rule::EveryCompletion => "Decided by: what can still be answered leads here",
    }
}

fn fit_words(fit: Fit) -> &'static str {
    match fit {
        Fit::Fits => "fits",
        Fit::DoesNotFit => "does not fit",
        Fit::Undecided => "undecided",
    }
}
