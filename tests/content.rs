//! The real content: complete against its source, and its exports word for word.
//!
//! `UPDATE=1 cargo test --test content` rewrites `tests/golden/`; read the diff.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use worthwhile::assess::{Progress, assess};
use worthwhile::export::{self, Export};
use worthwhile::link::Catalog;
use worthwhile::model::{Profile, Timing, TradeOffBody};
use worthwhile::plan::Plan;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The plan of the real content, which must be without any finding.
fn plan() -> &'static Plan {
    static PLAN: OnceLock<Plan> = OnceLock::new();
    PLAN.get_or_init(|| {
        let sources = worthwhile::read::read(&root()).unwrap();
        let (plan, diagnostics) = worthwhile::compile(&sources, None);
        let found: Vec<String> = diagnostics.iter().map(|d| format!("{} {}", d.code, d.message)).collect();
        assert!(found.is_empty(), "{found:#?}");
        plan
    })
}

/// Per capability what the source sheet counts: triggers, not-whens, options or rows, decision points, sub-questions,
/// now or prepare, later or activate-when, foundations, "does not replace".
const SOURCE: [(&str, [usize; 9]); 8] = [
    ("service-mesh", [5, 4, 4, 3, 8, 3, 3, 3, 2]),
    ("distributed-tracing", [5, 4, 4, 3, 7, 3, 3, 3, 0]),
    ("chaos-engineering", [5, 4, 4, 3, 10, 3, 3, 3, 0]),
    ("policy-enforcement", [5, 4, 4, 3, 10, 3, 3, 3, 0]),
    ("cost-visibility", [5, 4, 3, 3, 10, 3, 3, 2, 0]),
    ("multi-region-readiness", [4, 4, 3, 3, 10, 3, 3, 3, 0]),
    ("observability-extension", [4, 0, 3, 3, 9, 3, 3, 3, 0]),
    ("security-auditing", [4, 3, 3, 3, 11, 3, 3, 3, 0]),
];

fn counts(catalog: &Catalog, id: &str) -> [usize; 9] {
    let c = catalog.capability(id).unwrap_or_else(|| panic!("no capability {id}"));
    let options = match c.trade_off.as_ref().map(|t| &t.body) {
        Some(TradeOffBody::Options(rows)) => rows.len(),
        Some(TradeOffBody::Columns { rows, .. }) => rows.len(),
        None => 0,
    };
    let (first, second) = match &c.timing {
        Timing::Plain { now, later } => (now.len(), later.len()),
        Timing::Staged { prepare, activate_when } => (prepare.len(), activate_when.len()),
    };
    let questions = c.decision_points.iter().map(|p| p.ask.len()).sum();
    [
        c.triggers.len(),
        c.not_when.len(),
        options,
        c.decision_points.len(),
        questions,
        first,
        second,
        c.builds_on.len(),
        c.does_not_replace.len(),
    ]
}

#[test]
fn nothing_of_the_source_is_lost() {
    let catalog = &plan().catalog;
    for (id, expected) in SOURCE {
        assert_eq!(counts(catalog, id), expected, "{id}");
    }
    assert_eq!(catalog.capabilities.len(), SOURCE.len());
    assert_eq!(catalog.layers.iter().map(|l| l.order).collect::<Vec<_>>(), [0, 1, 2, 3]);
    assert_eq!(catalog.options.len(), 25);
    assert!((40..=60).contains(&catalog.facts.len()), "{} facts", catalog.facts.len());
    let derived: Vec<&str> = catalog
        .capabilities
        .iter()
        .filter(|c| c.matrix.trigger.is_none() && c.matrix.skip_if.is_none())
        .map(|c| c.id.as_str())
        .collect();
    assert_eq!(derived, ["observability-extension"], "the source gives seven rows; the eighth is derived");
}

/// The numbers that the source names, as conditions must have them.
#[test]
fn thresholds_are_those_of_the_source() {
    let catalog = &plan().catalog;
    let conditions = |id: &str| -> Vec<String> {
        let capability = catalog.capability(id).unwrap();
        capability.statements().filter_map(|(_, _, s)| s.when.as_deref().map(|c| c.source.clone())).collect()
    };
    for (id, parts) in [
        ("service-mesh", &["microservices > 5", "microservices < 3", "microservices < 5", "> 4"][..]),
        ("distributed-tracing", &["microservices > 5", "microservices < 5", "> 1"]),
        ("policy-enforcement", &["developers > 10", "developers < 5"]),
        ("cost-visibility", &["> 20"]),
        ("multi-region-readiness", &["rto_hours < 1"]),
    ] {
        let all = conditions(id);
        for part in parts {
            assert!(all.iter().any(|c| c.contains(part)), "{id} says nothing of `{part}`: {all:?}");
        }
    }
}

