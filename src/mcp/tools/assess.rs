//! Verdicts: of everything, of one thing, under other answers; and what to ask next.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Reply;
use super::browse::{FactRow, fact_row};
use crate::assess::{Assessment, Assessor, Progress, assess as judge};
use crate::export::assessment::{CapabilityJson, Document, document};
use crate::mcp::desk::Desk;
use crate::mcp::situation::{self, Situation};
use crate::model::{Kind, Profile, Verdict};
use crate::plan::Route;
use crate::twin::judgement;
use crate::twin::paper::Paper;
use crate::words::{self, judged::judged};

#[derive(Debug, Deserialize, JsonSchema)]
pub struct ToAssess {
    #[serde(flatten)]
    situation: Situation,
    /// Only these capabilities, by id; all where nothing is said. Order, questions and progress are about these too.
    #[serde(default)]
    capabilities: Vec<String>,
}

pub fn assess(desk: &Desk, wanted: ToAssess) -> Result<Reply<Document>, String> {
    let profile = wanted.situation.profile(desk)?;
    let places: Vec<usize> =
        wanted.capabilities.iter().map(|id| Ok(desk.capability(id)?.0)).collect::<Result<_, String>>()?;
    let is_wanted = |n: usize| places.is_empty() || places.contains(&n);
    let assessment = Assessor::new(&desk.plan.catalog).assess_for(&profile, is_wanted);
    let mut document = document(&desk.plan.catalog, &profile, &assessment);
    let mut place = 0..;
    document.capabilities.retain(|_| place.next().is_some_and(is_wanted));
    let text = in_short(desk, &document, &profile, &assessment);
    Ok(Reply { value: document, text: Some(text) })
}

/// Ways to another verdict that are shown of one exception.
const MOST_WAYS: usize = 2;

/// The verdicts with what they rest on, as Markdown: the whole of them is in the structured value.
fn in_short(desk: &Desk, document: &Document, profile: &Profile, assessment: &Assessment) -> String {
    let mut out = String::new();
    // The document has those that were asked for, in the same order.
    let mut wanted = document.capabilities.iter().peekable();
    for judged in judged(&desk.plan.catalog, assessment, profile) {
        let Some(one) = wanted.next_if(|one| one.id == judged.capability.id) else { continue };
        let label = one.label.as_deref().unwrap_or(&desk.words.twin.guidance);
        let verdict = one.verdict.unwrap_or("none");
        out.push_str(&format!("- {} (`{}`): {label} (`{verdict}`)", one.title, one.id));
        out.push_str(if one.settled { ", settled" } else { "" });
        for (lead, reasons) in [("Because", judged.because()), ("Although", judged.although())] {
            if !reasons.is_empty() {
                out.push_str(&format!(". {lead}: {}", reasons.join("; ")));
            }
        }
        if let Some(unless) = one.unless.first() {
            let mut ways: Vec<String> = unless.ways.iter().take(MOST_WAYS).map(|way| way.text.clone()).collect();
            match unless.ways.len().saturating_sub(MOST_WAYS) {
                0 => {}
                1 => ways.push("1 other way".into()),
                more => ways.push(format!("{more} other ways")),
            }
            out.push_str(&format!(". Unless: {} (then `{}`)", ways.join("; or "), unless.to));
            match one.unless.len() - 1 {
                0 => {}
                more => out.push_str(&format!("; and {more} more")),
            }
        }
        out.push('\n');
    }
    if !document.order.is_empty() {
        out.push_str(&format!("\nIn this order: {}\n", document.order.join(", ")));
    }
    let open = match assessment.next_questions.len() {
        1 => "1 fact".to_owned(),
        n => format!("{n} facts"),
    };
    out.push_str(&format!("\nProgress: {}; {open} could still tell\n", document.progress));
    out
}

