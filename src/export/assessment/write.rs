//! Assessment -> document.

use super::{
    CapabilityJson, Document, FlipJson, FlipsTogetherJson, NeededJson, OptionFitJson, QuestionJson, RunJson, StateJson,
    UnlessJson, WayJson,
};
use crate::assess::lanes::LineCell;
use crate::assess::{
    Assessment, CapabilityAssessment, Change, Flip, FlipsTogether, Needed, OptionFit, Question, StatementState, Unless,
    Way,
};
use crate::export::{SCHEMA_VERSION, item, schemas};
use crate::link::Catalog;
use crate::model::condition::FactIx;
use crate::model::{Capability, Condition, ListKind, Profile, TradeOffBody};
use crate::words::{self, reasons};

/// The document of an assessment of a profile.
pub fn document(catalog: &Catalog, profile: &Profile, assessment: &Assessment) -> Document {
    let capabilities = catalog.capabilities.iter().zip(&assessment.capabilities);
    Document {
        schema: format!("{}{}", catalog.site.base_url.as_deref().unwrap_or(""), schemas::route("assessment")),
        schema_version: SCHEMA_VERSION,
        answers: item::answers(catalog, profile),
        capabilities: capabilities.map(|(c, a)| capability(catalog, profile, c, a)).collect(),
        next_questions: assessment.next_questions.iter().map(|q| question(catalog, q)).collect(),
        progress: assessment.progress.name(),
        order: assessment.order.iter().map(|&n| catalog.capabilities[n].id.clone()).collect(),
    }
}

/// What one capability is worth.
pub fn capability(
    catalog: &Catalog,
    profile: &Profile,
    capability: &Capability<Condition>,
    assessment: &CapabilityAssessment,
) -> CapabilityJson {
    Writer { catalog, profile, capability }.capability(assessment)
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
        let when = statement.and_then(|s| s.when.as_deref()).or_else(|| self.row_condition(state, row));
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
            TradeOffBody::Columns { rows, .. } if state.list == ListKind::UseWhen => rows.get(row?)?.when.as_deref(),
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
            let run = |r: &LineCell| RunJson { min: r.min, min_open: r.min_open, max: r.max, max_open: r.max_open };
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
