//! What we promise of every build and of what we are built from; and that the page of promises names tests that exist.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// Every file below a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

fn bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let below = |file: PathBuf| (file.strip_prefix(folder).expect("below").to_owned(), fs::read(&file).expect("read"));
    files(folder).into_iter().map(below).collect()
}

/// A way to build that must not matter.
struct Way {
    folder: &'static str,
    reversed: bool,
    umask: &'static str,
    environment: &'static [(&'static str, &'static str)],
}

#[test]
fn builds_are_equal_wherever_whenever_and_by_whomever_they_are_made() {
    let ways = [
        Way { folder: "a", reversed: false, umask: "022", environment: &[] },
        Way {
            folder: "somewhere else/with spaces and é",
            reversed: true,
            umask: "077",
            environment: &[
                ("TZ", "Pacific/Apia"),
                ("LC_ALL", "tr_TR.UTF-8"),
                ("LANG", "C"),
                ("RAYON_NUM_THREADS", "1"),
            ],
        },
        Way {
            folder: "c",
            reversed: true,
            umask: "002",
            environment: &[
                ("TZ", "America/St_Johns"),
                ("LC_ALL", "C"),
                ("RAYON_NUM_THREADS", "7"),
                ("HOME", "/nowhere"),
                ("USER", "x"),
            ],
        },
        Way {
            folder: "d",
            reversed: false,
            umask: "027",
            environment: &[("SOURCE_DATE_EPOCH", "1"), ("COLUMNS", "1"), ("NO_COLOR", "1"), ("RUST_BACKTRACE", "full")],
        },
    ];
    let home = tempfile::tempdir().expect("a folder for the test");
    let mut first: Option<BTreeMap<PathBuf, Vec<u8>>> = None;
    for way in &ways {
        let folder = home.path().join(way.folder);
        let mut content = files(&root().join("content"));
        if way.reversed {
            content.reverse();
        }
        for file in &content {
            let to = folder.join(file.strip_prefix(root()).expect("below"));
            fs::create_dir_all(to.parent().expect("a folder")).expect("created");
            fs::write(to, fs::read(file).expect("read")).expect("written");
        }
        let script = format!("umask {}; exec \"$0\" build . --out out -q --base-url https://example.org/", way.umask);
        let mut command = Command::new("bash");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_worthwhile")]).current_dir(&folder);
        let output = command.envs(way.environment.iter().copied()).output().expect("ran");
        assert!(output.status.success(), "{}: {}", way.folder, String::from_utf8_lossy(&output.stderr));
        let made = bytes(&folder.join("out"));
        assert!(made.len() > 100);
        match &first {
            None => first = Some(made),
            Some(first) => {
                let differ: Vec<&PathBuf> =
                    first.keys().chain(made.keys()).filter(|file| first.get(*file) != made.get(*file)).collect();
                assert!(differ.is_empty(), "{} differs in {differ:?}", way.folder);
            }
        }
    }
}

#[test]
fn nothing_of_ours_is_unsafe_or_runs_while_it_is_compiled() {
    assert!(text("src/main.rs").contains("#![forbid(unsafe_code)]"));
    let manifest = text("Cargo.toml");
    assert!(manifest.contains("[lints.rust]\nunsafe_code = \"forbid\""));
    assert!(
        !root().join("build.rs").exists()
            && !manifest.contains("\nbuild =")
            && !manifest.contains("[build-dependencies]")
    );
    assert!(!manifest.contains("proc-macro = true"));
    for file in files(&root().join("src")).iter().filter(|file| file.extension().is_some_and(|e| e == "rs")) {
        let text = fs::read_to_string(file).expect("read");
        assert!(!text.contains("allow(unsafe_code)") && !text.contains("unsafe {"), "{}", file.display());
    }
}

#[test]
fn everything_we_build_on_is_locked_to_one_registry_by_checksum() {
    let lock = text("Cargo.lock");
    assert!(!text(".gitignore").lines().any(|line| line.contains("Cargo.lock")));
    let packages: Vec<&str> = lock.split("[[package]]").skip(1).collect();
    assert!(packages.len() > 50);
    for package in packages {
        let own = package.contains("name = \"worthwhile\"\n");
        let locked =
            package.contains("source = \"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = \"");
        assert!(own != locked, "{package}");
    }
}

#[test]
fn exceptions_are_written_with_their_reasons_and_the_manual_names_the_advisory_command() {
    let deny = text("deny.toml");
    for line in deny
        .lines()
        .filter(|line| line.trim_start().starts_with("{ id =") || line.trim_start().starts_with("{ crate ="))
    {
        assert!(line.contains("reason = \""), "{line}");
    }
    for needed in ["unknown-registry = \"deny\"", "unknown-git = \"deny\"", "wildcards = \"deny\""] {
        assert!(deny.contains(needed), "{needed}");
    }
    assert!(text("tests/run").contains("cargo deny --offline"));
    assert!(text("docs/content/pages/explanation/trust.md").contains("cargo deny check advisories"));
}

/// In the page of promises a test is named as its file and its name: `tests/x.rs`, `it_does_so`.
#[test]
fn the_tests_that_the_page_of_promises_names_exist() {
    let page = text("docs/content/pages/explanation/trust.md");
    let mut named = 0;
    for line in page.lines() {
        let code: Vec<&str> = line.split('`').skip(1).step_by(2).collect();
        let mut file = None;
        for word in code {
            if word.starts_with("tests/") {
                let path = root().join(word);
                assert!(path.exists(), "{word} is named and is not there");
                file = Some(if path.is_dir() { path.join("main.rs") } else { path });
            } else if let Some(file) = file.as_ref().filter(|_| word.contains('_') && !word.contains([' ', '=', '-'])) {
                let found = fs::read_to_string(file).is_ok_and(|text| text.contains(&format!("fn {word}(")));
                assert!(found || word.starts_with("WORTHWHILE_"), "{} has no test `{word}`", file.display());
                named += 1;
            }
        }
    }
    assert!(named >= 15, "only {named} tests are named");
}
