//! `worthwhile import`: a framework written as one Markdown document becomes content files.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::Args;

use super::assess::layout::count;
use super::files::Made;
use super::{FINDINGS, FINE, Talk, report, word};
use crate::diagnostic::terminal;
use crate::import;
use crate::read::Sources;

#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub struct ImportArgs {
    /// The document: Markdown, in English or Dutch
    file: PathBuf,
    /// The folder of the new site
    #[arg(long)]
    out: PathBuf,
}

const AFTER_HELP: &str = "\
Examples:
  worthwhile import framework.md --out mine
  worthwhile serve mine --open

Chapters with parts such as \"Trigger\", \"Not when\", \"Trade-offs\", \"Decision points\", \"Timing\" and \"Builds on\" become
capabilities, other chapters pages. import-report.md beside content/ says where each line went, and holds every line
that is in no file. Statements get their conditions from you.";

pub fn run(args: &ImportArgs, talk: Talk) -> anyhow::Result<u8> {
    let name = || args.file.display().to_string();
    let bytes = std::fs::read(&args.file).with_context(name)?;
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            eprintln!("error: {}: the byte at offset {at} is not UTF-8; save the file as UTF-8", name());
            return Ok(FINDINGS);
        }
    };
    let content = args.out.join("content");
    if content.exists() {
        bail!("{}: is there already; a document is imported into a new site", content.display());
    }
    let stem = args.file.file_stem().map_or("Our decisions".into(), |stem| stem.to_string_lossy().into_owned());
    let imported = import::import(&stem, &text);
    let mut sources = Sources::default();
    for (path, text) in &imported.files {
        sources.files.insert(Arc::from(path.as_str()), Arc::from(text.as_bytes()));
    }
    Made::together(|made| {
        for (path, text) in &imported.files {
            made.file(&args.out.join(path), text.as_bytes())?;
        }
        made.file(&args.out.join("import-report.md"), imported.report.as_bytes())
    })?;
    let (_, diagnostics) = crate::compile(&sources, None);
    if diagnostics.has_errors() {
        report::show(&diagnostics, &sources);
    }
    if !talk.quiet {
        let out = args.out.display();
        let capabilities = match imported.capabilities {
            1 => "1 capability".to_owned(),
            many => format!("{many} capabilities"),
        };
        let (pages, files) = (count(imported.pages, "page"), count(imported.files.len(), "file"));
        eprintln!("{out}: {capabilities} and {pages} in {files}");
        let told = args.out.join("import-report.md");
        match imported.left.len() {
            0 => eprintln!("every line is in a file; where each went: {}", told.display()),
            1 => eprintln!("1 line is in no file: read {}", told.display()),
            many => eprintln!("{many} lines are in no file: read {}", told.display()),
        }
        if !diagnostics.is_empty() {
            eprintln!("check finds {}: worthwhile check {}", terminal::totals(&diagnostics), word(&args.out));
        }
    }
    Ok(if diagnostics.has_errors() { FINDINGS } else { FINE })
}
