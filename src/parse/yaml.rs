//! YAML text -> a tree of nodes that know their place. The only file that names the YAML crate.
//!
//! It reads the parser's events rather than deserialising, because a tree with spans lets one run report everything
//! that is wrong with a file, each at its line and column, where serde stops at the first. Plain scalars follow
//! YAML 1.2's core schema: `yes`, `no` and `off` are words, not booleans.

use std::collections::HashMap;
use std::ops::Range;

use serde_yaml::granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, Span as YamlSpan};

/// Content nests a handful of levels; a file that nests deeper is an attack or a mistake.
const MAX_DEPTH: usize = 48;
/// Nodes that aliases may add to one file before it is called a bomb.
const MAX_ALIASED_NODES: usize = 10_000;

/// Values that one file may hold. Each costs some hundred bytes, however short it is written.
const MAX_NODES: usize = 500_000;

/// One value and where it stands, in bytes of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub value: Value,
    pub span: Range<usize>,
    /// `!word` before the value, with its place.
    pub tag: Option<(String, Range<usize>)>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    /// `source` is where the characters stand one for one in the file, if they do: positions in the text can then be
    /// mapped to positions in the file.
    Text {
        text: String,
        source: Option<usize>,
    },
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

/// A key of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    pub name: String,
    pub span: Range<usize>,
}

/// Why a file is no tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    pub message: String,
    pub span: Range<usize>,
    /// True when the file is too deep or too large rather than wrong.
    pub limit: bool,
}

impl Value {
    /// What it is, in words for a message: "a list", "the number 5".
    pub fn describe(&self) -> String {
        match self {
            Value::Null => "nothing".into(),
            Value::Bool(b) => format!("the boolean {b}"),
            Value::Integer(n) => format!("the number {n}"),
            Value::Float(n) => format!("the number {n}"),
            Value::Text { .. } => "a text".into(),
            Value::List(_) => "a list".into(),
            Value::Map(_) => "a map".into(),
        }
    }
}

/// Parses one document that starts at byte `offset` of its file (0, or after a BOM, or inside front matter).
/// An empty document is `Null`.
pub fn parse(text: &str, offset: usize) -> Result<Node, Fault> {
    let mut options = Options::default();
    options.emit_comments = false;
    options.disallow_directives = true;
    options.flow_nesting_limit = MAX_DEPTH;
    options.block_nesting_limit = MAX_DEPTH;
    let mut builder = Builder { text, offset, anchors: HashMap::new(), aliased: 0, nodes: 0 };
    let mut events = Parser::new_from_str_with_options(text, options);
    let mut root = None;
    while let Some(event) = events.next_event() {
        let (event, span) = event.map_err(|e| builder.scan_fault(&e))?;
        match event {
            Event::StreamStart | Event::DocumentEnd | Event::DocumentStart(..) => {
                if matches!(event, Event::DocumentStart(..)) && root.is_some() {
                    return Err(builder.fault("a second document; a file holds one", builder.range(&span)));
                }
            }
            Event::StreamEnd => break,
            event => root = Some(builder.node(event, span, &mut events, 0)?),
        }
    }
    Ok(root.unwrap_or(Node { value: Value::Null, span: offset..offset, tag: None }))
}

struct Builder<'a> {
    text: &'a str,
    offset: usize,
    anchors: HashMap<usize, (Node, usize)>,
    aliased: usize,
    nodes: usize,
}

type Events<'a> = Parser<'a, serde_yaml::granit_parser::StrInput<'a>>;

impl<'a> Builder<'a> {
    fn range(&self, span: &YamlSpan) -> Range<usize> {
        let range = span.byte_range().unwrap_or(0..0);
        // The parser's end of a block collection is the start of what follows; trim the blank lines between.
        let end = range.end.min(self.text.len());
        let start = range.start.min(end);
        let trimmed = self.text.get(start..end).map_or(end, |s| start + s.trim_end().len());
        self.offset + start..self.offset + trimmed.max(start)
    }

    fn fault(&self, message: impl Into<String>, span: Range<usize>) -> Fault {
        Fault { message: message.into(), span, limit: false }
    }

    fn scan_fault(&self, error: &ScanError) -> Fault {
        let at = self.offset + error.marker().byte_offset().unwrap_or(0).min(self.text.len());
        Fault {
            message: error.info().replace('\n', " "),
            span: at..at,
            limit: matches!(error.kind(), ErrorKind::RecursionLimitExceeded),
        }
    }

    fn next(&self, events: &mut Events<'a>) -> Result<(Event<'a>, YamlSpan), Fault> {
        match events.next_event() {
            Some(event) => event.map_err(|e| self.scan_fault(&e)),
            None => Err(self
                .fault("the file ends inside a value", self.offset + self.text.len()..self.offset + self.text.len())),
        }
    }

