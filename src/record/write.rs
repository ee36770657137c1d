//! A decision as MADR 4 text.

use std::fmt::Write;

use crate::assess::{CapabilityAssessment, Fit, StatementState, Truth};
use crate::link::Catalog;
use crate::model::{Answer, Capability, Condition, ListKind, OptionRow, Profile, Text, TradeOffBody, Verdict};
use crate::profile::to_yaml;
use crate::record::words::WORDS;
use crate::record::{Choice, What, choices};
use crate::words::{self, reasons};

/// What was decided, and on what.
#[derive(Clone, Copy)]
pub struct Decided<'a> {
    pub catalog: &'a Catalog,
    pub capability: &'a Capability<Condition>,
    pub assessment: &'a CapabilityAssessment,
    pub profile: &'a Profile,
    pub choice: &'a Choice,
    /// The capability's hashes: of its rules, of its texts.
    pub hashes: (&'a str, &'a str),
    /// ISO 8601; left out where None.
    pub date: Option<&'a str>,
}

/// The record: status `proposed`, front matter with the premises, then the sections of MADR 4.
pub fn write(decided: Decided, verdict: Verdict) -> String {
    let mut out = front_matter(decided, verdict);
    for part in [context(decided, verdict), drivers(decided), options(decided), outcome(decided, verdict)] {
        out.push_str(&part);
    }
    out.push_str(&confirmation(decided));
    out.push_str(&pros_and_cons(decided));
    out
}

fn front_matter(decided: Decided, verdict: Verdict) -> String {
    let Decided { catalog, capability, assessment, profile, choice, hashes, date } = decided;
    let date = date.map(|d| format!("date: {d}\n")).unwrap_or_default();
    let facts = to_yaml(catalog, profile, "  ");
    format!(
        "---\nstatus: proposed\n{date}worthwhile:\n  capability: {}\n  option: {}\n  verdict: {verdict}\n  settled: {}\n  \
         hashes: {{ rules: \"{}\", prose: \"{}\" }}\n{facts}---\n\n",
        capability.id, choice.id, assessment.settled, hashes.0, hashes.1
    )
}

fn context(decided: Decided, verdict: Verdict) -> String {
    let Decided { catalog, capability, assessment, profile, choice, .. } = decided;
    let mut out = format!("# {}: {}\n\n", escape(&capability.title), escape(&choice.title));
    out.push_str(&format!("## {}\n\n", WORDS.context));
    let _ = writeln!(out, "{}\n", escape(&catalog.plain(&capability.summary)));
    if let Some(question) = &capability.closing_question {
        let _ = writeln!(out, "{}\n", escape(&catalog.plain(question)));
    }
    let label = reasons::verdict(catalog, verdict, assessment.settled);
    let _ = writeln!(out, "{}\n", fill(WORDS.verdict, &escape(&label)));
    let known: Vec<String> = facts_of(capability)
        .into_iter()
        .filter_map(|ix| {
            let answer = profile.get(ix).filter(|a| **a != Answer::Unknown)?;
            let fact = catalog.fact(ix);
            Some(format!("{}: {}", fact.title, words::answer(catalog, ix, answer)))
        })
        .collect();
    out.push_str(&list(&known));
    out
}

/// The facts that any condition of a capability reads, in declared order.
fn facts_of(capability: &Capability<Condition>) -> Vec<crate::model::condition::FactIx> {
    let mut conditions: Vec<&Condition> = capability.statements().filter_map(|(_, _, s)| s.when.as_deref()).collect();
    match capability.trade_off.as_ref().map(|t| &t.body) {
        Some(TradeOffBody::Options(rows)) => {
            conditions.extend(rows.iter().flat_map(|row| row.use_when.iter().filter_map(|s| s.when.as_deref())));
        }
        Some(TradeOffBody::Columns { rows, .. }) => {
            conditions.extend(rows.iter().filter_map(|row| row.when.as_deref()))
        }
        None => {}
    }
    let mut facts: Vec<_> = conditions.into_iter().flat_map(|c| c.facts.iter().copied()).collect();
    facts.sort_unstable();
    facts.dedup();
    facts
}

