//! Wrong names: which valid one was meant, and whether that is beyond doubt.

use foldhash::{HashMap, HashMapExt};

use super::{Code, Diagnostic, Diagnostics, Fix};
use crate::model::Kind;
use crate::read::Sources;

/// Names longer than this, in bytes, are not compared.
const LONGEST: usize = 128;

/// Of so many valid names the nearest is looked for: a site has fewer, or nobody can say what was meant.
const COMPARED: usize = 20_000;

/// The most work of one comparison with all names: their lengths, multiplied.
const MOST_WORK: usize = 50_000;

/// With so few valid names all are shown.
const LIST_AT_MOST: usize = 12;

impl Diagnostic {
    /// Offers the name among `valid` that is nearest to `wrong`; with few names and none near, lists them all. Where
    /// no other name is as near, writing it is a fix.
    pub fn nearest<'a>(self, wrong: &str, valid: impl IntoIterator<Item = &'a str>) -> Self {
        let valid: Vec<&str> = valid.into_iter().take(COMPARED).collect();
        match Wanted::new(wrong).nearest(valid.iter().copied()) {
            Some(near) => self.did_you_mean(wrong, near, &valid),
            None if !valid.is_empty() && valid.len() <= LIST_AT_MOST => {
                let list: Vec<String> = valid.iter().map(|v| format!("`{v}`")).collect();
                self.help(format!("possible: {}", list.join(", ")))
            }
            None => self,
        }
    }

    /// Offers `near`, one of `valid`, in place of `wrong`.
    pub fn did_you_mean(self, wrong: &str, near: &str, valid: &[&str]) -> Self {
        let fix = Fix::word(self.span.clone(), wrong, near);
        let diagnostic = self.help(format!("did you mean `{near}`?"));
        let mut wanted = Wanted::new(wrong);
        let Some(distance) = wanted.distance(near, usize::MAX) else { return diagnostic };
        // Who writes `layer-9` or `eu` means something, even where it is near `layer-1` and `us`.
        let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
        let slip = digits(wrong) == digits(near) && distance * 3 <= wanted.length;
        let alone = valid.iter().all(|other| *other == near || wanted.distance(other, distance).is_none());
        // What could not all be compared may hide another.
        if slip && alone && wanted.left > 0 { diagnostic.fix(fix) } else { diagnostic }
    }
}

impl Diagnostics {
    /// Takes the fixes of names back that are in doubt: where a wrong name is found more often than the one that it would
    /// become is written in the content, it may be the other that is misspelt, and only its author knows.
    pub fn doubt_names(&mut self, sources: &Sources) {
        let part_of_a_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        let mut written: HashMap<String, usize> = HashMap::new();
        let mut found: HashMap<(String, String), usize> = HashMap::new();
        let mut names: Vec<(usize, (String, String))> = Vec::new();
        for (n, diagnostic) in self.kept.iter().enumerate().filter(|(_, d)| is_of_a_name(d.code)) {
            let Some([edit]) = diagnostic.fix.as_ref().map(|fix| &fix.edits[..]) else { continue };
            let Some(wrong) = edit.word.clone() else { continue };
            let right = edit.with.clone();
            // Kinds are words of the program's own, and what has a mark in it is made of more than one name.
            if Kind::from_name(&right).is_some() || !right.as_bytes().iter().all(part_of_a_name) {
                continue;
            }
            written.insert(right.clone(), 0);
            *found.entry((wrong.clone(), right.clone())).or_default() += 1;
            names.push((n, (wrong, right)));
        }
        if names.is_empty() {
            return;
        }
        // A file gives a name too.
        let texts = sources.files.iter().filter(|(path, _)| path.starts_with("content/"));
        for text in texts.flat_map(|(path, bytes)| [path.as_bytes(), bytes]) {
            for word in text.split(|byte| !part_of_a_name(byte)) {
                if let Some(count) = std::str::from_utf8(word).ok().and_then(|word| written.get_mut(word)) {
                    *count += 1;
                }
            }
        }
        for (n, name) in names {
            let (wrongs, rights) = (found[&name], written[&name.1]);
            let (wrong, right) = name;
            if wrongs > rights {
                let times = |count: usize| if count == 1 { "once".into() } else { format!("{count} times") };
                self.kept[n].fix = None;
                self.kept[n].help = Some(format!(
                    "did you mean `{right}`? Or is that one misspelt: it is written {}, and `{wrong}` {}",
                    times(rights),
                    times(wrongs)
                ));
            }
        }
    }
}

