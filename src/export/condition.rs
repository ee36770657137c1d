//! Conditions as CEL text and as a tree.

use schemars::JsonSchema;
use serde::Serialize;

use crate::link::Catalog;
use crate::model::condition::FactIx;
use crate::model::{Condition, Expr, Fact, FactType, Literal};
use crate::parse::condition::print;

/// A condition in both forms, with the facts that it reads.
#[derive(Debug, Serialize, JsonSchema)]
pub struct When {
    /// CEL. Literals of number facts have a decimal point, because CEL engines refuse to compare a double with an int.
    pub cel: String,
    /// The same as a tree.
    pub tree: Tree,
    /// Ids of facts, in declared order.
    pub facts: Vec<String>,
}

/// Every `op` of a tree.
pub const OPS: [&str; 13] = ["or", "and", "not", "is", "==", "!=", "<", "<=", ">", ">=", "in", "contains", "empty"];

/// A node of a condition's tree. Which keys there are depends on `op` alone.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Tree {
    /// `or`, `and`, `not`, `is`, `==`, `!=`, `<`, `<=`, `>`, `>=`, `in`, `contains`, `empty`
    #[schemars(extend("enum" = OPS))]
    pub op: &'static str,
    /// Of `or`, `and` (two or more) and `not` (one).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Tree>,
    /// Of all others: the id of the fact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fact: Option<String>,
    /// Of comparisons with a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<f64>,
    /// Of comparisons with true or false.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub boolean: Option<bool>,
    /// Ids of options: of `==`, `!=` and `contains` one, of `in` one or more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
}

/// A condition in both forms.
pub fn when(catalog: &Catalog, condition: &Condition) -> When {
    let id = |fact: &FactIx| catalog.fact(*fact).id.clone();
    When {
        cel: cel(catalog, condition),
        tree: tree(catalog, condition),
        facts: condition.facts.iter().map(id).collect(),
    }
}

/// The canonical CEL text.
pub fn cel(catalog: &Catalog, condition: &Condition) -> String {
    cel_of(&catalog.facts, &condition.expr)
}

/// The canonical CEL text of a tree over these facts.
pub fn cel_of(facts: &[Fact], expr: &Expr<FactIx>) -> String {
    let number = |fact: &FactIx, n: f64| {
        if facts[fact.0].fact_type == FactType::Number && n.fract() == 0.0 { format!("{n:.1}") } else { n.to_string() }
    };
    print(expr, &|fact| facts[fact.0].id.clone(), &number)
}

/// The syntax tree.
pub fn tree(catalog: &Catalog, condition: &Condition) -> Tree {
    tree_of(&catalog.facts, &condition.expr)
}

/// The syntax tree over these facts.
pub fn tree_of(facts: &[Fact], expr: &Expr<FactIx>) -> Tree {
    node(expr, &|fact| facts[fact.0].id.clone())
}

fn node(expr: &Expr<FactIx>, id: &dyn Fn(&FactIx) -> String) -> Tree {
    let parts =
        |op, parts: &[Expr<FactIx>]| Tree { op, parts: parts.iter().map(|p| node(p, id)).collect(), ..Tree::default() };
    match expr {
        Expr::Or(list) => parts("or", list),
        Expr::And(list) => parts("and", list),
        Expr::Not(part) => parts("not", std::slice::from_ref(part)),
        Expr::Is(fact) => Tree { op: "is", fact: Some(id(fact)), ..Tree::default() },
        Expr::Empty(fact) => Tree { op: "empty", fact: Some(id(fact)), ..Tree::default() },
        Expr::Contains { fact, member } => {
            Tree { op: "contains", fact: Some(id(fact)), options: vec![member.value.clone()], ..Tree::default() }
        }
        Expr::In { fact, members } => {
            let options = members.iter().map(|m| m.value.clone()).collect();
            Tree { op: "in", fact: Some(id(fact)), options, ..Tree::default() }
        }
        Expr::Compare { fact, op, value, .. } => {
            let mut tree = Tree { op: op.symbol(), fact: Some(id(fact)), ..Tree::default() };
            match value {
                Literal::Bool(b) => tree.boolean = Some(*b),
                Literal::Number(n) => tree.number = Some(*n),
                Literal::Choice(option) => tree.options = vec![option.clone()],
            }
            tree
        }
    }
}
