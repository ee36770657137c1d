//! Text -> the words that the index knows it by. `search.js` does the same with what a reader types; `tests/search.rs`
//! and `search.test.js` hold both to the same table.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// English words that say nothing about what a text is about.
pub const STOP: &str = "a about an and any are as at be but by can could do does for from had has have how i if in into is it its \
     me my no not of on or our over should so than that the their them then there these they this to too us was we were what when \
     where which who why will with would you your";

/// Words in lower case, without accents and apostrophes: "The bank’s L7 rules" -> the, banks, l7, rules.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, &mut |word| words.push(word.to_owned()));
    words
}

/// Hands over one after the other.
pub fn each_word(text: &str, each: &mut impl FnMut(&str)) {
    // No script has words that go on behind a space.
    for part in text.split_ascii_whitespace() {
        if !part.is_ascii() {
            of_any_script(part, each);
            continue;
        }
        // The same, for text without accents and without scripts that have no spaces between words.
        for word in part.split(|c: char| !(c.is_ascii_alphanumeric() || c == '\'')) {
            let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
            let word = match word.bytes().all(is_plain) {
                true => Cow::Borrowed(word),
                false => Cow::Owned(word.replace('\'', "").to_ascii_lowercase()),
            };
            if !word.is_empty() {
                each(&word);
            }
        }
    }
}

fn of_any_script(text: &str, each: &mut impl FnMut(&str)) {
    let plain: String = text.nfd().filter(|c| !is_combining_mark(*c) && !matches!(c, '\'' | '’')).collect();
    let lower = plain.to_lowercase();
    let words = lower.unicode_words().flat_map(|word| word.split(|c: char| !c.is_alphanumeric()));
    words.filter(|word| !word.is_empty()).for_each(each);
}

/// What reduces words to what the index holds: English stems (Porter 2), or the words themselves.
pub struct Stems(Option<Stemmer>);

impl Stems {
    pub fn new(english: bool) -> Self {
        Stems(english.then(|| Stemmer::create(Algorithm::English)))
    }

    pub fn of(&self, word: &str) -> String {
        match &self.0 {
            Some(stemmer) => stemmer.stem(word).into_owned(),
            None => word.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_folded() {
        assert_eq!(words("The bank’s “L7” rules"), ["the", "banks", "l7", "rules"]);
        assert_eq!(words("CI/CD, node.js: Café"), ["ci", "cd", "node", "js", "cafe"]);
        assert_eq!(words("服务 mesh"), ["服", "务", "mesh"]);
    }

    proptest! {
        #[test]
        fn parts_have_the_words_of_the_whole(text in "[ -~\n\té’Σ服務\u{301}]{0,60}") {
            let mut whole = Vec::new();
            of_any_script(&text, &mut |word| whole.push(word.to_owned()));
            prop_assert_eq!(words(&text), whole);
        }
    }

    #[test]
    fn stems_follow_the_language() {
        assert_eq!(Stems::new(true).of("policies"), "polici");
        assert_eq!(Stems::new(false).of("policies"), "policies");
    }
}
