//! `assess --ask`: questions at a terminal, and what is saved of the answers.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::process::Stdio;

use serde_json::Value;
use tempfile::TempDir;

use super::{command, json, lines_below, path, run, verdicts};

#[test]
fn the_interview_settles_the_webshop() {
    let folder = TempDir::new().expect("a folder");
    let saved = path(&folder, "saved.yaml");
    // The webshop, and the start-up for what the case leaves open.
    let mut facts: BTreeMap<String, String> = lines_below("startup-monolith", "facts").into_iter().collect();
    facts.extend(lines_below("dutch-webshop", "facts"));
    // Into a file: nobody reads a pipe while the interview goes on.
    let printed = fs::File::create(path(&folder, "printed.json")).expect("a file");
    let mut child = command(&["assess", "--ask", "--save", &saved, "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(printed)
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    let mut answers = child.stdin.take().expect("piped");
    let mut talk = child.stderr.take().expect("piped");
    let (mut heard, mut byte, mut asked) = (String::new(), [0u8; 1], Vec::new());
    while talk.read(&mut byte).expect("readable") == 1 {
        heard.push(byte[0] as char);
        let Some(fact) = heard.rsplit('\n').next().and_then(|line| line.strip_suffix(" > ")) else { continue };
        // Something that is no answer first: it is asked again.
        let again = asked.last().is_some_and(|last| last == fact);
        if asked.is_empty() && !again {
            asked.push(fact.to_owned());
            writeln!(answers, "what?").expect("written");
            continue;
        }
        let value = facts[fact].trim_matches(['[', ']']).to_owned();
        if !again {
            assert!(!asked.contains(&fact.to_owned()), "{fact} is asked twice");
            asked.push(fact.to_owned());
        }
        writeln!(answers, "{}", if value.is_empty() { "none" } else { &value }).expect("written");
    }
    assert_eq!(child.wait().expect("ends").code(), Some(0), "{heard}");
    let text = fs::read_to_string(path(&folder, "printed.json")).expect("printed");
    let document: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(document["progress"], "settled", "{heard}");
    assert!(asked.len() < facts.len() / 2, "{} questions", asked.len());
    assert!(heard.contains("Service mesh: Not for you now, settled"), "{heard}");
    let found = verdicts(&document);
    for (capability, verdict) in lines_below("dutch-webshop", "expect") {
        // What the start-up answered may settle a "probably" the other way; these two rest on the webshop alone.
        if ["service-mesh", "multi-region-readiness"].contains(&capability.as_str()) {
            assert_eq!(found[&capability], verdict, "{capability}");
        }
    }
    // What was saved is a profile, with the same outcome.
    assert_eq!(verdicts(&json(&["assess", "--profile", &saved, "--format", "json"])), found);
}

#[test]
fn nobody_answers_what_cannot_be_saved() {
    let folder = TempDir::new().expect("a folder");
    for save in [path(&folder, "absent/saved.yaml"), path(&folder, "")] {
        let output = run(&["assess", "--ask", "--save", &save]);
        let talk = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{talk}");
        assert!(talk.starts_with("error: cannot write ") && talk.lines().count() == 1, "{talk}");
    }
}

#[test]
fn a_situation_is_not_saved_over_anything_but_a_situation() {
    let folder = TempDir::new().expect("a folder");
    let saved = path(&folder, "saved.yaml");
    for _ in 0..2 {
        assert_eq!(run(&["assess", "--case", "dutch-webshop", "--save", &saved]).status.code(), Some(0));
    }
    let notes = "title: A case\nfacts: {}\n";
    fs::write(&saved, notes).expect("written");
    assert_eq!(run(&["assess", "--case", "dutch-webshop", "--save", &saved]).status.code(), Some(3));
    assert_eq!(fs::read_to_string(&saved).expect("read"), notes);
}

#[test]
fn the_interview_goes_back_and_ends_when_told() {
    let folder = TempDir::new().expect("a folder");
    let saved = path(&folder, "saved.yaml");
    let mut child = command(&["assess", "--case", "dutch-webshop", "--ask"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    let mut answers = child.stdin.take().expect("piped");
    // A range of options is an answer too: the question is not put again.
    write!(answers, "b\nyes\nb\n\nh\ns {saved}\n1,2\nq\n").expect("written");
    drop(answers);
    let output = child.wait_with_output().expect("ends");
    let talk = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{talk}");
    assert!(talk.contains("this is the first question"), "{talk}");
    let profile = fs::read_to_string(&saved).expect("saved");
    let first = talk.split(" > ").next().and_then(|t| t.lines().last()).expect("a question").to_owned();
    assert!(profile.contains(&format!("  {first}: \"?\"\n")), "{first} in\n{profile}");
    let last = talk.lines().last().expect("a line");
    assert!(talk.contains("= absent or insufficient\n"), "{talk}");
    assert!(last.ends_with(" > ") && !last.starts_with("metrics_and_logs"), "{last}");
}
