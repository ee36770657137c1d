//! The real program where something goes wrong that is no fault of the content: a folder named by mistake, a disk that is
//! full, nobody who listens, an end in the middle.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_worthwhile");

fn program(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(args).current_dir(folder).env_remove("RUST_BACKTRACE").stdin(Stdio::null());
    command
}

fn run(folder: &Path, args: &[&str]) -> Output {
    program(folder, args).output().expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every file below a folder with its bytes, also the hidden ones.
fn read(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(root).expect("below").to_owned(), fs::read(&path).expect("read"));
            }
        }
    }
    found
}

/// A site as `init` makes it.
fn site() -> (tempfile::TempDir, PathBuf) {
    let home = tempfile::tempdir().expect("a folder for the test");
    let output = run(home.path(), &["init", "site"]);
    assert!(output.status.success(), "{}", said(&output));
    let site = home.path().join("site");
    (home, site)
}

#[test]
fn a_target_that_the_next_build_would_read_is_refused() {
    let (_home, site) = site();
    symlink("content", site.join("link")).expect("linked");
    let before = read(&site);
    for out in [
        "content",
        "content/",
        "content/out",
        "content/pages/out",
        "./content/../content/out",
        "nowhere/../content/out",
        "public/../content/assets/x",
        "link/out",
        "themes",
        "themes/mine/out",
    ] {
        for force in [&[][..], &["--force"]] {
            let output = run(&site, &[&["build", "-q", "--out", out], force].concat());
            assert_eq!(output.status.code(), Some(3), "{out}: {}", said(&output));
            assert!(said(&output).contains("which the next build reads"), "{out}: {}", said(&output));
        }
    }
    for out in [".", "..", "/", "public/.."] {
        let output = run(&site, &["build", "-q", "--out", out]);
        assert_eq!(output.status.code(), Some(3), "{out}: {}", said(&output));
    }
    assert!(read(&site) == before, "something was written");
    // A name that only begins the same is another folder.
    let output = run(&site, &["build", "-q", "--out", "content-built"]);
    assert!(output.status.success(), "{}", said(&output));
}

/// Whoever reads may have gone; where a result cannot be written, that is said and is no panic.
#[test]
fn a_build_out_of_the_folder_that_it_exchanges_leaves_nothing_beside_it() {
    let (_home, site) = site();
    let inside = site.join("public/capabilities");
    for title in ["First", "Second", "Third"] {
        let settings = fs::read_to_string(site.join("content/site.yaml")).expect("settings");
        let lines = settings.lines().map(|line| if line.starts_with("title:") { "" } else { line });
        let settings = lines.collect::<Vec<_>>().join("\n");
        fs::write(site.join("content/site.yaml"), format!("title: {title}\n{settings}\n")).expect("written");
        let output = if inside.is_dir() { run(&inside, &["build", "../.."]) } else { run(&site, &["build"]) };
        assert!(output.status.success() && !said(&output).contains("the old site"), "{}", said(&output));
        let home = fs::read_to_string(site.join("public/index.html")).expect("a home page");
        assert!(home.contains(&format!("<title>{title}")), "{title}");
        let hidden: Vec<_> = fs::read_dir(&site).expect("the site").map(|e| e.expect("an entry").file_name()).collect();
        assert!(!hidden.iter().any(|name| name.to_string_lossy().starts_with(".public")), "{hidden:?}");
    }
}

