//! Profiles and decision records: files from outside the site's content that say what is known of a situation.

use std::ops::Range;
use std::sync::Arc;

use super::authored::situation as authored;
use super::fields::File;
use super::{closing_fence, encoding, kinds, tree, yaml};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::case::WrittenFacts;
use crate::model::{Span, Spanned, Verdict};
use crate::read::Sources;

/// What a decision record says of its premises: the map `worthwhile` of its front matter.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenRecord {
    /// The capability's id.
    pub capability: Spanned<String>,
    /// The id of the chosen option.
    pub option: Spanned<String>,
    pub verdict: Spanned<Verdict>,
    pub settled: bool,
    /// True for a record that was invented as an example.
    pub constructed: bool,
    /// The capability's two hashes when the record was written.
    pub rules: String,
    pub prose: String,
    pub facts: WrittenFacts,
}

/// The facts of a profile, `facts: { … }`; `path` is a file of `sources`. What cannot be read is reported and left out.
pub fn profile(path: &Arc<str>, sources: &Sources) -> (WrittenFacts, Diagnostics) {
    read(path, sources, |file, text, offset| {
        let root = tree(file, text, offset)?;
        let fields = file.map(&root, "a profile", authored::Profile::KEYS)?;
        let facts = file.require(&fields, "facts")?;
        Some(kinds::case::facts(file, facts))
    })
}

/// The premises of a decision record; `path` is a file of `sources`. None if they cannot be read, which is reported.
pub fn record(path: &Arc<str>, sources: &Sources) -> (Option<WrittenRecord>, Diagnostics) {
    read(path, sources, |file, text, offset| {
        let Some(front) = front_matter(text) else {
            let span = Span::file_start(&file.path);
            let message = "a decision record starts with its premises between lines of `---`";
            file.report(Diagnostic::new(Code::FrontMatter, span, message).help(WRITE_ONE));
            return Some(None);
        };
        let root = tree(file, &text[front.clone()], offset + front.start)?;
        Some(premises(file, &root))
    })
}

const WRITE_ONE: &str = "`worthwhile decide` writes such records";

/// The premises in the front matter of a record.
pub(super) fn premises(file: &mut File<'_>, root: &yaml::Node) -> Option<WrittenRecord> {
    // Other keys of the front matter belong to MADR and to whoever keeps the records.
    let entries = file.entries(root, "the front matter of a decision record")?;
    let Some((_, node)) = entries.iter().find(|(key, _)| key.name == "worthwhile") else {
        let span = file.span(root.span.clone());
        let message = "the record does not say what it rests on: there is no key `worthwhile`";
        file.report(Diagnostic::new(Code::MissingKey, span, message).help(WRITE_ONE));
        return None;
    };
    let fields = file.map(node, "the premises of a decision", authored::Premises::KEYS)?;
    let words = Verdict::ALL.map(|v| (v.name(), v));
    let capability = file.require(&fields, "capability").and_then(|n| file.string(n));
    let option = file.require(&fields, "option").and_then(|n| file.string(n));
    let verdict = file.require(&fields, "verdict").and_then(|n| {
        let verdict = file.word(n, &words)?;
        Some(Spanned::new(verdict, file.span(n.span.clone())))
    });
    let settled = file.require(&fields, "settled").and_then(|n| file.boolean(n));
    let constructed = fields.get("constructed").and_then(|n| file.boolean(n)).unwrap_or(false);
    let hashes = file.require(&fields, "hashes").and_then(|n| {
        let hashes = file.map(n, "hashes", authored::Hashes::KEYS)?;
        Some((file.require_string(&hashes, "rules")?, file.require_string(&hashes, "prose")?))
    });
    let facts = file.require(&fields, "facts").map(|n| kinds::case::facts(file, n));
    let (rules, prose) = hashes?;
    Some(WrittenRecord {
        capability: capability?,
        option: option?,
        verdict: verdict?,
        settled: settled?,
        constructed,
        rules,
        prose,
        facts: facts?,
    })
}

/// The YAML between the fences.
fn front_matter(text: &str) -> Option<Range<usize>> {
    if !text.starts_with("---\n") && !text.starts_with("---\r\n") {
        return None;
    }
    let start = text.find('\n')? + 1;
    closing_fence(text, start).map(|(end, _)| start..end)
}

fn read<T: Default>(
    path: &Arc<str>,
    sources: &Sources,
    parse: impl FnOnce(&mut File<'_>, &str, usize) -> Option<T>,
) -> (T, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let bytes = sources.files.get(path).cloned().unwrap_or_else(|| Arc::from([]));
    let Some((text, offset)) = encoding::text(path, &bytes, &mut diagnostics) else {
        return (T::default(), diagnostics);
    };
    let mut file = File { path: path.clone(), text, offset, sources, diagnostics };
    let value = parse(&mut file, text, offset).unwrap_or_default();
    (value, file.diagnostics)
}