/// Most statements carry a condition; those that are prose only are so on purpose.
#[test]
fn nearly_every_statement_can_be_evaluated() {
    let catalog = &plan().catalog;
    let all: Vec<bool> = catalog
        .capabilities
        .iter()
        .flat_map(|c| c.statements().map(|(_, _, s)| s.when.is_some()).collect::<Vec<_>>())
        .collect();
    let with = all.iter().filter(|w| **w).count();
    assert!(with * 100 >= all.len() * 85, "{with} of {} statements have a condition", all.len());
}

#[test]
fn nothing_is_known_of_an_empty_profile() {
    let assessment = assess(&plan().catalog, &Profile::default());
    assert_eq!(assessment.progress, Progress::Asking);
    assert!(!assessment.next_questions.is_empty());
}

/// The exports of the real content, word for word.
#[test]
fn exports_are_as_they_were() {
    let update = std::env::var_os("UPDATE").is_some();
    for export in [Export::Index, Export::Framework, Export::Matrix, Export::MatrixCsv, Export::Graph] {
        let route = export.route().to_string();
        let name = route.rsplit('/').next().unwrap().to_owned();
        let bytes = export::render(plan(), &export);
        let found = if name.ends_with(".json") {
            let mut value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
            if export == Export::Framework {
                forget_derived(&mut value);
            }
            serde_json::to_string_pretty(&value).unwrap() + "\n"
        } else {
            String::from_utf8(bytes).unwrap()
        };
        let path = root().join("tests/golden").join(&name);
        if update {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, found).unwrap();
            continue;
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        let first = expected.lines().zip(found.lines()).position(|(a, b)| a != b);
        assert!(
            expected == found,
            "{name} differs from tests/golden/{name}, first at line {}; UPDATE=1 rewrites it",
            first.map_or(expected.lines().count().min(found.lines().count()), |n| n) + 1
        );
    }
}

/// Leaves out what is long and follows from the rest; `what_is_derived_is_exported` looks at it.
fn forget_derived(framework: &mut serde_json::Value) {
    for (kind, keys) in [("cases", &["verdicts"][..]), ("facts", &["number_line", "answered_by"])] {
        for item in framework[kind].as_array_mut().unwrap() {
            keys.iter().for_each(|key| drop(item.as_object_mut().unwrap().remove(*key)));
        }
    }
}

/// Verdicts of cases, grey zones and links that run both ways are in the export.
#[test]
fn what_is_derived_is_exported() {
    let framework: serde_json::Value = serde_json::from_slice(&export::render(plan(), &Export::Framework)).unwrap();
    let item = |kind: &str, id: &str| {
        let list = framework[kind].as_array().unwrap();
        list.iter().find(|item| item["id"] == id).unwrap_or_else(|| panic!("no {kind} {id}")).clone()
    };
    let (mesh, shop, services) =
        (item("capabilities", "service-mesh"), item("cases", "dutch-webshop"), item("facts", "microservices"));
    let of = |list: &serde_json::Value, key: &str, id: &str| {
        list.as_array().unwrap().iter().find(|entry| entry[key]["id"] == id).unwrap().clone()
    };
    let verdict = of(&shop["verdicts"], "capability", "service-mesh");
    assert_eq!((&verdict["verdict"], &verdict["as_expected"]), (&"skip".into(), &true.into()));
    assert!(!verdict["because"].as_array().unwrap().is_empty() && !verdict["against"].as_array().unwrap().is_empty());
    assert_eq!(of(&mesh["cases"], "case", "dutch-webshop")["verdict"], "skip");
    let grey = of(&mesh["grey_zones"], "fact", "microservices");
    assert_eq!(grey["text"], "exactly 5");
    assert_eq!(grey["runs"], serde_json::json!([{ "min": 5.0, "min_open": false, "max": 5.0, "max_open": false }]));
    let line = &services["number_line"];
    let lane = of(&line["lanes"], "capability", "service-mesh");
    let cells: Vec<&serde_json::Value> =
        lane["grey"].as_array().unwrap().iter().map(|n| &line["cells"][n.as_u64().unwrap() as usize]).collect();
    assert_eq!(cells[0]["text"], "exactly 5");
    assert_eq!(of(&services["answered_by"], "case", "dutch-webshop")["answer"]["number"], 8.0);
    assert!(mesh["facts"].as_array().unwrap().iter().any(|fact| fact["id"] == "microservices"));
}

/// Every item's own file holds what the framework holds of it.
#[test]
fn items_stand_alone_and_in_the_framework() {
    let framework: serde_json::Value = serde_json::from_slice(&export::render(plan(), &Export::Framework)).unwrap();
    let mut items = 0;
    for export in export::exports(plan()) {
        let Export::Item(key) = &export else { continue };
        let file: serde_json::Value = serde_json::from_slice(&export::render(plan(), &export)).unwrap();
        assert_eq!(file["schema_version"], export::SCHEMA_VERSION);
        let list = framework[key.kind.folder()].as_array().unwrap();
        let same = list.iter().find(|item| item["id"] == file["item"]["id"]).unwrap();
        assert_eq!(&file["item"], same, "{key}");
        items += 1;
    }
    assert!(items > 100, "{items} items");
}
