//! `dates: git`: pages and the sitemap say when their content last changed, by the history and never by a clock.

#[path = "small_site/mod.rs"]
mod small_site;

use std::fs;
use std::path::Path;
use std::process::Command;

use small_site::SMALL_SITE;
use tempfile::TempDir;

/// Runs Git in a folder, with nothing of the machine's own settings.
fn git(folder: &Path, date: &str, args: &[&str]) {
    let status = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"])
        .args(args)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_COMMITTER_DATE", format!("{date}T12:00:00Z"))
        .env("GIT_AUTHOR_DATE", format!("{date}T12:00:00Z"))
        .status();
    assert!(status.expect("Git starts").success(), "git {args:?}");
}

fn write(folder: &Path, file: &str, text: &str) {
    let path = folder.join(file);
    fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

#[test]
fn the_last_commit_dates_the_pages_of_a_file_and_nothing_dates_what_is_not_committed() {
    let home = TempDir::new().expect("a folder");
    let folder = home.path();
    for (file, text) in SMALL_SITE {
        write(folder, file, text);
    }
    write(
        folder,
        "content/site.yaml",
        "format: 1\ntitle: T\nquestion: Q?\ndescription: D\nbase_url: https://example.org/\ndates: git\n",
    );
    git(folder, "2024-02-03", &["init", "--quiet"]);
    git(folder, "2024-02-03", &["add", "."]);
    git(folder, "2024-02-03", &["commit", "--quiet", "-m", "First"]);
    write(folder, "content/capabilities/tracing.md", "## Why\n\nBecause.\n");
    git(folder, "2025-06-07", &["add", "."]);
    git(folder, "2025-06-07", &["commit", "--quiet", "-m", "Prose"]);
    write(folder, "content/pages/new.md", "---\ntitle: New\n---\n\nText.\n");

    let run = |out: &str| {
        let built = Command::new(env!("CARGO_BIN_EXE_worthwhile"))
            .current_dir(folder)
            .args(["build", "--quiet", "--out", out])
            .env("SOURCE_DATE_EPOCH", "0")
            .output()
            .expect("the program starts");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    };
    run("public");
    let read = |file: &str| fs::read_to_string(folder.join("public").join(file)).expect(file);
    let says = |file: &str, date: &str| {
        let page = read(file);
        assert!(page.contains(&format!("<time datetime=\"{date}\">{date}</time>")), "{file}: {page}");
    };
    says("pages/guide.html", "2024-02-03");
    says("facts/services.html", "2024-02-03");
    // The prose of a capability is part of it.
    says("capabilities/tracing.html", "2025-06-07");
    // What shows something of everything is as new as the newest of it.
    says("matrix.html", "2025-06-07");
    assert!(!read("pages/new.html").contains("<time"));

    let sitemap = read("sitemap.xml");
    let entry = |page: &str, rest: &str| {
        let expected = format!("<loc>https://example.org/{page}</loc>{rest}</url>");
        assert!(sitemap.contains(&expected), "{expected} in {sitemap}");
    };
    entry("pages/guide.html", "<lastmod>2024-02-03</lastmod>");
    entry("capabilities/tracing.html", "<lastmod>2025-06-07</lastmod>");
    entry("pages/new.html", "");
}
