//! Publishing: the old site or the new one, whole, whatever happens; and nothing of anybody else's is touched.

#[cfg(unix)]
mod another_user;
mod killed;
mod made;
#[cfg(target_os = "linux")]
mod mounts;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use worthwhile::publish::{Files, MANIFEST, Options, Receipt, Refusal, clean, publish};

fn files(list: &[(&str, &str)]) -> Files {
    list.iter().map(|(route, text)| (route.to_string(), text.as_bytes().into())).collect()
}

fn put(out: &Path, list: &[(&str, &str)]) -> Receipt {
    publish(&files(list), out, &Options::default()).expect("publishes")
}

fn refusal(error: anyhow::Error) -> Refusal {
    error.downcast_ref::<Refusal>().unwrap_or_else(|| panic!("no refusal: {error:#}")).clone()
}

/// Every file below a folder with its text, but the manifest.
fn read(root: &Path) -> BTreeMap<String, String> {
    fn walk(root: &Path, folder: &Path, found: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() && !path.is_symlink() {
                walk(root, &path, found);
            } else if path.file_name().is_some_and(|name| name != MANIFEST) {
                let name = path.strip_prefix(root).expect("below").to_str().expect("text").to_owned();
                found.insert(name, fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display())));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(root, root, &mut found);
    found
}

fn texts(list: &[(&str, &str)]) -> BTreeMap<String, String> {
    list.iter().map(|(route, text)| (route.to_string(), text.to_string())).collect()
}

/// The names in a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("text"))
        .collect();
    names.sort();
    names
}

fn home() -> (TempDir, PathBuf) {
    let home = tempfile::tempdir().expect("a folder for the test");
    let out = home.path().join("public");
    (home, out)
}

const OLD: &[(&str, &str)] =
    &[("index.html", "old"), ("a/same.html", "same"), ("a/gone.html", "gone"), ("b/c.js", "1")];
const NEW: &[(&str, &str)] = &[("index.html", "new"), ("a/same.html", "same"), ("a/come.html", "come"), ("d", "2")];

#[test]
fn the_folder_holds_what_was_published_and_nothing_is_left_beside_it() {
    let (home, out) = home();
    let receipt = put(&out, OLD);
    assert_eq!(receipt, Receipt { written: 4, bytes: 12, ..Receipt::default() });
    assert_eq!(read(&out), texts(OLD));

    let receipt = put(&out, NEW);
    assert_eq!(receipt, Receipt { written: 3, unchanged: 1, removed: 2, bytes: 12, ..Receipt::default() });
    assert_eq!(read(&out), texts(NEW));
    assert!(!out.join("b").exists(), "a folder that became empty goes");
    assert_eq!(names(home.path()), ["public"]);
}

#[test]
fn publishing_the_same_again_touches_nothing() {
    let (_home, out) = home();
    put(&out, OLD);
    let before = fs::metadata(&out).and_then(|m| m.modified()).expect("a time");
    let manifest = fs::read(out.join(MANIFEST)).expect("a manifest");
    assert_eq!(put(&out, OLD), Receipt { unchanged: 4, bytes: 12, ..Receipt::default() });
    assert_eq!(fs::metadata(&out).and_then(|m| m.modified()).expect("a time"), before);
    assert_eq!(fs::read(out.join(MANIFEST)).expect("a manifest"), manifest);
}

#[test]
fn the_manifest_lists_our_files_with_hash_and_size_and_depends_on_nothing_else() {
    let (_home, out) = home();
    put(&out, &[("index.html", "hello")]);
    let hash = blake3::hash(b"hello").to_hex();
    let expected = format!(
        "{{\n  \"manifest\": 1,\n  \"files\": {{\n    \"index.html\": {{\n      \"blake3\": \"{hash}\",\n      \"size\": 5\n    }}\n  }}\n}}\n"
    );
    assert_eq!(fs::read_to_string(out.join(MANIFEST)).expect("a manifest"), expected);
}

