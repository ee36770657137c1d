//! Entries -> shards: what is shown of each entry, and for each stem the entries that hold it.

use std::mem::take;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};
use rayon::prelude::*;
use serde::Serialize;
use serde_json::{Value, json};

use super::entries::{Entry, GROUPS, Weight};
use super::words::{STOP, Stems, each_word};

/// A shard is closed above this many bytes of its parts; compressed it is about a third.
const SHARD: usize = 640_000;

/// How many entries are read at a time: their stems are many, and those of a large site would not fit into memory.
const BLOCK: usize = 256;

/// The stems of an entry, each with the best weight that it has there. A stem is its place in [`Known::stems`] of the
/// thread that read the entry.
type Stemmed = Vec<(u32, Weight)>;

/// What the first shard has beside entries.
pub(super) struct Extras<'a> {
    pub synonyms: &'a [Vec<String>],
    /// The words of the box and of the page of results.
    pub words: Value,
}

/// An index as far as it is made.
pub(super) struct Index<'a> {
    english: bool,
    typeset: &'a dyn Fn(&str) -> String,
    /// What each thread knows.
    known: Vec<Known>,
    /// Entries that are not read yet.
    block: Vec<Entry<'a>>,
    open: Open,
    /// The first shard says how many there are, so it is closed last.
    first: Option<Open>,
    others: Vec<Vec<u8>>,
}

impl<'a> Index<'a> {
    pub fn new(english: bool, typeset: &'a dyn Fn(&str) -> String) -> Self {
        let known = (0..rayon::current_num_threads()).map(|_| Known::new(english)).collect();
        let block = Vec::with_capacity(BLOCK);
        Index { english, typeset, known, block, open: Open::default(), first: None, others: Vec::new() }
    }

    pub fn add(&mut self, entry: Entry<'a>) {
        self.block.push(entry);
        if self.block.len() == BLOCK {
            self.read();
        }
    }

    /// Reads the block.
    fn read(&mut self) {
        let english = self.english;
        let share = self.block.len().div_ceil(self.known.len()).max(1);
        let shares = self.block.par_chunks_mut(share).zip(self.known.par_iter_mut());
        let read = |(entries, known): (&mut [Entry], &mut Known)| -> Vec<Stemmed> {
            entries.iter_mut().map(|entry| known.read(entry)).collect()
        };
        let stemmed: Vec<Vec<Stemmed>> = shares.map(read).collect();
        let by_thread = stemmed.into_iter().enumerate();
        let stemmed = by_thread.flat_map(|(thread, stemmed)| stemmed.into_iter().map(move |stems| (thread, stems)));
        for (entry, (thread, stems)) in self.block.drain(..).zip(stemmed) {
            let weight = weight(&entry, &stems);
            if !self.open.entries.is_empty() && self.open.size + weight > SHARD {
                let full = take(&mut self.open);
                match &self.first {
                    None => self.first = Some(full),
                    Some(_) => self.others.push(full.close(None, english)),
                }
            }
            self.open.add(shown(&entry, self.typeset), thread, &self.known[thread].stems, &stems, weight);
        }
    }

    /// One script per shard.
    pub fn finish(mut self, extras: Extras) -> Vec<Vec<u8>> {
        self.read();
        let Index { english, open, first, mut others, .. } = self;
        let first = match first {
            None => open,
            Some(first) => {
                others.push(open.close(None, english));
                first
            }
        };
        let says = First {
            shards: 1 + others.len(),
            groups: GROUPS,
            stop: if english { STOP } else { "" },
            synonyms: extras.synonyms,
            words: &extras.words,
        };
        std::iter::once(first.close(Some(says), english)).chain(others).collect()
    }
}

/// What a thread knows of words that came before: a site has few different ones.
struct Known {
    stemmer: Stems,
    words: HashMap<Box<str>, Word>,
    /// The stems of the words, each once.
    stems: Vec<Arc<str>>,
    by_stem: HashMap<Arc<str>, u32>,
    /// Of the entry that is being read: the best weight of each stem, by its place in `stems`.
    best: Vec<Option<Weight>>,
}

#[derive(Clone, Copy)]
struct Word {
    stem: u32,
    /// True if it says nothing about what a text is about.
    stop: bool,
}

impl Known {
    fn new(english: bool) -> Self {
        let (words, by_stem) = (HashMap::new(), HashMap::new());
        let mut known = Known { stemmer: Stems::new(english), words, stems: Vec::new(), by_stem, best: Vec::new() };
        if english {
            STOP.split_whitespace().for_each(|word| {
                known.learn(word, true);
            });
        }
        known
    }

    fn word(&mut self, word: &str) -> Word {
        self.words.get(word).copied().unwrap_or_else(|| self.learn(word, false))
    }

