//! Text in the terminal: wrapped, hanging, in columns.

use std::io::{ErrorKind, IsTerminal, Write};

use anyhow::Context;

use crate::cli::screen;

/// How text is laid out on stdout.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// In columns.
    pub width: usize,
    pub colour: bool,
}

/// Narrower than this, text is cut to pieces; wider than that, lines are hard to follow.
const WIDTHS: (usize, usize) = (40, 140);

impl Layout {
    /// As wide as the terminal says it is, else 100; bold only on terminals that want it.
    pub fn of_terminal() -> Layout {
        let terminal = std::io::stdout().is_terminal();
        let width = screen::columns(terminal).unwrap_or(100);
        Layout { width: width.clamp(WIDTHS.0, WIDTHS.1), colour: screen::colour(terminal) }
    }

    /// Text that stands out.
    pub fn bold(&self, text: &str) -> String {
        if self.colour { format!("\u{1b}[1m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// Lines of `text`, the first after `lead`, the rest below its first letter. `lead` starts `indent` columns in.
    pub fn hang(&self, indent: usize, lead: &str, text: &str) -> String {
        let start = indent + columns(lead);
        let lines = wrap(text, self.width.saturating_sub(start).max(20));
        let mut out = String::new();
        for (n, line) in lines.iter().enumerate() {
            let before = if n == 0 { lead } else { "" };
            let line = format!("{:indent$}{}{line}", "", pad(before, columns(lead)));
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }
}

/// Prints a result. Who stops reading half-way, as `head` does, has seen enough.
pub fn print(text: &str) -> anyhow::Result<()> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error).context("cannot write to stdout"),
        _ => Ok(()),
    }
}

/// How many columns a text takes, as far as one character takes one.
pub fn columns(text: &str) -> usize {
    text.chars().count()
}

/// A text with spaces after it, up to a width.
pub fn pad(text: &str, width: usize) -> String {
    format!("{text}{:1$}", "", width.saturating_sub(columns(text)))
}

/// A text in lines of at most `width` columns; a longer word has a line of its own. At least one line.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is a first line");
        if line.is_empty() {
            line.push_str(word);
        } else if columns(line) + 1 + columns(word) <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// The first few of a list, and how many more there are.
pub fn few(items: &[String], most: usize) -> Vec<String> {
    let mut shown: Vec<String> = items.iter().take(most).cloned().collect();
    if items.len() > most {
        shown.push(format!("and {} more", items.len() - most));
    }
    shown
}

/// "1 fact", "2 facts".
pub fn count(n: usize, one: &str) -> String {
    format!("{n} {one}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_hangs_below_its_first_letter() {
        let layout = Layout { width: 40, colour: false };
        let text = "the rain in Spain stays mainly in the plain";
        assert_eq!(
            layout.hang(2, "because  ", text),
            "  because  the rain in Spain stays\n           mainly in the plain\n"
        );
        assert_eq!(wrap("", 10), [""]);
        assert_eq!(wrap("abcdefghijkl m", 5), ["abcdefghijkl", "m"]);
        assert_eq!(few(&["a".into(), "b".into(), "c".into()], 1), ["a", "and 2 more"]);
    }
}
