//! The real program, when the world fails: an error at every operation on the target, one after the other; rights,
//! mounts, and others who have the target open or locked.
//!
//! Needs `strace`. `WORTHWHILE_FAULTS=all` also fails the operations that only read.
#![cfg(target_os = "linux")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

const PROGRAM: &str = env!("CARGO_BIN_EXE_worthwhile");
const NOBODY: u32 = 65534;

/// A site of a few pages in a folder of its own; all that is published says which version it is.
fn write_site(folder: &Path, version: &str) {
    let content = folder.join("content");
    fs::create_dir_all(content.join("pages")).expect("created");
    let site = format!("format: 1\ntitle: {version}\nquestion: Q?\ndescription: D\n");
    fs::write(content.join("site.yaml"), site).expect("written");
    for page in ["both", version] {
        let text = format!("---\ntitle: {page} {version}\n---\n\nText.\n");
        fs::write(content.join(format!("pages/{page}.md")), text).expect("written");
    }
}

/// Every file below a folder with its bytes.
fn read(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).expect("below").to_str().expect("text").to_owned();
                found.insert(name, fs::read(&path).expect("read"));
            }
        }
    }
    found
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|e| e.expect("an entry").file_name().into_string().expect("text")).collect();
    names.sort();
    names
}

fn copy(from: &Path, to: &Path) {
    assert!(Command::new("cp").arg("-a").arg(from).arg(to).status().expect("ran").success());
}

fn build(site: &Path, out: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    command.arg("build").arg(site).arg("--out").arg(out).arg("-q");
    // One thread makes the files, so that the n-th operation is the same in every run.
    command.env("RAYON_NUM_THREADS", "1").env_remove("RUST_BACKTRACE").stdin(Stdio::null());
    command
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Two versions of a site, each built, and where a test may build further.
struct Sites {
    home: tempfile::TempDir,
    old: BTreeMap<String, Vec<u8>>,
    new: BTreeMap<String, Vec<u8>>,
}

impl Sites {
    fn new() -> Sites {
        let home = tempfile::tempdir().expect("a folder for the test");
        fs::set_permissions(home.path(), fs::Permissions::from_mode(0o755)).expect("mode set");
        let built = ["old", "new"].map(|version| {
            let out = home.path().join(format!("{version}-built"));
            write_site(&home.path().join(version), version);
            let output = build(&home.path().join(version), &out).output().expect("ran");
            assert!(output.status.success(), "{}", said(&output));
            read(&out)
        });
        let [old, new] = built;
        assert!(old.contains_key("pages/old.html") && new.contains_key("pages/new.html"));
        Sites { home, old, new }
    }

    fn site(&self, version: &str) -> PathBuf {
        self.home.path().join(version)
    }

    /// A folder of its own with the old site in `out`.
    fn place(&self, name: &str) -> PathBuf {
        let place = self.home.path().join(name);
        fs::create_dir(&place).expect("created");
        copy(&self.home.path().join("old-built"), &place.join("out"));
        place
    }
}

/// An operation of the program: its name, its place among those of that name in its thread, and what it was done to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Operation {
    name: String,
    nth: usize,
    what: String,
    /// It changes nothing, and no answer of it decides what is ours.
    only_reads: bool,
}

const CHANGING: [&str; 15] = [
    "openat",
    "write",
    "writev",
    "mkdir",
    "mkdirat",
    "rename",
    "renameat2",
    "link",
    "linkat",
    "unlink",
    "unlinkat",
    "rmdir",
    "fsync",
    "chmod",
    "ftruncate",
];
const READING: [&str; 4] = ["statx", "getdents64", "read", "flock"];

