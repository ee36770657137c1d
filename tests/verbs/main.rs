//! `assess`, `diff` and `decide`, as somebody at a terminal meets them.

mod interview;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The site whose content this repository holds.
const SITE: &str = env!("CARGO_MANIFEST_DIR");

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_worthwhile"));
    command.args(args).current_dir(SITE).env("COLUMNS", "100").env("NO_COLOR", "1");
    command
}

fn run(args: &[&str]) -> Output {
    command(args).stdin(Stdio::null()).output().expect("the program runs")
}

/// What a run prints on stdout; it must have gone well.
fn printed(args: &[&str]) -> String {
    let output = run(args);
    let talk = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {talk}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// What a run with this exit code says on stderr.
fn ended(code: i32, args: &[&str]) -> String {
    let output = run(args);
    let talk = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(code), "{args:?}: {talk}");
    talk
}

/// What a run says whose arguments mean nothing.
fn refused(args: &[&str]) -> String {
    ended(2, args)
}

fn json(args: &[&str]) -> Value {
    serde_json::from_str(&printed(args)).expect("JSON")
}

fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_str().expect("UTF-8").to_owned()
}

fn file(folder: &TempDir, name: &str, text: &str) -> String {
    fs::write(folder.path().join(name), text).expect("written");
    path(folder, name)
}

/// The verdict of each capability in a document.
fn verdicts(document: &Value) -> BTreeMap<String, String> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let capabilities = document["capabilities"].as_array().expect("a list");
    capabilities.iter().map(|c| (text(&c["id"]), text(&c["verdict"]))).collect()
}

/// The lines `key: value` below a key of a case.
fn lines_below(case: &str, key: &str) -> Vec<(String, String)> {
    let text = fs::read_to_string(Path::new(SITE).join(format!("content/cases/{case}.yaml"))).expect("the case");
    let below = text.split(&format!("\n{key}:\n")).nth(1).expect("the key");
    let lines = below.lines().take_while(|line| line.starts_with("  "));
    lines.map(|l| l.trim().split_once(": ").map(|(k, v)| (k.to_owned(), v.to_owned())).expect("a pair")).collect()
}

#[test]
fn every_case_gets_the_verdicts_that_it_expects() {
    for case in ["dutch-webshop", "startup-monolith", "regulated-bank"] {
        let found = verdicts(&json(&["assess", "--case", case, "--format", "json"]));
        for (capability, verdict) in lines_below(case, "expect") {
            assert_eq!(found[&capability], verdict, "{capability} of {case}");
        }
    }
}

