//! The catalog: everything that was authored, linked, with the questions one asks of it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use foldhash::HashMap;

use crate::model::condition::FactIx;
use crate::model::{
    Asset, Capability, Case, Change, Component, Condition, Decision, Fact, Key, Kind, Layer, ListKind, OptionPage,
    Page, Piece, Profile, Shared, Site, Statement, Text, TradeOffBody,
};

/// Every thing of a site, with every reference resolved. Immutable.
///
/// Order inside each list is reading order: layers by `order`, capabilities by layer and `order`, facts as declared
/// (files by name), the rest by `order` where they have one, else by id.
#[derive(Debug, Clone)]
pub struct Catalog {
    pub site: Site,
    pub layers: Vec<Layer>,
    pub capabilities: Shared<Capability<Condition>>,
    pub options: Shared<OptionPage>,
    pub components: Vec<Component>,
    pub facts: Vec<Fact>,
    pub cases: Vec<Case<Profile>>,
    pub decisions: Vec<Decision<Profile>>,
    pub pages: Vec<Page>,
    pub changes: Vec<Change>,
    /// Files below `content/assets`, by path relative to it.
    pub assets: BTreeMap<String, Asset>,
    pub(super) names: Arc<Names>,
}

/// What a name in `[[…]]` may mean.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    /// Present ids and aliases, by kind and id, to the present key.
    pub by_key: HashMap<Key, Key>,
    /// Names without a kind, to every present key they may mean.
    pub bare: HashMap<String, Vec<Key>>,
    /// The same names, sorted, once they were asked for.
    pub bare_sorted: OnceLock<Vec<String>>,
    /// Place of each thing in its list.
    pub place: Places,
    /// Paths of content files (`capabilities/service-mesh.md`), relative to `content/`.
    pub files: BTreeMap<String, Key>,
}

/// Where a statement stands.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    pub capability: &'a Capability<Condition>,
    pub list: ListKind,
    pub statement: &'a Statement<Condition>,
    /// For `use_when` inside a trade-off: the option's id.
    pub option: Option<&'a str>,
}

impl Catalog {
    /// The present key for a name as written in `[[…]]`: `service-mesh`, `option:linkerd`, an alias.
    /// None if it names nothing, or more than one thing.
    pub fn resolve(&self, name: &str) -> Option<&Key> {
        self.names.resolve(name)
    }

    /// The present key of a thing by its kind and its id or an alias.
    pub fn key(&self, kind: Kind, id: &str) -> Option<&Key> {
        self.names.by_key.get(&Key::new(kind, id))
    }

    /// The key of the thing that a content file describes; `path` is relative to `content/`.
    pub fn key_of_file(&self, path: &str) -> Option<&Key> {
        self.names.files.get(path)
    }

    /// The key that the name of a hole means: as [`resolve`](Self::resolve), or the path of a content file.
    pub fn named(&self, name: &str) -> Option<&Key> {
        let is_path = name.ends_with(".md") || name.ends_with(".yaml");
        if is_path { self.key_of_file(name) } else { self.resolve(name) }
    }

    pub fn place(&self, kind: Kind, id: &str) -> Option<usize> {
        self.names.place.get(kind, id)
    }

    pub fn layer(&self, id: &str) -> Option<&Layer> {
        self.place(Kind::Layer, id).map(|n| &self.layers[n])
    }

    pub fn capability(&self, id: &str) -> Option<&Capability<Condition>> {
        self.place(Kind::Capability, id).map(|n| &self.capabilities[n])
    }

    pub fn option(&self, id: &str) -> Option<&OptionPage> {
        self.place(Kind::Option, id).map(|n| &self.options[n])
    }

    pub fn component(&self, id: &str) -> Option<&Component> {
        self.place(Kind::Component, id).map(|n| &self.components[n])
    }

    pub fn case(&self, id: &str) -> Option<&Case<Profile>> {
        self.place(Kind::Case, id).map(|n| &self.cases[n])
    }

    pub fn page(&self, id: &str) -> Option<&Page> {
        self.place(Kind::Page, id).map(|n| &self.pages[n])
    }

    pub fn fact_ix(&self, id: &str) -> Option<FactIx> {
        self.place(Kind::Fact, id).map(FactIx)
    }

    pub fn fact(&self, ix: FactIx) -> &Fact {
        &self.facts[ix.0]
    }

    /// A trigger by its full id, `<capability>.<trigger>`.
    pub fn trigger(&self, id: &str) -> Option<(&Capability<Condition>, &Statement<Condition>)> {
        let (capability, trigger) = id.split_once('.')?;
        let capability = self.capability(capability)?;
        capability.triggers.iter().find(|s| s.id.as_deref() == Some(trigger)).map(|s| (capability, s))
    }

