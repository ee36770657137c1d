//! The twin of the page about the files for programs.

use super::paper::{Paper, escape};
use crate::export::schemas::{self, Group};
use crate::export::{Export, SCHEMA_VERSION, content_hash, keys, url};
use crate::model::Kind;
use crate::plan::{PageName, Route};

pub fn write(paper: &mut Paper) -> Option<()> {
    let words = &paper.words.data;
    paper.heading(1, &words.title);
    paper.paragraph(&words.description);
    let notes = &paper.words.data_page;
    paper.item(0, &format!("{}: {SCHEMA_VERSION}", notes.version));
    paper.item(0, &format!("{}: `{}`", notes.content_hash, content_hash(paper.plan)));
    paper.gap();
    paper.heading(2, &words.files);
    paper.paragraph(&escape(&notes.files_note));
    let files = [
        (Export::Index, ""),
        (Export::Framework, "framework"),
        (Export::Matrix, "matrix"),
        (Export::MatrixCsv, "matrix_csv"),
        (Export::Graph, "graph"),
    ];
    files.iter().for_each(|(export, about)| file_item(paper, export, about));
    paper.gap();
    paper.heading(2, &words.kinds);
    paper.paragraph(&escape(&notes.kinds_note));
    for kind in Kind::ALL {
        let title = super::title(paper.plan, paper.words, &PageName::Index(kind));
        let line = format!(
            "{title}: {}: {} ({})",
            keys(paper.plan, kind).len(),
            file(paper, &Export::KindIndex(kind).route()),
            schema_link(paper, kind.name())
        );
        paper.item(0, &line);
    }
    paper.gap();
    paper.heading(2, &words.schemas);
    paper.paragraph(&escape(&notes.schemas_note));
    for group in Group::ALL {
        let links: Vec<String> = group.schemas().iter().map(|name| schema_link(paper, name)).collect();
        let title = notes.schema_group.get(group.name()).map_or(group.name(), String::as_str);
        paper.item(0, &format!("{title}: {}", links.join(", ")));
    }
    paper.gap();
    if paper.catalog.site.conformance {
        paper.heading(2, &words.conformance);
        paper.paragraph(&escape(&notes.conformance_note));
        let files = [(Export::Conditions, "conditions"), (Export::Assessments, "assessments")];
        files.iter().for_each(|(export, about)| file_item(paper, export, about));
        paper.gap();
    }
    paper.heading(2, &words.promises);
    for (title, lines) in [(&notes.promised_title, &notes.promised), (&notes.not_promised_title, &notes.not_promised)] {
        paper.heading(3, title);
        lines.iter().for_each(|line| paper.item(0, &escape(line)));
        paper.gap();
    }
    Some(())
}

/// A file, its schema, and what it holds.
fn file_item(paper: &mut Paper, export: &Export, about: &str) {
    let schema = schemas::name_of(export).map(|name| format!(" ({})", schema_link(paper, name))).unwrap_or_default();
    let about = paper.words.data_page.file.get(about).map(|about| format!(": {}", escape(about))).unwrap_or_default();
    paper.item(0, &format!("{}{schema}{about}", file(paper, &export.route())));
}

/// A link to a file of the site by its path.
fn file(paper: &Paper, route: &Route) -> String {
    let path = route.as_str();
    let href = match &paper.catalog.site.base_url {
        Some(_) => url(paper.plan, route),
        None => paper.path(path),
    };
    format!("[`{path}`]({href})")
}

fn schema_link(paper: &Paper, name: &str) -> String {
    format!("[`{name}`]({})", paper.path(&schemas::route(name)))
}
