//! What each target begins with: the content of this repository, the gallery of hostile inputs, and what was found.

use std::fs;
use std::path::{Path, PathBuf};

use worthwhile::export::{self, Export};

use super::gallery::gallery;
use super::targets::{FILES, small_site};

/// Longer texts take long and say little more.
const LONGEST: usize = 8_000;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below some folders, sorted.
fn files(folders: &[&str]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open: Vec<_> = folders.iter().map(|folder| root().join(folder)).filter(|folder| folder.is_dir()).collect();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { open.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

fn read(paths: &[PathBuf]) -> Vec<Vec<u8>> {
    paths.iter().map(|path| fs::read(path).expect("read")).collect()
}

/// What once failed.
pub fn found(target: &str) -> Vec<Vec<u8>> {
    read(&files(&[&format!("fuzz/found/{target}")]))
}

/// The words of `words.dict`.
pub fn words() -> Vec<Vec<u8>> {
    let text = fs::read_to_string(root().join("tests/fuzz/words.dict")).expect("read");
    let word = |line: &str| {
        let mut rest = line.strip_prefix('"')?.strip_suffix('"')?;
        let mut word = Vec::new();
        while let Some(first) = rest.chars().next() {
            let byte = rest.strip_prefix("\\x").and_then(|rest| u8::from_str_radix(rest.get(..2)?, 16).ok());
            word.push(byte.unwrap_or(first as u8));
            rest = &rest[if byte.is_some() { 4 } else { 1 }..];
        }
        Some(word)
    };
    text.lines().filter_map(word).collect()
}

/// Texts to begin with.
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    let mut seeds = match target {
        "drafts" | "pages" => content_files(),
        "condition" => conditions(),
        "markdown" => [read(&files(&["tests/fuzz/markdown"])), prose()].concat(),
        "repair" => [read(&files(&["tests/fuzz/garbled"])), prose()].concat(),
        "framework" => vec![framework(); 6],
        "import" => [read(&files(&["tests/import"])), prose()].concat(),
        "situation" => {
            [read(&files(&["tests/profiles", "content/cases"])), SITUATIONS.map(Vec::from).to_vec()].concat()
        }
        other => panic!("no seeds for {other}"),
    };
    seeds.iter_mut().for_each(|seed| seed.truncate(LONGEST));
    seeds
}

const SITUATIONS: [&[u8]; 6] = [
    b"facts: { services: 8, sets: [a, b] }\n",
    b"facts: { services: { min: 2, max: 5 }, sets: [] }\n",
    b"facts: { services: { min: 2 }, sets: \"?\" }\n",
    b"facts:\n  services: \"?\"\n  sets: [a]\n",
    b"facts: { services: 9e15, sets: a }\n",
    b"facts: {}\n",
];

/// The content, this one's and the manual's, and the hostile inputs of one file, each after the byte of its kind.
fn content_files() -> Vec<Vec<u8>> {
    let lead = |path: &str, bytes: &[u8]| {
        let kind = path.rsplit_once("content/")?.1.split(['/', '.']).next()?;
        let of = |file: &&str| file["content/".len()..].split(['/', '.']).next() == Some(kind);
        let which = FILES.iter().position(of)?;
        Some([&[which as u8], bytes].concat())
    };
    let paths = files(&["content", "docs/content", "starter/content"]);
    let text = |path: &&PathBuf| path.extension().is_some_and(|e| e == "yaml" || e == "md");
    let own = paths.iter().filter(text).filter_map(|path| lead(path.to_str()?, &fs::read(path).expect("read")));
    let hostile = gallery();
    let hostile = hostile.iter().filter_map(|input| input.file()).filter(|(_, bytes)| bytes.len() < LONGEST);
    own.chain(hostile.filter_map(|(path, bytes)| lead(path, bytes))).collect()
}

fn prose() -> Vec<Vec<u8>> {
    let mut paths = files(&["content", "docs/content", "starter/content", "tests/diagnostics"]);
    paths.retain(|path| path.extension().is_some_and(|e| e == "md"));
    let hostile = gallery();
    let hostile = hostile.iter().filter_map(|input| input.file());
    let hostile = hostile.filter(|(path, bytes)| path.ends_with(".md") && bytes.len() < LONGEST);
    read(&paths).into_iter().chain(hostile.map(|(_, bytes)| bytes.to_vec())).collect()
}

fn conditions() -> Vec<Vec<u8>> {
    let texts = content_files();
    let texts = texts.iter().filter_map(|text| std::str::from_utf8(text).ok());
    let after = |line: &str| Some(line.split_once("when: ")?.1.trim_matches(['\'', '"', ' ', '}']).to_owned());
    let mut found: Vec<Vec<u8>> = texts
        .flat_map(str::lines)
        .filter_map(after)
        .map(String::into_bytes)
        .filter(|text| text.len() < LONGEST)
        .collect();
    found.sort();
    found.dedup();
    [read(&files(&["tests/fuzz/conditions"])), found].concat()
}

/// A small published site.
fn framework() -> Vec<u8> {
    let (plan, _) = worthwhile::compile(&small_site(), None);
    export::render(&plan, &Export::Framework)
}
