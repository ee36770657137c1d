//! Views placed in prose by a fenced block, as static HTML.
//!
//! | block | argument |
//! |---|---|
//! | `matrix` | nothing, or the id of a layer |
//! | `number-line` | a fact |
//! | `graph` | a layer or a capability |
//! | `verdicts` | a case |
//! | `options` | a capability with options |

use std::fmt::Write as _;

use super::here::Here;
use super::parts::{Link, VerdictView};
use super::shared::{attribute, complexity, escape};
use super::{capability, graph, lines};
use crate::model::{Capability, Condition, Kind, TradeOffBody};
use crate::plan::derived;

/// The HTML of a placed view. Empty where there is nothing to show; `link` has reported what is unknown.
pub(super) fn view(here: &Here, view: &str, argument: &str) -> String {
    match view {
        "matrix" => matrix(here, argument),
        "number-line" => figure(number_line(here, argument)),
        "graph" => figure(drawing(here, argument)),
        "verdicts" => verdicts(here, argument).unwrap_or_default(),
        "options" => options(here, argument).unwrap_or_default(),
        _ => String::new(),
    }
}

fn figure(drawing: Option<String>) -> String {
    drawing.map(|svg| format!("<figure class=\"placed\">{svg}</figure>")).unwrap_or_default()
}

fn number_line(here: &Here, fact: &str) -> Option<String> {
    let key = here.catalog.resolve(&format!("{}:{fact}", Kind::Fact))?;
    lines::whole(here, here.catalog.fact_ix(&key.id)?).map(|line| line.svg_html)
}

fn drawing(here: &Here, argument: &str) -> Option<String> {
    let key = here.catalog.resolve(argument)?;
    match key.kind {
        Kind::Layer => {
            let of_layer = |c: &&Capability<Condition>| c.layer.key.id == key.id;
            let capabilities: Vec<_> = here.catalog.capabilities.iter().filter(of_layer).collect();
            graph::of_layer(here, here.catalog.layer(&key.id)?, &capabilities)
        }
        Kind::Capability => graph::of_capability(here, here.catalog.capability(&key.id)?),
        _ => None,
    }
}

fn matrix(here: &Here, layer: &str) -> String {
    let words = &here.words.placed;
    let layer = here.catalog.resolve(layer).filter(|key| key.kind == Kind::Layer);
    let mut table = Table::open(&words.matrix, &[&words.capability, &words.trigger, &words.skip_if, &words.complexity]);
    for row in &here.catalog.capabilities {
        if layer.is_some_and(|layer| layer.id != row.layer.key.id) {
            continue;
        }
        let half = |half| capability::half(here, &half).map(|half| list(&half.texts_html)).unwrap_or_default();
        let mut label = String::new();
        escape(&mut label, &complexity(here.words, row.complexity).label);
        table.row(
            &link(&Link { title: row.title.clone(), href: here.thing(Kind::Capability, &row.id) }),
            &[half(derived::matrix_trigger(row)), half(derived::matrix_skip_if(row)), label],
        );
    }
    table.close()
}

fn verdicts(here: &Here, case: &str) -> Option<String> {
    let key = here.catalog.resolve(&format!("{}:{case}", Kind::Case))?;
    let place = here.catalog.place(Kind::Case, &key.id)?;
    let case = &here.catalog.cases[place];
    let words = &here.words.placed;
    let mut table = Table::open(&words.verdicts.replace("{}", &case.title), &[&words.verdict, &words.capability]);
    for group in here.outcome(&here.plan.assessed().cases[place], usize::MAX) {
        for member in group.capabilities {
            table.row(&badge(&group.verdict), &[link(&Link { title: member.title, href: member.href })]);
        }
    }
    Some(table.close())
}

fn options(here: &Here, capability: &str) -> Option<String> {
    let key = here.catalog.resolve(&format!("{}:{capability}", Kind::Capability))?;
    let capability = here.catalog.capability(&key.id)?;
    let words = &here.words.criteria;
    let label = here.words.placed.options.replace("{}", &capability.title);
    let TradeOffBody::Options(rows) = &capability.trade_off.as_ref()?.body else { return None };
    let mut table = Table::open(&label, &[&here.words.placed.option, &words.gives, &words.costs, &words.use_when]);
    for row in rows.iter().map(|row| here.option_row(capability, row)) {
        let use_when: Vec<String> = row.use_when.into_iter().map(|statement| statement.text_html).collect();
        table.row(
            &link(&Link { title: row.title, href: row.href }),
            &[list(&row.gives_html), list(&row.costs_html), list(&use_when)],
        );
    }
    Some(table.close())
}

fn badge(verdict: &VerdictView) -> String {
    let mut out = format!("<span class=\"verdict verdict-{}\">", verdict.verdict);
    escape(&mut out, &verdict.label);
    out.push_str("</span>");
    out
}

fn link(link: &Link) -> String {
    let mut out = String::from("<a href=\"");
    attribute(&mut out, &link.href);
    out.push_str("\">");
    escape(&mut out, &link.title);
    out.push_str("</a>");
    out
}

/// Texts, as a list where there are several.
fn list(texts: &[String]) -> String {
    match texts {
        [] => String::new(),
        [text] => text.clone(),
        _ => format!("<ul>{}</ul>", texts.iter().map(|text| format!("<li>{text}</li>")).collect::<String>()),
    }
}

/// A table that scrolls where it must.
struct Table(String);

impl Table {
    fn open(label: &str, columns: &[&str]) -> Self {
        let mut out = String::from("<div class=\"placed table-scroll\" tabindex=\"0\" role=\"group\" aria-label=\"");
        attribute(&mut out, label);
        out.push_str("\"><table><thead><tr>");
        for column in columns {
            out.push_str("<th scope=\"col\">");
            escape(&mut out, column);
            out.push_str("</th>");
        }
        out.push_str("</tr></thead><tbody>");
        Table(out)
    }

    /// A row of HTML cells.
    fn row(&mut self, heading: &str, cells: &[String]) {
        let _ = write!(self.0, "<tr><th scope=\"row\">{heading}</th>");
        for cell in cells {
            let _ = write!(self.0, "<td>{cell}</td>");
        }
        self.0.push_str("</tr>");
    }

    fn close(mut self) -> String {
        self.0.push_str("</tbody></table></div>");
        self.0
    }
}
