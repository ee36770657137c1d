//! The twins in Markdown hold every fact that the JSON of their thing holds; llms.txt tells where they are.

mod odd;

use std::path::Path;
use std::sync::OnceLock;

use serde_json::Value;
use worthwhile::export::{self, Export};
use worthwhile::link::Catalog;
use worthwhile::model::{Key, Kind, Piece};
use worthwhile::output::{Output, Site};
use worthwhile::plan::{PageName, Plan};
use worthwhile::render::theme::Theme;
use worthwhile::twin::{llms, tokens, twin};
use worthwhile::view::Words;

fn site() -> &'static (Plan, Words) {
    static SITE: OnceLock<(Plan, Words)> = OnceLock::new();
    SITE.get_or_init(|| {
        let sources = worthwhile::read::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
        let (plan, diagnostics) = worthwhile::compile(&sources, None);
        assert!(!diagnostics.has_errors());
        (plan, Theme::load(&Default::default(), "en").unwrap().look.words)
    })
}

/// Keys that say where things are or how they are stored, or that repeat another key in another form.
const NOT_CONTENT: [&str; 11] = [
    "url",
    "json",
    "hashes",
    "tree",
    "markdown",
    "schema_version",
    "$schema",
    "order",
    "aliases",
    "trigger_markdown",
    "skip_if_markdown",
];

/// Strings and numbers of an item that are content, each with its path.
fn facts(path: &str, value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        // A thing that the item names: its title, and a link to its twin.
        Value::Object(map)
            if !path.is_empty() && ["kind", "id", "title", "url"].iter().all(|k| map.contains_key(*k)) =>
        {
            found.push((format!("{path}/title"), map["title"].as_str().unwrap().to_owned()));
            found.push((format!("{path}/link"), map["id"].as_str().unwrap().to_owned()));
        }
        Value::Object(map) => {
            for (key, value) in map.iter().filter(|(key, _)| !NOT_CONTENT.contains(&key.as_str())) {
                facts(&format!("{path}/{key}"), value, found);
            }
        }
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(n, value)| facts(&format!("{path}/{n}"), value, found))
        }
        Value::String(text) => found.push((path.to_owned(), text.clone())),
        Value::Number(number) => found.push((path.to_owned(), number.as_f64().unwrap().to_string())),
        Value::Bool(_) | Value::Null => {}
    }
}

/// Letters and digits of a text alone, so that markup, line breaks and escapes do not count.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Markdown without the addresses of its links.
fn without_addresses(markdown: &str) -> String {
    let mut out = String::new();
    let mut rest = markdown;
    while let Some(at) = rest.find("](") {
        out.push_str(&rest[..at]);
        rest = rest[at..].find(')').map_or("", |end| &rest[at + end + 1..]);
    }
    out + rest
}

/// What a twin lacks of its item's JSON.
fn missing(item: &Value, markdown: &str) -> Vec<String> {
    let mut found = Vec::new();
    facts("", item, &mut found);
    assert!(found.len() >= 2, "an item has an id and a title at least: {item}");
    let (said, exact) = (letters(&without_addresses(markdown)), markdown.replace("\\|", "|"));
    found
        .into_iter()
        .filter(|(path, text)| match path.rsplit('/').next() {
            // A condition is there sign by sign.
            Some("cel") => !exact.split(&format!("`{text}`")).skip(1).any(|after| !after.starts_with(']')),
            Some("link") => !exact.contains(&format!("/{text}.md")) && !exact.contains(&format!("({text}.md")),
            // Prose is there block by block: links say titles where the source has ids.
            Some("prose") => false,
            _ => !said.contains(&letters(text)),
        })
        .map(|(path, text)| format!("{path}: {text}"))
        .collect()
}

fn item(plan: &Plan, key: &Key) -> Value {
    let bytes = export::render(plan, &Export::Item(key.clone()));
    serde_json::from_slice::<Value>(&bytes).unwrap()["item"].clone()
}

fn markdown(key: &Key) -> Option<String> {
    let (plan, words) = site();
    twin(plan, words, plan.page(&PageName::Thing(key.clone()))?)
}

#[test]
fn a_twin_holds_every_fact_of_its_json() {
    let (plan, _) = site();
    let mut seen = 0;
    let mut lost = Vec::new();
    for kind in Kind::ALL {
        for key in export::keys(plan, kind) {
            let Some(markdown) = markdown(&key) else { continue };
            seen += 1;
            lost.extend(missing(&item(plan, &key), &markdown).into_iter().map(|fact| format!("{key} {fact}")));
        }
    }
    assert!(seen > 100, "{seen} things have twins");
    assert!(lost.is_empty(), "{} facts are not in their twins:\n{}", lost.len(), lost.join("\n"));
}