/// Runs a build under strace with `inject`; every operation that touches `place`, and what the build came to. The log
/// has the operations with the places of open files (`-y`).
fn traced(site: &Path, place: &Path, inject: Option<&str>) -> (Output, String) {
    let log = place.with_extension("log");
    let mut command = Command::new("strace");
    command.args(["-f", "-y", "-qq", "-s", "256", "-o"]).arg(&log);
    let all: Vec<&str> = CHANGING.iter().chain(&READING).copied().collect();
    command.arg("-e").arg(format!("trace={}", all.join(",")));
    if let Some(inject) = inject {
        command.arg("-e").arg(format!("inject={inject}"));
    }
    let program = build(site, &place.join("out"));
    command.arg(program.get_program()).args(program.get_args());
    command.env("RAYON_NUM_THREADS", "1").env_remove("RUST_BACKTRACE").stdin(Stdio::null());
    let output = command.output().expect("strace runs; it is a Debian package");
    (output, fs::read_to_string(log).expect("a log"))
}

/// The operations in a log that touch `place`.
fn operations(log: &str, place: &Path) -> Vec<Operation> {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut found = Vec::new();
    for line in log.lines() {
        let Some((thread, rest)) = line.trim_start().split_once(' ') else { continue };
        let rest = rest.trim_start();
        let Some((name, arguments)) = rest.split_once('(') else { continue };
        if rest.starts_with("<...") || !name.bytes().all(|b| b.is_ascii_alphanumeric()) {
            continue;
        }
        let nth = counts.entry((thread, name)).or_default();
        *nth += 1;
        if arguments.contains(place.to_str().expect("text")) {
            let only_reads = READING.contains(&name)
                || name == "openat" && !arguments.contains("O_CREAT") && !arguments.contains("manifest");
            found.push(Operation { name: name.to_owned(), nth: *nth, what: what(arguments, place), only_reads });
        }
    }
    found
}

/// The arguments without what differs between runs: numbers of processes and of open files, and the place.
fn what(arguments: &str, place: &Path) -> String {
    // What it came to differs where it was made to fail.
    let arguments = arguments.rsplit_once(") = ").map_or(arguments, |(before, _)| before);
    let arguments = arguments.replace(place.to_str().expect("text"), "PLACE");
    let paths = arguments.split(['"', '<', '>']).filter(|part| part.starts_with("PLACE"));
    let paths: Vec<String> = paths
        .map(|path| match path.split_once("staging-") {
            Some((before, after)) => {
                format!("{before}staging{}", after.trim_start_matches(|c: char| c.is_ascii_digit()))
            }
            None => path.to_owned(),
        })
        .collect();
    paths.join(" -> ")
}

/// How often an operation is tried again where it did not come in its turn: a build that had to wait counts otherwise.
const TRIES: usize = 5;

