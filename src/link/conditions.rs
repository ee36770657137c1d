//! Conditions: names become facts, and every comparison is checked against the fact's type.

use std::collections::BTreeSet;

use super::catalog::Names;
use super::ids_of_kind;
use super::references::is_broken;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::condition::{FactIx, Name};
use crate::model::{Condition, Expr, Fact, FactType, Key, Kind, Literal, Op, Span, Spanned, Written};

/// A name that should be a fact's and is none.
pub fn unknown_fact<'a>(name: &str, span: Span, facts: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let message = format!("there is no fact `{name}`");
    let mut diagnostic = Diagnostic::new(Code::UnknownFact, span, message).nearest(name, facts);
    diagnostic.help.get_or_insert_with(|| "facts are declared in `content/facts/`".to_owned());
    diagnostic
}

/// Says that a number lies beyond the `range` of its fact, if it does. The ends belong to it.
pub fn implausible(fact: &Fact, number: f64, span: &Span) -> Option<Diagnostic> {
    let (from, to) = fact.range.filter(|(from, to)| number < *from || number > *to)?;
    let message = format!("`{number}` lies beyond the range of the fact `{}`, {from} to {to}", fact.id);
    Some(
        Diagnostic::new(Code::ImplausibleNumber, span.clone(), message)
            .note(format!("`{}` is declared here", fact.id), Some(fact.span.clone())),
    )
}

