//! Folders that the publishing user may not write to.

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;

use super::killed::{as_texts, big, helper_command, this_program};
use super::*;

const NOBODY: u32 = 65534;

fn allow(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("mode set");
}

/// Root may write everywhere: then the build runs as nobody, who may read the test program and owns the site.
#[test]
fn a_parent_that_cannot_be_written_to_leaves_the_old_site() {
    let home = tempfile::tempdir().expect("a folder for the test");
    allow(home.path(), 0o755);
    let parent = home.path().join("parent");
    let out = parent.join("public");
    publish(&big('a'), &out, &Options::default()).expect("publishes");
    let program = home.path().join("program");
    fs::copy(this_program(), &program).expect("copied");
    let root = fs::metadata(home.path()).expect("there").uid() == 0;
    let run = || {
        let mut command = helper_command(&program, "publish once", &out);
        if root {
            command.uid(NOBODY).gid(NOBODY);
        }
        command.status().expect("ran").success()
    };
    if root {
        let chown = |path: &Path| std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY)).expect("given away");
        let status = Command::new("chown").arg("-R").arg(format!("{NOBODY}:{NOBODY}")).arg(&parent).status();
        assert!(status.expect("ran").success());
        chown(&parent);
    }
    allow(&parent, 0o555);
    assert!(!run(), "nothing can be written beside the target");
    assert_eq!(read(&out), as_texts(&big('a')));
    allow(&parent, 0o755);
    assert!(run(), "and else it can");
    assert_eq!(read(&out), as_texts(&big('b')));
}
