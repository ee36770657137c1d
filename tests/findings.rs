//! What `check`, `build` and `explain` say of findings, in every form, and what `check --fix` does about them.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A small site in which six things are wrong, four of which need no thought.
const SITE: [(&str, &str); 6] = [
    ("site.yaml", "\u{feff}format: 1\ntitle: T\nquestion: Q?\ndescription: Cr\u{c3}\u{a8}me\n"),
    ("layers/layer-1.yaml", "title: One\norder: 1\nsummary: See [[tracng]]\n"),
    ("facts/scale.yaml", "services:\n  title: Services\n  question: How many?\n  type: integer\n"),
    (
        "capabilities/tracing.yaml",
        "title: Tracing\nlayer: layer-1\nsummary: S\ncomplexity: low\n\
         triggers:\n  - text: More than five services\n    when: service > 5\n\
         not_when:\n  - { text: A, when: services < 3 }\n  - text: B\n    when: !services\n",
    ),
    ("pages/guide.md", "---\ntitle: Guide\n---\n\n## One {#a}\n\n## Two {#a}\n"),
    ("capabilities/odd file, 100%.txt", "a: 1\n"),
];

fn site() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (path, text) in SITE {
        let path = folder.path().join("site/content").join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    }
    folder
}

fn command(folder: &TempDir, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_worthwhile"));
    command.args(args).current_dir(folder.path()).stdin(Stdio::null()).env_remove("COLUMNS").env_remove("NO_COLOR");
    command
}

fn run(folder: &TempDir, args: &[&str]) -> Output {
    command(folder, args).output().expect("the program runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn read(folder: &TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join("site/content").join(path)).expect("the file")
}

#[test]
fn sarif_is_valid_and_carries_places_notes_and_fixes() {
    let folder = site();
    let schema = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas/sarif-2.1.0.json"));
    // A misprint, of which no expression can be made: a bracket that nothing opens.
    let misprint = "^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$";
    let schema = schema.expect("the schema").replace(misprint, "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let validator = jsonschema::draft7::new(&schema).expect("a schema");
    let mut logs = Vec::new();
    for verb in ["check", "build"] {
        let output = run(&folder, &[verb, "site", "--format", "sarif"]);
        assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(1), ""));
        logs.push(serde_json::from_slice::<Value>(&output.stdout).expect("JSON"));
    }
    assert_eq!(logs[0], logs[1]);
    let log = &logs[0];
    let errors: Vec<String> = validator.iter_errors(log).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    // The judge can say no.
    assert!(!validator.is_valid(&serde_json::json!({ "version": "2.1.0", "runs": [{}] })));

    let run = &log["runs"][0];
    let results = run["results"].as_array().expect("a list");
    let of = |code: &str| results.iter().find(|r| r["ruleId"] == code).unwrap_or_else(|| panic!("{code}: {results:?}"));
    for result in results {
        let rule = result["ruleIndex"].as_u64().expect("a number") as usize;
        assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
    }
    let odd = &of("unknown-file")["locations"][0]["physicalLocation"];
    assert_eq!(odd["artifactLocation"]["uri"], "site/content/capabilities/odd%20file%2C%20100%25.txt");
    let fact = of("unknown-fact");
    assert_eq!(fact["message"]["text"], "There is no fact `service`. Did you mean `services`?");
    let change = &fact["fixes"][0]["artifactChanges"][0];
    let region = serde_json::json!({ "startLine": 7, "startColumn": 11, "endLine": 7, "endColumn": 18 });
    assert_eq!(change["artifactLocation"]["uri"], "site/content/capabilities/tracing.yaml");
    assert_eq!(change["replacements"][0]["deletedRegion"], region);
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "services");
    let first = &of("duplicate-heading")["relatedLocations"][0];
    assert_eq!(first["physicalLocation"]["region"]["startLine"], 5);
    assert_eq!(first["message"]["text"], "the first");
}

#[test]
fn annotations_are_one_line_each() {
    let folder = site();
    let output = run(&folder, &["check", "site", "--format", "github"]);
    let text = stdout(&output);
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(1), ""));
    for line in [
        "::error file=site/content/capabilities/odd file%2C 100%25.txt,line=1,endLine=1,col=1,endColumn=1,title=error[unknown-file]::",
        "::error file=site/content/capabilities/tracing.yaml,line=7,endLine=7,col=11,endColumn=18,\
         title=error[unknown-fact]::there is no fact `service`%0Adid you mean `services`?\n",
        "::warning file=site/content/site.yaml,line=1,",
    ] {
        assert!(text.contains(line), "{line:?} in\n{text}");
    }
    assert!(text.lines().all(|line| line.starts_with("::")), "{text}");
    // From the site's own folder, paths start there.
    let inside = Command::new(env!("CARGO_BIN_EXE_worthwhile"))
        .args(["check", "--format", "github"])
        .current_dir(folder.path().join("site"))
        .output()
        .expect("runs");
    assert!(stdout(&inside).contains("::error file=content/capabilities/tracing.yaml,"));
}

