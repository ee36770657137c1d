//! Files that are made when their turn comes.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use tempfile::TempDir;
use worthwhile::publish::{Beside, Failure, Files, Options, Routes, publish, publish_made};

use super::{NEW, OLD, files, home, names, put, read, texts};

/// A folder with the old site, and where; with `git` one that is updated file by file.
fn old_site(git: bool) -> (TempDir, PathBuf) {
    let (home, out) = home();
    put(&out, OLD);
    if git {
        fs::create_dir(out.join(".git")).expect("a repository");
    }
    (home, out)
}

fn routes(files: &Files) -> Routes {
    files.keys().map(|route| Arc::from(route.as_str())).collect()
}

#[test]
fn what_cannot_be_made_is_named_whole_and_the_old_site_stays() {
    for git in [false, true] {
        let (home, out) = old_site(git);
        let new = files(NEW);
        let routes = routes(&new);
        let make = |route: &str, out: &mut dyn Write, _: Option<&Beside>| {
            out.write_all(&new[route])?;
            Ok(if route.len() < 2 || route == "index.html" { Err(route.to_owned()) } else { Ok(()) })
        };
        let Err(Failure::Unmade(mut unmade)) = publish_made(&routes, &[], make, &out, &Options::default()) else {
            panic!("published");
        };
        unmade.sort();
        assert_eq!(unmade, ["d", "index.html"]);
        assert_eq!(read(&out), texts(OLD));
        let make = |route: &str, out: &mut dyn Write, _: Option<&Beside>| out.write_all(&new[route]).map(Ok::<_, ()>);
        let receipt = publish_made(&routes, &[], make, &out, &Options::default());
        assert_eq!(receipt.expect("publishes").file_by_file, git);
        assert_eq!(read(&out), texts(NEW));
        assert_eq!(names(home.path()), ["public"]);
    }
}

#[test]
fn what_comes_along_with_another_file_is_not_asked_for() {
    for git in [false, true] {
        let (home, out) = old_site(git);
        let new = files(NEW);
        let routes = routes(&new);
        let others: Vec<&str> = new.keys().map(String::as_str).filter(|route| *route != "index.html").collect();
        let asked = Mutex::new(Vec::new());
        let make = |route: &str, out: &mut dyn Write, beside: Option<&Beside>| {
            asked.lock().expect("a lock").push(route.to_owned());
            if let Some(beside) = beside.filter(|_| route == "index.html") {
                others[1..].iter().try_for_each(|other| beside(other, &new[*other]))?;
                beside("no/such/route", b"x")?;
            }
            out.write_all(&new[route]).map(Ok::<_, ()>)
        };
        let first = ["index.html", "not/published"];
        let receipt = publish_made(&routes, &first, make, &out, &Options::default()).expect("publishes");
        assert_eq!((receipt.file_by_file, read(&out)), (git, texts(NEW)));
        assert_eq!(asked.into_inner().expect("a lock"), ["index.html", others[0]]);
        assert_eq!(names(home.path()), ["public"]);
        assert_eq!(publish(&new, &out, &Options::default()).expect("publishes").written, 0, "the same manifest");
    }
}

#[test]
fn a_file_of_many_pieces_is_written_once_and_then_left_alone() {
    let (home, out) = home();
    let large = |last: u8| {
        let mut bytes = vec![b'a'; 3 << 20];
        bytes.push(last);
        Files::from([("large.json".to_owned(), bytes.into()), ("index.html".to_owned(), (*b"x").into())])
    };
    let publish_pieces = |files: &Files| {
        let make = |route: &str, out: &mut dyn Write, _: Option<&Beside>| {
            files[route].chunks(70_000).try_for_each(|piece| out.write_all(piece)).map(Ok::<_, ()>)
        };
        publish_made(&routes(files), &[], make, &out, &Options::default()).expect("publishes")
    };
    assert_eq!(publish_pieces(&large(1)).written, 2);
    let modified = || fs::metadata(&out).and_then(|m| m.modified()).expect("a time");
    let before = modified();
    assert_eq!((publish_pieces(&large(1)).unchanged, modified()), (2, before));
    let receipt = publish_pieces(&large(2));
    assert_eq!((receipt.written, receipt.unchanged, receipt.bytes), (1, 1, (3 << 20) + 2));
    assert!(fs::read(out.join("large.json")).expect("read") == *large(2)["large.json"]);
    assert_eq!(publish(&large(2), &out, &Options::default()).expect("publishes").unchanged, 2, "the same hash");
    assert_eq!(names(home.path()), ["public"]);
}
