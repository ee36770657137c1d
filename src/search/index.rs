//! Entries -> shards: what is shown of each entry, and for each stem the entries that hold it.

use std::collections::{BTreeSet, HashMap};
use std::mem::take;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

use super::entries::{Entry, GROUPS, Weight};
use super::words::{STOP, Stems, words};

/// A shard is closed above this many bytes of its parts; compressed it is about a third.
const SHARD: usize = 640_000;

/// How many entries are read at a time: their stems are many, and those of a large site would not fit into memory.
const BLOCK: usize = 1024;

/// The stems of an entry, each with the best weight that it has there.
type Stemmed = HashMap<Arc<str>, Weight>;

/// What the first shard has beside entries.
pub(super) struct Extras<'a> {
    pub synonyms: &'a [Vec<String>],
    /// The words of the box and of the page of results.
    pub words: Value,
}

/// One script per shard.
pub(super) fn shards(mut entries: Vec<Entry<'_>>, extras: Extras, english: bool) -> Vec<Vec<u8>> {
    let stop: BTreeSet<&str> = if english { STOP.split_whitespace().collect() } else { BTreeSet::new() };
    let mut open = Open::default();
    // The first shard says how many there are, so it is closed last.
    let (mut first, mut others) = (None, Vec::new());
    for block in entries.chunks_mut(BLOCK) {
        // A stemmer is no thread's to share, and costs nothing to make.
        let stemmed: Vec<Stemmed> =
            block.par_iter_mut().map_init(|| Known::new(english), |known, entry| stem(entry, known, &stop)).collect();
        for (entry, stems) in block.iter_mut().zip(stemmed) {
            let weight = weight(entry, &stems);
            if !open.entries.is_empty() && open.size + weight > SHARD {
                let full = take(&mut open);
                match &first {
                    None => first = Some(full),
                    Some(_) => others.push(full.close(None, english)),
                }
            }
            open.add(entry, &stems, weight);
            // It is in the shard now.
            *entry = Entry::default();
        }
    }
    match &first {
        None => first = Some(open),
        Some(_) => others.push(open.close(None, english)),
    }
    let says = First {
        shards: 1 + others.len(),
        groups: GROUPS,
        stop: if english { STOP } else { "" },
        synonyms: extras.synonyms,
        words: &extras.words,
    };
    let first = first.map(|open| open.close(Some(says), english));
    first.into_iter().chain(others).collect()
}

/// The stems of words that came before: a site has few different words.
struct Known {
    stems: Stems,
    known: HashMap<String, Arc<str>>,
}

impl Known {
    fn new(english: bool) -> Self {
        Known { stems: Stems::new(english), known: HashMap::new() }
    }

    fn stem(&mut self, word: &str) -> Arc<str> {
        if let Some(stem) = self.known.get(word) {
            return stem.clone();
        }
        let stem: Arc<str> = self.stems.of(word).into();
        self.known.insert(word.to_owned(), stem.clone());
        stem
    }
}

/// Takes the texts out of an entry.
fn stem(entry: &mut Entry, known: &mut Known, stop: &BTreeSet<&str>) -> Stemmed {
    let mut found = Stemmed::new();
    let mut add = |weight: Weight, text: &str| {
        for word in words(text) {
            // In a title every word counts: it may be all that a reader types.
            if weight == Weight::Title || !stop.contains(word.as_str()) {
                let best = found.entry(known.stem(&word)).or_insert(weight);
                *best = weight.max(*best);
            }
        }
    };
    add(Weight::Title, &entry.title);
    for (weight, text) in take(&mut entry.texts) {
        add(weight, &text.plain());
    }
    found
}

/// About how many bytes an entry adds to its shard.
fn weight(entry: &Entry, stems: &Stemmed) -> usize {
    let shown = entry.title.len() + entry.href.len() + entry.of.as_ref().map_or(0, String::len);
    shown + entry.summary.as_ref().map_or(0, String::len) + 20 + stems.len() * 2
}

/// What a script hands to `worthwhile.found`.
#[derive(Serialize)]
struct Shard<'a> {
    /// Group, title, URL; then the title of its page and the summary, as far as there are any.
    entries: Vec<Value>,
    /// Sorted, with spaces between.
    terms: String,
    /// For each term the entries that hold it, as [`digits`] of four times the distance from the last one (the first:
    /// from -1) plus the weight.
    postings: String,
    /// True where terms are English stems.
    english: bool,
    /// The first shard alone has these.
    #[serde(flatten)]
    first: Option<First<'a>>,
}

#[derive(Serialize)]
struct First<'a> {
    /// How many there are, this one among them.
    shards: usize,
    groups: [&'static str; GROUPS.len()],
    stop: &'static str,
    synonyms: &'a [Vec<String>],
    words: &'a Value,
}

