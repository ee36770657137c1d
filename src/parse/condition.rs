//! The grammar of conditions: text -> tree, with errors that point into the text.
//!
//! A subset of the Common Expression Language, so that any CEL engine evaluates a condition too:
//!
//! ```text
//! or         = and ("||" and)*
//! and        = unary ("&&" unary)*
//! unary      = "!" unary | "(" or ")" | comparison
//! comparison = fact (("==" | "!=" | "<" | "<=" | ">" | ">=") literal | "in" "[" text ("," text)* "]" | "==" "[" "]")?
//!            | text "in" fact
//! literal    = number | "true" | "false" | text
//! ```
//!
//! Written by hand: a few tokens of look-ahead are all it needs, and every refusal can say what to write instead.

mod print;
mod tokens;

use std::ops::Range;

use crate::model::condition::Name;
use crate::model::{Expr, Literal, Op, Span, Spanned};
use tokens::{Token, tokens};

pub use print::print;

/// Parentheses and negations deeper than this are no advice that anybody could read.
const MAX_DEPTH: usize = 64;
/// Longer conditions are no sentence any more. Blanks, parentheses and `!` do not count: they may differ in what is
/// printed, which must be readable again.
const MAX_BYTES: usize = 4096;

/// Why a text is no condition; `range` is in bytes of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub range: Range<usize>,
    pub message: String,
    pub help: Option<String>,
    /// What to write at `range` instead, where that is beyond doubt.
    pub instead: Option<&'static str>,
}

/// Parses a condition. `place` maps a byte range of the text to its place in the file.
pub fn parse(text: &str, place: &dyn Fn(Range<usize>) -> Span) -> Result<Expr<Name>, Fault> {
    let tokens = tokens(text)?;
    let counts = |token: &Token| !matches!(token, Token::Open | Token::Close | Token::Not);
    if tokens.iter().filter(|(token, _)| counts(token)).map(|(_, range)| range.len()).sum::<usize>() > MAX_BYTES {
        return Err(fault(0..text.len(), format!("longer than {MAX_BYTES} bytes"), "split it into several statements"));
    }
    let mut parser = Parser { tokens, at: 0, end: text.len(), place };
    if parser.tokens.is_empty() {
        return Err(fault(0..text.len(), "an empty condition", "leave out `when` where the text says it all"));
    }
    let expr = parser.or(0)?;
    match parser.peek() {
        None => Ok(expr),
        Some((Token::Close, range)) => Err(fault(range, "a `)` without its `(`", "")),
        Some((Token::Word(word), range)) if word.eq_ignore_ascii_case("and") || word.eq_ignore_ascii_case("or") => {
            let instead = if word.eq_ignore_ascii_case("and") { "&&" } else { "||" };
            Err(foreign(range, format!("`{word}` is a word"), instead, &format!("write `{instead}`")))
        }
        Some((next, range)) => {
            let number = parser.at.checked_sub(1).and_then(|at| parser.tokens.get(at));
            let help = match (number, next) {
                (Some((Token::Number(_), before)), Token::Comma) if before.end == range.start => {
                    "write a number with a point and without separators: `2.5`, `1000`"
                }
                (Some((Token::Number(_), before)), Token::Word(_)) if before.end == range.start => {
                    "write a number without separators and without its unit: `1000`"
                }
                _ => "a comparison has one fact, one operator and one value",
            };
            Err(fault(range, "expected `&&`, `||` or the end", help))
        }
    }
}

fn fault(range: Range<usize>, message: impl Into<String>, help: &str) -> Fault {
    Fault { range, message: message.into(), help: (!help.is_empty()).then(|| help.to_owned()), instead: None }
}

/// A sign or a word of another language, and the one of this grammar that says the same.
fn foreign(range: Range<usize>, message: impl Into<String>, instead: &'static str, help: &str) -> Fault {
    Fault { instead: Some(instead), ..fault(range, message, help) }
}

