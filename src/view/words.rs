//! The words of a locale that views need: titles of sections and kinds, words for types and levels.
//!
//! Every other word is for templates alone, which read the same locale file as `t`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What `locales/<locale>.yaml` of a theme must hold for views, by its keys there. `{}` in a phrase stands for a
/// number or a name.
#[derive(Debug, Clone, Deserialize)]
pub struct Words {
    pub nav: NavWords,
    /// By folder: `capabilities`, `trade-offs`, …
    pub kinds: BTreeMap<String, KindWords>,
    /// What one of a kind is called, by the kind's name: the kinds that have images.
    pub kind_names: BTreeMap<String, String>,
    pub sections: SectionWords,
    pub lists: ListWords,
    /// What a list does to a capability, for groups of statements that read a fact.
    pub reads: ListWords,
    pub level: LevelWords,
    pub fact_type: FactTypeWords,
    pub option_kind: OptionKindWords,
    pub criteria: CriterionWords,
    /// By MADR's word: `accepted`.
    pub decision_status: BTreeMap<String, String>,
    pub keep: String,
    pub facet: FacetWords,
    pub meta: MetaWords,
    pub line: LineWords,
    pub graph: GraphWords,
    pub placed: PlacedWords,
    pub not_found: TitleWords,
    pub data: DataWords,
    pub data_page: DataPageWords,
    pub case: CaseWords,
    pub twin: TwinWords,
    pub search: SearchWords,
    pub checklist: TitleWords,
    pub changes: TitleWords,
    /// What the assessment says in the browser; the scripts read it by its keys.
    pub assess: serde_json::Value,
    /// The words of `Piece::Word`, by key: `note`, `tip`, `footnotes`, …
    pub prose: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct NavWords {
    pub home: String,
    pub matrix: String,
    pub assess: String,
    pub layers: String,
    pub cases: String,
    pub guide: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct KindWords {
    /// The title of the index: "Capabilities".
    pub title: String,
    /// One sentence on what this kind is.
    pub lede: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct SectionWords {
    pub trigger: String,
    pub not_when: String,
    pub trade_offs: String,
    pub decision_points: String,
    pub timing: String,
    pub builds_on: String,
    /// `{}` is the layer's name: "Builds on {}".
    pub builds_on_layer: String,
    pub supports: String,
    pub cases: String,
    /// On the page of a fact.
    pub case_answers: String,
    pub related: String,
    pub comparison: String,
    pub answers: String,
    pub about: String,
    pub facts: String,
    pub reads: String,
    /// The same on the page of a trigger.
    pub reads_too: String,
    pub others: String,
    pub line: String,
    pub words: String,
    pub measure: String,
    pub options: String,
    pub stays: String,
    pub topics: String,
    pub questions: String,
    /// Over a layer's prose before its first heading.
    pub layer_text: String,
    pub graph: String,
    pub capabilities: String,
    pub components: String,
    pub verdicts: String,
    pub premises: String,
}

/// One entry for every list of statements.
#[derive(Debug, Clone, Deserialize)]
pub struct ListWords {
    pub trigger: String,
    pub not_when: String,
    pub now: String,
    pub later: String,
    pub prepare: String,
    pub activate_when: String,
    pub use_when: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct LevelWords {
    pub low: String,
    pub medium: String,
    pub high: String,
    /// `{from}` and `{to}` are levels: "{from} to {to}"; the second is written in lower case.
    pub range: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct FactTypeWords {
    pub integer: String,
    pub number: String,
    pub boolean: String,
    pub choice: String,
    pub choices: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct OptionKindWords {
    pub tool: String,
    pub service: String,
    pub approach: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct CriterionWords {
    pub use_when: String,
    pub gives: String,
    pub costs: String,
    pub kind: String,
    pub licence: String,
    pub maturity: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct FacetWords {
    pub layer: String,
    pub complexity: String,
}

/// A few words beside a title in an index. `{}` is a number.
#[derive(Debug, Clone, Deserialize)]
pub struct MetaWords {
    pub read_by: Plural,
    pub supports: Plural,
    pub answers_in: Plural,
    pub triggers: Plural,
    pub capabilities: Plural,
    pub decision_points: Plural,
    pub constructed: String,
    /// What a shortened list leaves out.
    pub more: Plural,
}

/// The words of number lines.
#[derive(Debug, Clone, Deserialize)]
pub struct LineWords {
    /// What a bar says: "Worth it", "Skip", "Later".
    pub bars: ListWords,
    /// The key: a solid bar, a dashed bar, a hatched range.
    pub alone: String,
    pub another: String,
    pub grey: String,
    /// For those who do not see the drawing; `{}` is the fact's title.
    pub label: String,
    /// The same for a single threshold, with `{at}`, `{case}`, `{value}`.
    pub threshold: String,
}

/// The words of graphs, for those who do not see them; `{}` is the layer's or capability's title.
#[derive(Debug, Clone, Deserialize)]
pub struct GraphWords {
    pub label: String,
    pub page: String,
}

/// The words of tables placed in prose.
#[derive(Debug, Clone, Deserialize)]
pub struct PlacedWords {
    pub matrix: String,
    pub options: String,
    pub verdicts: String,
    pub capability: String,
    pub trigger: String,
    pub skip_if: String,
    pub complexity: String,
    pub option: String,
    pub verdict: String,
}

#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct Plural {
    pub one: String,
    pub other: String,
}

impl Plural {
    /// The phrase for this many.
    pub fn of(&self, count: usize) -> String {
        let phrase = if count == 1 { &self.one } else { &self.other };
        phrase.replace("{}", &count.to_string())
    }
}

/// The words of search, which the script reads by the same keys. `{}` is a number, or what was looked for.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct SearchWords {
    #[serde(skip_serializing)]
    pub title: String,
    #[serde(skip_serializing)]
    pub description: String,
    pub found: Plural,
    pub none: String,
    /// A way from the box to the page of results.
    pub all: String,
    /// What results are grouped under, by folder; and `decision-points`, `headings`, `statements`.
    pub groups: BTreeMap<String, String>,
    pub more: Plural,
}

#[derive(Debug, Clone, Deserialize)]
pub struct DataWords {
    pub title: String,
    pub description: String,
    pub files: String,
    pub kinds: String,
    pub schemas: String,
    pub conformance: String,
    pub promises: String,
}

/// What the page of the data says beside its lists.
#[derive(Debug, Clone, Deserialize)]
pub struct DataPageWords {
    pub version: String,
    pub content_hash: String,
    pub files_note: String,
    /// What each file holds: `framework`, `matrix`, `matrix_csv`, `graph`, `conditions`, `assessments`.
    pub file: BTreeMap<String, String>,
    pub kinds_note: String,
    pub schemas_note: String,
    /// By group: `exports`, `items`, `authored`.
    pub schema_group: BTreeMap<String, String>,
    pub conformance_note: String,
    pub promised_title: String,
    pub promised: Vec<String>,
    pub not_promised_title: String,
    pub not_promised: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct CaseWords {
    /// `{}` stands for verdicts: "Expected: {}".
    pub expected: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct TitleWords {
    pub title: String,
    pub description: String,
}

/// The words of pages as Markdown, and of what tells programs where they are.
#[derive(Debug, Clone, Deserialize)]
pub struct TwinWords {
    /// Before a condition.
    pub when: String,
    /// Instead of a condition.
    pub also_weigh: String,
    /// Of half a matrix row that nobody wrote.
    pub derived: String,
    pub closing_question: String,
    pub does_not_replace: String,
    /// The heading of the facts that a capability reads.
    pub facts: String,
    /// Of number lines: what a range of values means.
    pub grey: String,
    pub silent: String,
    pub with_another: String,
    pub name: String,
    pub topic: String,
    pub fact_type: String,
    pub unit: String,
    pub range: String,
    pub short: String,
    pub website: String,
    pub instead: String,
    pub constructed: String,
    pub from_practice: String,
    pub guidance: String,
    pub computed: String,
    pub settled: String,
    /// `{}` is a list of verdicts.
    pub possible: String,
    pub although: String,
    pub unless: String,
    /// Before a truth that a statement would have to have: "would be".
    pub would_be: String,
    pub flips: String,
    pub together: String,
    /// The heading of what a fact's author wrote for sentences.
    pub in_sentences: String,
    pub related_by: String,
    pub decisions: String,
    pub stays_beside: String,
    pub chosen_by: String,
    pub date: String,
    pub status: String,
    pub verdict_then: String,
    pub holds: String,
    pub broken: String,
    /// What the matrix and the page of the assessment are, in a sentence.
    pub matrix: String,
    pub assess: String,
    /// `llms.txt`: how to read it, `{}` being the size of everything in one file.
    pub llms: LlmsWords,
}

#[derive(Debug, Clone, Deserialize)]
pub struct LlmsWords {
    /// Paragraphs.
    pub about: Vec<String>,
    /// The same of a site without capabilities.
    pub about_prose: Vec<String>,
    pub full: String,
    pub full_about: String,
    pub data: String,
    pub framework: String,
    pub index: String,
    pub matrix: String,
    pub optional: String,
    /// `{}` is a number: "about {} tokens".
    pub tokens: String,
}
