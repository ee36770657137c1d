//! The version of the content format, and what was called otherwise before: old content is reported name by name, and
//! `check --fix` upgrades it.

use super::fields::{Fields, File};
use crate::diagnostic::{Code, Diagnostic, Fix};

/// The version that this program reads.
pub const FORMAT: i64 = 1;

/// A key that has another name now.
struct Renamed {
    /// The map that it stands in, as messages call it.
    what: &'static str,
    old: &'static str,
    new: &'static str,
    /// The first format with the new name.
    since: i64,
}

/// Format 0 is that of drafts and was never released. Its names stand here so that the upgrade was tested before
/// anybody needs it.
const RENAMED: [Renamed; 2] = [
    Renamed { what: "the site", old: "core_question", new: "question", since: 1 },
    Renamed { what: "a capability", old: "skip_when", new: "not_when", since: 1 },
];

/// What a key of the map `what` is called now, and since which format; None if it never had another name.
pub fn renamed(what: &str, key: &str) -> Option<(&'static str, i64)> {
    RENAMED.iter().find(|r| r.what == what && r.old == key).map(|r| (r.new, r.since))
}

/// Reports content of another format.
pub fn check(file: &mut File<'_>, fields: &Fields<'_>) {
    let Some(format) = file.integer_at(fields, "format") else { return };
    if format == FORMAT {
        return;
    }
    let span = fields.get("format").map_or(fields.span.clone(), |node| file.span(node.span.clone()));
    let message = format!("content format {format}; this program reads format {FORMAT}");
    let diagnostic = Diagnostic::new(Code::ContentFormat, span.clone(), message);
    file.report(if (0..FORMAT).contains(&format) {
        diagnostic.help("`worthwhile check --fix` upgrades the content").fix(Fix::replace(
            format!("write `{FORMAT}`"),
            span,
            FORMAT.to_string(),
        ))
    } else if format > FORMAT {
        diagnostic.help("install a newer version of worthwhile")
    } else {
        diagnostic.help(format!("write `format: {FORMAT}`"))
    });
}
