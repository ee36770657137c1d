//! The development server against clients that mean no good: it stays up, answers others soon, and gives away nothing
//! but the site.

mod events;

use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// An answer that takes longer is none. The bound is on a hang, with other tests running.
const LONG: Duration = Duration::from_secs(15);

/// The real program, serving a small site beside a secret.
struct Server {
    home: tempfile::TempDir,
    child: Child,
    address: SocketAddr,
}

impl Server {
    fn start() -> Server {
        let home = tempfile::tempdir().expect("a folder for the test");
        let site = home.path().join("site");
        write(&site.join("content/site.yaml"), "format: 1\ntitle: Home\nquestion: Q?\ndescription: D\n");
        write(&site.join("content/pages/p.md"), "---\ntitle: Page\n---\n\nText.\n");
        write(&home.path().join("secret.html"), "SECRET");
        write(&site.join("secret.html"), "SECRET");
        write(&site.join("content/.hidden"), "SECRET");
        let mut child = Command::new(env!("CARGO_BIN_EXE_worthwhile"))
            .arg("serve")
            .arg(&site)
            .args(["--port", "0"])
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts");
        let mut lines = BufReader::new(child.stderr.take().expect("piped")).lines();
        let address = loop {
            let line = lines.next().expect("it says where it is").expect("text");
            if let Some((_, rest)) = line.split_once("http://") {
                break rest.split('/').next().expect("a host").parse().expect("an address");
            }
        };
        // What else it says must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Server { home, child, address }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("connects");
        stream.set_read_timeout(Some(LONG)).expect("a timeout");
        stream.set_write_timeout(Some(LONG)).expect("a timeout");
        stream
    }

    /// What comes back for these bytes, until the server closes the connection; it may do so before it has read all.
    /// `ended`: nothing further will be said.
    fn send(&self, bytes: &[u8], ended: bool) -> Vec<u8> {
        let mut stream = self.connect();
        let _ = stream.write_all(bytes);
        if ended {
            let _ = stream.shutdown(std::net::Shutdown::Write);
        }
        let mut answer = Vec::new();
        match stream.read_to_end(&mut answer) {
            Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                panic!("no end of the answer to {:?}", String::from_utf8_lossy(&bytes[..bytes.len().min(200)]))
            }
            _ => answer,
        }
    }

    fn ask(&self, request: &str) -> (u16, String) {
        let answer = self.send(request.as_bytes(), false);
        let text = String::from_utf8_lossy(&answer).into_owned();
        (text.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0), text)
    }

    fn get(&self, path: &str) -> (u16, String) {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address))
    }

    /// That it is well, and how long it took to say so.
    fn is_well(&self) -> Duration {
        let started = Instant::now();
        let (status, page) = self.get("/pages/p.html");
        assert_eq!(status, 200, "{page}");
        assert!(page.contains("Text."));
        started.elapsed()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let alive = self.child.try_wait().expect("asked").is_none();
        let _ = self.child.kill();
        let _ = self.child.wait();
        if !std::thread::panicking() {
            assert!(alive, "the server ended");
        }
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a parent")).expect("created");
    fs::write(path, text).expect("written");
}

/// Each connection is an open file of ours, too.
fn allow_many_files() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let limit = getrlimit(Resource::Nofile);
        setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum }).expect("allowed");
    }
}