fn drivers(decided: Decided) -> String {
    let Decided { assessment, .. } = decided;
    let against: Vec<String> = assessment.against.iter().map(|s| fill(WORDS.in_favour, &driver(decided, s))).collect();
    let because: Vec<String> = assessment
        .because
        .iter()
        .map(|state| {
            let lead = match (state.list, state.truth) {
                (_, Truth::Unknown) => WORDS.not_known,
                (ListKind::NotWhen | ListKind::Later, _) => WORDS.against,
                (ListKind::Now, Truth::False) => WORDS.not_pressing,
                (ListKind::ActivateWhen, Truth::False) => WORDS.not_ready,
                (_, Truth::False) => WORDS.not_so,
                (_, Truth::True) => WORDS.in_favour,
            };
            fill(lead, &driver(decided, state))
        })
        .collect();
    let all: Vec<String> = against.into_iter().chain(because).collect();
    section(&format!("## {}", WORDS.drivers), &list(&all))
}

/// A statement as its author wrote it, with the answers that decided.
fn driver(decided: Decided, state: &StatementState) -> String {
    let Decided { catalog, capability, profile, .. } = decided;
    let Some(statement) = reasons::statement(capability, state, None) else { return String::new() };
    let text = catalog.plain(&statement.text);
    let given = statement.when.as_deref().map(|c| reasons::answers(catalog, c, profile)).unwrap_or_default();
    if given.is_empty() { text } else { format!("{text} ({})", given.join("; ")) }
}

fn options(decided: Decided) -> String {
    let titles: Vec<String> = choices(decided.catalog, decided.capability).into_iter().map(|c| c.title).collect();
    section(&format!("## {}", WORDS.options), &list(&titles))
}

fn outcome(decided: Decided, verdict: Verdict) -> String {
    let Decided { catalog, assessment, choice, .. } = decided;
    let label = reasons::verdict(catalog, verdict, assessment.settled);
    let go = matches!(verdict, Verdict::Adopt | Verdict::Prepare | Verdict::Consider);
    let why = match (choice.what, go) {
        (What::Keep, false) | (What::Adopt, true) => fill(WORDS.because_verdict, &label),
        (What::Keep, true) | (_, false) => fill(WORDS.although_verdict, &label),
        (What::Row(row), true) => match fitting(decided, row) {
            (Some(Fit::Fits), reasons) => fill(WORDS.fits, &reasons.join("; ")),
            (Some(Fit::DoesNotFit), reasons) => fill(WORDS.although_fit, &reasons.join("; ")),
            _ => WORDS.judgement.to_owned(),
        },
    };
    let chosen = WORDS.chosen.replace("{title}", &escape(&choice.title)).replace("{why}", &escape(&why));
    let mut body = format!("{chosen}\n");
    let (pros, cons) = points(decided, choice);
    if !pros.is_empty() || !cons.is_empty() {
        body.push_str(&format!("\n### {}\n\n{}", WORDS.consequences, good_and_bad(decided, &pros, &cons)));
    }
    section(&format!("## {}", WORDS.outcome), &body)
}

/// Whether a row fits, and the reasons to use it that decided.
fn fitting(decided: Decided, row: usize) -> (Option<Fit>, Vec<String>) {
    let Decided { catalog, capability, assessment, profile, .. } = decided;
    let Some(fit) = assessment.options.iter().find(|o| o.row == row) else { return (None, Vec::new()) };
    let wanted = match fit.fit {
        Fit::Fits => Truth::True,
        Fit::DoesNotFit => Truth::False,
        Fit::Undecided => Truth::Unknown,
    };
    let reasons = fit
        .statements
        .iter()
        .filter(|s| s.truth == wanted)
        .filter_map(|state| {
            let condition = match capability.trade_off.as_ref().map(|t| &t.body) {
                Some(TradeOffBody::Columns { rows, .. }) => rows.get(row)?.when.as_deref(),
                _ => reasons::statement(capability, state, Some(row))?.when.as_deref(),
            }?;
            Some(reasons::reason(catalog, condition, state.truth, profile))
        })
        .collect();
    (Some(fit.fit), reasons)
}

