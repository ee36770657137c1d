//! worthwhile compiles capability YAML and Markdown prose into a decision site.
//!
//! The pipeline goes one way, one function a stage:
//!
//! ```text
//! read -> parse -> link -> plan -> view -> render -> publish
//! Sources Drafts  Catalog  Plan   structs  bytes    Receipt
//!                   |
//!                   +-- assess(&Catalog, &Profile) -> Assessment
//! ```
//!
//! [`compile`] is the middle of it: sources in, a plan and everything that is wrong out. What an author did wrong is
//! a [`diagnostic::Diagnostic`], returned beside the value; what the world did wrong is an `anyhow` error at the rim.

pub mod assess;
pub mod cli;
pub mod diagnostic;
pub mod export;
pub mod link;
pub mod model;
pub mod output;
pub mod parse;
pub mod plan;
pub mod publish;
pub mod read;
pub mod render;
pub mod serve;
pub mod view;
pub mod words;
