//! Conditions that are no sentences.

use super::{Input, file, put};

fn when(condition: &str) -> String {
    let quoted = condition.replace('\'', "''");
    format!(
        "title: M\nlayer: layer-1\nsummary: S\ncomplexity: low\ntriggers:\n  - id: a\n    text: A\n    when: '{quoted}'\n"
    )
}

fn input(name: impl Into<String>, condition: impl AsRef<str>) -> Input {
    file(name, "content/capabilities/more.yaml", when(condition.as_ref()))
}

pub fn inputs() -> Vec<Input> {
    let mut inputs = vec![
        input("parentheses ten thousand deep", format!("{}services > 5{}", "(".repeat(10_000), ")".repeat(10_000)))
            .refused(&["condition-syntax"]),
        input("parentheses two thousand deep", format!("{}services > 5{}", "(".repeat(2_000), ")".repeat(2_000)))
            .refused(&["condition-syntax"]),
        input("parentheses sixty deep", format!("{}services > 5{}", "(".repeat(60), ")".repeat(60)))
            .holds("capabilities/more.html", "more than 5"),
        input("ten thousand negations", format!("{}needs_mtls", "!".repeat(10_000))).refused(&["condition-syntax"]),
        input("sixty negations", format!("{}needs_mtls", "!".repeat(60))).holds("capabilities/more.html", "needs_mtls"),
        input("a quote in a text", "architecture == 'mono\"lith'").refused(&["condition-syntax"]),
        input("a line's end in a text", "architecture == \"mono\nlith\"").refused(&["condition-type"]),
        input("longer than a sentence", vec!["services > 5"; 2_000].join(" && ")).refused(&["condition-syntax"]),
        input("the same three hundred times", vec!["services > 5"; 200].join(" && "))
            .holds("capabilities/more.html", "services"),
        input("sixty-four kilobytes of nothing", " ".repeat(1 << 16)).refused(&["empty-text"]),
        input("a number that is too large", "services > 1e999").refused(&["condition-syntax"]),
        input("a number of a thousand digits", format!("services > {}", "9".repeat(1000)))
            .refused(&["condition-syntax"]),
        input("the largest exact number", "services > 8999999999999999").holds("capabilities/more.html", "services"),
        input("half a service", "services > 5.5").refused(&["condition-type"]),
        input("a text with a NUL", "architecture == \"mono\u{0}\"").refused(&["yaml-syntax"]),
        input("a text with a backslash", "architecture == \"a\\\\\"").refused(&["condition-syntax"]),
        input("a template", "{{ services }} > 5").refused(&["condition-syntax"]),
        input("a script", "</script><script>alert(1)</script>").refused(&["condition-syntax"]),
        input("an option with a script", "architecture == \"</script><script>alert(1)</script>\"")
            .refused(&["condition-type"]),
        input("a condition on what JavaScript has of its own", "constructor > 5").refused(&["unknown-fact"]),
        file("three hundred conditions over the same facts", "content/capabilities/more.yaml", many()).warned(&[]),
        Input::new("a condition over forty facts", |root| {
            put(root, "content/facts/more.yaml", facts(40).as_bytes());
            put(root, "content/capabilities/more.yaml", tangle().as_bytes());
        }),
        Input::new("a set of forty, each asked for", |root| {
            let options: String = (0..40).map(|n| format!("m{n}: M, ")).collect();
            let fact = format!("sets: {{ title: T, question: Q, type: choices, options: {{ {options} }} }}\n");
            put(root, "content/facts/more.yaml", fact.as_bytes());
            let triggers: String =
                (0..40).map(|n| format!("  - {{ id: t{n}, text: T, when: '\"m{n}\" in sets' }}\n")).collect();
            let capability = format!("title: M\nlayer: layer-1\nsummary: S\ncomplexity: low\ntriggers:\n{triggers}");
            put(root, "content/capabilities/more.yaml", capability.as_bytes());
        })
        .refused(&["too-many-cells"]),
        Input::new("a hundred clauses over thirty facts", |root| {
            put(root, "content/facts/more.yaml", flags(30).as_bytes());
            put(root, "content/capabilities/more.yaml", clauses(34).as_bytes());
        }),
        Input::new("a hundred clauses over thirty facts, in many capabilities", |root| {
            put(root, "content/facts/more.yaml", flags(30).as_bytes());
            // Each of them alone could be looked at.
            for (n, seed) in [13, 14, 15, 25, 26, 28, 29, 34, 35, 50].into_iter().cycle().take(30).enumerate() {
                put(root, format!("content/capabilities/more-{n}.yaml"), clauses(seed).as_bytes());
            }
        })
        .refused(&["too-many-cells"]),
        Input::new("five hundred capabilities of a hundred clauses each", |root| {
            put(root, "content/facts/more.yaml", flags(30).as_bytes());
            for seed in 0..500 {
                put(root, format!("content/capabilities/more-{seed}.yaml"), clauses(seed).as_bytes());
            }
        })
        .refused(&["too-many-cells"]),
        Input::new("a hundred statements of many clauses", |root| {
            put(root, "content/facts/more.yaml", flags(30).as_bytes());
            let triggers: String =
                (0..100).map(|n| format!("  - {{ id: t{n}, text: T, when: '{}' }}\n", hard(n))).collect();
            let capability = format!("title: M\nlayer: layer-1\nsummary: S\ncomplexity: low\ntriggers:\n{triggers}");
            put(root, "content/capabilities/more.yaml", capability.as_bytes());
        })
        .refused(&["too-many-cells"]),
        Input::new("a thousand statements that read one number", |root| {
            put(root, "content/facts/more.yaml", facts(1).as_bytes());
            put(root, "content/capabilities/more.yaml", numbers(1000, 0).as_bytes());
        })
        .warned(&[]),
        Input::new("a thousand options that one statement each asks for", |root| {
            let options: String = (0..1000).map(|n| format!("o{n}: O, ")).collect();
            let fact = format!("f0: {{ title: T, question: Q, type: choice, options: {{ {options} }} }}\n");
            put(root, "content/facts/more.yaml", fact.as_bytes());
            put(root, "content/capabilities/more.yaml", chosen(999).as_bytes());
        }),
        Input::new("five thousand statements that read one number", |root| {
            put(root, "content/facts/more.yaml", facts(1).as_bytes());
            put(root, "content/capabilities/more.yaml", numbers(5000, 0).as_bytes());
        })
        .refused(&["too-many-cells"]),
        Input::new("five hundred statements that read one number, in many capabilities", |root| {
            put(root, "content/facts/more.yaml", facts(1).as_bytes());
            for n in 0..30 {
                put(root, format!("content/capabilities/more-{n}.yaml"), numbers(500, n).as_bytes());
            }
        })
        .refused(&["too-many-cells"]),
        file("facts that nothing asks for", "content/facts/more.yaml", facts(40)).warned(&["idle-fact"]),
    ];
    for (name, condition) in [
        ("an assignment", "services = 5"),
        ("a chain", "1 < services < 5"),
        ("arithmetic", "services + 1 > 5"),
        ("a function", "size(compliance) > 1"),
        ("a ternary", "needs_mtls ? true : false"),
        ("a word for and", "needs_mtls and services > 5"),
        ("a sign for at least", "services ≥ 5"),
        ("a null", "services == null"),
        ("an empty list", "architecture in []"),
        ("a list of words", "architecture in [monolith]"),
        ("a member access", "services.value > 5"),
        ("an index", "compliance[0] == \"gdpr\""),
        ("a comment", "services > 5 // many"),
        ("a semicolon", "services > 5; drop"),
        ("a quote that does not end", "architecture == \"mono"),
        ("curly quotes", "architecture == “monolith”"),
        ("a hash", "# services > 5"),
        ("nothing but an operator", "&&"),
        ("true", "true"),
        ("a hexadecimal", "services > 0x10"),
        ("a NaN", "services > NaN"),
    ] {
        inputs.push(input(format!("a condition with {name}"), condition).refused(&["condition-syntax"]));
    }
    for (name, condition) in [
        ("a boolean as a number", "needs_mtls > 5"),
        ("a number as a boolean", "services"),
        ("a choice with an order", "architecture > \"monolith\""),
        ("a set with an equals", "compliance == \"gdpr\""),
        ("a choice as a set", "\"monolith\" in architecture"),
        ("an option that is not there", "architecture == \"mesh\""),
        ("a number in a list", "services in [\"a\"]"),
        ("a number as a text", "services == \"5\""),
    ] {
        inputs.push(input(format!("a condition that takes {name}"), condition).refused(&["condition-type"]));
    }
    inputs
}

