//! The twin of the page about the files for programs.

use super::paper::Paper;
use crate::export::schemas::{self, Group};
use crate::export::{Export, keys, url};
use crate::model::Kind;
use crate::plan::{PageName, Route};

pub fn write(paper: &mut Paper) -> Option<()> {
    let words = &paper.words.data;
    paper.heading(1, &words.title);
    paper.paragraph(&words.description);
    paper.heading(2, &words.files);
    for export in [Export::Index, Export::Framework, Export::Matrix, Export::MatrixCsv, Export::Graph] {
        let line = match schemas::name_of(&export) {
            Some(schema) => format!("{} ({})", file(paper, &export.route()), schema_link(paper, schema)),
            None => file(paper, &export.route()),
        };
        paper.item(0, &line);
    }
    paper.heading(2, &words.kinds);
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
    paper.heading(2, &words.schemas);
    for group in Group::ALL {
        let links: Vec<String> = group.schemas().iter().map(|name| schema_link(paper, name)).collect();
        paper.item(0, &format!("{}: {}", group.name(), links.join(", ")));
    }
    Some(())
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
