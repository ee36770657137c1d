//! `worthwhile mcp`: the site for AI agents, over the Model Context Protocol on standard input and output.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};

use super::compile::{self, Compiled};
use super::report::{self, Stages};
use super::{FINDINGS, FINE, SiteArgs, Talk};
use crate::diagnostic::{Code, Diagnostics};
use crate::mcp::{self, Client};
use crate::plan::Plan;
use crate::render::theme::Theme;
use crate::view::Words;

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
        print!("{}", config(client, &args.site)?);
        return Ok(FINE);
    }
    let mut stages = Stages::start(talk.verbose);
    let Some((plan, words)) = load(&args.site, &mut stages)? else { return Ok(FINDINGS) };
    mcp::serve(plan, words)?;
    Ok(FINE)
}

/// The site in a folder or behind a file. None if it has errors, which are printed.
fn load(site: &Path, stages: &mut Stages) -> anyhow::Result<Option<(Plan, Words)>> {
    if !site.is_file() {
        let args = SiteArgs { dir: site.to_owned() };
        let Compiled { sources, site: compiled, diagnostics } = compile::run(&args, None, stages)?;
        let Some(compiled) = compiled else {
            report::show(&diagnostics, &sources);
            return Ok(None);
        };
        return Ok(Some((compiled.plan, compiled.theme.look.words)));
    }
    let bytes = std::fs::read(site).with_context(|| format!("cannot read {}", site.display()))?;
    let sources = mcp::sources(&bytes).with_context(|| format!("{}", site.display()))?;
    let (plan, diagnostics) = crate::compile(&sources, None);
    stages.done("compile", format_args!("{} pages planned", plan.pages.len()));
    // The site was checked when it was published; images and included files are not in the file.
    let absent = [Code::UnknownAsset, Code::MissingFile];
    let mut wrong = Diagnostics::new();
    diagnostics.iter().filter(|d| !absent.contains(&d.code)).for_each(|d| wrong.push(d.clone()));
    if wrong.has_errors() {
        report::show(&wrong, &sources);
        return Ok(None);
    }
    let theme = Theme::load(&Default::default(), &plan.catalog.site.locale);
    let theme = theme.map_err(|e| anyhow::anyhow!("the words of the default theme: {}", e.message))?;
    Ok(Some((plan, theme.look.words)))
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
