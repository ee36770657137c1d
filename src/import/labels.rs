//! The words by which authors name the parts of a framework, in English and in Dutch.

/// A part of a capability.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    Trigger,
    NotWhen,
    TradeOffs,
    Decision,
    Timing,
    Now,
    Later,
    BuildsOn,
    NotReplaced,
    Complexity,
}

/// How a heading of a section starts, and words that make it one wherever they stand. The first that fits wins.
const SECTIONS: [(Section, &[&str], &[&str]); 10] = [
    (Section::NotReplaced, &["does not replace", "vervangt niet", "no replacement", "not a replacement"], &[]),
    (
        Section::NotWhen,
        &[
            "not when",
            "when not",
            "not if",
            "skip",
            "niet wanneer",
            "wanneer niet",
            "niet als",
            "niet nodig",
            "overslaan",
            "not for",
            "avoid",
            "do not",
            "don t",
            "contra indicat",
            "contraindicat",
            "when to skip",
            "not needed",
            "no need",
            "not worth",
            "niet doen",
            "wanneer overslaan",
        ],
        &["not relevant", "niet relevant"],
    ),
    (
        Section::Later,
        &[
            "later",
            "not now",
            "not yet",
            "why later",
            "why not now",
            "why not yet",
            "waarom niet",
            "waarom later",
            "nog niet",
            "niet nu",
            "wacht",
            "wait",
            "postpone",
            "uitstel",
        ],
        &[],
    ),
    (Section::Now, &["now", "why now", "nu", "waarom nu", "do it now", "meteen", "direct"], &[]),
    (
        Section::TradeOffs,
        &[
            "options",
            "opties",
            "choices",
            "keuze",
            "alternatives",
            "alternatieven",
            "comparison",
            "vergelijking",
            "choice space",
            "tools",
            "tooling",
            "approaches",
            "oplossingen",
            "candidates",
            "what to choose",
        ],
        &["trade off", "tradeoff", "trade offs", "tradeoffs", "afweging", "afwegingen"],
    ),
    (
        Section::Decision,
        &[
            "questions",
            "vragen",
            "key questions",
            "kernvragen",
            "decide",
            "decision",
            "beslis",
            "ask yourself",
            "to answer",
        ],
        &["decision point", "decision points", "beslispunt", "beslispunten", "beslismoment"],
    ),
    (
        Section::BuildsOn,
        &[
            "depends on",
            "dependencies",
            "afhankelijk",
            "prerequisite",
            "voorwaarden",
            "foundation",
            "fundament",
            "relation to",
            "relatie met",
            "integration with",
            "verbinding met",
            "stands on",
            "link to layer",
        ],
        &["builds on", "bouwt op", "bouwt voort", "layer link", "laag koppeling"],
    ),
    (Section::Timing, &["timing", "tijd", "planning", "moment"], &["timing"]),
    (Section::Complexity, &["complexity", "complexiteit", "effort", "inspanning"], &[]),
    (
        Section::Trigger,
        &[
            "when",
            "wanneer",
            "aanleiding",
            "signal",
            "signalen",
            "symptom",
            "consider",
            "adopt",
            "use it",
            "indicator",
            "reden",
            "relevant",
        ],
        &["trigger", "triggers"],
    ),
];

/// The section that a heading or a label names.
pub fn section(label: &str) -> Option<Section> {
    // What stands in parentheses explains the label.
    let words = fold(label.split('(').next().unwrap_or(label));
    if words.is_empty() || words.split(' ').count() > 9 {
        return None;
    }
    // "Layer 1 link", "Laag 1-koppeling": the number stands between.
    let numbered: String =
        words.split(' ').filter(|w| !w.chars().all(|c| c.is_ascii_digit())).collect::<Vec<_>>().join(" ");
    SECTIONS
        .iter()
        .find(|(_, starts, anywhere)| {
            starts.iter().any(|start| begins(&words, start)) || anywhere.iter().any(|part| holds(&numbered, part))
        })
        .map(|(section, ..)| *section)
}

/// A column of a table of options, or of a matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Pros,
    Cons,
    UseWhen,
    Licence,
    Maturity,
    Trigger,
    SkipIf,
    Complexity,
}

