//! The document, sorted out -> content files.

use std::collections::{BTreeMap, BTreeSet};

use super::blocks::flat;
use super::capability::Draft;
use super::labels::fold;
use super::links::settled;
use super::outline::{Ids, Outline};
use super::table::{Choice, TradeOff};
use super::yaml;
use crate::model::capability::Level;
use crate::parse::{id_of, is_blank};

type Files = BTreeMap<String, String>;

/// The files of the site, and what had to be made up because the document does not say it.
pub fn files(outline: &Outline) -> (Files, Vec<String>) {
    let mut made_up = Vec::new();
    let mut files = Files::new();
    let description = outline.description.clone().filter(|d| !d.is_empty()).unwrap_or_else(|| {
        made_up.push("content/site.yaml: the description is the title".into());
        outline.title.clone()
    });
    made_up.push("content/site.yaml: the question".into());
    files.insert(
        "content/site.yaml".into(),
        format!(
            "format: 1\ntitle: {}\nquestion: When is it worth it?\ndescription: {}\n",
            scalar(&plain(&outline.title)),
            scalar(&description)
        ),
    );
    let foundation = foundation(outline);
    let first = usize::from(foundation.is_some());
    for (n, (id, title)) in outline.layers.iter().enumerate() {
        let held: Vec<&str> =
            outline.capabilities.iter().filter(|(layer, _)| *layer == n).map(|(_, d)| d.title.as_str()).collect();
        let summary = if held.is_empty() { title.clone() } else { first_of(&held, ", ") };
        layer(&mut files, id, title, n + 1 + first, &summary);
        made_up.push(format!("content/layers/{id}.yaml: the summary"));
    }
    if let Some((id, title)) = &foundation {
        layer(&mut files, id, title, 1, "What the capabilities build on");
        made_up.push(format!("content/layers/{id}.yaml: the layer of what is built on"));
    }
    let mut known = Known { layer: foundation.map(|(id, _)| id), ..Known::default() };
    for (n, (layer, draft)) in outline.capabilities.iter().enumerate() {
        let earlier = &outline.capabilities[..n];
        let text = capability(draft, &outline.layers[*layer].0, n + 1, earlier, &mut known, &mut made_up);
        files.insert(format!("content/capabilities/{}.yaml", draft.id), text);
        if !draft.prose.is_empty() {
            files.insert(format!("content/capabilities/{}.md", draft.id), draft.prose.markdown());
        }
    }
    known.write(&mut files, &mut made_up);
    for (n, page) in outline.pages.iter().enumerate() {
        let text =
            format!("---\ntitle: {}\norder: {}\n---\n\n{}", scalar(&plain(&page.title)), n + 1, page.prose.markdown());
        files.insert(format!("content/pages/{}.md", page.id), text);
    }
    (files, made_up)
}

/// The layer of what capabilities build on, if any builds on something that is no capability.
fn foundation(outline: &Outline) -> Option<(String, String)> {
    if outline.capabilities.iter().all(|(_, d)| d.builds_on.is_empty()) {
        return None;
    }
    let number = outline.capabilities.iter().find_map(|(_, d)| d.below.clone());
    let title = number.map_or("Foundation".to_owned(), |number| format!("Layer {number}"));
    let id = super::id(&title).unwrap_or_else(|| "foundation".into());
    let taken = outline.layers.iter().any(|(other, _)| *other == id);
    Some(if taken { ("what-is-there".into(), "What is there".into()) } else { (id, title) })
}

fn layer(files: &mut Files, id: &str, title: &str, order: usize, summary: &str) {
    let text = format!("title: {}\norder: {order}\nsummary: {}\n", scalar(&plain(title)), scalar(summary));
    files.insert(format!("content/layers/{id}.yaml"), text);
}

