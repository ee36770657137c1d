//! `worthwhile completions`: what a shell needs to complete verbs and options.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::assess::layout::print;
use super::{Cli, FINE};

#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub struct CompletionsArgs {
    /// bash, zsh, fish, powershell or elvish
    shell: Shell,
}

const AFTER_HELP: &str = "\
Examples:
  worthwhile completions bash >~/.local/share/bash-completion/completions/worthwhile
  worthwhile completions zsh >~/.zfunc/_worthwhile
  worthwhile completions fish >~/.config/fish/completions/worthwhile.fish
  worthwhile completions powershell >>$PROFILE";

pub fn run(args: &CompletionsArgs) -> anyhow::Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "worthwhile", &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(FINE)
}
