//! `worthwhile clean`: remove what build wrote, and nothing else.

use std::path::PathBuf;

use clap::Args;

use super::{FINE, SiteArgs, Talk};
use crate::publish;

#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub struct CleanArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// The folder that was written [default: public/ in DIR]
    #[arg(long)]
    out: Option<PathBuf>,
}

const AFTER_HELP: &str = "\
Examples:
  worthwhile clean                     public/ here, but for what is not ours
  worthwhile clean --out /srv/www/decisions";

pub fn run(args: &CleanArgs, talk: Talk) -> anyhow::Result<u8> {
    let out = args.out.clone().unwrap_or_else(|| args.site.dir.join("public"));
    let receipt = publish::clean(&out, &publish::Options::default())?;
    receipt.notes.iter().for_each(|note| eprintln!("note: {note}"));
    if !talk.quiet {
        let kept =
            if receipt.kept > 0 { format!("; {} files that are not ours stay", receipt.kept) } else { String::new() };
        eprintln!("{}: {} files removed{kept}", out.display(), receipt.removed);
    }
    Ok(FINE)
}
