//! From nothing to a site: `init` makes one that is fine, `new` adds to it, and neither writes over anything.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

fn run(folder: &TempDir, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_worthwhile"));
    command.args(args).current_dir(folder.path()).stdin(Stdio::null()).output().expect("the program runs")
}

/// What a run that goes well says on stderr.
fn told(folder: &TempDir, args: &[&str]) -> String {
    let output = run(folder, args);
    let talk = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{args:?}: {talk}");
    talk
}

fn init() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    told(&folder, &["init", "mine"]);
    folder
}

/// Every file below a folder, with its text.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let (mut files, mut open) = (BTreeMap::new(), vec![folder.to_path_buf()]);
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("inside").to_string_lossy().into_owned();
                files.insert(name, fs::read_to_string(&path).expect("a text"));
            }
        }
    }
    files
}

#[test]
fn a_new_site_builds_without_a_warning() {
    let folder = init();
    assert!(told(&folder, &["check", "mine"]).ends_with(": nothing to mend\n"));
    let talk = told(&folder, &["build", "mine"]);
    assert!(!talk.contains("warning"), "{talk}");
    let made = files(&folder.path().join("mine"));
    assert!(made["public/index.html"].contains("When is it worth it?"));
    let of =
        |kind: &str| made.keys().filter(|k| k.starts_with(&format!("content/{kind}/")) && k.ends_with(".yaml")).count();
    assert_eq!((of("layers"), of("capabilities"), of("cases")), (2, 3, 1));
    let settings = &made[".vscode/settings.json"];
    assert!(
        settings.contains("content/capabilities/*.yaml")
            && made.contains_key("schemas/authored-capability.schema.json")
    );
    assert!(made[".gitignore"].contains("/public/"));
    let workflow = &made[".github/workflows/publish.yml"];
    assert!(
        workflow.contains(&format!("WORTHWHILE: \"{}\"", env!("CARGO_PKG_VERSION"))) && !workflow.contains("{version}")
    );
    // A word on every key: comments are a good part of it.
    let content = made.iter().filter(|(path, _)| path.starts_with("content/") && path.ends_with(".yaml"));
    assert!(content.filter(|(_, text)| text.contains("\n# ") || text.starts_with("# ")).count() >= 8);
}

#[test]
fn init_leaves_what_is_there() {
    let folder = init();
    let before = files(folder.path());
    assert_eq!(run(&folder, &["init", "mine"]).status.code(), Some(3));
    assert_eq!(files(folder.path()), before);

    fs::create_dir(folder.path().join("other")).expect("made");
    fs::write(folder.path().join("other/README.md"), "Mine.\n").expect("written");
    assert!(told(&folder, &["init", "other"]).contains("README.md is there already and stays as it is"));
    assert_eq!(fs::read_to_string(folder.path().join("other/README.md")).expect("a text"), "Mine.\n");
    assert!(folder.path().join("other/content/site.yaml").exists());
}

#[test]
fn everything_that_new_adds_checks() {
    let folder = init();
    for (args, path) in [
        ("layer third", "layers/third.yaml"),
        ("capability feature-flags", "capabilities/feature-flags.yaml"),
        ("capability queues --layer third", "capabilities/queues.yaml"),
        ("option unleash", "options/unleash.yaml"),
        ("component broker --layer third", "components/broker.yaml"),
        ("case shop-of-two", "cases/shop-of-two.yaml"),
        ("decision flags-first --capability automated-rollback", "decisions/flags-first.md"),
        ("page guides/first --title A:'b'", "pages/guides/first.md"),
    ] {
        let mut all: Vec<String> = vec!["new".into()];
        all.extend(args.split(' ').map(str::to_owned));
        all.extend(["--dir".into(), "mine".into()]);
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let talk = told(&folder, &all);
        assert!(talk.contains(&format!("mine/content/{path}: written\n")), "{talk}");
        // The places to fill in are the ones that say so.
        let text = fs::read_to_string(folder.path().join("mine/content").join(path)).expect("the file");
        for (n, line) in text.lines().enumerate().filter(|(_, line)| line.contains("TODO ")) {
            assert!(talk.lines().any(|told| told.trim().starts_with(&format!("{}  ", n + 1))), "{line} in\n{talk}");
        }
        assert_only_unfinished(&told(&folder, &["check", "mine"]));
        // A second time it is refused, and the file stays.
        assert_eq!(run(&folder, &all).status.code(), Some(1), "{args}");
        assert_eq!(fs::read_to_string(folder.path().join("mine/content").join(path)).expect("the file"), text);
    }
    let made = files(&folder.path().join("mine/content"));
    assert!(made["layers/third.yaml"].contains("\norder: 3\n"));
    assert!(made["capabilities/feature-flags.yaml"].contains("\nlayer: basics\norder: 2\n"));
    assert!(made["capabilities/queues.yaml"].contains("\nlayer: third\norder: 1\n"));
}

