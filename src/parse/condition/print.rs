//! Tree -> text, as it is read again.

use crate::model::{Expr, Literal};

/// The canonical text of a tree: what parses to the same tree again. `name` and `number` say how a fact and a number
/// that is compared with it are written.
pub fn print<F>(expr: &Expr<F>, name: &dyn Fn(&F) -> String, number: &dyn Fn(&F, f64) -> String) -> String {
    let wrapped = |part: &Expr<F>, wrap: bool| {
        let text = print(part, name, number);
        if wrap { format!("({text})") } else { text }
    };
    let list = |parts: &[Expr<F>], joint: &str, wrap: fn(&Expr<F>) -> bool| {
        parts.iter().map(|p| wrapped(p, wrap(p))).collect::<Vec<_>>().join(joint)
    };
    match expr {
        Expr::Or(parts) => list(parts, " || ", |_| false),
        Expr::And(parts) => list(parts, " && ", |p| matches!(p, Expr::Or(_))),
        Expr::Not(part) => {
            format!("!{}", wrapped(part, !matches!(**part, Expr::Is(_) | Expr::Not(_))))
        }
        Expr::Is(fact) => name(fact),
        Expr::Empty(fact) => format!("{} == []", name(fact)),
        Expr::Contains { fact, member } => format!("\"{}\" in {}", member.value, name(fact)),
        Expr::In { fact, members } => {
            let members: Vec<String> = members.iter().map(|m| format!("\"{}\"", m.value)).collect();
            format!("{} in [{}]", name(fact), members.join(", "))
        }
        Expr::Compare { fact, op, value, .. } => {
            let value = match value {
                Literal::Bool(b) => b.to_string(),
                Literal::Number(n) => number(fact, *n),
                Literal::Choice(id) => format!("\"{id}\""),
            };
            format!("{} {} {value}", name(fact), op.symbol())
        }
    }
}
