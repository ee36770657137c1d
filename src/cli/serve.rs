//! `worthwhile serve`: build, serve, and follow every edit.

use std::sync::Arc;

use clap::Args;

use super::compile::{self, Compiled};
use super::report::{self, Stages};
use super::{FINE, SiteArgs, Talk};
use crate::diagnostic::terminal::{self, Style};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, json};
use crate::output::{Site, render_fault};
use crate::read::Sources;
use crate::serve::{self, File, Outcome, RenderedDiagnostic, ServedSite, content_type};

#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub struct ServeArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// The address to serve at; more than this machine can reach it if it is not a loopback address
    #[arg(long, default_value = "127.0.0.1", value_name = "ADDR")]
    host: String,
    /// The port [default: 4000, or the next that is free]
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Show the site in the browser
    #[arg(long)]
    open: bool,
}

const AFTER_HELP: &str = "\
Examples:
  worthwhile serve --open
  worthwhile serve mysite --port 8080

A broken edit keeps the last good site up, and shows what is wrong over it.";

pub fn run(args: &ServeArgs, talk: Talk) -> anyhow::Result<u8> {
    let dir = args.site.dir.clone();
    if !dir.join("content").is_dir() {
        anyhow::bail!("{}: there is no folder `content` here", dir.display());
    }
    let options = serve::Options {
        host: args.host.clone(),
        port: args.port,
        open: args.open,
        watch: vec![dir.join("content"), dir.join("themes")],
        ignore: vec![dir.join("public")],
    };
    let site = args.site.clone();
    let mut memo = compile::Memo::default();
    let running = serve::start(move || build(&site, &mut memo, talk), &options)?;
    running.notes.iter().for_each(|note| eprintln!("note: {note}"));
    if !talk.quiet {
        eprintln!("serving {} at {} (stop: Ctrl+C)", dir.display(), running.url);
    }
    running.wait()?;
    Ok(FINE)
}

/// One build for the server: the same stages as `worthwhile build`, but that pages are made when they are asked for.
fn build(args: &SiteArgs, memo: &mut compile::Memo, talk: Talk) -> Outcome {
    let mut stages = Stages::shown(talk);
    let compiled = compile::again(args, memo, &mut stages);
    stages.hide();
    match compiled {
        Ok(Compiled { sources, mut site, mut diagnostics }) => {
            // Pages are made when they are asked for, but an author who edits a template looks here first.
            if let Some(made) = site.as_ref().filter(|_| sources.files.keys().any(|path| path.starts_with("themes/"))) {
                diagnostics.extend(made.try_templates(&sources));
                diagnostics.sort();
                site = site.filter(|_| !diagnostics.has_errors());
            }
            report::show(&diagnostics, &sources);
            if site.is_some() && !talk.quiet {
                eprintln!("built in {} ms", stages.total().as_millis());
            }
            let rendered = rendered(&diagnostics, &sources);
            let site = site.map(|site| Arc::new(Served { site, sources }) as Arc<dyn ServedSite>);
            Outcome { errors: site.is_none(), site, diagnostics: rendered }
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            let world = RenderedDiagnostic {
                severity: "error".into(),
                message: format!("{error:#}"),
                ..RenderedDiagnostic::default()
            };
            Outcome { site: None, diagnostics: vec![world], errors: true }
        }
    }
}

/// A compiled site that renders what is asked for.
struct Served {
    site: Site,
    sources: Sources,
}

impl ServedSite for Served {
    fn get(&self, route: &str) -> Option<Result<File, String>> {
        let output = self.site.output(route)?;
        Some(match self.site.bytes(&output) {
            Ok(bytes) => Ok(File { bytes, content_type: content_type(route) }),
            Err(error) => {
                let fault = render_fault(&error, 0, &self.site.plan, &self.sources);
                Err(terminal::one(&fault, &self.sources, Style { colour: false, width: 120 }))
            }
        })
    }
}

/// How many diagnostics a page shows: nobody reads more before the first of them are mended, and each page that is open
/// is told all of them.
const SHOWN: usize = 100;

fn rendered(diagnostics: &Diagnostics, sources: &Sources) -> Vec<RenderedDiagnostic> {
    let mut shown: Vec<&Diagnostic> = diagnostics.iter().collect();
    if shown.len() > SHOWN {
        // The errors are what keeps the site from being built.
        shown.sort_by_key(|diagnostic| diagnostic.severity() != Severity::Error);
        shown.truncate(SHOWN);
    }
    let snippets = terminal::each(shown.iter().copied(), sources, Style { colour: false, width: 100 });
    let mut rendered: Vec<RenderedDiagnostic> = json::items(shown.iter().copied(), sources)
        .into_iter()
        .zip(snippets)
        .map(|(item, snippet)| RenderedDiagnostic {
            severity: item.severity.into(),
            code: item.code.into(),
            file: item.place.file,
            line: item.place.line,
            column: item.place.column,
            message: item.message,
            snippet,
        })
        .collect();
    let more = diagnostics.iter().count() + diagnostics.not_kept() - rendered.len();
    if more > 0 {
        let message = format!("{more} more; the terminal shows them");
        rendered.push(RenderedDiagnostic { severity: "note".into(), message, ..RenderedDiagnostic::default() });
    }
    rendered
}
