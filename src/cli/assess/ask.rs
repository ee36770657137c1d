//! `--ask`: the interview. The best question first, until all is settled, nothing is left to ask, or the input ends.

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;

use super::layout::{Layout, count};
use super::situation::Situation;
use super::text::reach;
use crate::assess::{Assessment, Assessor, Question};
use crate::cli::files::write;
use crate::link::Catalog;
use crate::model::condition::FactIx;
use crate::model::{Answer, Fact, FactType, Span};
use crate::profile::{self, arguments, arguments::Sign};
use crate::words::{self, reasons};

const COMMANDS: &str = "\
Answer, or: Enter does not know; `h` says how to find out; `b` goes back; `s FILE` saves the answers; `q` ends.";

/// Asks on stderr, reads answers from `input`, and leaves them in the situation.
pub fn ask(
    catalog: &Catalog,
    situation: &mut Situation,
    input: &mut impl BufRead,
    layout: Layout,
) -> anyhow::Result<()> {
    let assessor = Assessor::new(catalog);
    let mut given: Vec<FactIx> = Vec::new();
    let mut assessment = assessor.assess(&situation.profile);
    if !assessment.next_questions.is_empty() {
        eprint!("{}", layout.hang(0, "", COMMANDS));
    }
    'questions: while let Some(question) = best(&assessment, &given) {
        let fact = catalog.fact(question.fact);
        eprint!("{}", put(catalog, fact, question, layout));
        let answer = loop {
            eprint!("{} > ", fact.id);
            std::io::stderr().flush()?;
            let mut line = String::new();
            if input.read_line(&mut line).context("cannot read answers")? == 0 {
                eprintln!();
                break 'questions;
            }
            match line.trim() {
                "q" => break 'questions,
                "b" => {
                    if let Some(last) = given.pop() {
                        situation.profile.answers.remove(&last);
                        assessment = assessor.assess(&situation.profile);
                        continue 'questions;
                    }
                    eprintln!("  this is the first question");
                }
                "h" => eprint!("{}", help(catalog, fact, layout)),
                "s" => eprintln!("  name the file: `s my-platform.yaml`"),
                line if line.starts_with("s ") => {
                    let path = Path::new(line[2..].trim());
                    match save(catalog, situation, path) {
                        Ok(()) => eprintln!("  saved as {}", path.display()),
                        Err(error) => eprintln!("  {error:#}"),
                    }
                }
                "" => break Answer::Unknown,
                line => match read(catalog, question.fact, line) {
                    Ok(answer) => break answer,
                    Err(message) => eprint!("{}", layout.hang(2, "", &message)),
                },
            }
        };
        eprint!("{}", layout.hang(2, "= ", &words::answer(catalog, question.fact, &answer)));
        given.push(question.fact);
        situation.profile.answers.insert(question.fact, answer);
        let after = assessor.assess(&situation.profile);
        for news in news(catalog, &assessment, &after) {
            eprint!("{}", layout.hang(2, "-> ", &news));
        }
        assessment = after;
    }
    eprintln!();
    if !given.is_empty() && std::io::stdin().is_terminal() {
        offer_to_save(catalog, situation, input)?;
    }
    Ok(())
}

/// The best question that was not put yet: a range or several options are all that is known, so nobody asks again.
fn best<'a>(assessment: &'a Assessment, given: &[FactIx]) -> Option<&'a Question> {
    assessment.next_questions.iter().find(|question| !given.contains(&question.fact))
}

/// An error if a profile can surely not be written there: its folder is not there, or it is a folder, or it
/// is there and is something else.
pub fn can_save(path: &Path) -> anyhow::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    anyhow::ensure!(folder.is_dir(), "cannot write {}: there is no folder {}", path.display(), folder.display());
    anyhow::ensure!(!path.is_dir(), "cannot write {}: it is a folder", path.display());
    // A pipe or a terminal holds nothing yet.
    let there = if path.is_file() { std::fs::read(path).unwrap_or_default() } else { Vec::new() };
    let own = |line: &[u8]| {
        line.is_empty() || line.starts_with(b"facts:") || line[0].is_ascii_whitespace() || line[0] == b'#'
    };
    let is_profile = there.split(|byte| *byte == b'\n').all(own);
    anyhow::ensure!(
        is_profile,
        "cannot write {}: it is there, and holds more than the answers of a situation",
        path.display()
    );
    Ok(())
}

/// Writes the situation as a profile.
pub fn save(catalog: &Catalog, situation: &Situation, path: &Path) -> anyhow::Result<()> {
    can_save(path)?;
    let yaml = profile::to_yaml(catalog, &situation.profile, "");
    write(path, yaml.as_bytes())
}

