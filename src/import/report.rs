//! What became of the document, for the person who goes on with it.

use super::Ledger;
use super::outline::Outline;
use super::repair::Repair;

/// The report, as Markdown.
pub fn report(
    outline: &Outline,
    ledger: &Ledger<'_>,
    repairs: &[Repair],
    links: &[(usize, String)],
    made_up: &[String],
) -> String {
    let left = ledger.left();
    let mut out = format!(
        "# What became of the document\n\n{} lines with text: {} are in the files below, {} are not and stand here.\n",
        ledger.written(),
        ledger.written() - left.len(),
        left.len()
    );
    if outline.capabilities.is_empty() {
        out.push_str(
            "\nNo chapter was read as a capability: none has two parts that are named as triggers, reasons against, \
             trade-offs, questions, timing or foundations. Every chapter is a page.\n",
        );
    }
    section(
        &mut out,
        "Lines that are in no file",
        left.iter().map(|(n, line, why)| format!("line {n}: {why}\n\n      {line}")),
    );
    section(&mut out, "Statements that name an amount, and so can probably be given a condition", amounts(outline));
    section(&mut out, "What the document does not say, and was made up", made_up.iter().cloned());
    section(
        &mut out,
        "Characters that were mended",
        repairs.iter().map(|r| match &r.is {
            Some(is) => format!("line {}: `{}` became `{is}`", r.line, r.was.escape_debug()),
            None => format!("line {}: `{}` had lost a part; write it again", r.line, r.was.escape_debug()),
        }),
    );
    section(&mut out, "Links", links.iter().map(|(line, what)| format!("line {line}: {what}")));
    section(
        &mut out,
        "Headings and labels that became keys",
        ledger.keys().iter().map(|(line, words)| format!("line {line}: {words}")),
    );
    section(
        &mut out,
        "Where the lines went",
        ledger.placed().into_iter().map(|(path, ranges)| {
            let ranges: Vec<String> = ranges
                .iter()
                .map(|(from, to)| if from == to { from.to_string() } else { format!("{from}–{to}") })
                .collect();
            format!("{path}: {}", ranges.join(", "))
        }),
    );
    out
}

fn section(out: &mut String, title: &str, lines: impl IntoIterator<Item = String>) {
    let lines: Vec<String> = lines.into_iter().collect();
    if lines.is_empty() {
        return;
    }
    out.push_str(&format!("\n## {title}\n\n"));
    lines.iter().for_each(|line| out.push_str(&format!("- {line}\n")));
}

fn amounts(outline: &Outline) -> Vec<String> {
    let mut found = Vec::new();
    for (_, draft) in &outline.capabilities {
        for (list, texts) in [
            ("triggers", &draft.triggers),
            ("not_when", &draft.not_when),
            ("timing.now", &draft.now),
            ("timing.later", &draft.later),
        ] {
            for text in texts.iter().filter(|text| text.contains(|c: char| c.is_ascii_digit())) {
                found.push(format!("{}, {list}: {text}", draft.id));
            }
        }
    }
    found
}
