//! An assessment as JSON: the document of `worthwhile assess --format json`.
//!
//! Which keys a part has depends on what it is, never on its value: what does not apply is left out or null.

use serde::Serialize;

use super::SCHEMA_VERSION;
use crate::assess::{
    Assessment, CapabilityAssessment, Change, Flip, FlipsTogether, Needed, OptionFit, Question, StatementState, Unless,
    Way,
};
use crate::link::Catalog;
use crate::model::condition::FactIx;
use crate::model::{Answer, Capability, Condition, ListKind, Profile, TradeOffBody};
use crate::words::{self, reasons};

/// What is worthwhile for one situation.
#[derive(Debug, Serialize)]
pub struct Document {
    pub schema_version: &'static str,
    /// The answers that were given, in declared order of the facts.
    pub answers: Vec<AnswerJson>,
    /// In reading order.
    pub capabilities: Vec<CapabilityJson>,
    /// Facts to ask for, most telling first.
    pub next_questions: Vec<QuestionJson>,
    /// `asking`, `settled`, `exhausted`
    pub progress: &'static str,
    /// Ids of what to adopt, prepare or consider, first things first.
    pub order: Vec<String>,
}

/// An answer to a fact.
#[derive(Debug, Default, Serialize)]
pub struct AnswerJson {
    pub fact: String,
    /// In words.
    pub text: String,
    /// True for "I don't know".
    pub unknown: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boolean: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<f64>,
    /// Of ranges, both ends inside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<f64>,
    /// Of a choice the option, or those of which it is one; of a set its members.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<Vec<String>>,
}

/// What one capability is worth.
#[derive(Debug, Serialize)]
pub struct CapabilityJson {
    pub id: String,
    pub title: String,
    /// `adopt`, `prepare`, `consider`, `wait`, `skip`, `open`; null for guidance only.
    pub verdict: Option<&'static str>,
    /// The site's words for it; null for guidance only.
    pub label: Option<String>,
    /// `not-when`, `later`, `no-trigger`, `staged`, `now`, `nothing-presses`, `every-completion`; null for guidance.
    pub rule: Option<&'static str>,
    pub settled: bool,
    pub possible: Vec<&'static str>,
    /// Every deciding statement that has a condition, in declared order.
    pub statements: Vec<StateJson>,
    pub because: Vec<StateJson>,
    pub against: Vec<StateJson>,
    pub unless: Vec<UnlessJson>,
    pub flips: Vec<FlipJson>,
    pub flips_together: Option<FlipsTogetherJson>,
    /// The rows of the trade-off.
    pub options: Vec<OptionFitJson>,
}

/// A statement and whether it holds.
#[derive(Debug, Serialize)]
pub struct StateJson {
    /// As authored, else the list and the place in it: `later.2`.
    pub id: String,
    pub list: &'static str,
    /// `true`, `false`, `unknown`; under `unless`, what it would have to be.
    pub truth: &'static str,
    /// Without markup.
    pub text: String,
    /// The condition in words, with the answers that decided.
    pub reason: String,
    /// Ids of the facts that it reads.
    pub facts: Vec<String>,
}

/// Undecided statements that would change the verdict.
#[derive(Debug, Serialize)]
pub struct UnlessJson {
    pub statements: Vec<StateJson>,
    pub to: &'static str,
    pub settled: bool,
    pub ways: Vec<WayJson>,
}

/// Answers that together do it.
#[derive(Debug, Serialize)]
pub struct WayJson {
    pub text: String,
    pub needs: Vec<NeededJson>,
}

/// What an answer to a fact must be.
#[derive(Debug, Default, Serialize)]
pub struct NeededJson {
    pub fact: String,
    /// In words.
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boolean: Option<bool>,
    /// A value in one of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numbers: Option<Vec<RunJson>>,
    /// One of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<Vec<String>>,
    /// A set with all of these members and none of those.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without: Option<Vec<String>>,
    /// The set is empty, or it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub empty: Option<bool>,
}

/// A run of values. `min_open`: `min` itself is outside; so for `max_open`. `max` is null where there is no upper end.
#[derive(Debug, Serialize)]
pub struct RunJson {
    pub min: f64,
    pub min_open: bool,
    pub max: Option<f64>,
    pub max_open: bool,
}

/// A known fact whose change alone would change the verdict.
#[derive(Debug, Serialize)]
pub struct FlipJson {
    pub fact: String,
    /// In words: what would have to be so.
    pub text: String,
    /// `to`: its answer would have to be `needed`; `add`, `remove`: one of `members` more, or less.
    pub change: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needed: Option<NeededJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<Vec<String>>,
    pub to: &'static str,
    pub settled: bool,
}

