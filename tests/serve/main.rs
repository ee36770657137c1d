//! The development server, seen from the other end of a connection.

mod served;

use std::collections::BTreeMap;
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use worthwhile::serve::{Options, Outcome, content_type, start};

use served::*;

#[test]
fn pages_come_with_the_client_and_files_as_they_are() {
    let site = serve();
    let home = site.get("/");
    assert_eq!((home.status, home.headers["content-type"].as_str()), (200, "text/html; charset=utf-8"));
    let (before, rest) = home.body.split_once("<script defer src=\"/__worthwhile/client.js\"").expect("the client");
    let (_, after) = rest.split_once("</script>").expect("its end");
    assert_eq!(format!("{before}{after}"), HOME, "and nothing else");
    assert!(after.starts_with("</head>"));
    assert!(!home.body.contains("style="), "the site's policy forbids inline styles");

    assert_eq!(site.get("/index.html?q=1").body, home.body);
    let css = site.get("/assets/site.css");
    assert_eq!(
        (css.headers["content-type"].as_str(), css.body.as_str()),
        ("text/css; charset=utf-8", "body { color: black }")
    );
    assert_eq!(site.get("/facts/nodes.json").headers["content-type"], "application/json");
    assert_eq!(css.headers["x-content-type-options"], "nosniff");
    assert_eq!(css.headers["cache-control"], "no-cache");
    let client = site.get("/__worthwhile/client.js");
    assert_eq!((client.status, client.headers["content-type"].as_str()), (200, "text/javascript; charset=utf-8"));
    assert_eq!(site.get("/__worthwhile/overlay.css").headers["content-type"], "text/css; charset=utf-8");
}

#[test]
fn content_types() {
    for (route, expected) in [
        ("a.html", "text/html; charset=utf-8"),
        ("llms.txt", "text/plain; charset=utf-8"),
        ("a.b/c.md", "text/markdown; charset=utf-8"),
        ("feed.xml", "application/xml"),
        ("x.SVG", "image/svg+xml"),
        ("a.b/none", "application/octet-stream"),
    ] {
        assert_eq!(content_type(route), expected, "{route}");
    }
}

#[test]
fn who_would_rather_have_markdown_gets_the_file_beside_the_page() {
    let page = "<html><head></head><body>a page</body></html>";
    let site = serve_files(&[("a.html", page), ("a.md", "# A page\n"), ("b/index.html", page)]);
    let ask = |path: &str, accept: &str| site.ask("GET", path, &format!("Accept: {accept}\r\n"));
    let twin = ask("/a.html", "text/markdown, text/html;q=0.9");
    assert_eq!((twin.status, &*twin.body), (200, "# A page\n"));
    assert_eq!(twin.headers["content-type"], "text/markdown; charset=utf-8");
    assert_eq!(twin.headers["vary"], "accept");
    assert!(ask("/a.html", "text/html,*/*;q=0.8").body.contains("a page"));
    assert!(ask("/b/", "text/markdown").body.contains("a page"), "none beside it");
    assert_eq!(ask("/none.html", "text/markdown").status, 404);
}

#[test]
fn a_folder_without_its_slash_leads_to_it() {
    let site = serve();
    assert!(site.get("/facts/").body.contains("facts"));
    let response = site.get("/facts?q=1");
    assert_eq!((response.status, response.headers["location"].as_str()), (307, "/facts/?q=1"));
}

#[test]
fn only_get_and_head() {
    let site = serve();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"] {
        for path in ["/", "/__worthwhile/client.js", "/__worthwhile/events"] {
            let response = site.ask(method, path, "Content-Length: 0\r\n");
            assert_eq!((response.status, response.headers["allow"].as_str()), (405, "GET, HEAD"), "{method} {path}");
        }
    }
    for path in ["/", "/assets/site.css", "/nowhere", "/__worthwhile/client.js"] {
        let (get, head) = (site.get(path), site.ask("HEAD", path, ""));
        assert_eq!((head.status, head.body.as_str()), (get.status, ""), "{path}");
        for name in ["content-length", "content-type"] {
            assert_eq!(head.headers[name], get.headers[name], "{path} {name}");
        }
    }
    assert_eq!(site.ask("HEAD", "/__worthwhile/events", "").status, 200);
}

