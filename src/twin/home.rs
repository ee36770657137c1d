//! The twins of the home page and of the matrix.

use super::paper::{Paper, escape, table};
use super::{capability, case, judgement};
use crate::model::{Capability, Condition, Key, Kind};
use crate::plan::{PageName, derived};

pub fn home(paper: &mut Paper) -> Option<()> {
    let catalog = paper.catalog;
    let site = &catalog.site;
    let file = &*site.span.file;
    paper.heading(1, &site.title);
    paper.paragraph(&site.tagline.as_deref().map(escape).unwrap_or_default());
    paper.paragraph(&format!("**{}**", escape(&site.question)));
    paper.paragraph(&paper.text(file, &site.description));
    for name in [PageName::Matrix, PageName::Assess, PageName::Checklist, PageName::Changes, PageName::Data] {
        if paper.href(&name).is_none() {
            continue;
        }
        let title = super::title(paper.plan, paper.words, &name);
        let summary = super::summary(paper.plan, paper.words, &name);
        paper.item(0, &format!("{}: {summary}", paper.linked(&title, &name)));
    }
    for kind in Kind::ALL {
        let name = PageName::Index(kind);
        if paper.href(&name).is_some() {
            let title = super::title(paper.plan, paper.words, &name);
            let summary = super::summary(paper.plan, paper.words, &name);
            paper.item(0, &format!("{}: {summary}", paper.linked(&title, &name)));
        }
    }
    paper.gap();
    if !site.home.triggers.is_empty() {
        paper.heading(2, &super::index::title(paper.plan, paper.words, Kind::Trigger));
        for (trigger, text) in &site.home.triggers {
            paper.item(0, &format!("{}: {}", paper.link(&trigger.key), paper.text(file, text)));
        }
        paper.gap();
    }
    paper.heading(2, &site.layers_label);
    for layer in &catalog.layers {
        let link = paper.link(&Key::new(Kind::Layer, &layer.id));
        paper.item(0, &format!("{link}: {}", paper.text(&layer.span.file, &layer.summary)));
    }
    paper.gap();
    if let Some(of_home) = site.home.case.as_ref().and_then(|case| catalog.case(&case.key.id)) {
        paper.heading(2, &of_home.title);
        let link = paper.link(&Key::new(Kind::Case, &of_home.id));
        paper.paragraph(&format!("{link}: {}", paper.text(&of_home.span.file, &of_home.summary)));
        for (key, judged) in case::judged(paper, of_home) {
            paper.item(0, &format!("{}: {}", paper.link(&key), judgement::verdict(paper, &judged)));
        }
        paper.gap();
    }
    for credit in &site.credits {
        paper.paragraph(&paper.text(file, credit));
    }
    if let Some(licence) = &site.licence {
        let name = escape(&licence.name);
        let name = licence.url.as_ref().map_or(name.clone(), |url| format!("[{name}]({url})"));
        paper.paragraph(&format!("{}: {name}", paper.words.criteria.licence));
    }
    Some(())
}

pub fn matrix(paper: &mut Paper) -> Option<()> {
    paper.heading(1, &paper.words.placed.matrix);
    paper.paragraph(&paper.words.twin.matrix.clone());
    paper.blocks(&matrix_table(paper, |_| true));
    for capability in &paper.catalog.capabilities {
        let link = paper.link(&Key::new(Kind::Capability, &capability.id));
        paper.item(0, &format!("{link}: {}", paper.text(&capability.span.file, &capability.summary)));
    }
    Some(())
}

/// The rows of the matrix that `wanted` is true of.
pub fn matrix_table(paper: &Paper, wanted: impl Fn(&Capability<Condition>) -> bool) -> String {
    let words = &paper.words.placed;
    let row = |c: &Capability<Condition>| {
        let file = &*c.span.file;
        vec![
            paper.link(&Key::new(Kind::Capability, &c.id)),
            capability::half(paper, file, &derived::matrix_trigger(c)),
            capability::half(paper, file, &derived::matrix_skip_if(c)),
            paper.complexity(c.complexity),
            paper.link(&c.layer.key),
        ]
    };
    let rows: Vec<Vec<String>> = paper.catalog.capabilities.iter().filter(|c| wanted(c)).map(row).collect();
    let layer = &paper.catalog.site.layer_label;
    table(&[words.capability.as_str(), &words.trigger, &words.skip_if, &words.complexity, layer], &rows)
}
