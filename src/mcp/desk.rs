//! What every answer is made from: the site, its words, and how things in it are looked up.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::tools::Index;
use crate::diagnostic::nearest;
use crate::model::{Capability, Condition, Key, Kind};
use crate::plan::{PageName, Plan, Route};
use crate::twin;
use crate::view::Words;

/// A site and the words of its theme.
pub struct Desk {
    pub plan: Plan,
    pub words: Words,
    index: OnceLock<Index>,
}

impl Desk {
    pub fn new(plan: Plan, words: Words) -> Self {
        Desk { plan, words, index: OnceLock::new() }
    }

    /// What is searched, made when it is first asked for.
    pub fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(self))
    }

    /// The key of a thing by a present or former id; or what to ask for instead.
    pub fn key(&self, kind: Kind, id: &str) -> Result<Key, String> {
        let id = id.trim();
        let of_kind = id.strip_prefix(&format!("{kind}:")).unwrap_or(id);
        if let Some(key) = self.plan.catalog.resolve(&format!("{kind}:{of_kind}")) {
            return Ok(key.clone());
        }
        let ids: Vec<String> = crate::export::keys(&self.plan, kind).into_iter().map(|key| key.id).collect();
        Err(unknown(kind.name(), id, ids.iter().map(String::as_str)))
    }

    /// The place of a capability in the catalog, and the capability.
    pub fn capability(&self, id: &str) -> Result<(usize, &Capability<Condition>), String> {
        let key = self.key(Kind::Capability, id)?;
        let mut capabilities = self.plan.catalog.capabilities.iter().enumerate();
        capabilities.find(|(_, c)| c.id == key.id).ok_or_else(|| format!("there is no capability `{id}`"))
    }

    /// A page as Markdown, links relative to the site's root.
    pub fn markdown(&self, name: &PageName) -> Option<String> {
        let page = self.plan.page(name)?;
        Some(twin::body(&self.plan, &self.words, page, &Route::new("index.md")))
    }

    pub fn title(&self, name: &PageName) -> String {
        twin::title(&self.plan, &self.words, name)
    }
}

/// Says that there is no such thing, and which there are.
pub fn unknown<'a>(kind: &str, wrong: &str, valid: impl Iterator<Item = &'a str>) -> String {
    const AT_MOST: usize = 12;
    let valid: Vec<&str> = valid.collect();
    let near = nearest(wrong, valid.iter().copied()).map_or_else(|| ending_in(wrong, &valid), |near| vec![near]);
    let near: Vec<String> = near.iter().map(|near| format!("`{near}`")).collect();
    let help = match near.is_empty() {
        false => format!("; did you mean {}?", near.join(" or ")),
        true if valid.len() <= AT_MOST => format!("; possible: {}", valid.join(", ")),
        true => "; `search` finds ids".to_owned(),
    };
    format!("there is no {kind} `{}`{help}", cut(wrong, LONGEST_NAME))
}

/// The names of which a wrong one is the last part: of `service-mesh.many-services` or `guides/first-steps`. The first
/// few, as it may be the last part of many.
fn ending_in<'a>(wrong: &str, valid: &[&'a str]) -> Vec<&'a str> {
    const AT_MOST: usize = 3;
    let last = |name: &'a str| name.rsplit(['.', '/']).next().filter(|last| last.len() < name.len());
    let Some(near) = nearest(wrong, valid.iter().filter_map(|name| last(name))) else { return Vec::new() };
    valid.iter().copied().filter(|name| last(name) == Some(near)).take(AT_MOST).collect()
}

/// What is told of a name that is wrong, in bytes.
pub const LONGEST_NAME: usize = 200;

/// A text, or its beginning.
pub fn cut(text: &str, most: usize) -> Cow<'_, str> {
    match text.len() > most {
        true => format!("{}…", &text[..text.floor_char_boundary(most)]).into(),
        false => text.into(),
    }
}

/// A part of a list from a cursor on, and the cursor of the next; a wrong cursor is refused.
pub fn page<T>(list: Vec<T>, cursor: Option<&str>, limit: Option<usize>) -> Result<(Vec<T>, Option<String>), String> {
    let start: usize = match cursor {
        None | Some("") => 0,
        Some(cursor) => cursor.parse().map_err(|_| {
            let cursor = cut(cursor, LONGEST_NAME);
            format!("`{cursor}` is no cursor: pass `next_cursor` as it was given")
        })?,
    };
    let end = start.saturating_add(limit.unwrap_or(usize::MAX).max(1));
    let next = (end < list.len()).then(|| end.to_string());
    Ok((list.into_iter().take(end).skip(start).collect(), next))
}
