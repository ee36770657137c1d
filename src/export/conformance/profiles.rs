//! Random profiles of a catalog.

use super::dice::Dice;
use crate::assess::cells::Cells;
use crate::link::Catalog;
use crate::model::condition::FactIx;
use crate::model::{Answer, Fact, FactType, Profile};

/// How many random profiles there are.
const PROFILES: usize = 500;
const SEED: u64 = 20_261_126;

/// Profiles that answer nothing, everything, and all between.
pub fn profiles(catalog: &Catalog) -> Vec<Profile> {
    let cells = Cells::of_all(catalog);
    let mut dice = Dice::new(SEED);
    (0..PROFILES)
        .map(|n| {
            let mut profile = Profile::default();
            for (ix, fact) in catalog.facts.iter().enumerate() {
                // In hundredths: 0, 11, 22, … 99.
                if dice.roll(100) < n % 10 * 11 {
                    profile.answers.insert(FactIx(ix), answer(&mut dice, fact, &cells[ix]));
                }
            }
            profile
        })
        .collect()
}

/// What is known of a fact: mostly one value, near where conditions tell values apart.
fn answer(dice: &mut Dice, fact: &Fact, cells: &Cells) -> Answer {
    let kind = dice.roll(12);
    if kind == 0 {
        return Answer::Unknown;
    }
    let ids: Vec<String> = fact.options.iter().map(|option| option.id.clone()).collect();
    match fact.fact_type {
        FactType::Boolean => Answer::Bool(dice.rare(2)),
        FactType::Choice if kind == 1 && ids.len() > 1 => {
            let one = dice.roll(ids.len());
            Answer::OneOf([ids[one].clone(), ids[(one + 1) % ids.len()].clone()].into())
        }
        FactType::Choice => Answer::Choice(dice.one(&ids).clone()),
        FactType::Choices => Answer::Set(dice.some(&ids).into_iter().collect()),
        FactType::Integer | FactType::Number => {
            let (value, next) = (inside(dice, cells), inside(dice, cells));
            match kind {
                1 => Answer::Range { min: Some(value.min(next)), max: Some(value.max(next)) },
                2 => Answer::Range { min: Some(value), max: None },
                3 => Answer::Range { min: None, max: Some(value) },
                _ => Answer::Number(value),
            }
        }
    }
}

/// A value of some cell.
fn inside(dice: &mut Dice, cells: &Cells) -> f64 {
    match cells {
        Cells::Ordered(line) => dice.one(line).inside(),
        _ => 0.0,
    }
}