fn confirmation(decided: Decided) -> String {
    let Decided { catalog, assessment, .. } = decided;
    let then = |to, settled| reasons::verdict(catalog, to, settled);
    let changed = |change: &str, then: String| WORDS.then.replace("{change}", change).replace("{verdict}", &then);
    let mut when: Vec<String> = assessment
        .flips
        .iter()
        .map(|f| changed(&words::change(catalog, f.fact, &f.change), then(f.to, f.settled)))
        .collect();
    for unless in &assessment.unless {
        let ways = reasons::ways(catalog, &unless.ways, 3);
        when.push(changed(&fill(WORDS.turns_out, &ways), then(unless.to, unless.settled)));
    }
    if let Some(together) = &assessment.flips_together {
        let way = words::way(catalog, &together.way);
        when.push(changed(&fill(WORDS.all_of_this, &way), then(together.to, together.settled)));
    }
    let when = reasons::once(when);
    let mut body = String::new();
    if !when.is_empty() {
        body.push_str(&format!("{}\n\n{}\n", WORDS.revisit, list(&when)));
    }
    body.push_str(WORDS.check);
    body.push('\n');
    section(&format!("### {}", WORDS.confirmation), &body)
}

fn pros_and_cons(decided: Decided) -> String {
    let Decided { catalog, capability, .. } = decided;
    let mut body = String::new();
    for choice in choices(catalog, capability) {
        let (pros, cons) = points(decided, &choice);
        if pros.is_empty() && cons.is_empty() {
            continue;
        }
        let _ = writeln!(body, "### {}\n", escape(&choice.title));
        if let What::Row(row) = choice.what {
            let (fit, reasons) = fitting(decided, row);
            let said = match (fit, reasons.is_empty()) {
                (Some(Fit::Fits), _) => format!("{}: {}", WORDS.does_fit, reasons.join("; ")),
                (Some(Fit::DoesNotFit), _) => format!("{}: {}", WORDS.does_not_fit, reasons.join("; ")),
                (_, false) => fill(WORDS.may_fit_if, &reasons.join(WORDS.or_if)),
                (_, true) => WORDS.may_fit.to_owned(),
            };
            let _ = writeln!(body, "{}.\n", escape(&said));
        }
        let _ = writeln!(body, "{}", good_and_bad(decided, &pros, &cons));
    }
    if body.is_empty() {
        return body;
    }
    format!("\n{}\n", section(&format!("## {}", WORDS.pros_and_cons), &body).trim())
}

fn points<'a>(decided: Decided<'a>, choice: &Choice) -> (Vec<&'a Text>, Vec<&'a Text>) {
    let Some(trade_off) = &decided.capability.trade_off else { return (Vec::new(), Vec::new()) };
    match (choice.what, &trade_off.keep, &trade_off.body) {
        (What::Keep, Some(keep), _) => (keep.pros.iter().collect(), keep.cons.iter().collect()),
        (What::Row(row), _, TradeOffBody::Options(rows)) => match rows.get(row) {
            Some(OptionRow { pros, cons, .. }) => (pros.iter().collect(), cons.iter().collect()),
            None => (Vec::new(), Vec::new()),
        },
        _ => (Vec::new(), Vec::new()),
    }
}

fn good_and_bad(decided: Decided, pros: &[&Text], cons: &[&Text]) -> String {
    let say = |lead: &str, text: &&Text| fill(lead, &decided.catalog.plain(text));
    let good = pros.iter().map(|text| say(WORDS.good, text));
    list(&good.chain(cons.iter().map(|text| say(WORDS.bad, text))).collect::<Vec<String>>())
}

/// Fills the place of a phrase.
fn fill(phrase: &str, value: &str) -> String {
    phrase.replace("{}", value)
}

/// `* ` before each; nothing for an empty list.
fn list(items: &[String]) -> String {
    items.iter().map(|item| format!("* {}\n", escape(item))).collect()
}

/// A heading and what stands below it; nothing if that is nothing.
fn section(heading: &str, body: &str) -> String {
    if body.trim().is_empty() { String::new() } else { format!("\n{heading}\n\n{}\n", body.trim_end()) }
}

/// Plain text as Markdown, in a table too.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '[' | '<' | '|') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}