#[test]
fn paths_out_of_the_site_are_not_found() {
    let site = serve();
    fs::write(site.home.path().join("secret.html"), "secret").expect("written");
    for path in [
        "/../secret.html",
        "/..%2fsecret.html",
        "/%2e%2e/secret.html",
        "/%2e%2e%2fsecret.html",
        "/facts/..%2f..%2fsecret.html",
        "/facts/../index.html",
        "/..%5csecret.html",
        "/index.html%00",
        "/%00",
        "//index.html",
        "/etc/passwd",
        "/%ff",
        "/%",
        "/nowhere",
    ] {
        let response = site.get(path);
        assert_eq!(response.status, 404, "{path}");
        assert!(response.body.contains("not found here"), "the site's own page: {path}");
        assert!(!response.body.contains("secret"), "{path}");
    }
}

#[test]
fn a_request_under_another_name_or_from_another_origin_is_refused() {
    let site = serve();
    let host = site.host();
    let port = site.server.address.port();
    for path in ["/", "/__worthwhile/events", "/facts/nodes.json"] {
        for headers in [
            "Host: example.org\r\n".to_owned(),
            format!("Host: example.org:{port}\r\n"),
            format!("Host: localhost.example.org:{port}\r\n"),
            "Host: 192.168.0.7\r\n".to_owned(),
            format!("Host: {host}\r\nHost: example.org\r\n"),
            format!("Host: {host}\r\nOrigin: https://example.org\r\n"),
            format!("Host: {host}\r\nOrigin: http://localhost:1\r\n"),
            format!("Host: {host}\r\nOrigin: null\r\n"),
            format!("Host: {host}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n"),
            format!("Host: {host}\r\nSec-Fetch-Site: same-site\r\nSec-Fetch-Mode: cors\r\n"),
            format!(
                "Host: {host}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n"
            ),
        ] {
            let response = site.ask("GET", path, &headers);
            assert_eq!(response.status, 403, "{path} {headers}");
            assert!(!response.body.contains("home"));
        }
    }
    assert_eq!(site.send("GET / HTTP/1.0\r\n\r\n").status, 403, "no Host");
    assert_eq!(site.ask("GET", "http://example.org/", &format!("Host: {host}\r\n")).status, 403);
    assert_eq!(site.ask("POST", "/", "Host: example.org\r\nContent-Length: 0\r\n").status, 403);
    for headers in [
        format!("Host: localhost:{port}\r\n"),
        format!("Host: {host}\r\nOrigin: http://{host}\r\n"),
        format!("Host: {host}\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: cors\r\n"),
        format!("Host: {host}\r\nSec-Fetch-Site: none\r\nSec-Fetch-Mode: navigate\r\n"),
        format!(
            "Host: {host}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n"
        ),
    ] {
        assert_eq!(site.ask("GET", "/", &headers).status, 200, "{headers}");
    }
}

#[test]
fn an_edit_is_served_and_told() {
    let site = serve();
    let mut events = site.events("/");
    assert!(events.head.contains("text/event-stream"), "{}", events.head);
    let before = events.next();
    assert_eq!(before["ok"], true);
    assert!(site.get("/").body.contains(&format!("data-page=\"{}\"", before["page"].as_str().expect("a fingerprint"))));

    site.edit("index.html", &HOME.replace("home", "edited"));
    let after = events.until(|state| state["page"] != before["page"]);
    assert_eq!(after["styles"], before["styles"]);
    assert!(site.get("/").body.contains("edited"));
}

#[test]
fn a_page_that_shows_the_same_has_the_same_fingerprint() {
    let site = serve();
    let mut events = site.events("/facts/");
    let before = events.next();
    site.edit("index.html", &HOME.replace("home", "edited"));
    site.until("/", |home| home.body.contains("edited"));
    assert_eq!(events.next()["page"], before["page"]);
}

