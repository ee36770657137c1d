//! The parts that several pages share, as templates get them. Fields that end in `_html` are finished HTML; everything
//! else is plain text that templates escape. What is absent is null, never missing.

use serde::Serialize;

/// A link by its title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    pub title: String,
    pub href: String,
}

/// A link with a number in words: "12 capabilities".
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counted {
    pub title: String,
    pub href: String,
    pub count: String,
}

/// A link with a sentence about what it leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Card {
    pub title: String,
    pub href: String,
    pub summary_html: String,
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConditionView {
    /// As written: Common Expression Language.
    pub cel: String,
    /// The same with every fact's name linked to the fact's page, for inside `<code class="condition">`.
    pub cel_html: String,
    /// The same as a sentence part: "more than 5 microservices".
    pub words: String,
}

/// A statement of a trigger, not-when, timing or use-when list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatementView {
    /// Fragment id on the capability's page: `trigger-many-services`, `not-when-2`.
    pub anchor: String,
    pub text_html: String,
    /// Null for prose: shown as "also weigh".
    pub condition: Option<ConditionView>,
    /// The condition in words; null where that only repeats the text.
    pub condition_words: Option<String>,
    /// The facts that the condition reads.
    pub facts: Vec<Link>,
    /// The trigger's own page.
    pub href: Option<String>,
}

/// A verdict as a reader sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VerdictView {
    /// The word of the model: `adopt`, `prepare`, `consider`, `wait`, `skip`, `open`.
    pub verdict: &'static str,
    /// The words of the site; already the "probably" form where `probably` is true.
    pub label: String,
    pub probably: bool,
}

/// How much complexity a capability brings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ComplexityView {
    /// `low`, `medium`, `high`.
    pub from: &'static str,
    pub to: &'static str,
    /// In words: "Medium", "Low to medium".
    pub label: String,
    /// Three pips: `on`, `may` (between from and to) or `off`.
    pub pips: [&'static str; 3],
    /// For sorting: 11 for low, 12 for low to medium, … 33 for high.
    pub rank: u8,
    /// Every level that it covers, by spaces: "low medium". For filters.
    pub levels: String,
}

/// One half of a capability's gist or matrix row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GistHalf {
    /// One text where it is authored, else those of the first statements.
    pub texts_html: Vec<String>,
    /// True where it is made from the lists rather than authored.
    pub derived: bool,
}

/// A section of prose with its heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProseSection {
    pub id: String,
    pub title_html: String,
    pub html: String,
}

/// A section of prose pages, in a list of sections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageGroup {
    /// Null for pages that stand in no folder.
    pub title: Option<String>,
    /// Where it begins.
    pub href: Option<String>,
    pub summary_html: Option<String>,
    /// True for the page that is being made.
    pub current: bool,
    /// Its pages; in the navigation of a page only those of its own section.
    pub pages: Vec<PageItem>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageItem {
    pub title: String,
    pub href: String,
    pub summary_html: Option<String>,
    pub current: bool,
}

/// One option of a trade-off, as a row of a table or a column of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OptionRowView {
    pub id: String,
    pub title: String,
    /// For narrow columns; the title where there is none.
    pub short: String,
    pub href: String,
    pub gives_html: Vec<String>,
    pub costs_html: Vec<String>,
    pub use_when: Vec<StatementView>,
}

/// "Keep what you have".
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeepView {
    pub title: String,
    pub note_html: Option<String>,
    pub gives_html: Vec<String>,
    pub costs_html: Vec<String>,
    /// The capability's not-when list.
    pub use_when: Vec<StatementView>,
}

/// A trade-off in free columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnsView {
    /// The first column heads the row.
    pub columns: Vec<ColumnView>,
    pub rows: Vec<ColumnRowView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnView {
    pub id: String,
    pub title: String,
    /// True for the one that says in words when to use a row.
    pub reason: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnRowView {
    /// The cell of the first column.
    pub heading_html: String,
    /// The option's page, if the row is about one.
    pub option: Option<Link>,
    pub condition: Option<ConditionView>,
    /// The other columns, in order.
    pub cells: Vec<ColumnCell>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnCell {
    /// The column's title, for narrow screens.
    pub title: String,
    /// Null where the author left it out.
    pub html: Option<String>,
}

/// A foundation seen from either end: what is linked, and what is added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FoundationView {
    pub title: String,
    pub href: String,
    /// `component` or `capability`.
    pub kind: &'static str,
    pub adds_html: String,
}

/// What stays although a capability is adopted, seen from either end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StaysView {
    pub title: String,
    pub href: String,
    pub text_html: String,
}

/// Foundations in one layer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LayerGroup {
    /// "Layer 1: Foundation".
    pub layer: Link,
    pub foundations: Vec<FoundationView>,
}

/// Statements of one kind that read a fact, over all capabilities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReadGroup {
    /// The list: `trigger`, `not-when`, `now`, `later`, `prepare`, `activate-when`, `use-when`.
    pub id: &'static str,
    /// What the list does, in words: "Triggers", "Rules out", "Delays".
    pub title: String,
    pub readers: Vec<ReaderView>,
    /// The statements beyond the first hundred, by the names of their capabilities.
    pub others: Vec<Link>,
    /// "and 12 more": what a shortened list leaves out; the facts' pages have all.
    pub more: Option<String>,
}

/// One statement in such a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReaderView {
    /// To the statement on the capability's page.
    pub capability: Link,
    /// The option whose use-when list it stands in.
    pub option: Option<Link>,
    /// Null for a free-column row of a trade-off.
    pub text_html: Option<String>,
    pub condition: ConditionView,
    /// A trigger's own page.
    pub href: Option<String>,
}

/// Capabilities with one verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VerdictGroup {
    pub verdict: VerdictView,
    pub count: usize,
    pub capabilities: Vec<VerdictMember>,
    /// "and 12 more": what a shortened list leaves out; the case's page has all.
    pub more: Option<String>,
}

/// A capability in a group of verdicts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VerdictMember {
    pub title: String,
    pub href: String,
    /// The first statement that holds and that the verdict rests on.
    pub reason_html: Option<String>,
}

/// A number line and the same in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NumberLineView {
    /// The drawing, key included.
    pub svg_html: String,
    /// The capabilities that compare the fact: the table's columns.
    pub lanes: Vec<Link>,
    /// From the lowest range upwards; ranges that mean the same to every capability are one. Empty where there are
    /// more capabilities than columns have room.
    pub rows: Vec<RangeView>,
    /// In place of `rows`: for each capability its own ranges.
    pub by_capability: Vec<LaneView>,
}

/// What one range of values means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RangeView {
    /// "0 to 2", "exactly 5", "more than 5".
    pub range: String,
    /// One per lane.
    pub cells: Vec<RangeCell>,
}

/// What the values of a fact mean to one capability; ranges of which no rule speaks are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LaneView {
    pub capability: Link,
    /// One cell each.
    pub rows: Vec<RangeView>,
}

/// What one range means to one capability. Neither grey nor bars: no rule speaks there or beyond.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RangeCell {
    pub grey: bool,
    pub bars: Vec<BarView>,
}

/// A statement that can hold in a range.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BarView {
    /// The list: as `ReadGroup::id`.
    pub list: &'static str,
    /// In words: "Trigger", "Not when", "Later".
    pub title: String,
    /// False when it needs another fact too.
    pub alone: bool,
    /// To the statement on the capability's page.
    pub href: String,
}