#[test]
fn where_nobody_listens_every_verb_ends_in_order() {
    let (_home, site) = site();
    let verbs = [
        "build",
        "build --format json",
        "check",
        "check --format json",
        "check --format sarif",
        "check --format github",
        "assess",
        "assess --format json",
        "assess --case small-shop",
        "assess --case small-shop --explain load-testing",
        "assess --case nobody",
        "diff a b",
        "explain",
        "explain unknown-id",
        "schema --print authored-site",
        "theme list",
        "theme eject nothing",
        "completions bash",
        "man",
        "mcp",
        "mcp --print-config",
        "new page",
        "new page a",
        "clean",
        "--help",
        "--version",
        "nothing",
    ];
    for verb in verbs {
        // Each also with standard error as a file, so that what a panic says is seen.
        for redirect in [
            ">&-",
            "2>&-",
            "<&-",
            "<&- >&- 2>&-",
            ">/dev/full",
            "2>/dev/full",
            ">/dev/full 2>/dev/full",
            "2>log | true",
        ] {
            let script = format!("set -o pipefail; \"$0\" {verb} {redirect}");
            let mut command = Command::new("bash");
            command.args(["-c", &script, PROGRAM]).current_dir(&site).env_remove("RUST_BACKTRACE");
            let output = command.stdin(Stdio::null()).output().expect("bash runs");
            let told = format!("{}{}", said(&output), fs::read_to_string(site.join("log")).unwrap_or_default());
            assert!(matches!(output.status.code(), Some(0..=3)), "{verb} {redirect}: {:?}: {told}", output.status);
            assert!(!told.contains("panicked"), "{verb} {redirect}: {told}");
        }
    }
    for verb in ["check --format json", "explain", "man", "theme list", "mcp --print-config"] {
        let mut command = Command::new("bash");
        command.args(["-c", &format!("\"$0\" {verb} >/dev/full"), PROGRAM]).current_dir(&site);
        let output = command.output().expect("bash runs");
        assert_eq!(output.status.code(), Some(3), "{verb}: {}", said(&output));
        assert!(said(&output).contains("No space left"), "{verb}: {}", said(&output));
    }
}

struct Disk(PathBuf);

impl Disk {
    /// A small disk in memory; none for who may not mount.
    fn new(at: &Path, size: &str) -> Option<Disk> {
        fs::create_dir_all(at).expect("created");
        if fs::metadata(at).expect("there").uid() != 0 {
            return None;
        }
        let mut command = Command::new("mount");
        let status = command.args(["-t", "tmpfs", "-o", &format!("size={size}"), "none"]).arg(at).status();
        assert!(status.is_ok_and(|status| status.success()), "root may mount");
        Some(Disk(at.to_owned()))
    }

