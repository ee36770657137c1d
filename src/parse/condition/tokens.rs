//! Text -> tokens: the words and signs of a condition, each with its place.

use std::ops::Range;

use super::{Fault, fault, foreign};
use crate::model::Op;

#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    Word(String),
    Text(String),
    Number(f64),
    Op(Op),
    And,
    Or,
    Not,
    Open,
    Close,
    OpenList,
    CloseList,
    Comma,
}

/// Comparisons as other languages write them, and as this one does.
const FOREIGN: [(&str, &str); 5] = [("===", "=="), ("!==", "!="), ("=>", ">="), ("=<", "<="), ("<>", "!=")];

/// The tokens of a condition, with their byte ranges in it.
pub fn tokens(text: &str) -> Result<Vec<(Token, Range<usize>)>, Fault> {
    let bytes = text.as_bytes();
    let mut tokens: Vec<(Token, Range<usize>)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let two = text.get(at..at + 2).unwrap_or("");
        let (token, length) = match bytes[at] {
            b' ' | b'\t' | b'\n' | b'\r' => {
                at += 1;
                continue;
            }
            _ if let Some((written, meant)) = FOREIGN.iter().find(|(sign, _)| text[at..].starts_with(sign)) => {
                let help = format!("write `{meant}`");
                return Err(foreign(at..at + written.len(), format!("`{written}` is no comparison"), meant, &help));
            }
            _ if two == "&&" => (Token::And, 2),
            _ if two == "||" => (Token::Or, 2),
            _ if two == "==" => (Token::Op(Op::Eq), 2),
            _ if two == "!=" => (Token::Op(Op::Ne), 2),
            _ if two == "<=" => (Token::Op(Op::Le), 2),
            _ if two == ">=" => (Token::Op(Op::Ge), 2),
            b'<' => (Token::Op(Op::Lt), 1),
            b'>' => (Token::Op(Op::Gt), 1),
            b'!' => (Token::Not, 1),
            b'(' => (Token::Open, 1),
            b')' => (Token::Close, 1),
            b'[' => (Token::OpenList, 1),
            b']' => (Token::CloseList, 1),
            b',' => (Token::Comma, 1),
            b'&' => return Err(foreign(at..at + 1, "a single `&`", "&&", "write `&&` for \"and\"")),
            b'|' => return Err(foreign(at..at + 1, "a single `|`", "||", "write `||` for \"or\"")),
            b'=' => return Err(foreign(at..at + 1, "a single `=`", "==", "write `==` to compare")),
            quote @ (b'"' | b'\'') => {
                let Some(end) = text[at + 1..].find(quote as char) else {
                    return Err(fault(at..text.len(), "a text without its closing quote", ""));
                };
                let inner = &text[at + 1..at + 1 + end];
                // It would have to be escaped where the condition is printed.
                let escaped = |c: char| matches!(c, '\\' | '"' | '\'') || c.is_control();
                if let Some(character) = inner.chars().find(|c| escaped(*c)) {
                    let what = match character {
                        '\\' => "a backslash in a text",
                        '"' | '\'' => "a quote in a text",
                        _ => "a control character in a text",
                    };
                    return Err(fault(at..at + end + 2, what, "ids of options need none"));
                }
                (Token::Text(inner.to_owned()), end + 2)
            }
            b'.' if matches!(tokens.last(), Some((Token::Word(_), before)) if before.end == at) => {
                return Err(fault(at..at + 1, "a fact has no parts", "name the fact alone, as `microservices > 5`"));
            }
            b'0'..=b'9' | b'-' | b'.' => number(text, at)?,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                let word = text[at..].split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or("");
                (Token::Word(word.to_owned()), word.len())
            }
            b'+' | b'*' | b'/' | b'%' => {
                return Err(fault(at..at + 1, "arithmetic is not part of conditions", "compare a fact with one value"));
            }
            _ => {
                let character = text[at..].chars().next().unwrap_or(' ');
                let length = character.len_utf8();
                let message = format!("`{character}` is not part of conditions");
                let instead = match character {
                    '≥' => ">=",
                    '≤' => "<=",
                    '≠' => "!=",
                    '“' | '”' | '‘' | '’' => {
                        return Err(fault(at..at + length, message, "write straight quotes: `\"`"));
                    }
                    _ => return Err(fault(at..at + length, message, "")),
                };
                return Err(foreign(at..at + length, message, instead, &format!("write `{instead}`")));
            }
        };
        at += length;
        tokens.push((token, start..at));
    }
    Ok(tokens)
}

fn number(text: &str, at: usize) -> Result<(Token, usize), Fault> {
    let rest = &text[at..];
    let sign = usize::from(rest.starts_with('-'));
    let digits = rest[sign..].bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let length = sign + digits;
    let well_formed = rest[sign..length].bytes().filter(|b| *b == b'.').count() <= 1
        && rest[sign..length].starts_with(|c: char| c.is_ascii_digit())
        && !rest[..length].ends_with('.');
    // A point between thousands; three digits of nothing are no fraction that anybody writes.
    if well_formed
        && let Some((whole, "000")) = rest[..length].split_once('.').filter(|(whole, _)| !matches!(*whole, "0" | "-0"))
    {
        let help = format!("write `{whole}000`, or `{whole}`");
        return Err(fault(at..at + length, "a number that reads two ways", &help));
    }
    match rest[..length].parse::<f64>() {
        Ok(value) if well_formed && value.abs() < 9.0e15 => Ok((Token::Number(value), length)),
        Ok(_) if well_formed => Err(fault(at..at + length, "a number too large to be exact", "")),
        _ if digits == 0 => {
            Err(fault(at..at + 1, "arithmetic is not part of conditions", "compare a fact with one value"))
        }
        _ => Err(fault(at..at + length.max(1), "not a number", "write it as `5` or `0.5`")),
    }
}
