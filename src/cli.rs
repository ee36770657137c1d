//! The command line: one verb per file, mostly printing. Results on stdout, talk on stderr.

/// In this room talk goes to stderr as far as it can be heard: a full disk or a closed pipe there is no reason to fail.
macro_rules! eprintln {
    () => { eprintln!("") };
    ($($text:tt)*) => {{
        let _ = std::io::Write::write_fmt(&mut std::io::stderr().lock(), format_args!("{}\n", format_args!($($text)*)));
    }};
}

/// The same for a line that goes on.
macro_rules! eprint {
    ($($text:tt)*) => {{
        let _ = std::io::Write::write_fmt(&mut std::io::stderr().lock(), format_args!($($text)*));
    }};
}

mod assess;
mod build;
mod check;
mod clean;
mod compile;
mod completions;
mod decide;
mod diff;
mod explain;
mod files;
mod import;
mod init;
mod man;
mod mcp;
mod mend;
mod new;
mod progress;
mod report;
mod schema;
mod screen;
mod serve;
mod theme;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand};

/// Everything went well.
const FINE: u8 = 0;
/// There were findings: diagnostics of severity error.
const FINDINGS: u8 = 1;
/// An argument that means nothing here; clap has the same for those that mean nothing anywhere.
const USAGE: u8 = 2;
/// The world failed: disk, port.
const WORLD: u8 = 3;

/// Compiles capability YAML and Markdown prose into a decision site.
#[derive(Parser)]
#[command(name = "worthwhile", version, about, after_help = AFTER_HELP)]
struct Cli {
    #[command(flatten)]
    talk: Talk,
    #[command(subcommand)]
    verb: Verb,
}

const AFTER_HELP: &str = "\
Examples:
  worthwhile init mysite              a small complete site to start from
  worthwhile build                    content/ -> public/
  worthwhile build mysite --base-url https://example.org/decisions/
  worthwhile check --format json      all of build but the writing
  worthwhile serve --open             build, serve, rebuild on every change
  worthwhile assess --case small-shop --explain automated-rollback
  worthwhile assess --fact releases_per_week=8 --ask

Exit codes: 0 fine, 1 findings, 2 usage (an argument that means nothing here), 3 the world failed (disk, port).";

#[derive(Args, Clone, Copy)]
struct Talk {
    /// Say nothing but what is wrong
    #[arg(long, short, global = true)]
    quiet: bool,
    /// Say how long each stage took
    #[arg(long, short, global = true, conflicts_with = "quiet")]
    verbose: bool,
}

#[derive(Subcommand)]
enum Verb {
    /// Make a small complete site to start from
    Init(init::InitArgs),
    /// Add a layer, a capability, an option, a fact, a component, a case, a decision or a page
    New(new::NewArgs),
    /// Turn a framework that is one Markdown document into content files
    Import(import::ImportArgs),
    /// Compile the site and write it
    Build(build::BuildArgs),
    /// Everything that build does, but for the writing
    Check(check::CheckArgs),
    /// Build, serve on this machine, and follow every edit
    Serve(serve::ServeArgs),
    /// Speak of the site to AI agents, over the Model Context Protocol
    Mcp(mcp::McpArgs),
    /// Say what is worthwhile for one situation, and why
    Assess(assess::AssessArgs),
    /// Say which verdicts change between two profiles, or two sites, and why
    Diff(diff::DiffArgs),
    /// Write a choice down as a decision record
    Decide(decide::DecideArgs),
    /// Say why a finding is reported, and how to mend it
    Explain(explain::ExplainArgs),
    /// Write the schemas of what authors write, for editors
    Schema(schema::SchemaArgs),
    /// Say which file of the theme comes from where, or copy one to change it
    Theme(theme::ThemeArgs),
    /// Remove what build wrote, and nothing else
    Clean(clean::CleanArgs),
    /// Print what a shell needs to complete verbs and options
    Completions(completions::CompletionsArgs),
    /// Print the manual page, or write one for each verb
    Man(man::ManArgs),
}

#[derive(Args, Clone)]
struct SiteArgs {
    /// The site's folder: it holds content/ and, if it overrides the theme, themes/
    #[arg(default_value = ".")]
    dir: PathBuf,
}

/// A path as it is told: without `./` where the site's folder is the one we are in.
fn told(path: &Path) -> std::path::Display<'_> {
    path.strip_prefix(".").unwrap_or(path).display()
}

/// A path as a shell takes it for one word.
fn word(path: &Path) -> String {
    let path = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+:@%,=".contains(c);
    if !path.is_empty() && path.chars().all(plain) { path } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

/// The command line as its parser has it: verbs, options and their help, for whoever describes it.
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    // The calling thread works as well, so that one thread is one. Not where it waits for a server to end.
    if !matches!(cli.verb, Verb::Serve(_) | Verb::Mcp(_)) {
        let _ = rayon::ThreadPoolBuilder::new().use_current_thread().build_global();
    }
    let result = match cli.verb {
        Verb::Init(args) => init::run(&args, cli.talk),
        Verb::New(args) => new::run(&args, cli.talk),
        Verb::Import(args) => import::run(&args, cli.talk),
        Verb::Build(args) => build::run(&args, cli.talk),
        Verb::Check(args) => check::run(&args, cli.talk),
        Verb::Serve(args) => serve::run(&args, cli.talk),
        Verb::Mcp(args) => mcp::run(&args, cli.talk),
        Verb::Assess(args) => assess::run(&args, cli.talk),
        Verb::Diff(args) => diff::run(&args, cli.talk),
        Verb::Decide(args) => decide::run(&args, cli.talk),
        Verb::Explain(args) => explain::run(&args),
        Verb::Schema(args) => schema::run(&args, cli.talk),
        Verb::Theme(args) => theme::run(&args, cli.talk),
        Verb::Clean(args) => clean::run(&args, cli.talk),
        Verb::Completions(args) => completions::run(&args),
        Verb::Man(args) => man::run(&args, cli.talk),
    };
    match result {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(WORLD)
        }
    }
}
