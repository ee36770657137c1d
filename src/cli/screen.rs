//! What the terminal is like: how wide, and whether it takes colour.

/// Whether to write in colour to a stream: only to terminals, and only if they and their readers want it.
pub fn colour(is_terminal: bool) -> bool {
    is_terminal
        && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// How many columns there are: what `COLUMNS` says, else what the terminal says; None where nobody looks.
pub fn columns(is_terminal: bool) -> Option<usize> {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|columns| *columns > 0);
    let seen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    said.or_else(|| is_terminal.then(seen).flatten())
}
