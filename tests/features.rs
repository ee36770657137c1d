//! What the real content does not use: aliases, assets, a theme of the site's own.

use std::sync::Arc;

use worthwhile::read::Sources;

/// The text of each of these routes of a small site.
fn check(files: &[(&str, &str)], routes: &[&str]) -> Vec<Option<String>> {
    let base = [
        ("content/site.yaml", "title: T\nquestion: Q?\ndescription: D\ntheme: mine\n"),
        ("content/layers/one.yaml", "title: One\norder: 1\nsummary: S\naliases: [first]\n"),
    ];
    let mut sources = Sources::default();
    for (path, text) in base.iter().chain(files) {
        sources.files.insert(Arc::from(*path), Arc::from(text.as_bytes()));
    }
    let (plan, mut diagnostics) = worthwhile::compile(&sources, None);
    let site = worthwhile::output::site(&sources, plan, &mut diagnostics).unwrap_or_else(|| panic!("{diagnostics:?}"));
    let (made, faults) = site.all(&sources);
    assert!(faults.is_empty(), "{faults:?}");
    routes.iter().map(|route| made.get(*route).map(|b| String::from_utf8_lossy(b).into_owned())).collect()
}

#[test]
fn an_alias_leads_to_the_page_and_one_file_of_a_theme_is_replaced() {
    let replaced = ("themes/mine/templates/parts/footer.html", "<footer>Ours</footer>");
    let made = check(&[replaced], &["layers/first.html", "layers/one.html"]);
    let [Some(redirect), Some(page)] = &made[..] else { panic!("{made:?}") };
    assert!(redirect.contains("content=\"0; url=one.html\"") && redirect.contains("href=\"one.html\""), "{redirect}");
    assert!(page.contains("<footer>Ours</footer>") && page.contains("<h1"), "{page}");
}

#[test]
fn a_capability_of_another_name_takes_all_its_pages_along() {
    let files = [
        ("themes/mine/templates/parts/footer.html", "<footer>Ours</footer>"),
        (
            "content/capabilities/logs.yaml",
            "title: Logs\nlayer: one\nsummary: S\ncomplexity: low\naliases: [logging]\n\
             triggers:\n  - { id: many, text: Many }\n\
             trade_offs:\n  options:\n    - { option: loki, pros: [P] }\n",
        ),
        ("content/options/loki.yaml", "title: Loki\nkind: tool\nsummary: S\n"),
    ];
    let pages = ["capabilities/logging.html", "triggers/logging.many.html", "trade-offs/logging.html"];
    let made = check(&files, &pages);
    for (page, to) in made.iter().zip(["logs.html", "logs.many.html", "logs.html"]) {
        assert!(page.as_ref().is_some_and(|page| page.contains(&format!("content=\"0; url={to}\""))), "{to}: {page:?}");
    }
}

#[test]
fn an_asset_is_published_and_an_image_knows_its_size() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"/>";
    let page = "---\ntitle: P\n---\n\n![A box](../../assets/box.svg)\n";
    let files = [
        ("themes/mine/templates/parts/footer.html", "<footer>Ours</footer>"),
        ("content/assets/box.svg", svg),
        ("content/pages/guide/p.md", page),
    ];
    let made = check(&files, &["assets/box.svg", "pages/guide/p.html"]);
    assert_eq!(made[0].as_deref(), Some(svg));
    let html = made[1].as_deref().unwrap_or_default();
    assert!(html.contains("<img src=\"../../assets/box.svg\" width=\"40\" height=\"20\" alt=\"A box\""), "{html}");
}

#[test]
fn assets_that_a_theme_names_are_published() {
    let found = |named: [(&str, &str); 2]| {
        let mut sources = Sources::default();
        let base = [
            ("content/site.yaml", "title: T\nquestion: Q?\ndescription: D\ntheme: mine\n"),
            ("content/assets/own.svg", "<svg/>"),
            ("themes/mine/assets/logo.svg", "<svg/>"),
            ("themes/mine/theme.yaml", "styles: [default, ours.css]\n"),
        ];
        for (path, text) in base.into_iter().chain(named) {
            sources.files.insert(Arc::from(path), Arc::from(text.as_bytes()));
        }
        let (plan, mut diagnostics) = worthwhile::compile(&sources, None);
        let site = worthwhile::output::site(&sources, plan, &mut diagnostics);
        let told: Vec<String> = diagnostics.iter().map(|d| format!("{}: {}", d.span.file, d.message)).collect();
        assert_eq!(site.is_some(), told.is_empty(), "{told:?}");
        told
    };
    let style = "themes/mine/styles/ours.css";
    let template = "themes/mine/templates/parts/footer.html";
    let image = |asset: &str| format!("<img src=\"{{{{ frame.root }}}}assets/{asset}\" alt=\"\">");
    let right = image("theme/logo.svg") + &image("own.svg");
    assert_eq!(found([(style, "a{b:url(theme/logo.svg),url('own.svg')}"), (template, &right)]), [""; 0]);
    assert_eq!(
        found([(style, "a{b:url(../fonts/x.ttf)}"), (template, &image("logo.svg"))]),
        [
            format!("{style}: nothing is published at `fonts/x.ttf`"),
            format!("{template}: nothing is published at `assets/logo.svg`")
        ]
    );
}