#[test]
fn a_file_of_ours_that_somebody_edited_is_put_right() {
    let (_home, out) = home();
    put(&out, OLD);
    fs::write(out.join("a/same.html"), "SAME").expect("same length, other bytes");
    fs::remove_file(out.join("b/c.js")).expect("removed");
    let receipt = put(&out, OLD);
    assert_eq!((receipt.written, receipt.unchanged), (2, 2));
    assert_eq!(read(&out), texts(OLD));
}

#[test]
fn a_file_may_become_a_folder_and_a_folder_a_file() {
    for git in [false, true] {
        let (_home, out) = home();
        let as_folder: &[(&str, &str)] = &[("x/y/z", "deep"), ("x/y/w", "deep"), ("k", "file")];
        let as_file: &[(&str, &str)] = &[("x", "file"), ("k/l/m", "deep")];
        put(&out, as_folder);
        if git {
            fs::write(out.join(".git"), "gitdir").expect("written");
        }
        for list in [as_file, as_folder] {
            assert_eq!(put(&out, list).file_by_file, git);
            let mut found = read(&out);
            found.remove(".git");
            assert_eq!(found, texts(list));
        }
    }
}

#[test]
fn what_is_not_ours_stays_the_same_file() {
    let (_home, out) = home();
    put(&out, OLD);
    fs::write(out.join("CNAME"), "example.org").expect("written");
    fs::write(out.join("a/mine.txt"), "mine").expect("written");
    fs::create_dir_all(out.join("downloads/empty")).expect("created");
    fs::write(out.join("downloads/big.zip"), "zip").expect("written");
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", out.join("downloads/link")).expect("linked");
    let time = |name: &str| fs::metadata(out.join(name)).and_then(|m| m.modified()).expect("a time");
    let before = time("downloads/big.zip");

    let receipt = put(&out, NEW);
    assert!(receipt.kept >= 3 && receipt.notes.is_empty(), "{receipt:?}");
    for list in [OLD, NEW, &[("index.html", "only")]] {
        put(&out, list);
        for (name, text) in [("CNAME", "example.org"), ("a/mine.txt", "mine"), ("downloads/big.zip", "zip")] {
            assert_eq!(fs::read_to_string(out.join(name)).expect("kept"), text);
        }
        assert!(out.join("downloads/empty").is_dir());
        #[cfg(unix)]
        assert_eq!(fs::read_link(out.join("downloads/link")).expect("kept"), Path::new("nowhere"));
    }
    assert_eq!(time("downloads/big.zip"), before);
    assert!(!out.join("b").exists() && !out.join("a/come.html").exists());
}

#[test]
fn a_foreign_folder_is_refused_unless_forced_and_then_keeps_its_files() {
    let (home, out) = home();
    fs::create_dir(&out).expect("created");
    fs::write(out.join("thesis.tex"), "years of work").expect("written");
    fs::write(out.join("index.html"), "theirs").expect("written");
    let before = read(&out);

    let error = publish(&files(NEW), &out, &Options::default()).expect_err("refused");
    assert_eq!(refusal(error), Refusal::Foreign(out.clone()));
    assert_eq!(refusal(clean(&out, &Options::default()).expect_err("refused")), Refusal::Foreign(out.clone()));
    assert_eq!(read(&out), before);

    let receipt = publish(&files(NEW), &out, &Options { force: true, ..Options::default() }).expect("forced");
    assert_eq!((receipt.written, receipt.kept), (4, 1));
    assert_eq!(receipt.notes, Vec::<String>::new());
    assert_eq!(fs::read_to_string(out.join("thesis.tex")).expect("kept"), "years of work");
    assert_eq!(fs::read_to_string(out.join("index.html")).expect("ours"), "new");
    assert_eq!(names(home.path()), ["public"]);
    put(&out, OLD);
}

#[test]
fn an_empty_folder_is_as_good_as_none() {
    let (_home, out) = home();
    fs::create_dir(&out).expect("created");
    put(&out, OLD);
    assert_eq!(read(&out), texts(OLD));
}

