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
fn missing_words_and_files_are_named() {
    let (file, _, message) = fault(&[("locales/en.yaml", "nav: { home: Home }\n")]);
    assert_eq!(file, "locales/en.yaml");
    assert!(message.contains("`about_trigger`, ") && message.ends_with(" more"), "{message}");
    let default = super::file("locales/en.yaml").expect("the words of the default theme");
    let english = std::str::from_utf8(&default).expect("text");
    let (.., message) = fault(&[("locales/en.yaml", &english.replace("\nkinds:\n", "\nkindz:\n"))]);
    assert_eq!(message, "the key `kinds` is missing; there is `kindz`, which nothing reads");
    assert!(load(&[("locales/en.yaml", &format!("{english}\nours: Our own\n"))]).is_ok(), "a word more");
    let (file, ..) = fault(&[("theme.yaml", "name: mine\nstyles: [none.css]\n")]);
    assert_eq!(file, "styles/none.css");
    let (file, line, message) = fault(&[("theme.yaml", "name: mine\nstyles: []\nstlyes: []\n")]);
    assert_eq!((file.as_str(), line), ("theme.yaml", 3));
    assert!(message.contains("stlyes"), "{message}");
    let error = Theme::load(&BTreeMap::new(), "xx").expect_err("there is no such locale");
    assert!(error.to_string().starts_with("locales/xx.yaml: the theme has no words for `locale: xx`, but for `en`;"));
}