    /// Leaves no room.
    fn fill(&self) {
        let full = (0..).any(|n| fs::write(self.0.join(format!("fill-{n}")), vec![0; 4096]).is_err());
        assert!(full);
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_leaves_no_part_of_a_new_site() {
    let home = tempfile::tempdir().expect("a folder for the test");
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/dutch.md");
    let document = document.to_str().expect("text");
    for size in ["8k", "24k", "48k", "96k"] {
        for verb in [&["init", "mine"][..], &["import", document, "--out", "mine"], &["schema", "--out", "mine"]] {
            let Some(disk) = Disk::new(&home.path().join("disk"), size) else { return };
            let output = run(&disk.0, verb);
            if output.status.success() {
                assert!(size == "96k", "{verb:?} needs less than {size}");
                continue;
            }
            assert_eq!(output.status.code(), Some(3), "{verb:?} {size}: {}", said(&output));
            assert!(said(&output).contains("No space left"), "{verb:?} {size}: {}", said(&output));
            let left: Vec<_> = fs::read_dir(&disk.0).expect("a folder").collect();
            assert!(left.is_empty(), "{verb:?} {size} left {left:?}");
        }
    }
}

#[test]
fn a_full_disk_changes_nothing_of_a_site() {
    let (home, made) = site();
    let Some(disk) = Disk::new(&home.path().join("disk"), "1m") else { return };
    assert!(Command::new("cp").arg("-a").arg(&made).arg(&disk.0).status().expect("ran").success());
    let site = disk.0.join("site");
    // Something that `check --fix` mends, and what was saved before.
    fs::write(site.join("content/pages/mend.md"), "\u{feff}---\ntitle: Mend\n---\n\nText.\n").expect("written");
    for args in [
        &["assess", "--case", "small-shop", "--save", "mine.yaml"][..],
        &["man", "--out", "man"],
        &["schema", "--out", "schemas"],
    ] {
        let output = run(&site, args);
        assert!(output.status.success(), "{args:?}: {}", said(&output));
    }
    disk.fill();
    let before = read(&disk.0);
    let decide = ["decide", "load-testing", "--option", "pipeline-step", "--case", "small-shop"];
    for args in [
        &["new", "capability", "more"][..],
        &["new", "option", "more"],
        &["new", "fact", "more"],
        &["new", "fact", "more", "--topic", "more"],
        &["new", "layer", "more"],
        &["new", "page", "more/pages"],
        &["theme", "eject", "templates/base.html"],
        &["check", "--fix"],
        &["assess", "--case", "small-shop", "--fact", "more=1", "--save", "mine.yaml"],
        &["assess", "--case", "small-shop", "--save", "mine.yaml"],
        &["man", "--out", "man"],
        &["schema", "--out", "schemas"],
        &["build", "-q"],
        &[&decide[..], &["--out", "content/decisions/more.md"]].concat(),
        &[&decide[..], &["--out", "more.md"]].concat(),
    ] {
        let output = run(&site, args);
        assert!(matches!(output.status.code(), Some(1..=3)), "{args:?}: {:?} {}", output.status, said(&output));
        let after = read(&disk.0);
        let differ: Vec<_> =
            before.keys().chain(after.keys()).filter(|path| before.get(*path) != after.get(*path)).collect();
        assert!(differ.is_empty(), "{args:?} changed {differ:?}");
    }
}

/// Starts the program and ends it with `signal` after `wait`; whether it was ended by it, or well.
fn ended(folder: &Path, args: &[&str], signal: &str, wait: Duration) -> Option<i32> {
    let mut child = program(folder, args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
    std::thread::sleep(wait);
    let _ = Command::new("kill").args(["-s", signal, &child.id().to_string()]).stderr(Stdio::null()).status();
    let status = child.wait().expect("ended");
    status.code().or(status.signal().map(|n| 128 + n))
}

#[test]
fn an_end_in_the_middle_leaves_whole_files() {
    let (home, site) = site();
    let moments = 24;
    let takes = |args: &[&str]| {
        let started = Instant::now();
        let output = run(&site, args);
        assert!(output.status.success(), "{args:?}: {}", said(&output));
        started.elapsed()
    };

    // A build.
    let long = takes(&["build", "-q"]);
    let old = read(&site.join("public"));
    let page = site.join("content/pages/reading-guide.md");
    let text = fs::read_to_string(&page).expect("read");
    fs::write(&page, format!("{text}\nMore.\n")).expect("written");
    takes(&["build", "-q", "--out", "other"]);
    let new = read(&site.join("other"));
    assert!(old != new);
    for n in 0..moments {
        let signal = ["INT", "TERM", "HUP", "KILL"][n as usize % 4];
        let code = ended(&site, &["build", "-q"], signal, long * n / moments);
        let found = read(&site.join("public"));
        assert!(found == new || (found == old && code != Some(0)), "{signal}, moment {n}: {code:?}");
    }
    takes(&["build", "-q"]);
    assert!(read(&site.join("public")) == new);

    // What is mended.
    let mended = home.path().join("mended");
    assert!(Command::new("cp").arg("-a").arg(&site).arg(&mended).status().expect("ran").success());
    let broken: Vec<PathBuf> = (0..20).map(|n| mended.join(format!("content/pages/mend-{n}.md"))).collect();
    let (bad, good) = ("\u{feff}---\ntitle: Mend\n---\n\nText.\n", "---\ntitle: Mend\n---\n\nText.\n");
    for n in 0..moments {
        broken.iter().for_each(|path| fs::write(path, bad).expect("written"));
        let signal = ["INT", "TERM", "HUP", "KILL"][n as usize % 4];
        ended(&mended, &["check", "--fix"], signal, long * n / moments);
        for path in &broken {
            let text = fs::read_to_string(path).expect("it is there");
            assert!(text == bad || text == good, "{signal}, moment {n}: {text:?}");
        }
    }
    let output = run(&mended, &["check", "--fix"]);
    assert!(output.status.success(), "{}", said(&output));
    broken.iter().for_each(|path| assert_eq!(fs::read_to_string(path).expect("there"), good));

    // A new site: each of its files is as it should be, or not there.
    let whole = tempfile::tempdir().expect("a folder for the test");
    assert!(run(whole.path(), &["init", "mine"]).status.success());
    let whole = read(&whole.path().join("mine"));
    for n in 0..moments {
        let place = home.path().join(format!("init-{n}"));
        fs::create_dir(&place).expect("created");
        ended(&place, &["init", "mine"], ["INT", "KILL"][n as usize % 2], long * n / moments / 4);
        if !place.join("mine").exists() {
            continue;
        }
        let hidden = |path: &Path| path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(".worthwhile-"));
        for (path, bytes) in read(&place.join("mine")).iter().filter(|(path, _)| !hidden(path)) {
            assert!(whole.get(path) == Some(bytes), "moment {n}: {} is torn", path.display());
        }
    }
}