#[test]
fn the_webshop_in_words() {
    let text = printed(&["assess", "--case", "dutch-webshop"]);
    for line in [
        "Not for you now      Service mesh\n",
        "                     although  more than 5 microservices (yours: 8 microservices)\n",
        "Probably worthwhile  Distributed tracing\n",
        "                     because   debugging a cross-service issue takes more than 1 hour (yours: 2\n                               hours)\n",
        "                     unless    metrics and logs are sufficient (then: Not yet)\n",
        "3 of 8 verdicts are settled, with 12 of 52 facts known.\n",
        "What to answer next\n",
    ] {
        assert!(text.contains(line), "{line:?} in\n{text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
}

#[test]
fn a_narrow_terminal_gets_narrow_text() {
    let output = command(&["assess", "--case", "dutch-webshop"]).env("COLUMNS", "50").output().expect("runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.contains("Service mesh: Not for you now\n    although  more than 5 microservices"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 50), "{text}");
}

#[test]
fn explain_in_markdown_is_markdown() {
    let text = printed(&["assess", "--case", "dutch-webshop", "--explain", "service-mesh", "--format", "md"]);
    assert!(text.starts_with("# Service mesh: "), "{text}");
    for part in ["\n## Not when\n\n- **", "\n## Because\n\n- ", "\n## Options\n\n- **"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(text.lines().all(|line| !line.starts_with("   ")), "nothing is laid out by columns: {text}");
}

#[test]
fn explain_shows_every_statement_with_its_state() {
    let text = printed(&["assess", "--case", "dutch-webshop", "--explain", "service-mesh"]);
    for line in [
        "Decided by: a reason not to holds; whatever else becomes known.\n",
        "  holds           More than 5 microservices with complex communication between them\n",
        "  does not hold   There are fewer than 5 services\n                  = at least 5 microservices (yours: 8 microservices)\n",
        "  unknown         Microservices run in production\n",
        "to be answered: Microservices in production\n",
        "  yours to judge  The team has no capacity for more operational work\n",
        "  - mTLS between services is required (then: Probably consider)\n",
        "  Linkerd              undecided\n",
    ] {
        assert!(text.contains(line), "{line:?} in\n{text}");
    }
}

#[test]
fn the_document_says_why_and_what_would_change_it() {
    let text = printed(&["assess", "--case", "dutch-webshop", "--format", "json"]);
    let document: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(document["schema_version"], worthwhile::export::SCHEMA_VERSION);
    assert_eq!(document["$schema"], "schemas/v1/assessment.schema.json");
    assert_eq!(document["progress"], "asking");
    let of = |id: &str| {
        let all = document["capabilities"].as_array().expect("a list");
        all.iter().find(|c| c["id"] == id).expect("the capability").clone()
    };
    let mesh = of("service-mesh");
    assert_eq!(mesh["rule"], "not-when");
    assert_eq!(mesh["settled"], true);
    assert_eq!(mesh["possible"], serde_json::json!(["skip"]));
    assert_eq!(mesh["because"][0]["id"], "network-policies-suffice");
    assert_eq!(mesh["against"][0]["reason"], "more than 5 microservices (yours: 8 microservices)");
    assert_eq!(mesh["flips"][0]["needed"]["boolean"], true);
    assert_eq!(mesh["options"][0]["option"], "linkerd");
    let tracing = of("distributed-tracing");
    assert_eq!(tracing["label"], "Probably worthwhile");
    assert_eq!(tracing["unless"][0]["ways"][0]["needs"][0]["options"], serde_json::json!(["sufficient"]));
    assert!(document["next_questions"][0]["gain"].is_string());
    // Keys are sorted, all the way down.
    assert_eq!(text.trim_end(), serde_json::to_string_pretty(&sorted(&document)).expect("JSON"));
}

/// The same value with the keys of every map in order, whatever order maps keep.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let ordered: BTreeMap<&String, Value> = map.iter().map(|(k, v)| (k, sorted(v))).collect();
            Value::Object(ordered.into_iter().map(|(k, v)| (k.clone(), v)).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(sorted).collect()),
        other => other.clone(),
    }
}

#[test]
fn facts_on_the_command_line_go_over_those_of_a_case() {
    let of = |facts: &[&str]| {
        let mut args = vec!["assess", "--case", "dutch-webshop", "--format", "json"];
        facts.iter().for_each(|fact| args.extend(["--fact", fact]));
        json(&args)
    };
    assert_eq!(verdicts(&of(&["needs_mtls=true"]))["service-mesh"], "consider");
    let document = of(&["microservices=5..10", "developers>=3", "compliance=", "ha_in_place=?", "clusters<=2"]);
    let answer = |fact: &str| {
        let answers = document["answers"].as_array().expect("a list");
        answers.iter().find(|a| a["fact"] == fact).expect("the answer").clone()
    };
    assert_eq!(answer("microservices")["range"], serde_json::json!({ "min": 5.0, "max": 10.0 }));
    assert_eq!(answer("developers")["text"], "at least 3 developers");
    assert_eq!(answer("compliance")["set"], serde_json::json!([]));
    assert_eq!(answer("ha_in_place")["unknown"], true);
    assert_eq!(answer("clusters")["range"]["max"], 2.0);
}

#[test]
fn wrong_facts_are_shown_with_the_nearest_name() {
    let folder = TempDir::new().expect("a folder");
    let talk = refused(&[
        "assess",
        "--fact",
        "needs_mtl=true",
        "--fact",
        "microservices=many",
        "--fact",
        "compliance=gdpr,dorra",
        "--fact",
        "developers=-3",
        "--fact",
        "clusters=2.5",
        "--fact",
        "tenancy",
        "--fact",
        "clusters=1",
        "--fact",
        "=5",
    ]);
    for part in [
        "there is no fact `needs_mtl`\n --> --fact:1:1\n",
        "did you mean `needs_mtls`?",
        "the fact `microservices` (integer) cannot be the text `many`\n  --> --fact:2:15\n",
        "write a whole number or a range: `microservices=8`",
        "the fact `compliance` has no option `dorra`\n --> --fact:3:17\n",
        "did you mean `dora`?",
        "the fact `developers`: -3 is below the lowest value, 0\n --> --fact:4:12\n",
        "cannot be `2.5`",
        "no value for the fact `tenancy`",
        "the fact `clusters` is answered twice",
        "`=5` is not a fact and its value\n --> --fact:8:1\n",
        "8 errors",
    ] {
        assert!(talk.contains(part), "{part:?} in\n{talk}");
    }

    let profile = file(
        &folder,
        "profile.yaml",
        "facts:\n  developrs: 3\n  ha_in_place: maybe\n  microservices: { min: 9, max: 3 }\n  tenancy: singel\n  clusters: -1\nfact: {}\n",
    );
    // A file is wrong, not the command.
    let talk = ended(1, &["assess", "--profile", &profile]);
    for part in [
        "there is no fact `developrs`",
        "profile.yaml:2:3\n",
        "did you mean `developers`?",
        "the fact `ha_in_place` (boolean) cannot be the text `maybe`",
        "a range from 9 down to 3",
        "did you mean `single`?",
        "-1 is below the lowest value, 0",
        "unknown key `fact` in a profile",
    ] {
        assert!(talk.contains(part), "{part:?} in\n{talk}");
    }
    // Only the documented form, and a case that exists.
    let bare = file(&folder, "bare.yaml", "microservices: 8\n");
    assert!(ended(1, &["assess", "--profile", &bare]).contains("a profile needs the key `facts`"));
    assert!(refused(&["assess", "--case", "dutch-webshp"]).contains("did you mean `dutch-webshop`?"));
    assert!(refused(&["assess", "--explain", "service-mash"]).contains("did you mean `service-mesh`?"));
    assert_eq!(run(&["assess", "--profile", "no-such-file"]).status.code(), Some(3));
    assert_eq!(run(&["assess", "--case", "a", "--profile", "b"]).status.code(), Some(2));
}

#[test]
fn what_was_meant_by_a_fact_is_said_as_it_is_written_on_the_command_line() {
    for (fact, help) in [
        ("microservices=10..5", "help: write the lower end first: `microservices=5..10`\n"),
        ("compliance=none", "help: write nothing for none: `compliance=`; possible: `gdpr`, `dora`,"),
        ("architecture=", "help: write the id of one option, as `architecture=monolith`: `monolith`, `mixed`,"),
        ("microservices>=5.5", "cannot be a range from 5.5\n"),
        ("quorum=3", "help: facts are declared in `content/facts/`\n"),
    ] {
        let talk = refused(&["assess", "--fact", fact]);
        assert!(talk.contains(help), "{fact}: {talk}");
        assert!(!talk.contains("`min`"), "{fact}: {talk}");
    }
}

#[test]
fn a_pipeline_tells_a_guard_that_fired_from_a_misspelt_command() {
    let guard = "service-mesh=skip";
    ended(1, &["assess", "--case", "dutch-webshop", "--fail-on", guard]);
    for wrong in [
        ["assess", "--case", "dutch-webshp", "--fail-on", guard],
        ["assess", "--fact", "microservice=8", "--fail-on", guard],
        ["assess", "--fact", "microservices=many", "--fail-on", guard],
        ["assess", "--case", "dutch-webshop", "--fail-on", "service-mesh=skipp"],
        ["assess", "--case", "dutch-webshop", "--explain", "mesh"],
        ["decide", "service-mash", "--option", "keep", "--quiet"],
        ["decide", "service-mesh", "--option", "kept", "--quiet"],
        ["decide", "service-mesh", "--option", "keep", "--date=2026-02-30"],
        ["diff", "dutch-webshop", "regulated-banc", "--dir", "."],
    ] {
        ended(2, &wrong);
    }
}

#[test]
fn guards_fire() {
    let guarded = |guard: &str| run(&["assess", "--case", "dutch-webshop", "--fail-on", guard]);
    assert_eq!(guarded("service-mesh=adopt,prepare").status.code(), Some(0));
    let fired = guarded("service-mesh=adopt,skip");
    assert_eq!(fired.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&fired.stderr),
        "guard `service-mesh=adopt,skip` fired: Service mesh is \"Not for you now\"\n"
    );
    // The result is there all the same.
    assert!(String::from_utf8_lossy(&fired.stdout).contains("Not for you now      Service mesh"));
    let several = run(&[
        "assess",
        "--case",
        "dutch-webshop",
        "--fail-on",
        "service-mesh=skip",
        "--fail-on",
        "distributed-tracing=skip",
        "--fail-on",
        "multi-region-readiness=adopt,skip",
    ]);
    assert_eq!(several.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&several.stderr),
        "guard `service-mesh=skip` fired: Service mesh is \"Not for you now\"\n\
         guard `multi-region-readiness=adopt,skip` fired: Multi-region readiness is \"Not for you now\"\n"
    );
    let talk = refused(&["assess", "--fail-on", "service-mash=adapt"]);
    assert!(talk.contains("did you mean `service-mesh`?") && talk.contains("did you mean `adopt`?"), "{talk}");
}