#[test]
fn a_file_that_is_not_ours_where_ours_must_stand_stops_publishing() {
    for (theirs, ours) in [("d", "d"), ("d", "d/e"), ("d/mine", "d")] {
        let (_home, out) = home();
        put(&out, OLD);
        let path = out.join(theirs);
        fs::create_dir_all(path.parent().expect("a parent")).expect("created");
        fs::write(&path, "theirs").expect("written");
        let before = read(&out);
        let error = publish(&files(&[("index.html", "new"), (ours, "ours")]), &out, &Options::default());
        assert!(matches!(refusal(error.expect_err("refused")), Refusal::InTheWay(_)), "{theirs} {ours}");
        assert_eq!(read(&out), before);
    }
}

#[cfg(unix)]
#[test]
fn a_target_that_is_a_link_or_a_file_is_refused() {
    let (home, out) = home();
    let real = home.path().join("real");
    put(&real, OLD);
    std::os::unix::fs::symlink(&real, &out).expect("linked");
    for name in ["public", "public/"] {
        let out = home.path().join(name);
        let error = publish(&files(NEW), &out, &Options { force: true, ..Options::default() }).expect_err("refused");
        assert!(matches!(refusal(error), Refusal::Symlink(_)));
        assert!(matches!(refusal(clean(&out, &Options::default()).expect_err("refused")), Refusal::Symlink(_)));
    }
    assert_eq!(read(&real), texts(OLD));
    let file = home.path().join("file");
    fs::write(&file, "text").expect("written");
    let error = publish(&files(NEW), &file, &Options { force: true, ..Options::default() }).expect_err("refused");
    assert_eq!(refusal(error), Refusal::NotAFolder(file));
}

#[cfg(unix)]
#[test]
fn a_folder_of_ours_that_became_a_link_is_not_looked_through() {
    let (home, out) = home();
    put(&out, OLD);
    let elsewhere = home.path().join("elsewhere");
    fs::rename(out.join("a"), &elsewhere).expect("moved");
    std::os::unix::fs::symlink(&elsewhere, out.join("a")).expect("linked");
    let error = publish(&files(OLD), &out, &Options::default()).expect_err("refused");
    assert_eq!(refusal(error), Refusal::InTheWay(out.join("a")));
    clean(&out, &Options::default()).expect("cleans");
    assert_eq!(names(&elsewhere), ["gone.html", "same.html"]);
}

#[test]
fn routes_out_of_the_target_are_refused_before_anything_is_written() {
    let (home, out) = home();
    for route in ["../evil.html", "/etc/evil", "a/../../evil", "a\0b", "a\\b", MANIFEST] {
        let error = publish(&files(&[("index.html", "x"), (route, "x")]), &out, &Options::default());
        assert!(matches!(refusal(error.expect_err("refused")), Refusal::Route(..)), "{route:?}");
    }
    assert_eq!(names(home.path()), Vec::<String>::new());
}

#[test]
fn a_write_error_at_the_nth_file_leaves_the_old_site() {
    for git in [false, true] {
        let (home, out) = home();
        put(&out, OLD);
        if git {
            fs::write(out.join(".git"), "gitdir").expect("written");
        }
        let before = read(&out);
        // No file system takes so long a name; the other files are written by then, or still to be.
        let long = format!("m/{}", "x".repeat(300));
        let mut new = files(NEW);
        new.extend((0..100).map(|n| (format!("m/{n}.html"), b"page".as_slice().into())));
        new.insert(long, b"page".as_slice().into());
        publish(&new, &out, &Options::default()).expect_err("cannot be written");
        assert_eq!(read(&out), before);
        assert_eq!(names(home.path()), ["public"]);
    }
}

#[test]
fn clean_removes_what_is_ours_and_only_that() {
    let (home, out) = home();
    assert_eq!(clean(&out, &Options::default()).expect("nothing to do"), Receipt::default());
    put(&out, OLD);
    fs::write(out.join("a/mine.txt"), "mine").expect("written");
    let receipt = clean(&out, &Options::default()).expect("cleans");
    assert_eq!((receipt.removed, receipt.kept), (4, 1));
    assert_eq!(read(&out), texts(&[("a/mine.txt", "mine")]));
    assert_eq!(names(&out), ["a"]);

    fs::remove_dir_all(&out).expect("removed");
    put(&out, OLD);
    clean(&out, &Options::default()).expect("cleans");
    assert_eq!(names(home.path()), Vec::<String>::new());
}

