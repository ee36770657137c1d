//! Diagnostics to the terminal, and the time that each stage took.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use crate::diagnostic::terminal::{self, Style};
use crate::diagnostic::{Diagnostics, json};
use crate::read::Sources;

/// How diagnostics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people: with the line at fault
    Human,
    /// For programs
    Json,
}

/// Prints diagnostics: for people to stderr, for programs to stdout.
pub fn print(diagnostics: &Diagnostics, sources: &Sources, format: Format) {
    match format {
        Format::Human if diagnostics.is_empty() => {}
        Format::Human => eprintln!("{}", terminal::render(diagnostics, sources, style())),
        Format::Json => {
            let report = json::report(diagnostics, sources);
            println!("{}", serde_json::to_string_pretty(&report).expect("a report of strings and numbers is JSON"));
        }
    }
}

/// Colour only on terminals that want it.
fn style() -> Style {
    let wanted = std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
    let width = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).unwrap_or(120);
    Style { colour: wanted && std::io::stderr().is_terminal(), width }
}

/// The stages of a run and how long each took.
pub struct Stages {
    verbose: bool,
    last: Instant,
    total: Duration,
}

impl Stages {
    pub fn start(verbose: bool) -> Self {
        Stages { verbose, last: Instant::now(), total: Duration::ZERO }
    }

    /// The stage that just ended, and what came of it.
    pub fn done(&mut self, stage: &str, what: impl std::fmt::Display) {
        let took = self.last.elapsed();
        self.last = Instant::now();
        self.total += took;
        if self.verbose {
            eprintln!("{stage:<8} {:>8.1} ms  {what}", took.as_secs_f64() * 1000.0);
        }
    }

    /// The time of all stages so far.
    pub fn total(&self) -> Duration {
        self.total
    }
}
