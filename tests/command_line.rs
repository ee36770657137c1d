//! Help, completions, manual pages, themes: what a command line at home in its shell gives.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_worthwhile"));
    command
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::null())
        .env("COLUMNS", "100")
        .output()
        .expect("the program runs")
}

fn printed(folder: &Path, args: &[&str]) -> String {
    let output = run(folder, args);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The verbs, as the help of the program lists them.
fn verbs(folder: &Path) -> Vec<String> {
    let help = printed(folder, &["--help"]);
    let list = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("a list of verbs");
    let names = list.lines().filter_map(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with(' '));
    names.filter_map(|line| line.split_whitespace().next()).filter(|v| *v != "help").map(str::to_owned).collect()
}

#[test]
fn every_verb_has_help_with_examples() {
    let folder = TempDir::new().expect("a folder");
    let verbs = verbs(folder.path());
    assert!(verbs.len() >= 15, "{verbs:?}");
    for verb in &verbs {
        let help = printed(folder.path(), &[verb, "--help"]);
        assert!(help.contains("Examples:\n") && help.contains(&format!("  worthwhile {verb}")), "{verb}: {help}");
        assert!(help.lines().all(|line| line.chars().count() <= 120), "{verb}: {help}");
    }
    assert_eq!(run(folder.path(), &["biuld"]).status.code(), Some(2));
    assert!(String::from_utf8_lossy(&run(folder.path(), &["biuld"]).stderr).contains("'build'"));
}

#[test]
fn completions_and_manual_pages_know_every_verb() {
    let folder = TempDir::new().expect("a folder");
    let verbs = verbs(folder.path());
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = printed(folder.path(), &["completions", shell]);
        assert!(verbs.iter().all(|verb| script.contains(verb.as_str())), "{shell}");
    }
    // A shell that reads the script finds no fault in it.
    fs::write(folder.path().join("complete.bash"), printed(folder.path(), &["completions", "bash"])).expect("written");
    let bash = Command::new("bash").args(["-n", "complete.bash"]).current_dir(folder.path()).status().expect("bash");
    assert!(bash.success());

    run(folder.path(), &["man", "--out", "man"]);
    for verb in &verbs {
        let page = fs::read_to_string(folder.path().join(format!("man/worthwhile-{verb}.1"))).expect("a page");
        assert!(page.contains(".SH NAME") && page.contains("EXAMPLES") || page.contains("Examples"), "{verb}: {page}");
    }
    assert!(printed(folder.path(), &["man"]).contains(".TH worthwhile 1"));
}

#[test]
fn a_file_of_the_theme_is_ejected_and_listed() {
    let folder = TempDir::new().expect("a folder");
    run(folder.path(), &["init", "mine"]);
    let list = printed(folder.path(), &["theme", "list", "mine"]);
    assert!(list.lines().any(|l| l.starts_with("templates/capability.html ") && l.ends_with("the program")), "{list}");

    let wrong = run(folder.path(), &["theme", "eject", "templates/capabilty.html", "--dir", "mine"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("did you mean `templates/capability.html`?"));
    let eject = ["theme", "eject", "templates/capability.html", "--dir", "mine"];
    let told = run(folder.path(), &eject);
    assert!(String::from_utf8_lossy(&told.stderr).contains("next: write `theme: mine` in content/site.yaml"));

    let site = folder.path().join("mine/content/site.yaml");
    let text = fs::read_to_string(&site).expect("the site");
    fs::write(&site, format!("{text}theme: mine\n")).expect("written");
    let list = printed(folder.path(), &["theme", "list", "mine"]);
    assert!(list.contains("themes/mine/, in place of the default\n"), "{list}");
    // The theme says what it was written for: a program whose templates see something else does not guess.
    let manifest = folder.path().join("mine/themes/mine/theme.yaml");
    let views = fs::read_to_string(&manifest).expect("the theme's manifest");
    assert!(views.ends_with("\nviews: 1\n"), "{views}");
    fs::write(&manifest, views.replace("views: 1", "views: 0")).expect("written");
    let older = run(folder.path(), &["check", "mine"]);
    let talk = String::from_utf8_lossy(&older.stderr);
    assert_eq!(older.status.code(), Some(1));
    assert!(talk.contains("themes/mine/theme.yaml:3") && talk.contains("version 0 of what templates see"), "{talk}");
    fs::write(&manifest, views).expect("written");
    // Never a second time, and the site is what it was.
    assert_eq!(run(folder.path(), &eject).status.code(), Some(3));
    assert_eq!(run(folder.path(), &["check", "mine"]).status.code(), Some(0));

    // A mistake in it points at it, names the page, and says what there is.
    let template = folder.path().join("mine/themes/mine/templates/capability.html");
    let text = fs::read_to_string(&template).expect("the template");
    fs::write(&template, text.replacen("page.title", "page.titel", 1)).expect("written");
    let broken = run(folder.path(), &["check", "mine"]);
    let talk = String::from_utf8_lossy(&broken.stderr);
    assert!(talk.contains("themes/mine/templates/capability.html:") && talk.contains("while making `"), "{talk}");
    assert!(talk.contains("`page` has: ") && talk.contains("`title`"), "{talk}");
}
