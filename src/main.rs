//! The program: see `worthwhile --help`.

#![forbid(unsafe_code)]

fn main() -> std::process::ExitCode {
    worthwhile::cli::run()
}