const COLUMNS: [(Column, &[&str]); 8] = [
    (Column::Pros, &["pro", "voordeel", "voordelen", "advantage", "strength", "plus", "benefit", "sterk", "good"]),
    (
        Column::Cons,
        &["con", "contra", "nadeel", "nadelen", "disadvantage", "weakness", "drawback", "minus", "zwak", "bad"],
    ),
    (Column::SkipIf, &["skip", "overslaan", "not when", "niet", "not if", "not for", "avoid"]),
    (Column::Trigger, &["trigger", "aanleiding", "signal"]),
    (Column::Complexity, &["complexity", "complexiteit", "effort", "inspanning"]),
    (
        Column::UseWhen,
        &["use", "when", "gebruik", "geschikt", "best", "wanneer", "kies", "choose", "fit", "suitable", "past"],
    ),
    (Column::Licence, &["licence", "license", "licentie"]),
    (Column::Maturity, &["maturity", "volwassenheid", "status"]),
];

/// What a column, or a list of an option, is about.
pub fn column(label: &str) -> Option<Column> {
    let words = fold(label);
    let word = |start: &&str| {
        begins(&words, start) || words.split(' ').next().is_some_and(|w| w.trim_end_matches('s') == *start)
    };
    COLUMNS.iter().find(|(_, starts)| starts.iter().any(&word)).map(|(column, _)| *column)
}

/// The complexity that a text names, from and to.
pub fn complexity(text: &str) -> Option<(&'static str, &'static str)> {
    const LEVELS: [(&str, &[&str]); 3] = [
        ("low", &["low", "laag", "lage", "small", "klein"]),
        ("medium", &["medium", "middel", "gemiddeld", "moderate", "midden"]),
        ("high", &["high", "hoog", "hoge", "large", "groot"]),
    ];
    let words = fold(text);
    let mut found = words.split(' ').filter_map(|word| LEVELS.iter().position(|(_, names)| names.contains(&word)));
    let first = found.next()?;
    let last = found.next().unwrap_or(first);
    Some((LEVELS[first.min(last)].0, LEVELS[first.max(last)].0))
}

/// A title and the complexity that stands at its end: "Replicas (Complexity: medium)", "Sharding – high complexity".
pub fn leveled(title: &str) -> (String, Option<&str>) {
    let inside = title.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let behind = || [" – ", " — ", " - "].into_iter().filter_map(|dash| title.rsplit_once(dash)).next_back();
    let found = inside.or_else(behind).filter(|(name, said)| {
        let words = fold(said);
        let named =
            words.split(' ').any(|word| matches!(word, "complexity" | "complexiteit" | "effort" | "inspanning"));
        complexity(said).is_some() && (named || words.split(' ').count() == 1) && !name.trim().is_empty()
    });
    match found {
        Some((name, said)) => (name.trim_end().to_owned(), Some(said)),
        None => (title.to_owned(), None),
    }
}

/// Whether an item was ticked or crossed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    None,
    Tick,
    Cross,
}

/// The mark at the start of a text, and the text without it.
pub fn mark(text: &str) -> (Mark, &str) {
    const TICKS: [&str; 8] = ["✅", "✔️", "✔", "✓", "☑️", "☑", "👍", "🟢"];
    const CROSSES: [&str; 10] = ["❌", "✗", "✘", "✖️", "✖", "⛔", "🚫", "👎", "🔴", "✕"];
    let text = text.trim();
    for (marks, mark) in [(&TICKS[..], Mark::Tick), (&CROSSES[..], Mark::Cross)] {
        if let Some(rest) = marks.iter().find_map(|m| text.strip_prefix(m)) {
            return (mark, rest.trim_start_matches(['\u{fe0f}', ' ', ':']));
        }
    }
    (Mark::None, text.trim_start_matches(|c: char| is_ornament(c) || c == ' '))
}

/// A title without its number and its ornaments: "## 3. 🔍 Tracing:" is "Tracing".
pub fn clean(title: &str) -> String {
    let title = title.replace(['*', '`'], "").replace("__", "");
    let mut rest = title.trim_matches(|c: char| c.is_whitespace() || is_ornament(c));
    for word in ["chapter", "hoofdstuk", "capability", "section", "onderdeel"] {
        let is_numbered = rest.len() > word.len()
            && rest.is_char_boundary(word.len())
            && rest[..word.len()].eq_ignore_ascii_case(word)
            && rest[word.len()..].trim_start().starts_with(|c: char| c.is_ascii_digit());
        if is_numbered {
            rest = rest[word.len()..].trim_start().trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        }
    }
    let numbered = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = &rest[..rest.len() - numbered.len()];
    // "1.2 Replicas" is numbered, "1.5 hours" is an amount.
    let nested = number.contains('.') && numbered.trim_start().starts_with(char::is_uppercase);
    let dashed = numbered.starts_with(' ') && numbered.trim_start().starts_with(['-', '–', '—']);
    if number.ends_with('.')
        || nested
        || (!number.is_empty() && (dashed || numbered.starts_with([')', ':', '\u{fe0f}', '\u{20e3}'])))
    {
        rest = numbered;
    }
    let trim = |c: char| c.is_whitespace() || is_ornament(c) || matches!(c, ':' | '-' | '–' | '—' | ')');
    rest.trim_start_matches(trim).trim_end_matches(|c: char| c.is_whitespace() || is_ornament(c) || c == ':').to_owned()
}