/// `check` finds the texts that are to be written, and nothing else.
fn assert_only_unfinished(talk: &str) {
    let found: Vec<&str> = talk.lines().filter(|line| line.contains("]: ")).collect();
    assert!(!found.is_empty() && found.iter().all(|line| line.starts_with("warning[unfinished]: ")), "{talk}");
}

#[test]
fn a_fact_joins_its_topic() {
    let folder = init();
    let path = folder.path().join("mine/content/facts/operation.yaml");
    let before = fs::read_to_string(&path).expect("a text");
    for fact_type in ["integer", "number", "boolean", "choice", "choices"] {
        let id = format!("new_{fact_type}");
        let talk = told(&folder, &["new", "fact", &id, "--type", fact_type, "--topic", "operation", "--dir", "mine"]);
        // Nothing reads it yet: what to write is said, and nobody is warned of what he has just done.
        assert!(talk.contains("next: read it in a condition: `when: ") && !talk.contains("warning"), "{talk}");
        let condition = talk.split("`when: ").nth(1).and_then(|t| t.split('`').next()).expect("a condition");
        let capability = folder.path().join("mine/content/capabilities/load-testing.yaml");
        let text = fs::read_to_string(&capability).expect("a text");
        let with = text.replace(
            "triggers:\n",
            &format!("triggers:\n  - id: by-{fact_type}\n    text: T\n    when: {condition}\n"),
        );
        fs::write(&capability, with).expect("written");
    }
    assert_only_unfinished(&told(&folder, &["check", "mine"]));
    assert!(fs::read_to_string(&path).expect("a text").starts_with(&before));
    let again = run(&folder, &["new", "fact", "engineers", "--dir", "mine"]);
    assert_eq!(again.status.code(), Some(1));
    // A file that cannot be added to stays as it is.
    fs::write(&path, "{ flow: { title: F, question: Q, type: boolean } }\n").expect("written");
    let flow = run(&folder, &["new", "fact", "one_more", "--topic", "operation", "--dir", "mine"]);
    assert_ne!(flow.status.code(), Some(0));
    assert!(fs::read_to_string(&path).expect("a text").starts_with("{ flow"));
}

#[test]
fn a_case_is_filled_in_line_by_line() {
    let folder = init();
    told(&folder, &["new", "case", "shop", "--dir", "mine"]);
    let path = folder.path().join("mine/content/cases/shop.yaml");
    let text = fs::read_to_string(&path).expect("a text");
    // Every fact is there, not known yet; what is expected stands behind a `#` that is taken off.
    assert!(text.contains("\nfacts:\n  ") && text.matches(": \"?\" # ").count() > 1, "{text}");
    let wanted: String = text
        .lines()
        .map(|line| {
            format!(
                "{}\n",
                line.strip_prefix("#expect")
                    .map_or_else(|| line.replacen("#  ", "  ", 1), |rest| format!("expect{rest}"))
            )
        })
        .collect();
    fs::write(&path, wanted.replace("TODO one sentence, whose situation it is", "A shop")).expect("written");
    let output = run(&folder, &["check", "mine"]);
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(!talk.contains("yaml-syntax") && talk.contains("case-mismatch"), "{talk}");
}

#[test]
fn new_takes_the_first_layer_by_its_order_and_no_option_that_means_nothing() {
    let folder = init();
    fs::write(folder.path().join("mine/content/layers/zero.yaml"), "title: Zero\norder: 0\nsummary: S\n")
        .expect("written");
    told(&folder, &["new", "capability", "first", "--dir", "mine"]);
    let text = fs::read_to_string(folder.path().join("mine/content/capabilities/first.yaml")).expect("a text");
    assert!(text.contains("\nlayer: zero\n"), "{text}");
    for option in [["--type", "integer"], ["--topic", "operation"], ["--capability", "first"]] {
        let output = run(&folder, &["new", "capability", "second", option[0], option[1], "--dir", "mine"]);
        let talk = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{talk}");
        assert!(talk.contains(option[0]), "{talk}");
    }
    let output = run(&folder, &["init", "a site"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("worthwhile serve 'a site' --open"));
}
