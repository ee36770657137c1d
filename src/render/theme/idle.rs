//! What of a theme nothing uses.

use std::collections::BTreeSet;

use super::manifest::Manifest;
use super::{Default, Files};

/// Something of a theme that nothing uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Idle {
    /// A file of the site's own, relative to the theme's folder.
    File(String),
    /// Every file of the default theme in this list of `theme.yaml`: `styles` or `scripts`.
    Defaults(&'static str),
}

/// Files of the site's own that stand for none of the program's, that are not published as they are, and that neither the
/// manifest nor a template names; and lists that leave out all that the default theme has.
pub(super) fn idle(files: &Files<'_>, manifest: &Manifest) -> Vec<Idle> {
    let styles: BTreeSet<String> = manifest.styles.iter().map(|file| format!("styles/{file}")).collect();
    let scripts: BTreeSet<String> = manifest.script_files().map(|file| format!("scripts/{file}")).collect();
    let lists = [("styles", &styles), ("scripts", &scripts)].into_iter();
    let left_out = lists.filter(|(_, named)| !named.iter().any(|path| Default::get(path).is_some()));
    let is_idle = |path: &&String| {
        let for_people = !path.contains('/') && [".md", ".txt"].iter().any(|ending| path.ends_with(ending))
            || ["README", "LICENSE", "NOTICE", "COPYING"].contains(&path.as_str());
        match path.split_once('/') {
            Some(("assets", _)) => false,
            // Words of another language wait for their `locale`.
            Some(("locales", name)) if name.ends_with(".yaml") => false,
            Some(("templates", name)) if name.ends_with(".html") => {
                Default::get(path).is_none() && !is_named(files, path, name)
            }
            _ => {
                let stands_in =
                    Default::get(path).is_some() && !path.starts_with("styles/") && !path.starts_with("scripts/");
                !for_people && !stands_in && !styles.contains(*path) && !scripts.contains(*path)
            }
        }
    };
    let idle = files.own.keys().filter(is_idle).cloned().map(Idle::File);
    left_out.map(|(list, _)| Idle::Defaults(list)).chain(idle).collect()
}

/// True if a template names this one, or if it holds components, which are there for all.
fn is_named(files: &Files<'_>, path: &str, name: &str) -> bool {
    let reads =
        |path: &str, words: &[&str]| files.text(path).is_ok_and(|text| words.iter().any(|word| text.contains(word)));
    let quoted = [format!("\"{name}\""), format!("'{name}'")];
    let quoted = quoted.each_ref().map(String::as_str);
    reads(path, &["{% component"]) || files.below("templates/").iter().any(|other| reads(other, &quoted))
}