/// The fewest deciding statements that must all change.
#[derive(Debug, Serialize)]
pub struct FlipsTogetherJson {
    pub statements: Vec<StateJson>,
    pub way: WayJson,
    pub to: &'static str,
    pub settled: bool,
}

/// Whether a row of the trade-off fits.
#[derive(Debug, Serialize)]
pub struct OptionFitJson {
    /// The option's id; null for a row without one.
    pub option: Option<String>,
    /// Place among the rows, from 0.
    pub row: usize,
    /// `fits`, `does-not-fit`, `undecided`
    pub fit: &'static str,
    pub statements: Vec<StateJson>,
}

/// A fact worth asking for.
#[derive(Debug, Serialize)]
pub struct QuestionJson {
    pub fact: String,
    pub title: String,
    /// Without markup.
    pub question: String,
    pub fact_type: &'static str,
    /// Ids of the options.
    pub options: Vec<String>,
    /// An exact fraction: `7/2`.
    pub gain: String,
    pub touches: usize,
    pub could_settle: usize,
}

/// The document of an assessment of a profile.
pub fn document(catalog: &Catalog, profile: &Profile, assessment: &Assessment) -> Document {
    let capabilities = catalog.capabilities.iter().zip(&assessment.capabilities);
    Document {
        schema_version: SCHEMA_VERSION,
        answers: profile.answers.iter().map(|(fact, a)| answer(catalog, *fact, a)).collect(),
        capabilities: capabilities.map(|(c, a)| Writer { catalog, profile, capability: c }.capability(a)).collect(),
        next_questions: assessment.next_questions.iter().map(|q| question(catalog, q)).collect(),
        progress: assessment.progress.name(),
        order: assessment.order.iter().map(|&n| catalog.capabilities[n].id.clone()).collect(),
    }
}

/// A document as text: sorted keys, indented, one line break at the end.
pub fn to_text(document: &impl Serialize) -> String {
    // Through `Value`, whose maps are sorted.
    let value = serde_json::to_value(document).expect("a document is strings, numbers, lists and maps");
    let mut text = serde_json::to_string_pretty(&value).expect("a value is JSON");
    text.push('\n');
    text
}

/// The id of a statement: as authored, else its list and its place in it.
pub fn statement_id(capability: &Capability<Condition>, state: &StatementState, row: Option<usize>) -> String {
    let authored = reasons::statement(capability, state, row).and_then(|s| s.id.clone());
    authored.unwrap_or_else(|| format!("{}.{}", state.list.name(), state.place + 1))
}

struct Writer<'a> {
    catalog: &'a Catalog,
    profile: &'a Profile,
    capability: &'a Capability<Condition>,
}

