//! Which things have an image for previews of links to them, and what it says.

use super::{Plan, Route};
use crate::model::{Key, Kind};

/// The characters of the font that images are set in (`src/output/social`): Latin scripts and common signs.
const LETTERS: [(char, char); 12] = [
    (' ', '~'),
    ('\u{a0}', '\u{17f}'),
    ('\u{218}', '\u{21b}'),
    ('\u{2010}', '\u{2015}'),
    ('\u{2018}', '\u{201e}'),
    ('\u{2020}', '\u{2022}'),
    ('…', '…'),
    ('‰', '‰'),
    ('€', '€'),
    ('\u{2190}', '\u{2193}'),
    ('−', '−'),
    ('≤', '≥'),
];

/// Everything that has an image: capabilities and cases, if the site wants images and has a base URL, because previews
/// take absolute addresses alone.
pub fn keys(plan: &Plan) -> Vec<Key> {
    let catalog = &plan.catalog;
    let capabilities = catalog.capabilities.iter().map(|x| Key::new(Kind::Capability, &x.id));
    let cases = catalog.cases.iter().map(|x| Key::new(Kind::Case, &x.id));
    capabilities.chain(cases).filter(|key| route(plan, key).is_some()).collect()
}

/// Where the image of a thing stands; None where it has none. Words that the font cannot show get no image.
pub fn route(plan: &Plan, key: &Key) -> Option<Route> {
    let site = &plan.catalog.site;
    if !site.social_images || site.base_url.is_none() {
        return None;
    }
    let (title, text) = words(plan, key)?;
    let shows = |c: char| LETTERS.iter().any(|(first, last)| (*first..=*last).contains(&c));
    let all = [title.as_str(), &text, &site.title, &site.question];
    all.iter()
        .all(|text| text.chars().all(shows))
        .then(|| Route::new(format!("social/{}/{}.png", key.kind.folder(), key.id)))
}

/// The title of a thing and a sentence on it.
pub fn words(plan: &Plan, key: &Key) -> Option<(String, String)> {
    let catalog = &plan.catalog;
    let summary = match key.kind {
        Kind::Capability => &catalog.capability(&key.id)?.summary,
        Kind::Case => &catalog.case(&key.id)?.summary,
        _ => return None,
    };
    Some((catalog.title(key)?, catalog.plain(summary)))
}