/// True if it is about a name that an author gives in one place, and uses in others.
fn is_of_a_name(code: Code) -> bool {
    matches!(code, Code::UnknownId | Code::UnknownFact | Code::FactValue | Code::ConditionType)
}

/// The valid name that is nearest to a wrong one, if any is near enough to be what was meant.
pub fn nearest<'a>(wrong: &str, valid: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    Wanted::new(wrong).nearest(valid)
}

/// A wrong name that others are held against.
struct Wanted<'w> {
    name: &'w str,
    folded: String,
    letters: u64,
    length: usize,
    /// How much more may be compared.
    left: usize,
}

impl<'w> Wanted<'w> {
    fn new(name: &'w str) -> Self {
        let folded = fold(name);
        Wanted { name, letters: letters(name), length: length(name), folded, left: MOST_WORK }
    }

    fn nearest<'a>(&mut self, valid: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
        let mut best: Option<(usize, &str)> = None;
        for name in valid.into_iter().take(COMPARED) {
            let furthest = 1 + name.len().max(self.name.len()) / 4;
            // Only a nearer one than the best so far is of interest.
            let furthest = match best {
                Some((0, _)) => break,
                Some((distance, _)) => furthest.min(distance - 1),
                None => furthest,
            };
            if let Some(distance) = self.distance(name, furthest) {
                best = Some((distance, name));
            }
        }
        // What could not all be compared may hide a nearer one.
        best.filter(|(distance, _)| self.left > 0 || *distance <= 1).map(|(_, name)| name)
    }

    /// How many letters must change to make the one of the other, if they are no more than `furthest`.
    fn distance(&mut self, name: &str, furthest: usize) -> Option<usize> {
        if self.name.len().max(name.len()) > LONGEST {
            return None;
        }
        let length = length(name);
        if length.abs_diff(self.length) > furthest {
            return None;
        }
        // A change makes one letter more or less, and one of the letters in use another.
        let apart = (letters(name) ^ self.letters).count_ones() as usize;
        if apart > furthest.saturating_mul(2) {
            return None;
        }
        let work = (length * self.length).max(1);
        if work > self.left {
            self.left = 0;
            return None;
        }
        self.left -= work;
        let distance = strsim::osa_distance(&self.folded, &fold(name));
        (distance <= furthest).then_some(distance)
    }
}

fn length(name: &str) -> usize {
    if name.is_ascii() { name.len() } else { name.chars().count() }
}

/// Case, `_` and `-` do not matter when looking for what was meant.
fn fold(name: &str) -> String {
    name.chars().map(folded).collect()
}

fn folded(letter: char) -> char {
    if matches!(letter, '_' | ' ') { '-' } else { letter.to_ascii_lowercase() }
}

/// Which letters a name has; some share a place.
fn letters(name: &str) -> u64 {
    let place = |letter: char| 1 << (folded(letter) as u32 % 64);
    if name.is_ascii() {
        return name.bytes().fold(0, |all, letter| all | place(char::from(letter)));
    }
    name.chars().fold(0, |all, letter| all | place(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_names() {
        let valid = ["service-mesh", "cost-visibility", "microservices"];
        assert_eq!(nearest("service_mesh", valid), Some("service-mesh"));
        assert_eq!(nearest("microservice", valid), Some("microservices"));
        assert_eq!(nearest("cost-visiblity", valid), Some("cost-visibility"));
        assert_eq!(nearest("weather", valid), None);
        let alike: Vec<String> = (0..1000).map(|n| format!("capability-{n:04}")).collect();
        let near = nearest("capabilty-0900", alike.iter().map(String::as_str));
        assert!(near.is_none_or(|near| near == "capability-0900"), "{near:?}");
    }
}
