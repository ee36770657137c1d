//! What the author of a theme is told.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Span;
use crate::plan::Plan;
use crate::read::Sources;
use crate::render::html::RenderError;
use crate::render::theme::ThemeError;

/// What an author of a theme is told of a theme that cannot be read. `folder` is where its files are.
pub(super) fn theme_fault(folder: &str, error: &ThemeError, sources: &Sources) -> Diagnostic {
    let span = place(sources, &format!("{folder}{}", error.file), error.line, error.column);
    Diagnostic::new(Code::ThemeError, span, error.message.clone())
}

/// What an author of a theme is told of a page that could not be made.
pub fn render_fault(error: &RenderError, plan: &Plan, sources: &Sources) -> Diagnostic {
    let theme = plan.catalog.site.theme.as_deref().unwrap_or("default");
    let file = error.template.as_deref().unwrap_or("");
    let span = place(sources, &format!("themes/{theme}/templates/{file}"), error.line, error.column);
    let diagnostic = Diagnostic::new(Code::ThemeError, span, error.message.clone());
    let mut diagnostic = match &error.page {
        Some(page) => diagnostic.note(format!("while making `{page}`"), None),
        None => diagnostic,
    };
    for (variable, names) in &error.available {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        diagnostic = diagnostic.note(format!("`{variable}` has: {}", names.join(", ")), None);
    }
    diagnostic
}

/// A line and a column (from 1; 0 unknown) as a place in a file.
pub(super) fn place(sources: &Sources, path: &str, line: usize, column: usize) -> Span {
    let text = sources.text(path).unwrap_or_default();
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[start.min(text.len())..];
    let line_end = rest.find('\n').unwrap_or(rest.len());
    let inside = rest[..line_end].char_indices().nth(column.saturating_sub(1)).map_or(0, |(at, _)| at);
    Span::new(&Arc::from(path), start + inside..start + line_end)
}