/// Builds the new site over the old one, again and again, with an error at another operation each time, until every
/// operation of a build on its target has failed once. `prepare` adds to a place with the old site in
/// `out`. `judge` is given what an error left in `out`, and what happened: it panics where that may not be left, and says
/// whether it is the new site.
fn fail_each(sites: &Sites, prepare: fn(&Path), judge: impl Fn(&BTreeMap<String, Vec<u8>>, &str) -> bool + Sync) {
    let place = |name: &str| {
        let place = sites.place(name);
        prepare(&place.join("out"));
        place
    };
    let clean = place("clean");
    let (output, log) = traced(&sites.site("new"), &clean, None);
    assert!(output.status.success(), "{}", said(&output));
    let whole = read(&clean.join("out"));
    let beside = names(&clean);
    let all = std::env::var("WORTHWHILE_FAULTS").is_ok_and(|faults| faults == "all");
    let wanted = |operation: &Operation| all || !operation.only_reads;
    let mut planned: BTreeMap<(String, usize), BTreeSet<String>> = BTreeMap::new();
    for operation in operations(&log, &clean).into_iter().filter(wanted) {
        planned.entry((operation.name, operation.nth)).or_default().insert(operation.what);
    }
    let runs: Vec<(&(String, usize), &BTreeSet<String>)> = planned.iter().collect();
    assert!(runs.len() > 60, "a build does more than that: {runs:?}");

    let (next, ends) = (AtomicUsize::new(0), [AtomicUsize::new(0), AtomicUsize::new(0)]);
    // Whether each of `expected` failed in a build with an error at the nth operation of this name.
    let fails = |name: &str, nth: usize, expected: &BTreeSet<String>| {
        let place = place(&format!("{name}-{nth}"));
        let error = if ["unlink", "unlinkat", "rmdir", "fsync", "read"].contains(&name) { "EIO" } else { "ENOSPC" };
        let (output, log) = traced(&sites.site("new"), &place, Some(&format!("{name}:error={error}:when={nth}")));
        let injected: String = log.lines().filter(|l| l.contains("(INJECTED)")).map(|l| format!("{l}\n")).collect();
        let failed: BTreeSet<String> = operations(&injected, &place).into_iter().map(|o| o.what).collect();
        let fault = format!("the fault {error} at {name} {nth}: {}\n{injected}", said(&output));

        let is_new = judge(&read(&place.join("out")), &fault);
        let code = output.status.code();
        // 1: the other thread was reading the content.
        let ended = code == Some(3) || (code == Some(0) && is_new) || (code == Some(1) && !is_new);
        assert!(ended, "{code:?}: {fault}");
        ends[usize::from(is_new)].fetch_add(1, Ordering::Relaxed);
        // The next build needs no help, and leaves nothing of this one.
        let again = build(&sites.site("new"), &place.join("out")).output().expect("ran");
        assert!(again.status.success(), "{}, after {fault}", said(&again));
        assert!(read(&place.join("out")) == whole, "another site after {fault}");
        assert_eq!(names(&place), beside, "left behind: {}, after {fault}", said(&again));
        fs::remove_dir_all(&place).expect("removed");
        expected.is_subset(&failed)
    };
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(((name, nth), expected)) = runs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let fired = (0..TRIES).any(|_| fails(name, *nth, expected));
                    assert!(fired, "{expected:?} never failed, as {name} {nth}");
                }
            });
        }
    });
    let [old, new] = ends.map(AtomicUsize::into_inner);
    println!("{} operations, each failed: {new} faults left the new site, {old} did not", runs.len());
}

#[test]
fn an_error_at_any_operation_leaves_the_old_site_or_the_new_one() {
    let sites = Sites::new();
    fail_each(
        &sites,
        |_| {},
        |found, fault| {
            assert!(*found == sites.new || *found == sites.old, "neither site after {fault}");
            *found == sites.new
        },
    );
}

#[test]
fn file_by_file_an_error_at_any_operation_leaves_whole_files_and_the_next_build_completes_them() {
    let sites = Sites::new();
    let theirs = ".git/HEAD";
    let prepare = |out: &Path| {
        fs::create_dir(out.join(".git")).expect("created");
        fs::write(out.join(".git/HEAD"), "ref: refs/heads/pages").expect("written");
    };
    fail_each(&sites, prepare, |found, fault| {
        assert!(found.get(theirs).is_some_and(|text| text == b"ref: refs/heads/pages"), "{theirs} suffered by {fault}");
        for (name, bytes) in found.iter().filter(|(name, _)| !name.starts_with('.')) {
            let whole = [&sites.old, &sites.new].iter().any(|site| site.get(name) == Some(bytes));
            assert!(whole, "{name} is torn after {fault}");
        }
        // What both have never goes, and what is left is one site's or on its way to the new one.
        for name in sites.old.keys().filter(|name| sites.new.contains_key(*name)) {
            assert!(found.contains_key(name), "{name} is gone after {fault}");
        }
        let is_left = |name: &str| name.starts_with(".worthwhile-staging");
        let published: BTreeMap<_, _> = found.iter().filter(|(name, _)| *name != theirs && !is_left(name)).collect();
        let is_new = published == sites.new.iter().collect();
        // Where the build went well, it says what it could not tidy up.
        let untold = found.keys().any(|name| is_left(name)) && !fault.contains("the next build removes it");
        assert!(!is_new || !untold, "left behind without a word after {fault}");
        is_new
    });
}

