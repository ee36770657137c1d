//! The twin of a capability.

use super::paper::Paper;
use super::{case, statements, trade_off};
use crate::model::{Capability, Condition, Key, Kind, ListKind, Statement, Timing};
use crate::plan::PageName;
use crate::plan::derived::{self, MatrixHalf};

/// Headings with these ids put their prose into the section of the same id, as on the page.
const SECTIONS: [&str; 6] = ["trigger", "not-when", "trade-offs", "decision-points", "timing", "builds-on"];

pub fn write(paper: &mut Paper, id: &str) -> Option<()> {
    let catalog = paper.catalog;
    let place = catalog.place(Kind::Capability, id)?;
    let capability = &catalog.capabilities[place];
    let file = &*capability.span.file;
    let (words, prose) = (&paper.words.sections, &capability.prose);
    let key = Key::new(Kind::Capability, id);

    paper.heading(1, &capability.title);
    paper.paragraph(&paper.text(file, &capability.summary));
    paper.paragraph(&paper.maybe(file, capability.description.as_ref()));
    gist(paper, capability);
    paper.intro(file, prose);

    list(paper, capability, ListKind::Trigger, &capability.triggers, &words.trigger);
    paper.grey_zones(place);
    paper.section(file, prose, "trigger");
    list(paper, capability, ListKind::NotWhen, &capability.not_when, &words.not_when);
    paper.section(file, prose, "not-when");

    if capability.trade_off.is_some() {
        let page = PageName::TradeOff(id.to_owned());
        paper.heading(2, &words.trade_offs);
        let title = trade_off::title(paper.plan, paper.words, id);
        paper.paragraph(&paper.linked(&title, &page));
        trade_off::write(paper, capability);
    }
    paper.section(file, prose, "trade-offs");

    if !capability.decision_points.is_empty() {
        paper.heading(2, &words.decision_points);
        for (n, point) in capability.decision_points.iter().enumerate() {
            let id = point.id.clone().unwrap_or_else(|| format!("decision_points.{}", n + 1));
            paper.item(0, &format!("{id}: {}", paper.text(file, &point.question)));
            for ask in &point.ask {
                paper.item(1, &paper.text(file, ask));
            }
        }
        paper.gap();
    }
    paper.section(file, prose, "decision-points");

    let lists = &paper.words.lists;
    let (first, second) = match &capability.timing {
        Timing::Plain { now, later } => ((ListKind::Now, now, &lists.now), (ListKind::Later, later, &lists.later)),
        Timing::Staged { prepare, activate_when } => (
            (ListKind::Prepare, prepare, &lists.prepare),
            (ListKind::ActivateWhen, activate_when, &lists.activate_when),
        ),
    };
    for (kind, statements, title) in [first, second] {
        list(paper, capability, kind, statements, title);
    }
    paper.section(file, prose, "timing");

    foundations(paper, capability, file);
    paper.section(file, prose, "builds-on");
    paper.sections(file, prose, &SECTIONS);
    supports(paper, &key);
    cases(paper, place);
    if !capability.related.is_empty() {
        paper.heading(2, &words.related);
        paper.paragraph(&paper.refs(&capability.related));
    }
    others(paper, &key);
    let facts = statements::facts_of(capability);
    if !facts.is_empty() {
        paper.heading(2, &paper.words.twin.facts.clone());
        paper.facts(&facts);
    }
    Some(())
}

/// Layer, when it is worth it, when to skip it, complexity, the closing question.
fn gist(paper: &mut Paper, capability: &Capability<Condition>) {
    let file = &*capability.span.file;
    let words = &paper.words.placed;
    let layer = paper.link(&capability.layer.key);
    paper.named(0, &paper.catalog.site.layer_label.clone(), &layer);
    let trigger = half(paper, file, &derived::matrix_trigger(capability));
    paper.named(0, &words.trigger, &trigger);
    let skip_if = half(paper, file, &derived::matrix_skip_if(capability));
    paper.named(0, &words.skip_if, &skip_if);
    let note = paper.maybe(file, capability.complexity_note.as_ref());
    let complexity = format!("{}. {note}", paper.complexity(capability.complexity));
    paper.named(0, &words.complexity, complexity.trim_end_matches(['.', ' ']));
    let question = paper.maybe(file, capability.closing_question.as_ref());
    paper.named(0, &paper.words.twin.closing_question.clone(), &question);
    paper.gap();
}