#[test]
fn a_repository_is_updated_file_by_file_and_stays_the_same_folder() {
    let (_home, out) = home();
    put(&out, OLD);
    fs::create_dir(out.join(".git")).expect("created");
    fs::write(out.join(".git/HEAD"), "ref").expect("written");
    let receipt = put(&out, NEW);
    assert_eq!((receipt.written, receipt.unchanged, receipt.removed, receipt.file_by_file), (3, 1, 2, true));
    let mut expected = texts(NEW);
    expected.insert(".git/HEAD".into(), "ref".into());
    assert_eq!(read(&out), expected);
    assert_eq!(names(&out), [".git", MANIFEST, "a", "d", "index.html"]);
}

#[test]
fn the_second_of_two_builds_waits_and_gives_up_after_a_time() {
    let (home, out) = home();
    put(&out, OLD);
    let lock = fs::File::create(home.path().join(".public.lock")).expect("created");
    lock.lock().expect("locked");
    let wait = Options { wait: Duration::from_millis(60), ..Options::default() };
    let error = publish(&files(NEW), &out, &wait).expect_err("busy");
    assert_eq!(refusal(error), Refusal::Busy(out.clone()));
    assert_eq!(read(&out), texts(OLD));

    std::thread::scope(|scope| {
        let second = scope.spawn(|| put(&out, NEW));
        std::thread::sleep(Duration::from_millis(60));
        assert_eq!(read(&out), texts(OLD));
        drop(lock);
        second.join().expect("publishes");
    });
    assert_eq!(read(&out), texts(NEW));
    assert_eq!(names(home.path()), ["public"]);
}

#[test]
fn many_builds_at_once_end_in_one_whole_site() {
    let (home, out) = home();
    std::thread::scope(|scope| {
        for n in 0..4 {
            let out = &out;
            scope.spawn(move || (0..10).for_each(|m| drop(put(out, if (n + m) % 2 == 0 { OLD } else { NEW }))));
        }
    });
    let found = read(&out);
    assert!(found == texts(OLD) || found == texts(NEW), "{found:?}");
    assert_eq!(names(home.path()), ["public"]);
}

#[test]
fn staging_folders_of_others_stay() {
    let (home, out) = home();
    let theirs = home.path().join(".public.staging-7");
    fs::create_dir_all(theirs.join("site")).expect("created");
    fs::write(theirs.join("site/work"), "work").expect("written");
    let named = home.path().join(".public.staging-old");
    fs::create_dir_all(&named).expect("created");
    let ours = home.path().join(".public.staging-8");
    fs::create_dir_all(ours.join("site/a")).expect("created");
    fs::write(ours.join("site/a/page.html"), "half").expect("written");
    fs::write(ours.join("about.json"), r#"{"worthwhile_staging":1,"replaces":null}"#).expect("written");
    let receipt = put(&out, OLD);
    assert_eq!(receipt.notes.len(), 1, "{:?}", receipt.notes);
    assert_eq!(names(home.path()), [".public.staging-7", ".public.staging-old", "public"]);
    assert_eq!(fs::read_to_string(theirs.join("site/work")).expect("kept"), "work");
}

#[cfg(unix)]
#[test]
fn killed_after_the_exchange_the_next_build_brings_back_what_came_meanwhile() {
    use std::os::unix::fs::MetadataExt;
    let (home, out) = home();
    put(&out, NEW);
    let staging = home.path().join(".public.staging-8");
    put(&staging.join("site"), OLD);
    fs::write(staging.join("site/a/mine.txt"), "mine").expect("written");
    let number = fs::metadata(staging.join("site")).expect("there").ino();
    fs::write(staging.join("about.json"), format!(r#"{{"worthwhile_staging":1,"replaces":{number}}}"#))
        .expect("written");
    put(&out, OLD);
    let mut expected = texts(OLD);
    expected.insert("a/mine.txt".into(), "mine".into());
    assert_eq!(read(&out), expected);
    assert_eq!(names(home.path()), ["public"]);
}