#[test]
fn style_sheets_change_apart_from_the_page_and_scripts_with_it() {
    let page = |css: &str| {
        format!(
            "<html><head><link rel=\"stylesheet\" href=\"../assets/{css}\"><script defer src=\"../assets/a.js\"></script></head></html>"
        )
    };
    let site = serve_files(&[("a/b.html", &page("1.css")), ("assets/1.css", "1"), ("assets/a.js", "1")]);
    let mut events = site.events("/a/b.html");
    let before = events.next();
    assert!(before["style_sheets"][0].as_str().expect("one").starts_with("../assets/1.css?"));

    site.edit("assets/1.css", "changed");
    let changed = events.until(|state| state["styles"] != before["styles"]);
    assert_eq!(changed["page"], before["page"]);

    // With another hash in its name.
    site.edit("assets/2.css", "renamed");
    site.edit("a/b.html", &page("2.css"));
    let renamed =
        events.until(|state| state["style_sheets"][0].as_str().is_some_and(|s| s.starts_with("../assets/2.css?")));
    assert_eq!(renamed["page"], before["page"]);

    site.edit("assets/a.js", "2");
    events.until(|state| state["page"] != before["page"]);
}

#[test]
fn a_broken_edit_keeps_the_last_good_site_and_tells_what_is_wrong_until_it_is_mended() {
    let site = serve();
    let mut events = site.events("/");
    let before = events.next();
    site.edit("facts/nodes.json", "BROKEN </script><b>");
    let broken = events.until(|state| state["ok"] == false);
    assert_eq!(broken["page"], before["page"], "nothing to reload");
    let expected = serde_json::json!([{
        "severity": "error", "code": "broken", "file": "facts/nodes.json", "line": 3, "column": 7,
        "message": "this is <script>alert('broken')</script>", "snippet": "BROKEN </script><b>",
    }]);
    assert_eq!(broken["diagnostics"], expected);
    assert_eq!(site.get("/facts/nodes.json").body, "{}");
    assert_eq!(site.get("/").body.matches("<script").count(), 1, "nothing of it is in the page");
    // A page that is opened now hears of it too.
    assert_eq!(site.events("/facts/").next()["diagnostics"], expected);

    site.edit("facts/nodes.json", "[]");
    let mended = events.until(|state| state["ok"] == true);
    assert_eq!(mended["diagnostics"], serde_json::json!([]));
    assert_eq!(site.get("/facts/nodes.json").body, "[]");
}

