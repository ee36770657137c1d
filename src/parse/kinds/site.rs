//! The site: `content/site.yaml`.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::site::{Home, Joints, Licence, VerdictLabel};
use crate::model::{Kind, Site, Verdict};
use crate::parse::authored::site as authored;
use crate::parse::fields::{Fields, File};
use crate::parse::format;
use crate::parse::yaml::Node;

/// The words for verdicts where the site has none of its own.
const DEFAULT_LABELS: [(Verdict, &str); 6] = [
    (Verdict::Adopt, "Worthwhile"),
    (Verdict::Prepare, "Prepare"),
    (Verdict::Consider, "Consider"),
    (Verdict::Wait, "Not yet"),
    (Verdict::Skip, "Not for you now"),
    (Verdict::Open, "Open"),
];

/// The draft of the site.
pub fn site(file: &mut File<'_>, root: &Node) -> Option<Site> {
    let fields = file.map(root, "the site", authored::Site::KEYS)?;
    format::check(file, &fields);
    let title = file.require_string(&fields, "title");
    let question = file.require_string(&fields, "question");
    let description = file.require_inline(&fields, "description");
    let labels = fields.get("labels").and_then(|n| file.map(n, "labels", authored::Labels::KEYS));
    let label = |file: &mut File<'_>, key: &str| labels.as_ref().and_then(|l| file.string_at(l, key));
    let (layer_label, layers_label) = (label(file, "layer"), label(file, "layers"));
    let mut english = Vec::new();
    english.extend(layer_label.is_none().then(|| "labels.layer".to_owned()));
    english.extend(layers_label.is_none().then(|| "labels.layers".to_owned()));
    let verdicts = verdicts(file, &fields, &mut english);
    let joints = joints(file, &fields, &mut english);
    let base_url = file.site_url_at(&fields, "base_url").map(|url| format!("{}/", url.trim_end_matches('/')));
    let licence = fields.get("licence").and_then(|n| {
        let fields = file.map(n, "a licence", authored::Licence::KEYS)?;
        let url = file.url_at(&fields, "url");
        Some(Licence { name: file.require_string(&fields, "name")?, url })
    });
    Some(Site {
        tagline: file.string_at(&fields, "tagline"),
        base_url,
        locale: locale(file, &fields),
        layer_label: layer_label.unwrap_or_else(|| "Layer".into()),
        layers_label: layers_label.unwrap_or_else(|| "Layers".into()),
        theme: fields.get("theme").and_then(|n| file.id(n)).map(|id| id.value),
        verdicts,
        joints,
        english,
        licence,
        credits: file.texts_at(&fields, "credits"),
        edit_url: file.url_at(&fields, "edit_url"),
        synonyms: file.list_at(&fields, "synonyms", synonyms),
        dates: fields.get("dates").and_then(|n| file.word(n, &[("git", true)])).unwrap_or(false),
        social_images: fields.get("social_images").and_then(|n| file.boolean(n)).unwrap_or(false),
        home: home(file, &fields),
        conformance: fields.get("conformance").and_then(|n| file.boolean(n)).unwrap_or(false),
        span: fields.span.clone(),
        title: title.unwrap_or_default(),
        question: question.unwrap_or_default(),
        description: description.unwrap_or_default(),
    })
}

/// A language tag: letters, digits and hyphens.
fn locale(file: &mut File<'_>, fields: &Fields<'_>) -> String {
    let Some(locale) = fields.get("locale").and_then(|n| file.string(n)) else { return "en".into() };
    let is_tag = |tag: &str| {
        let is_part = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric());
        tag.len() <= 35 && tag.split('-').all(is_part)
    };
    if !is_tag(&locale.value) {
        let message = format!("`{}` is no language tag", locale.value);
        let hyphens = locale.value.replace('_', "-");
        let help = if is_tag(&hyphens) { format!("write `{hyphens}`") } else { "write `en`, `nl`, `pt-BR`".to_owned() };
        file.report(Diagnostic::new(Code::UnknownValue, locale.span, message).help(help));
        return "en".into();
    }
    locale.value
}

/// A group of words that mean the same: two or more.
fn synonyms(file: &mut File<'_>, node: &Node) -> Option<Vec<String>> {
    let words: Vec<String> =
        file.list(node)?.iter().filter_map(|item| file.string(item)).map(|word| word.value).collect();
    if words.len() < 2 {
        let span = file.span(node.span.clone());
        let message = "a group of synonyms needs two words or more";
        file.report(Diagnostic::new(Code::UnknownValue, span, message).help("write `[mtls, mutual tls]`"));
    }
    Some(words)
}

/// The words for verdicts; what is left to the program is added to `english`.
fn verdicts(file: &mut File<'_>, fields: &Fields<'_>, english: &mut Vec<String>) -> BTreeMap<Verdict, VerdictLabel> {
    let mut labels: BTreeMap<Verdict, VerdictLabel> = DEFAULT_LABELS
        .map(|(verdict, label)| (verdict, VerdictLabel { label: label.into(), probably: probably(label) }))
        .into();
    let given = fields.get("verdicts").and_then(|n| file.map(n, "the words for verdicts", authored::Verdicts::KEYS));
    for verdict in Verdict::ALL {
        let Some(node) = given.as_ref().and_then(|given| given.get(verdict.name())) else {
            english.push(format!("verdicts.{}", verdict.name()));
            continue;
        };
        let Some(words) = file.map(node, "the words for a verdict", authored::VerdictWords::KEYS) else { continue };
        if let Some(label) = file.require_string(&words, "label") {
            let own = file.string_at(&words, "probably");
            english.extend(own.is_none().then(|| format!("verdicts.{}.probably", verdict.name())));
            labels.insert(verdict, VerdictLabel { probably: own.unwrap_or_else(|| probably(&label)), label });
        }
    }
    labels
}

/// The words that join what facts say; what is left to the program is added to `english`.
fn joints(file: &mut File<'_>, fields: &Fields<'_>, english: &mut Vec<String>) -> Joints {
    let given = fields.get("joints").and_then(|n| file.map(n, "the words that join", authored::Joints::KEYS));
    let mut joints = Joints::default();
    for (key, word) in joints.each_mut() {
        match given.as_ref().and_then(|given| file.string_at(given, key)) {
            Some(own) => *word = own,
            None => english.push(format!("joints.{key}")),
        }
    }
    joints
}

fn probably(label: &str) -> String {
    let mut rest = label.chars();
    let first: String = rest.next().into_iter().flat_map(char::to_lowercase).collect();
    format!("Probably {first}{}", rest.as_str())
}

fn home(file: &mut File<'_>, fields: &Fields<'_>) -> Home {
    let Some(fields) = fields.get("home").and_then(|n| file.map(n, "`home`", authored::Home::KEYS)) else {
        return Home::default();
    };
    let triggers = file.list_at(&fields, "triggers", |file, node| {
        let fields = file.map(node, "a worked trigger", authored::WorkedTrigger::KEYS)?;
        let trigger = file.require(&fields, "trigger").and_then(|n| file.reference(n, Kind::Trigger));
        let text = file.require_inline(&fields, "text");
        Some((trigger?, text?))
    });
    Home {
        layer: fields.get("layer").and_then(|n| file.reference(n, Kind::Layer)),
        triggers,
        case: fields.get("case").and_then(|n| file.reference(n, Kind::Case)),
    }
}
