//! Targets that are mounts, and full ones. Mounts need root; anybody else has nothing here to test, and the same code runs in
//! the tests with `.git`.

use std::os::unix::fs::MetadataExt;

use super::*;

struct Mount(PathBuf);

impl Mount {
    fn new(at: &Path, arguments: &[&str]) -> Option<Mount> {
        fs::create_dir_all(at).expect("created");
        let root = fs::metadata(at).expect("there").uid() == 0;
        if !root {
            return None;
        }
        let status = Command::new("mount").args(arguments).arg(at).status();
        assert!(status.is_ok_and(|status| status.success()), "root may mount");
        Some(Mount(at.to_owned()))
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_mount_is_updated_file_by_file() {
    let (home, out) = home();
    let source = home.path().join("source");
    fs::create_dir(&source).expect("created");
    let bind = ["--bind", source.to_str().expect("text")];
    for arguments in [&["-t", "tmpfs", "none"][..], &bind] {
        let Some(_mount) = Mount::new(&out, arguments) else { return };
        assert!(put(&out, OLD).file_by_file);
        assert_eq!(read(&out), texts(OLD));
        fs::write(out.join("mine.txt"), "mine").expect("written");
        assert!(put(&out, NEW).file_by_file);
        fs::remove_file(out.join("mine.txt")).expect("kept");
        assert_eq!(read(&out), texts(NEW));
        clean(&out, &Options::default()).expect("cleans");
        assert_eq!(names(&out), Vec::<String>::new());
        assert_eq!(names(home.path()), ["public", "source"]);
    }
}

#[test]
fn a_full_disk_leaves_the_old_site() {
    let home = tempfile::tempdir().expect("a folder for the test");
    let disk = home.path().join("disk");
    let Some(_mount) = Mount::new(&disk, &["-t", "tmpfs", "-o", "size=512k", "none"]) else { return };
    // Exchanged below the mount, file by file at its root.
    for out in [disk.join("public"), disk.clone()] {
        put(&out, OLD);
        let full: Files = (0..100).map(|n| (format!("{n}.html"), vec![b'x'; 16 * 1024].into())).collect();
        let error = publish(&full, &out, &Options::default()).expect_err("no space");
        let io = error.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        assert_eq!(io, Some(std::io::ErrorKind::StorageFull), "{error:#}");
        assert_eq!(read(&out), texts(OLD));
        assert_eq!(put(&out, NEW).file_by_file, out == disk);
        clean(&out, &Options::default()).expect("cleans");
        assert_eq!(names(&disk), Vec::<String>::new());
    }
}
