//! Words and stems of the index, as a table that the script replays: both must make the same of the same text.
//!
//! `UPDATE=1 cargo test --test search` rewrites `tests/vectors/stems.json`; read the diff.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use worthwhile::search::words::{Stems, words};

/// Beginnings and ends that reach every step of the stemmer, with and without what its conditions ask for.
const BEGINNINGS: [&str; 46] = [
    "a", "abil", "arsen", "apolog", "bat", "bl", "by", "commun", "condit", "dr", "dyn", "eff", "feed", "gener", "gr",
    "hop", "hopp", "ident", "in", "lay", "log", "mult", "nat", "oper", "organ", "poss", "pl", "predict", "proc", "rat",
    "rel", "sen", "s", "sk", "sti", "syn", "temp", "toy", "trav", "tri", "un", "us", "vil", "wa", "yell", "yo",
];
const ENDS: [&str; 74] = [
    "", "e", "s", "es", "ies", "ied", "sses", "us", "ss", "eed", "eedly", "ed", "edly", "ing", "ingly", "ating",
    "bling", "izing", "y", "ey", "tional", "ational", "enci", "ency", "ancy", "ably", "ently", "izer", "ization",
    "ation", "ator", "alism", "ality", "ally", "fulness", "ously", "ousness", "iveness", "ivity", "bility", "bly",
    "logy", "fully", "lessly", "ly", "cly", "alize", "icate", "icity", "ical", "ful", "ness", "ative", "al", "ance",
    "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion",
    "tion", "sion", "ll",
];
/// Words that the algorithm names, and texts that are split in odd places.
const TEXTS: [&str; 12] = [
    "skis skies dying lying tying idly gently ugly early only singly sky news howe atlas cosmos bias andes",
    "inning outings canning herrings earring proceeds exceeded succeeding proceed exceed succeed",
    "The bank’s L7 rules aren't “yours”",
    "CI/CD, node.js and 99.95 % of p95",
    "Café Zürich naïve İstanbul",
    "服务网格 mesh",
    "snake_case kebab-case camelCase",
    "e-mail@example.org https://example.org/a?b=c",
    "youth boy boyish fly flying syzygy yay",
    "a1b2 3d 4x4",
    "",
    "— … ·",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Every word of the real content: what readers will look for.
fn words_of_the_content() -> BTreeSet<String> {
    let sources = worthwhile::read::read(&root()).expect("the content can be read");
    let texts = sources.below("content/").map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
    texts.flat_map(|text| words(&text)).collect()
}

#[test]
fn the_table_of_stems_is_what_the_index_makes() {
    let path = root().join("tests/vectors/stems.json");
    let update = std::env::var_os("UPDATE").is_some();
    let written = fs::read_to_string(&path).unwrap_or_default();
    let mut all: BTreeSet<String> =
        BEGINNINGS.iter().flat_map(|begin| ENDS.iter().map(move |end| format!("{begin}{end}"))).collect();
    all.extend(TEXTS.iter().flat_map(|text| words(text)));
    // Words of the content come in with an update and stay; the content may change without this table.
    if update {
        all.extend(words_of_the_content());
    } else {
        let table: serde_json::Value = serde_json::from_str(&written).expect("the table is JSON");
        all.extend(table["stems"].as_object().expect("stems by word").keys().cloned());
    }
    let stems = Stems::new(true);
    let table: BTreeMap<&str, String> = all.iter().map(|word| (word.as_str(), stems.of(word))).collect();
    let split: Vec<(&str, Vec<String>)> = TEXTS.iter().map(|text| (*text, words(text))).collect();
    let mut json = serde_json::to_string(&serde_json::json!({ "words": split, "stems": table })).expect("text is JSON");
    json = json.replace("\",\"", "\",\n\"");
    json.push('\n');
    if update {
        fs::write(&path, &json).expect("the table can be written");
    } else {
        assert!(
            written == json,
            "tests/vectors/stems.json is not what the index makes: UPDATE=1 cargo test --test search"
        );
    }
}
