use super::*;

fn load(files: &[(&str, &str)]) -> Result<Theme, ThemeError> {
    let files = files.iter().map(|(path, text)| (path.to_string(), Arc::from(text.as_bytes()))).collect();
    Theme::load(&files, "en")
}

fn fault(files: &[(&str, &str)]) -> (String, usize, String) {
    let error = load(files).expect_err("the theme is broken");
    (error.file, error.line, error.message)
}

#[test]
fn a_file_of_the_site_replaces_the_default() {
    let plain = load(&[]).expect("the default theme loads");
    let own = load(&[("styles/tokens.css", ":root { --ink: black }")]).expect("a style may be replaced");
    assert_ne!(plain.look.stylesheet, own.look.stylesheet);
    let (_, css) = own.assets().iter().find(|(route, _)| *route == own.look.stylesheet).expect("it is published");
    assert!(css.starts_with(b":root{--ink:black}"));
    assert_eq!(plain.look.stylesheet, load(&[]).expect("twice the same").look.stylesheet);
}

#[test]
fn a_broken_template_is_named_with_its_line() {
    let (file, line, _) = fault(&[("templates/page.html", "<p>\n{{ page.title }\n</p>")]);
    assert_eq!((file.as_str(), line), ("templates/page.html", 2));
    let (file, _, message) = fault(&[("templates/page.html", "{% extends \"none.html\" %}")]);
    assert_eq!(file, "templates/page.html");
    assert!(message.contains("none.html"), "{message}");
}

#[test]
fn lists_of_the_manifest_keep_or_replace_the_default_ones() {
    let style = ("styles/ours.css", ".ours { margin: 0 }");
    let script = ("scripts/ours.js", "/*! ours */ console.log(1 .toFixed(2)) // end");
    let published = |manifest: &str| {
        let theme = load(&[style, script, ("theme.yaml", manifest)]).expect("the theme loads");
        let of = |name: &str| {
            let is = |(route, _): &&(String, Arc<[u8]>)| route.starts_with(&format!("assets/{name}."));
            theme.assets().iter().find(is).map(|(_, bytes)| String::from_utf8(bytes.to_vec()).expect("text"))
        };
        (of("site").unwrap_or_default(), of("ours"), of("matrix"), theme.idle.clone())
    };
    let default = published("views: 1\n");
    assert_eq!(default.3, [Idle::File("scripts/ours.js".into()), Idle::File("styles/ours.css".into())]);
    let both = published("styles: [default, ours.css]\nscripts: [default, ours.js]\n");
    assert_eq!(both.0, default.0.clone() + ".ours{margin:0}");
    assert_eq!(both.1.as_deref(), Some(script.1), "a script of the site's own stays as it is");
    assert!(both.2.is_some() && both.3.is_empty());
    let ours = published("styles: [ours.css]\nscripts:\n  - { file: ours.js, on: [home] }\n");
    assert_eq!(ours.0, ".ours{margin:0}");
    assert!(ours.2.is_none());
    assert_eq!(ours.3, [Idle::Defaults("styles"), Idle::Defaults("scripts")]);
    let joined = published("styles: [default, ours.css]\nscripts: [default, { file: text.js, after: [ours.js] }]\n");
    assert!(joined.1.is_none() && joined.3.is_empty());
}

#[test]
fn what_the_manifest_names_is_there_once() {
    let style = ("styles/ours.css", ".ours { margin: 0 }\n");
    for (manifest, line, expected) in [
        ("styles: [default, our.css]\n", 1, "the theme has no file `styles/our.css`"),
        ("styles:\n  - default\n  - tokens.css\n", 3, "the style `tokens.css` is there twice"),
        ("scripts: [ours.js]\n", 1, "the theme has no file `scripts/ours.js`"),
        ("scripts: [{ file: site.js, after: [site.js] }]\n", 1, "the script `site.js` stands after itself"),
        ("scripts:\n  - { file: site.js, on: [hom] }\n", 2, "the theme has no template `hom`"),
        ("scripts: [{ fil: site.js }]\n", 1, "unknown field `fil`"),
        ("views: one\n", 1, "expected a whole number"),
        ("styles: ours.css\n", 1, "expected a list"),
        (
            "scripts: [default, { file: text.js, search: true }]\n",
            1,
            "`search.js` and `text.js` both are `search: true`",
        ),
    ] {
        let (file, at, message) = fault(&[style, ("theme.yaml", manifest)]);
        assert_eq!((file.as_str(), at), ("theme.yaml", line), "{message}");
        assert!(message.starts_with(expected) && !message.contains('\n'), "{message}");
    }
    let (file, line, _) = fault(&[("styles/tokens.css", ":root {\n  --ink: red;\n")]);
    assert_eq!((file.as_str(), line), ("styles/tokens.css", 1));
}

