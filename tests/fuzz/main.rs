//! What must be true of any bytes, tried on texts of the content that were mutated: the same in every run.
//!
//! `WORTHWHILE_FUZZ=N` tries N times as many, `WORTHWHILE_SEED=N` others. What is found is kept in `fuzz/found/<target>/`
//! and tried first. `cargo fuzz run <target>` looks further, guided by what the program does; see the manual.

mod targets;

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

/// As many per target in an ordinary run.
const TRIES: usize = 2_500;

/// Words that mean something to one of the parsers.
const WORDS: &[&str] = &[
    "\n",
    "\r\n",
    "  ",
    "\t",
    "---\n",
    ": ",
    "- ",
    "? ",
    "!",
    "&a ",
    "*a",
    "<<: ",
    "[",
    "]",
    "{",
    "}",
    "'",
    "\"",
    "\\",
    "|\n",
    ">\n",
    "#",
    "%",
    "@",
    "`",
    "```\n",
    "~~~\n",
    "```text include=\"a.txt#r\"\n",
    "```yaml tab=\"x\"\n",
    "```graph\n",
    "[[",
    "]]",
    "|",
    "![",
    "](",
    "[x](javascript:alert(1))",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<a href=\"",
    "<https://a>",
    "[^1]",
    "[^1]: ",
    "[^2]: ",
    "> ",
    "> [!NOTE]\n",
    "## ",
    "# ",
    "{#id}",
    "* ",
    "**",
    "_",
    "~~",
    "|a|b|\n|-|-|\n",
    ": ",
    "- [x] ",
    "1. ",
    "    ",
    "&#0;",
    "&lt;",
    "&amp;",
    "$$",
    "^",
    "~",
    "title: ",
    "when: ",
    "text: ",
    "id: ",
    "triggers:\n",
    "timing: { later: ",
    "options: ",
    "type: choices\n",
    "services > 5",
    "&&",
    "||",
    "!(",
    "\"a\" in sets",
    "in [\"a\"]",
    "== []",
    "== true",
    "1e999",
    "-0",
    ".5",
    "é",
    "â€“",
    "Ã©",
    "ðŸ",
    "\u{fffd}",
    "\u{202e}",
    "\0",
    "\u{feff}",
    "yes",
    "null",
    "true",
    "~",
    "2026-01-01",
    "../",
    "javascript:",
    "data:",
    "//",
];

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

/// Files to begin with.
fn seeds(folders: &[&str]) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    let mut open: Vec<_> = folders.iter().map(|folder| root.join(folder)).filter(|folder| folder.is_dir()).collect();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { open.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files.iter().map(|file| fs::read(file).expect("read")).collect()
}

fn mutated(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    // Pieces, because large texts take long and say little more.
    const LONGEST: usize = 1_500;
    let seed = &seeds[random.below(seeds.len())];
    let start = if seed.len() > LONGEST { random.below(seed.len() - LONGEST) } else { 0 };
    let mut text = seed[start..seed.len().min(start + LONGEST)].to_vec();
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
            3 if at < text.len() => text[at] = random.below(256) as u8,
            _ => drop(text.splice(at..at, WORDS[random.below(WORDS.len())].bytes())),
        }
    }
    text
}

fn check(target: &str, folders: &[&str], lead: bool, test: fn(&[u8])) {
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
    for found in seeds(&[&format!("fuzz/found/{target}")]) {
        run(&found);
    }
    let seeds = seeds(folders);
    assert!(seeds.len() > 5, "{target} has nothing to begin with");
    for _ in 0..tries {
        let mut text = mutated(&seeds, &mut random);
        if lead {
            text.insert(0, random.below(256) as u8);
        }
        run(&text);
    }
}

fn blake3_name(data: &[u8]) -> String {
    blake3::hash(data).to_hex()[..16].to_owned()
}

#[test]
fn any_file_is_read_or_reported() {
    check(
        "drafts",
        &[
            "content/capabilities",
            "content/facts",
            "content/cases",
            "content/layers",
            "content/options",
            "tests/diagnostics",
        ],
        true,
        targets::drafts,
    );
}

#[test]
fn any_condition_is_read_and_printed_or_refused() {
    check("condition", &["tests/fuzz/conditions", "tests/diagnostics"], false, targets::condition);
}

#[test]
fn any_markdown_becomes_harmless_html() {
    check(
        "markdown",
        &["content/capabilities", "content/pages", "docs/content/pages", "tests/fuzz/markdown"],
        false,
        targets::markdown,
    );
}

#[test]
fn any_text_decoded_twice_is_found_and_mending_it_ends() {
    check("repair", &["tests/fuzz/garbled", "content/pages", "tests/diagnostics"], false, targets::repair);
}