#[test]
fn only_a_flag_mends_and_it_says_what_it_did() {
    let folder = site();
    let before: Vec<String> = SITE.iter().map(|(path, _)| read(&folder, path)).collect();
    let told = run(&folder, &["check", "site"]);
    assert!(stderr(&told).contains("; `check --fix` mends 6 of them\n"), "{}", stderr(&told));
    run(&folder, &["build", "site"]);
    assert_eq!(before, SITE.iter().map(|(path, _)| read(&folder, path)).collect::<Vec<_>>());

    let output = run(&folder, &["check", "site", "--fix"]);
    let talk = stderr(&output);
    for line in [
        "mended content/site.yaml:1:1 byte-order-mark: take the byte order mark off\n",
        "mended content/site.yaml:4:16 double-decoded: write `è`\n",
        "mended content/layers/layer-1.yaml:3:14 unknown-id: write `tracing`\n",
        "mended content/capabilities/tracing.yaml:6:5 missing-key: add `id: more-than-five-services`\n",
        "mended content/capabilities/tracing.yaml:7:11 unknown-fact: write `services`\n",
        "mended content/capabilities/tracing.yaml:11:11 yaml-tag: put it in quotes\n",
        "6 places in 3 files mended\n",
        // What is left needs thought.
        "error[unknown-file]",
        "error[duplicate-heading]",
        "error[condition-type]",
    ] {
        assert!(talk.contains(line), "{line:?} in\n{talk}");
    }
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(read(&folder, "site.yaml"), "format: 1\ntitle: T\nquestion: Q?\ndescription: Crème\n");
    assert_eq!(
        read(&folder, "capabilities/tracing.yaml"),
        "title: Tracing\nlayer: layer-1\nsummary: S\ncomplexity: low\n\
         triggers:\n  - id: more-than-five-services\n    text: More than five services\n    when: services > 5\n\
         not_when:\n  - { text: A, when: services < 3 }\n  - text: B\n    when: '!services'\n"
    );
    // What was fine is not written again, no staged file is left, and a second run finds nothing to do.
    assert_eq!(read(&folder, "pages/guide.md"), before[4]);
    let names = fs::read_dir(folder.path().join("site/content")).expect("a folder");
    assert_eq!(names.count(), 5);
    let again = run(&folder, &["check", "site", "--fix"]);
    assert!(stderr(&again).starts_with("nothing that could be mended without thought\n"), "{}", stderr(&again));
}

#[test]
fn a_name_that_is_misspelt_where_it_is_given_is_not_written_everywhere() {
    let folder = site();
    let capability = |name: &str, when: &str| {
        let path = folder.path().join(format!("site/content/capabilities/{name}.yaml"));
        let text = format!(
            "title: {name}\nlayer: layer-1\nsummary: S\ncomplexity: low\ntriggers: [{{ id: t, text: A, when: {when} }}]\n"
        );
        fs::write(path, text).expect("written");
    };
    let facts = folder.path().join("site/content/facts/more.yaml");
    fs::write(facts, "developrs: { title: D, question: Q, type: integer }\n").expect("written");
    capability("one", "developers > 5");
    capability("two", "developers > 7");
    let output = run(&folder, &["check", "site", "--fix"]);
    let help = "did you mean `developrs`? Or is that one misspelt: it is written once, and `developers` 2 times";
    assert!(stderr(&output).contains(help), "{}", stderr(&output));
    assert!(read(&folder, "capabilities/one.yaml").contains("developers > 5"));

    // Where most know the name, one slip is one.
    capability("three", "developrs > 5");
    capability("four", "developrs > 6");
    run(&folder, &["check", "site", "--fix"]);
    assert!(read(&folder, "capabilities/one.yaml").contains("developrs > 5"));
}

#[test]
fn triggers_get_ids_however_they_are_written() {
    let folder = site();
    let path = folder.path().join("site/content/capabilities/tracing.yaml");
    let head = "title: Tracing\nlayer: layer-1\nsummary: S\ncomplexity: low\ntriggers:\n";
    let before =
        "  - { text: 'In a map: yes', when: services > 5 }\n  - {text: Tight}\n  - A text alone\n  - \"Quoted: too\"\n";
    fs::write(&path, format!("{head}{before}")).expect("written");
    run(&folder, &["check", "site", "--fix"]);
    let after = "  - { id: in-a-map-yes, text: 'In a map: yes', when: services > 5 }\n  - {id: tight, text: Tight}\n  \
                 - id: a-text-alone\n    text: A text alone\n  - id: quoted-too\n    text: \"Quoted: too\"\n";
    assert_eq!(fs::read_to_string(&path).expect("the file"), format!("{head}{after}"));
}

