//! Facts: named, typed things about the reader's situation.

use super::span::{Span, Spanned};
use super::text::Text;

/// The type of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FactType {
    Integer,
    Number,
    Boolean,
    /// One of the options.
    Choice,
    /// A set of the options.
    Choices,
}

impl FactType {
    pub const ALL: [FactType; 5] =
        [FactType::Integer, FactType::Number, FactType::Boolean, FactType::Choice, FactType::Choices];

    pub fn name(self) -> &'static str {
        match self {
            FactType::Integer => "integer",
            FactType::Number => "number",
            FactType::Boolean => "boolean",
            FactType::Choice => "choice",
            FactType::Choices => "choices",
        }
    }

    /// True for the types whose values are ordered.
    pub fn is_ordered(self) -> bool {
        matches!(self, FactType::Integer | FactType::Number)
    }
}

/// The unit of a number, for one and for all other amounts: "service", "services".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    pub one: String,
    pub other: String,
}

/// One answer of a choice, or one member of a set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub id: String,
    pub label: String,
    pub span: Span,
}

/// How conditions over the fact read inside a sentence. `{}` stands for the bound, the option's label or the member.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    pub yes: Option<String>,
    pub no: Option<String>,
    pub none: Option<String>,
}

/// A fact, declared once in `facts/<topic>.yaml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    pub id: String,
    /// The stem of the file that declares it.
    pub topic: String,
    pub title: String,
    pub question: Text,
    pub help: Option<Text>,
    pub measure: Option<Text>,
    pub fact_type: FactType,
    pub unit: Option<Unit>,
    /// For a slider and for plausibility; not a limit of meaning.
    pub range: Option<(f64, f64)>,
    /// Empty unless the type is a choice or choices. Declared order.
    pub options: Vec<Choice>,
    pub words: Words,
    pub aliases: Vec<Spanned<String>>,
    /// Where its id is written.
    pub span: Span,
}

impl Fact {
    /// The label of an option.
    pub fn label(&self, option: &str) -> Option<&str> {
        self.options.iter().find(|o| o.id == option).map(|o| o.label.as_str())
    }
}
