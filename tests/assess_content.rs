//! The engine on the content of this repository: what its cases expect, and what holds of every assessment.

use std::path::Path;

use worthwhile::assess::{Assessor, Progress, assess, too_many_cells};
use worthwhile::link::Catalog;
use worthwhile::model::{Answer, Profile, Verdict};

fn catalog() -> Catalog {
    let sources = worthwhile::read::read(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the repository can be read");
    let (plan, diagnostics) = worthwhile::compile(&sources, None);
    assert!(!diagnostics.has_errors(), "{diagnostics:#?}");
    (*plan.catalog).clone()
}

#[test]
fn cases_get_the_verdicts_they_expect() {
    let catalog = catalog();
    assert_eq!(catalog.cases.len(), 3);
    let mut wrong = Vec::new();
    for case in &catalog.cases {
        let assessment = assess(&catalog, &case.facts);
        for (capability, verdicts) in &case.expect {
            let place = catalog.capabilities.iter().position(|c| c.id == capability.key.id).unwrap();
            let got = &assessment.capabilities[place];
            if !got.verdict.is_some_and(|v| verdicts.contains(&v)) {
                wrong.push(format!("{} {}: {:?}, {got:#?}", case.id, capability.key.id, verdicts));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_component_is_too_large() {
    assert_eq!(too_many_cells(&catalog()), []);
}

/// Answers every next question as the case does, and counts them.
#[test]
fn an_interview_settles_every_verdict() {
    let catalog = catalog();
    let assessor = Assessor::new(&catalog);
    let mut counts = Vec::new();
    for case in &catalog.cases {
        let mut profile = Profile::default();
        let mut asked = 0;
        let end = loop {
            let assessment = assessor.assess(&profile);
            let Some(question) = assessment.next_questions.first() else { break assessment };
            let answer = case.facts.get(question.fact).cloned().unwrap_or(Answer::Unknown);
            assert_eq!(profile.answers.insert(question.fact, answer), None, "asked twice");
            asked += 1;
        };
        // The webshop's story leaves facts open; the other two know all of theirs.
        let expected = if case.id == "dutch-webshop" { Progress::Exhausted } else { Progress::Settled };
        assert_eq!(end.progress, expected, "{}", case.id);
        let direct = assess(&catalog, &case.facts);
        for (n, capability) in end.capabilities.iter().enumerate() {
            if expected == Progress::Settled {
                assert_eq!(capability.verdict, direct.capabilities[n].verdict, "{}", catalog.capabilities[n].id);
            }
        }
        counts.push((case.id.as_str(), asked));
    }
    assert!(counts.iter().all(|(_, asked)| *asked < catalog.facts.len()), "{counts:?}");
    println!("{counts:?}");
}

#[test]
fn nothing_known_is_open() {
    let catalog = catalog();
    let assessment = assess(&catalog, &Profile::default());
    for (capability, assessed) in catalog.capabilities.iter().zip(&assessment.capabilities) {
        assert_eq!(assessed.verdict, Some(Verdict::Open), "{}", capability.id);
        assert!(assessed.flips.is_empty() && assessed.flips_together.is_none());
        assert!(!assessed.unless.is_empty());
    }
}

#[test]
fn the_advice_itself_is_sound() {
    let catalog = catalog();
    let told: Vec<String> = worthwhile::lint::lint(&catalog)
        .iter()
        .map(|f| format!("{}:{} {:?}", f.span.file, f.span.start, f.kind))
        .collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
    assert_eq!(worthwhile::lint::case_mismatches(&catalog), []);
    let grey: Vec<String> = worthwhile::lint::grey_zones(&catalog)
        .iter()
        .map(|z| {
            let capability = &catalog.capabilities[z.capability].id;
            let fact = catalog.fact(z.fact);
            let integer = fact.fact_type == worthwhile::model::FactType::Integer;
            format!("{capability} {}: {}", fact.id, worthwhile::words::cell(&z.values, integer))
        })
        .collect();
    assert!(grey.contains(&"service-mesh microservices: exactly 5".to_owned()), "{grey:?}");
    println!("{grey:?}");
}
