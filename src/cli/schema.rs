//! `worthwhile schema`: the schemas of what authors write, beside the content, and the settings that let an editor use
//! them.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Map, Value, json};

use super::assess::layout::print;
use super::files::Made;
use super::{FINDINGS, FINE, SiteArgs, Talk};
use crate::parse::authored;
use crate::schema;

#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub struct SchemaArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// Where to write the schemas of what authors write [default: schemas/ in the site's folder]
    #[arg(long, value_name = "DIR", conflicts_with = "print")]
    out: Option<PathBuf>,
    /// Print one schema instead, of whatever is authored or exported: `capability`, `authored-capability`, `profile`
    #[arg(long, value_name = "NAME")]
    print: Option<String>,
}

const AFTER_HELP: &str = "\
Examples:
  worthwhile schema                    schemas/ and the settings of an editor, beside content/
  worthwhile schema --print capability";

/// The files that a schema is for, as editors match them from the site's folder.
const FILES: [(&str, &str); 8] = [
    ("authored-site", "content/site.yaml"),
    ("authored-layer", "content/layers/*.yaml"),
    ("authored-capability", "content/capabilities/*.yaml"),
    ("authored-option", "content/options/*.yaml"),
    ("authored-component", "content/components/*.yaml"),
    ("authored-facts", "content/facts/*.yaml"),
    ("authored-case", "content/cases/*.yaml"),
    ("authored-changes", "content/changes.yaml"),
];

pub fn run(args: &SchemaArgs, talk: Talk) -> anyhow::Result<u8> {
    if let Some(name) = &args.print {
        let Some(schema) = schema::names().find(|known| known == name) else {
            let near = schema::names().min_by_key(|known| strsim::damerau_levenshtein(known, name));
            let names: Vec<&str> = schema::names().collect();
            eprintln!("error: there is no schema `{name}`");
            eprintln!("help: did you mean `{}`? There are: {}", near.unwrap_or_default(), names.join(", "));
            return Ok(FINDINGS);
        };
        print(&String::from_utf8_lossy(&schema::bytes(schema, None)))?;
        return Ok(FINE);
    }
    let folder = &args.site.dir;
    let out = args.out.clone().unwrap_or_else(|| folder.join("schemas"));
    let settings = format!("{:#}\n", settings(folder, &out));
    let path = folder.join(SETTINGS);
    let is_new = !path.exists();
    Made::together(|made| make(folder, &out, &settings, made))?;
    if !talk.quiet {
        eprintln!("{} schemas in {}", authored::NAMES.len(), out.display());
        match is_new {
            true => eprintln!("{} tells the YAML extension which file has which", path.display()),
            false => eprintln!("{} is there already; it needs what follows", path.display()),
        }
        eprintln!(
            "any editor with a YAML language server: `# yaml-language-server: $schema={}` as the first line of a file",
            relative(&out, &folder.join("content/capabilities")).join(file_name("authored-capability")).display()
        );
    }
    if !is_new {
        print(&settings)?;
    }
    Ok(FINE)
}

/// Does the same for a site that is made just now, without a word.
pub fn beside(dir: &Path, made: &mut Made) -> anyhow::Result<()> {
    let out = dir.join("schemas");
    make(dir, &out, &format!("{:#}\n", settings(dir, &out)), made)
}

/// Where editors look for settings.
const SETTINGS: &str = ".vscode/settings.json";

/// Writes the schemas, and the settings where there are none.
fn make(folder: &Path, out: &Path, settings: &str, made: &mut Made) -> anyhow::Result<()> {
    for name in authored::NAMES {
        made.put(&out.join(file_name(name)), &schema::bytes(name, None))?;
    }
    let path = folder.join(SETTINGS);
    if path.exists() { Ok(()) } else { made.file(&path, settings.as_bytes()) }
}

fn file_name(name: &str) -> String {
    format!("{name}.schema.json")
}

/// What an editor with the YAML language server needs: schema -> files, both from the site's folder.
fn settings(folder: &Path, out: &Path) -> Value {
    let out = relative(out, folder);
    let files: Map<String, Value> = FILES
        .into_iter()
        .map(|(name, files)| {
            let path = out.join(file_name(name)).to_string_lossy().replace('\\', "/");
            (if path.starts_with('.') { path } else { format!("./{path}") }, json!(files))
        })
        .collect();
    json!({ "yaml.schemas": files })
}

/// The path that leads from one folder to another.
fn relative(to: &Path, from: &Path) -> PathBuf {
    let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (to, from) = (whole(to), whole(from));
    let shared = to.components().zip(from.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(shared).map(|_| "..");
    up.map(PathBuf::from).chain(to.components().skip(shared).map(|c| PathBuf::from(c.as_os_str()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_between_folders() {
        let path = |to: &str, from: &str| relative(Path::new(to), Path::new(from)).to_string_lossy().into_owned();
        assert_eq!(path("/a/site/schemas", "/a/site"), "schemas");
        assert_eq!(path("/a/site/schemas", "/a/site/content/capabilities"), "../../schemas");
        assert_eq!(path("/b", "/a/site"), "../../b");
    }

    #[test]
    fn what_is_matched_is_authored() {
        for (name, _) in FILES {
            assert!(authored::NAMES.contains(&name), "{name}");
        }
    }
}
