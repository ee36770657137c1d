//! link: Drafts -> Catalog. Every reference resolved, both directions; ids unique; conditions typed.

pub mod catalog;

pub use catalog::Catalog;
