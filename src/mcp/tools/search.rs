//! Finding things by words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Reply;
use crate::export;
use crate::mcp::desk::{Desk, page};
use crate::model::{Key, Kind};
use crate::plan::PageName;

#[derive(Debug, Deserialize, JsonSchema)]
pub struct Query {
    /// Words; all of them count, beginnings of words match.
    query: String,
    /// Only this kind.
    #[serde(default)]
    kind: Option<String>,
    /// Results at once; 10 where nothing is said.
    #[serde(default)]
    limit: Option<usize>,
    /// `next_cursor` of an earlier answer.
    #[serde(default)]
    cursor: Option<String>,
}

/// What was found, best first.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Found {
    /// How many things match.
    total: usize,
    /// The things of this part.
    results: Vec<Hit>,
    /// Pass it for the next part; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Hit {
    /// Its kind.
    #[schemars(with = "Kind")]
    kind: &'static str,
    /// Its id.
    id: String,
    /// Its title.
    title: String,
    /// What it is about; may be empty.
    summary: String,
}

/// What a match in a field is worth: the name of a thing says most, its prose least.
const NAME: usize = 12;
const SUMMARY: usize = 4;
const TEXT: usize = 1;

pub fn search(desk: &Desk, query: Query) -> Result<Reply<Found>, String> {
    let kind = query.kind.as_deref().map(kind_named).transpose()?;
    let words = words(&query.query);
    if words.is_empty() {
        return Err("`query` holds no word".into());
    }
    let mut hits: Vec<(usize, usize, Key)> = Vec::new();
    for of in Kind::ALL.into_iter().filter(|of| kind.is_none_or(|kind| kind == *of)) {
        for key in export::keys(&desk.plan, of) {
            let (matched, score) = score(desk, &key, &words);
            if matched > 0 {
                hits.push((matched, score, key));
            }
        }
    }
    // Things in which more of the words stand come first; reading order decides between equals.
    hits.sort_by_key(|(matched, score, _)| std::cmp::Reverse((*matched, *score)));
    let most = hits.first().map_or(0, |(matched, ..)| *matched);
    hits.retain(|(matched, ..)| *matched == most || *matched * 2 > words.len());
    let total = hits.len();
    let (hits, next_cursor) = page(hits, query.cursor.as_deref(), Some(query.limit.unwrap_or(10)))?;
    let hit = |(_, _, key): (usize, usize, Key)| Hit {
        kind: key.kind.name(),
        title: desk.title(&PageName::Thing(key.clone())),
        summary: export::summary(&desk.plan.catalog, &key),
        id: key.id,
    };
    Ok(Found { total, results: hits.into_iter().map(hit).collect(), next_cursor }.into())
}

/// A kind by its word, in the singular or the plural.
pub fn kind_named(name: &str) -> Result<Kind, String> {
    let of = Kind::ALL.into_iter().find(|kind| kind.name() == name || kind.folder() == name);
    of.ok_or_else(|| crate::mcp::desk::unknown("kind", name, Kind::ALL.into_iter().map(Kind::name)))
}

/// How many of the words a thing has, and how well.
fn score(desk: &Desk, key: &Key, query: &[String]) -> (usize, usize) {
    let catalog = &desk.plan.catalog;
    let name = words(&format!("{} {}", desk.title(&PageName::Thing(key.clone())), key.id));
    let summary = words(&export::summary(catalog, key));
    let text = words(&desk.markdown(&PageName::Thing(key.clone())).unwrap_or_default());
    let (mut matched, mut score) = (0, 0);
    for word in query {
        let has = |field: &[String]| field.iter().filter(|own| own.starts_with(word.as_str())).count();
        let exact = |field: &[String]| usize::from(field.contains(word));
        let worth = NAME * has(&name).min(1)
            + NAME / 2 * exact(&name)
            + SUMMARY * has(&summary).min(1)
            + TEXT * has(&text).min(3);
        matched += usize::from(worth > 0);
        score += worth;
    }
    // A capability is what people look for; its triggers and facts lead to it.
    let first = matches!(key.kind, Kind::Capability | Kind::Page);
    (matched, 2 * score + usize::from(first && score > 0))
}

/// Words in lower case, without a plural's `s`.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words
        .map(|word| {
            let word = word.to_lowercase();
            let plural = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
            if plural { word[..word.len() - 1].to_owned() } else { word }
        })
        .collect()
}
