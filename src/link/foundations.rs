//! Foundations: what builds on what has no circles.

use super::Catalog;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::Kind;

/// Reports each circle of `builds_on` among capabilities once, at the link that closes it.
pub fn check(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    let mut state = vec![State::New; catalog.capabilities.len()];
    for start in 0..catalog.capabilities.len() {
        let mut path: Vec<(usize, usize)> = Vec::new();
        if state[start] == State::New {
            state[start] = State::Open;
            path.push((start, 0));
        }
        // Depth first, with a stack of our own: content may be deep.
        while let Some((at, next)) = path.last_mut() {
            let capability = &catalog.capabilities[*at];
            let Some(foundation) = capability.builds_on.get(*next) else {
                state[*at] = State::Done;
                path.pop();
                continue;
            };
            *next += 1;
            if foundation.on.key.kind != Kind::Capability {
                continue;
            }
            let Some(below) = catalog.place(Kind::Capability, &foundation.on.key.id) else { continue };
            match state[below] {
                State::Done => {}
                State::New => {
                    state[below] = State::Open;
                    path.push((below, 0));
                }
                State::Open => {
                    let from = path.iter().position(|(n, _)| *n == below).unwrap_or(0);
                    let circle: Vec<&str> = path[from..]
                        .iter()
                        .map(|(n, _)| *n)
                        .chain([below])
                        .map(|n| catalog.capabilities[n].id.as_str())
                        .collect();
                    let message = format!("a circle of foundations: {}", circle.join(" → "));
                    let diagnostic = Diagnostic::new(Code::FoundationCycle, foundation.on.span.clone(), message);
                    diagnostics
                        .push(diagnostic.help("one of these must come first; remove the link that says otherwise"));
                }
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}
