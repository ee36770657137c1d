//! What `serve` shows is what `build` writes, byte for byte, after any sequence of edits: a random walk over a copy of
//! the real content. The walk is seeded; another one is `WALK=SEED cargo test --test walk`.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use worthwhile::output::{self, SiteMemo};
use worthwhile::read;

const EDITS: usize = 200;
/// After so many edits everything is mended, and every byte is compared.
const COMPARED: usize = 40;

/// Edits after which every name, condition and address is what it was: the file, what to replace, and by what.
const WORDS: [(&str, &str, &str); 8] = [
    ("capabilities/service-mesh.yaml", "title: ", "title: Another "),
    ("capabilities/chaos-engineering.yaml", "summary: ", "summary: Another [[service-mesh]], [[option:istio]]. "),
    ("capabilities/chaos-engineering.yaml", "complexity: ", "complexity_note: Another\ncomplexity: "),
    ("options/istio.yaml", "summary: ", "summary: Another [[service-mesh]]. "),
    ("layers/layer-2.yaml", "title: ", "title: Another "),
    ("components/cilium-cni.yaml", "title: ", "title: Another "),
    ("facts/applications.yaml", "title: ", "title: Another "),
    ("pages/about.md", "title: ", "title: Another "),
];

/// The site's folder, and what of it is not as it was.
struct Walk {
    root: PathBuf,
    state: u64,
    made: usize,
    /// What stood at a path before; None: nothing.
    changed: Vec<(PathBuf, Option<Vec<u8>>)>,
}

impl Walk {
    fn new(root: &Path) -> Walk {
        let from = Path::new(env!("CARGO_MANIFEST_DIR"));
        copy(&from.join("content"), &root.join("content"));
        let site = fs::read_to_string(root.join("content/site.yaml")).expect("the site");
        fs::write(root.join("content/site.yaml"), format!("{site}\ntheme: mine\n")).expect("written");
        for file in ["templates/page.html", "locales/en.yaml", "styles/base.css"] {
            let to = root.join("themes/mine").join(file);
            fs::create_dir_all(to.parent().expect("a folder")).expect("made");
            fs::copy(from.join("themes/default").join(file), to).expect("copied");
        }
        let seed = std::env::var("WALK").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
        Walk { root: root.to_owned(), state: seed, made: 0, changed: Vec::new() }
    }

    /// A number below `below`: a linear congruential generator, its upper half.
    fn any(&mut self, below: usize) -> usize {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) as usize % below
    }

    /// A file of the site that ends so.
    fn file(&mut self, ending: &str) -> PathBuf {
        let mut files = Vec::new();
        list(&self.root, &mut files);
        files.retain(|path| path.to_string_lossy().ends_with(ending));
        files.sort();
        let n = self.any(files.len());
        files.swap_remove(n)
    }

    fn write(&mut self, path: PathBuf, bytes: Option<Vec<u8>>) {
        self.changed.push((path.clone(), fs::read(&path).ok()));
        put(&path, bytes);
    }

    fn mend(&mut self) {
        if let Some((path, before)) = self.changed.pop() {
            put(&path, before);
        }
    }

    fn mend_all(&mut self) {
        while !self.changed.is_empty() {
            self.mend();
        }
    }

    /// One edit of words alone.
    fn reword(&mut self, n: usize) -> String {
        let (file, from, to) = WORDS[n];
        let path = self.root.join("content").join(file);
        let text = fs::read_to_string(&path).expect("text");
        assert!(text.contains(from), "{file}");
        self.write(path, Some(text.replacen(from, to, 1).into_bytes()));
        format!("words of {file}")
    }

    /// One edit; says which.
    fn edit(&mut self) -> String {
        self.made += 1;
        let n = self.made;
        let add = |path: &Path, text: &str| {
            let mut bytes = fs::read(path).expect("there");
            bytes.extend_from_slice(text.as_bytes());
            Some(bytes)
        };
        match self.any(14) {
            0..=2 => {
                let path = self.file(".md");
                let bytes = add(&path, &format!("\nEdit **{n}** in [[service-mesh]].\n\n```yaml\nedit: {n}\n```\n"));
                self.write(path.clone(), bytes);
                format!("change {}", path.display())
            }
            3 => {
                let path = self.file(".yaml");
                let text = fs::read_to_string(&path).expect("text");
                self.write(path.clone(), Some(text.replacen("title: ", &format!("title: E{n} "), 1).into_bytes()));
                format!("title of {}", path.display())
            }
            4 => {
                let text = format!("title: Added {n}\nkind: tool\nsummary: Edit {n} adds it.\n");
                self.write(self.root.join(format!("content/options/added-{n}.yaml")), Some(text.into_bytes()));
                "add an option".into()
            }
            5 => {
                let text = format!("---\ntitle: Added {n}\n---\n## One\n\nSee [[option:istio]] and ::no.\n");
                self.write(self.root.join(format!("content/pages/guide/added-{n}.md")), Some(text.into_bytes()));
                "add a page".into()
            }
            6 => {
                let path = self.file(".yaml");
                self.write(path.clone(), None);
                format!("delete {}", path.display())
            }
            7 => {
                let path = self.file(".yaml");
                let to = path.with_file_name(format!("renamed-{n}.yaml"));
                self.changed.push((path.clone(), fs::read(&path).ok()));
                self.changed.push((to.clone(), None));
                fs::rename(&path, &to).expect("renamed");
                format!("rename {}", path.display())
            }
            8 => {
                let path = self.file(".yaml");
                let text = ["\nnonsense: [\n", "\nunknown_key: 1\n", "\ntitle: again\n", "\n\t\0\n"][self.any(4)];
                let bytes = add(&path, text);
                self.write(path.clone(), bytes);
                format!("break {}", path.display())
            }
            9 => {
                let path = self.root.join("themes/mine").join(["styles/base.css", "templates/page.html"][self.any(2)]);
                let text =
                    ["\n/* {n} */ b { top: 1px }\n", "\n{{ page.title }}\n", "\n{{ nothing.here }}\n"][self.any(3)];
                let bytes = add(&path, &text.replace("{n}", &n.to_string()));
                self.write(path.clone(), bytes);
                format!("theme: {}", path.display())
            }
            10 | 11 => {
                let path = self.file(".yaml");
                let text = fs::read_to_string(&path).expect("text");
                // Another text, another level, another condition: the last is more than words.
                let (from, to) = [
                    (" the ", " the *very* [[service-mesh]] "),
                    (" a ", " an [[option:istio]] "),
                    ("complexity: high", "complexity: low"),
                    (" > 5", " > 6"),
                    ("summary: ", "summary: See [[nothing-here]]. "),
                ][self.any(5)];
                self.write(path.clone(), Some(text.replacen(from, to, 1 + n % 3).into_bytes()));
                format!("`{from}` of {}", path.display())
            }
            _ => {
                self.mend();
                "mend".into()
            }
        }
    }
}