#[test]
fn no_path_leads_out_of_the_site() {
    let server = Server::start();
    let secret = server.home.path().join("secret.html");
    let absolute = secret.to_str().expect("text");
    let ups = [
        "..",
        "%2e%2e",
        "%2E%2e",
        ".%2e",
        "%252e%252e",
        "..%00",
        "..%c0%af",
        "%c0%ae%c0%ae",
        "....",
        "..;",
        "%u002e%u002e",
    ];
    let separators = ["/", "%2f", "%2F", "\\", "%5c", "%5C", "//", "/./", "%c0%af", "%252f", "/%00/"];
    let mut paths: Vec<String> = Vec::new();
    for up in ups {
        for separator in separators {
            let name = format!("{up}{separator}").repeat(3);
            paths.push(format!("/{name}secret.html"));
            paths.push(format!("/pages{separator}{name}secret.html"));
        }
    }
    paths.extend([
        absolute.to_owned(),
        format!("/{absolute}"),
        format!("file://{absolute}"),
        format!("http://{}{absolute}", server.address),
    ]);
    paths.extend(
        [
            "/secret.html",
            "/.hidden",
            "/content/.hidden",
            "/content/site.yaml",
            "/%2e/secret.html",
            "/secret.html%00.html",
            "/etc/passwd",
            "/~root",
            "/pages/p.html/../../secret.html",
            "/pages/p.html%0d%0aX: y",
            "*",
            "secret.html",
            "?",
            "//evil.example/",
            "/\\evil.example",
            "/__worthwhile/../secret.html",
            "/__worthwhile/events?page=../../secret.html",
            "/C:/secret.html",
            "/pages/p.html:secret",
        ]
        .map(String::from),
    );
    for path in &paths {
        if path.contains("/events") {
            continue;
        }
        let (status, text) = server.get(path);
        assert!(matches!(status, 400 | 403 | 404 | 307), "{path}: {status}");
        assert!(!text.contains("SECRET") && !text.contains("root:"), "{path}: {text}");
        if let Some(location) = text.lines().find_map(|l| l.strip_prefix("location: ")) {
            assert!(
                location.starts_with('/') && !location.starts_with("//") && !location.contains('\\'),
                "{path} leads to {location}"
            );
        }
    }
    server.is_well();
}

#[test]
fn requests_that_are_none_are_answered_or_closed() {
    let server = Server::start();
    let host = format!("Host: {}\r\n", server.address);
    let mut requests: Vec<Vec<u8>> = [
        "",
        "\r\n",
        "\r\n\r\n",
        "GET",
        "GET /\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "\0\0\0\0",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        "GET / HTTP/1.1\nHost: x\n\n",
        "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\u{fc}\u{3}\u{3}",
    ]
    .iter()
    .map(|text| text.as_bytes().to_vec())
    .collect();
    for more in [
        "Content-Length: -1\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "Content-Length: 1\r\nContent-Length: 2\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Upgrade: websocket\r\nConnection: upgrade\r\n",
        "Expect: 100-continue\r\n",
        ": x\r\n",
        "X\r\n",
        "X: a\0b\r\n",
        "Range: bytes=0-999999999999\r\n",
        "Host: evil.example\r\n",
        "Origin: null\r\n",
        "Cookie: \r\n",
        "X: \u{ff}\r\n",
    ] {
        requests.push(format!("GET / HTTP/1.1\r\n{host}{more}Connection: close\r\n\r\n").into_bytes());
    }
    requests.push(format!("GET /{} HTTP/1.1\r\n{host}\r\n", "a".repeat(1 << 20)).into_bytes());
    requests.push(format!("GET / HTTP/1.1\r\n{host}X: {}\r\n\r\n", "a".repeat(1 << 20)).into_bytes());
    requests.push(format!("GET / HTTP/1.1\r\n{host}{}\r\n", "X: a\r\n".repeat(20_000)).into_bytes());
    requests.push(format!("{} / HTTP/1.1\r\n{host}\r\n", "G".repeat(1 << 20)).into_bytes());
    requests.push(
        format!("GET / HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\n{}\r\n", "F".repeat(1 << 16)).into_bytes(),
    );
    requests.push((0..100_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 11) as u8).collect());
    for request in &requests {
        let answer = server.send(request, true);
        let text = String::from_utf8_lossy(&answer);
        let shown = String::from_utf8_lossy(&request[..request.len().min(120)]).into_owned();
        let status: u16 = text.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        assert!(answer.is_empty() || matches!(status, 200 | 100 | 400..=431), "{shown:?}: {status}: {text}");
        assert!(!text.contains("panicked"), "{shown:?}");
    }
    server.is_well();
}

