//! A text that is no YAML: what its author probably meant, and what to write instead.

use std::ops::Range;

use super::fields::{File, quote};
use super::yaml::Fault;
use crate::diagnostic::{Code, Diagnostic, Fix};

/// What to say of a text that the parser refused at a place. `offset` is where the text starts in its file.
pub fn refused(file: &File<'_>, text: &str, offset: usize, fault: &Fault) -> Diagnostic {
    let at = text.floor_char_boundary((fault.span.start - offset).min(text.len()));
    let place = Place { file, text, offset, at };
    if fault.limit {
        let message = format!("too deep or too large: {}", fault.message);
        return Diagnostic::new(Code::YamlLimit, file.span(fault.span.clone()), message);
    }
    let likely = place.condition().or_else(|| place.tab(&fault.message)).or_else(|| place.comment());
    let likely = likely.or_else(|| place.value());
    let likely = likely.or_else(|| match fault.message.as_str() {
        message if message.contains("expected ':'") => Some(place.no_colon()),
        message if message.contains("mapping values are not allowed") => Some(place.colon_in_text()),
        message if message.contains("block scalar") => place.folded(),
        message if message.contains("did not find expected") => place.indentation(),
        message if message.contains("trailing content after") => place.quotes(),
        _ => None,
    });
    likely.unwrap_or_else(|| place.wrong(at..at, format!("not valid YAML: {}", fault.message)))
}

/// Where the parser stopped.
struct Place<'a> {
    file: &'a File<'a>,
    text: &'a str,
    offset: usize,
    at: usize,
}

impl<'a> Place<'a> {
    fn wrong(&self, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
        let span = self.file.span(self.offset + range.start..self.offset + range.end);
        Diagnostic::new(Code::YamlSyntax, span, message)
    }

    fn line_start(&self) -> usize {
        self.text[..self.at].rfind('\n').map_or(0, |n| n + 1)
    }

