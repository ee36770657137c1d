//! The page at an old URL.

use serde::Serialize;

/// `redirect.html`: leads to where the thing now stands, without a script.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RedirectPage {
    pub title: String,
    pub href: String,
}
