//! Bytes that are no text, and texts that are odd.

use super::{Input, file, prose};

const SITE: &str = "content/site.yaml";
const LINKERD: &str = "content/options/linkerd.yaml";
const GUIDE: &str = "content/pages/guide.md";

fn title(bytes: &[u8]) -> Vec<u8> {
    [b"title: ", bytes, b"\nkind: tool\nsummary: S\n"].concat()
}

fn utf16(text: &str, big: bool) -> Vec<u8> {
    let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(bytes).collect()
}

pub fn inputs() -> Vec<Input> {
    let yaml = "title: Linkerd\nkind: tool\nsummary: S\n";
    vec![
        file("Latin-1", LINKERD, title(b"caf\xe9")).refused(&["not-utf8"]),
        file("UTF-16, little end first", LINKERD, utf16(yaml, false)).refused(&["not-utf8"]),
        file("UTF-16, big end first", LINKERD, utf16(yaml, true)).refused(&["not-utf8"]),
        file("an overlong slash", LINKERD, title(b"a\xc0\xafb")).refused(&["not-utf8"]),
        file("a surrogate in UTF-8", LINKERD, title(b"a\xed\xa0\x80b")).refused(&["not-utf8"]),
        file("a code point beyond the last", LINKERD, title(b"a\xf4\x90\x80\x80")).refused(&["not-utf8"]),
        file("a character cut in half at the end", LINKERD, b"title: L\nkind: tool\nsummary: \xe2\x82")
            .refused(&["not-utf8"]),
        file("Markdown in Latin-1", GUIDE, b"---\ntitle: G\n---\n\ncaf\xe9\n").refused(&["not-utf8"]),
        file(
            "random bytes",
            LINKERD,
            (0..4096u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect::<Vec<u8>>(),
        )
        .refused(&["not-utf8"]),
        file("a byte order mark", LINKERD, format!("\u{feff}{yaml}")).warned(&["byte-order-mark"]),
        file("a byte order mark before front matter", GUIDE, "\u{feff}---\ntitle: G\n---\n\nText.\n")
            .warned(&["byte-order-mark"])
            .holds("pages/guide.html", "<p>Text.</p>"),
        file("two byte order marks", LINKERD, format!("\u{feff}\u{feff}{yaml}")).warned(&["byte-order-mark"]),
        file("line ends of Windows in YAML", LINKERD, yaml.replace('\n', "\r\n"))
            .holds("options/linkerd.html", "Linkerd"),
        file("line ends of Windows in Markdown", GUIDE, "---\r\ntitle: G\r\n---\r\n\r\n## Two\r\n\r\nText.\r\n")
            .holds("pages/guide.html", "<p>Text.</p>"),
        file("line ends of old Macs", LINKERD, yaml.replace('\n', "\r")).holds("options/linkerd.html", "Linkerd"),
        file("NUL in YAML", LINKERD, title(b"a\0b")).refused(&["yaml-syntax"]),
        prose("NUL in Markdown", "a\0b").refused(&["control-character"]),
        file("NUL escaped", LINKERD, title(b"\"a\\0b\"")).refused(&["control-character"]),
        file("escape sequences of a terminal", LINKERD, title(b"\"\\e[31mred\"")).refused(&["control-character"]),
        prose("escape sequences of a terminal in Markdown", "\u{1b}[2J\u{7}").refused(&["control-character"]),
        file("a control character in YAML", LINKERD, title(b"a\x08b")).refused(&["yaml-syntax"]),
        file("DEL in YAML", LINKERD, title(b"\"a\\x7fb\"")).refused(&["control-character"]),
        file("a line separator in YAML", LINKERD, title("\"a\u{2028}b\"".as_bytes()))
            .holds("options/linkerd.html", "a\u{2028}b"),
        file("a lone surrogate, escaped", LINKERD, title(b"\"\\ud800\"")).refused(&["yaml-syntax"]),
        file("a lone low surrogate, escaped", LINKERD, title(b"\"\\udc00 x\"")).refused(&["yaml-syntax"]),
        file("a code point beyond the last, escaped", LINKERD, title(b"\"\\U00110000\"")).refused(&["yaml-syntax"]),
        file("an unknown escape", LINKERD, title(b"\"\\q\"")).refused(&["yaml-syntax"]),
        file("text decoded twice", LINKERD, title("cafÃ©".as_bytes())).refused(&["double-decoded"]),
        file("a lost character", LINKERD, title("caf\u{fffd}".as_bytes())).refused(&["double-decoded"]),
        file("letters that run the other way", LINKERD, title("\u{202e}gnol".as_bytes()))
            .refused(&["control-character"]),
        file("a family of emoji", LINKERD, title("👩‍👩‍👧‍👦".as_bytes())).holds("options/linkerd.html", "👩‍👩‍👧‍👦"),
        file("a thousand accents on one letter", LINKERD, title(format!("Z{}", "\u{301}".repeat(1000)).as_bytes()))
            .holds("options/linkerd.html", "Z\u{301}"),
        file("a noncharacter", LINKERD, title("\"a\u{fdd0}b\"".as_bytes())).refused(&["control-character"]),
        file("a site in Arabic", SITE, "title: منصة\nquestion: متى؟\ndescription: وصف\n").holds("index.html", "منصة"),
        file("an empty file", LINKERD, "").refused(&["wrong-type"]),
        file("white space alone", LINKERD, " \n\n   \n").refused(&["wrong-type"]),
        file("a comment alone", LINKERD, "# to be written\n").refused(&["wrong-type"]),
        file("an empty page", GUIDE, "").refused(&["front-matter"]),
        file("front matter that does not end", GUIDE, "---\ntitle: G\n\nText.\n").refused(&["front-matter"]),
        file("front matter that holds nothing", GUIDE, "---\n---\nText.\n").refused(&["wrong-type"]),
        file("no line break at the end", GUIDE, "---\ntitle: G\n---").holds("pages/guide.html", "<h1"),
    ]
}
