//! Images for previews: a card for each capability and case, as PNG. The only module that names the renderer.
//!
//! The font is embedded (`social/inter-semibold.otf`, licence beside it) and is the only one that is looked at, so that
//! the bytes are the same on every machine.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};

use crate::draw::card::{Card, HEIGHT, WIDTH, card};
use crate::model::Key;
use crate::plan::{Plan, social};

const FONT: &[u8] = include_bytes!("social/inter-semibold.otf");
const FAMILY: &str = "Inter";

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_font_data(FONT.to_vec());
    Arc::new(fonts)
});

/// The PNG of a thing's card. `kind` is what stands above its title.
pub fn png(plan: &Plan, key: &Key, kind: &str) -> Vec<u8> {
    let site = &plan.catalog.site;
    let (title, text) = social::words(plan, key).unwrap_or_default();
    let words = Card { kind, title: &title, text: &text, site: &site.title, question: &site.question };
    let options = Options { fontdb: FONTS.clone(), font_family: FAMILY.to_owned(), ..Options::default() };
    let tree = Tree::from_str(&card(&words, FAMILY), &options).expect("a card is SVG");
    let mut pixels = Pixmap::new(WIDTH, HEIGHT).expect("a card has a size");
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().expect("pixels in memory can be encoded")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::Kind;
    use crate::read::Sources;

    fn plan(title: &str, base: Option<&str>) -> Plan {
        let mut sources = Sources::default();
        let capability = format!("title: {title}\nlayer: l\nsummary: S\ncomplexity: low\n");
        for (path, text) in [
            ("content/site.yaml", "title: T\nquestion: Q\ndescription: D\nsocial_images: true\n"),
            ("content/layers/l.yaml", "title: L\norder: 1\nsummary: S\n"),
            ("content/capabilities/c.yaml", &capability),
        ] {
            sources.files.insert(Arc::from(path), Arc::from(text.as_bytes()));
        }
        crate::compile(&sources, base).0
    }

    #[test]
    fn an_image_has_the_same_bytes_each_time_and_is_no_empty_sheet() {
        let plan = plan("Mesh", Some("https://example.org/"));
        let key = Key::new(Kind::Capability, "c");
        assert_eq!(social::keys(&plan), vec![key.clone()]);
        let made = png(&plan, &key, "Capability");
        assert_eq!(made, png(&plan, &key, "Capability"));
        assert!(made.starts_with(b"\x89PNG"));
        let other = png(&plan, &key, "Kapabilität");
        assert_ne!(made, other, "words are drawn");
    }

    #[test]
    fn without_a_base_url_or_letters_there_is_none() {
        assert_eq!(social::keys(&plan("Mesh", None)), []);
        assert_eq!(social::keys(&plan("服务网格", Some("https://example.org/"))), []);
    }
}
