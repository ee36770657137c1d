//! What a file of the content is, by its path.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Kind, Span};

/// What a path below `content/` holds.
pub enum Role<'p> {
    Site,
    Changes,
    Asset(&'p str),
    Yaml(Kind, &'p str),
    Facts(&'p str),
    Body(Kind, &'p str),
    FrontMatter(Kind, &'p str),
    Unknown,
}

/// By folder and extension.
pub fn role(path: &str) -> Role<'_> {
    let path = path.strip_prefix("content/").unwrap_or(path);
    match path {
        "site.yaml" => return Role::Site,
        "changes.yaml" => return Role::Changes,
        _ => {}
    }
    let Some((folder, rest)) = path.split_once('/') else { return Role::Unknown };
    if folder == "assets" {
        return Role::Asset(rest);
    }
    let kind = match folder {
        "layers" => Kind::Layer,
        "capabilities" => Kind::Capability,
        "options" => Kind::Option,
        "components" => Kind::Component,
        "facts" => Kind::Fact,
        "cases" => Kind::Case,
        "decisions" => Kind::Decision,
        "pages" => Kind::Page,
        _ => return Role::Unknown,
    };
    let nested = rest.contains('/') && kind != Kind::Page;
    match (kind, rest.rsplit_once('.')) {
        _ if nested => Role::Unknown,
        (Kind::Page | Kind::Decision, Some((stem, "md"))) => Role::FrontMatter(kind, stem),
        (Kind::Page | Kind::Decision, _) => Role::Unknown,
        (Kind::Fact, Some((stem, "yaml"))) => Role::Facts(stem),
        (Kind::Fact, _) => Role::Unknown,
        (_, Some((stem, "yaml"))) => Role::Yaml(kind, stem),
        (_, Some((stem, "md"))) => Role::Body(kind, stem),
        _ => Role::Unknown,
    }
}

/// What an author is told of a file that is none of these.
pub fn unknown_file(path: &Arc<str>) -> Diagnostic {
    let span = Span::file_start(path);
    let diagnostic = Diagnostic::new(Code::UnknownFile, span, format!("`{path}` is no content file"));
    let folder = path.strip_prefix("content/").and_then(|p| p.split_once('/')).map(|(folder, _)| folder);
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    let folders = ["layers", "capabilities", "options", "components", "facts", "cases", "decisions", "pages", "assets"];
    match folder {
        Some(folder) if folders.contains(&folder) && extension == "yml" => diagnostic.help("name it `.yaml`"),
        Some(folder) if folders.contains(&folder) => diagnostic.help(format!(
            "`content/{folder}` holds no such file; put what is published as it is into `content/assets`"
        )),
        Some(folder) => diagnostic.nearest(folder, folders),
        None => diagnostic.nearest(path.strip_prefix("content/").unwrap_or(path), ["site.yaml", "changes.yaml"]),
    }
}