/// CEL's own words, which are no fact names.
pub const RESERVED: [&str; 21] = [
    "true",
    "false",
    "null",
    "in",
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "package",
    "namespace",
    "return",
    "var",
    "void",
    "while",
];

struct Parser<'a> {
    tokens: Vec<(Token, Range<usize>)>,
    at: usize,
    end: usize,
    place: &'a dyn Fn(Range<usize>) -> Span,
}

impl Parser<'_> {
    fn peek(&self) -> Option<(Token, Range<usize>)> {
        self.tokens.get(self.at).cloned()
    }

    fn take(&mut self) -> Option<(Token, Range<usize>)> {
        let token = self.peek();
        self.at += 1;
        token
    }

    fn eat(&mut self, token: &Token) -> bool {
        let found = self.tokens.get(self.at).is_some_and(|(t, _)| t == token);
        self.at += usize::from(found);
        found
    }

    fn here(&self) -> Range<usize> {
        self.tokens.get(self.at).map_or(self.end..self.end, |(_, range)| range.clone())
    }

    fn or(&mut self, depth: usize) -> Result<Expr<Name>, Fault> {
        let mut parts = vec![self.and(depth)?];
        while self.eat(&Token::Or) {
            parts.push(self.and(depth)?);
        }
        Ok(flat(parts, Expr::Or, |e| if let Expr::Or(parts) = e { Ok(parts) } else { Err(e) }))
    }

    fn and(&mut self, depth: usize) -> Result<Expr<Name>, Fault> {
        let mut parts = vec![self.unary(depth)?];
        while self.eat(&Token::And) {
            parts.push(self.unary(depth)?);
        }
        Ok(flat(parts, Expr::And, |e| if let Expr::And(parts) = e { Ok(parts) } else { Err(e) }))
    }

    fn unary(&mut self, depth: usize) -> Result<Expr<Name>, Fault> {
        if depth > MAX_DEPTH {
            return Err(fault(self.here(), format!("nested deeper than {MAX_DEPTH} levels"), "write it flat"));
        }
        if self.eat(&Token::Not) {
            // One level, with parentheses or without: what is printed has them where what was written may have none.
            let inner = self.bracketed(depth + 1)?;
            return Ok(Expr::Not(Box::new(inner.map_or_else(|| self.unary(depth + 1), Ok)?)));
        }
        let inner = self.bracketed(depth + 1)?;
        inner.map_or_else(|| self.comparison(), Ok)
    }

    /// What stands in parentheses, if they stand here.
    fn bracketed(&mut self, depth: usize) -> Result<Option<Expr<Name>>, Fault> {
        let open = self.here();
        if !self.eat(&Token::Open) {
            return Ok(None);
        }
        let inner = self.or(depth)?;
        if !self.eat(&Token::Close) {
            return Err(fault(open, "a `(` without its `)`", ""));
        }
        Ok(Some(inner))
    }

    fn comparison(&mut self) -> Result<Expr<Name>, Fault> {
        let here = self.here();
        match self.take() {
            Some((Token::Word(word), range)) => self.after_fact(word, range),
            Some((Token::Text(member), range)) => {
                let Some((Token::Word(word), _)) = self.peek() else {
                    return Err(fault(range, "a text on its own says nothing", "write `\"gdpr\" in compliance`"));
                };
                if word.eq_ignore_ascii_case("in") && word != "in" {
                    return Err(foreign(self.here(), format!("`{word}` is a word"), "in", "write `in`"));
                }
                if word != "in" {
                    return Err(fault(self.here(), "expected `in`", "write `\"gdpr\" in compliance`"));
                }
                self.at += 1;
                let here = self.here();
                match self.take() {
                    Some((Token::Word(fact), at)) if !RESERVED.contains(&fact.as_str()) => Ok(Expr::Contains {
                        fact: self.name(fact, at),
                        member: Spanned::new(member, (self.place)(range)),
                    }),
                    Some((Token::OpenList, _)) => {
                        Err(fault(here, "both sides are fixed", "write `fact in [\"a\", \"b\"]`, the fact first"))
                    }
                    _ => Err(fault(here, "expected the name of a fact", "")),
                }
            }
            Some((Token::Number(number), range)) => {
                let turned = match (self.peek(), self.tokens.get(self.at + 1), self.tokens.get(self.at + 2)) {
                    (Some((Token::Op(op), _)), Some((Token::Word(fact), _)), then) => {
                        let and = match (then, self.tokens.get(self.at + 3)) {
                            (Some((Token::Op(op), _)), Some((Token::Number(end), _))) => {
                                format!(" && {fact} {} {end}", op.symbol())
                            }
                            _ => String::new(),
                        };
                        format!("{fact} {} {number}{and}", op.turned().symbol())
                    }
                    _ => "microservices > 5".into(),
                };
                Err(fault(range, "a comparison starts with the fact", &format!("turn it around: `{turned}`")))
            }
            Some((Token::Op(_), range)) => Err(fault(range, "expected a fact before the operator", "")),
            Some((_, range)) => Err(fault(range, "expected a fact", "")),
            None => Err(fault(here, "the condition ends where a fact should stand", "")),
        }
    }

    fn after_fact(&mut self, word: String, range: Range<usize>) -> Result<Expr<Name>, Fault> {
        match word.to_ascii_lowercase().as_str() {
            "true" | "false" => {
                return Err(fault(range, format!("`{word}` on its own"), "leave out `when` where nothing decides"));
            }
            "and" => return Err(foreign(range, format!("`{word}` is a word"), "&&", "write `&&`")),
            "or" => return Err(foreign(range, format!("`{word}` is a word"), "||", "write `||`")),
            "not" => {
                // `!` stands close to what it turns round.
                let end = self.peek().map_or(range.end, |(_, next)| next.start);
                return Err(foreign(range.start..end, format!("`{word}` is a word"), "!", "write `!`"));
            }
            other if RESERVED.contains(&other) => {
                return Err(fault(range, format!("`{other}` is a reserved word of CEL, not a fact"), ""));
            }
            _ => {}
        }
        let start = range.start;
        let fact = self.name(word, range);
        match self.peek() {
            Some((Token::Op(op), at)) => {
                self.at += 1;
                self.compared(fact, op, at)
            }
            Some((Token::Word(word), at)) if word == "in" => {
                self.at += 1;
                self.members(fact, start, at)
            }
            Some((Token::Word(word), at)) => {
                let message = format!("unexpected `{word}`");
                let instead = match word.to_ascii_lowercase().as_str() {
                    "in" => "in",
                    "and" => "&&",
                    "or" => "||",
                    "is" => "==",
                    "not" => return Err(fault(at, message, "write `!`")),
                    _ => {
                        return Err(fault(
                            at,
                            message,
                            "a condition is made of facts, as `microservices > 5`; `&&` and `||` join them",
                        ));
                    }
                };
                Err(foreign(at, message, instead, &format!("write `{instead}`")))
            }
            Some((Token::Open, at)) => Err(fault(at, "functions are not part of conditions", "")),
            _ => Ok(Expr::Is(fact)),
        }
    }

    fn compared(&mut self, fact: Name, op: Op, op_at: Range<usize>) -> Result<Expr<Name>, Fault> {
        let here = self.here();
        let (value, range) = match self.take() {
            Some((Token::Number(n), range)) => (Literal::Number(n), range),
            Some((Token::Text(text), range)) => (Literal::Choice(text), range),
            Some((Token::Word(word), range)) => match word.to_ascii_lowercase().as_str() {
                lower @ ("true" | "false") if lower != word => {
                    let instead = if lower == "true" { "true" } else { "false" };
                    return Err(foreign(range, format!("`{word}` is a word"), instead, &format!("write `{instead}`")));
                }
                "true" => (Literal::Bool(true), range),
                "false" => (Literal::Bool(false), range),
                "null" => {
                    return Err(fault(
                        range,
                        "`null` is no value",
                        "what is absent is unknown; declare an option for it",
                    ));
                }
                lower @ ("yes" | "no" | "on" | "off") => {
                    let instead = if matches!(lower, "yes" | "on") { "true" } else { "false" };
                    return Err(foreign(range, format!("`{word}` is a word"), instead, &format!("write `{instead}`")));
                }
                _ => {
                    let help = match op {
                        Op::Eq | Op::Ne => {
                            format!("quote it if it is an option: `{} {} \"{word}\"`", fact.text, op.symbol())
                        }
                        _ => format!("compare each with a number: `{} {} 5`", fact.text, op.symbol()),
                    };
                    return Err(fault(range, "two facts cannot be compared with each other", &help));
                }
            },
            Some((Token::OpenList, range)) => {
                if !self.eat(&Token::CloseList) {
                    let help = format!("write `{} in [\"a\", \"b\"]`", fact.text);
                    return Err(fault(range, "a list can only be compared if it is empty", &help));
                }
                return match op {
                    Op::Eq => Ok(Expr::Empty(fact)),
                    Op::Ne => Ok(Expr::Not(Box::new(Expr::Empty(fact)))),
                    _ => Err(fault(op_at, "a set has no order", "write `== []`")),
                };
            }
            Some((_, range)) => return Err(fault(range, "expected a value", "a number, `true`, `false` or a text")),
            None => return Err(fault(here, "the condition ends where a value should stand", "")),
        };
        Ok(Expr::Compare { fact, op, value, span: (self.place)(range) })
    }

    /// `start` and `in_at`: where the fact begins, and where `in` stands.
    fn members(&mut self, fact: Name, start: usize, in_at: Range<usize>) -> Result<Expr<Name>, Fault> {
        if let Some((Token::Word(set), range)) = self.peek() {
            let name = &fact.text;
            let help = format!(
                "write `\"{name}\" in {set}` if `{set}` is the fact, or `{name} in [\"{set}\"]` if `{name}` is"
            );
            return Err(fault(start..range.end, "a fact in a fact", &help));
        }
        if !self.eat(&Token::OpenList) {
            return Err(fault(in_at, "expected a list after `in`", "write `fact in [\"a\", \"b\"]`"));
        }
        let mut members = Vec::new();
        loop {
            let here = self.here();
            match self.take() {
                Some((Token::Text(text), range)) => members.push(Spanned::new(text, (self.place)(range))),
                Some((Token::CloseList, range)) if members.is_empty() => {
                    return Err(fault(range, "an empty list holds nothing", ""));
                }
                Some((Token::Word(word), range)) => {
                    let help = format!("quote it: `\"{word}\"`");
                    return Err(fault(range, "a list holds texts", &help));
                }
                Some((_, range)) => return Err(fault(range, "a list holds texts", "")),
                None => return Err(fault(here, "a list without its `]`", "")),
            }
            if self.eat(&Token::CloseList) {
                return Ok(Expr::In { fact, members });
            }
            let here = self.here();
            if !self.eat(&Token::Comma) {
                return Err(fault(here, "expected `,` or `]`", ""));
            }
        }
    }

    fn name(&self, text: String, range: Range<usize>) -> Name {
        Name { text, span: (self.place)(range) }
    }
}

/// Takes the parts out of a join of its own kind, or gives back what is none.
type Opener = fn(Expr<Name>) -> Result<Vec<Expr<Name>>, Expr<Name>>;

/// One part stays itself; parts of the same kind are taken in, so that trees are flat.
fn flat(parts: Vec<Expr<Name>>, join: fn(Vec<Expr<Name>>) -> Expr<Name>, open: Opener) -> Expr<Name> {
    let mut flat = Vec::new();
    let alone = parts.len() == 1;
    for part in parts {
        if alone {
            return part;
        }
        match open(part) {
            Ok(inner) => flat.extend(inner),
            Err(part) => flat.push(part),
        }
    }
    join(flat)
}

#[cfg(test)]
mod tests;
