//! Diagnostics on the way out, and the time that each stage took.

use std::io::{IsTerminal, Write};
use std::path::{Component, Path};
use std::time::{Duration, Instant};

use super::Talk;
use super::progress::Progress;
use super::screen;
use crate::diagnostic::terminal::{self, Style};
use crate::diagnostic::{Diagnostics, Severity, github, json, sarif};
use crate::read::Sources;

/// How diagnostics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people: with the line at fault, on stderr
    Human,
    /// For programs: one document on stdout
    Json,
    /// For code hosts and editors: SARIF 2.1.0 on stdout
    Sarif,
    /// For the log of a workflow: one annotation a line on stdout
    Github,
}

/// Shows diagnostics to people, on stderr.
pub fn show(diagnostics: &Diagnostics, sources: &Sources) {
    if diagnostics.is_empty() {
        return;
    }
    eprintln!("{}", terminal::render(diagnostics, sources, style()));
    if let Some(first) = diagnostics.iter().find(|d| d.severity() == Severity::Error) {
        eprintln!("more about it: worthwhile explain {}", first.code);
    }
}

/// Prints diagnostics: for people to stderr, for programs to stdout. `dir` is the site's folder as it was given: code
/// hosts and workflows know files by their paths from where the program was started.
pub fn print(diagnostics: &Diagnostics, sources: &Sources, format: Format, dir: &Path) -> std::io::Result<()> {
    let text = match format {
        Format::Human => {
            show(diagnostics, sources);
            return Ok(());
        }
        Format::Json => serde_json::to_string_pretty(&json::report(diagnostics, sources)).map(|text| text + "\n")?,
        Format::Sarif => {
            let log = sarif::report(diagnostics, sources, &prefix(dir));
            serde_json::to_string_pretty(&log).map(|text| text + "\n")?
        }
        Format::Github => github::render(diagnostics, sources, &prefix(dir)),
    };
    std::io::stdout().write_all(text.as_bytes())
}

/// What stands before the path of a file in `dir`; nothing if that leads out of the folder in which we are.
fn prefix(dir: &Path) -> String {
    let mut prefix = String::new();
    for part in dir.components() {
        match part {
            Component::CurDir => {}
            Component::Normal(name) => {
                prefix.push_str(&name.to_string_lossy());
                prefix.push('/');
            }
            _ => return String::new(),
        }
    }
    prefix
}

/// Colour only on terminals that want it; what is not for a screen is not cut to one.
fn style() -> Style {
    const ENDLESS: usize = 1000;
    let terminal = std::io::stderr().is_terminal();
    Style { colour: screen::colour(terminal), width: screen::columns(terminal).unwrap_or(ENDLESS) }
}

/// The most memory that this process has held so far, in millions of bytes; None where the system does not say.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let kib = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(kib.trim().strip_suffix(" kB")?.parse::<u64>().ok()? * 1024 / 1_000_000)
}

/// The stages of a run, how long each took, and the memory that was needed up to its end.
pub struct Stages {
    verbose: bool,
    /// What a person who waits is shown; not where each stage is told of when it is over.
    pub progress: Progress,
    last: Instant,
    total: Duration,
}

impl Stages {
    pub fn start(verbose: bool) -> Self {
        Stages { verbose, progress: Progress::default(), last: Instant::now(), total: Duration::ZERO }
    }

    /// The same, for a run that may be long.
    pub fn shown(talk: Talk) -> Self {
        let stages = Stages::start(talk.verbose);
        if talk.quiet || talk.verbose {
            return stages;
        }
        let progress = Progress::start();
        progress.at("reading", 0);
        Stages { progress, ..stages }
    }

    /// Takes away what is shown of a run, before anything else is printed.
    pub fn hide(&mut self) {
        self.progress = Progress::default();
    }

    /// The stage that just ended, and what came of it.
    pub fn done(&mut self, stage: &str, what: impl std::fmt::Display) {
        let took = self.last.elapsed();
        self.last = Instant::now();
        self.total += took;
        let next = match stage {
            "read" => "parsing",
            "parse" => "linking",
            "link" => "looking at the advice",
            "lint" => "planning",
            _ => "preparing",
        };
        self.progress.at(next, 0);
        if self.verbose {
            let peak = peak_memory().map_or(String::new(), |mb| format!("{mb:>6} MB"));
            eprintln!("{stage:<8} {:>8.1} ms{peak}  {what}", took.as_secs_f64() * 1000.0);
        }
    }

    /// The time of all stages so far.
    pub fn total(&self) -> Duration {
        self.total
    }
}