#[test]
fn so_do_the_twins_of_an_odd_site() {
    let (_, words) = site();
    let (plan, diagnostics) = worthwhile::compile(&odd::site(), None);
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    let mut lost = Vec::new();
    for page in plan.pages.iter() {
        let Some(markdown) = twin(&plan, words, page) else { continue };
        if let PageName::Thing(key) = &page.name {
            lost.extend(missing(&item(&plan, key), &markdown).into_iter().map(|fact| format!("{key} {fact}")));
        }
        let started = markdown.lines().find(|line| line.trim_start().starts_with("> 5") || line.contains("- > 5"));
        assert_eq!(started, None, "a text turns into a quotation in {}", page.route);
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// The test above can fail: a twin that loses any one of its lines that say something lacks a fact.
#[test]
fn a_line_that_is_lost_is_noticed() {
    let (plan, _) = site();
    let key = Key::new(Kind::Capability, "service-mesh");
    let (item, markdown) = (item(plan, &key), markdown(&key).unwrap());
    let lines: Vec<&str> = markdown.lines().collect();
    let said_twice = ["  - also weigh", "- Layer", "- Worth", "- Skip"];
    for (n, line) in lines.iter().enumerate() {
        let statement = line.starts_with("  - when `") || (line.starts_with("- ") && line.contains(": "));
        let facts = lines[..n].contains(&"## Look first at what you own");
        if !statement || facts || line.starts_with("-  ") || said_twice.iter().any(|start| line.starts_with(start)) {
            continue;
        }
        let without: Vec<&str> = lines.iter().enumerate().filter(|(m, _)| *m != n).map(|(_, line)| *line).collect();
        assert!(!missing(&item, &without.join("\n")).is_empty(), "nobody misses: {line}");
    }
}

/// What a section says, a line for each block.
fn words_of(catalog: &Catalog, pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Title { name } => {
                let key = catalog.key_of_file(name).or_else(|| catalog.resolve(name));
                out.push_str(&key.and_then(|key| catalog.title(key)).unwrap_or_else(|| name.to_string()));
            }
            Piece::Html(html) => {
                for (n, part) in html.split('<').enumerate() {
                    let (tag, text) = if n == 0 { ("", part) } else { part.split_once('>').unwrap_or((part, "")) };
                    let name = tag.trim_start_matches('/').split(' ').next().unwrap();
                    if !["", "a", "code", "em", "span", "strong"].contains(&name) {
                        out.push('\n');
                    }
                    let text =
                        text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
                    out.push_str(&text);
                }
            }
            _ => {}
        }
    }
    out
}

#[test]
fn prose_is_there_word_by_word() {
    let (plan, _) = site();
    let catalog = &plan.catalog;
    let prose = catalog
        .capabilities
        .iter()
        .map(|c| (Key::new(Kind::Capability, &c.id), &c.prose))
        .chain(catalog.layers.iter().map(|l| (Key::new(Kind::Layer, &l.id), &l.prose)))
        .chain(catalog.options.iter().map(|o| (Key::new(Kind::Option, &o.id), &o.prose)))
        .chain(catalog.cases.iter().map(|c| (Key::new(Kind::Case, &c.id), &c.prose)))
        .chain(catalog.pages.iter().map(|p| (Key::new(Kind::Page, &p.id), &p.prose)));
    let mut seen = 0;
    for (key, prose) in prose {
        let said = letters(&without_addresses(&markdown(&key).unwrap()));
        for section in &prose.sections {
            for line in words_of(catalog, &section.pieces).lines().filter(|line| !line.trim().is_empty()) {
                seen += 1;
                assert!(said.contains(&letters(line)), "{key} lacks: {line}");
            }
            let heading = section.heading.as_ref().map(|h| letters(&h.title)).unwrap_or_default();
            assert!(said.contains(&heading), "{key} lacks the heading {heading}");
        }
    }
    assert!(seen > 200, "{seen} lines");
}

