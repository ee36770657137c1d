//! Files that hold very many items.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use super::sorted;

/// A list of such a file, which is written as its items come.
pub(super) struct List<'a> {
    out: &'a mut dyn Write,
    bytes: &'a mut Vec<u8>,
    empty: bool,
}

impl List<'_> {
    /// Writes an item; `add` appends its JSON.
    pub fn item(&mut self, add: impl FnOnce(&mut Vec<u8>)) -> io::Result<()> {
        self.bytes.push(if std::mem::take(&mut self.empty) { b'[' } else { b',' });
        add(self.bytes);
        self.out.write_all(self.bytes)?;
        self.bytes.clear();
        Ok(())
    }
}

/// Writes an object with long lists: the same bytes as all of it at once, with one item in memory at a time. `head` is the
/// object with these lists empty; `fill` writes the items of the list of a name, and says false where it is none of them.
pub(super) fn write(
    head: &impl Serialize,
    fill: &dyn Fn(&str, &mut List) -> io::Result<bool>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Value::Object(all) = serde_json::to_value(head)? else {
        unreachable!("a struct becomes an object");
    };
    let mut bytes = Vec::new();
    for (n, (name, value)) in all.iter().enumerate() {
        bytes.push(if n == 0 { b'{' } else { b',' });
        sorted::write(name, &mut bytes)?;
        bytes.push(b':');
        let mut list = List { out, bytes: &mut bytes, empty: true };
        match (fill(name, &mut list)?, list.empty) {
            (false, _) => sorted::write(value, &mut bytes)?,
            (true, true) => bytes.extend_from_slice(b"[]"),
            (true, false) => bytes.push(b']'),
        }
    }
    bytes.extend_from_slice(b"}\n");
    out.write_all(&bytes)
}
