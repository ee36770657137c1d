//! Code -> HTML with short classes. The only file that names the highlighting crates.
//!
//! A dozen classes of our own stand for the hundreds of scopes of the grammars; the theme colours them for light and
//! dark. Oniguruma is used because it is twice as fast as the pure Rust engine.

use std::cell::RefCell;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use foldhash::{HashMap, HashMapExt};
use syntect::parsing::{ParseState, Scope, ScopeStack, ScopeStackOp, SyntaxReference, SyntaxSet};

use super::escape;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Blocks that were highlighted in this process: the same block on two pages, or in two runs of `serve`, costs once.
static DONE: LazyLock<Mutex<Memo>> = LazyLock::new(Mutex::default);

/// Language and code to finished lines.
type Memo = HashMap<(String, String), Arc<[String]>>;

/// A memo that grows without end would be a leak in `serve`.
const MEMO_BLOCKS: usize = 500;
const MEMO_NAMES: usize = 1_000;

/// A block with a line of more bytes is data, which nobody reads by its colours.
const LONGEST_LINE: usize = 512;

/// What a scope counts as: the first prefix that matches the innermost scope decides.
const CLASSES: [(&str, &str); 29] = [
    ("comment", "c"),
    ("punctuation.definition.comment", "c"),
    ("string", "s"),
    ("punctuation.definition.string", "s"),
    ("constant.numeric", "n"),
    ("constant.character", "n"),
    ("constant", "n"),
    ("keyword.operator", "o"),
    ("keyword", "k"),
    ("storage", "k"),
    ("entity.name.tag", "a"),
    ("meta.mapping.key", "a"),
    ("support.type.property-name", "a"),
    ("entity.other.attribute-name", "a"),
    ("variable.other.member", "a"),
    ("entity.name.function", "f"),
    ("support.function", "f"),
    ("variable.function", "f"),
    ("entity.name", "t"),
    ("support.type", "t"),
    ("support.class", "t"),
    ("variable", "v"),
    ("markup.inserted", "i"),
    ("markup.deleted", "d"),
    ("meta.diff", "m"),
    ("meta.annotation", "m"),
    ("meta.preprocessor", "m"),
    ("markup.heading", "k"),
    ("markup.raw", "s"),
];

static PREFIXES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    CLASSES.iter().map(|(name, class)| (Scope::new(name).expect("our own scope names are valid"), *class)).collect()
});

/// Names that authors use and the grammars do not know.
const NAMES: [(&str, &str); 8] = [
    ("shell", "bash"),
    ("console", "bash"),
    ("terminal", "bash"),
    ("yml", "yaml"),
    ("docker", "dockerfile"),
    ("terraform", "hcl"),
    ("ts", "typescript"),
    ("patch", "diff"),
];

/// True if a language's name is known, or says that nothing is to be highlighted.
pub fn is_known(language: &str) -> bool {
    is_plain(language) || syntax(language).is_some()
}

fn is_plain(language: &str) -> bool {
    matches!(language, "" | "text" | "txt" | "plain")
}

fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    // Every grammar is asked whether it knows the name; few names are used, and often.
    static FOUND: LazyLock<Mutex<HashMap<String, Option<&'static SyntaxReference>>>> = LazyLock::new(Mutex::default);
    let mut found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = found.get(language) {
        return *known;
    }
    let name = NAMES.iter().find(|(other, _)| *other == language).map_or(language, |(_, name)| name);
    let syntax = SYNTAXES.find_syntax_by_token(name);
    if found.len() < MEMO_NAMES {
        found.insert(language.to_owned(), syntax);
    }
    syntax
}

/// The name of a language as people write it: "YAML".
pub fn title(language: &str) -> Option<&'static str> {
    if is_plain(language) { None } else { syntax(language).map(|s| s.name.as_str()) }
}

/// The lines of a block as HTML, each well-formed on its own, without line breaks.
pub fn lines(language: &str, code: &str) -> Arc<[String]> {
    // A grammar may take the square of a line's length, or its cube.
    let plain = is_plain(language) || code.lines().any(|line| line.len() > LONGEST_LINE);
    let Some(syntax) = (if plain { None } else { syntax(language) }) else {
        return code.lines().map(plain_line).collect();
    };
    let key = (language.to_owned(), code.to_owned());
    if let Some(done) = DONE.lock().ok().and_then(|memo| memo.get(&key).cloned()) {
        return done;
    }
    let lines = highlight(syntax, code);
    if let Ok(mut memo) = DONE.lock() {
        if memo.len() >= MEMO_BLOCKS {
            memo.clear();
        }
        memo.insert(key, lines.clone());
    }
    lines
}

fn plain_line(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    escape(line, &mut out);
    out
}