fn many() -> String {
    let triggers: String =
        (0..300).map(|n| format!("  - {{ id: t{n}, text: T, when: services > {} }}\n", n % 10)).collect();
    format!("title: M\nlayer: layer-1\nsummary: S\ncomplexity: low\ntriggers:\n{triggers}")
}

fn facts(n: usize) -> String {
    (0..n).map(|n| format!("f{n}: {{ title: T, question: Q, type: number }}\n")).collect()
}

fn flags(n: usize) -> String {
    (0..n).map(|n| format!("f{n}: {{ title: T, question: Q, type: boolean }}\n")).collect()
}

/// Clauses of three of thirty facts, by a fixed sequence of chances: as many as make it hard to say whether they all
/// can hold.
fn hard(seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut dice = |sides: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % sides
    };
    let mut literal = || format!("{}f{}", if dice(2) == 0 { "!" } else { "" }, dice(30));
    let all: Vec<String> = (0..120).map(|_| format!("({} || {} || {})", literal(), literal(), literal())).collect();
    all.join(" && ")
}

fn clauses(seed: u64) -> String {
    format!(
        "title: M\nlayer: layer-1\nsummary: S\ncomplexity: low\ntriggers:\n  - {{ id: t, text: T, when: '{}' }}\n",
        hard(seed)
    )
}

fn numbers(n: usize, first: usize) -> String {
    let statements: String =
        (0..n).map(|n| format!("  - {{ text: T{n}, when: f0 == {} }}\n", first + 31 * n)).collect();
    format!(
        "title: M\nlayer: layer-1\nsummary: S\ncomplexity: low\ntriggers: [{{ id: t, text: T, when: f0 > 7.5 }}]\nnot_when:\n{statements}"
    )
}

fn chosen(n: usize) -> String {
    let statements: String = (0..n).map(|n| format!("  - {{ text: T{n}, when: f0 == \"o{n}\" }}\n")).collect();
    format!(
        "title: M\nlayer: layer-1\nsummary: S\ncomplexity: low\ntriggers: [{{ id: t, text: T, when: services > 7 }}]\nnot_when:\n{statements}"
    )
}

/// Each of twenty facts beside another that is asked for far behind it: a table of all of them has a million rows.
fn tangle() -> String {
    let pairs: Vec<String> = (0..20).map(|n| format!("f{n} > 1 && f{} > 1", 20 + n)).collect();
    format!(
        "title: M\nlayer: layer-1\nsummary: S\ncomplexity: low\ntriggers:\n  - {{ id: t, text: T, when: '{}' }}\n",
        pairs.join(" || ")
    )
}