    /// Every trigger of every capability, in reading order, with its full id.
    pub fn triggers(&self) -> impl Iterator<Item = (String, &Capability<Condition>, &Statement<Condition>)> {
        self.capabilities.iter().flat_map(|c| {
            c.triggers.iter().filter_map(move |s| s.id.as_ref().map(|id| (format!("{}.{id}", c.id), c, s)))
        })
    }

    /// The title of a thing. A trigger's title is its text without markup.
    pub fn title(&self, key: &Key) -> Option<String> {
        self.titled(key).map(Cow::into_owned)
    }

    /// The same, borrowed where it stands somewhere.
    pub fn titled(&self, key: &Key) -> Option<Cow<'_, str>> {
        let id = key.id.as_str();
        let title: &str = match key.kind {
            Kind::Layer => return self.layer(id).map(|layer| Cow::Owned(self.layer_name(layer))),
            Kind::Trigger => return self.trigger(id).map(|(_, trigger)| self.said(&trigger.text)),
            Kind::Capability => &self.capability(id)?.title,
            Kind::Option => &self.option(id)?.title,
            Kind::Fact => &self.fact(self.fact_ix(id)?).title,
            Kind::Component => &self.component(id)?.title,
            Kind::Case => &self.case(id)?.title,
            Kind::Decision => &self.decisions.iter().find(|decision| decision.id == id)?.title,
            Kind::Page => &self.page(id)?.title,
        };
        Some(Cow::Borrowed(title))
    }

    /// What a layer is called: the site's label and its number ("Layer 2").
    pub fn layer_name(&self, layer: &Layer) -> String {
        format!("{} {}", self.site.layer_label, layer.order)
    }

    /// A text without markup, its title holes filled.
    pub fn plain(&self, text: &Text) -> String {
        self.said(text).into_owned()
    }

    /// The same, borrowed where the text has no such holes.
    pub fn said<'t>(&self, text: &'t Text) -> Cow<'t, str> {
        if !text.pieces().iter().any(|piece| matches!(piece, Piece::Title { .. })) {
            return Cow::Borrowed(text.plain());
        }
        let title = |name: &str| self.resolve(name).and_then(|key| self.title(key)).unwrap_or_else(|| name.to_owned());
        Cow::Owned(crate::model::text::plain(text.pieces(), &title))
    }

    /// Every conditioned statement of every capability, trade-offs included, in reading order.
    pub fn readers(&self) -> Vec<Reader<'_>> {
        let mut readers = Vec::new();
        for capability in &self.capabilities {
            for (list, _, statement) in capability.statements() {
                if statement.when.is_some() {
                    readers.push(Reader { capability, list, statement, option: None });
                }
            }
            if let Some(TradeOffBody::Options(rows)) = capability.trade_off.as_ref().map(|t| &t.body) {
                for row in rows {
                    for statement in row.use_when.iter().filter(|s| s.when.is_some()) {
                        readers.push(Reader {
                            capability,
                            list: ListKind::UseWhen,
                            statement,
                            option: Some(&row.option.key.id),
                        });
                    }
                }
            }
        }
        readers
    }
}

/// The place of a thing in its list, by kind and id. It is asked some hundred times for every page.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    of_kind: [HashMap<String, usize>; Kind::ALL.len()],
    /// The ids of each kind, once they were asked for: thousands of wrong names ask again and again.
    sorted: [OnceLock<Vec<String>>; Kind::ALL.len()],
}

impl Places {
    pub fn get(&self, kind: Kind, id: &str) -> Option<usize> {
        self.of_kind[kind as usize].get(id).copied()
    }

    /// The ids of a kind, sorted.
    pub fn ids(&self, kind: Kind) -> &[String] {
        self.sorted[kind as usize].get_or_init(|| {
            let mut ids: Vec<String> = self.of_kind[kind as usize].keys().cloned().collect();
            ids.sort_unstable();
            ids
        })
    }

    /// Keeps the first place where an id has two.
    pub fn add(&mut self, key: &Key, place: usize) {
        self.sorted[key.kind as usize].take();
        self.of_kind[key.kind as usize].entry(key.id.clone()).or_insert(place);
    }
}

impl Names {
    pub fn resolve(&self, name: &str) -> Option<&Key> {
        if let Some((kind, id)) = name.split_once(':') {
            return self.by_key.get(&Key::new(Kind::from_name(kind)?, id));
        }
        match self.bare.get(name).map(Vec::as_slice) {
            Some([key]) => Some(key),
            _ => None,
        }
    }
}
