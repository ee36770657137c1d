//! The vocabulary: what an author writes and what the generator knows, one type per thing.
//!
//! Nothing here knows files, YAML, Markdown syntax, HTML or URLs. Types that carry conditions are generic over the
//! condition: `parse` makes them with [`condition::Written`] (names still text), `link` turns them into
//! [`condition::Condition`] (typed against the facts). What refers to another thing is a [`Ref`] or a hole in a
//! [`Text`]; in a `Catalog` every one of them is known to resolve.

pub mod anchor;
pub mod capability;
pub mod case;
pub mod closed;
pub mod condition;
pub mod date;
pub mod fact;
pub mod id;
pub mod profile;
pub mod shared;
pub mod site;
pub mod span;
pub mod text;
pub mod thing;
pub mod verdict;

pub use capability::Capability;
pub use capability::{
    Cell, Column, DecisionPoint, Foundation, Keep, ListKind, MatrixRow, NotReplaced, OptionRow, Row, Statement, Timing,
    TradeOff, TradeOffBody,
};
pub use case::{Case, Change, Decision};
pub use condition::{Condition, Expr, Literal, Op, Written};
pub use fact::{Choice, Fact, FactType, Unit, Words};
pub use id::{Key, Kind, Ref};
pub use profile::{Answer, Profile};
pub use shared::Shared;
pub use site::Site;
pub use span::{Span, Spanned};
pub use text::{CodeBlock, Excerpt, Heading, Piece, Prose, Section, Text};
pub use thing::{Asset, Component, Layer, OptionPage, Page};
pub use verdict::Verdict;
