//! Comments in HTML: notes of the author to other authors, which no reader sees.

use std::borrow::Cow;
use std::ops::Range;

/// Where the comments of a line of HTML stand. `inside` says whether it begins in one, and then whether the next does.
pub(super) fn comments(html: &str, inside: &mut bool) -> Vec<Range<usize>> {
    let (mut found, mut at) = (Vec::new(), 0);
    loop {
        let start = match (*inside, html[at..].find("<!--")) {
            (true, _) => at,
            (false, Some(start)) => at + start,
            (false, None) => return found,
        };
        // `<!-->` is a whole one.
        let from = if *inside { start } else { start + 2 };
        *inside = !html[from..].contains("-->");
        let end = html[from..].find("-->").map_or(html.len(), |end| from + end + 3);
        found.push(start..end);
        if *inside {
            return found;
        }
        at = end;
    }
}

/// A text without some ranges of it.
pub(super) fn without<'t>(text: &'t str, ranges: &[Range<usize>]) -> Cow<'t, str> {
    if ranges.is_empty() {
        return Cow::Borrowed(text);
    }
    let (mut rest, mut at) = (String::new(), 0);
    for range in ranges {
        rest.push_str(&text[at..range.start]);
        at = range.end;
    }
    Cow::Owned(rest + &text[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_end_where_they_end() {
        let shown = |lines: &[&str]| {
            let mut inside = false;
            lines.iter().map(|l| without(l, &comments(l, &mut inside)).into_owned()).collect::<Vec<_>>()
        };
        assert_eq!(shown(&["<!-- a --> b <!-- c -->d"]), [" b d"]);
        assert_eq!(shown(&["<!--\n", "secret\n", "--> x\n", "y"]), ["", "", " x\n", "y"]);
        assert_eq!(shown(&["<!--> a", "<!---> b", "<b> <!", "-- c -->"]), [" a", " b", "<b> <!", "-- c -->"]);
    }
}