#[derive(Debug, Deserialize, JsonSchema)]
pub struct ToAsk {
    #[serde(flatten)]
    situation: Situation,
    /// Facts not to ask for now, by id.
    #[serde(default)]
    skip: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Next {
    /// True if there is nothing left to ask.
    done: bool,
    /// Where the interview stands.
    #[schemars(with = "Progress")]
    progress: &'static str,
    /// Capabilities whose verdict is settled.
    settled: usize,
    /// Capabilities whose verdict rules decide.
    total: usize,
    /// Facts that could still tell, this one included.
    open: usize,
    /// What to ask; absent if there is nothing left.
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<FactRow>,
    /// How the answer is passed in `facts`.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer_with: Option<String>,
    /// How many capabilities it touches.
    #[serde(skip_serializing_if = "Option::is_none")]
    touches: Option<usize>,
    /// How many of these an answer could settle.
    #[serde(skip_serializing_if = "Option::is_none")]
    could_settle: Option<usize>,
}

pub fn next_question(desk: &Desk, wanted: ToAsk) -> Result<Reply<Next>, String> {
    let profile = wanted.situation.profile(desk)?;
    let skip: Vec<String> =
        wanted.skip.iter().map(|id| Ok(desk.key(Kind::Fact, id)?.id)).collect::<Result<_, String>>()?;
    let catalog = &desk.plan.catalog;
    let assessment = judge(catalog, &profile);
    // A range or several options are all that is known, so nobody asks again.
    let open: Vec<_> = assessment
        .next_questions
        .iter()
        .filter(|q| profile.get(q.fact).is_none() && !skip.contains(&catalog.fact(q.fact).id))
        .collect();
    let best = open.first().copied();
    let decided = || assessment.capabilities.iter().filter(|c| c.verdict.is_some());
    let next = Next {
        done: best.is_none(),
        progress: assessment.progress.name(),
        settled: decided().filter(|c| c.settled).count(),
        total: decided().count(),
        open: open.len(),
        question: best.map(|q| fact_row(desk, catalog.fact(q.fact))),
        answer_with: best.map(|q| how(catalog.fact(q.fact))),
        touches: best.map(|q| q.touches),
        could_settle: best.map(|q| q.could_settle),
    };
    Ok(next.into())
}

/// How an answer to a fact is passed.
fn how(fact: &crate::model::Fact) -> String {
    use crate::model::FactType;
    let id = &fact.id;
    let ids: Vec<String> = fact.options.iter().map(|o| format!("\"{}\"", o.id)).collect();
    let first = ids.first().cloned().unwrap_or_default();
    match fact.fact_type {
        FactType::Boolean => format!("{{\"{id}\": true}} or {{\"{id}\": false}}; \"?\" if nobody knows"),
        FactType::Integer | FactType::Number => {
            format!("{{\"{id}\": 8}} or {{\"{id}\": {{\"min\": 5, \"max\": 10}}}}; \"?\" if nobody knows")
        }
        FactType::Choice => format!("{{\"{id}\": {first}}}, or a list if it is one of several; \"?\" if nobody knows"),
        FactType::Choices => format!("{{\"{id}\": [{first}]}} with all that apply, [] for none; \"?\" if nobody knows"),
    }
}

#[derive(Debug, Deserialize, JsonSchema)]
pub struct ToExplain {
    /// The capability, by id.
    capability: String,
    #[serde(flatten)]
    situation: Situation,
}

pub fn explain_verdict(desk: &Desk, wanted: ToExplain) -> Result<Reply<CapabilityJson>, String> {
    let profile = wanted.situation.profile(desk)?;
    let (place, capability) = desk.capability(&wanted.capability)?;
    let assessment = judge(&desk.plan.catalog, &profile);
    let mut document = document(&desk.plan.catalog, &profile, &assessment);
    let judged = document.capabilities.swap_remove(place);
    let mut paper = Paper::new(&desk.plan, &desk.words);
    paper.heading(1, &capability.title);
    judgement::write(&mut paper, 0, &judged);
    Ok(Reply { value: judged, text: Some(paper.finish().seen_from(&Route::new("index.md"))) })
}

#[derive(Debug, Deserialize, JsonSchema)]
pub struct Change {
    #[serde(flatten)]
    situation: Situation,
    /// Answers that would be other ones, as in `facts`.
    #[serde(default)]
    changes: Map<String, Value>,
    /// Answers that would not be known, by the fact's id.
    #[serde(default)]
    forget: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Changed {
    /// Capabilities whose verdict would differ, in reading order.
    changed: Vec<Difference>,
    /// How many verdicts would stay.
    unchanged: usize,
    /// Where the interview would stand.
    #[schemars(with = "Progress")]
    progress: &'static str,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Difference {
    /// The capability's id.
    capability: String,
    /// Its title.
    title: String,
    /// The verdict for what is known.
    before: Judged,
    /// The verdict with the changes.
    after: Judged,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Judged {
    /// Null for guidance only.
    #[schemars(with = "Option<Verdict>")]
    verdict: Option<&'static str>,
    /// The site's words for it; null for guidance only.
    label: Option<String>,
    /// Only this one is possible.
    settled: bool,
    /// What it rests on, in words.
    because: Vec<String>,
}

pub fn what_if(desk: &Desk, wanted: Change) -> Result<Reply<Changed>, String> {
    let catalog = &desk.plan.catalog;
    let profile = wanted.situation.profile(desk)?;
    let mut other: Profile = profile.clone();
    let changes = situation::read(desk, "changes", &wanted.changes)?;
    for id in &wanted.forget {
        let key = desk.key(Kind::Fact, id)?;
        let Some(ix) = catalog.fact_ix(&key.id) else { continue };
        if changes.answers.contains_key(&ix) {
            return Err(format!("`{}` stands in `changes` and in `forget`: leave it out of one of them", key.id));
        }
        other.answers.remove(&ix);
    }
    other.answers.extend(changes.answers);
    if other == profile {
        let why = match (wanted.changes.is_empty(), wanted.forget.is_empty()) {
            (true, true) => {
                "pass `changes`, answers that would be other ones, or `forget`, facts that would not be known"
            }
            (false, true) => "`changes` says what is known already",
            (true, false) => "of what `forget` names nothing is known",
            (false, false) => "`changes` says what is known already, and of what `forget` names nothing is known",
        };
        return Err(format!("nothing would change: {why}"));
    }
    let (was, is) = (judge(catalog, &profile), judge(catalog, &other));
    let of = |one: &words::judged::Judged| Judged {
        verdict: one.assessment.verdict.map(Verdict::name),
        label: one.label(),
        settled: one.assessment.settled,
        because: one.because(),
    };
    let changed: Vec<Difference> = judged(catalog, &was, &profile)
        .zip(judged(catalog, &is, &other))
        .filter(|(a, b)| (a.assessment.verdict, a.assessment.settled) != (b.assessment.verdict, b.assessment.settled))
        .map(|(a, b)| Difference {
            capability: a.capability.id.clone(),
            title: a.capability.title.clone(),
            before: of(&a),
            after: of(&b),
        })
        .collect();
    let unchanged = catalog.capabilities.len() - changed.len();
    Ok(Changed { changed, unchanged, progress: is.progress.name() }.into())
}
