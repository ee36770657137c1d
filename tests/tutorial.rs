//! The tutorial, done word for word: every command block is run, every file block is written, every edit is made.
//!
//! In a `console` block a line that starts with `$ ` is a command; what follows is what it must print, on both streams,
//! with `…` for any text: alone on a line for any lines. A block that shows an error expects exit code 1. A block with a
//! `title` is a file, or as a `diff` an edit of one.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

const TUTORIAL: &str = "docs/content/pages/tutorial/first-site.md";

/// A fenced block: its info string and its lines.
struct Block {
    line: usize,
    info: String,
    text: String,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = page.lines().enumerate();
    while let Some((n, line)) = lines.next() {
        if let Some(info) = line.strip_prefix("```") {
            let text = lines.by_ref().map(|(_, l)| l).take_while(|l| *l != "```").map(|l| format!("{l}\n")).collect();
            blocks.push(Block { line: n + 1, info: info.to_owned(), text });
        }
    }
    blocks
}

/// The reader at the keyboard: where they are, and the server they left running.
struct Reader {
    folder: PathBuf,
    server: Option<Child>,
}

impl Drop for Reader {
    fn drop(&mut self) {
        if let Some(server) = &mut self.server {
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}

impl Reader {
    fn follow(&mut self, block: &Block) {
        let (language, rest) = block.info.split_once(' ').unwrap_or((&block.info, ""));
        let title = rest.strip_prefix("title=\"").and_then(|t| t.split('"').next());
        match (language, title) {
            ("console", None) => self.type_in(block),
            ("diff", Some(file)) => edit(&self.folder.join(file), block),
            (_, Some(file)) => fs::write(self.folder.join(file), &block.text).unwrap(),
            (_, None) => panic!("line {}: a block of the tutorial is a command, a file or an edit", block.line),
        }
    }

    fn type_in(&mut self, block: &Block) {
        let mut steps: Vec<(&str, String)> = Vec::new();
        for line in block.text.lines() {
            match (line.strip_prefix("$ "), steps.last_mut()) {
                (Some(command), _) => steps.push((command, String::new())),
                (None, Some((_, expected))) => expected.push_str(&format!("{line}\n")),
                (None, None) => panic!("line {}: a block starts with a command", block.line),
            }
        }
        for (command, expected) in steps {
            if let Some(folder) = command.strip_prefix("cd ") {
                self.folder.push(folder);
                assert!(self.folder.is_dir(), "line {}: there is no folder {folder}", block.line);
            } else if command.starts_with("worthwhile serve") {
                self.serve(&expected);
            } else {
                let fails = expected.starts_with("error");
                let output = shell(&self.folder, command).output().unwrap();
                let mut printed = String::from_utf8(output.stdout).unwrap();
                printed.push_str(&String::from_utf8(output.stderr).unwrap());
                let code = output.status.code();
                assert_eq!(code, Some(i32::from(fails)), "line {}: `{command}` printed:\n{printed}", block.line);
                assert!(matches(&expected, &printed), "line {}: `{command}` printed:\n{printed}", block.line);
            }
        }
    }

    /// Serves at any free port and shows no browser; the site must answer, and goes on while the rest is read.
    fn serve(&mut self, expected: &str) {
        let mut child = shell(&self.folder, "exec worthwhile serve --port 0").stderr(Stdio::piped()).spawn().unwrap();
        let mut printed = String::new();
        let mut said = BufReader::new(child.stderr.take().unwrap());
        while !printed.contains("serving ") {
            assert!(said.read_line(&mut printed).unwrap() > 0, "the server ended:\n{printed}");
        }
        self.server = Some(child);
        assert!(matches(expected, &printed), "serve printed:\n{printed}");
        let address = printed.split("http://").nth(1).and_then(|rest| rest.split('/').next()).unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        // Read on, so that the server never waits for a full pipe.
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
    }
}

fn shell(folder: &Path, command: &str) -> Command {
    let program = Path::new(env!("CARGO_BIN_EXE_worthwhile")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(command).current_dir(folder).env("PATH", path).env("NO_COLOR", "1").stdin(Stdio::null());
    shell
}

/// An edit: lines with ` ` and `-` must stand in the file one after the other, once; lines with ` ` and `+` take their place.
fn edit(file: &Path, block: &Block) {
    let side = |dropped: char| -> String {
        block.text.lines().filter(|l| !l.starts_with(dropped)).map(|l| format!("{}\n", &l[1..])).collect()
    };
    let (before, after) = (side('+'), side('-'));
    let text = fs::read_to_string(file).unwrap();
    assert_eq!(text.matches(&before).count(), 1, "line {}: these lines do not stand in {}", block.line, file.display());
    fs::write(file, text.replacen(&before, &after, 1)).unwrap();
}

/// Whether a text is as expected: `…` alone on a line stands for any lines, and within a line for anything.
fn matches(expected: &str, printed: &str) -> bool {
    let lines = |text: &str| -> Vec<String> { text.trim_end().lines().map(|l| l.trim_end().to_owned()).collect() };
    lines_match(&lines(expected), &lines(printed))
}

fn lines_match(expected: &[String], printed: &[String]) -> bool {
    match expected.split_first() {
        None => printed.is_empty(),
        Some((line, rest)) if line == "…" => (0..=printed.len()).any(|n| lines_match(rest, &printed[n..])),
        Some((line, rest)) => {
            printed.split_first().is_some_and(|(first, more)| line_matches(line, first) && lines_match(rest, more))
        }
    }
}

fn line_matches(expected: &str, printed: &str) -> bool {
    match expected.split_once('…') {
        None => expected == printed,
        Some((start, end)) => printed.strip_prefix(start).is_some_and(|rest| rest.ends_with(end)),
    }
}

#[test]
fn the_tutorial_can_be_done_word_for_word() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(TUTORIAL)).unwrap();
    let blocks = blocks(&page);
    assert!(blocks.iter().filter(|b| b.info == "console").count() >= 9, "the commands of the tutorial were not found");
    let home = tempfile::tempdir().unwrap();
    let mut reader = Reader { folder: home.path().to_owned(), server: None };
    for block in &blocks {
        reader.follow(block);
    }
}

#[test]
fn what_is_expected_is_compared() {
    assert!(matches("a\n…\n", "a\nb\nc\n"));
    assert!(matches("a\n…\n", "a\n"));
    assert!(matches("…nothing to mend\n", "checked 3 files: nothing to mend\n"));
    assert!(matches("a …\n…\nz\n", "a b\nc\nz\n"));
    assert!(matches("", ""));
    assert!(!matches("", "a\n"));
    assert!(!matches("a\n…\n", "b\n"));
    assert!(!matches("a\n", "a\nb\n"));
    assert!(!matches("a\n…\nz\n", "a\nb\n"));
}
