//! A folder that is served, and a client of it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use worthwhile::serve::{File, Options, Outcome, RenderedDiagnostic, Running, ServedSite, content_type, start};

pub const LONG: Duration = Duration::from_secs(20);

/// A site whose files are those in a folder, as they were when it was built.
pub struct Folder(pub BTreeMap<String, String>);

impl ServedSite for Folder {
    fn get(&self, route: &str) -> Option<Result<File, String>> {
        let text = self.0.get(route)?;
        if text.contains("UNRENDERABLE") {
            return Some(Err("template <em> failed".into()));
        }
        Some(Ok(File { bytes: text.as_bytes().into(), content_type: content_type(route) }))
    }
}

fn read(root: &Path, folder: &Path, found: &mut BTreeMap<String, String>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            read(root, &path, found);
        } else if let Ok(text) = fs::read_to_string(&path) {
            found.insert(path.strip_prefix(root).expect("below").to_str().expect("text").to_owned(), text);
        }
    }
}

/// A build with an error for each file with BROKEN in it.
pub fn build(root: &Path) -> Outcome {
    let mut files = BTreeMap::new();
    read(root, root, &mut files);
    assert!(!files.contains_key("panic"), "the builder panics");
    let diagnostics: Vec<RenderedDiagnostic> = files
        .iter()
        .filter(|(_, text)| text.contains("BROKEN"))
        .map(|(file, text)| RenderedDiagnostic {
            severity: "error".into(),
            code: "broken".into(),
            file: file.clone(),
            line: 3,
            column: 7,
            message: "this is <script>alert('broken')</script>".into(),
            snippet: text.clone(),
        })
        .collect();
    let errors = !diagnostics.is_empty();
    Outcome { site: Some(Arc::new(Folder(files))), diagnostics, errors }
}

pub struct Served {
    pub home: TempDir,
    pub content: PathBuf,
    pub builds: Arc<AtomicUsize>,
    pub server: Running,
}

pub const HOME: &str = "<!doctype html><html><head><title>Home</title><link rel=\"stylesheet\" href=\"assets/site.css\"></head><body>home</body></html>";

pub fn serve() -> Served {
    serve_files(&[
        ("index.html", HOME),
        ("404.html", "<html><head></head><body>not found here</body></html>"),
        ("facts/index.html", "<html><head></head><body>facts</body></html>"),
        ("facts/nodes.json", "{}"),
        ("assets/site.css", "body { color: black }"),
    ])
}

pub fn serve_files(files: &[(&str, &str)]) -> Served {
    let home = tempfile::tempdir().expect("a folder for the test");
    let content = home.path().join("content");
    for (name, text) in files {
        write(&content.join(name), text);
    }
    let builds = Arc::new(AtomicUsize::new(0));
    let options = Options {
        port: Some(0),
        watch: vec![content.clone(), home.path().join("themes")],
        ignore: vec![content.join("public")],
        ..Options::default()
    };
    let (root, count) = (content.clone(), builds.clone());
    let builder = move || {
        count.fetch_add(1, Ordering::SeqCst);
        build(&root)
    };
    let server = start(builder, &options).expect("starts");
    Served { home, content, builds, server }
}

pub fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a parent")).expect("created");
    fs::write(path, text).expect("written");
}

pub struct Response {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Served {
    pub fn edit(&self, name: &str, text: &str) {
        write(&self.content.join(name), text);
    }

    pub fn host(&self) -> String {
        self.server.address.to_string()
    }

    /// Sends a request as it is and reads the whole answer.
    pub fn send(&self, request: &str) -> Response {
        let mut stream = TcpStream::connect(self.server.address).expect("connects");
        stream.set_read_timeout(Some(LONG)).expect("a timeout");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut text = Vec::new();
        stream.read_to_end(&mut text).expect("answered");
        let text = String::from_utf8(text).expect("text");
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok());
        let headers = lines.filter_map(|l| l.split_once(": ")).map(|(n, v)| (n.to_lowercase(), v.to_owned())).collect();
        Response { status: status.unwrap_or_else(|| panic!("no status: {text}")), headers, body: body.to_owned() }
    }

    pub fn ask(&self, method: &str, path: &str, headers: &str) -> Response {
        let host =
            if headers.to_lowercase().contains("host:") { String::new() } else { format!("Host: {}\r\n", self.host()) };
        self.send(&format!("{method} {path} HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n"))
    }

    pub fn get(&self, path: &str) -> Response {
        self.ask("GET", path, "")
    }

    /// Asks until the answer is as wanted; then how long that took.
    pub fn until(&self, path: &str, wanted: impl Fn(&Response) -> bool) -> Duration {
        let started = Instant::now();
        loop {
            let response = self.get(path);
            if wanted(&response) {
                return started.elapsed();
            }
            assert!(started.elapsed() < LONG, "still: {}", response.body);
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    pub fn events(&self, page: &str) -> Events {
        let mut stream = TcpStream::connect(self.server.address).expect("connects");
        stream.set_read_timeout(Some(LONG)).expect("a timeout");
        let page = page.replace('/', "%2F");
        let request = format!("GET /__worthwhile/events?page={page} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host());
        stream.write_all(request.as_bytes()).expect("sent");
        let mut events = Events { lines: BufReader::new(stream), head: String::new() };
        while !events.head.ends_with("\r\n\r\n") {
            events.lines.read_line(&mut events.head).expect("a head");
        }
        events
    }
}

pub struct Events {
    lines: BufReader<TcpStream>,
    pub head: String,
}

impl Events {
    /// The next state that is as wanted.
    pub fn until(&mut self, wanted: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        loop {
            let mut line = String::new();
            assert!(self.lines.read_line(&mut line).expect("an event") > 0, "the stream ended");
            let state = line.strip_prefix("data: ").map(|data| serde_json::from_str(data.trim()).expect("JSON"));
            if let Some(state) = state.filter(|state| wanted(state)) {
                return state;
            }
        }
    }

    pub fn next(&mut self) -> serde_json::Value {
        self.until(|_| true)
    }
}