#[test]
fn what_nothing_uses_is_told_wherever_it_lies() {
    let idle = |path: &str| load(&[(path, "")]).expect("it loads").idle == [Idle::File(path.into())];
    for path in
        ["fonts/a.woff2", "Styles/tokens.css", "styles/a.scss", "templates/page.htm", "theme.yml", "locales/fr.yml"]
    {
        assert!(idle(path), "{path}");
    }
    for path in ["assets/a.woff2", "README.md", "locales/fr.yaml", "LICENSE"] {
        assert!(!idle(path), "{path}");
    }
}

#[test]
fn missing_words_and_files_are_named() {
    let (file, _, message) = fault(&[("locales/en.yaml", "nav: { home: Home }\n")]);
    assert_eq!(file, "locales/en.yaml");
    assert!(message.contains("`about_trigger`, ") && message.ends_with(" more"), "{message}");
    let default = super::file("locales/en.yaml").expect("the words of the default theme");
    let english = std::str::from_utf8(&default).expect("text");
    let (.., message) = fault(&[("locales/en.yaml", &english.replace("\nkinds:\n", "\nkindz:\n"))]);
    assert_eq!(message, "the key `kinds` is missing; there is `kindz`, which nothing reads");
    assert!(load(&[("locales/en.yaml", &format!("{english}\nours: Our own\n"))]).is_ok(), "a word more");
    let of = |wanted: &str, instead: &str| {
        assert!(english.contains(wanted), "{wanted}");
        let (_, line, message) = fault(&[("locales/en.yaml", &english.replacen(wanted, instead, 1))]);
        (english[..english.find(wanted).expect("it is there")].matches('\n').count() + 1 == line, message)
    };
    assert_eq!(
        of("answered: \"{answered} of {total} facts\"", "answered: \"{gegeben} von {total}\""),
        (true, "`case.answered`: nothing fills `{gegeben}`; what is filled there is `{answered}`, `{total}`".into())
    );
    assert_eq!(
        of("expected: \"Expected: {}\"", "expected: Erwartet"),
        (true, "`case.expected`: the place of `{}` is missing".into())
    );
    assert_eq!(
        of("triggers: { one: \"{} trigger\", other: \"{} triggers\" }", "triggers: Trigger").1,
        "2 keys are missing: `meta.triggers.one`, `meta.triggers.other`"
    );
    let (file, line, message) = fault(&[("theme.yaml", "name: mine\nstyles: []\nstlyes: []\n")]);
    assert_eq!((file.as_str(), line), ("theme.yaml", 3));
    assert!(message.contains("stlyes"), "{message}");
    let error = Theme::load(&BTreeMap::new(), "xx").expect_err("there is no such locale");
    assert!(error.to_string().starts_with("locales/xx.yaml: the theme has no words for `locale: xx`, but for `en`;"));
}

#[test]
fn a_mistake_of_a_template_is_told_at_its_place() {
    let page =
        |main: &str| format!("{{% extends \"base.html\" %}}\n{{% block main %}}\n{main}\n{{% endblock main %}}\n");
    for (main, line, expected, unknown) in [
        ("<p>{{ frame.title | datum }}</p>", 3, "Unknown filter `datum`", None),
        ("{% include \"parts/headr.html\" %}", 3, "Unknown template `parts/headr.html`", Some("parts/head.html")),
        ("{{ <icn name=\"x\" /> }}", 3, "Unknown component `icn`", Some("icon")),
        ("{% if frame.title %}x", 4, "the `if` of line 3 is not closed here: write `{% endif %}` first", None),
        ("{% macro x() %}", 3, "Unknown tag `macro`", None),
    ] {
        let error = load(&[("templates/page.html", &page(main))]).expect_err("the theme is broken");
        assert_eq!((error.file.as_str(), error.line), ("templates/page.html", line), "{}", error.message);
        assert_eq!(error.message, expected);
        let names = error.unknown.map(|unknown| unknown.names).unwrap_or_default();
        assert!(unknown.is_none_or(|name| names.iter().any(|known| known == name)), "{names:?}");
    }
}
