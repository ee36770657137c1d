use super::*;
use std::sync::Arc;

fn check(text: &str) -> Result<Expr<Name>, Fault> {
    let file: Arc<str> = Arc::from("test.yaml");
    parse(text, &|range| Span::new(&file, range))
}

fn round_trip(text: &str) {
    let tree = check(text).unwrap_or_else(|e| panic!("{text}: {e:?}"));
    assert_eq!(print(&tree, &|n: &Name| n.text.clone(), &|_, n| n.to_string()), text);
}

fn refused(text: &str, at: &str, message: &str) {
    let fault = check(text).expect_err(text);
    assert_eq!((&text[fault.range.clone()], fault.message.as_str()), (at, message), "{text}");
}

#[test]
fn what_is_printed_parses_to_the_same() {
    for text in [
        "microservices > 5",
        "needs_mtls",
        "!needs_mtls",
        "!(a && b)",
        "(a || b) && !c",
        "a && b || c && d",
        "x >= 0.5",
        "x == -3",
        "layer_1_stable == false",
        "architecture == \"monolith\" || microservices < 3",
        "\"gdpr\" in compliance",
        "!(compliance == [])",
        "cloud in [\"aws\", \"azure\"]",
    ] {
        round_trip(text);
    }
}

#[test]
fn nested_parts_of_one_kind_are_flat() {
    assert_eq!(check("a && (b && c)").map(|e| matches!(e, Expr::And(p) if p.len() == 3)), Ok(true));
    assert_eq!(check("a || (b || c)").map(|e| matches!(e, Expr::Or(p) if p.len() == 3)), Ok(true));
}

#[test]
fn refusals_point_at_the_fault() {
    refused("a = 5", "=", "a single `=`");
    refused("a & b", "&", "a single `&`");
    refused("a and b", "and", "unexpected `and`");
    refused("5 < a", "5", "a comparison starts with the fact");
    refused("a < b", "b", "two facts cannot be compared with each other");
    refused("a + 1 > 5", "+", "arithmetic is not part of conditions");
    refused("size(a) > 5", "(", "functions are not part of conditions");
    refused("a == 'x\"y'", "'x\"y'", "a quote in a text");
    refused("a == 'x\ny'", "'x\ny'", "a control character in a text");
    refused("a == \"x", "\"x", "a text without its closing quote");
    refused("(a || b", "(", "a `(` without its `)`");
    refused("a)", ")", "a `)` without its `(`");
    refused("", "", "an empty condition");
    refused("a >", "", "the condition ends where a value should stand");
    refused("a ≥ 5", "≥", "`≥` is not part of conditions");
    refused("a == null", "null", "`null` is no value");
    refused("a in [x]", "x", "a list holds texts");
    refused("true", "true", "`true` on its own");
    refused("a > 1.2.3", "1.2.3", "not a number");
    refused("a > 1.000", "1.000", "a number that reads two ways");
    refused("a.count > 1", ".", "a fact has no parts");
    refused("gdpr in regimes", "gdpr in regimes", "a fact in a fact");
    refused("a > -1.000", "-1.000", "a number that reads two ways");
    assert!(check("a > 0.000").is_ok() && check("a > 1.5").is_ok());
    refused("a == TRUE", "TRUE", "`TRUE` is a word");
    refused("'gdpr' IN regimes", "IN", "`IN` is a word");
    refused("not a", "not ", "`not` is a word");
    refused("a > 1 OR b", "OR", "`OR` is a word");
    refused("a AND b", "AND", "unexpected `AND`");
    for (sign, meant) in [("=>", ">="), ("=<", "<="), ("<>", "!="), ("===", "=="), ("!==", "!=")] {
        let fault = check(&format!("a {sign} 5")).expect_err(sign);
        assert_eq!((fault.range, fault.instead), (2..2 + sign.len(), Some(meant)), "{sign}");
    }
}

/// As deep and as long as is read is what is printed of it, though it has more blanks and parentheses.
#[test]
fn what_is_printed_is_within_the_bounds_of_what_is_read() {
    let print = |tree: &Expr<Name>| print(tree, &|n: &Name| n.text.clone(), &|_, n| n.to_string());
    let deep = format!("{}a==1", "!".repeat(MAX_DEPTH));
    let long = vec!["!a==5"; MAX_BYTES / 6].join("&&");
    let sets = vec!["a!=[]"; MAX_BYTES / 7].join("||");
    for text in [deep, long, sets] {
        let printed = print(&check(&text).unwrap_or_else(|e| panic!("{text}: {e:?}")));
        assert!(printed.len() > text.len());
        assert_eq!(check(&printed).map(|tree| print(&tree)), Ok(printed));
    }
    assert!(check(&vec!["a==5"; MAX_BYTES / 6 + 2].join("&&")).is_err());
}

#[test]
fn depth_is_bounded() {
    assert!(check(&format!("{}a{}", "(".repeat(2000), ")".repeat(2000))).is_err());
    assert!(check(&format!("{}a", "!".repeat(3000))).is_err());
    assert!(check(&format!("{}a", "(".repeat(5000))).is_err());
}
