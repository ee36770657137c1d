//! Diagnostics for people: the compiler's way of showing them, with the line and what is underlined in it.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::lines::Texts;
use super::{Diagnostic, Diagnostics, Severity};
use crate::model::Span;
use crate::read::Sources;

/// How to print.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    pub colour: bool,
    /// In columns; texts go on in the next line, lines of a file are cut.
    pub width: usize,
}

/// Narrower than this, texts are cut to pieces.
const NARROWEST: usize = 40;

/// All diagnostics as text, a blank line between two of them, with a line of totals at the end.
pub fn render(diagnostics: &Diagnostics, sources: &Sources, style: Style) -> String {
    let texts = Texts::new(sources);
    let mut out = String::new();
    for diagnostic in diagnostics.iter() {
        out.push_str(&within(diagnostic, &texts, style));
        out.push_str("\n\n");
    }
    out.push_str(&totals(diagnostics));
    if diagnostics.not_kept() > 0 {
        out.push_str(&format!(", of which {} are not shown", diagnostics.not_kept()));
    }
    match diagnostics.mechanical(sources) {
        0 => {}
        n if n == diagnostics.iter().count() + diagnostics.not_kept() => {
            out.push_str(if n == 1 { "; `check --fix` mends it" } else { "; `check --fix` mends them" });
        }
        n => out.push_str(&format!("; `check --fix` mends {n} of them")),
    }
    out
}

/// "3 errors, 1 warning".
pub fn totals(diagnostics: &Diagnostics) -> String {
    let count = |severity: Severity| {
        let n = diagnostics.count(severity);
        format!("{n} {}{}", severity.name(), if n == 1 { "" } else { "s" })
    };
    match (diagnostics.count(Severity::Error), diagnostics.count(Severity::Warning)) {
        (_, 0) => count(Severity::Error),
        (0, _) => count(Severity::Warning),
        _ => format!("{}, {}", count(Severity::Error), count(Severity::Warning)),
    }
}

/// Each of these diagnostics as [`one`] text.
pub fn each<'d>(diagnostics: impl Iterator<Item = &'d Diagnostic>, sources: &Sources, style: Style) -> Vec<String> {
    let texts = Texts::new(sources);
    diagnostics.map(|diagnostic| within(diagnostic, &texts, style)).collect()
}

/// One diagnostic as text, without a line break at the end.
pub fn one(diagnostic: &Diagnostic, sources: &Sources, style: Style) -> String {
    within(diagnostic, &Texts::new(sources), style)
}

fn within(diagnostic: &Diagnostic, texts: &Texts<'_>, style: Style) -> String {
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    let width = style.width.max(NARROWEST);
    let renderer = renderer.term_width(width).decor_style(DecorStyle::Ascii);
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };

    // Texts live as long as the report that borrows from them.
    let shown = Shown::of(&diagnostic.span, texts);
    let others: Vec<Option<Shown>> =
        diagnostic.notes.iter().map(|n| n.span.as_ref().map(|s| Shown::of(s, texts))).collect();

    let mut primary = AnnotationKind::Primary.span(shown.range.clone());
    if !diagnostic.label.is_empty() {
        primary = primary.label(&diagnostic.label);
    }
    // What stands before each text: `error[unknown-id]: `; `   = help: `, behind the line's number.
    let name = diagnostic.code.name();
    let message = wrapped(&diagnostic.message, width - diagnostic.severity().name().len() - name.len() - 4);
    let margin = others.iter().flatten().chain([&shown]).map(|s| s.line.to_string().len()).max().unwrap_or(1);
    let texts = width - margin - 9;
    let notes: Vec<String> = diagnostic.notes.iter().map(|note| wrapped(&note.message, texts)).collect();
    let help = diagnostic.help.as_ref().map(|help| wrapped(help, texts));
    let mut first = level
        .primary_title(&message)
        .id(diagnostic.code.name())
        .element(Snippet::source(&shown.text).path(&shown.path).line_start(shown.line).annotation(primary));
    for (note, place) in notes.iter().zip(&others) {
        if place.is_none() {
            first = first.element(Level::NOTE.message(note));
        }
    }
    if let Some(help) = &help {
        first = first.element(Level::HELP.message(help));
    }
    let mut groups: Vec<Group<'_>> = vec![first];
    for (note, place) in notes.iter().zip(&others) {
        if let Some(place) = place {
            groups.push(
                Level::NOTE.secondary_title(note).element(
                    Snippet::source(&place.text)
                        .path(&place.path)
                        .line_start(place.line)
                        .annotation(AnnotationKind::Primary.span(place.range.clone())),
                ),
            );
        }
    }
    renderer.render(&groups)
}

/// Breaks a text at spaces, so that its lines are no longer than `width` where words allow it.
fn wrapped(text: &str, width: usize) -> String {
    let (mut out, mut column) = (String::new(), 0);
    for word in text.split(' ') {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out
}

/// The lines around a span, cut out so that a huge file costs nothing.
struct Shown {
    path: String,
    text: String,
    /// Number of the first line of `text`.
    line: usize,
    /// The span inside `text`, on character boundaries.
    range: std::ops::Range<usize>,
}

/// A line longer than this is cut around the span.
const LONGEST_LINE: usize = 400;

impl Shown {
    fn of(span: &Span, texts: &Texts<'_>) -> Shown {
        let lines = texts.of(&span.file);
        let (start, end) = (lines.floor(span.start), lines.floor(span.end.max(span.start)));
        let line = lines.number(start);
        // Show one line; a span over more lines is shown by its first.
        let (mut from, line_end) = lines.bounds(line);
        let mut to = line_end;
        if to - from > LONGEST_LINE {
            from = from.max(lines.floor(start.saturating_sub(LONGEST_LINE / 2)));
            to = to.min(lines.floor(start + LONGEST_LINE / 2));
        }
        let text = lines.text[from..to].trim_end_matches('\r').to_owned();
        let range = (start - from).min(text.len())..(end.min(to).max(start) - from).min(text.len());
        Shown { path: span.file.to_string(), text, line, range }
    }
}
