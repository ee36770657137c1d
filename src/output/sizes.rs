//! How many characters files have, for llms.txt to say: remembered when they are made, so that nothing is made twice.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};
use std::sync::OnceLock;

use super::Output;
use crate::export::Export;
use crate::plan::Route;
use crate::twin::llms;

/// By route, of the files whose size is told.
#[derive(Debug)]
pub(super) struct Sizes(HashMap<String, OnceLock<usize>>);

impl Sizes {
    pub fn of(outputs: &BTreeMap<String, Output>) -> Sizes {
        let told = outputs.values().filter_map(told);
        Sizes(told.map(|route| (route.to_string(), OnceLock::new())).collect())
    }

    /// Where the size of a file is remembered, if it is told.
    pub fn slot(&self, output: &Output) -> Option<&OnceLock<usize>> {
        self.0.get(told(output)?.as_str())
    }
}

/// The route of a file whose size is told.
fn told(output: &Output) -> Option<Route> {
    match output {
        Output::Twin(page) => Some(page.route.twin()),
        Output::Llms(true) => Some(Route::new(llms::FULL_ROUTE)),
        Output::Export(export @ (Export::Index | Export::Framework | Export::Matrix)) => Some(export.route()),
        _ => None,
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
