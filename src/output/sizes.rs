//! How many characters files have, for llms.txt to say: remembered when they are made, so that nothing is made twice.

use std::io::{self, Write};
use std::sync::OnceLock;

use super::Output;
use crate::export::Export;
use crate::plan::Plan;

/// Of the files whose size is told.
#[derive(Debug)]
pub(super) struct Sizes {
    /// Of twins, by the place of their page in the plan.
    twins: Vec<OnceLock<usize>>,
    full: OnceLock<usize>,
    index: OnceLock<usize>,
    framework: OnceLock<usize>,
    matrix: OnceLock<usize>,
}

impl Sizes {
    /// Nothing is known yet.
    pub fn of(plan: &Plan) -> Sizes {
        let twins = plan.pages.iter().map(|_| OnceLock::new()).collect();
        let lock = OnceLock::new;
        Sizes { twins, full: lock(), index: lock(), framework: lock(), matrix: lock() }
    }

    /// Where the size of the twin of a page is remembered, by the place of the page in the plan.
    pub fn twin(&self, place: usize) -> Option<&OnceLock<usize>> {
        self.twins.get(place)
    }

    /// Where the size of a file is remembered, if it is told.
    pub fn slot(&self, plan: &Plan, output: &Output) -> Option<&OnceLock<usize>> {
        match output {
            Output::Twin(page) => self.twin(plan.place(&page.name)?),
            Output::Llms(true) => Some(&self.full),
            Output::Export(Export::Index) => Some(&self.index),
            Output::Export(Export::Framework) => Some(&self.framework),
            Output::Export(Export::Matrix) => Some(&self.matrix),
            _ => None,
        }
    }
}

/// Counts the characters of UTF-8 that pass.
pub(super) struct Counting<'a> {
    out: &'a mut dyn Write,
    pub characters: usize,
}

impl<'a> Counting<'a> {
    pub fn new(out: &'a mut dyn Write) -> Self {
        Counting { out, characters: 0 }
    }
}

impl Write for Counting<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.out.write(bytes)?;
        // Every byte starts a character but those that go on with one.
        self.characters += bytes[..taken].iter().filter(|byte| **byte & 0xc0 != 0x80).count();
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
