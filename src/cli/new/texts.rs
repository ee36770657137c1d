//! The files that `new` writes. What an author has to write says TODO.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::import::yaml::scalar;
use crate::model::{FactType, Key, Kind, Spanned};
use crate::parse::Drafts;

/// Where an id is taken: by a thing of this kind, or by an old name of one.
pub fn taken(drafts: &Drafts, kind: Kind, id: &str) -> Option<String> {
    let key = Key::new(kind, id);
    if drafts.broken.contains(&key) {
        return Some("its file has errors".into());
    }
    let old = |aliases: &[Spanned<String>]| aliases.iter().any(|alias| alias.value == id);
    if kind == Kind::Fact {
        let fact = drafts.facts.iter().find(|f| f.id == id || old(&f.aliases))?;
        return Some(fact.span.file.to_string());
    }
    let file = |file: &str| Some(file.to_owned());
    if let Some((path, _)) = drafts.files.iter().find(|(_, taken)| **taken == key) {
        return file(path);
    }
    let spans = match kind {
        Kind::Layer => drafts.layers.iter().find(|x| old(&x.aliases)).map(|x| &x.span),
        Kind::Capability => drafts.capabilities.iter().find(|x| old(&x.aliases)).map(|x| &x.span),
        Kind::Option => drafts.options.iter().find(|x| old(&x.aliases)).map(|x| &x.span),
        Kind::Component => drafts.components.iter().find(|x| old(&x.aliases)).map(|x| &x.span),
        Kind::Case => drafts.cases.iter().find(|x| old(&x.aliases)).map(|x| &x.span),
        Kind::Page => drafts.pages.iter().find(|x| old(&x.aliases)).map(|x| &x.span),
        _ => None,
    };
    spans.map(|span| format!("an old name in {}", span.file))
}

/// "service-mesh" is "Service mesh".
pub fn title(id: &str) -> String {
    let words = id.replace(['-', '_'], " ");
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}", letters.as_str())
}

/// The next place in an order; things without one stand at the end, and do not count.
fn next(orders: impl Iterator<Item = i64>) -> i64 {
    orders.filter(|order| *order != i64::MAX).max().unwrap_or(0) + 1
}

pub fn layer(drafts: &Drafts, title: &str) -> String {
    let order = next(drafts.layers.iter().map(|l| l.order));
    format!(
        "title: {}\norder: {order}\nsummary: TODO one sentence, what the layer is for\n\
         # Optional: description, topics, and questions, each with the capability that answers it.\n",
        scalar(title)
    )
}

pub fn capability(drafts: &Drafts, title: &str, layer: &str) -> String {
    let order = next(drafts.capabilities.iter().filter(|c| c.layer.key.id == layer).map(|c| c.order));
    let example = drafts.facts.iter().find(|f| f.fact_type.is_ordered()).or(drafts.facts.first());
    let example = example.map_or("some_fact".to_owned(), |f| condition(&f.id, f.fact_type.name()));
    format!(
        "title: {}\nlayer: {layer}\norder: {order}\n\
         summary: TODO one sentence, for cards, for search and for previews\n\
         complexity: medium # low, medium, high, or {{ from: low, to: medium }}\n\
         # closing_question: The question to be able to answer in the end\n\n\
         # What makes it relevant. Each trigger has an id, because each has a page.\n\
         triggers:\n  - id: first-trigger # TODO a few words, they stand in the address of its page\n    \
         text: TODO when it becomes relevant\n    \
         # when: {example}\n\n\
         # What rules it out, alone.\n\
         not_when:\n  - text: TODO in which situation it is never worth it\n\n\
         # What the choices cost: options of content/options/.\n\
         # trade_offs:\n#   options:\n#     - {{ option: ID, pros: [A], cons: [B] }}\n\n\
         timing:\n  now:\n    - text: TODO why now\n  later:\n    - text: TODO what has to be there first\n\n\
         # builds_on:\n#   - {{ component: ID, adds: What it adds }}\n",
        scalar(title)
    )
}