#[test]
fn markdown_is_one_table() {
    let text = printed(&["assess", "--case", "dutch-webshop", "--format", "md"]);
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
    assert_eq!(rows.len(), 2 + 8, "{text}");
    let row = "| Service mesh | Not for you now | more than 5 microservices (yours: 8 microservices) |";
    assert!(rows[2].starts_with(row), "{}", rows[2]);
}

#[test]
fn diff_says_which_verdicts_change_and_why() {
    let folder = TempDir::new().expect("a folder");
    let more = file(&folder, "more.yaml", "facts: { microservices: 8, needs_mtls: true, compliance: [dora] }\n");
    let less = file(&folder, "less.yaml", "facts: { microservices: 2, needs_mtls: true, compliance: [dora] }\n");
    let text = printed(&["diff", &more, &less]);
    for line in [
        "  Microservices: 8 microservices -> 2 microservices\n",
        "Service mesh: Probably worthwhile -> Not for you now\n",
        "  now       the application is a monolith or fewer than 3 microservices (yours: 2 microservices)\n",
    ] {
        assert!(text.contains(line), "{line:?} in\n{text}");
    }
    assert!(text.ends_with("\nThe other 6 verdicts stay.\n"), "{text}");
    assert!(refused(&["diff", "dutch-webshp", "regulated-bank"]).contains("did you mean `dutch-webshop`?"));
    let absent = run(&["diff", "regulated-bank", "no-such.yaml"]);
    assert_eq!(absent.status.code(), Some(3));
    assert_eq!(String::from_utf8_lossy(&absent.stderr), "error: there is no file no-such.yaml\n");
    let same = printed(&["diff", "dutch-webshop", "dutch-webshop"]);
    assert!(same.contains("no fact differs") && same.contains("No verdict changes."), "{same}");
}

