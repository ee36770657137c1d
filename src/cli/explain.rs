//! `worthwhile explain`: why a finding is reported, and how to mend it, with an example.

use clap::Args;
use rust_embed::RustEmbed;

use super::assess::layout::{self, Layout};
use super::{FINE, USAGE};
use crate::diagnostic::{Code, nearest};

#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub struct ExplainArgs {
    /// The code in brackets behind `error` or `warning`; none: list them all
    code: Option<String>,
}

const AFTER_HELP: &str = "\
Examples:
  worthwhile explain                    every code, with its reason
  worthwhile explain unknown-id         one of them, with an example and what check says of it";

/// The pages by which the diagnostics are tested: each shows one.
#[derive(RustEmbed)]
#[folder = "tests/diagnostics"]
struct Pages;

pub fn run(args: &ExplainArgs) -> anyhow::Result<u8> {
    let layout = Layout::of_terminal();
    let mut out = String::new();
    match &args.code {
        None => list(layout, &mut out),
        // As it is printed, `error[unknown-id]`, it is understood too.
        Some(code) => match Code::from_name(code.rsplit('[').next().unwrap_or(code).trim_end_matches(']')) {
            Some(code) => one(code, layout, &mut out),
            None => {
                let near = nearest(code, Code::ALL.iter().map(|code| code.name()));
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`worthwhile explain` lists them".to_owned(),
                };
                eprintln!("error: there is no code `{code}`; {help}");
                return Ok(USAGE);
            }
        },
    }
    layout::print(&out)?;
    Ok(FINE)
}

fn list(layout: Layout, out: &mut String) {
    let longest = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or(0);
    for code in Code::ALL {
        out.push_str(&layout.hang(
            0,
            &format!("{:<longest$}  {:<7}  ", code.name(), code.severity().name()),
            code.why(),
        ));
    }
}

fn one(code: Code, layout: Layout, out: &mut String) {
    out.push_str(&format!("{}\n\n", layout.bold(&format!("{}[{code}]", code.severity().name()))));
    out.push_str(&layout.hang(0, "why   ", code.why()));
    out.push_str(&layout.hang(0, "mend  ", code.mend()));
    let page = Pages::get(&format!("{code}.md"));
    let page = page.as_ref().and_then(|page| std::str::from_utf8(&page.data).ok()).unwrap_or_default();
    let mut inside = false;
    for line in page.lines().skip(1) {
        match line.strip_prefix("````") {
            Some("") => inside = false,
            Some(info) => {
                inside = true;
                let title = info.split('"').nth(1).unwrap_or("worthwhile check");
                out.push_str(&format!("\n{}\n", layout.bold(title)));
            }
            None if inside => out.push_str(format!("    {line}").trim_end()),
            None if line.is_empty() => continue,
            None => out.push_str(&format!("\n{line}")),
        }
        if !line.starts_with("````") {
            out.push('\n');
        }
    }
}