fn put(path: &Path, bytes: Option<Vec<u8>>) {
    match bytes {
        // As editors save: beside, then by a rename.
        Some(bytes) => {
            let beside = path.with_file_name(".saving~");
            fs::write(&beside, bytes).expect("written");
            fs::rename(beside, path).expect("renamed");
        }
        None => drop(fs::remove_file(path)),
    }
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() { list(&entry.path(), files) } else { files.push(entry.path()) }
    }
}

fn copy(from: &Path, to: &Path) {
    let mut files = Vec::new();
    list(from, &mut files);
    for file in files {
        let to = to.join(file.strip_prefix(from).expect("below"));
        fs::create_dir_all(to.parent().expect("a folder")).expect("made");
        fs::copy(&file, to).expect("copied");
    }
}

/// The stages of the server, with their memos, against the stages of a build, without.
#[test]
fn what_is_remembered_is_what_would_be_made_anew() {
    let home = tempfile::tempdir().expect("a folder for the test");
    let mut walk = Walk::new(home.path());
    let (mut read_memo, mut memo, mut site_memo) =
        (read::Memo::default(), worthwhile::Memo::default(), SiteMemo::default());
    let (mut published, mut prose_alone) = (0, 0);
    for n in 1..=EDITS + WORDS.len() {
        let edit = if n <= EDITS { walk.edit() } else { walk.reword(n - EDITS - 1) };
        let whole = n % COMPARED == 0 || n > EDITS;
        if n % COMPARED == 0 {
            walk.mend_all();
        }
        let at = format!("edit {n}: {edit}");
        let sources = read::read(home.path()).expect("reads");
        let (plan, mut fresh) = worthwhile::compile(&sources, None);
        let anew = output::site(&sources, plan, &mut fresh);

        let remembered = read::read_again(home.path(), &mut read_memo).expect("reads");
        assert!(remembered.files == sources.files, "{at}: other files were read");
        let edition = memo.edition();
        let (plan, mut again) = memo.compile(&remembered, &mut |_, _| ());
        let served = output::site_again(&remembered, plan, &mut again, memo.edition(), &mut site_memo);
        assert!(fresh.iter().eq(again.iter()), "{at}: other findings");
        assert_eq!(anew.is_some(), served.is_some(), "{at}");
        let (Some(anew), Some(served)) = (anew, served) else { continue };
        published += 1;
        prose_alone += usize::from(memo.edition() == edition);
        assert!(n <= EDITS || memo.edition().pages == edition.pages, "{at}: is in words alone");
        let routes = anew.outputs.keys().filter(|route| served.output(route).is_some()).count();
        assert!(routes == anew.outputs.len() && routes >= served.outputs.len(), "{at}: other routes");
        // Some files after each edit, those of the search index among them; all of them now and then.
        let some = anew.outputs.iter().enumerate().filter(|(place, (route, _))| {
            place % COMPARED == n % COMPARED || route.starts_with("search/") || route.starts_with("assess/")
        });
        for (_, (route, output)) in some {
            let old = served.output(route).map(|output| served.bytes(&output));
            assert!(Some(anew.bytes(output)) == old, "{at}: {route}");
        }
        if whole {
            let ((new, new_faults), (old, old_faults)) = (anew.all(&sources), served.complete().all(&remembered));
            assert!(new_faults.iter().eq(old_faults.iter()), "{at}");
            let differs = new.iter().zip(&old).find(|(new, old)| new != old);
            assert!(differs.is_none(), "{at}: {:?}", differs.map(|((route, _), _)| route));
        }
    }
    assert!(published > EDITS / COMPARED, "the walk must also pass sites without errors: {published}");
    assert!(prose_alone > 1, "and edits of prose alone between them: {prose_alone}");
}

