//! `worthwhile man`: the manual pages, one for the program and one for each verb.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, CommandFactory};
use clap_mangen::Man;

use super::assess::layout::print;
use super::{Cli, FINE, Talk, files};

#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub struct ManArgs {
    /// Write a page for the program and for each verb into this folder [default: print the program's]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

const AFTER_HELP: &str = "\
Examples:
  worthwhile man | man -l -
  worthwhile man --out ~/.local/share/man/man1";

pub fn run(args: &ManArgs, talk: Talk) -> anyhow::Result<u8> {
    let mut program = Cli::command();
    program.build();
    let Some(folder) = &args.out else {
        let mut page = Vec::new();
        Man::new(program).render(&mut page)?;
        print(&String::from_utf8_lossy(&page))?;
        return Ok(FINE);
    };
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let verbs = program.get_subcommands().filter(|verb| verb.get_name() != "help").cloned();
    let mut pages: Vec<(String, clap::Command)> =
        verbs.map(|verb| (format!("worthwhile-{}", verb.get_name()), verb)).collect();
    pages.push(("worthwhile".to_owned(), program.clone()));
    for (name, command) in &pages {
        let mut page = Vec::new();
        Man::new(command.clone()).title(name).render(&mut page)?;
        let path = folder.join(format!("{name}.1"));
        files::write(&path, &page)?;
    }
    let written = pages.len();
    if !talk.quiet {
        eprintln!("{written} pages in {}", folder.display());
    }
    Ok(FINE)
}
