//! Shows a URL in the reader's browser.

use std::io;
use std::process::{Command, Stdio};

pub(super) fn open(url: &str) -> io::Result<()> {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("explorer", &[])
    } else {
        ("xdg-open", &[])
    };
    let mut child = Command::new(program)
        .args(arguments)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    // Waited for, so that no ended process is left; not here, because some stay for as long as the browser does.
    std::thread::spawn(move || child.wait());
    Ok(())
}