/// That the tests above fail all there is to fail: a build calls nothing on its target that they do not know.
#[test]
fn what_a_build_calls_on_its_target_is_known() {
    // These neither change the target nor say what stands there, or cannot fail.
    const HARMLESS: [&str; 9] =
        ["execve", "close", "fcntl", "fstat", "lseek", "getcwd", "newfstatat", "readlink", "ioctl"];
    let sites = Sites::new();
    for git in [false, true] {
        let place = sites.place(if git { "git" } else { "exchanged" });
        if git {
            fs::create_dir(place.join("out/.git")).expect("created");
        }
        let log = place.with_extension("log");
        let mut command = Command::new("strace");
        command.args(["-f", "-y", "-qq", "-e", "trace=%file,%desc", "-o"]).arg(&log);
        let program = build(&sites.site("new"), &place.join("out"));
        command.arg(program.get_program()).args(program.get_args()).env("RAYON_NUM_THREADS", "1");
        let output = command.output().expect("strace runs; it is a Debian package");
        assert!(output.status.success(), "{}", said(&output));
        let log = fs::read_to_string(log).expect("a log");
        let calls: BTreeSet<String> = operations(&log, &place).into_iter().map(|o| o.name).collect();
        assert!(calls.contains("openat") && calls.contains("write"), "{calls:?}");
        let known = |name: &str| CHANGING.contains(&name) || READING.contains(&name) || HARMLESS.contains(&name);
        let unknown: Vec<&String> = calls.iter().filter(|name| !known(name)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}

#[test]
fn a_read_only_target_keeps_its_site() {
    let sites = Sites::new();
    let place = sites.place("rights");
    let program = sites.home.path().join("program");
    fs::copy(PROGRAM, &program).expect("copied");
    let root = fs::metadata(&place).expect("there").uid() == 0;
    if root {
        let owner = format!("{NOBODY}:{NOBODY}");
        assert!(Command::new("chown").args(["-R", &owner]).arg(&place).status().expect("ran").success());
    }
    let run = || {
        let mut command = Command::new(&program);
        command.arg("build").arg(sites.site("new")).arg("--out").arg(place.join("out")).arg("-q");
        if root {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.output().expect("ran")
    };
    let allow = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("mode set");
    allow(&place, 0o555);
    let output = run();
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert!(said(&output).contains("ermission"), "{}", said(&output));
    assert_eq!(read(&place.join("out")), sites.old);
    allow(&place, 0o755);
    let output = run();
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(read(&place.join("out")), sites.new);
}

/// In a mount namespace of its own, which goes with the process that made it.
#[test]
fn a_read_only_mount_keeps_its_site_and_a_mount_is_updated() {
    let sites = Sites::new();
    if fs::metadata(sites.home.path()).expect("there").uid() != 0 {
        return;
    }
    let run = |place: &Path, mounts: &str| {
        let script = format!("set -e; {mounts}; \"$0\" build \"$1\" --out out -q");
        let mut command = Command::new("unshare");
        command.args(["--mount", "--propagation", "private", "bash", "-c", &script, PROGRAM]).arg(sites.site("new"));
        command.current_dir(place).stdin(Stdio::null()).output().expect("ran")
    };
    for (name, mounts) in [
        ("above", "mount --bind . . && mount -o remount,bind,ro . && cd \"$PWD\""),
        ("itself", "mount --bind out out && mount -o remount,bind,ro out"),
    ] {
        let place = sites.place(name);
        let output = run(&place, mounts);
        assert_eq!(output.status.code(), Some(3), "{name}: {}", said(&output));
        assert!(said(&output).to_lowercase().contains("read-only"), "{name}: {}", said(&output));
        assert_eq!(read(&place.join("out")), sites.old, "{name}");
        // With the mount of the target itself there is no word in the way outside of it.
        assert_eq!(names(&place), ["out"], "{name}");
    }
    let place = sites.place("mount");
    let output = run(&place, "mount --bind out out");
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("file by file"), "{}", said(&output));
    assert_eq!(read(&place.join("out")), sites.new);
    assert_eq!(names(&place), ["out"]);
}

#[test]
fn a_target_that_is_a_link_a_file_or_anothers_folder_is_refused() {
    let sites = Sites::new();
    let place = sites.place("targets");
    symlink("out", place.join("link")).expect("linked");
    symlink("nowhere", place.join("dangling")).expect("linked");
    fs::write(place.join("file"), "text").expect("written");
    fs::create_dir(place.join("theirs")).expect("created");
    fs::write(place.join("theirs/thesis.tex"), "years of work").expect("written");
    for (target, words) in [
        ("link", "symbolic link"),
        ("link/", "symbolic link"),
        ("dangling", "symbolic link"),
        ("file", "not a folder"),
        ("theirs", "not made by worthwhile"),
    ] {
        let output = build(&sites.site("new"), &place.join(target)).output().expect("ran");
        assert_eq!(output.status.code(), Some(3), "{target}: {}", said(&output));
        assert!(said(&output).contains(words), "{target}: {}", said(&output));
    }
    assert_eq!(read(&place.join("out")), sites.old);
    assert_eq!(names(&place), ["dangling", "file", "link", "out", "theirs"]);
    assert_eq!(names(&place.join("theirs")), ["thesis.tex"]);
}

#[test]
fn of_two_builds_at_once_the_second_waits_or_exits_3() {
    let sites = Sites::new();
    let place = sites.place("locked");
    let lock = fs::File::create(place.join(".out.lock")).expect("created");
    lock.lock().expect("locked");
    let mut child = build(&sites.site("new"), &place.join("out")).stderr(Stdio::piped()).spawn().expect("starts");
    let status = child.wait().expect("ended");
    let mut text = String::new();
    child.stderr.take().expect("piped").read_to_string(&mut text).expect("read");
    assert_eq!(status.code(), Some(3), "{text}");
    assert!(text.contains("another build"), "{text}");
    assert_eq!(read(&place.join("out")), sites.old);
    drop(lock);

    // Eight at once, of both versions: all wait for their turn, and one whole site is left.
    let children: Vec<_> = (0..8)
        .map(|n| build(&sites.site(["old", "new"][n % 2]), &place.join("out")).spawn().expect("starts"))
        .collect();
    for mut child in children {
        assert!(child.wait().expect("ended").success());
    }
    let found = read(&place.join("out"));
    assert!(found == sites.old || found == sites.new);
    assert_eq!(names(&place), ["out"]);
}

/// A web server that serves the target: it opens files by name, and keeps some open for long.
#[test]
fn readers_see_whole_files_and_keep_what_they_have_open() {
    let sites = Sites::new();
    let place = sites.place("read");
    let page = place.join("out/pages/both.html");
    let mut open = fs::File::open(&page).expect("there");
    let mut start = vec![0; 100];
    open.read_exact(&mut start).expect("read");
    let (done, reads) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    let bytes = fs::read(&page).expect("it is there at any moment");
                    let whole = [&sites.old, &sites.new].map(|site| &site["pages/both.html"]);
                    assert!(whole.contains(&&bytes), "{} bytes", bytes.len());
                    reads.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for n in 0..20 {
            let output = build(&sites.site(["new", "old"][n % 2]), &place.join("out")).output().expect("ran");
            if !output.status.success() {
                done.store(true, Ordering::Relaxed);
                panic!("{}", said(&output));
            }
        }
        done.store(true, Ordering::Relaxed);
    });
    assert!(reads.load(Ordering::Relaxed) > 100);
    let mut rest = Vec::new();
    open.read_to_end(&mut rest).expect("read");
    assert_eq!([start, rest].concat(), sites.old["pages/both.html"]);
}
