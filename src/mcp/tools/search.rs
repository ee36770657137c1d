//! Finding things by words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Reply;
use super::browse::TRADE_OFF;
use crate::export;
use crate::mcp::desk::{Desk, page, unknown};
use crate::model::{Key, Kind};
use crate::plan::PageName;
use crate::search::words::{STOP, Stems, words};

/// Bytes of a query that are looked for.
const LONGEST_QUERY: usize = 1_000;

#[derive(Debug, Deserialize, JsonSchema)]
pub struct Query {
    /// Words; all of them count, beginnings of words match.
    query: String,
    /// Only this kind.
    #[serde(default)]
    #[schemars(with = "Option<Kind>")]
    kind: Option<String>,
    /// Results at once; 10 where nothing is said.
    #[serde(default)]
    #[schemars(range(min = 1))]
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

/// What a match in a field is worth: the name of a thing says most, its page least.
const NAME: usize = 12;
const SUMMARY: usize = 4;
const TEXT: usize = 1;

pub fn search(desk: &Desk, query: Query) -> Result<Reply<Found>, String> {
    let kind = match query.kind.as_deref() {
        None => None,
        Some(name) if name.replace('_', "-") == TRADE_OFF => {
            return Err(
                "trade-offs are found by their capability: search for kind `capability`, then get(kind=trade-off) \
                        with its id"
                    .into(),
            );
        }
        Some(name) => {
            Some(kind_named(name).ok_or_else(|| unknown("kind", name, Kind::ALL.into_iter().map(Kind::name)))?)
        }
    };
    let index = desk.index();
    // What a person would type; the time that a search takes grows with its words.
    let words = index.words(&query.query[..query.query.floor_char_boundary(LONGEST_QUERY)]);
    if words.is_empty() {
        return Err("`query` holds no word".into());
    }
    let worth: Vec<(&str, usize)> = words.iter().map(|word| (word.as_str(), index.rarity(word))).collect();
    let mut hits: Vec<(usize, usize, &Key)> = index
        .things
        .iter()
        .filter(|thing| kind.is_none_or(|kind| kind == thing.key.kind))
        .filter_map(|thing| {
            let scores: Vec<usize> = worth.iter().map(|(word, rarity)| rarity * score(thing, word)).collect();
            let matched = scores.iter().filter(|score| **score > 0).count();
            // A capability is what people look for; its triggers and facts lead to it.
            let first = usize::from(thing.key.kind == Kind::Capability);
            (matched > 0).then(|| (matched, 2 * scores.iter().sum::<usize>() + first, &thing.key))
        })
        .collect();
    // Things in which more of the words stand come first; reading order decides between equals.
    hits.sort_by_key(|(matched, score, _)| std::cmp::Reverse((*matched, *score)));
    let most = hits.first().map_or(0, |(matched, ..)| *matched);
    hits.retain(|(matched, ..)| *matched == most || *matched * 2 > words.len());
    let total = hits.len();
    let (hits, next_cursor) = page(hits, query.cursor.as_deref(), Some(query.limit.unwrap_or(10)))?;
    let hit = |(_, _, key): (usize, usize, &Key)| Hit {
        kind: key.kind.name(),
        title: desk.title(&PageName::Thing(key.clone())),
        summary: export::summary(&desk.plan.catalog, key),
        id: key.id.clone(),
    };
    Ok(Found { total, results: hits.into_iter().map(hit).collect(), next_cursor }.into())
}

/// A kind by its word, in the singular or the plural.
pub fn kind_named(name: &str) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| kind.name() == name || kind.folder() == name)
}

/// How well a word fits a thing; 0 where it does not stand there.
fn score(thing: &Thing, word: &str) -> usize {
    let has = |field: &[String]| field.iter().filter(|own| own.starts_with(word)).count();
    let exact = usize::from(thing.name.iter().any(|own| own == word));
    NAME * has(&thing.name).min(1)
        + NAME / 2 * exact
        + SUMMARY * has(&thing.summary).min(1)
        + TEXT * has(&thing.text).min(3)
}

/// The words of every thing, as the search box of the site knows them.
pub struct Index {
    things: Vec<Thing>,
    stems: Stems,
}

struct Thing {
    key: Key,
    name: Vec<String>,
    summary: Vec<String>,
    text: Vec<String>,
}

impl Index {
    /// In the order of kinds, then in reading order.
    pub fn of(desk: &Desk) -> Index {
        let catalog = &desk.plan.catalog;
        let mut index = Index { things: Vec::new(), stems: Stems::new(catalog.site.locale.starts_with("en")) };
        for key in Kind::ALL.into_iter().flat_map(|kind| export::keys(&desk.plan, kind)) {
            let page = PageName::Thing(key.clone());
            let thing = Thing {
                name: index.stemmed(&format!("{} {}", desk.title(&page), key.id.replace(['_', '.'], " "))),
                summary: index.stemmed(&export::summary(catalog, &key)),
                text: index.stemmed(&desk.markdown(&page).unwrap_or_default()),
                key,
            };
            index.things.push(thing);
        }
        index
    }

    fn stemmed(&self, text: &str) -> Vec<String> {
        words(text).iter().map(|word| self.stems.of(word)).collect()
    }

    /// The words of a query: without those that say nothing, unless it has no others.
    fn words(&self, query: &str) -> Vec<String> {
        let all = words(query);
        let telling: Vec<&String> =
            all.iter().filter(|word| !STOP.split_whitespace().any(|stop| stop == *word)).collect();
        let telling = if telling.is_empty() { all.iter().collect() } else { telling };
        telling.into_iter().map(|word| self.stems.of(word)).collect()
    }

    /// How rare a word is: 1 where half of the things have it, one more each time that half as many do.
    fn rarity(&self, word: &str) -> usize {
        let with = self.things.iter().filter(|thing| score(thing, word) > 0).count().max(1);
        1 + (self.things.len() / with).max(1).ilog2() as usize
    }
}
