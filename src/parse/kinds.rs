//! One file per kind of content file: which keys it has, and the draft it becomes.

pub mod capability;
pub mod case;
pub mod fact;
pub mod page;
pub mod site;
pub mod thing;