#[test]
fn methods_names_and_origins_are_checked_on_every_path() {
    let server = Server::start();
    let own = format!("Host: {}\r\n", server.address);
    for path in ["/", "/pages/p.html", "/nowhere", "/__worthwhile/client.js", "/__worthwhile/events"] {
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND", "get", "X-Y"] {
            let (status, _) =
                server.ask(&format!("{method} {path} HTTP/1.1\r\n{own}Connection: close\r\nContent-Length: 0\r\n\r\n"));
            assert_eq!(status, 405, "{method} {path}");
        }
        for headers in [
            "Host: evil.example\r\n".to_owned(),
            "Host: localhost.evil.example\r\n".into(),
            "Host: 127.0.0.1.evil.example\r\n".into(),
            "Host: 192.168.1.1\r\n".into(),
            "Host: \r\n".into(),
            "Host: localhost:4000@evil.example\r\n".into(),
            "Host: [::1\r\n".into(),
            "Host: 2130706433\r\n".into(),
            "Host: 0x7f.1\r\n".into(),
            format!("{own}Host: evil.example\r\n"),
            format!("{own}Origin: http://evil.example\r\n"),
            format!("{own}Origin: null\r\n"),
            format!("{own}Origin: http://{}.evil.example\r\n", server.address),
            format!("{own}Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: cors\r\n"),
        ] {
            let (status, text) = server.ask(&format!("GET {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n"));
            assert!(matches!(status, 400 | 403), "{path} {headers}: {status}");
            assert!(!text.contains("Text."), "{path} {headers}");
        }
    }
    server.is_well();
}

#[test]
fn a_thousand_connections_that_say_nothing_hold_up_nobody_and_are_closed() {
    let many = 1_000;
    allow_many_files();
    let server = Server::start();
    let started = Instant::now();
    let mut silent: Vec<TcpStream> = (0..many).map(|_| server.connect()).collect();
    // Some have begun to say something, some go on, byte by byte.
    for stream in silent.iter_mut().step_by(2) {
        stream.write_all(b"GET / HTTP/1.1\r\nHost: 127").expect("sent");
    }
    assert!(server.is_well() < LONG);
    // Two that never read a long answer.
    let unread: Vec<TcpStream> = (0..2)
        .map(|_| {
            let mut stream = server.connect();
            let request = format!("GET /index.html HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
            let _ = stream.write_all(request.repeat(2_000).as_bytes());
            stream
        })
        .collect();
    let mut dripping = server.connect();
    let mut drips = 0;
    while dripping.write_all(b"x").is_ok() && started.elapsed() < Duration::from_secs(60) {
        assert!(server.is_well() < LONG);
        drips += 1;
        std::thread::sleep(Duration::from_millis(500));
    }
    let took = started.elapsed();
    assert!(drips > 0 && took < Duration::from_secs(60), "who drips is closed: {drips} in {took:?}");
    // All of them are closed by now, or will be soon.
    for (n, stream) in silent.iter_mut().enumerate() {
        let mut rest = Vec::new();
        let end = stream.read_to_end(&mut rest);
        assert!(
            !matches!(end, Err(ref e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)),
            "connection {n} is still open"
        );
    }
    drop(unread);
    server.is_well();
}

#[test]
fn connections_that_end_abruptly_harm_nobody() {
    let server = Server::start();
    for n in 0..300 {
        let mut stream = server.connect();
        let request = format!(
            "GET /{} HTTP/1.1\r\nHost: {}\r\n\r\n",
            ["", "nowhere", "__worthwhile/events"][n % 3],
            server.address
        );
        let _ = stream.write_all(&request.as_bytes()[..(n * 7) % request.len()]);
        // With data unread the system resets the connection.
        drop(stream);
    }
    server.is_well();
}
