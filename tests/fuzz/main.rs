//! What must be true of any bytes, tried on texts of the content that were mutated: the same in every run.
//!
//! `WORTHWHILE_FUZZ=N` tries N times as many, `WORTHWHILE_SEED=N` others. What is found is kept in `fuzz/found/<target>/`
//! and tried first. `tests/fuzz/run` looks further, guided by what the program does; `WORTHWHILE_SEEDS=FOLDER` writes
//! for it what it begins with.

#[path = "../gallery/mod.rs"]
#[allow(dead_code)]
mod gallery;
mod seeds;
mod targets;

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

/// As many per target in an ordinary run.
const TRIES: usize = 2_500;

/// Numbers that are the same on every machine: xorshift64*.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % n.max(1)
    }

    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        let end = (start + self.below(1 + length / 4)).min(length);
        start..end
    }
}

fn mutated(seeds: &[Vec<u8>], words: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    // Pieces, because large texts take long and say little more.
    const LONGEST: usize = 1_500;
    let seed = &seeds[random.below(seeds.len())];
    let start = if seed.len() > LONGEST { random.below(seed.len() - LONGEST) } else { 0 };
    let mut text = seed[start..seed.len().min(start + LONGEST)].to_vec();
    if let (Some(first), Some(lead)) = (text.first_mut(), seed.first()) {
        *first = *lead;
    }
    for _ in 0..1 + random.below(12) {
        let range = random.range(text.len());
        let at = range.start;
        match random.below(7) {
            0 => drop(text.drain(range)),
            1 => drop(text.splice(at..at, text[range].to_vec())),
            2 => {
                let other = &seeds[random.below(seeds.len())];
                let part = random.range(other.len().min(LONGEST));
                text.splice(range, other[part].iter().copied());
            }
            // The first byte may say what the others are.
            3 if at < text.len() => text[[0, at, at, at][random.below(4)]] = random.below(256) as u8,
            _ => drop(text.splice(at..at, words[random.below(words.len())].iter().copied())),
        }
    }
    text
}

fn check(target: &str, test: fn(&[u8])) {
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse::<usize>().ok());
    let tries = TRIES * number("WORTHWHILE_FUZZ").unwrap_or(1);
    let mut random = Random(0x9E37_79B9_7F4A_7C15 ^ number("WORTHWHILE_SEED").unwrap_or(0) as u64);
    let run = |data: &[u8]| {
        if catch_unwind(|| test(data)).is_err() {
            let (name, folder) =
                (blake3_name(data), Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/found").join(target));
            fs::create_dir_all(&folder).expect("created");
            fs::write(folder.join(&name), data).expect("written");
            panic!("{target} fails; kept as fuzz/found/{target}/{name}: {:?}", String::from_utf8_lossy(data));
        }
    };
    let seeds = seeds::seeds(target);
    assert!(seeds.len() > 5, "{target} has nothing to begin with");
    if let Some(folder) = std::env::var_os("WORTHWHILE_SEEDS") {
        let folder = Path::new(&folder).join(target);
        fs::create_dir_all(&folder).expect("created");
        seeds.iter().for_each(|seed| fs::write(folder.join(blake3_name(seed)), seed).expect("written"));
        return;
    }
    seeds::found(target).iter().chain(&seeds).for_each(|seed| run(seed));
    let words = seeds::words();
    for _ in 0..tries {
        run(&mutated(&seeds, &words, &mut random));
    }
}

fn blake3_name(data: &[u8]) -> String {
    blake3::hash(data).to_hex()[..16].to_owned()
}

#[test]
fn any_file_is_read_or_reported() {
    check("drafts", targets::drafts);
}

#[test]
fn any_file_without_errors_becomes_whole_pages_that_run_nothing() {
    check("pages", targets::pages);
}

#[test]
fn any_condition_is_read_and_printed_or_refused() {
    check("condition", targets::condition);
}

#[test]
fn any_markdown_becomes_harmless_html() {
    check("markdown", targets::markdown);
}

#[test]
fn any_text_decoded_twice_is_found_and_mending_it_ends() {
    check("repair", targets::repair);
}

#[test]
fn any_framework_is_read_or_refused() {
    check("framework", targets::framework);
}

#[test]
fn any_document_is_imported_as_content_without_errors() {
    check("import", targets::import);
}

#[test]
fn any_profile_is_read_assessed_and_written_again() {
    check("situation", targets::situation);
}