fn offer_to_save(catalog: &Catalog, situation: &Situation, input: &mut impl BufRead) -> anyhow::Result<()> {
    eprint!("Save the answers? A file name, or Enter for no > ");
    std::io::stderr().flush()?;
    let mut line = String::new();
    input.read_line(&mut line).context("cannot read the file name")?;
    if line.trim().is_empty() {
        return Ok(());
    }
    let path = PathBuf::from(line.trim());
    save(catalog, situation, &path)?;
    eprintln!("saved as {}", path.display());
    Ok(())
}

/// The question with what can be answered.
fn put(catalog: &Catalog, fact: &Fact, question: &Question, layout: Layout) -> String {
    let mut out = String::from("\n");
    out.push_str(&layout.hang(0, "", &format!("{} {}", catalog.plain(&fact.question), reach(question))));
    if let Some(help) = &fact.help {
        out.push_str(&layout.hang(2, "", &catalog.plain(help)));
    }
    let unit = fact.unit.as_ref().map_or_else(|| "a number".to_owned(), |unit| format!("a number ({})", unit.other));
    let how = match fact.fact_type {
        FactType::Boolean => "yes or no".to_owned(),
        FactType::Integer => format!("{unit}, or a range: 5..10, >=3"),
        FactType::Number => format!("{unit}, or a range: 0.5..2, >=3"),
        FactType::Choice => "one number; several if you are not sure which".to_owned(),
        FactType::Choices => "numbers of all that apply, or `none`".to_owned(),
    };
    for (n, option) in fact.options.iter().enumerate() {
        out.push_str(&layout.hang(2, &format!("{}  ", n + 1), &option.label));
    }
    out.push_str(&layout.hang(2, "", &format!("({how})")));
    out
}

fn help(catalog: &Catalog, fact: &Fact, layout: Layout) -> String {
    match &fact.measure {
        Some(measure) => layout.hang(2, "", &catalog.plain(measure)),
        None => layout.hang(2, "", "Nothing more is known of how to find out."),
    }
}

/// A line as an answer; or what is wrong with it.
fn read(catalog: &Catalog, ix: FactIx, line: &str) -> Result<Answer, String> {
    let fact = catalog.fact(ix);
    let (sign, text) = match (line.strip_prefix(">="), line.strip_prefix("<=")) {
        (Some(rest), _) => (Sign::AtLeast, rest),
        (_, Some(rest)) => (Sign::AtMost, rest),
        _ => (Sign::Is, line),
    };
    let named = |id: &str| fact.options.iter().any(|o| o.id == id);
    let text = match fact.fact_type {
        FactType::Choices if text == "none" && !named("none") => String::new(),
        FactType::Choice | FactType::Choices => {
            let parts = text.split([',', ' ']).map(str::trim).filter(|part| !part.is_empty());
            let ids: Vec<&str> = parts
                .map(|part| {
                    let place = part.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
                    place.and_then(|n| fact.options.get(n)).map_or(part, |option| option.id.as_str())
                })
                .collect();
            ids.join(",")
        }
        _ => text.to_owned(),
    };
    let span = Span::new(&Arc::from("answer"), 0..text.len());
    arguments::answer(catalog, ix, sign, &text, &span).map_err(|diagnostic| match (fact.fact_type, diagnostic.help) {
        (FactType::Boolean, _) => "answer yes or no, or Enter if you do not know".to_owned(),
        (FactType::Choice | FactType::Choices, Some(help)) => format!("{}; {help}", diagnostic.message),
        (FactType::Choice | FactType::Choices, None) => {
            format!("{}; answer with numbers up to {}", diagnostic.message, fact.options.len())
        }
        _ => format!("{}; answer with a number or a range", diagnostic.message),
    })
}

/// What an answer changed.
fn news(catalog: &Catalog, before: &Assessment, after: &Assessment) -> Vec<String> {
    let both = before.capabilities.iter().zip(&after.capabilities);
    let mut news: Vec<String> = both
        .zip(&catalog.capabilities)
        .filter(|((b, a), _)| (b.verdict, b.settled) != (a.verdict, a.settled))
        .filter_map(|((_, a), capability)| {
            let settled = if a.settled { ", settled" } else { "" };
            Some(format!("{}: {}{settled}", capability.title, reasons::verdict(catalog, a.verdict?, a.settled)))
        })
        .collect();
    let open = after.capabilities.iter().filter(|c| c.verdict.is_some() && !c.settled).count();
    if open > 0 && !news.is_empty() {
        news.push(format!("{} to go", count(open, "verdict")));
    }
    news
}
