//! The verbs of the command line with their options, generated from what the program itself parses.

use clap::{Arg, Command};
use worthwhile::cli;

use super::{cell, is_current};

const HEAD: &str = "---
title: The command line
summary: Every verb with its arguments, its options and examples, as the program itself says them.
order: 3
---
Generated from the program. `worthwhile VERB --help` prints the same at a terminal, and `worthwhile man --out DIR` writes
it as manual pages.

Results go to the standard output, and talk goes to the standard error. Colour and progress are for terminals alone;
`NO_COLOR` turns colour off.
";

fn page() -> String {
    let mut program = cli::command();
    program.build();
    let mut page = HEAD.to_owned();
    page.push_str("\n## For every verb {#all}\n\n| option | meaning |\n|---|---|\n");
    let global: Vec<String> = program.get_arguments().filter(|arg| arg.is_global_set()).map(row).collect();
    page.extend(global.iter().map(String::as_str));
    let after = program.get_after_help().map(ToString::to_string).unwrap_or_default();
    let codes = after.lines().find(|line| line.starts_with("Exit codes")).expect("the exit codes");
    page.push_str(&format!("\n{codes}\n"));
    for verb in program.get_subcommands().filter(|verb| verb.get_name() != "help") {
        command(verb, "##", verb.get_name(), &mut page);
    }
    page
}

fn command(command: &Command, level: &str, id: &str, page: &mut String) {
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    page.push_str(&format!("\n{level} {} {{#{id}}}\n\n{about}.\n", id.replace('-', " ")));
    let usage = command.clone().render_usage().to_string();
    page.push_str(&format!("\n```text\n{}\n```\n", usage.trim_start_matches("Usage: ").trim()));
    let own =
        |arg: &&Arg| !arg.is_global_set() && !arg.is_hide_set() && arg.get_id() != "help" && arg.get_id() != "version";
    let rows: Vec<String> = command.get_arguments().filter(own).map(row).collect();
    if !rows.is_empty() {
        page.push_str("\n| argument or option | meaning |\n|---|---|\n");
        page.extend(rows.iter().map(String::as_str));
    }
    for verb in command.get_subcommands().filter(|verb| verb.get_name() != "help") {
        self::command(verb, "###", &format!("{id}-{}", verb.get_name()), page);
    }
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    for part in after.split("\n\n") {
        match part.strip_prefix("Examples:\n") {
            Some(examples) => {
                let lines: Vec<&str> = examples.lines().map(|line| line.strip_prefix("  ").unwrap_or(line)).collect();
                page.push_str(&format!("\n```text\n{}\n```\n", lines.join("\n")));
            }
            None if part.is_empty() => {}
            None => page.push_str(&format!("\n{part}\n")),
        }
    }
}

/// An argument or option as a row of a table.
fn row(arg: &Arg) -> String {
    let takes = arg.get_action().takes_values();
    let value = arg.get_value_names().and_then(|names| names.first()).map_or(String::new(), ToString::to_string);
    let names = match (arg.get_short(), arg.get_long()) {
        (Some(short), Some(long)) => format!("-{short}, --{long}"),
        (None, Some(long)) => format!("--{long}"),
        (Some(short), None) => format!("-{short}"),
        (None, None) => String::new(),
    };
    let name = match (names.is_empty(), takes) {
        (true, _) => value,
        (false, true) => format!("{names} <{value}>"),
        (false, false) => names,
    };
    let mut meaning = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let possible: Vec<String> =
        arg.get_possible_values().iter().filter(|_| takes).map(|v| format!("`{}`", v.get_name())).collect();
    if !possible.is_empty() {
        meaning.push_str(&format!(": {}", possible.join(", ")));
    }
    let default: Vec<String> = arg.get_default_values().iter().map(|v| v.to_string_lossy().into_owned()).collect();
    if takes && !default.is_empty() {
        meaning.push_str(&format!(" [default: {}]", default.join(" ")));
    }
    format!("| `{}` | {} |\n", cell(&name), cell(&meaning.replace('<', "\\<").replace('[', "\\[")))
}

#[test]
fn the_verbs_are_those_of_the_program() {
    is_current("reference/command-line.md", &page());
}