fn highlight(syntax: &SyntaxReference, code: &str) -> Arc<[String]> {
    thread_local!(static SEEN: RefCell<HashMap<String, Seen>> = RefCell::default());
    SEEN.with_borrow_mut(|seen| match seen.get_mut(&syntax.name) {
        Some(seen) => seen.block(code),
        None => seen.entry(syntax.name.clone()).or_insert(Seen::new(syntax)).block(code),
    })
}

/// The lines of one language that a thread has seen: `}`, `done` and `apiVersion: v1` are in many blocks, and need the
/// grammar once.
struct Seen {
    /// Between which lines a block may stand; first where every block begins.
    places: Vec<Place>,
    lines: usize,
    classes: Classes,
}

/// What a grammar knows between two lines, and what it made of lines from there.
struct Place {
    state: ParseState,
    stack: ScopeStack,
    /// A line to its HTML, and the place after it.
    next: HashMap<String, (String, usize)>,
}

impl Place {
    fn new(state: ParseState, stack: ScopeStack) -> Self {
        Place { state, stack, next: HashMap::new() }
    }
}

/// Longer lines seldom come again. Beyond these numbers, what was seen is forgotten.
const LONGEST_SEEN: usize = 96;
const MOST_SEEN: usize = 1_024;
const MOST_PLACES: usize = 64;

impl Seen {
    fn new(syntax: &SyntaxReference) -> Self {
        let start = Place::new(ParseState::new(syntax), ScopeStack::new());
        Seen { places: vec![start], lines: 0, classes: Classes::default() }
    }

    fn block(&mut self, code: &str) -> Arc<[String]> {
        let mut at = 0;
        let line = |line: &str| {
            let seen = self.places[at].next.get(line).cloned();
            let (html, next) = seen.unwrap_or_else(|| self.line(at, line));
            at = next;
            html
        };
        code.split_inclusive('\n').map(line).collect()
    }

    /// What the grammar makes of a line at a place, and the place after it.
    fn line(&mut self, at: usize, line: &str) -> (String, usize) {
        let (mut state, mut stack) = (self.places[at].state.clone(), self.places[at].stack.clone());
        let html = match state.parse_line(line, &SYNTAXES) {
            Ok(operations) => self.classes.line(line, operations, &mut stack),
            Err(_) => plain_line(line.trim_end_matches(['\n', '\r'])),
        };
        let known = self.places.iter().position(|place| place.state == state && place.stack == stack);
        if (known.is_none() && self.places.len() >= MOST_PLACES) || self.lines >= MOST_SEEN {
            self.places.truncate(1);
            self.places[0].next.clear();
            self.lines = 0;
            self.places.push(Place::new(state, stack));
            return (html, self.places.len() - 1);
        }
        let next = known.unwrap_or_else(|| {
            self.places.push(Place::new(state, stack));
            self.places.len() - 1
        });
        if line.len() <= LONGEST_SEEN {
            self.places[at].next.insert(line.to_owned(), (html.clone(), next));
            self.lines += 1;
        }
        (html, next)
    }
}

/// The classes of the scopes of a language: it has few, and they are asked for at every token.
#[derive(Default)]
struct Classes(HashMap<Scope, Option<&'static str>>);

impl Classes {
    /// A line as HTML; `stack` is what it stands in, and becomes what the next one stands in.
    fn line(&mut self, line: &str, operations: Vec<(usize, ScopeStackOp)>, stack: &mut ScopeStack) -> String {
        let mut writer = Line::default();
        let mut from = 0;
        for (at, operation) in operations {
            writer.add(self.of(stack), &line[from..at]);
            from = at;
            if stack.apply(&operation).is_err() {
                break;
            }
        }
        writer.add(self.of(stack), &line[from..]);
        writer.finish()
    }

    /// The class of the innermost scope that has one.
    fn of(&mut self, stack: &ScopeStack) -> Option<&'static str> {
        let class =
            |scope: Scope| PREFIXES.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)).map(|(_, class)| *class);
        stack.as_slice().iter().rev().find_map(|&scope| *self.0.entry(scope).or_insert_with(|| class(scope)))
    }
}

/// Joins neighbouring pieces of one class into one element, and leaves white space bare.
#[derive(Default)]
struct Line {
    out: String,
    open: Option<&'static str>,
}

impl Line {
    fn add(&mut self, class: Option<&'static str>, text: &str) {
        let text = text.trim_end_matches(['\n', '\r']);
        if text.is_empty() {
            return;
        }
        let class = if text.trim().is_empty() { self.open } else { class };
        if class != self.open {
            self.close();
            if let Some(class) = class {
                self.out.push_str(&format!("<span class=\"{class}\">"));
            }
            self.open = class;
        }
        escape(text, &mut self.out);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.out.push_str("</span>");
        }
    }

    fn finish(mut self) -> String {
        self.close();
        self.out
    }
}