impl Writer<'_> {
    fn capability(&self, a: &CapabilityAssessment) -> CapabilityJson {
        CapabilityJson {
            id: self.capability.id.clone(),
            title: self.capability.title.clone(),
            verdict: a.verdict.map(|v| v.name()),
            label: a.verdict.map(|v| reasons::verdict(self.catalog, v, a.settled)),
            rule: a.rule.map(|r| r.name()),
            settled: a.settled,
            possible: a.possible.iter().map(|v| v.name()).collect(),
            statements: self.states(&a.statements),
            because: self.states(&a.because),
            against: self.states(&a.against),
            unless: a.unless.iter().map(|u| self.unless(u)).collect(),
            flips: a.flips.iter().map(|f| self.flip(f)).collect(),
            flips_together: a.flips_together.as_ref().map(|f| self.flips_together(f)),
            options: a.options.iter().map(|o| self.option(o)).collect(),
        }
    }

    fn states(&self, states: &[StatementState]) -> Vec<StateJson> {
        states.iter().map(|s| self.state(s, None)).collect()
    }

    /// `row` is that of a trade-off, for its reasons.
    fn state(&self, state: &StatementState, row: Option<usize>) -> StateJson {
        let statement = reasons::statement(self.capability, state, row);
        let when = statement.and_then(|s| s.when.as_ref()).or_else(|| self.row_condition(state, row));
        StateJson {
            id: statement_id(self.capability, state, row),
            list: state.list.name(),
            truth: state.truth.name(),
            text: statement.map(|s| self.catalog.plain(&s.text)).unwrap_or_default(),
            reason: when.map(|c| reasons::reason(self.catalog, c, state.truth, self.profile)).unwrap_or_default(),
            facts: when.map(|c| self.ids(&c.facts)).unwrap_or_default(),
        }
    }

    /// The one condition of a row with free columns.
    fn row_condition(&self, state: &StatementState, row: Option<usize>) -> Option<&Condition> {
        match &self.capability.trade_off.as_ref()?.body {
            TradeOffBody::Columns { rows, .. } if state.list == ListKind::UseWhen => rows.get(row?)?.when.as_ref(),
            _ => None,
        }
    }

    fn ids(&self, facts: &[FactIx]) -> Vec<String> {
        facts.iter().map(|f| self.catalog.fact(*f).id.clone()).collect()
    }

    fn unless(&self, unless: &Unless) -> UnlessJson {
        UnlessJson {
            statements: self.states(&unless.statements),
            to: unless.to.name(),
            settled: unless.settled,
            ways: unless.ways.iter().map(|w| way(self.catalog, w)).collect(),
        }
    }

    fn flip(&self, flip: &Flip) -> FlipJson {
        let (change, needs, members) = match &flip.change {
            Change::To(needs) => ("to", Some(needed(self.catalog, flip.fact, needs)), None),
            Change::Add(ids) => ("add", None, Some(ids.clone())),
            Change::Remove(ids) => ("remove", None, Some(ids.clone())),
        };
        FlipJson {
            fact: self.catalog.fact(flip.fact).id.clone(),
            text: words::change(self.catalog, flip.fact, &flip.change),
            change,
            needed: needs,
            members,
            to: flip.to.name(),
            settled: flip.settled,
        }
    }

    fn flips_together(&self, flips: &FlipsTogether) -> FlipsTogetherJson {
        FlipsTogetherJson {
            statements: self.states(&flips.statements),
            way: way(self.catalog, &flips.way),
            to: flips.to.name(),
            settled: flips.settled,
        }
    }

    fn option(&self, fit: &OptionFit) -> OptionFitJson {
        let option = match self.capability.trade_off.as_ref().map(|t| &t.body) {
            Some(TradeOffBody::Options(rows)) => rows.get(fit.row).map(|r| &r.option),
            Some(TradeOffBody::Columns { rows, .. }) => rows.get(fit.row).and_then(|r| r.option.as_ref()),
            None => None,
        };
        OptionFitJson {
            option: option.map(|o| o.key.id.clone()),
            row: fit.row,
            fit: fit.fit.name(),
            statements: fit.statements.iter().map(|s| self.state(s, Some(fit.row))).collect(),
        }
    }
}

fn answer(catalog: &Catalog, fact: FactIx, answer: &Answer) -> AnswerJson {
    let mut json = AnswerJson {
        fact: catalog.fact(fact).id.clone(),
        text: words::answer(catalog, fact, answer),
        ..AnswerJson::default()
    };
    match answer {
        Answer::Unknown => json.unknown = true,
        Answer::Bool(yes) => json.boolean = Some(*yes),
        Answer::Number(n) => json.number = Some(*n),
        Answer::Range { min, max } => (json.min, json.max) = (*min, *max),
        Answer::Choice(id) => json.options = Some(vec![id.clone()]),
        Answer::OneOf(ids) | Answer::Set(ids) => json.options = Some(ids.iter().cloned().collect()),
    }
    json
}

fn way(catalog: &Catalog, way: &Way) -> WayJson {
    WayJson {
        text: words::way(catalog, way),
        needs: way.needs.iter().map(|(fact, n)| needed(catalog, *fact, n)).collect(),
    }
}

fn needed(catalog: &Catalog, fact: FactIx, needed: &Needed) -> NeededJson {
    let mut json = NeededJson {
        fact: catalog.fact(fact).id.clone(),
        text: words::needed(catalog, fact, needed),
        ..NeededJson::default()
    };
    match needed {
        Needed::Bool(yes) => json.boolean = Some(*yes),
        Needed::Numbers(runs) => {
            let run = |r: &crate::assess::lanes::LineCell| RunJson {
                min: r.min,
                min_open: r.min_open,
                max: r.max,
                max_open: r.max_open,
            };
            json.numbers = Some(runs.iter().map(run).collect());
        }
        Needed::Options(ids) => json.options = Some(ids.clone()),
        Needed::Set { with, without, empty } => {
            json.with = Some(with.clone());
            json.without = Some(without.clone());
            json.empty = *empty;
        }
    }
    json
}

fn question(catalog: &Catalog, question: &Question) -> QuestionJson {
    let fact = catalog.fact(question.fact);
    QuestionJson {
        fact: fact.id.clone(),
        title: fact.title.clone(),
        question: catalog.plain(&fact.question),
        fact_type: fact.fact_type.name(),
        options: fact.options.iter().map(|o| o.id.clone()).collect(),
        gain: question.gain.to_string(),
        touches: question.touches,
        could_settle: question.could_settle,
    }
}
