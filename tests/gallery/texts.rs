//! Texts that mean something to a template engine, to a script element, to JSON or to XML.

use super::{Input, file, prose, put};

/// Every text field of every kind, with this in it.
fn everywhere(root: &std::path::Path, text: &str) {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let q = quoted(text);
    // A phrase for a value says where it stands; one for a yes or a no has no value.
    let (phrase, whole) = (quoted(&format!("{text} {{}}")), quoted(&text.replace("{}", "{ }")));
    put(root, "content/site.yaml", format!(
        "title: {q}\ntagline: {q}\nquestion: {q}\ndescription: {q}\nbase_url: https://example.org/\nlabels: {{ layer: {q}, layers: {q} }}\n\
         verdicts: {{ adopt: {{ label: {q}, probably: {q} }} }}\nlicence: {{ name: {q} }}\ncredits: [{q}]\n\
         home: {{ layer: layer-1, triggers: [{{ trigger: tracing.many, text: {q} }}], case: shop }}\n").as_bytes());
    put(root, "content/layers/layer-1.yaml", format!(
        "title: {q}\norder: 1\nsummary: {q}\ndescription: {q}\ntopics: [{q}]\nquestions: [{{ question: {q}, capability: tracing }}]\n").as_bytes());
    put(root, "content/components/prometheus.yaml", format!("title: {q}\nlayer: layer-1\nsummary: {q}\n").as_bytes());
    put(
        root,
        "content/options/linkerd.yaml",
        format!("title: {q}\nshort: {q}\nkind: tool\nsummary: {q}\nlicence: {q}\nmaturity: {q}\n").as_bytes(),
    );
    put(root, "content/facts/scale.yaml", format!(
        "services: {{ title: {q}, question: {q}, help: {q}, measure: {q}, type: integer, unit: {{ one: {q}, other: {q} }}, range: [0, 200], words: {{ yes: {phrase} }} }}\n\
         needs_mtls: {{ title: {q}, question: {q}, type: boolean, words: {{ yes: {whole}, no: {whole} }} }}\n\
         architecture: {{ title: {q}, question: {q}, type: choice, options: {{ monolith: {q}, microservices: {q} }}, words: {{ yes: {phrase} }} }}\n\
         compliance: {{ title: {q}, question: {q}, type: choices, options: {{ gdpr: {q}, dora: {q} }}, words: {{ yes: {phrase}, none: {q} }} }}\n").as_bytes());
    put(root, "content/capabilities/tracing.yaml", format!(
        "title: {q}\nlayer: layer-1\nsummary: {q}\ndescription: {q}\ncomplexity: low\ncomplexity_note: {q}\nclosing_question: {q}\n\
         matrix: {{ trigger: {q}, skip_if: {q} }}\ntriggers: [{{ id: many, text: {q}, when: services > 5 }}]\n\
         not_when: [{{ text: {q}, when: 'architecture == \"monolith\" && !needs_mtls' }}]\n\
         trade_offs: {{ title: {q}, summary: {q}, keep: {{ title: {q}, note: {q}, pros: [{q}], cons: [{q}] }}, options: [{{ option: linkerd, pros: [{q}], cons: [{q}], use_when: [{{ text: {q}, when: services > 50 }}] }}] }}\n\
         decision_points: [{{ question: {q}, ask: [{q}] }}]\ntiming: {{ later: [{{ text: {q}, when: '!(\"gdpr\" in compliance)' }}] }}\n\
         builds_on: [{{ component: prometheus, adds: {q} }}]\ndoes_not_replace: [{{ component: prometheus, text: {q} }}]\n").as_bytes());
    put(root, "content/cases/shop.yaml", format!("title: {q}\nsummary: {q}\nfacts: {{ services: 9 }}\n").as_bytes());
    put(root, "content/pages/guide.md", format!("---\ntitle: {q}\nsummary: {q}\n---\n\n{text}\n\n## {text}\n\n- {text}\n\n> {text}\n\n```text title=\"x\"\n{text}\n```\n").as_bytes());
    put(root, "content/changes.yaml", format!("- {{ date: 2026-01-01, text: {q} }}\n").as_bytes());
}

fn all(name: &str, text: &'static str, warnings: &[&'static str]) -> Input {
    Input::new(format!("in every text: {name}"), move |root| everywhere(root, text)).warned(warnings)
}

pub fn inputs() -> Vec<Input> {
    vec![
        all("an end of a script", "</script><script>alert(1)</script>", &["raw-html"])
            .holds("index.html", "&lt;/script&gt;"),
        all("a comment in a script", "<!--<script>", &["raw-html"]),
        all("a template's value", "{{ 7 * 7 }}", &[]).holds("options/linkerd.html", "{{ 7 * 7 }}"),
        all("a template's loop", "{% for x in y %}{% include \"base.html\" %}{% endfor %}", &[])
            .holds("options/linkerd.html", "{% for x in y %}"),
        all("a template's comment", "{# note #} ok", &[]).holds("options/linkerd.html", "{# note #} ok"),
        all("other templates", "${7*7} <%= 7*7 %> #{7*7}", &[]),
        all("an attribute's end", "\" onmouseover=\"alert(1)", &[]),
        all("an attribute's end, single", "' onmouseover='alert(1)", &[]),
        all("quotes of every kind", "\" ' ` &quot; &#39; \\\" \\'", &[]),
        all("an end of JSON", "\"}]}; alert(1); //", &[]),
        all("an end of character data", "]]> <![CDATA[", &[]),
        all("line separators", "a\u{2028}b\u{2029}c", &[]),
        all(
            "commas, quotes and formulas, for spreadsheets",
            "=HYPERLINK(\"https://evil.example\",\"x\"), +1, @SUM(1)",
            &[],
        ),
        all("a placeholder", "{} {path} {capability} {0} %s $1 $& \\1", &[]),
        prose("a template in prose", "{{ page.title }} {% raw %}").holds("pages/guide.html", "{{ page.title }}"),
        file(
            "a placeholder without an end",
            "content/facts/scale.yaml",
            "services: { title: S, question: Q, type: integer, words: { yes: '{ {}' } }\n",
        )
        .refused(&["unknown-fact"]),
    ]
}