    fn learn(&mut self, word: &str, stop: bool) -> Word {
        let stem: Arc<str> = self.stemmer.of(word).into();
        let next = u32::try_from(self.stems.len()).expect("a site has fewer than four billion different words");
        let place = *self.by_stem.entry(stem.clone()).or_insert(next);
        if place == next {
            self.stems.push(stem);
            self.best.push(None);
        }
        let known = Word { stem: place, stop };
        self.words.insert(word.into(), known);
        known
    }

    /// Takes the texts out of an entry.
    fn read(&mut self, entry: &mut Entry) -> Stemmed {
        let mut found = Vec::new();
        let mut add = |weight: Weight, text: &str| {
            each_word(text, &mut |word| {
                let Word { stem, stop } = self.word(word);
                // In a title every word counts: it may be all that a reader types.
                if stop && weight != Weight::Title {
                    return;
                }
                let best = &mut self.best[stem as usize];
                if best.is_none() {
                    found.push(stem);
                }
                *best = (*best).max(Some(weight));
            });
        };
        add(Weight::Title, &entry.title);
        for (weight, text) in take(&mut entry.texts) {
            add(weight, &text.plain());
        }
        found.into_iter().filter_map(|stem| Some((stem, self.best[stem as usize].take()?))).collect()
    }
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
    postings: Vec<(Arc<str>, String, usize)>,
    by_stem: HashMap<Arc<str>, usize>,
    /// By thread and by the place of a stem with that thread: one more than its place in `postings`, 0 for none.
    places: Vec<Vec<usize>>,
    size: usize,
}

impl Open {
    /// `known` are the stems of the thread that read the entry.
    fn add(&mut self, shown: Value, thread: usize, known: &[Arc<str>], stems: &Stemmed, weight: usize) {
        let place = self.entries.len();
        if self.places.len() <= thread {
            self.places.resize_with(thread + 1, Vec::new);
        }
        self.places[thread].resize(known.len(), 0);
        for &(stem, weight) in stems {
            let at = match self.places[thread][stem as usize] {
                0 => {
                    let at = self.posting(&known[stem as usize]);
                    self.places[thread][stem as usize] = at + 1;
                    at
                }
                after => after - 1,
            };
            let (_, text, next) = &mut self.postings[at];
            digits((place + 1 - *next) * 4 + weight as usize, text);
            *next = place + 1;
        }
        self.entries.push(shown);
        self.size += weight;
    }

    /// The place of a stem in `postings`.
    fn posting(&mut self, stem: &Arc<str>) -> usize {
        *self.by_stem.entry(stem.clone()).or_insert_with(|| {
            self.postings.push((stem.clone(), String::new(), 0));
            self.postings.len() - 1
        })
    }

    fn close(self, first: Option<First>, english: bool) -> Vec<u8> {
        let mut postings: Vec<(&str, &str)> =
            self.postings.iter().map(|(stem, text, _)| (&**stem, text.as_str())).collect();
        postings.sort_unstable();
        let (terms, texts): (Vec<&str>, Vec<&str>) = postings.into_iter().unzip();
        let shard = Shard { terms: terms.join(" "), postings: texts.join(" "), entries: self.entries, english, first };
        let data = serde_json::to_string(&shard).expect("the index is text, numbers and lists");
        format!("worthwhile.found({data});\n").into_bytes()
    }
}

fn shown(entry: &Entry, typeset: &dyn Fn(&str) -> String) -> Value {
    let group = GROUPS.iter().position(|group| *group == entry.group);
    let title = typeset(&entry.title);
    match (entry.of.as_deref().map(typeset), entry.summary.as_deref().map(typeset)) {
        (of, Some(summary)) => json!([group, title, entry.href, of.unwrap_or_default(), summary]),
        (Some(of), None) => json!([group, title, entry.href, of]),
        (None, None) => json!([group, title, entry.href]),
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

    fn shards(entries: impl IntoIterator<Item = Entry<'static>>, extras: Extras) -> Vec<Vec<u8>> {
        let mut index = Index::new(true, &|text| text.to_owned());
        entries.into_iter().for_each(|entry| index.add(entry));
        index.finish(extras)
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
        let shards = shards(entries, Extras { synonyms: &[], words: json!({}) });
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
        let shards = shards(entries, Extras { synonyms: &synonyms, words: json!({}) });
        assert!(shards.len() > 1);
        let parsed: Vec<Value> = shards.iter().map(|shard| parsed(shard)).collect();
        let all: usize = parsed.iter().map(|shard| shard["entries"].as_array().expect("a list").len()).sum();
        assert_eq!(all, count);
        assert_eq!(parsed[0]["synonyms"][0][1], "b");
        assert_eq!(parsed[0]["shards"], parsed.len());
        assert_eq!(parsed[1].get("synonyms"), None);
    }
}