/// A half of the gist or of a matrix row; marked where nobody wrote it.
pub fn half(paper: &Paper, file: &str, half: &MatrixHalf) -> String {
    let texts: Vec<String> = half.texts.iter().map(|text| paper.text(file, text)).collect();
    match (texts.is_empty(), half.derived) {
        (false, true) => format!("{} ({})", texts.join("; "), paper.words.twin.derived),
        _ => texts.join("; "),
    }
}

fn list(
    paper: &mut Paper,
    capability: &Capability<Condition>,
    list: ListKind,
    statements: &[Statement<Condition>],
    title: &str,
) {
    if !statements.is_empty() {
        paper.heading(2, title);
        paper.statements(capability, list, statements);
    }
}

fn foundations(paper: &mut Paper, capability: &Capability<Condition>, file: &str) {
    let words = &paper.words.sections;
    if !capability.builds_on.is_empty() {
        paper.heading(2, &words.builds_on);
        for foundation in &capability.builds_on {
            paper.item(0, &format!("{}: {}", paper.link(&foundation.on.key), paper.text(file, &foundation.adds)));
        }
        paper.gap();
    }
    if !capability.does_not_replace.is_empty() {
        paper.heading(2, &paper.words.twin.does_not_replace.clone());
        for stays in &capability.does_not_replace {
            paper.item(0, &format!("{}: {}", paper.link(&stays.what.key), paper.text(file, &stays.text)));
        }
        paper.gap();
    }
}

/// What builds on a component or a capability, and what each adds.
pub fn supports(paper: &mut Paper, key: &Key) {
    let Some(places) = paper.plan.derived.supports.get(key) else { return };
    paper.heading(2, &paper.words.sections.supports);
    for &(n, place) in places {
        let above = &paper.catalog.capabilities[n];
        let adds = paper.text(&above.span.file, &above.builds_on[place].adds);
        paper.item(0, &format!("{}: {adds}", paper.capability(n)));
    }
    paper.gap();
}

/// What each case gets, and what it expects.
fn cases(paper: &mut Paper, place: usize) {
    let catalog = paper.catalog;
    let key = Key::new(Kind::Capability, &catalog.capabilities[place].id);
    if catalog.cases.is_empty() {
        return;
    }
    paper.heading(2, &paper.words.sections.cases);
    let plan = paper.plan;
    for (case, assessment) in catalog.cases.iter().zip(&plan.assessed().cases) {
        let found = &assessment.capabilities[place];
        let link = paper.link(&Key::new(Kind::Case, &case.id));
        let expected = case.expect.iter().find(|(capability, _)| capability.key == key);
        let expected = expected.map(|(_, verdicts)| format!(". {}", case::expected(paper, verdicts)));
        let computed = match found.verdict {
            Some(verdict) => paper.verdict(verdict, found.settled),
            None => paper.words.twin.guidance.clone(),
        };
        paper.item(0, &format!("{link}: {computed}{}", expected.unwrap_or_default()));
    }
    paper.gap();
}

/// Other things that speak of this one.
fn others(paper: &mut Paper, key: &Key) {
    let catalog = paper.catalog;
    let words = &paper.words.twin;
    let related = paper.plan.derived.related_by.get(key).into_iter().flatten();
    let related: Vec<String> = related.map(|&n| paper.capability(n)).collect();
    paper.named(0, &words.related_by, &related.join(", "));
    let decisions = catalog.decisions.iter().filter(|d| d.capability.key == *key);
    let decisions: Vec<String> = decisions.map(|d| paper.link(&Key::new(Kind::Decision, &d.id))).collect();
    paper.named(0, &words.decisions, &decisions.join(", "));
    for &(n, place) in paper.plan.derived.stays.get(key).into_iter().flatten() {
        let other = &catalog.capabilities[n];
        let text = paper.text(&other.span.file, &other.does_not_replace[place].text);
        paper.named(0, &words.stays_beside, &format!("{}: {text}", paper.capability(n)));
    }
    paper.gap();
}
