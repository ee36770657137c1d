//! Guide pages: the front matter of `pages/**/<id>.md`.

use crate::model::{Page, Prose, Spanned};
use crate::parse::authored::thing as authored;
use crate::parse::fields::File;
use crate::parse::ids::{id_fault, list_fault};
use crate::parse::yaml::Node;

/// The draft of a page from its front matter and its prose.
pub fn page(file: &mut File<'_>, id: &str, root: &Node, prose: Prose) -> Option<Page> {
    let fields = file.map(root, "a page", authored::Page::KEYS)?;
    let title = file.require_string(&fields, "title");
    Some(Page {
        id: id.to_owned(),
        summary: file.inline_at(&fields, "summary"),
        order: file.integer_at(&fields, "order").unwrap_or(i64::MAX),
        aliases: file.list_at(&fields, "aliases", alias),
        prose: prose.into(),
        span: fields.span.clone(),
        title: title.unwrap_or_else(|| id.to_owned()),
    })
}

/// An old path below `pages/`: ids joined by slashes.
fn alias(file: &mut File<'_>, node: &Node) -> Option<Spanned<String>> {
    let alias = file.string(node)?;
    let fault = alias.value.split('/').find_map(|part| id_fault(part, '-')).or(list_fault(&alias.value));
    match fault {
        Some(fault) => {
            file.report_id(&alias.value, alias.span, fault);
            None
        }
        None => Some(alias),
    }
}
