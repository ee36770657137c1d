//! Values of another type than they seem: Norway, octal, dates, numbers that are none.

use super::{Input, file};

const LINKERD: &str = "content/options/linkerd.yaml";
const CASE: &str = "content/cases/shop.yaml";
const SCALE: &str = "content/facts/more.yaml";

fn titled(value: &str) -> String {
    format!("title: {value}\nkind: tool\nsummary: S\n")
}

fn layer(order: &str) -> String {
    format!("title: Two\norder: {order}\nsummary: S\n")
}

fn number(range: &str) -> String {
    format!("nodes:\n  title: Nodes\n  question: Q\n  type: number\n  range: {range}\n")
}

fn case(more: &str) -> String {
    format!("title: Shop\nsummary: S\n{more}\n")
}

pub fn inputs() -> Vec<Input> {
    let mut inputs = Vec::new();
    // Words of YAML 1.1 are words.
    for word in [
        "no",
        "yes",
        "off",
        "on",
        "y",
        "n",
        "NO",
        "2026-11-24",
        "2026-11-24T10:00:00Z",
        "12:30:45",
        "0x1F",
        "0o17",
        "1_000",
        ".nan",
        ".inf",
        "1.2.3",
        "0b11",
    ] {
        inputs.push(
            file(format!("the title {word}"), LINKERD, titled(word)).holds("options/linkerd.html", format!(">{word}<")),
        );
    }
    for value in ["true", "False", "5", "-1.5", "1e3", "~", "null", "[a]", "{ a: b }", "[]", "{}"] {
        inputs.push(
            file(format!("the title {value}, which is no text"), LINKERD, titled(value)).refused(&["wrong-type"]),
        );
    }
    inputs.push(file("an empty title", LINKERD, titled("''")).refused(&["empty-text"]));
    inputs.push(file("a title of spaces", LINKERD, titled("'   '")).refused(&["empty-text"]));
    inputs.push(
        file("a title of spaces that do not break", LINKERD, titled("'\u{a0}\u{2003}'")).refused(&["empty-text"]),
    );
    inputs
        .push(file("a title of nothing that is seen", LINKERD, titled("'\u{200b}\u{2060}'")).refused(&["empty-text"]));
    for order in ["0o17", "0x1F", "1_000", "1e3", "9223372036854775808", ".inf", ".nan", "'1'", "yes", "1.0"] {
        inputs.push(
            file(format!("the order {order}"), "content/layers/layer-2.yaml", layer(order)).refused(&["wrong-type"]),
        );
    }
    for order in ["017", "-0", "+5", "-9223372036854775808"] {
        inputs.push(
            file(format!("the order {order}, a number"), "content/layers/layer-2.yaml", layer(order))
                .holds("layers/layer-2.html", "Two"),
        );
    }
    for range in ["[1, 1]", "[5, 1]", "[1]", "[1, 2, 3]", "[a, b]", "[.inf, .nan]", "[0, 1e999]", "[-.inf, 0]", "7"] {
        inputs.push(file(format!("the range {range}"), SCALE, number(range)).refused(&["wrong-type"]));
    }
    inputs.push(
        file("a range to the largest number", SCALE, number("[0, 1.7976931348623157e308]")).warned(&["idle-fact"]),
    );
    for value in ["yes", "no", "1", "'true'", "~"] {
        inputs.push(
            file(format!("constructed: {value}"), CASE, case(&format!("constructed: {value}\nfacts: {{}}")))
                .refused(&["wrong-type"]),
        );
    }
    for (facts, code) in [
        ("services: many", "fact-value"),
        ("services: 5.5", "fact-value"),
        ("services: 1e400", "wrong-type"),
        ("services: .nan", "fact-value"),
        ("services: true", "fact-value"),
        ("services: { min: 9, max: 1 }", "fact-value"),
        ("services: {}", "fact-value"),
        ("needs_mtls: yes", "fact-value"),
        ("needs_mtls: 1", "fact-value"),
        ("architecture: no", "fact-value"),
        ("compliance: [[gdpr]]", "fact-value"),
        ("compliance: gdpr", "fact-value"),
        ("nothing: 1", "unknown-fact"),
        ("constructor: 1", "unknown-fact"),
    ] {
        inputs.push(file(format!("a case with {facts}"), CASE, case(&format!("facts:\n  {facts}"))).refused(&[code]));
    }
    inputs.push(
        file(
            "a case with more services than there are numbers",
            CASE,
            case("facts:\n  services: 99999999999999999999"),
        )
        .refused(&["fact-value"]),
    );
    inputs.push(
        file("a format from the future", "content/site.yaml", "format: 2\ntitle: T\nquestion: Q\ndescription: D\n")
            .refused(&["content-format"]),
    );
    inputs.push(
        file(
            "a language that is a path",
            "content/site.yaml",
            "title: T\nquestion: Q\ndescription: D\nlocale: ../../etc\n",
        )
        .refused(&["unknown-value"]),
    );
    inputs
}