/// A process that is ended when the test is.
struct Server {
    child: Child,
    host: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start(root: &Path) -> Server {
        let mut child = Command::new(env!("CARGO_BIN_EXE_worthwhile"))
            .args(["serve", "--port", "0"])
            .arg(root)
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts");
        let mut lines = BufReader::new(child.stderr.take().expect("its talk")).lines();
        let host = loop {
            let line = lines.next().expect("says where it serves").expect("text");
            if let Some((_, rest)) = line.split_once(" at http://") {
                break rest.split('/').next().expect("a host").to_owned();
            }
        };
        // Read to the end, so that it never waits for us.
        std::thread::spawn(move || lines.for_each(drop));
        Server { child, host }
    }

    /// Status and body.
    fn get(&self, route: &str) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.host).expect("connects");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout");
        let head = format!("GET /{route} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.host);
        stream.write_all(head.as_bytes()).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("answered");
        let end = answer.windows(4).position(|w| w == b"\r\n\r\n").expect("a head");
        let status = std::str::from_utf8(&answer[9..12]).ok().and_then(|code| code.parse().ok()).expect("a status");
        (status, answer.split_off(end + 4))
    }
}

/// A page without the script that the server adds.
fn without_client(body: Vec<u8>) -> Vec<u8> {
    let Ok(text) = String::from_utf8(body.clone()) else { return body };
    match text.split_once("<script defer src=\"/__worthwhile/client.js\"") {
        Some((before, rest)) => {
            let after = rest.split_once("</script>").map_or("", |(_, after)| after);
            format!("{before}{after}").into_bytes()
        }
        None => body,
    }
}

#[test]
fn every_address_serves_what_build_writes() {
    let home = tempfile::tempdir().expect("a folder for the test");
    let mut walk = Walk::new(home.path());
    let server = Server::start(home.path());
    for n in 1..=40 {
        walk.edit();
        // Every address answers while the site is rebuilt, also when it is broken.
        let (status, body) = server.get(["", "matrix.html", "capabilities/service-mesh.html"][n % 3]);
        assert!((status == 200 || status == 404 || status == 500) && !body.is_empty(), "edit {n}: {status}");
    }
    walk.mend_all();
    let last = home.path().join("content/pages/last.md");
    fs::write(&last, "---\ntitle: Last\n---\nThe last edit.\n").expect("written");

    let out = home.path().join("written");
    let built = Command::new(env!("CARGO_BIN_EXE_worthwhile"))
        .args(["build", "-q", "--out"])
        .args([&out, home.path()])
        .output()
        .expect("runs");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let mut files = Vec::new();
    list(&out, &mut files);
    let written: BTreeMap<String, Vec<u8>> = files
        .into_iter()
        .map(|path| (path.strip_prefix(&out).expect("below").to_str().expect("text").replace('\\', "/"), path))
        .filter(|(route, _)| !route.starts_with(".worthwhile"))
        .map(|(route, path)| (route, fs::read(path).expect("read")))
        .collect();
    assert!(written.contains_key("pages/last.html"));
    let started = Instant::now();
    while server.get("pages/last.html").0 != 200 {
        assert!(started.elapsed() < Duration::from_secs(60), "the last edit is not served");
        std::thread::sleep(Duration::from_millis(20));
    }
    for (route, expected) in &written {
        let (status, body) = server.get(route);
        assert_eq!(status, if route == "404.html" { status } else { 200 }, "{route}");
        assert!(without_client(body) == *expected, "{route} differs");
    }
}

#[test]
fn a_mistake_of_a_template_is_told_before_its_page_is_asked_for() {
    let home = tempfile::tempdir().expect("a folder for the test");
    drop(Walk::new(home.path()));
    let template = home.path().join("themes/mine/templates/not-found.html");
    fs::create_dir_all(template.parent().expect("a folder")).expect("made");
    fs::write(&template, "{{ frame.titel }}\n").expect("written");
    let server = Server::start(home.path());
    let (status, body) = server.get("");
    let body = String::from_utf8_lossy(&body);
    assert!(status == 503 && body.contains("not-found.html") && body.contains("titel"), "{status}: {body}");
    fs::write(&template, "{{ frame.title }}\n").expect("written");
    let started = Instant::now();
    while server.get("").0 != 200 {
        assert!(started.elapsed() < Duration::from_secs(60), "the mended template is not served");
        std::thread::sleep(Duration::from_millis(20));
    }
}