    fn node(&mut self, event: Event<'a>, span: YamlSpan, events: &mut Events<'a>, depth: usize) -> Result<Node, Fault> {
        let range = self.range(&span);
        if depth > MAX_DEPTH {
            return Err(Fault { message: format!("nested deeper than {MAX_DEPTH} levels"), span: range, limit: true });
        }
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(Fault { message: format!("more than {MAX_NODES} values"), span: range, limit: true });
        }
        let tag_range = span.tag_span().map(|s| self.range(&s)).unwrap_or(range.clone());
        let named = |tag: &serde_yaml::granit_parser::Tag| (tag.original(), tag_range.clone());
        let (value, anchor, tag, range) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let tag = tag.as_ref().map(|t| named(t));
                (self.scalar(&text, style, &range, tag.is_some()), anchor, tag, range)
            }
            Event::SequenceStart(_, anchor, tag) => {
                let tag = tag.as_ref().map(|t| named(t));
                let mut items = Vec::new();
                let end = loop {
                    let (event, span) = self.next(events)?;
                    if event == Event::SequenceEnd {
                        break self.range(&span).end;
                    }
                    items.push(self.node(event, span, events, depth + 1)?);
                };
                let end = items.last().map_or(end, |last: &Node| last.span.end.max(range.end));
                (Value::List(items), anchor, tag, range.start..end)
            }
            Event::MappingStart(_, anchor, tag) => {
                let tag = tag.as_ref().map(|t| named(t));
                let mut entries: Vec<(Key, Node)> = Vec::new();
                let end = loop {
                    let (event, span) = self.next(events)?;
                    if event == Event::MappingEnd {
                        break self.range(&span).end;
                    }
                    let key = self.key(event, &span)?;
                    let (event, span) = self.next(events)?;
                    entries.push((key, self.node(event, span, events, depth + 1)?));
                };
                let end = entries.last().map_or(end, |(_, last)| last.span.end.max(range.end));
                (Value::Map(entries), anchor, tag, range.start..end)
            }
            Event::Alias(id) => {
                let Some((node, size)) = self.anchors.get(&id) else {
                    return Err(self.fault("an alias inside the value that it names", range));
                };
                self.aliased += size;
                if self.aliased > MAX_ALIASED_NODES {
                    let message = format!("aliases repeat more than {MAX_ALIASED_NODES} values");
                    return Err(Fault { message, span: range, limit: true });
                }
                // What is wrong with a repeated value is reported where it is written.
                return Ok(node.clone());
            }
            other => return Err(self.fault(format!("unexpected {other:?}"), range)),
        };
        let node = Node { value, span: range, tag };
        if anchor != 0 {
            let size = size(&node);
            self.anchors.insert(anchor, (node.clone(), size));
        }
        Ok(node)
    }

    fn key(&self, event: Event<'a>, span: &YamlSpan) -> Result<Key, Fault> {
        match event {
            Event::Scalar(text, ..) => Ok(Key { name: text.into_owned(), span: self.range(span) }),
            _ => Err(self.fault("a key must be a plain word", self.range(span))),
        }
    }

    fn scalar(&self, text: &str, style: ScalarStyle, range: &Range<usize>, tagged: bool) -> Value {
        if style == ScalarStyle::Plain
            && !tagged
            && let Some(value) = plain(text)
        {
            return value;
        }
        // Where the characters stand one for one: after the quote, if there is one and nothing is escaped.
        let start = range.start - self.offset + usize::from(style != ScalarStyle::Plain);
        let verbatim = self.text.get(start..start + text.len()) == Some(text);
        Value::Text { text: text.to_owned(), source: verbatim.then_some(self.offset + start) }
    }
}

/// A plain scalar that is no text, by YAML 1.2's core schema.
fn plain(text: &str) -> Option<Value> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Some(Value::Null),
        "true" | "True" | "TRUE" => return Some(Value::Bool(true)),
        "false" | "False" | "FALSE" => return Some(Value::Bool(false)),
        _ => {}
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    if digits.bytes().all(|b| b.is_ascii_digit()) {
        return Some(match text.parse::<i64>() {
            Ok(n) => Value::Integer(n),
            Err(_) => Value::Float(text.parse().unwrap_or(f64::INFINITY)),
        });
    }
    let is_float = digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'))
        && digits.bytes().any(|b| b.is_ascii_digit());
    if is_float { text.parse().ok().map(Value::Float) } else { None }
}

fn size(node: &Node) -> usize {
    1 + match &node.value {
        Value::List(items) => items.iter().map(size).sum(),
        Value::Map(entries) => entries.iter().map(|(_, n)| size(n)).sum(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scalar(text: &str) -> Value {
        parse(text, 0).unwrap().value
    }

    #[test]
    fn plain_scalars_follow_the_core_schema() {
        assert_eq!(scalar("5"), Value::Integer(5));
        assert_eq!(scalar("-5.5"), Value::Float(-5.5));
        assert_eq!(scalar("true"), Value::Bool(true));
        assert_eq!(scalar("~"), Value::Null);
        for word in ["yes", "no", "off", "0x1F", "2026-11-23", "1.2.3", "12:30:45", ".nan", "NO"] {
            assert!(matches!(scalar(word), Value::Text { .. }), "{word} is a text");
        }
    }

    #[test]
    fn spans_are_bytes_of_the_file() {
        let text = "a: x\nb:\n  - 'quoted'\n  - é\n";
        let node = parse(text, 0).unwrap();
        let Value::Map(entries) = &node.value else { panic!() };
        assert_eq!(&text[entries[0].1.span.clone()], "x");
        let Value::List(items) = &entries[1].1.value else { panic!() };
        assert_eq!(&text[items[0].span.clone()], "'quoted'");
        assert_eq!(items[0].value, Value::Text { text: "quoted".into(), source: Some(13) });
        assert_eq!(&text[items[1].span.clone()], "é");
    }

    #[test]
    fn a_tag_is_seen() {
        let node = parse("when: !layer_1_stable", 0).unwrap();
        let Value::Map(entries) = &node.value else { panic!() };
        assert_eq!(entries[0].1.tag.as_ref().unwrap().0, "!layer_1_stable");
    }

    #[test]
    fn bombs_are_refused() {
        let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for n in 1..9 {
            let refs = vec![format!("*a{}", n - 1); 9].join(",");
            bomb.push_str(&format!("a{n}: &a{n} [{refs}]\n"));
        }
        assert!(parse(&bomb, 0).unwrap_err().limit);
        assert!(parse(&"[".repeat(10_000), 0).unwrap_err().limit);
        assert!(parse("a: &a [*a]", 0).is_err());
    }
}
