//! Words of the program in a site of another language.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::link::Catalog;

/// Warns of words that readers see beside capabilities, and that a site in another language leaves to the program, which
/// has them in English.
pub fn check(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    const SHOWN: usize = 6;
    let site = &catalog.site;
    let language = site.locale.split('-').next().unwrap_or_default();
    if language.eq_ignore_ascii_case("en") || site.english.is_empty() || catalog.capabilities.is_empty() {
        return;
    }
    let shown: Vec<String> = site.english.iter().take(SHOWN).map(|key| format!("`{key}`")).collect();
    let more = match site.english.len() {
        count if count > SHOWN => format!(" and {} more", count - SHOWN),
        _ => String::new(),
    };
    let message =
        format!("the site is in `{}`, and these words of it are English: {}{more}", site.locale, shown.join(", "));
    diagnostics.push(Diagnostic::new(Code::EnglishWords, site.span.clone(), message).help("write them in `site.yaml`"));
}