#[test]
fn the_overlay_makes_text_of_text() {
    let site = serve();
    let client = site.get("/__worthwhile/client.js").body;
    for risky in
        ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", ".style.", "cssText", "Function("]
    {
        assert!(!client.contains(risky), "{risky}");
    }
}

#[test]
fn with_no_good_site_yet_every_page_shows_what_is_wrong_escaped() {
    let site = serve_files(&[("index.html", "BROKEN <img src=x onerror=alert(1)> & \"")]);
    for path in ["/", "/matrix.html"] {
        let response = site.get(path);
        assert_eq!(response.status, 503);
        assert!(response.body.contains("this is &lt;script&gt;alert(&#39;broken&#39;)&lt;/script&gt;"));
        assert!(response.body.contains("BROKEN &lt;img src=x onerror=alert(1)&gt; &amp; &quot;"));
        assert!(response.body.contains("error[broken]") && response.body.contains("index.html:3:7"));
        assert_eq!(response.body.matches("<script").count(), 1, "the client, so that it goes away by itself");
    }
    let mut events = site.events("/");
    let before = events.next();
    assert_eq!(before["ok"], false);
    site.edit("index.html", HOME);
    let after = events.until(|state| state["ok"] == true);
    assert_ne!(after["page"], before["page"]);
    assert!(site.get("/").body.contains("home"));
}

#[test]
fn a_page_that_cannot_be_rendered_says_so_and_the_others_go_on() {
    let site = serve();
    site.edit("bad.html", "UNRENDERABLE");
    site.until("/bad.html", |page| page.status == 500);
    let page = site.get("/bad.html");
    assert!(page.body.contains("template &lt;em&gt; failed") && page.body.contains("client.js"));
    assert_eq!(site.get("/").status, 200);
}

#[test]
fn a_builder_that_panics_keeps_the_last_good_site() {
    let site = serve();
    let mut events = site.events("/");
    site.edit("panic", "");
    let broken = events.until(|state| state["ok"] == false);
    assert_eq!(broken["diagnostics"].as_array().expect("a list").len(), 1);
    assert!(site.get("/").body.contains("home"));
    fs::remove_file(site.content.join("panic")).expect("removed");
    events.until(|state| state["ok"] == true);
}

#[test]
fn what_is_served_equals_the_folder_after_any_edits() {
    let site = serve();
    let mut expected = BTreeMap::new();
    for n in 0..30 {
        let name = format!("new/{}/deep/{n}.txt", n % 4);
        match n % 5 {
            3 => {
                let folder = site.content.join(format!("new/{}", (n + 1) % 4));
                let _ = fs::remove_dir_all(folder);
                expected.retain(|name: &String, _| !name.starts_with(&format!("new/{}/", (n + 1) % 4)));
            }
            _ => {
                site.edit(&name, &format!("text {n}"));
                expected.insert(name, format!("text {n}"));
            }
        }
        std::thread::sleep(Duration::from_millis(n % 7));
    }
    // Written beside and renamed, as many editors do.
    site.edit("../elsewhere", "renamed");
    fs::rename(site.home.path().join("elsewhere"), site.content.join("renamed.txt")).expect("renamed");
    expected.insert("renamed.txt".into(), "renamed".into());
    for (name, text) in &expected {
        site.until(&format!("/{name}"), |file| file.status == 200 && file.body == *text);
    }
    for n in 0..30 {
        let name = format!("new/{}/deep/{n}.txt", n % 4);
        if !expected.contains_key(&name) {
            site.until(&format!("/{name}"), |file| file.status == 404);
        }
    }
}

/// Editors save in two ways that take a file away for a moment: they put another in its place, or they set the old one aside
/// first and then write it anew.
#[test]
fn a_file_that_is_saved_by_renaming_is_never_missing() {
    let site = serve();
    let (file, aside) = (site.content.join("index.html"), site.home.path().join("aside"));
    for n in 0..40 {
        let text = HOME.replace("home", &format!("saved {n}"));
        if n % 2 == 0 {
            site.edit("../elsewhere", &text);
            fs::rename(site.home.path().join("elsewhere"), &file).expect("renamed");
        } else {
            fs::rename(&file, &aside).expect("set aside");
            fs::write(&file, &text).expect("written");
        }
        let (started, mut page) = (Instant::now(), site.get("/"));
        while !page.body.contains(&format!("saved {n}")) {
            assert_eq!(page.status, 200, "save {n}: the page is missing");
            assert!(started.elapsed() < LONG, "save {n} is not served");
            page = site.get("/");
        }
    }
}

#[test]
fn a_watched_folder_may_come_later_go_and_come_again() {
    let site = serve();
    let mut builds = site.builds.load(Ordering::SeqCst);
    let mut built_after = |what: &dyn Fn()| {
        // What is still to come of the change before must not count.
        std::thread::sleep(Duration::from_millis(200));
        builds = builds.max(site.builds.load(Ordering::SeqCst));
        what();
        let started = Instant::now();
        while site.builds.load(Ordering::SeqCst) == builds {
            assert!(started.elapsed() < LONG, "no build");
            std::thread::sleep(Duration::from_millis(2));
        }
    };
    let themes = site.home.path().join("themes");
    built_after(&|| fs::create_dir(&themes).expect("created"));
    built_after(&|| write(&themes.join("mine/a.css"), "a"));
    built_after(&|| write(&themes.join("mine/a.css"), "b"));
    built_after(&|| fs::remove_dir_all(&themes).expect("removed"));
    built_after(&|| fs::create_dir(&themes).expect("created"));
    built_after(&|| write(&themes.join("a.css"), "c"));
}

#[test]
fn the_folder_of_a_site_itself_may_go_and_come_again() {
    let site = serve();
    for round in 0..3 {
        if round == 1 {
            // Another in its place, at once.
            let aside = site.home.path().with_extension("aside");
            fs::rename(site.home.path(), &aside).expect("moved");
            fs::remove_dir_all(aside).expect("removed");
        } else {
            fs::remove_dir_all(site.home.path()).expect("removed");
            std::thread::sleep(Duration::from_millis(200 * round));
        }
        site.edit("index.html", &format!("<html><body><p>Come again {round}</p></body></html>"));
        site.until("/index.html", |page| page.body.contains(&format!("Come again {round}")));
        site.edit("later.txt", &format!("later {round}"));
        site.until("/later.txt", |file| file.body == format!("later {round}"));
    }
}

#[test]
fn reading_and_what_is_ignored_start_no_build() {
    let site = serve();
    site.edit("public/index.html", "made by a build");
    fs::write(site.home.path().join("notes.txt"), "not watched").expect("written");
    // The folder `public` came; whether that counts or not, it is over after this.
    std::thread::sleep(Duration::from_millis(300));
    let builds = site.builds.load(Ordering::SeqCst);
    fs::read_to_string(site.content.join("index.html")).expect("read");
    site.edit("public/index.html", "made by another build");
    fs::write(site.home.path().join("notes.txt"), "still not").expect("written");
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(site.builds.load(Ordering::SeqCst), builds);
}

/// A gate that a builder waits at.
#[derive(Default)]
struct Gate {
    open: Mutex<bool>,
    opened: Condvar,
}

#[test]
fn requests_are_answered_during_a_build_and_a_change_meanwhile_starts_one_more() {
    let home = tempfile::tempdir().expect("a folder for the test");
    let content = home.path().join("content");
    write(&content.join("index.html"), "1");
    let (builds, gate) = (Arc::new(AtomicUsize::new(0)), Arc::new(Gate::default()));
    let (count, wait, root) = (builds.clone(), gate.clone(), content.clone());
    let builder = move || {
        let outcome = build(&root);
        // The second build takes until it is let through; it has read what was there at its start.
        if count.fetch_add(1, Ordering::SeqCst) == 1 {
            let open = wait.open.lock().expect("a lock");
            drop(wait.opened.wait_timeout_while(open, LONG, |open| !*open).expect("a lock"));
        }
        outcome
    };
    let options = Options { port: Some(0), watch: vec![content.clone()], ..Options::default() };
    let server = start(builder, &options).expect("starts");
    let site = Served { home, content, builds, server };

    site.edit("index.html", "2");
    let started = Instant::now();
    while site.builds.load(Ordering::SeqCst) < 2 {
        assert!(started.elapsed() < LONG, "no build");
        std::thread::sleep(Duration::from_millis(2));
    }
    site.edit("index.html", "3");
    assert!(site.get("/").body.starts_with('1'), "the site before, at once");
    assert!(site.events("/").next()["ok"] == true);
    *gate.open.lock().expect("a lock") = true;
    gate.opened.notify_all();
    site.until("/", |home| home.body.starts_with('3'));
}

#[test]
fn the_next_free_port_unless_one_was_asked_for() {
    let site = || Outcome { site: None, diagnostics: Vec::new(), errors: true };
    let first = start(site, &Options::default()).expect("starts");
    let second = start(site, &Options::default()).expect("starts");
    assert!(first.address.port() >= 4000 && second.address.port() != first.address.port());
    assert!(first.address.ip().is_loopback());
    assert_eq!(first.url, format!("http://127.0.0.1:{}/", first.address.port()));
    let taken = Options { port: Some(first.address.port()), ..Options::default() };
    let error = start(site, &taken).err().expect("the port is taken");
    assert!(format!("{error:#}").contains(&first.address.port().to_string()), "{error:#}");
}
