//! Texts with their markup, ready for the page that a script puts them on.

use crate::link::Catalog;
use crate::model::{Piece, Text};
use crate::parse::prose::escape;
use crate::plan::Plan;
use crate::plan::route::url_path;

/// What makes HTML that is ready for a page of it: the quotes of a language, say.
pub type Typeset<'a> = &'a (dyn Fn(&str) -> String + Sync);

/// A catalog whose texts are about to be shown.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub catalog: &'a Catalog,
    pub plan: &'a Plan,
    pub typeset: Typeset<'a>,
}

impl Shown<'_> {
    /// A text with its markup, ready for a page; None where it has none.
    pub fn marked(&self, text: &Text) -> Option<String> {
        let mut html = String::new();
        let mut open = Vec::new();
        for piece in text.pieces() {
            match piece {
                Piece::Html(own) => html.push_str(own),
                Piece::Title { name } => {
                    let title = self.catalog.named(name).and_then(|key| self.catalog.title(key));
                    escape(title.as_deref().unwrap_or(name), &mut html);
                }
                Piece::Open { name, anchor, .. } => {
                    let page = self.catalog.named(name).and_then(|key| self.plan.thing(key));
                    if let Some(page) = page {
                        let anchor = anchor.iter().map(|anchor| format!("#{anchor}")).collect::<String>();
                        html.push_str(&format!("<a href=\"{{root}}{}{anchor}\">", page.route));
                    }
                    open.push(page.is_some());
                }
                Piece::Close if open.pop() == Some(true) => html.push_str("</a>"),
                Piece::Asset { path, .. } => escape(&format!("{{root}}assets/{}", url_path(path)), &mut html),
                Piece::Close | Piece::Word(_) | Piece::View { .. } | Piece::Code(_) => {}
            }
        }
        html.contains('<').then(|| (self.typeset)(&html))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::read::Sources;

    #[test]
    fn links_titles_and_pictures_are_those_of_a_page() {
        let mut sources = Sources::default();
        for (path, text) in [
            ("content/site.yaml", "title: T\nquestion: Q\ndescription: D\n"),
            ("content/assets/a b.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
            (
                "content/pages/p.md",
                "---\ntitle: <P> & \"Q\"\nsummary: '[[p]], [by path](p.md#x) and ![A](../assets/a%20b.svg)'\n---\n## X {#x}\n\nText.\n",
            ),
        ] {
            sources.files.insert(Arc::from(path), Arc::from(text.as_bytes()));
        }
        let (plan, found) = crate::compile(&sources, None);
        assert_eq!(found.iter().map(|d| d.message.as_str()).collect::<Vec<_>>(), [""; 0]);
        let shown = Shown { catalog: &plan.catalog, plan: &plan, typeset: &str::to_owned };
        let summary = plan.catalog.pages[0].summary.as_ref().expect("it has one");
        assert_eq!(
            shown.marked(summary).as_deref(),
            Some(
                "<a href=\"{root}pages/p.html\">&lt;P&gt; &amp; &quot;Q&quot;</a>, \
                 <a href=\"{root}pages/p.html#x\">by path</a> and \
                 <img src=\"{root}assets/a%20b.svg\" alt=\"A\" loading=\"lazy\">"
            )
        );
        assert_eq!(shown.marked(&plan.catalog.site.description), None);
    }
}
