//! What changed for readers, as an Atom feed (RFC 4287).

use crate::model::Change;
use crate::model::anchor;
use crate::parse::prose::escape;
use crate::plan::{PageName, Plan, Route};

/// Where it stands.
pub const ROUTE: &str = "feed.xml";

/// Characters of a change's text in its title.
const TITLE: usize = 80;

/// The feed, the newest day first. Only with a base URL, because its addresses must be absolute, and with changes.
pub fn feed(plan: &Plan) -> String {
    let site = &plan.catalog.site;
    let base = site.base_url.as_deref().unwrap_or("/");
    let page = format!("{base}{}", Route::of(&PageName::Changes));
    let changes = &plan.catalog.changes;
    let mut places: Vec<usize> = (0..changes.len()).collect();
    places.sort_by(|&a, &b| changes[b].date.cmp(&changes[a].date));
    let updated = places.first().map_or("1970-01-01", |&place| &changes[place].date);

    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str(&format!("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n", text(&site.locale)));
    out.push_str(&format!("<id>{}</id>\n", text(&page)));
    out.push_str(&format!("<title>{}</title>\n", text(&site.title)));
    out.push_str(&format!("<subtitle>{}</subtitle>\n", text(&site.question)));
    out.push_str(&format!("<updated>{updated}T00:00:00Z</updated>\n"));
    out.push_str(&format!("<author><name>{}</name></author>\n", text(&site.title)));
    out.push_str(&format!("<link rel=\"self\" type=\"application/atom+xml\" href=\"{}{ROUTE}\"/>\n", text(base)));
    out.push_str(&format!("<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n", text(&page)));
    for place in places {
        entry(plan, changes, place, base, &page, &mut out);
    }
    out.push_str("</feed>\n");
    out
}

fn entry(plan: &Plan, changes: &[Change], place: usize, base: &str, page: &str, out: &mut String) {
    let change = &changes[place];
    let address = text(&format!("{page}#{}", anchor::change(changes, place)));
    let plain = plan.catalog.plain(&change.text);
    out.push_str(&format!("<entry>\n<id>{address}</id>\n<title>{}</title>\n", text(&shortened(&plain))));
    out.push_str(&format!("<updated>{}T00:00:00Z</updated>\n", change.date));
    out.push_str(&format!("<link rel=\"alternate\" type=\"text/html\" href=\"{address}\"/>\n"));
    for key in change.concerns.iter().filter_map(|name| plan.catalog.resolve(&name.value)) {
        if let Some(concerned) = plan.thing(key) {
            let title = plan.catalog.title(key).unwrap_or_default();
            let href = text(&format!("{base}{}", concerned.route));
            out.push_str(&format!(
                "<link rel=\"related\" type=\"text/html\" href=\"{href}\" title=\"{}\"/>\n",
                text(&title)
            ));
        }
    }
    out.push_str(&format!("<summary>{}</summary>\n</entry>\n", text(&plain)));
}

/// Text as XML, in content and in attributes.
fn text(plain: &str) -> String {
    let mut out = String::new();
    escape(plain, &mut out);
    out
}

/// The first words of a text.
fn shortened(text: &str) -> String {
    if text.chars().count() <= TITLE {
        return text.to_owned();
    }
    let mut short = String::new();
    for word in text.split_whitespace() {
        if short.chars().count() + word.chars().count() + 1 > TITLE {
            break;
        }
        short.push_str(word);
        short.push(' ');
    }
    short.truncate(short.trim_end_matches([' ', ',', ';', ':', '.']).len());
    short + "…"
}