/// A label at the start of a text, and what follows: `**Label:** rest`, `**Label**: rest`, `Label: rest`, `**Label**`.
pub fn label(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    let bare = text.trim_start_matches(|c: char| is_ornament(c) || c == ' ');
    for fence in ["**", "__"] {
        if let Some(inner) = bare.strip_prefix(fence)
            && let Some((label, rest)) = inner.split_once(fence)
        {
            let ends = label.trim_end().ends_with(':') || rest.trim_start().starts_with(':') || rest.trim().is_empty();
            let rest = rest.trim_start().trim_start_matches([':', '–', '-']).trim();
            return ends.then(|| (clean(label), rest.to_owned()));
        }
    }
    let (label, rest) = bare.split_once(':')?;
    let plain = label.split('(').next().unwrap_or(label);
    let ok =
        plain.len() <= 60 && !plain.contains(['.', '?', '[', '`', '|']) && (rest.is_empty() || rest.starts_with(' '));
    ok.then(|| (clean(label), rest.trim().to_owned()))
}

/// Pictograms and signs that stand before a text for the eye.
fn is_ornament(c: char) -> bool {
    matches!(u32::from(c), 0x2190..=0x21ff | 0x2300..=0x23ff | 0x25a0..=0x27bf | 0x2b00..=0x2bff | 0xfe0f | 0x1f000..=0x1faff)
        || matches!(c, '≙' | '•' | '·')
}

/// Lower-case words with single spaces between; accents are taken off.
pub fn fold(text: &str) -> String {
    let parts: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .map(|part| part.to_lowercase().replace(['é', 'è', 'ë', 'ê'], "e").replace(['ï', 'í'], "i"))
        .collect();
    parts.join(" ")
}

fn begins(words: &str, start: &str) -> bool {
    words.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ') || start.len() > 5)
}

fn holds(words: &str, part: &str) -> bool {
    format!(" {words} ").contains(&format!(" {part} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_name_sections() {
        for (label, expected) in [
            ("TRIGGER: when does it become relevant?", Some(Section::Trigger)),
            ("Wanneer relevant?", Some(Section::Trigger)),
            ("Wanneer niet?", Some(Section::NotWhen)),
            ("Trade-offs", Some(Section::TradeOffs)),
            ("Afwegingen", Some(Section::TradeOffs)),
            ("Layer 1 link", Some(Section::BuildsOn)),
            ("Laag 1-koppeling", Some(Section::BuildsOn)),
            ("Beslispunten", Some(Section::Decision)),
            ("Waarom nu", Some(Section::Now)),
            ("Later if", Some(Section::Later)),
            ("Background", None),
            ("Service mesh", None),
        ] {
            assert_eq!(section(label), expected, "{label}");
        }
        assert_eq!(clean("3. 🔍 **Tracing**:"), "Tracing");
        assert_eq!(clean("Chapter 2 – Mesh"), "Mesh");
        assert_eq!(clean("5 services"), "5 services");
        assert_eq!(clean("1.2 Replicas"), "Replicas");
        assert_eq!(clean("1.5 hours"), "1.5 hours");
        assert_eq!(leveled("Replicas (Complexity: Medium)"), ("Replicas".into(), Some("Complexity: Medium")));
        assert_eq!(leveled("Sharding – high complexity"), ("Sharding".into(), Some("high complexity")));
        assert_eq!(leveled("Storage (large objects)"), ("Storage (large objects)".into(), None));
        assert_eq!(label("**Now if:** x; y"), Some(("Now if".into(), "x; y".into())));
        assert_eq!(mark("✅ yes"), (Mark::Tick, "yes"));
        assert_eq!(complexity("Medium–High"), Some(("medium", "high")));
        assert_eq!(complexity("Laag"), Some(("low", "low")));
    }
}
