//! `worthwhile theme`: which file of the theme comes from where, and copies of files to change.

use std::collections::BTreeSet;

use anyhow::bail;
use clap::{Args, Subcommand};

use super::assess::layout::print;
use super::files::Made;
use super::{FINE, SiteArgs, Talk, USAGE, compile, told};
use crate::diagnostic::nearest;
use crate::parse;
use crate::render::theme;

#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub struct ThemeArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Say which file of the theme comes from where
    List(SiteArgs),
    /// Copy files of the default theme to the site's own, to be changed there
    Eject(EjectArgs),
}

#[derive(Args)]
struct EjectArgs {
    /// Files as `theme list` names them: templates/capability.html
    #[arg(required = true)]
    files: Vec<String>,
    /// The site's folder
    #[arg(long, default_value = ".")]
    dir: std::path::PathBuf,
}

/// What a theme says of itself.
const MANIFEST: &str = "theme.yaml";

const AFTER_HELP: &str = "\
Examples:
  worthwhile theme list
  worthwhile theme eject templates/capability.html styles/tokens.css

A file in themes/NAME/ stands for the file of the same name in the default theme, where site.yaml says `theme: NAME`.
What is not there comes from the program, and follows its version.";

pub fn run(args: &ThemeArgs, talk: Talk) -> anyhow::Result<u8> {
    match &args.what {
        What::List(site) => list(site),
        What::Eject(args) => eject(args, talk),
    }
}

/// The name of the site's theme, and the files of it that are its own.
fn own(site: &SiteArgs) -> anyhow::Result<(Option<String>, BTreeSet<String>)> {
    let sources = compile::sources(site)?;
    let name = parse::parse(&sources).0.site.and_then(|site| site.theme);
    let folder = format!("themes/{}/", name.as_deref().unwrap_or("default"));
    let files = sources.below(&folder).map(|(path, _)| path[folder.len()..].to_owned()).collect();
    Ok((name, files))
}

fn list(site: &SiteArgs) -> anyhow::Result<u8> {
    let (name, own) = own(site)?;
    let name = name.unwrap_or_else(|| "default".into());
    let all: BTreeSet<String> = theme::files().chain(own.iter().cloned()).collect();
    let longest = all.iter().map(String::len).max().unwrap_or(0);
    let mut out = String::new();
    for file in &all {
        let from = match (own.contains(file), theme::file(file).is_some()) {
            (true, true) => format!("themes/{name}/, in place of the default"),
            (true, false) => format!("themes/{name}/"),
            _ => "the program".into(),
        };
        out.push_str(&format!("{file:<longest$}  {from}\n"));
    }
    print(&out)?;
    Ok(FINE)
}

fn eject(args: &EjectArgs, talk: Talk) -> anyhow::Result<u8> {
    let site = SiteArgs { dir: args.dir.clone() };
    let (name, own) = own(&site)?;
    let all: Vec<String> = theme::files().collect();
    for file in &args.files {
        if theme::file(file).is_none() {
            let near = nearest(file, all.iter().map(String::as_str));
            let help =
                near.map_or("`worthwhile theme list` names them all".into(), |near| format!("did you mean `{near}`?"));
            eprintln!("error: the default theme has no file `{file}`; {help}");
            return Ok(USAGE);
        }
        if own.contains(file) {
            bail!("themes/{}/{file} is there already", name.as_deref().unwrap_or("default"));
        }
    }
    let folder = name.clone().unwrap_or_else(|| "mine".into());
    let own_folder = args.dir.join("themes").join(&folder);
    let templates = args.files.iter().any(|file| file.starts_with("templates/"));
    Made::together(|made| {
        for file in &args.files {
            made.file(&own_folder.join(file), &theme::file(file).unwrap_or_default())?;
        }
        if templates && !own.contains(MANIFEST) && !args.files.iter().any(|file| file == MANIFEST) {
            let text = format!(
                "# The version of what templates see that those here are for. Lists that are not here are those of the default\n\
             # theme. To add to them: `styles: [default, ours.css]`, `scripts: [default, ours.js]`.\nviews: {}\n",
                theme::VIEWS
            );
            made.file(&own_folder.join(MANIFEST), text.as_bytes())?;
        }
        Ok(())
    })?;
    if !talk.quiet {
        for file in &args.files {
            let path = own_folder.join(file);
            eprintln!("{}: written; it stands for the file of the default theme", told(&path));
        }
    }
    if name.is_none() && !talk.quiet {
        eprintln!("next: write `theme: {folder}` in content/site.yaml");
    }
    Ok(FINE)
}
