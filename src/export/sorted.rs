//! Values -> JSON with sorted keys and no white space, in one pass: every object is written as it comes and put in order
//! when it ends.

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use serde_json::{Error, Result};

/// Appends a value. Keys of maps must be texts, and of one object all different.
pub fn write(value: &(impl Serialize + ?Sized), out: &mut Vec<u8>) -> Result<()> {
    value.serialize(Sorted { out })
}

struct Sorted<'a> {
    out: &'a mut Vec<u8>,
}

/// A list that is being written.
struct List<'a> {
    out: &'a mut Vec<u8>,
    empty: bool,
    /// What is written after the closing bracket: the end of an enum's variant.
    after: &'static str,
}

/// An object that is being written, entry after entry with a comma behind each.
struct Object<'a> {
    out: &'a mut Vec<u8>,
    /// Where its first entry starts.
    start: usize,
    /// Where each entry starts, where its key ends, and where it ends.
    entries: Vec<(usize, usize, usize)>,
    after: &'static str,
}

impl<'a> List<'a> {
    fn open(out: &'a mut Vec<u8>, after: &'static str) -> Self {
        out.push(b'[');
        List { out, empty: true, after }
    }

    fn item(&mut self, value: &(impl Serialize + ?Sized)) -> Result<()> {
        if !std::mem::take(&mut self.empty) {
            self.out.push(b',');
        }
        write(value, self.out)
    }

    fn close(self) -> Result<()> {
        self.out.push(b']');
        self.out.extend_from_slice(self.after.as_bytes());
        Ok(())
    }
}

impl<'a> Object<'a> {
    fn open(out: &'a mut Vec<u8>, after: &'static str) -> Self {
        out.push(b'{');
        Object { start: out.len(), out, entries: Vec::new(), after }
    }

    fn key(&mut self, key: &(impl Serialize + ?Sized)) -> Result<()> {
        let start = self.out.len();
        write(key, self.out)?;
        let end = self.out.len();
        if self.out[start] != b'"' {
            return Err(serde::ser::Error::custom("a key that is no text"));
        }
        self.out.push(b':');
        // Between the quotes.
        self.entries.push((start, end - 1, end));
        Ok(())
    }

    fn value(&mut self, value: &(impl Serialize + ?Sized)) -> Result<()> {
        write(value, self.out)?;
        self.out.push(b',');
        if let Some(entry) = self.entries.last_mut() {
            entry.2 = self.out.len();
        }
        Ok(())
    }

    fn close(mut self) -> Result<()> {
        let out = &*self.out;
        let key = |&(start, key_end, _): &(usize, usize, usize)| &out[start + 1..key_end];
        if !self.entries.is_sorted_by_key(key) {
            self.entries.sort_unstable_by(|a, b| key(a).cmp(key(b)));
            let mut ordered = Vec::with_capacity(self.out.len() - self.start);
            for (start, _, end) in &self.entries {
                ordered.extend_from_slice(&self.out[*start..*end]);
            }
            self.out[self.start..].copy_from_slice(&ordered);
        }
        if !self.entries.is_empty() {
            self.out.pop();
        }
        self.out.push(b'}');
        self.out.extend_from_slice(self.after.as_bytes());
        Ok(())
    }
}

/// Leaves are written as the JSON crate writes them.
macro_rules! leaves {
    ($($name:ident: $type:ty),*) => {
        $(fn $name(self, value: $type) -> Result<()> {
            serde_json::to_writer(self.out, &value)
        })*
    };
}

impl<'a> Serializer for Sorted<'a> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = List<'a>;
    type SerializeTuple = List<'a>;
    type SerializeTupleStruct = List<'a>;
    type SerializeTupleVariant = List<'a>;
    type SerializeMap = Object<'a>;
    type SerializeStruct = Object<'a>;
    type SerializeStructVariant = Object<'a>;

    leaves!(
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_f32: f32,
        serialize_f64: f64, serialize_char: char, serialize_str: &str, serialize_bytes: &[u8]
    );

    fn serialize_none(self) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<()> {
        self.out.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<()> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<()> {
        let mut object = Object::open(self.out, "");
        object.key(variant)?;
        object.value(value)?;
        object.close()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'a>> {
        Ok(List::open(self.out, ""))
    }

    fn serialize_tuple(self, _: usize) -> Result<List<'a>> {
        Ok(List::open(self.out, ""))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<List<'a>> {
        Ok(List::open(self.out, ""))
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<List<'a>> {
        variant_start(self.out, variant)?;
        Ok(List::open(self.out, "}"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Object<'a>> {
        Ok(Object::open(self.out, ""))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Object<'a>> {
        Ok(Object::open(self.out, ""))
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Object<'a>> {
        variant_start(self.out, variant)?;
        Ok(Object::open(self.out, "}"))
    }
}

fn variant_start(out: &mut Vec<u8>, variant: &str) -> Result<()> {
    out.push(b'{');
    write(variant, out)?;
    out.push(b':');
    Ok(())
}

/// The four kinds of lists are one.
macro_rules! lists {
    ($($kind:ident: $method:ident),*) => {
        $(impl $kind for List<'_> {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
                self.item(value)
            }

            fn end(self) -> Result<()> {
                self.close()
            }
        })*
    };
}

lists!(
    SerializeSeq: serialize_element, SerializeTuple: serialize_element, SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field
);

impl SerializeMap for Object<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        self.key(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.value(value)
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}

macro_rules! structs {
    ($($kind:ident),*) => {
        $(impl $kind for Object<'_> {
            type Ok = ();
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<()> {
                self.key(key)?;
                self.value(value)
            }

            fn end(self) -> Result<()> {
                self.close()
            }
        })*
    };
}

structs!(SerializeStruct, SerializeStructVariant);

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;

    use super::*;

    #[derive(Serialize)]
    struct Outer {
        z: f64,
        a: Option<u8>,
        list: Vec<Inner>,
        #[serde(flatten)]
        flat: Flat,
        map: BTreeMap<String, (i64, char)>,
    }

    #[derive(Serialize)]
    struct Flat {
        y: &'static str,
        b: bool,
    }

    #[derive(Serialize)]
    enum Inner {
        Unit,
        New(u64),
        Pair(u8, u8),
        Named { second: (), first: f64 },
    }

    #[test]
    fn the_bytes_are_those_of_a_sorted_value() {
        let list =
            || vec![Inner::Unit, Inner::New(u64::MAX), Inner::Pair(1, 2), Inner::Named { second: (), first: 0.1 }];
        let map =
            BTreeMap::from([("ké\"y\n".to_owned(), (-1, '<')), (String::new(), (0, '\\')), ("k".into(), (1, 'x'))]);
        for map in [map, BTreeMap::new()] {
            let flat = Flat { y: "\u{7f}\u{2028}\t", b: true };
            let value = Outer { z: 1e21, a: None, list: list(), flat, map };
            let mut ours = Vec::new();
            write(&value, &mut ours).expect("is JSON");
            let theirs = serde_json::to_vec(&serde_json::to_value(&value).expect("is JSON")).expect("is JSON");
            assert_eq!(String::from_utf8_lossy(&ours), String::from_utf8_lossy(&theirs));
        }
        assert!(write(&BTreeMap::from([(1, 2)]), &mut Vec::new()).is_err(), "a number as a key");
    }
}