fn capability(
    draft: &Draft,
    layer: &str,
    order: usize,
    earlier: &[(usize, Draft)],
    known: &mut Known,
    made_up: &mut Vec<String>,
) -> String {
    let path = format!("content/capabilities/{}.yaml", draft.id);
    let mut out = format!("title: {}\nlayer: {}\norder: {order}\n", scalar(&plain(&draft.title)), scalar(layer));
    let summary = draft.summary.clone().filter(|s| !s.is_empty()).unwrap_or_else(|| {
        made_up.push(format!("{path}: the summary"));
        draft.triggers.first().cloned().unwrap_or_else(|| draft.title.clone())
    });
    out.push_str(&format!("summary: {}\n", scalar(&summary)));
    match draft.complexity {
        Some((from, to)) if from == to => out.push_str(&format!("complexity: {from}\n")),
        Some((from, to)) => out.push_str(&format!("complexity: {{ from: {from}, to: {to} }}\n")),
        None => {
            made_up.push(format!("{path}: the complexity"));
            out.push_str("complexity: medium # the document does not say\n");
        }
    }
    // A note that is the level alone says it twice.
    let alone = |note: &str| Level::ALL.iter().any(|level| fold(note) == level.name());
    if let Some(note) = draft.complexity_note.as_ref().filter(|note| !note.is_empty() && !alone(note)) {
        out.push_str(&format!("complexity_note: {}\n", scalar(note)));
    }
    let halves = [("trigger", &draft.matrix[0]), ("skip_if", &draft.matrix[1])];
    let halves: Vec<String> =
        halves.iter().filter_map(|(key, half)| Some(format!("  {key}: {}\n", scalar(half.as_ref()?)))).collect();
    if !halves.is_empty() {
        out.push_str(&format!("matrix:\n{}", halves.concat()));
    }
    out.push_str("# Give statements conditions over facts, `when: services > 5`, and the verdicts follow from them.\n");
    if !draft.triggers.is_empty() {
        out.push_str("triggers:\n");
        let mut ids = BTreeSet::new();
        for (n, text) in draft.triggers.iter().enumerate() {
            let id = id_of(text, 5, '-').filter(|id| !ids.contains(id)).unwrap_or_else(|| format!("trigger-{}", n + 1));
            ids.insert(id.clone());
            out.push_str(&format!("  - id: {}\n    text: {}\n", scalar(&id), scalar(text)));
        }
    }
    statements(&mut out, "", "not_when", &draft.not_when);
    trade_off(&mut out, draft, known);
    // What has no question of its own is asked by what stands below it.
    let points = draft.points.iter().filter_map(|(question, ask)| match is_blank(question) {
        false => Some((question, &ask[..])),
        true => {
            let at = ask.iter().position(|text| !is_blank(text))?;
            Some((&ask[at], &ask[at + 1..]))
        }
    });
    for (n, (question, ask)) in points.enumerate() {
        out.push_str(if n == 0 { "decision_points:\n" } else { "" });
        out.push_str(&format!("  - question: {}\n", scalar(question)));
        texts(&mut out, "    ", "ask", ask);
    }
    if !draft.now.is_empty() || !draft.later.is_empty() {
        out.push_str("timing:\n");
        statements(&mut out, "  ", "now", &draft.now);
        statements(&mut out, "  ", "later", &draft.later);
    }
    builds_on(&mut out, draft, earlier, known);
    out
}

fn statements(out: &mut String, indent: &str, key: &str, list: &[String]) {
    if list.is_empty() {
        return;
    }
    out.push_str(&format!("{indent}{key}:\n"));
    list.iter().for_each(|text| out.push_str(&format!("{indent}  - text: {}\n", scalar(text))));
}

fn texts(out: &mut String, indent: &str, key: &str, list: &[String]) {
    if list.iter().all(|text| text.trim().is_empty()) {
        return;
    }
    out.push_str(&format!("{indent}{key}:\n"));
    let filled = list.iter().filter(|text| !text.trim().is_empty());
    filled.for_each(|text| out.push_str(&format!("{indent}  - {}\n", scalar(text))));
}

fn trade_off(out: &mut String, draft: &Draft, known: &mut Known) {
    match &draft.trade_off {
        TradeOff::None => {}
        TradeOff::Options(choices) => {
            out.push_str("trade_offs:\n  options:\n");
            for choice in choices {
                let id = known.option(choice, draft);
                out.push_str(&format!("    - option: {}\n", scalar(&id)));
                texts(out, "      ", "pros", &choice.pros);
                texts(out, "      ", "cons", &choice.cons);
                statements(out, "      ", "use_when", &choice.use_when);
            }
        }
        TradeOff::Columns { heads, rows } => {
            let mut ids = BTreeSet::new();
            let heads: Vec<(String, &String)> = heads
                .iter()
                .enumerate()
                .map(|(n, head)| {
                    let id =
                        super::id(head).filter(|id| !ids.contains(id)).unwrap_or_else(|| format!("column-{}", n + 1));
                    ids.insert(id.clone());
                    (id, head)
                })
                .collect();
            out.push_str("trade_offs:\n  columns:\n");
            heads.iter().for_each(|(id, head)| {
                out.push_str(&format!("    - {{ id: {}, title: {} }}\n", flow(id), flow(&plain(head))))
            });
            out.push_str("  rows:\n");
            for row in rows.iter().filter(|row| row.iter().any(|cell| !cell.is_empty())) {
                out.push_str("    - cells:\n");
                for ((id, _), cell) in heads.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
                    out.push_str(&format!("        {}: {}\n", scalar(id), scalar(cell)));
                }
            }
        }
    }
}

