//! Statements and conditions, with links to facts and triggers.

use super::here::Here;
use super::parts::{
    ColumnCell, ColumnRowView, ColumnView, ColumnsView, ConditionView, Link, OptionRowView, StatementView,
};
use super::shared::{attribute, escape};
use crate::model::anchor;
use crate::model::condition::FactIx;
use crate::model::{Capability, Column, Condition, Key, Kind, ListKind, OptionRow, Row, Statement};

impl Here<'_> {
    /// A list of statements of a capability. `anchor` is in front of the fragment ids; for use-when it names the option.
    pub fn statements(
        &self,
        capability: &Capability<Condition>,
        list: ListKind,
        statements: &[Statement<Condition>],
    ) -> Vec<StatementView> {
        statements.iter().enumerate().map(|(n, s)| self.statement(capability, list, n, s)).collect()
    }

    pub fn statement(
        &self,
        capability: &Capability<Condition>,
        list: ListKind,
        place: usize,
        statement: &Statement<Condition>,
    ) -> StatementView {
        let condition = statement.when.as_deref().map(|when| self.condition(when));
        let words = condition.as_ref().map(|condition| &condition.words);
        StatementView {
            anchor: anchor::statement(list, place, statement.id.as_deref()),
            text_html: self.text(&statement.text),
            condition_words: words.filter(|words| !says_the_same(words, &self.catalog.plain(&statement.text))).cloned(),
            condition,
            facts: statement.when.iter().flat_map(|when| &when.facts).map(|fact| self.fact_link(*fact)).collect(),
            href: self.trigger_href(capability, list, statement),
        }
    }

    /// The page of a trigger.
    pub fn trigger_href(
        &self,
        capability: &Capability<Condition>,
        list: ListKind,
        statement: &Statement<Condition>,
    ) -> Option<String> {
        let id = statement.id.as_ref().filter(|_| list == ListKind::Trigger)?;
        Some(self.thing(Kind::Trigger, &format!("{}.{id}", capability.id)))
    }

    pub fn fact_link(&self, fact: FactIx) -> Link {
        let fact = self.catalog.fact(fact);
        Link { title: fact.title.clone(), href: self.thing(Kind::Fact, &fact.id) }
    }

    pub fn condition(&self, condition: &Condition) -> ConditionView {
        ConditionView {
            cel: condition.source.clone(),
            cel_html: self.cel(&condition.source),
            words: crate::words::condition(self.catalog, condition),
        }
    }

    /// A condition's source as HTML, with every fact's name linked.
    fn cel(&self, source: &str) -> String {
        let mut out = String::with_capacity(source.len() * 3);
        let mut rest = source;
        while let Some(first) = rest.chars().next() {
            if first == '"' {
                let end = string_end(rest);
                escape(&mut out, &rest[..end]);
                rest = &rest[end..];
            } else if first.is_ascii_alphabetic() || first == '_' {
                let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
                let (name, after) = rest.split_at(end);
                match self.catalog.key(Kind::Fact, name) {
                    Some(key) => {
                        out.push_str("<a href=\"");
                        attribute(&mut out, &self.key_href(key));
                        out.push_str("\">");
                        escape(&mut out, name);
                        out.push_str("</a>");
                    }
                    None => escape(&mut out, name),
                }
                rest = after;
            } else {
                let end = rest.find(|c: char| c == '"' || c == '_' || c.is_ascii_alphabetic()).unwrap_or(rest.len());
                escape(&mut out, &rest[..end]);
                rest = &rest[end..];
            }
        }
        out
    }

    /// A row of a trade-off.
    pub fn option_row(&self, capability: &Capability<Condition>, row: &OptionRow<Condition>) -> OptionRowView {
        let option = self.catalog.option(&row.option.key.id);
        let title = option.map_or_else(|| row.option.key.id.clone(), |o| o.title.clone());
        OptionRowView {
            id: row.option.key.id.clone(),
            short: option.and_then(|o| o.short.clone()).unwrap_or_else(|| title.clone()),
            title,
            href: self.key_href(&row.option.key),
            gives_html: self.texts(&row.pros),
            costs_html: self.texts(&row.cons),
            use_when: self.statements(capability, ListKind::UseWhen, &row.use_when),
        }
    }

    pub fn columns(&self, columns: &[Column], rows: &[Row<Condition>]) -> ColumnsView {
        let reason = Column::reason(columns);
        let column = |(place, column): (usize, &Column)| ColumnView {
            id: column.id.clone(),
            title: column.title.clone(),
            reason: reason == Some(place),
        };
        ColumnsView {
            columns: columns.iter().enumerate().map(column).collect(),
            rows: rows.iter().map(|row| self.column_row(columns, row)).collect(),
        }
    }

    pub fn column_row(&self, columns: &[Column], row: &Row<Condition>) -> ColumnRowView {
        let mut cells = row.cells.iter().map(|cell| self.maybe(cell.as_ref()));
        ColumnRowView {
            heading_html: cells.next().flatten().unwrap_or_default(),
            option: row.option.as_ref().map(|option| self.link(&option.key)),
            condition: row.when.as_deref().map(|when| self.condition(when)),
            cells: columns
                .iter()
                .skip(1)
                .zip(cells)
                .map(|(column, html)| ColumnCell { title: column.title.clone(), html })
                .collect(),
        }
    }

    /// The URL of a statement on its capability's page. Use-when statements stand under the trade-offs there.
    pub fn statement_href(
        &self,
        capability: &Capability<Condition>,
        list: ListKind,
        place: usize,
        id: Option<&str>,
    ) -> String {
        let page = self.key_href(&Key::new(Kind::Capability, &capability.id));
        match list {
            ListKind::UseWhen => format!("{page}#trade-offs"),
            _ => format!("{page}#{}", anchor::statement(list, place, id)),
        }
    }
}

/// True where two sentences differ in punctuation and capitals only.
fn says_the_same(a: &str, b: &str) -> bool {
    let letters =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    letters(a) == letters(b)
}

/// Where a string literal ends that starts here: after its closing quote.
fn string_end(literal: &str) -> usize {
    let mut escaped = false;
    for (at, character) in literal.char_indices().skip(1) {
        match character {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => return at + 1,
            _ => escaped = false,
        }
    }
    literal.len()
}