    fn line(&self) -> &'a str {
        self.text[self.line_start()..].lines().next().unwrap_or("")
    }

    /// The key, where there is one, and the value of the line, with the place of the value.
    fn key_and_value(&self) -> Option<(&'a str, &'a str, usize)> {
        let line = self.line();
        let inner = line.trim_start_matches([' ', '-']);
        let start = self.line_start() + line.len() - inner.len();
        let (key, value) = inner.split_once(": ").filter(|(key, _)| is_word(key)).unwrap_or(("", inner));
        let written = value.trim();
        let at = start + inner.len() - value.trim_start().len();
        (!written.is_empty() && (!key.is_empty() || line.trim_start().starts_with("- "))).then_some((key, written, at))
    }

    /// Whether a value ends with its line, so that it can be put in quotes.
    fn is_whole(&self, value: &str) -> bool {
        let rest = self.text[self.line_start()..].split_once('\n').map_or("", |(_, rest)| rest);
        let next = rest.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
        indent(next) <= indent(self.line()) && !value.contains(" #")
    }

    fn quoted(&self, diagnostic: Diagnostic, value: &str, at: usize) -> Diagnostic {
        let range = self.offset + at..self.offset + at + value.len();
        let fix = quote(self.file.span(range), value).filter(|_| self.is_whole(value));
        let diagnostic = diagnostic.help(format!("put the text in quotes: `'{}'`", value.replace('\'', "''")));
        Diagnostic { fix, ..diagnostic }
    }

    /// What a condition does to YAML that is not quoted is the mistake that authors make most.
    fn condition(&self) -> Option<Diagnostic> {
        let line = self.line();
        let (before, after) = line.split_once("when:")?;
        let in_map = before.contains('{');
        let is_key = match in_map {
            true => before.trim_end().ends_with(['{', ',']),
            false => before.trim_start_matches([' ', '-']).is_empty(),
        };
        if !is_key {
            return None;
        }
        let value = if in_map { first_of_map(after).trim() } else { after.trim() };
        let span = self.at..self.at;
        let mut diagnostic = if value.starts_with('!') {
            let message = "`!` at the start of a value is a YAML tag, not a negation";
            let diagnostic = self.wrong(span, message).help(format!("put the condition in quotes: `when: '{value}'`"));
            Diagnostic { code: Code::YamlTag, ..diagnostic }
        } else if value.starts_with('"') {
            self.wrong(span, "a condition that starts with a quote must be quoted as a whole")
                .help(format!("write `when: '{value}'`"))
        } else if in_map && value.contains('[') {
            let at = self.line_start() + line.len() - after.len() + after.find('[')?;
            self.wrong(at..at + 1, "a condition with a list, in `{ … }`, needs quotes")
                .help(format!("write `when: '{value}'`"))
        } else {
            return None;
        };
        if !value.contains(" #")
            && let Some(at) = after.find(value)
        {
            let start = self.offset + self.line_start() + line.len() - after.len() + at;
            diagnostic.fix = quote(self.file.span(start..start + value.len()), value);
        }
        Some(diagnostic)
    }

    /// A tab before a key. The parser may stop at the end of the line above.
    fn tab(&self, said: &str) -> Option<Diagnostic> {
        let lines = self.text[self.line_start()..].split_inclusive('\n').take(if said.contains("tab") { 3 } else { 1 });
        let mut start = self.line_start();
        let at = lines.into_iter().find_map(|line| {
            let tab = line[..line.len() - line.trim_start().len()].find('\t').map(|tab| start + tab);
            start += line.len();
            tab
        })?;
        Some(
            self.wrong(at..at + 1, "a tab, where YAML takes spaces only")
                .help("indent with spaces, as the lines around"),
        )
    }

    /// A comment inside of `{ … }`, which takes what closes it. The parser stops on a line below.
    fn comment(&self) -> Option<Diagnostic> {
        let start = self.line_start();
        let above = self.text[..start].trim_end().rfind('\n').map_or(0, |n| n + 1);
        [start, above].into_iter().find_map(|start| {
            let line = self.text[start..].lines().next().unwrap_or("");
            let (written, comment) = line.split_once(" #")?;
            let open = written.matches('{').count() > written.matches('}').count();
            if !open || !comment.contains('}') {
                return None;
            }
            let at = start + written.len() + 1;
            let text = written.rsplit(": ").next().unwrap_or("").trim();
            let whole = format!("{text} #{}", first_of_map(comment).trim_end());
            let message = format!("`#{}` is a comment here, and the `{{` is not closed", comment.trim_end());
            Some(
                self.wrong(at..start + line.trim_end().len(), message)
                    .help(format!("put the text in quotes: `'{}'`", whole.replace('\'', "''"))),
            )
        })
    }

    /// A value that starts with a sign of YAML's own, as Markdown does.
    fn value(&self) -> Option<Diagnostic> {
        let (_, value, at) = self.key_and_value().filter(|(_, _, at)| *at <= self.at)?;
        let sign = ["**", "*", "[[", "`", "@", "%", "&"].into_iter().find(|sign| value.starts_with(sign))?;
        let named = if sign == "`" { "a backtick".to_owned() } else { format!("`{sign}`") };
        let diagnostic = self.wrong(at..at + sign.len(), format!("a text that starts with {named} needs quotes"));
        Some(self.quoted(diagnostic, value, at))
    }

    /// A text that starts with the sign of a text of many lines.
    fn folded(&self) -> Option<Diagnostic> {
        let (_, value, at) = self.key_and_value().filter(|(_, value, _)| value.starts_with(['>', '|']))?;
        let message = format!("a text that starts with `{}` needs quotes, or to start on the next line", &value[..1]);
        Some(self.quoted(self.wrong(at..at + 1, message), value, at))
    }

    /// A line that is no `key: value`.
    fn no_colon(&self) -> Diagnostic {
        let (line, start) = (self.line(), self.line_start());
        let inner = line.trim_start_matches([' ', '-']);
        let from = start + line.len() - inner.len();
        if let Some((key, value)) = inner.split_once(':').filter(|(key, value)| is_word(key) && !value.is_empty()) {
            let colon = from + key.len();
            let span = self.file.span(self.offset + colon..self.offset + colon + 1);
            return self
                .wrong(from..colon + 1, format!("no space after `{key}:`"))
                .help(format!("write `{key}: {value}`"))
                .fix(Fix::replace(format!("write `{key}: `"), span, ": "));
        }
        let word = inner.split(' ').next().unwrap_or("");
        let help = match is_word(word) {
            true => format!("write `{word}: …` if it is a key; a text that goes on is indented further than its key"),
            false => "a text that goes on is indented further than its key".to_owned(),
        };
        self.wrong(from..from + word.len(), "a line that is no `key: value`").help(help)
    }

    /// A second colon in a line, or a key below a value.
    fn colon_in_text(&self) -> Diagnostic {
        let before = &self.text[self.line_start()..self.at];
        match self.key_and_value() {
            Some((_, value, at)) if before.trim_start_matches([' ', '-']).contains(": ") => {
                let end = self.at + usize::from(self.text[self.at..].starts_with(':'));
                let diagnostic = self.wrong(self.at..end, "a `: ` inside of a text, which would make it a key");
                self.quoted(diagnostic, value, at)
            }
            _ => self.indentation().unwrap_or_else(|| self.wrong(self.at..self.at, "a key where none can stand")),
        }
    }

    /// A line that does not stand below those that it belongs to.
    fn indentation(&self) -> Option<Diagnostic> {
        let (line, start) = (self.line(), self.line_start());
        let own = indent(line);
        if line.trim().is_empty() {
            return None;
        }
        if line.trim_start().starts_with('-') {
            return Some(
                self.wrong(start + own..start + own + 1, "an item of a list where a key should stand")
                    .help("every item of a list starts with `-`, all at one column; what stands above may lack it"),
            );
        }
        // Keys above, from the nearest on: those that are further in are not open any more.
        let mut open = usize::MAX;
        let mut nearest: Option<(usize, &str)> = None;
        for above in self.text[..start].lines().rev().filter(|line| !line.trim().is_empty()) {
            let inner = above.trim_start_matches([' ', '-']);
            let column = above.len() - inner.len();
            let key = inner.split_once(':').map(|(key, _)| key).filter(|key| is_word(key));
            let Some(key) = key else { continue };
            if column < open {
                let is_nearer = |(known, _): (usize, &str)| own.abs_diff(column) < own.abs_diff(known);
                if nearest.is_none_or(is_nearer) {
                    nearest = Some((column, key));
                }
            }
            open = open.min(column);
            if indent(above) == 0 {
                break;
            }
        }
        let (column, key) = nearest.filter(|(column, _)| *column != own)?;
        let spaces = |n: usize| if n == 1 { "1 space".to_owned() } else { format!("{n} spaces") };
        let range = start + own..start + line.trim_end().len().min(own + line.trim().split(':').next()?.len());
        let help = match column {
            0 => format!("do not indent it, to stand below `{key}`"),
            _ => format!("indent it by {}, to stand below `{key}`", spaces(column)),
        };
        Some(self.wrong(range, format!("a line indented by {}, where none above it is", spaces(own))).help(help))
    }

    /// A quote that closed sooner than it should have, or later.
    fn quotes(&self) -> Option<Diagnostic> {
        let close = self.text[..self.at].rfind(['"', '\''])?;
        let sign = self.text[close..].chars().next()?;
        let open = self.text[..close].rfind(sign)?;
        let span = self.file.span(self.offset + open..self.offset + open + 1);
        let diagnostic = self.wrong(close..close + 1, "text goes on after the quote that closes it");
        let diagnostic = diagnostic.note("the quote that it closes", Some(span));
        Some(if self.text[open..close].contains('\n') {
            diagnostic.help("close that one where its text ends")
        } else if sign == '\'' {
            diagnostic.help("write `''` for an apostrophe inside of single quotes, or take double quotes")
        } else {
            diagnostic.help("write `\\\"` for a quote inside of double quotes, or take single quotes")
        })
    }
}

/// What stands before the next `,` or `}` of a map in one line, quotes and lists taken as a whole.
fn first_of_map(text: &str) -> &str {
    let (mut depth, mut quote) = (0usize, None);
    for (at, c) in text.char_indices() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            (_, Some(_)) => {}
            ('"' | '\'', None) => quote = Some(c),
            ('[', None) => depth += 1,
            (']', None) => depth = depth.saturating_sub(1),
            (',' | '}', None) if depth == 0 => return &text[..at],
            _ => {}
        }
    }
    text
}

/// Whether a text is what keys are made of.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}
