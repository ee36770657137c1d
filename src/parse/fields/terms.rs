//! Values -> what they stand for in a framework: ids, references, conditions, statements, addresses.

use super::{Fields, File};
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::model::{Key, Kind, Ref, Span, Spanned, Statement, Text, Written};
use crate::parse::ids::{id_fault, id_of, list_fault};
use crate::parse::yaml::{Node, Value};
use crate::parse::{authored, condition};

impl File<'_> {
    /// An id of a thing: kebab-case.
    pub fn id(&mut self, node: &Node) -> Option<Spanned<String>> {
        let id = self.string(node)?;
        if let Some(fault) = id_fault(&id.value, '-') {
            self.report_id(&id.value, id.span, fault);
            return None;
        }
        Some(id)
    }

    /// Reports an id that is not formed as ids are.
    pub fn report_id(&mut self, id: &str, span: Span, fault: &str) {
        let message = format!("`{}` is no id: {fault}", id.escape_debug());
        let mut diagnostic = Diagnostic::new(Code::InvalidId, span, message);
        let joint = if fault.contains("underscore") { '_' } else { '-' };
        let near = id_of(id, usize::MAX, joint).filter(|near| near != id);
        diagnostic.help = near.map(|near| format!("did you mean `{near}`?"));
        self.report(diagnostic);
    }

    /// Old ids.
    pub fn aliases(&mut self, fields: &Fields<'_>) -> Vec<Spanned<String>> {
        self.list_at(fields, "aliases", |file, node| {
            let id = file.id(node)?;
            if let Some(fault) = list_fault(&id.value) {
                file.report_id(&id.value, id.span, fault);
                return None;
            }
            Some(id)
        })
    }

    /// A reference to a thing of a known kind.
    pub fn reference(&mut self, node: &Node, kind: Kind) -> Option<Ref> {
        self.string(node).map(|s| Ref { key: Key::new(kind, s.value), span: s.span })
    }

    /// A condition.
    pub fn condition(&mut self, node: &Node) -> Option<Written> {
        if let Value::Bool(value) = node.value {
            let span = self.span(node.span.clone());
            self.report(
                Diagnostic::new(Code::ConditionSyntax, span, format!("`{value}` on its own is no condition"))
                    .help("leave out `when` where nothing decides"),
            );
            return None;
        }
        let Spanned { value, span } = self.string(node)?;
        let place = self.place_in(node);
        match condition::parse(&value, &place) {
            Ok(expr) => Some(Written { source: value.trim().to_owned(), span, expr }),
            Err(fault) => {
                let mut at = place(fault.range.clone());
                // A fault at the end of the text still needs something to point at.
                if at.start == at.end && at.start > span.start {
                    at.start -= 1;
                }
                let exact = at.end - at.start == fault.range.len();
                let fix = fault.instead.filter(|_| exact);
                let fix = fix.map(|instead| Fix::replace(format!("write `{instead}`"), at.clone(), instead));
                let mut diagnostic = Diagnostic::new(Code::ConditionSyntax, at, fault.message);
                (diagnostic.help, diagnostic.fix) = (fault.help, fix);
                self.report(diagnostic);
                None
            }
        }
    }

    /// A statement: a text alone, or a map with `text`, `when`, `id`.
    pub fn statement(&mut self, node: &Node) -> Option<Statement<Written>> {
        let span = self.span(node.span.clone());
        if let Value::Text { .. } = node.value {
            return self.inline(node).map(|text| Statement { id: None, text, when: None, span });
        }
        let fields = self.map(node, "a statement", authored::value::Statement::KEYS)?;
        let id = fields.get("id").and_then(|n| self.id(n)).map(|id| id.value);
        let when = fields.get("when").and_then(|n| self.condition(n)).map(Box::new);
        let text = self.require_inline(&fields, "text")?;
        Some(Statement { id, text, when, span })
    }

    pub fn statements_at(&mut self, fields: &Fields<'_>, key: &str) -> Vec<Statement<Written>> {
        self.list_at(fields, key, Self::statement)
    }

    pub fn texts_at(&mut self, fields: &Fields<'_>, key: &str) -> Vec<Text> {
        self.list_at(fields, key, Self::inline)
    }

    /// A web address.
    pub fn url_at(&mut self, fields: &Fields<'_>, key: &str) -> Option<String> {
        self.address_at(fields, key, is_web_address, "write it in full: `https://…`")
    }

    /// The address of a site.
    pub fn site_url_at(&mut self, fields: &Fields<'_>, key: &str) -> Option<String> {
        self.address_at(
            fields,
            key,
            is_site_address,
            "write it in full and plainly: `https://example.org/decisions/`, without a name, `..`, `//`, `?` or `#`",
        )
    }

    fn address_at(
        &mut self,
        fields: &Fields<'_>,
        key: &str,
        is_address: fn(&str) -> bool,
        help: &str,
    ) -> Option<String> {
        let url = fields.get(key).and_then(|node| self.string(node))?;
        if !is_address(&url.value) {
            self.report(
                Diagnostic::new(Code::UnsafeLink, url.span, format!("`{}` is no web address", url.value)).help(help),
            );
            return None;
        }
        Some(url.value)
    }
}

/// True of an address with https or http that no page has to escape.
fn is_web_address(url: &str) -> bool {
    let host = ["https://", "http://"].iter().find_map(|scheme| url.strip_prefix(scheme));
    host.is_some_and(|host| host.starts_with(|c: char| c.is_alphanumeric() || c == '['))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\'))
}

/// True of a web address that the path of a page can follow, as every page repeats it: nobody's password is in it, and it is
/// written in one way only.
pub fn is_site_address(url: &str) -> bool {
    let path = url.split_once("://").map_or("", |(_, rest)| rest.trim_end_matches('/'));
    let host = path.split('/').next().unwrap_or_default();
    let is_odd = |part: &str| part.is_empty() || part == "." || part == "..";
    is_web_address(url)
        && url.is_ascii()
        && !url.contains(['?', '#'])
        && !host.contains('@')
        && !path.split('/').any(is_odd)
}

/// Stands in for a reference whose key is missing, which was reported: nothing has the empty id.
pub fn unwritten(kind: Kind, span: &Span) -> Ref {
    Ref { key: Key::new(kind, ""), span: span.clone() }
}

#[cfg(test)]
mod tests {
    use super::is_site_address;

    #[test]
    fn the_address_of_a_site_is_plain() {
        for url in ["https://example.org", "https://example.org/", "http://localhost:8080/a/b/", "https://a.b/%C3%A4"] {
            assert!(is_site_address(url), "{url}");
        }
        for url in [
            "example.org",
            "ftp://example.org",
            "https://",
            "https://user:pw@example.org/",
            "https://example.org/a/../b",
            "https://example.org/x//y/",
            "https://example.org/ä",
            "https://example.org/?a",
        ] {
            assert!(!is_site_address(url), "{url}");
        }
    }
}
