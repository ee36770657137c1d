//! The list of codes: each with its name, its severity, why it matters and how to mend it.

use std::fmt;

/// How bad a finding is: errors stop publishing, warnings do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
}

impl Severity {
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident $why:literal $mend:literal;)*) => {
        /// What kind of finding it is. The name is stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $why] $variant,)* }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The stable name: `unknown-key`.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// Why it is reported.
            pub fn why(self) -> &'static str {
                match self { $(Code::$variant => $why,)* }
            }

            /// How to mend it.
            pub fn mend(self) -> &'static str {
                match self { $(Code::$variant => $mend,)* }
            }
        }
    };
}

codes! {
    NotUtf8 "not-utf8" Error
        "The file is not UTF-8. Guessing another encoding is how text gets ruined."
        "Save the file as UTF-8.";
    ByteOrderMark "byte-order-mark" Warning
        "The file starts with a byte order mark. It is skipped, but other tools show it as garbage."
        "Save the file as UTF-8 without a byte order mark.";
    MergeConflict "merge-conflict" Error
        "Two versions of a text that a merge could not join stand in the file, with its marks around them."
        "Choose between them; marks that are meant, in a block of code, are indented by a space.";
    DoubleDecoded "double-decoded" Error
        "The text looks as if UTF-8 had been read as another encoding and saved again, or characters were lost."
        "Replace the garbled characters by what was meant; the message shows a repair where one is possible.";
    ControlCharacter "control-character" Error
        "A text holds a character that nobody sees and that breaks pages, terminals or the direction of reading."
        "Remove it.";
    TooLarge "too-large" Error
        "A text, or what it includes or places, is more than any reader reads; it would stand on many pages."
        "Cut it, or publish it as a file in `content/assets`.";
    UnknownFile "unknown-file" Error
        "A file stands where the generator expects content, but its folder or its extension means nothing."
        "Move it to the folder of its kind, or to `content/assets` if it is to be published as it is.";
    MissingFile "missing-file" Error
        "A file that the site cannot do without is missing, or a Markdown file stands without its YAML file."
        "Write the file that the message names.";
    UnreadableFile "unreadable-file" Error
        "A file or folder of the content or the theme cannot be read: its rights, its size, its kind, or where a link leads."
        "Mend what the message names, or remove the file.";
    ContentFormat "content-format" Error
        "The content is of another format than the one that this program reads; names may mean something else there."
        "Older content is upgraded by `worthwhile check --fix`; newer content needs a newer program.";
    YamlSyntax "yaml-syntax" Error
        "The file is not valid YAML. Nothing else in it is checked until it is."
        "Mend the place shown; often a quote, a colon or the indentation.";
    YamlLimit "yaml-limit" Error
        "The file nests deeper, or grows larger through aliases, than any content needs."
        "Write it flat, without anchors and aliases.";
    YamlTag "yaml-tag" Error
        "`!word` at the start of a value is a YAML tag, not a negation."
        "Put the value in quotes: `when: \"!layer_1_stable\"`.";
    DuplicateKey "duplicate-key" Error
        "A key stands twice in one map, so one of the values would be lost."
        "Keep one of the two.";
    UnknownKey "unknown-key" Error
        "The key means nothing here; most often it is misspelt, and its value would be ignored."
        "Use the name that the message offers, or remove the key.";
    MissingKey "missing-key" Error
        "A key that this map cannot do without is missing."
        "Add the key.";
    WrongType "wrong-type" Error
        "The value has another type than its key asks for."
        "Write the value as the message says.";
    UnknownValue "unknown-value" Error
        "The key takes one of a few words, and this is none of them."
        "Use one of the words that the message lists.";
    EmptyText "empty-text" Error
        "A text that readers would see is empty."
        "Write the text, or remove the key.";
    Unfinished "unfinished" Warning
        "A text starts with TODO: it is not written yet, and readers would see it."
        "Write the text, or remove the key.";
    CutText "cut-text" Warning
        "In YAML a ` #` starts a comment, so what follows it is not part of the text."
        "Put the text in quotes: `summary: 'See ticket #12'`. A comment that is meant starts with `# `.";
    InvalidId "invalid-id" Error
        "An id becomes a file name, a URL and an address in conditions, so its form is strict."
        "Use lower-case letters, digits and single hyphens (facts: underscores), starting with a letter.";
    DuplicateId "duplicate-id" Error
        "Two things of one kind have the same id, or an alias is taken."
        "Rename one of them.";
    UnknownId "unknown-id" Error
        "The id names nothing in this site."
        "Use the id that the message offers, or write the thing it names.";
    AmbiguousId "ambiguous-id" Error
        "The id names things of more than one kind."
        "Say which one is meant: `[[option:vault]]`.";
    ConditionSyntax "condition-syntax" Error
        "The condition does not follow the grammar: a small subset of CEL."
        "See the grammar in the documentation: comparisons of one fact with one value, `&&`, `||`, `!`, `in`, parentheses.";
    UnknownFact "unknown-fact" Error
        "The condition reads a fact that is not declared."
        "Use the name that the message offers, or declare the fact in `content/facts/`.";
    ConditionType "condition-type" Error
        "The condition compares a fact with a value of another type, or in a way its type does not allow."
        "Compare numbers with numbers, choices with their options, and ask sets with `in`.";
    FactValue "fact-value" Error
        "A case gives a fact a value that its type or its options do not allow."
        "Write a value of the fact's type.";
    BrokenLink "broken-link" Error
        "A Markdown link leads to a content file that does not exist."
        "Correct the path, or link by id: `[[service-mesh]]`.";
    UnknownAnchor "unknown-anchor" Error
        "A link leads to a heading or section that its target does not have."
        "Use one of the target's anchors.";
    UnknownAsset "unknown-asset" Error
        "An image or a download that is not in `content/assets`."
        "Add the file, or correct its name.";
    UnsafeLink "unsafe-link" Error
        "The link's scheme could run code in a reader's browser, or is not one that a site needs."
        "Link with https, http, mailto, tel, or relative to the content.";
    MissingAlt "missing-alt" Error
        "An image without alternative text says nothing to who cannot see it."
        "Write the text: `![A request passes three services](trace.svg)`.";
    HeadingOrder "heading-order" Error
        "A heading skips a level, or is a first-level heading: the page's title is that already."
        "Start at `##` and go down one level at a time.";
    DuplicateHeading "duplicate-heading" Error
        "Two headings of one page have the same id, so links to the second would lead to the first."
        "Give one of them another id: `## Title {#id}`.";
    RawHtml "raw-html" Warning
        "HTML in Markdown is shown as text, because content must not script the reader."
        "Write it in Markdown, or in backticks if it is meant to be shown.";
    UnclosedCode "unclosed-code" Warning
        "A code block is not closed, so everything after it is shown as code."
        "Close it with as many backticks as it starts with.";
    CodeAttribute "code-attribute" Warning
        "The first line of a code block says something that is not known, or that does not fit the code."
        "A block takes `title=\"…\"`, `tab=\"…\"`, `include=\"…\"`, `linenos` and `{2,4-6}` behind its language.";
    UndefinedReference "undefined-reference" Warning
        "A link by reference, a footnote or a note of a Markdown file names what is not there, so its brackets are shown."
        "Define it, or correct its name; a backslash before the bracket says that it is meant.";
    BrokenTable "broken-table" Warning
        "A table whose lines have different numbers of cells: cells are left out, or there is no table at all."
        "Give every line as many cells as the head has; a bar inside of a cell is written `\\|`.";
    UnusedFootnote "unused-footnote" Warning
        "A footnote that nothing refers to, or a second one with the label of another, is shown nowhere."
        "Refer to it, give it a label of its own, or take it out.";
    UnknownLanguage "unknown-language" Warning
        "The code block names a language that is not known, so it is not highlighted."
        "Use a known name (`yaml`, `rust`, `sh`, `promql` as `text`), or `text`.";
    UnknownView "unknown-view" Error
        "A fenced block places a view in prose, but its argument names nothing that it can show."
        "Name a fact, a layer, a capability or a case, as the view needs.";
    FoundationCycle "foundation-cycle" Error
        "Capabilities build on each other in a circle, so none of them could come first."
        "Remove one of the links.";
    FrontMatter "front-matter" Error
        "A page starts with its title between two lines of `---`; this one does not."
        "Write `---`, `title: …`, `---` at the top.";
    CaseMismatch "case-mismatch" Error
        "A case gets another verdict than it expects: the conditions, the case or the expectation is wrong."
        "Look at the statement that decided, and mend what is wrong.";
    TooManyCells "too-many-cells" Error
        "The conditions of a capability share so many facts that its verdicts cannot be found exactly in bounded time."
        "Join facts that always go together into one choice, or split statements so that they share fewer facts.";
    NeverHolds "never-holds" Warning
        "A statement whose condition no situation meets is advice that nobody can ever get."
        "Mend the condition: often an `&&` that should be an `||`.";
    AlwaysHolds "always-holds" Warning
        "A statement whose condition every situation meets decides for everybody."
        "Leave out `when` where nothing decides, or mend the condition.";
    EquivalentStatements "equivalent-statements" Warning
        "Two statements of one list hold in exactly the same situations, so one of them decides nothing."
        "Keep one of the conditions, or say what tells the two apart.";
    ImpliedStatement "implied-statement" Warning
        "A statement holds only where another of its list does too, so it decides nothing."
        "Widen it, or make it prose by leaving out `when`.";
    LaterNeverDecides "later-never-decides" Warning
        "A reason to wait holds only where a not-when holds too, and that rules out first."
        "Keep the condition under `later`, and leave the not-when as text.";
    TriggerLeadsNowhere "trigger-leads-nowhere" Warning
        "A trigger holds only where something rules the capability out or delays it."
        "Mend what rules it out, or the trigger.";
    UnreachableVerdict "unreachable-verdict" Warning
        "The lists of a capability allow a verdict that no situation gets."
        "Look at which statements exclude each other.";
    IdleFact "idle-fact" Warning
        "A fact that no condition reads would be asked for nothing."
        "Use it in a condition, or remove it.";
    EnglishWords "english-words" Warning
        "A site in another language leaves words that readers see to the program, which has them in English."
        "Write them in `site.yaml`, under `labels`, `verdicts` and `joints`.";
    ImplausibleNumber "implausible-number" Warning
        "A number lies beyond what its fact calls plausible: the number line does not reach it. Often a digit too many."
        "Mend the number, or widen the `range` of the fact.";
    OptionNeverFits "option-never-fits" Warning
        "No situation meets any of the conditions under which an option fits."
        "Mend the conditions of its `use_when`.";
    ThemeError "theme-error" Error
        "A template, a style or the words of the theme cannot be used."
        "Mend the file that the message names, or remove it to get the default back.";
    IdleThemeFile "idle-theme-file" Warning
        "A file of the theme stands for none of the program's, and neither the manifest nor a template names it."
        "Correct its name, name it where it belongs, or take it out.";
}

/// The parts of the documentation, each with the code that it starts with.
const GROUPS: [(Code, &str); 7] = [
    (Code::NotUtf8, "Files"),
    (Code::YamlSyntax, "YAML"),
    (Code::InvalidId, "Ids"),
    (Code::ConditionSyntax, "Conditions"),
    (Code::BrokenLink, "Prose"),
    (Code::FoundationCycle, "Advice"),
    (Code::ThemeError, "The theme"),
];

impl Code {
    /// The part of the documentation that it stands in. A new code belongs to the part of the one before it.
    pub fn group(self) -> &'static str {
        GROUPS.iter().rev().find(|(first, _)| *first <= self).map_or("", |(_, name)| name)
    }

    /// The code of a name.
    pub fn from_name(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|c| c.name() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