/// Types conditions and collects what is wrong with them.
pub struct Typing<'a> {
    facts: &'a [Fact],
    names: &'a Names,
    broken: &'a BTreeSet<Key>,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Typing<'a> {
    pub fn new(
        facts: &'a [Fact],
        names: &'a Names,
        broken: &'a BTreeSet<Key>,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Typing { facts, names, broken, diagnostics }
    }

    /// The typed condition; None if anything in it was reported.
    pub fn condition(&mut self, written: Written) -> Option<Condition> {
        let Written { source, span, expr } = written;
        let expr = self.expr(expr)?;
        let mut facts = BTreeSet::new();
        expr.each_fact(&mut |fact| {
            facts.insert(*fact);
        });
        Some(Condition { source, span, expr, facts: facts.into_iter().collect() })
    }

    /// Every part is looked at even after one of them failed, so that all faults are reported.
    fn expr(&mut self, expr: Expr<Name>) -> Option<Expr<FactIx>> {
        Some(match expr {
            Expr::Or(parts) => Expr::Or(self.parts(parts)?),
            Expr::And(parts) => Expr::And(self.parts(parts)?),
            Expr::Not(part) => Expr::Not(Box::new(self.expr(*part)?)),
            Expr::Is(name) => {
                let (ix, fact) = self.fact(&name)?;
                if fact.fact_type != FactType::Boolean {
                    let help = match fact.fact_type {
                        FactType::Integer | FactType::Number => format!("compare it: `{} > …`", name.text),
                        FactType::Choice => format!("compare it: `{} == \"…\"`", name.text),
                        _ => format!("ask for a member: `\"…\" in {}`", name.text),
                    };
                    return self.wrong(name.span, fact, "stands alone, as only a boolean may", Some(help));
                }
                Expr::Is(ix)
            }
            Expr::Empty(name) => {
                let (ix, fact) = self.fact(&name)?;
                if fact.fact_type != FactType::Choices {
                    return self.wrong(name.span, fact, "is no set", None);
                }
                Expr::Empty(ix)
            }
            Expr::Contains { fact: name, member } => {
                let (ix, fact) = self.fact(&name)?;
                if fact.fact_type != FactType::Choices {
                    let help = (fact.fact_type == FactType::Choice)
                        .then(|| format!("compare it: `{} == \"{}\"`", name.text, member.value));
                    return self.wrong(name.span, fact, "is no set", help);
                }
                self.option(fact, &member)?;
                Expr::Contains { fact: ix, member }
            }
            Expr::In { fact: name, members } => {
                let (ix, fact) = self.fact(&name)?;
                if fact.fact_type != FactType::Choice {
                    let help = (fact.fact_type == FactType::Choices)
                        .then(|| format!("ask for one member at a time: `\"…\" in {}`", name.text));
                    return self.wrong(name.span, fact, "is no choice", help);
                }
                let known: Vec<Option<()>> = members.iter().map(|m| self.option(fact, m)).collect();
                known.into_iter().collect::<Option<Vec<()>>>()?;
                Expr::In { fact: ix, members }
            }
            Expr::Compare { fact: name, op, value, span } => {
                let (ix, fact) = self.fact(&name)?;
                self.comparison(&name, fact, op, &value, &span)?;
                Expr::Compare { fact: ix, op, value, span }
            }
        })
    }

    fn parts(&mut self, parts: Vec<Expr<Name>>) -> Option<Vec<Expr<FactIx>>> {
        let parts: Vec<Option<Expr<FactIx>>> = parts.into_iter().map(|p| self.expr(p)).collect();
        parts.into_iter().collect()
    }

    fn fact(&mut self, name: &Name) -> Option<(FactIx, &'a Fact)> {
        let key = Key::new(Kind::Fact, &name.text);
        let place = self.names.by_key.get(&key).and_then(|present| self.names.place.get(present.kind, &present.id));
        if let Some(n) = place {
            return Some((FactIx(n), &self.facts[n]));
        }
        if !is_broken(self.broken, &key) {
            let facts = ids_of_kind(self.names, Kind::Fact);
            self.diagnostics.push(unknown_fact(&name.text, name.span.clone(), facts));
        }
        None
    }

    fn comparison(&mut self, name: &Name, fact: &Fact, op: Op, value: &Literal, span: &Span) -> Option<()> {
        let equality = matches!(op, Op::Eq | Op::Ne);
        match (fact.fact_type, value) {
            (FactType::Integer, Literal::Number(n)) if n.fract() != 0.0 => {
                self.wrong(span.clone(), fact, "counts whole things, so this bound is never met exactly", None)
            }
            (FactType::Integer | FactType::Number, Literal::Number(n)) => {
                implausible(fact, *n, span).into_iter().for_each(|diagnostic| self.diagnostics.push(diagnostic));
                Some(())
            }
            (FactType::Boolean, Literal::Bool(_)) | (FactType::Choice, Literal::Choice(_)) if !equality => {
                let what = format!("has no order, so `{}` says nothing", op.symbol());
                self.wrong(name.span.clone(), fact, &what, Some("write `==` or `!=`".into()))
            }
            (FactType::Boolean, Literal::Bool(_)) => Some(()),
            (FactType::Choice, Literal::Choice(id)) => self.option(fact, &Spanned::new(id.clone(), span.clone())),
            (FactType::Choices, Literal::Choice(id)) => {
                let help = format!("write `\"{id}\" in {}`", name.text);
                self.wrong(span.clone(), fact, "is a set, which is asked for members", Some(help))
            }
            (FactType::Choices, _) => self.wrong(span.clone(), fact, "is a set, which is asked for members", None),
            (FactType::Boolean, _) => {
                let help = format!("write `{}` or `!{}`", name.text, name.text);
                self.wrong(span.clone(), fact, "is true or false", Some(help))
            }
            (FactType::Integer | FactType::Number, _) => self.wrong(span.clone(), fact, "is a number", None),
            (FactType::Choice, _) => {
                let options: Vec<String> = fact.options.iter().map(|o| format!("`\"{}\"`", o.id)).collect();
                self.wrong(span.clone(), fact, "is a choice", Some(format!("possible: {}", options.join(", "))))
            }
        }
    }

    fn option(&mut self, fact: &Fact, member: &Spanned<String>) -> Option<()> {
        if fact.label(&member.value).is_some() {
            return Some(());
        }
        let message = format!("the fact `{}` has no option `{}`", fact.id, member.value);
        let diagnostic = Diagnostic::new(Code::ConditionType, member.span.clone(), message)
            .nearest(&member.value, fact.options.iter().map(|o| o.id.as_str()))
            .note(format!("`{}` is declared here", fact.id), Some(fact.span.clone()));
        self.diagnostics.push(diagnostic);
        None
    }

    fn wrong<T>(&mut self, span: Span, fact: &Fact, what: &str, help: Option<String>) -> Option<T> {
        let message = format!("the fact `{}` ({}) {what}", fact.id, fact.fact_type.name());
        let mut diagnostic = Diagnostic::new(Code::ConditionType, span, message)
            .note(format!("`{}` is declared here", fact.id), Some(fact.span.clone()));
        diagnostic.help = help;
        self.diagnostics.push(diagnostic);
        None
    }
}
