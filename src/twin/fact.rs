//! The twin of a fact.

use super::paper::{Paper, code, escape};
use super::statements::number_line;
use crate::model::condition::FactIx;
use crate::model::{Capability, Condition, Fact, FactType, Key, Kind, TradeOffBody};
use crate::plan::derived::StatementAt;
use crate::words;

pub fn write(paper: &mut Paper, id: &str) -> Option<()> {
    let ix = paper.catalog.fact_ix(id)?;
    let fact = paper.catalog.fact(ix);
    let file = &*fact.span.file;
    let said = &paper.words.twin;
    paper.heading(1, &fact.title);
    paper.paragraph(&paper.text(file, &fact.question));
    paper.paragraph(&paper.maybe(file, fact.help.as_ref()));
    paper.named(0, &said.name, &code(&fact.id));
    paper.named(0, &said.topic, &fact.topic);
    paper.named(0, &said.fact_type, &format!("{} (`{}`)", type_label(paper, fact), fact.fact_type.name()));
    if let Some(unit) = &fact.unit {
        paper.named(0, &said.unit, &format!("{} / {}", escape(&unit.one), escape(&unit.other)));
    }
    if let Some((min, max)) = fact.range {
        paper.named(0, &said.range, &format!("{min} – {max}"));
    }
    let phrases = [&fact.words.yes, &fact.words.no, &fact.words.none];
    let phrases: Vec<String> = phrases.into_iter().flatten().map(|phrase| escape(phrase)).collect();
    paper.named(0, &said.in_sentences, &phrases.join(" / "));
    paper.named(0, &paper.words.sections.measure, &paper.maybe(file, fact.measure.as_ref()));
    paper.gap();
    if !fact.options.is_empty() {
        paper.heading(2, &paper.words.sections.options);
        for option in &fact.options {
            paper.item(0, &format!("`{}`: {}", option.id, escape(&option.label)));
        }
        paper.gap();
    }
    if let Some(line) = number_line(paper, ix) {
        paper.heading(2, &paper.words.sections.line);
        paper.blocks(&line);
    }
    readers(paper, &[ix], &paper.words.sections.reads.clone(), None, usize::MAX);
    let answers: Vec<String> = paper
        .catalog
        .cases
        .iter()
        .filter_map(|case| {
            let answer = words::answer(paper.catalog, ix, case.facts.get(ix)?);
            Some(format!("{}: {}", paper.link(&Key::new(Kind::Case, &case.id)), escape(&answer)))
        })
        .collect();
    if !answers.is_empty() {
        paper.heading(2, &paper.words.sections.case_answers);
        answers.iter().for_each(|answer| paper.item(0, answer));
    }
    Some(())
}

pub fn type_label<'a>(paper: &Paper<'a>, fact: &Fact) -> &'a str {
    let words = &paper.words.fact_type;
    match fact.fact_type {
        FactType::Integer => &words.integer,
        FactType::Number => &words.number,
        FactType::Boolean => &words.boolean,
        FactType::Choice => &words.choice,
        FactType::Choices => &words.choices,
    }
}

/// The statements that read any of these facts, but for `except`, which is one of them; at most `most` are named.
pub fn readers(paper: &mut Paper, facts: &[FactIx], title: &str, except: Option<StatementAt>, most: usize) {
    let found = paper.plan.derived.readers(facts, most.saturating_add(1));
    let others = found.first.iter().filter(|at| Some(**at) != except);
    let lines: Vec<String> = others.take(most).filter_map(|at| reader(paper, at)).collect();
    let left = (found.count - usize::from(except.is_some())).saturating_sub(most);
    if !lines.is_empty() {
        paper.heading(2, title);
        lines.iter().for_each(|line| paper.item(0, line));
        if left > 0 {
            paper.item(0, &escape(&paper.words.meta.more.of(left)));
        }
        paper.gap();
    }
}

/// "[Service mesh](…), `triggers` many-services: More than **5 microservices** …, when `microservices > 5`".
fn reader(paper: &Paper, at: &StatementAt) -> Option<String> {
    let catalog = paper.catalog;
    let capability = &catalog.capabilities[at.capability];
    let statement = at.statement(catalog);
    let option = at.row.and_then(|row| option_of(capability, row)).map(|key| paper.link(key));
    let option = option.map(|option| format!(", {option}")).unwrap_or_default();
    let when = paper.when(at.condition(catalog), &statement.map(|s| catalog.plain(&s.text)).unwrap_or_default());
    let list = at.list.name();
    let said = match statement {
        Some(s) => {
            let id = s.id.clone().unwrap_or_else(|| format!("{list}.{}", at.place + 1));
            format!(" {id}: {},", paper.text(&capability.span.file, &s.text))
        }
        None => String::new(),
    };
    Some(format!("{}{option}, `{list}`{said} {when}", paper.capability(at.capability)))
}

/// The option of a row of a trade-off.
fn option_of(capability: &Capability<Condition>, row: usize) -> Option<&Key> {
    match &capability.trade_off.as_ref()?.body {
        TradeOffBody::Options(rows) => rows.get(row).map(|row| &row.option.key),
        TradeOffBody::Columns { rows, .. } => rows.get(row)?.option.as_ref().map(|option| &option.key),
    }
}
