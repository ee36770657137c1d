//! Conditions: a small subset of the Common Expression Language over facts.
//!
//! `Expr<F>` is generic over how a fact is named: [`Name`] as parsed, [`FactIx`] once linked.

use super::span::{Span, Spanned};

/// A fact's place in `Catalog::facts`: declared order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactIx(pub usize);

/// A fact's name as written in a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    pub text: String,
    pub span: Span,
}

/// A comparison operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Op {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

impl Op {
    /// The operator that says the same with its sides exchanged.
    pub fn turned(self) -> Op {
        match self {
            Op::Eq | Op::Ne => self,
            Op::Lt => Op::Gt,
            Op::Le => Op::Ge,
            Op::Gt => Op::Lt,
            Op::Ge => Op::Le,
        }
    }

    pub fn symbol(self) -> &'static str {
        match self {
            Op::Eq => "==",
            Op::Ne => "!=",
            Op::Lt => "<",
            Op::Le => "<=",
            Op::Gt => ">",
            Op::Ge => ">=",
        }
    }
}

/// A literal of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    Bool(bool),
    /// Integer and number facts alike; integers are exact up to 2^53. For an integer fact it has no fraction.
    Number(f64),
    /// The id of an option of a choice.
    Choice(String),
}

/// The tree of a condition. `And` and `Or` are flat: they hold two or more parts, none of their own kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr<F> {
    Or(Vec<Expr<F>>),
    And(Vec<Expr<F>>),
    Not(Box<Expr<F>>),
    /// A bare boolean fact.
    Is(F),
    Compare {
        fact: F,
        op: Op,
        value: Literal,
        /// Where the literal stands.
        span: Span,
    },
    /// `fact in ["a", "b"]`: a choice is one of these.
    In {
        fact: F,
        members: Vec<Spanned<String>>,
    },
    /// `"a" in fact`: a set holds this member.
    Contains {
        fact: F,
        member: Spanned<String>,
    },
    /// `fact == []`: a set is empty.
    Empty(F),
}

impl<F> Expr<F> {
    /// Calls `visit` for every fact of the tree, left to right, repeats included.
    pub fn each_fact<'a>(&'a self, visit: &mut impl FnMut(&'a F)) {
        match self {
            Expr::Or(parts) | Expr::And(parts) => parts.iter().for_each(|p| p.each_fact(visit)),
            Expr::Not(part) => part.each_fact(visit),
            Expr::Is(fact) | Expr::Empty(fact) => visit(fact),
            Expr::Compare { fact, .. } | Expr::In { fact, .. } | Expr::Contains { fact, .. } => visit(fact),
        }
    }

    /// The same tree with every fact renamed.
    pub fn map<G>(self, rename: &mut impl FnMut(F) -> G) -> Expr<G> {
        match self {
            Expr::Or(parts) => Expr::Or(parts.into_iter().map(|p| p.map(rename)).collect()),
            Expr::And(parts) => Expr::And(parts.into_iter().map(|p| p.map(rename)).collect()),
            Expr::Not(part) => Expr::Not(Box::new(part.map(rename))),
            Expr::Is(fact) => Expr::Is(rename(fact)),
            Expr::Empty(fact) => Expr::Empty(rename(fact)),
            Expr::Compare { fact, op, value, span } => Expr::Compare { fact: rename(fact), op, value, span },
            Expr::In { fact, members } => Expr::In { fact: rename(fact), members },
            Expr::Contains { fact, member } => Expr::Contains { fact: rename(fact), member },
        }
    }
}

/// A condition as parsed: names are text.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// As written.
    pub source: String,
    pub span: Span,
    pub expr: Expr<Name>,
}

/// A condition that is typed against the facts.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// As written: it is valid CEL.
    pub source: String,
    pub span: Span,
    pub expr: Expr<FactIx>,
    /// The facts it reads, in declared order, each once.
    pub facts: Vec<FactIx>,
}
