//! A recorded decision of a site whose rules have moved on: every page that shows it says so, and so does the program.

use std::fs;
use std::process::{Command, Output};

use tempfile::TempDir;

const RECORD: &str = "content/decisions/rollback.md";

fn run(folder: &TempDir, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_worthwhile"));
    command.args(args).current_dir(folder.path().join("site")).env("NO_COLOR", "1");
    command.output().expect("the program runs")
}

fn fine(folder: &TempDir, args: &[&str]) {
    let output = run(folder, args);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn read(folder: &TempDir, file: &str) -> String {
    fs::read_to_string(folder.path().join("site").join(file)).expect("a file")
}

fn replace(folder: &TempDir, file: &str, from: &str, to: &str) {
    let text = read(folder, file);
    assert!(text.contains(from), "{from} in {file}");
    fs::write(folder.path().join("site").join(file), text.replace(from, to)).expect("written");
}

/// The page of the decision, that of its capability, the index of decisions, the Markdown of both and the answer of
/// `--decision`.
fn said(folder: &TempDir) -> ([String; 5], Option<i32>, String) {
    fine(folder, &["build"]);
    let pages = [
        "decisions/rollback.html",
        "capabilities/automated-rollback.html",
        "decisions/index.html",
        "decisions/rollback.md",
        "decisions/index.md",
    ];
    let output = run(folder, &["assess", "--decision", RECORD]);
    let answer = String::from_utf8(output.stdout).expect("UTF-8");
    (pages.map(|page| read(folder, &format!("public/{page}"))), output.status.code(), answer)
}

#[test]
fn a_decision_whose_premises_no_longer_hold_says_so_everywhere() {
    let folder = TempDir::new().expect("a folder");
    fs::create_dir(folder.path().join("site")).expect("a folder");
    fine(&folder, &["init", "."]);
    fs::create_dir_all(folder.path().join("site/content/decisions")).expect("a folder");
    let decide = ["decide", "automated-rollback", "--option", "pipeline-step", "--case", "small-shop"];
    fine(&folder, &[&decide[..], &["--date", "2026-11-20", "--out", RECORD]].concat());

    let (pages, code, answer) = said(&folder);
    for page in &pages {
        assert!(page.contains("The premises still hold") && !page.contains("no longer hold"), "{page}");
    }
    assert_eq!((code, answer.contains("The premises still hold")), (Some(0), true), "{answer}");

    // What speaks against it now is true of the facts that the decision rests on.
    let capability = "content/capabilities/automated-rollback.yaml";
    replace(&folder, capability, r#"delivery == "installed""#, r#"delivery == "hosted""#);
    replace(&folder, "content/cases/small-shop.yaml", "automated-rollback: adopt", "automated-rollback: skip");
    let (pages, code, answer) = said(&folder);
    let page = &pages[0];
    for text in &pages {
        assert!(text.contains("The premises no longer hold") && !text.contains("The premises still hold"), "{text}");
    }
    assert!(page.contains("<li>the verdict was “Worthwhile” and is “Not for you now”</li>"), "{page}");
    assert!(page.contains("<li>the conditions of Automated rollback have changed</li>"), "{page}");
    assert!(page.contains("delivery = hosted"), "{page}");
    let in_markdown = run(&folder, &["assess", "--decision", RECORD, "--format", "md"]);
    assert_eq!(in_markdown.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&in_markdown.stdout),
        "# Automated rollback: A step in the pipeline\n\nThe premises no longer hold:\n\n\
         - the verdict was \"Worthwhile\" and is \"Not for you now\"\n\
         - the conditions of Automated rollback have changed\n"
    );
    assert_eq!(code, Some(1), "{answer}");
    for part in [
        "The premises no longer hold:\n",
        "  - the verdict was \"Worthwhile\" and is \"Not for you now\"\n",
        "  - the conditions of Automated rollback have changed\n",
    ] {
        assert!(answer.contains(part), "{part:?} in\n{answer}");
    }
}