fn builds_on(out: &mut String, draft: &Draft, earlier: &[(usize, Draft)], known: &mut Known) {
    let mut merged: Vec<(String, Vec<&str>)> = Vec::new();
    for (name, adds) in &draft.builds_on {
        // Only on what comes before it, so that nothing builds on itself.
        let same = earlier.iter().find(|(_, d)| super::id(&d.title) == super::id(name));
        let thing = match same {
            Some((_, d)) => format!("capability: {}", scalar(&d.id)),
            None => format!("component: {}", scalar(&known.component(name, &draft.title))),
        };
        match merged.iter_mut().find(|(other, _)| *other == thing) {
            Some((_, all)) => all.push(adds),
            None => merged.push((thing, vec![adds])),
        }
    }
    if !merged.is_empty() {
        out.push_str("builds_on:\n");
    }
    for (thing, adds) in merged {
        out.push_str(&format!("  - {thing}\n    adds: {}\n", scalar(&adds.join("; "))));
    }
}

/// Options and components, by id, gathered while capabilities are written.
#[derive(Default)]
struct Known {
    layer: Option<String>,
    ids: Ids,
    options: BTreeMap<String, (Choice, Vec<String>)>,
    components: BTreeMap<String, (String, Vec<String>)>,
}

impl Known {
    fn option(&mut self, choice: &Choice, draft: &Draft) -> String {
        let id = super::id(&choice.title).unwrap_or_else(|| self.ids.take("option", "", "option"));
        let (all, of) = self
            .options
            .entry(id.clone())
            .or_insert_with(|| (Choice { title: choice.title.clone(), ..Choice::default() }, Vec::new()));
        all.pros.extend(choice.pros.iter().cloned());
        all.licence = all.licence.take().or_else(|| choice.licence.clone());
        all.maturity = all.maturity.take().or_else(|| choice.maturity.clone());
        all.more.extend(choice.more.iter().cloned());
        of.push(draft.title.clone());
        id
    }

    fn component(&mut self, name: &str, of: &str) -> String {
        let id = super::id(name).unwrap_or_else(|| "component".into());
        self.components.entry(id.clone()).or_insert_with(|| (name.to_owned(), Vec::new())).1.push(of.to_owned());
        id
    }

    fn write(self, files: &mut Files, made_up: &mut Vec<String>) {
        for (id, (choice, of)) in self.options {
            made_up.push(format!("content/options/{id}.yaml: kind, and the summary"));
            let summary = if choice.pros.is_empty() { first_of(&of, ", ") } else { first_of(&choice.pros, "; ") };
            let mut text =
                format!("title: {}\nkind: tool\nsummary: {}\n", scalar(&plain(&choice.title)), scalar(&summary));
            let more = [("licence", choice.licence.map(|l| plain(&l))), ("maturity", choice.maturity)];
            for (key, value) in more {
                value.iter().filter(|v| !v.is_empty()).for_each(|v| text.push_str(&format!("{key}: {}\n", scalar(v))));
            }
            files.insert(format!("content/options/{id}.yaml"), text);
            let prose: Vec<String> = choice
                .more
                .iter()
                .map(|(head, cell)| if head.is_empty() { cell.clone() } else { format!("**{head}**: {cell}") })
                .collect();
            if !prose.is_empty() {
                files.insert(
                    format!("content/options/{id}.md"),
                    format!("{}\n", flat(settled(&prose.join("\n\n")), true)),
                );
            }
        }
        let Some(layer) = self.layer else { return };
        for (id, (title, of)) in self.components {
            made_up.push(format!("content/components/{id}.yaml: the summary"));
            let summary = format!("Built on by: {}", first_of(&of, ", "));
            let text = format!(
                "title: {}\nlayer: {}\nsummary: {}\n",
                scalar(&plain(&title)),
                scalar(&layer),
                scalar(&summary)
            );
            files.insert(format!("content/components/{id}.yaml"), text);
        }
    }
}

/// A dozen texts in one, and how many there are beside them.
fn first_of<T: AsRef<str>>(texts: &[T], between: &str) -> String {
    const MOST: usize = 12;
    let first: Vec<&str> = texts.iter().take(MOST).map(AsRef::as_ref).collect();
    let first = first.join(between);
    if texts.len() > MOST { format!("{first}{between}and {} more", texts.len() - MOST) } else { first }
}

/// Without the marks of Markdown: for titles, which are plain and never empty.
fn plain(text: &str) -> String {
    let plain = settled(&text.replace("\\[", "[").replace(['*', '`'], "").replace("__", ""));
    if is_blank(&plain) { "Untitled".into() } else { plain }
}

fn scalar(text: &str) -> String {
    yaml::scalar(&alone(text))
}

fn flow(text: &str) -> String {
    yaml::flow(&alone(text))
}

/// A text as it can stand by itself, in one line, and never nothing.
fn alone(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let alone = settled(&text);
    if is_blank(&alone) { text.replace('[', "\\[") } else { alone }
}