pub fn option(title: &str) -> String {
    format!(
        "title: {}\nkind: tool # tool, service or approach\nsummary: TODO one sentence, what it is\n\
         # Optional: short (a shorter title), url, licence, maturity.\n",
        scalar(title)
    )
}

pub fn component(title: &str, layer: &str) -> String {
    format!(
        "title: {}\nlayer: {layer}\nsummary: TODO one sentence, what it is\n# Optional: order, url.\n",
        scalar(title)
    )
}

pub fn fact(id: &str, title: &str, fact_type: &str) -> String {
    let rest = match fact_type {
        "integer" | "number" => {
            "  unit: TODO what is counted, in the plural\n  # range: [0, 100]\n  # words: { yes: \"{} of it\" }\n"
        }
        "choice" | "choices" => {
            "  options: # TODO the answers, by id\n    first: TODO an answer, as readers see it\n    second: TODO another\n  \
             # words: { yes: \"it is {}\", no: \"it is not {}\" }\n"
        }
        _ => "  # words: { yes: it is so, no: it is not so }\n",
    };
    format!(
        "{id}:\n  title: {}\n  question: TODO what the reader is asked\n  \
         # help: What counts, and what does not\n  # measure: How the reader finds the answer\n  type: {fact_type}\n{rest}",
        scalar(title)
    )
}

/// A condition that reads a fact.
pub fn condition(id: &str, fact_type: &str) -> String {
    match fact_type {
        "integer" | "number" => format!("{id} > 5"),
        "choice" => format!("{id} == \"first\""),
        "choices" => format!("'\"first\" in {id}'"),
        _ => id.to_owned(),
    }
}

pub fn case(drafts: &Drafts, title: &str) -> String {
    let order = next(drafts.cases.iter().map(|c| c.order));
    let mut out = format!(
        "title: {}\norder: {order}\nsummary: TODO one sentence, whose situation it is\n\
         constructed: true # an invented one\n\n\
         # What is known, in place of \"?\". What is left out is unknown too.\n{}\n",
        scalar(title),
        if drafts.facts.is_empty() { "facts: {}" } else { "facts:" }
    );
    for fact in &drafts.facts {
        let values = match fact.fact_type {
            FactType::Integer | FactType::Number => "a number, or { min: 2, max: 6 }".to_owned(),
            FactType::Boolean => "true or false".to_owned(),
            FactType::Choice => fact.options.iter().map(|o| o.id.as_str()).collect::<Vec<_>>().join(", "),
            FactType::Choices => {
                format!(
                    "[{}], or [] for none",
                    fact.options.iter().map(|o| o.id.as_str()).collect::<Vec<_>>().join(", ")
                )
            }
        };
        out.push_str(&format!("  {}: \"?\" # {values}\n", fact.id));
    }
    out.push_str(
        "\n# The verdicts that it must get: adopt, prepare, consider, wait, skip, open; a list where several are fine.\n\
         #expect:\n",
    );
    drafts.capabilities.iter().for_each(|c| out.push_str(&format!("#  {}: adopt\n", c.id)));
    out
}

pub fn page(drafts: &Drafts, id: &str, title: &str) -> String {
    let folder = |id: &str| id.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let order = next(drafts.pages.iter().filter(|p| folder(&p.id) == folder(id)).map(|p| p.order));
    format!(
        "---\ntitle: {}\nsummary: TODO one sentence, for lists and for search\norder: {order}\n---\n\n\
         TODO the text. Headings start at `##`; a link is an id in double square brackets.\n",
        scalar(title)
    )
}

/// The date of today, in UTC, as `2026-11-25`. From days to a date as Howard Hinnant's `civil_from_days` does it.
pub fn today() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    date(seconds / 86_400)
}

fn date(days: u64) -> String {
    let days = days + 719_468;
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_dates() {
        for (days, expected) in
            [(0, "1970-01-01"), (19_782, "2024-02-29"), (20_088, "2024-12-31"), (47_540, "2100-02-28")]
        {
            assert_eq!(date(days), expected);
        }
        assert_eq!(title("service-mesh"), "Service mesh");
    }
}