#[test]
fn content_of_an_older_format_is_upgraded() {
    let folder = site();
    let content = folder.path().join("site/content");
    fs::remove_dir_all(&content).expect("removed");
    let write = |path: &str, text: &str| {
        let path = content.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
    };
    write("site.yaml", "format: 0 # of old\ntitle: T\ncore_question: Q?\ndescription: D\n");
    write("layers/one.yaml", "title: One\norder: 1\nsummary: S\n");
    let capability = "title: C\nlayer: one\nsummary: S\ncomplexity: low\nskip_when: [A]\n";
    write("capabilities/c.yaml", capability);
    assert_eq!(run(&folder, &["build", "site"]).status.code(), Some(1));
    let output = run(&folder, &["check", "site", "--fix"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(read(&folder, "site.yaml"), "format: 1 # of old\ntitle: T\nquestion: Q?\ndescription: D\n");
    assert_eq!(read(&folder, "capabilities/c.yaml"), capability.replace("skip_when", "not_when"));

    // What a newer program wrote is left alone.
    write("site.yaml", "format: 2\ntitle: T\nquestion: Q?\ndescription: D\n");
    let newer = run(&folder, &["check", "site", "--fix"]);
    assert_eq!(newer.status.code(), Some(1));
    assert!(stderr(&newer).contains("install a newer version of worthwhile"), "{}", stderr(&newer));
    assert!(read(&folder, "site.yaml").starts_with("format: 2\n"));
}

/// The program's talk on a terminal of this many columns, with these variables.
fn on_a_terminal(folder: &TempDir, columns: usize, variables: &str) -> String {
    let program = env!("CARGO_BIN_EXE_worthwhile");
    let line = format!("stty cols {columns} rows 24; env {variables} '{program}' check site");
    let mut command = Command::new("script");
    command.args(["-qec", &line, "/dev/null"]).current_dir(folder.path()).stdin(Stdio::null());
    command.env_remove("COLUMNS").env_remove("NO_COLOR").env("TERM", "xterm");
    String::from_utf8(command.output().expect("script, of bsdutils, runs").stdout).expect("UTF-8")
}

#[test]
fn colour_is_for_terminals_that_want_it() {
    let folder = site();
    let coloured = |text: &str| text.contains('\u{1b}');
    assert!(coloured(&on_a_terminal(&folder, 100, "X=1")));
    for variable in ["NO_COLOR=1", "TERM=dumb"] {
        let text = on_a_terminal(&folder, 100, variable);
        assert!(!coloured(&text) && text.contains("error[unknown-fact]"), "{variable}: {text}");
    }
    // An empty NO_COLOR says nothing.
    assert!(coloured(&on_a_terminal(&folder, 100, "NO_COLOR=")));
    assert!(!coloured(&stderr(&run(&folder, &["check", "site"]))));
}

#[test]
fn text_is_as_wide_as_the_terminal() {
    let folder = site();
    for width in [50, 80] {
        let text = on_a_terminal(&folder, width, "NO_COLOR=1");
        let longest = text.lines().map(|line| line.trim_end().chars().count()).max();
        assert!(longest.is_some_and(|longest| longest <= width && longest > width / 2), "{width}: {longest:?}\n{text}");
    }
    // What nobody looks at is not cut: one message is one line.
    let talk = stderr(&run(&folder, &["check", "site"]));
    assert!(talk.lines().any(|line| line.ends_with("put what is published as it is into `content/assets`")), "{talk}");
}

#[test]
fn explain_says_why_and_how() {
    let folder = site();
    let output = run(&folder, &["explain", "error[yaml-tag]"]);
    let text = stdout(&output);
    for part in
        ["why   `!word` at", "mend  Put the value in quotes", "        when: !needs_mtls\n", "worthwhile check\n"]
    {
        assert!(text.contains(part), "{part:?} in\n{text}");
    }
    assert_eq!(output.status.code(), Some(0));
    let all = stdout(&run(&folder, &["explain"]));
    for code in worthwhile::diagnostic::Code::ALL {
        assert!(all.lines().any(|line| line.starts_with(&format!("{code} "))), "{code}");
        assert_eq!(run(&folder, &["explain", code.name()]).status.code(), Some(0), "{code}");
    }
    let wrong = run(&folder, &["explain", "unknown-ids"]);
    assert_eq!((wrong.status.code(), stderr(&wrong).contains("did you mean `unknown-id`?")), (Some(2), true));
}
