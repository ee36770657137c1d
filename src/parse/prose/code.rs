//! Fenced code: what its info string says, and the figure it becomes.

use std::collections::BTreeSet;

use super::{escape, highlight};
use crate::model::CodeBlock;

/// The info string of a fence: ```` ```yaml title="payments/policy.yaml" {3,5-7} linenos ````.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Info {
    pub language: String,
    pub title: Option<String>,
    /// Lines to mark, from 1.
    pub marked: BTreeSet<usize>,
    pub numbered: bool,
    /// A file below `content/assets`, with `#region` for a part of it.
    pub include: Option<String>,
    /// Neighbouring fences with a tab's title form one group.
    pub tab: Option<String>,
    /// The first of the words that mean nothing here, each with the bytes of the info string from it to the end.
    pub unknown: Vec<(String, usize)>,
}

/// As many words that mean nothing are kept.
const MOST_UNKNOWN: usize = 5;

impl Info {
    /// Reads an info string; what it does not know it keeps apart.
    pub fn parse(info: &str) -> Info {
        let mut parsed = Info::default();
        let mut rest = info.trim();
        let first = rest.split_whitespace().next().unwrap_or("");
        if !first.starts_with('{') && !first.contains('=') {
            parsed.language = first.to_ascii_lowercase();
            rest = &rest[first.len()..];
        }
        loop {
            rest = rest.trim_start();
            if rest.is_empty() {
                return parsed;
            }
            if let Some(inner) = rest.strip_prefix('{') {
                let (lines, after) = inner.split_once('}').unwrap_or((inner, ""));
                parsed.marked.extend(line_numbers(lines));
                rest = after;
                continue;
            }
            let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
            let (key, after) =
                rest.split_at(if end == 0 { rest.find(char::is_whitespace).unwrap_or(rest.len()) } else { end });
            let (value, after) = match after.strip_prefix('=') {
                Some(after) => match after.chars().next().filter(|c| matches!(c, '"' | '\'')) {
                    Some(quote) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                    None => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
                },
                None => ("", after),
            };
            match key {
                "title" => parsed.title = Some(value.to_owned()),
                "include" => parsed.include = Some(value.to_owned()),
                "tab" => parsed.tab = Some(value.to_owned()),
                "linenos" => parsed.numbered = true,
                _ if parsed.unknown.len() < MOST_UNKNOWN => parsed.unknown.push((key.to_owned(), rest.len())),
                _ => {}
            }
            rest = after;
        }
    }
}

/// `3,5-7` as numbers. A range is cut at a size that no listing has, and so are the ranges.
fn line_numbers(text: &str) -> impl Iterator<Item = usize> + '_ {
    const LONGEST: usize = 1000;
    let numbers = |part: &str| {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let range = from.trim().parse::<usize>().ok().zip(to.trim().parse::<usize>().ok());
        range.into_iter().flat_map(|(from, to)| (from..=to).take(LONGEST))
    };
    text.split(',').take(LONGEST).flat_map(numbers)
}

/// The part of a file between lines that hold `region: NAME` and `endregion`, in whatever comment they stand.
pub fn region(text: &str, name: &str) -> Option<String> {
    let mut lines = text.lines();
    lines.by_ref().find(|line| {
        line.split_once("region:")
            .is_some_and(|(before, after)| !before.ends_with("end") && after.split_whitespace().next() == Some(name))
    })?;
    let inside: Vec<&str> = lines.take_while(|line| !line.contains("endregion")).collect();
    let indent = inside.iter().filter(|l| !l.trim().is_empty()).map(|l| l.len() - l.trim_start().len()).min()?;
    Some(inside.iter().map(|l| l.get(indent..).unwrap_or("")).collect::<Vec<_>>().join("\n") + "\n")
}

/// Appends the figure of a block, in colours.
pub fn figure(block: &CodeBlock, out: &mut String) {
    let lines = highlight::lines(&block.language, &block.code);
    out.push_str("<figure class=\"code\">");
    if let Some(title) = &block.caption {
        out.push_str("<figcaption>");
        escape(title, out);
        out.push_str("</figcaption>");
    }
    let label = block.caption.as_deref().or(highlight::title(&block.language)).unwrap_or("Text");
    out.push_str(if block.numbered { "<pre class=\"numbered\" tabindex=\"0\"" } else { "<pre tabindex=\"0\"" });
    out.push_str(" role=\"group\" aria-label=\"");
    escape(label, out);
    out.push_str("\"><code>");
    for (n, line) in lines.iter().enumerate() {
        let marked = block.marked.contains(&(n + 1));
        out.push_str(if marked { "<span class=\"ln hl\">" } else { "<span class=\"ln\">" });
        out.push_str(line);
        out.push_str("\n</span>");
    }
    out.push_str("</code></pre></figure>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn info_strings() {
        let info = Info::parse("yaml title=\"a b.yaml\" {2,4-6} linenos");
        assert_eq!(info.language, "yaml");
        assert_eq!(info.title.as_deref(), Some("a b.yaml"));
        assert_eq!(info.marked, BTreeSet::from([2, 4, 5, 6]));
        assert!(info.numbered);
        assert_eq!(Info::parse(""), Info::default());
        assert_eq!(Info::parse("{1}").marked, BTreeSet::from([1]));
        assert_eq!(Info::parse("title=x").title.as_deref(), Some("x"));
        assert!(Info::parse("yaml {1-99999999999}").marked.len() <= 1000);
        assert!(Info::parse(&format!("yaml {{{}}}", "1-99999999999,".repeat(100_000))).marked.len() <= 1000);
    }

    #[test]
    fn regions_lose_their_indent() {
        let text = "a\n  # region: rule\n  b\n    c\n  # endregion\nd\n";
        assert_eq!(region(text, "rule").as_deref(), Some("b\n  c\n"));
        assert_eq!(region(text, "other"), None);
    }
}
