//! worthwhile compiles capability YAML and Markdown prose into a decision site.
//!
//! The pipeline goes one way, one function a stage:
//!
//! ```text
//! read -> parse -> link -> plan -> render -> publish
//! Sources Drafts  Catalog  Site    bytes     Receipt
//!                   |
//!                   +-- assess(&Catalog, &Profile) -> Assessment
//! ```

pub mod assess;
pub mod diagnostic;
pub mod link;
pub mod model;
pub mod parse;
pub mod plan;
pub mod publish;
pub mod read;
pub mod serve;
