//! Routes: where a page or file stands in the published site, and the relative URL between two of them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::PageName;
use crate::link::Catalog;
use crate::model::{Key, Kind, Spanned};

/// A path in the published site, with `/` between names and none in front: `capabilities/service-mesh.html`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route(Arc<str>);

impl Route {
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Route(path.into())
    }

    /// The route of a page of the first locale; other locales stand under `<locale>/`.
    pub fn of(name: &PageName) -> Self {
        let fixed = match name {
            PageName::Home => "index.html",
            PageName::Matrix => "matrix.html",
            PageName::Assess => "assess.html",
            PageName::Data => "data.html",
            PageName::Search => "search.html",
            PageName::Checklist => "checklist.html",
            PageName::Changes => "changes.html",
            PageName::NotFound => "404.html",
            PageName::Index(kind) => return Route::new(format!("{}/index.html", kind.folder())),
            PageName::TradeOff(capability) => return Route::new(format!("trade-offs/{capability}.html")),
            PageName::Thing(Key { kind, id }) => return Route::new(format!("{}/{id}.html", kind.folder())),
        };
        Route::new(fixed)
    }

    /// The route of a thing's JSON.
    pub fn of_json(key: &Key) -> Self {
        Route::new(format!("api/v1/{}/{}.json", key.kind.folder(), key.id))
    }

    /// The route of a page's twin in Markdown.
    pub fn twin(&self) -> Self {
        Route::new(format!("{}.md", self.0.trim_end_matches(".html")))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same path, to be held by whoever lists it.
    pub fn shared(&self) -> Arc<str> {
        Arc::clone(&self.0)
    }

    /// The relative URL from this page to the file at `to`.
    pub fn to(&self, to: &str) -> String {
        let (up, rest) = self.way_to(to);
        let mut url = String::with_capacity(3 * up + rest.len());
        (0..up).for_each(|_| url.push_str("../"));
        url.push_str(rest);
        url
    }

    /// The same for a text that begins with a path: how many folders up, and what follows then.
    pub fn way_to<'t>(&self, to: &'t str) -> (usize, &'t str) {
        let here = &*self.0;
        let same = here.bytes().zip(to.bytes()).take_while(|(a, b)| a == b).count();
        let shared = here.as_bytes()[..same].iter().rposition(|&byte| byte == b'/').map_or(0, |slash| slash + 1);
        (here[shared..].matches('/').count(), &to[shared..])
    }

    /// The path that a relative URL from this page leads to: the reverse of [`to`](Self::to).
    pub fn resolve(&self, url: &str) -> String {
        let mut folders: Vec<&str> = self.0.split('/').collect();
        folders.pop();
        let mut rest = url;
        while let Some(up) = rest.strip_prefix("../") {
            folders.pop();
            rest = up;
        }
        folders.iter().map(|folder| format!("{folder}/")).collect::<String>() + rest
    }

    /// `../` as often as it takes to reach the site's root: "" for a page at the root.
    pub fn to_root(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Old routes, one for every alias, to the page that stands in for it.
pub(super) fn redirects(catalog: &Catalog) -> BTreeMap<Route, PageName> {
    let mut redirects = BTreeMap::new();
    let mut add = |kind: Kind, aliases: &[Spanned<String>], id: &str| {
        for alias in aliases {
            let to = PageName::Thing(Key::new(kind, id));
            redirects.insert(Route::of(&PageName::Thing(Key::new(kind, &alias.value))), to);
        }
    };
    catalog.layers.iter().for_each(|x| add(Kind::Layer, &x.aliases, &x.id));
    catalog.capabilities.iter().for_each(|x| add(Kind::Capability, &x.aliases, &x.id));
    catalog.options.iter().for_each(|x| add(Kind::Option, &x.aliases, &x.id));
    catalog.facts.iter().for_each(|x| add(Kind::Fact, &x.aliases, &x.id));
    catalog.components.iter().for_each(|x| add(Kind::Component, &x.aliases, &x.id));
    catalog.cases.iter().for_each(|x| add(Kind::Case, &x.aliases, &x.id));
    catalog.pages.iter().for_each(|x| add(Kind::Page, &x.aliases, &x.id));
    // A capability takes the pages of its triggers and of its trade-off along.
    for capability in &catalog.capabilities {
        for alias in &capability.aliases {
            if capability.trade_off.is_some() {
                let to = PageName::TradeOff(capability.id.clone());
                redirects.insert(Route::of(&PageName::TradeOff(alias.value.clone())), to);
            }
            for trigger in capability.triggers.iter().filter_map(|trigger| trigger.id.as_ref()) {
                let page =
                    |capability: &str| PageName::Thing(Key::new(Kind::Trigger, format!("{capability}.{trigger}")));
                redirects.insert(Route::of(&page(&alias.value)), page(&capability.id));
            }
        }
    }
    redirects
}

/// The name of a file as a URL has it: what means something else there, or nothing, is escaped.
pub fn url_path(path: &str) -> String {
    let mut url = String::with_capacity(path.len());
    for character in path.chars() {
        match character {
            ' ' | '"' | '#' | '%' | '<' | '>' | '?' | '[' | ']' | '\\' | '^' | '`' | '{' | '|' | '}' | ':' => {
                url.push_str(&format!("%{:02X}", u32::from(character)));
            }
            other => url.push(other),
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_urls() {
        let from = Route::new("capabilities/service-mesh.html");
        assert_eq!(from.to("capabilities/index.html"), "index.html");
        assert_eq!(from.to("facts/microservices.html"), "../facts/microservices.html");
        assert_eq!(from.to("index.html"), "../index.html");
        assert_eq!(Route::new("index.html").to("pages/guide/a.html"), "pages/guide/a.html");
        assert_eq!(Route::new("pages/guide/a.html").to("pages/about.html"), "../about.html");
        assert_eq!(Route::new("a/bc/d.html").to("a/bd/d.html"), "../bd/d.html");
        assert_eq!(Route::new("a/é.html").to("a/è/e.html"), "è/e.html");
        assert_eq!(from.to_root(), "../");
        for route in ["capabilities/index.html", "facts/microservices.html", "index.html"] {
            assert_eq!(from.resolve(&from.to(route)), route);
        }
    }
}
