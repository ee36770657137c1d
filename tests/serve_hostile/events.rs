//! The event stream, on which a page hears of builds, against those who subscribe and mean no good.

use super::*;

/// What the server may hold for a thousand subscribers.
const MEGABYTES: u64 = 500;

impl Server {
    /// A subscription of a page, with the head of the answer and the first event read.
    fn subscribe(&self, page: &str) -> (BufReader<TcpStream>, String) {
        let mut stream = self.connect();
        let request = format!("GET /__worthwhile/events{page} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).expect("sent");
        let mut stream = BufReader::new(stream);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(stream.read_line(&mut head).expect("a head") > 0, "{page}: closed after {head:?}");
        }
        assert!(head.starts_with("HTTP/1.1 200 "), "{page}: {head}");
        let state = state(&mut stream);
        (stream, state)
    }

    fn edit(&self, text: &str) {
        write(&self.home.path().join("site/content/pages/p.md"), text);
    }

    /// What `/proc` says of the server, under this key.
    #[cfg(target_os = "linux")]
    fn held(&self, key: &str) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("it runs");
        let line = status.lines().find_map(|line| line.strip_prefix(key)).expect("the key is there");
        line.trim_matches(|c: char| !c.is_ascii_digit()).parse().expect("a number")
    }

    #[cfg(target_os = "linux")]
    fn open_files(&self) -> usize {
        fs::read_dir(format!("/proc/{}/fd", self.child.id())).expect("it runs").count()
    }
}

/// The next state that a subscriber is told.
fn state(stream: &mut BufReader<TcpStream>) -> String {
    loop {
        let mut line = String::new();
        assert!(stream.read_line(&mut line).expect("an event in time") > 0, "the stream ended");
        if let Some(state) = line.strip_prefix("data: ") {
            return state.trim_end().to_owned();
        }
    }
}

/// A page with many errors, so that what a subscriber is told is long.
fn broken(n: usize) -> String {
    let links: String = (0..2_000).map(|link| format!("[a](missing-{n}-{link}.md) ")).collect();
    format!("---\ntitle: Page\n---\n\n{links}\n")
}

#[test]
fn a_thousand_subscribers_hold_up_nobody_also_if_they_never_read() {
    allow_many_files();
    let server = Server::start();
    server.is_well();
    #[cfg(target_os = "linux")]
    let before = server.open_files();
    // Half of them read nothing but what they are told first.
    let mut all: Vec<_> = (0..1_000).map(|n| server.subscribe(&format!("?page=/pages/p.html&{n}")).0).collect();
    assert!(server.is_well() < LONG);
    let (reading, _never) = all.split_at_mut(500);
    for n in 0..5 {
        server.edit(&broken(n));
        for stream in reading.iter_mut() {
            let mut told = state(stream);
            while !told.contains(&format!("missing-{n}-")) {
                told = state(stream);
            }
            assert!(told.contains("1900 more") && told.len() < 100_000, "{} bytes", told.len());
        }
        assert!(server.is_well() < LONG);
        server.edit(&format!("---\ntitle: Page\n---\n\nText. Edit {n}.\n"));
        for stream in reading.iter_mut() {
            while !state(stream).contains("\"ok\":true") {}
        }
        assert!(server.is_well() < LONG);
    }
    #[cfg(target_os = "linux")]
    {
        let peak = server.held("VmHWM:") / 1_000;
        println!("1,000 subscribers: {peak} MB, {} open files", server.open_files());
        assert!(peak < MEGABYTES, "{peak} MB");
        assert!(server.open_files() > 1_000, "{} open files", server.open_files());
    }
    // They go without a word, with data unread.
    drop(all);
    #[cfg(target_os = "linux")]
    {
        let started = Instant::now();
        while server.open_files() > before {
            assert!(started.elapsed() < Duration::from_secs(40), "{} files stay open", server.open_files() - before);
            std::thread::sleep(Duration::from_millis(200));
        }
    }
    server.is_well();
    let (mut stream, _) = server.subscribe("");
    server.edit(&broken(9));
    while !state(&mut stream).contains("missing-9-") {}
}

#[test]
fn whatever_page_a_subscriber_names_is_one_of_the_site_or_none() {
    let server = Server::start();
    let none = server.subscribe("?page=/nowhere").1;
    assert!(none.contains("\"ok\":true"), "{none}");
    let secret = server.home.path().join("secret.html");
    for page in [
        "?page=../../secret.html",
        "?page=/../secret.html",
        "?page=/%2e%2e/secret.html",
        "?page=/..%2fsecret.html",
        "?page=/%252e%252e/secret.html",
        "?page=\\..\\secret.html",
        "?page=/secret.html",
        "?page=/.hidden",
        "?page=/pages/p.html%00",
        "?page=%ff%fe",
        "?page=%",
        "?page=%2",
        "?page=http://evil.example/",
        "?page=//evil.example/",
        "?page=%0d%0aX:%20y",
        "?page=",
        "?page",
        "?",
        "",
        "?page=/nowhere&page=/pages/p.html",
        &format!("?page={}", secret.display()),
        &format!("?page=/{}", "a".repeat(30_000)),
        &format!("?{}", "page&".repeat(5_000)),
    ] {
        let told = server.subscribe(page).1;
        assert!(!told.contains("SECRET") && !told.contains("root:"), "{page}: {told}");
        // An empty name and one that cannot be read is the home page; any other is no page.
        assert!(told.len() < none.len() + 1_000, "{page}: {told}");
    }
    // A subscription is nothing that is looked at before it is made.
    let (status, text) = server
        .ask(&format!("HEAD /__worthwhile/events HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.address));
    assert_eq!(status, 200, "{text}");
    assert!(text.ends_with("\r\n\r\n"), "{text}");
    server.is_well();
}

#[test]
fn subscribers_that_come_and_go_all_the_time_harm_nobody() {
    let server = Server::start();
    #[cfg(target_os = "linux")]
    let before = (server.open_files(), server.held("VmRSS:"));
    for round in 0..20 {
        let streams: Vec<TcpStream> = (0..100)
            .map(|n| {
                let mut stream = server.connect();
                let request = format!("GET /__worthwhile/events HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
                let _ = stream.write_all(request.as_bytes());
                if n % 3 == 0 {
                    let _ = stream.shutdown(std::net::Shutdown::Write);
                }
                stream
            })
            .collect();
        server.edit(&format!("---\ntitle: Page\n---\n\nText. Edit {round}.\n"));
        drop(streams);
    }
    assert!(server.is_well() < LONG);
    #[cfg(target_os = "linux")]
    {
        let started = Instant::now();
        while server.open_files() > before.0 + 2 {
            assert!(started.elapsed() < Duration::from_secs(40), "{} files stay open", server.open_files() - before.0);
            std::thread::sleep(Duration::from_millis(200));
        }
        let grown = server.held("VmRSS:").saturating_sub(before.1) / 1_000;
        println!("2,000 subscribers came and went: {grown} MB more");
        assert!(grown < MEGABYTES, "{grown} MB");
    }
    server.is_well();
}