/// A shard that entries are added to.
#[derive(Default)]
struct Open {
    entries: Vec<Value>,
    /// For each stem the text of its postings, and the place behind the last entry that holds it.
    postings: HashMap<Arc<str>, (String, usize)>,
    size: usize,
}

impl Open {
    fn add(&mut self, entry: &Entry, stems: &Stemmed, weight: usize) {
        let place = self.entries.len();
        for (stem, weight) in stems {
            let (text, next) = self.postings.entry(stem.clone()).or_default();
            digits((place + 1 - *next) * 4 + *weight as usize, text);
            *next = place + 1;
        }
        self.entries.push(shown(entry));
        self.size += weight;
    }

    fn close(self, first: Option<First>, english: bool) -> Vec<u8> {
        let mut postings: Vec<(&str, &str)> =
            self.postings.iter().map(|(stem, (text, _))| (&**stem, text.as_str())).collect();
        postings.sort_unstable();
        let (terms, texts): (Vec<&str>, Vec<&str>) = postings.into_iter().unzip();
        let shard = Shard { terms: terms.join(" "), postings: texts.join(" "), entries: self.entries, english, first };
        let data = serde_json::to_string(&shard).expect("the index is text, numbers and lists");
        format!("worthwhile.found({data});\n").into_bytes()
    }
}

fn shown(entry: &Entry) -> Value {
    let group = GROUPS.iter().position(|group| *group == entry.group);
    match (&entry.of, &entry.summary) {
        (of, Some(summary)) => json!([group, entry.title, entry.href, of.as_deref().unwrap_or(""), summary]),
        (Some(of), None) => json!([group, entry.title, entry.href, of]),
        (None, None) => json!([group, entry.title, entry.href]),
    }
}

/// Appends a number in groups of five bits, the lowest first; each but the last has the sixth bit set. A group is one
/// of 64 letters.
fn digits(mut number: usize, out: &mut String) {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    loop {
        let low = number & 31;
        number >>= 5;
        out.push(char::from(LETTERS[low | if number > 0 { 32 } else { 0 }]));
        if number == 0 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::entries::Said;
    use super::*;

    fn entry(title: &str, body: &str) -> Entry<'static> {
        let texts = vec![(Weight::Body, Said::Plain(body.to_owned().into()))];
        Entry { group: "pages", title: title.into(), href: "a.html".into(), of: None, summary: None, texts }
    }

    fn parsed(script: &[u8]) -> Value {
        let text = std::str::from_utf8(script).expect("the index is UTF-8");
        let data = text.strip_prefix("worthwhile.found(").and_then(|text| text.strip_suffix(");\n"));
        serde_json::from_str(data.expect("a shard is one call")).expect("its argument is JSON")
    }

    #[test]
    fn numbers_in_letters() {
        let mut out = String::new();
        for number in [0, 31, 32, 1000] {
            digits(number, &mut out);
            out.push(' ');
        }
        assert_eq!(out, "A f gB of ");
    }

    #[test]
    fn a_stem_has_its_best_weight_and_distances() {
        let entries = [entry("Policies", "The policy of the house"), entry("House", ""), entry("x", "policy")];
        let shards = shards(entries.into(), Extras { synonyms: &[], words: json!({}) }, true);
        assert_eq!(shards.len(), 1);
        let shard = parsed(&shards[0]);
        assert_eq!(shard["terms"], "hous polici x");
        // hous: entry 0 in the body (1·4 + 0), entry 1 in the title (1·4 + 3).
        assert_eq!(shard["postings"], "EH HI jB".replace("jB", "P").as_str());
    }

    #[test]
    fn a_large_index_has_several_shards() {
        let body = |n: usize| (0..400).map(|word| format!("w{n}x{word} ")).collect::<String>();
        let entries: Vec<Entry> = (0..1000).map(|n| entry(&format!("Page {n}"), &body(n))).collect();
        let synonyms = [vec!["a".to_owned(), "b".to_owned()]];
        let count = entries.len();
        let shards = shards(entries, Extras { synonyms: &synonyms, words: json!({}) }, true);
        assert!(shards.len() > 1);
        let parsed: Vec<Value> = shards.iter().map(|shard| parsed(shard)).collect();
        let all: usize = parsed.iter().map(|shard| shard["entries"].as_array().expect("a list").len()).sum();
        assert_eq!(all, count);
        assert_eq!(parsed[0]["synonyms"][0][1], "b");
        assert_eq!(parsed[0]["shards"], parsed.len());
        assert_eq!(parsed[1].get("synonyms"), None);
    }
}
