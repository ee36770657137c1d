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

/// Answers every next question as `answers` does, from nothing known: the profile then, how many were asked, the end.
fn interview(catalog: &Catalog, assessor: &Assessor, answers: &Profile) -> (Profile, usize, Progress) {
    let mut profile = Profile::default();
    loop {
        let assessment = assessor.assess(&profile);
        let Some(question) = assessment.next_questions.first() else {
            let asked = profile.answers.len();
            return (profile, asked, assessment.progress);
        };
        let answer = answers.get(question.fact).cloned().unwrap_or(Answer::Unknown);
        assert_eq!(
            profile.answers.insert(question.fact, answer),
            None,
            "asked twice: {}",
            catalog.fact(question.fact).id
        );
    }
}

/// From nothing known, the best question first, every verdict is settled within 25 questions for the webshop, 10 for
/// the start-up and 32 for the bank. The webshop's story leaves facts open; here they are answered as such a store would.
#[test]
fn an_interview_from_nothing_settles_every_verdict() {
    let catalog = catalog();
    let assessor = Assessor::new(&catalog);
    let answers_of = |id: &str| catalog.case(id).unwrap().facts.clone();
    let webshop = in_full(&catalog, "dutch-webshop");
    let most = [
        ("dutch-webshop", webshop, 25),
        ("startup-monolith", answers_of("startup-monolith"), 10),
        ("regulated-bank", answers_of("regulated-bank"), 32),
    ];
    for (id, answers, most) in most {
        assert_eq!(answers.answers.len(), catalog.facts.len(), "{id} answers every fact");
        let (profile, asked, progress) = interview(&catalog, &assessor, &answers);
        println!("{id}: {asked} of {} questions", catalog.facts.len());
        assert_eq!(progress, Progress::Settled, "{id}");
        assert!(asked <= most, "{id}: {asked} questions");
        // What was not asked would change nothing.
        let verdicts = |profile: &Profile| {
            assess(&catalog, profile).capabilities.into_iter().map(|c| c.verdict).collect::<Vec<_>>()
        };
        assert_eq!(verdicts(&profile), verdicts(&answers), "{id}");
        for (capability, expected) in &catalog.case(id).unwrap().expect {
            let place = catalog.capabilities.iter().position(|c| c.id == capability.key.id).unwrap();
            let verdict = verdicts(&profile)[place].unwrap();
            assert!(expected.contains(&verdict), "{id}, {}: {verdict:?}", capability.key.id);
        }
    }
}

/// Where everything that the webshop's story leaves open is answered "I don't know", the interview ends too.
#[test]
fn an_interview_ends_where_nobody_knows_more() {
    let catalog = catalog();
    let (profile, asked, progress) = interview(&catalog, &Assessor::new(&catalog), &catalog.cases[0].facts);
    println!(
        "{asked} questions, {} of them answered",
        profile.answers.values().filter(|a| **a != Answer::Unknown).count()
    );
    assert_eq!(progress, Progress::Exhausted);
    assert!(asked < catalog.facts.len());
}

/// A profile of `tests/profiles` that answers for a case what its story leaves open, and keeps to what it says.
fn in_full(catalog: &Catalog, id: &str) -> Profile {
    let path = format!("{}/tests/profiles/{id}-in-full.yaml", env!("CARGO_MANIFEST_DIR"));
    let name: std::sync::Arc<str> = path.as_str().into();
    let mut sources = worthwhile::read::Sources::default();
    sources.files.insert(name.clone(), std::fs::read(&path).unwrap().into());
    let (profile, diagnostics) = worthwhile::profile::of_file(catalog, &name, &sources);
    assert!(!diagnostics.has_errors(), "{diagnostics:#?}");
    for (fact, answer) in &catalog.case(id).unwrap().facts.answers {
        assert_eq!(profile.get(*fact), Some(answer), "{}", catalog.fact(*fact).id);
    }
    profile
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
            format!("{capability} {}: {}", fact.id, worthwhile::words::cell(&catalog.site.joints, &z.values, integer))
        })
        .collect();
    assert!(grey.contains(&"service-mesh microservices: exactly 5".to_owned()), "{grey:?}");
    println!("{grey:?}");
}
