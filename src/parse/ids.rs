//! Ids: how they are formed, and how words become one.

/// Names that no file may have on some system; so are `com1` to `com9` and `lpt1` to `lpt9`.
const DEVICE_NAMES: [&str; 4] = ["con", "prn", "aux", "nul"];
/// Longer ids make paths that some systems refuse.
pub const LONGEST_ID: usize = 80;

/// What is wrong with an id whose words are joined by `joint`; None if nothing is.
pub fn id_fault(id: &str, joint: char) -> Option<&'static str> {
    let well_formed = id.starts_with(|c: char| c.is_ascii_lowercase())
        && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == joint)
        && !id.ends_with(joint)
        && !id.contains(&format!("{joint}{joint}"));
    if !well_formed {
        return Some(if joint == '-' {
            "lower-case letters, digits and single hyphens, starting with a letter"
        } else {
            "lower-case letters, digits and single underscores, starting with a letter"
        });
    }
    if id.len() > LONGEST_ID {
        return Some("longer than 80 characters");
    }
    let numbered = id.strip_prefix("com").or_else(|| id.strip_prefix("lpt"));
    let is_device = DEVICE_NAMES.contains(&id) || numbered.is_some_and(|n| matches!(n.as_bytes(), [b'1'..=b'9']));
    if is_device {
        return Some("the name of a device on some systems");
    }
    None
}

/// What is wrong with the id of a thing that has a page beside a list of its kind.
pub fn list_fault(id: &str) -> Option<&'static str> {
    (id == "index").then_some("the list of its kind stands there")
}

/// The first words of a text as an id, joined by `joint`: "More than **5 microservices**" is `more-than-5-microservices`.
/// Accents are taken off; what comes before the first letter is left out. None if no id can be made of it.
pub fn id_of(text: &str, words: usize, joint: char) -> Option<String> {
    let folded: String = text.chars().filter(|c| !matches!(c, '\'' | '’')).map(fold).collect();
    let parts = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let parts = parts.skip_while(|part| !part.starts_with(|c: char| c.is_ascii_lowercase()));
    let mut id = String::new();
    for part in parts.take(words) {
        let length = id.len() + usize::from(!id.is_empty()) + part.len();
        if length > LONGEST_ID {
            break;
        }
        if !id.is_empty() {
            id.push(joint);
        }
        id.push_str(part);
    }
    id_fault(&id, joint).is_none().then_some(id)
}

/// A letter in lower case and without its accent; anything else that is not ASCII is a gap between words.
fn fold(character: char) -> char {
    const ACCENTED: [(&str, char); 9] = [
        ("àáâãäåāăą", 'a'),
        ("çćč", 'c'),
        ("èéêëēęě", 'e'),
        ("ìíîïī", 'i'),
        ("ñńň", 'n'),
        ("òóôõöøō", 'o'),
        ("ùúûüūůű", 'u'),
        ("ýÿ", 'y'),
        ("šśß", 's'),
    ];
    let lower = character.to_lowercase().next().unwrap_or(character);
    ACCENTED.iter().find(|(letters, _)| letters.contains(lower)).map_or(lower, |(_, plain)| *plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids() {
        for good in ["a", "service-mesh", "layer-2", "com", "comp", "com0", "com10", "auxiliary", "x1"] {
            assert_eq!(id_fault(good, '-'), None, "{good}");
        }
        for bad in ["", "A", "2a", "a--b", "-a", "a-", "a_b", "a.b", "a/b", "..", "con", "com1", "lpt9", "nul", "é"] {
            assert!(id_fault(bad, '-').is_some(), "{bad}");
        }
        assert!(id_fault(&"a".repeat(81), '-').is_some());
        assert_eq!(id_fault("layer_1_stable", '_'), None);
    }

    #[test]
    fn words_become_ids() {
        let of = |text: &str| id_of(text, 5, '-');
        assert_eq!(
            of("More than **5 microservices** with complex chains").as_deref(),
            Some("more-than-5-microservices-with")
        );
        assert_eq!(of("1. Eén ding: don't!").as_deref(), Some("een-ding-dont"));
        assert_eq!(id_of("Service Mesh", 5, '_').as_deref(), Some("service_mesh"));
        assert_eq!(of("日本語"), None);
        assert_eq!(of("con"), None);
    }
}
