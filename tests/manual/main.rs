//! The pages of the manual that are generated: each is what its source says. `UPDATE=1 cargo test --test manual` writes
//! them.

mod commands;
mod keys;
mod views;

use std::fs;
use std::path::Path;

/// A page below `docs/content/pages/` is this text.
fn is_current(page: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/content/pages").join(page);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, text).unwrap();
    } else {
        let found = fs::read_to_string(&path).unwrap_or_default();
        assert!(found == text, "{page} is not current: UPDATE=1 cargo test --test manual");
    }
}

/// Text in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('\n', " ").replace('|', "\\|")
}
