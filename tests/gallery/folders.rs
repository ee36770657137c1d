//! What stands in a folder and is no plain file, and folders that are not as they should be.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;

use super::{Input, put};

fn link(to: &str, at: &Path) {
    fs::create_dir_all(at.parent().expect("a folder")).expect("created");
    symlink(to, at).expect("linked");
}

pub fn inputs() -> Vec<Input> {
    vec![
        Input::new("a link to itself", |root| link("loop.yaml", &root.join("content/options/loop.yaml")))
            .refused(&["unreadable-file"]),
        Input::new("a link to nothing", |root| link("nowhere.yaml", &root.join("content/options/x.yaml")))
            .refused(&["unreadable-file"]),
        Input::new("a link to its own folder", |root| link(".", &root.join("content/pages/loop")))
            .refused(&["unreadable-file"]),
        Input::new("two links to the folder above, which would double at each level", |root| {
            link("..", &root.join("content/pages/a"));
            link("..", &root.join("content/pages/b"));
        })
        .refused(&["unreadable-file"]),
        Input::new("thirty folders of two links each to the next", |root| {
            for n in 0..30 {
                let folder = root.join(format!("content/pages/f{n}"));
                fs::create_dir_all(&folder).expect("created");
                for name in ["a", "b"] {
                    link(&format!("../f{}", n + 1), &folder.join(name));
                }
            }
            put(root, "content/pages/f30/p.md", b"---\ntitle: T\n---\n");
        })
        .refused(&["unreadable-file"]),
        Input::new("a link out of the site", |root| {
            put(root, "../secret.yaml", b"title: Secret\nkind: tool\nsummary: S\n");
            link("../../../secret.yaml", &root.join("content/options/secret.yaml"));
        })
        .refused(&["unreadable-file"]),
        Input::new("a link to the users of this machine", |root| {
            link("/etc/passwd", &root.join("content/assets/users.txt"))
        })
        .refused(&["unreadable-file"]),
        Input::new("a link to a folder of the system", |root| link("/etc", &root.join("content/assets/etc")))
            .refused(&["unreadable-file"]),
        Input::new("a link to a device that never ends", |root| link("/dev/zero", &root.join("content/assets/zero")))
            .refused(&["unreadable-file"]),
        Input::new("a content folder that is a link out of the site", |root| {
            fs::rename(root.join("content"), root.join("../elsewhere")).expect("moved");
            link("../elsewhere", &root.join("content"));
        })
        .refused(&["missing-file", "unreadable-file"]),
        Input::new("a link to a file of the site", |root| {
            put(root, "shared/x.yaml", b"title: Shared\nkind: tool\nsummary: S\n");
            link("../../shared/x.yaml", &root.join("content/options/x.yaml"));
        })
        .holds("options/x.html", "Shared"),
        Input::new("a link to a folder of the site", |root| {
            put(root, "shared/p.md", b"---\ntitle: Shared\n---\n");
            link("../../shared", &root.join("content/pages/more"));
        })
        .holds("pages/more/p.html", "Shared"),
        Input::new("a pipe that nobody writes to", |root| {
            fs::create_dir_all(root.join("content/pages")).expect("created");
            assert!(Command::new("mkfifo").arg(root.join("content/pages/p.md")).status().expect("ran").success());
        })
        .refused(&["unreadable-file"]),
        Input::new("a pipe for an asset", |root| {
            fs::create_dir_all(root.join("content/assets")).expect("created");
            assert!(Command::new("mkfifo").arg(root.join("content/assets/p.svg")).status().expect("ran").success());
        })
        .refused(&["unreadable-file"]),
        Input::new("a socket", |root| drop(UnixListener::bind(root.join("content/pages/s.md")).expect("bound")))
            .refused(&["unreadable-file"]),
        Input::new("a file that may not be read", |root| {
            fs::set_permissions(root.join("content/options/linkerd.yaml"), fs::Permissions::from_mode(0o000))
                .expect("mode set");
        })
        .by_nobody()
        .refused(&["unreadable-file"]),
        Input::new("a folder that may not be read", |root| {
            fs::set_permissions(root.join("content/options"), fs::Permissions::from_mode(0o000)).expect("mode set");
        })
        .by_nobody()
        .refused(&["unreadable-file"]),
        Input::new("a folder where a file should be", |root| {
            fs::create_dir(root.join("content/options/x.yaml")).expect("created")
        }),
        Input::new("a folder for the site's file", |root| {
            fs::remove_file(root.join("content/site.yaml")).expect("removed");
            fs::create_dir(root.join("content/site.yaml")).expect("created");
        })
        .refused(&["missing-file"]),
        Input::new("folders forty deep", |root| {
            put(root, format!("content/pages/{}p.md", "a/".repeat(40)), b"---\ntitle: T\n---\n")
        })
        .refused(&["unreadable-file"]),
        Input::new("no content", |root| fs::remove_dir_all(root.join("content")).expect("removed"))
            .world("there is no folder `content`"),
        Input::new("a file in place of the content", |root| {
            fs::remove_dir_all(root.join("content")).expect("removed");
            put(root, "content", b"text");
        })
        .world("there is no folder `content`"),
        Input::new("an empty content folder", |root| {
            fs::remove_dir_all(root.join("content")).expect("removed");
            fs::create_dir(root.join("content")).expect("created");
        })
        .refused(&["missing-file"]),
        Input::new("prose without its thing", |root| put(root, "content/options/none.md", b"Text.\n"))
            .refused(&["missing-file"]),
        Input::new("a thing whose site is gone", |root| {
            fs::remove_file(root.join("content/layers/layer-1.yaml")).expect("removed")
        })
        .refused(&["unknown-id"]),
        Input::new("a profile that is a pipe", |root| {
            assert!(Command::new("mkfifo").arg(root.join("p.yaml")).status().expect("ran").success());
        })
        .arguments(&["assess", ".", "--profile", "p.yaml"])
        .world("p.yaml"),
        Input::new("a profile that is a bomb", |root| {
            put(root, "p.yaml", format!("facts: {}", "[".repeat(100_000)).as_bytes())
        })
        .arguments(&["assess", ".", "--profile", "p.yaml"])
        .refused(&["yaml-limit"]),
        Input::new("a profile that never ends", |root| link("/dev/zero", &root.join("p.yaml")))
            .arguments(&["assess", ".", "--profile", "p.yaml"])
            .world("p.yaml"),
        Input::new("a record of another world", |root| {
            put(root, "p.md", b"---\nworthwhile: { capability: ../x }\n---\n")
        })
        .arguments(&["assess", ".", "--profile", "p.md"])
        .refused(&["yaml-syntax"]),
    ]
}
