//! What the author of a theme is told.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::Span;
use crate::plan::Plan;
use crate::read::Sources;
use crate::render::html::RenderError;
use crate::render::theme::{Idle, Theme, ThemeError, files};

/// What an author of a theme is told of a theme that cannot be read. `folder` is where its files are.
pub(super) fn theme_fault(folder: &str, error: &ThemeError, sources: &Sources) -> Diagnostic {
    let span = place(sources, &format!("{folder}{}", error.file), error.line, error.column);
    let diagnostic = Diagnostic::new(Code::ThemeError, span, error.message.clone());
    let near =
        error.unknown.as_ref().and_then(|unknown| nearest(&unknown.word, unknown.names.iter().map(String::as_str)));
    match near {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic,
    }
}

/// What an author of a theme is told of what nothing uses.
pub(super) fn idle(folder: &str, idle: &Idle) -> Diagnostic {
    let told = |file: &str, message: String| {
        Diagnostic::new(Code::IdleThemeFile, Span::file_start(&Arc::from(format!("{folder}{file}"))), message)
    };
    let file = match idle {
        Idle::Defaults(list) => {
            return told("theme.yaml", format!("`{list}` leaves out all {list} of the default theme"))
                .help("write `default` first in the list to keep them");
        }
        Idle::File(file) => file,
    };
    let diagnostic = told(file, format!("nothing uses `{file}` of the theme"));
    let known: Vec<String> = files().collect();
    let near = nearest(file, known.iter().map(String::as_str));
    let in_list = |folder: &str, ending: &str| file.starts_with(folder) && file.ends_with(ending);
    match near {
        _ if in_list("styles/", ".css") => diagnostic.help("name it in `theme.yaml`: `styles: [default, …]`"),
        _ if in_list("scripts/", ".js") => diagnostic.help("name it in `theme.yaml`: `scripts: [default, …]`"),
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None if in_list("templates/", ".html") => {
            diagnostic.help("a template includes or extends others by their names")
        }
        None => {
            diagnostic.help("what is published as it is, such as fonts and images, belongs in the theme's `assets/`")
        }
    }
}

/// Assets of the site that the theme publishes at the same address.
pub(super) fn taken_assets(sources: &Sources, theme: &Theme) -> impl Iterator<Item = Diagnostic> {
    let taken = |(route, _): &(String, Arc<[u8]>)| {
        let path = format!("content/{route}");
        let span = Span::file_start(&sources.files.get_key_value(path.as_str())?.0.clone());
        let message = format!("the theme publishes `{route}` too");
        Some(Diagnostic::new(Code::ThemeError, span, message).help("give one of the two another name"))
    };
    theme.assets().iter().filter_map(taken)
}

/// What an author of a theme is told of a page that could not be made, and of as many others for the same reason.
pub fn render_fault(error: &RenderError, others: usize, plan: &Plan, sources: &Sources) -> Diagnostic {
    let theme = plan.catalog.site.theme.as_deref().unwrap_or("default");
    let file = error.template.as_deref().unwrap_or("");
    let span = place(sources, &format!("themes/{theme}/templates/{file}"), error.line, error.column);
    let diagnostic = Diagnostic::new(Code::ThemeError, span, error.message.clone());
    let mut diagnostic = match &error.page {
        Some(page) => match others {
            0 => diagnostic.note(format!("while making `{page}`"), None),
            _ => diagnostic.note(format!("while making `{page}`, and {others} more"), None),
        },
        None => diagnostic,
    };
    for (variable, names) in &error.available {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        diagnostic = diagnostic.note(format!("`{variable}` has: {}", names.join(", ")), None);
    }
    diagnostic
}

/// A line and a column (from 1; 0 unknown) as a place in a file: the word there, or the rest of the line where the column
/// is not known.
pub(super) fn place(sources: &Sources, path: &str, line: usize, column: usize) -> Span {
    let text = sources.text(path).unwrap_or_default();
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[start.min(text.len())..];
    let line_end = rest.find('\n').unwrap_or(rest.len());
    let inside = rest[..line_end].char_indices().nth(column.saturating_sub(1)).map_or(0, |(at, _)| at);
    let word = rest[inside..line_end].find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(line_end - inside);
    let end = match column {
        0 => line_end,
        // A sign is a place too.
        _ if word == 0 => rest.ceil_char_boundary((inside + 1).min(line_end)),
        _ => inside + word,
    };
    Span::new(&Arc::from(path), start + inside..start + end)
}