#[test]
fn two_sites_are_compared_for_a_profile_that_is_named() {
    let folder = TempDir::new().expect("a folder");
    let golden = fs::read_to_string(Path::new(SITE).join("tests/golden/framework.json")).expect("a framework");
    let framework = file(&folder, "published.json", &golden);
    // Whatever the folder that we are in is, and whichever of the two is a folder.
    for (a, b) in [("content", "docs"), (".", &framework), (&framework, "."), (&framework, "dutch-webshop")] {
        let talk = refused(&["diff", a, b, "--dir", "nowhere"]);
        assert!(talk.contains("two sites are compared for a profile: name it with `--profile FILE`"), "{talk}");
    }
}

#[test]
fn diff_compares_two_sites_for_one_profile() {
    let folder = TempDir::new().expect("a folder");
    let other = folder.path().join("other");
    copy(&Path::new(SITE).join("content"), &other.join("content"));
    let mesh = other.join("content/capabilities/service-mesh.yaml");
    let text = fs::read_to_string(&mesh).expect("the capability");
    fs::write(&mesh, text.replace("when: microservices > 5\n", "when: microservices > 9\n")).expect("written");
    let profile = file(&folder, "profile.yaml", "facts: { microservices: 8 }\n");
    let other = other.to_str().expect("UTF-8");
    // What was published compares as the folder that it was made from.
    let published = path(&folder, "public");
    printed(&["build", other, "--out", &published]);
    let framework = format!("{published}/api/v1/framework.json");
    let of_folder = printed(&["diff", ".", other, "--profile", &profile]);
    let text = printed(&["diff", ".", &framework, "--profile", &profile]);
    assert_eq!(text.split_once('\n').map(|t| t.1), of_folder.split_once('\n').map(|t| t.1));
    for line in [
        "Service mesh: Probably consider -> Open\n",
        "  before    more than 5 microservices (yours: 8 microservices)\n",
        "  rules     no longer triggers: microservices > 5\n",
        "            new in triggers: microservices > 9\n",
    ] {
        assert!(text.contains(line), "{line:?} in\n{text}");
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}

#[test]
fn a_decision_holds_until_what_it_rests_on_changes() {
    let folder = TempDir::new().expect("a folder");
    let record = path(&folder, "0001-mesh.md");
    let decide = ["decide", "service-mesh", "--option", "keep", "--case", "dutch-webshop", "--out", &record];
    assert_eq!(printed(&decide), "");
    // A record is never written over.
    assert_eq!(run(&decide).status.code(), Some(3));
    let text = fs::read_to_string(&record).expect("the record");
    for part in [
        "---\nstatus: proposed\nworthwhile:\n  capability: service-mesh\n  option: keep\n  verdict: skip\n  settled: true\n",
        "\n    compliance: [gdpr]\n",
        "\n# Service mesh: Keep what you have\n",
        "\n## Context and Problem Statement\n",
        "\n## Decision Drivers\n\n* In favour: More than 5 microservices with complex communication between them (8 microservices)\n",
        "\n## Considered Options\n\n* Keep what you have\n* Linkerd\n",
        "\n## Decision Outcome\n\nChosen option: \"Keep what you have\", because the verdict is \"Not for you now\".\n",
        "\n### Confirmation\n\nRevisit when:\n\n* mTLS between services is required (then: Probably consider)\n",
        "\n## Pros and Cons of the Options\n",
        "\n* Good, because: Smallest footprint\n",
    ] {
        assert!(text.contains(part), "{part:?} in\n{text}");
    }

    let check = |facts: &[&str]| {
        let mut args = vec!["assess", "--decision", &record];
        facts.iter().for_each(|fact| args.extend(["--fact", fact]));
        let output = run(&args);
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (code, said) = check(&[]);
    assert_eq!((code, said.contains("The premises still hold")), (Some(0), true), "{said}");
    // A change that decides nothing is none.
    assert_eq!(check(&["microservices=9"]).0, Some(0));
    let (code, said) = check(&["needs_mtls=true"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("the verdict was \"Not for you now\" and is \"Probably consider\""), "{said}");
    assert_eq!(run(&["assess", "--decision", &record, "--case", "regulated-bank"]).status.code(), Some(1));
}

#[test]
fn a_decision_outlives_a_typo_but_not_a_rule() {
    let folder = TempDir::new().expect("a folder");
    let record = path(&folder, "record.md");
    printed(&["decide", "service-mesh", "--option", "keep", "--case", "dutch-webshop", "--out", &record]);
    let other = folder.path().join("other");
    copy(&Path::new(SITE).join("content"), &other.join("content"));
    let dir = other.to_str().expect("UTF-8").to_owned();
    let mesh = other.join("content/capabilities/service-mesh.yaml");
    let text = fs::read_to_string(&mesh).expect("the capability");

    fs::write(&mesh, text.replace("Microservices run in production", "Microservices are live")).expect("written");
    let said = printed(&["assess", &dir, "--decision", &record]);
    assert!(said.contains("still hold") && said.contains("has been edited, which changes no premise"), "{said}");

    fs::write(&mesh, text.replace("microservices < 5", "microservices < 6")).expect("written");
    let output = run(&["assess", &dir, "--decision", &record, "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(document["holds"], false);
    let finding = "the conditions of Service mesh have changed, though the verdict is the same";
    assert_eq!(document["findings"][0]["text"], finding);
}

#[test]
fn a_record_that_cannot_be_read_is_shown() {
    let folder = TempDir::new().expect("a folder");
    let decided = printed(&["decide", "service-mesh", "--option", "linkerd", "--case", "regulated-bank"]);
    let with = |from: &str, to: &str| {
        assert!(decided.contains(from), "{from}");
        let record = file(&folder, "record.md", &decided.replacen(from, to, 1));
        ended(1, &["assess", "--decision", &record])
    };
    assert!(with("option: linkerd", "option: linkerdd").contains("did you mean `linkerd`?"));
    assert!(with("developers: 240", "developer: 240").contains("did you mean `developers`?"));
    assert!(with("worthwhile:", "worth:").contains("there is no key `worthwhile`"));
    assert!(with("---\n", "").contains("error[front-matter]"));
    assert!(refused(&["decide", "service-mesh", "--option", "istia"]).contains("did you mean `istio`?"));
}

#[test]
fn a_base_url_is_a_web_address() {
    let folder = TempDir::new().expect("a folder");
    let out = path(&folder, "out");
    for url in ["javascript:alert(1)", "ftp://x", "//x.example/", "/sub/", "https://", "https://x.example/?q=1"] {
        let output = run(&["build", "--base-url", url, "--out", &out]);
        assert_eq!(output.status.code(), Some(2), "{url}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
