//! `worthwhile mcp`: the site for AI agents, over the Model Context Protocol on standard input and output.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};

use super::assess::layout::print;
use super::compile;
use super::report::Stages;
use super::{FINDINGS, FINE, Talk};
use crate::mcp::{self, Client};

#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub struct McpArgs {
    /// The site's folder, or the framework.json of a published site
    #[arg(value_name = "DIR|FRAMEWORK", default_value = ".")]
    site: PathBuf,
    /// Print what a client is configured with, and end
    #[arg(long, value_name = "CLIENT", num_args = 0..=1, default_missing_value = "json")]
    print_config: Option<ConfigFor>,
}

const AFTER_HELP: &str = "\
Examples:
  worthwhile mcp --print-config        what an assistant needs to start it
  worthwhile mcp mysite";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ConfigFor {
    /// `mcpServers`, which most clients read
    Json,
    /// `servers`, for editors that follow VS Code
    Vscode,
    /// `mcp_servers` in TOML
    Toml,
}

pub fn run(args: &McpArgs, talk: Talk) -> anyhow::Result<u8> {
    if let Some(client) = args.print_config {
        print(&config(client, &args.site)?)?;
        return Ok(FINE);
    }
    let mut stages = Stages::start(talk.verbose);
    let Some((plan, words, _)) = compile::plan(&args.site, &mut stages)? else { return Ok(FINDINGS) };
    mcp::serve(plan, words)?;
    Ok(FINE)
}

/// The configuration that starts this program for this site, by absolute paths.
fn config(client: ConfigFor, site: &Path) -> anyhow::Result<String> {
    let program = std::env::current_exe().context("cannot tell where this program is")?;
    let site = site.canonicalize().with_context(|| format!("{}", site.display()))?;
    let client = match client {
        ConfigFor::Json => Client::Json,
        ConfigFor::Vscode => Client::Vscode,
        ConfigFor::Toml => Client::Toml,
    };
    Ok(mcp::config(client, &program.display().to_string(), &["mcp".into(), site.display().to_string()]))
}
