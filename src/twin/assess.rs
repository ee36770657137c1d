//! The twin of the assessment's page: how to assess by program, what the rules say of each case, the rules.

use super::paper::Paper;
use crate::model::{Key, Kind};

pub fn write(paper: &mut Paper) -> Option<()> {
    let catalog = paper.catalog;
    paper.heading(1, &paper.words.nav.assess);
    paper.paragraph(&paper.words.twin.assess.clone());
    if !catalog.cases.is_empty() {
        let plan = paper.plan;
        let cases = &plan.assessed().cases;
        let mut head = vec![paper.words.placed.capability.clone()];
        head.extend(catalog.cases.iter().map(|case| paper.link(&Key::new(Kind::Case, &case.id))));
        let row = |n: usize| {
            let mut row = vec![paper.capability(n)];
            row.extend(cases.iter().map(|case| {
                let found = &case.capabilities[n];
                found.verdict.map_or_else(|| paper.words.twin.guidance.clone(), |v| paper.verdict(v, found.settled))
            }));
            row
        };
        let rows: Vec<_> = (0..catalog.capabilities.len()).map(row).collect();
        paper.table(&head.iter().map(String::as_str).collect::<Vec<_>>(), &rows);
    }
    for (n, capability) in catalog.capabilities.iter().enumerate() {
        let link = paper.capability(n);
        paper.blocks(&format!("## {link}"));
        for (list, statements) in capability.lists() {
            if !statements.is_empty() {
                paper.heading(3, paper.words.lists.of(list));
                paper.statements(capability, list, statements);
            }
        }
    }
    Some(())
}
