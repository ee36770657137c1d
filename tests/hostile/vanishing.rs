//! Files that come, go and change while they are read.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{SMALL_SITE, put, run, shared_program};

#[test]
fn files_that_come_and_go_while_they_are_read_harm_nobody() {
    const BUILDS: usize = 25;
    let home = tempfile::tempdir().expect("a folder for the test");
    let program = shared_program(home.path());
    let site = home.path().join("site");
    for (path, text) in SMALL_SITE {
        put(&site, path, text.as_bytes());
    }
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let folder = site.join("content/pages/more");
            let mut n = 0;
            while !done.load(Ordering::Relaxed) {
                n += 1;
                fs::create_dir_all(&folder).expect("created");
                let page = folder.join(format!("p{}.md", n % 50));
                match n % 5 {
                    0 => drop(fs::remove_dir_all(&folder)),
                    1 => drop(fs::remove_file(&page)),
                    2 => drop(fs::rename(&page, folder.join("p.md"))),
                    _ => drop(fs::write(&page, "---\ntitle: P\n---\n\nText.\n")),
                }
            }
        });
        let mut ends = [0; 2];
        for _ in 0..BUILDS {
            let ran = run(&program, &site, &["build", ".", "--out", "../out", "-q"], false);
            match ran.code {
                Some(code @ (0 | 1)) => ends[code as usize] += 1,
                other => {
                    done.store(true, Ordering::Relaxed);
                    panic!("exit code {other:?}: {}", ran.said);
                }
            }
        }
        done.store(true, Ordering::Relaxed);
        println!("{} builds published, {} were refused", ends[0], ends[1]);
    });
}
