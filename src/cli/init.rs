//! `worthwhile init`: a small complete site to start from.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use rust_embed::RustEmbed;

use super::files::Made;
use super::{FINE, Talk, schema, word};

#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub struct InitArgs {
    /// The folder of the new site; it is made if it is not there
    dir: PathBuf,
}

const AFTER_HELP: &str = "\
Examples:
  worthwhile init mine
  worthwhile serve mine --open

The site has two layers, three capabilities, their facts and a case, each file with a word on each of its keys,
schemas that let an editor complete and check them, and a workflow that checks and publishes the site. No file that is there already is touched.";

/// The files of a new site. `{version}` in them is the version of this program.
#[derive(RustEmbed)]
#[folder = "starter"]
struct Starter;

pub fn run(args: &InitArgs, talk: Talk) -> anyhow::Result<u8> {
    let dir = &args.dir;
    let files: Vec<String> = Starter::iter().map(|name| name.into_owned()).collect();
    // A second content/ beside the first would be a mix of two sites, even where no name is the same.
    let content = dir.join("content");
    if content.exists() {
        bail!("{}: is there already; a site is made where there is none", content.display());
    }
    Made::together(|made| {
        for name in &files {
            let file = Starter::get(name).context("an embedded file")?;
            let text = std::str::from_utf8(&file.data).context("the files of a new site are text")?;
            let path = dir.join(name);
            if path.exists() {
                eprintln!("note: {} is there already and stays as it is", path.display());
                continue;
            }
            made.file(&path, text.replace("{version}", env!("CARGO_PKG_VERSION")).as_bytes())?;
        }
        schema::beside(dir, made)
    })?;
    if !talk.quiet {
        eprintln!("{}: a site of {} files", dir.display(), files.len());
        let shown = word(dir);
        eprintln!("see it, and follow every edit:  worthwhile serve {shown} --open");
        eprintln!("make it yours:                  start with {}", content.join("site.yaml").display());
        eprintln!("add to it:                      worthwhile new capability ID --dir {shown}");
    }
    Ok(FINE)
}