#[test]
fn links_of_twins_lead_to_files() {
    let (plan, words) = site();
    let routes: std::collections::BTreeSet<String> =
        plan.pages.iter().map(|page| page.route.twin().to_string()).collect();
    for page in plan.pages.iter().filter(|page| page.name != PageName::NotFound) {
        let markdown = twin(plan, words, page).unwrap();
        for part in markdown.split("](").skip(1) {
            let href = part.split(')').next().unwrap();
            if href.starts_with("http") || href.starts_with('#') || href.ends_with(".json") || href.ends_with(".csv") {
                continue;
            }
            let mut at: Vec<&str> = page.route.as_str().split('/').collect();
            at.pop();
            for name in href.split('#').next().unwrap().split('/') {
                match name {
                    ".." => assert!(at.pop().is_some(), "{}: {href} leaves the site", page.route),
                    name => at.push(name),
                }
            }
            assert!(routes.contains(&at.join("/")), "{}: {href} leads nowhere", page.route);
        }
    }
}

#[test]
fn front_matter_is_yaml_with_the_promised_keys() {
    let (plan, words) = site();
    for page in plan.pages.iter().filter(|page| page.name != PageName::NotFound) {
        let markdown = twin(plan, words, page).unwrap();
        let front = markdown.strip_prefix("---\n").and_then(|rest| rest.split("\n---\n").next()).unwrap();
        let front: std::collections::BTreeMap<String, String> = serde_yaml::from_str(front).unwrap();
        let keys: Vec<&str> = front.keys().map(String::as_str).collect();
        assert_eq!(keys, ["id", "kind", "title", "url", "version"], "{}", page.route);
        assert_eq!(front["url"], page.route.as_str());
        assert!(!markdown.contains("{{") && !markdown.contains("<div"), "{}", page.route);
    }
}

/// What an agent pays for the whole of a capability.
#[test]
fn a_capability_is_read_for_four_thousand_tokens() {
    let (plan, _) = site();
    for capability in &plan.catalog.capabilities {
        let size = tokens(markdown(&Key::new(Kind::Capability, &capability.id)).unwrap().chars().count());
        assert!(size <= 4000, "{}: {size} tokens", capability.id);
    }
}

#[test]
fn llms_txt_names_every_page_once_with_its_size() {
    let (plan, _) = site();
    let published = Site::new(plan.clone(), Theme::load(&Default::default(), "en").unwrap());
    let text = published.bytes(&Output::Llms(false)).unwrap();
    let text = std::str::from_utf8(&text).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("# ") && lines[2].starts_with("> "), "{text}");
    assert_eq!(text.matches("## Optional").count(), 1);
    let links: Vec<&str> = lines.iter().filter(|line| line.starts_with("- [")).copied().collect();
    for capability in &plan.catalog.capabilities {
        let key = Key::new(Kind::Capability, &capability.id);
        let start = format!("- [{}](capabilities/{}.md): ", capability.title, capability.id);
        let line = links.iter().find(|line| line.starts_with(&start)).unwrap_or_else(|| panic!("no {start}"));
        let size = format!("(about {} tokens)", tokens(markdown(&key).unwrap().chars().count()));
        assert!(line.ends_with(&size), "{line}");
    }
    let mut addresses: Vec<&str> =
        links.iter().map(|l| l.split("](").nth(1).unwrap().split(')').next().unwrap()).collect();
    let count = addresses.len();
    addresses.sort_unstable();
    addresses.dedup();
    assert_eq!(addresses.len(), count, "an address stands twice");
}

#[test]
fn the_full_text_holds_every_capability_with_links_from_the_root() {
    let (plan, words) = site();
    let mut text = Vec::new();
    llms::full(plan, words, &mut text, None).unwrap();
    let text = String::from_utf8(text).unwrap();
    for capability in &plan.catalog.capabilities {
        assert!(text.contains(&format!("\n# {}\n", capability.title)));
    }
    assert!(text.contains("](facts/microservices.md)") && !text.contains("](../"));
}

#[test]
fn a_site_with_an_address_tells_where_its_api_is() {
    let sources = worthwhile::read::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let made = |base: Option<&str>| {
        let (plan, mut diagnostics) = worthwhile::compile(&sources, base);
        let site = worthwhile::output::site(&sources, plan, &mut diagnostics).unwrap();
        site.outputs.get(".well-known/api-catalog").map(|output| site.bytes(output).unwrap())
    };
    assert!(made(None).is_none(), "there is nothing absolute to say");
    let catalog: Value = serde_json::from_slice(&made(Some("https://example.org/sub")).unwrap()).unwrap();
    let index = "https://example.org/sub/api/v1/index.json";
    assert_eq!(catalog["linkset"][0]["anchor"], "https://example.org/sub/.well-known/api-catalog");
    assert_eq!(catalog["linkset"][0]["item"][0]["href"], index);
    assert_eq!(catalog["linkset"][1]["anchor"], index);
    assert!(catalog["linkset"][1]["service-doc"].as_array().is_some_and(|docs| !docs.is_empty()));
}
