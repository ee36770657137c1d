//! What a long run is at, on a terminal: one line on stderr, written over again and again, and gone in the end.
//! Nothing where nobody looks, and nothing of a run that is over at once.

use std::io::{IsTerminal, Write, stderr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use super::screen;

/// A run that takes longer than this says what it is at.
const LONG: Duration = Duration::from_millis(500);
/// How often it says so again.
const AGAIN: Duration = Duration::from_millis(100);
/// Back to the first column, and the line away: every terminal but a dumb one knows it.
const CLEAR: &str = "\r\u{1b}[K";

/// The line. It goes when this is dropped.
#[derive(Default)]
pub struct Progress(Option<Shown>);

struct Shown {
    run: Arc<Run>,
    thread: Option<JoinHandle<()>>,
}

/// What the thread that writes the line is told.
#[derive(Default)]
struct Run {
    state: Mutex<State>,
    changed: Condvar,
    made: AtomicUsize,
}

#[derive(Default)]
struct State {
    at: &'static str,
    /// How many files it is about, if that is known.
    of: usize,
    over: bool,
}

impl Progress {
    /// Begins, if stderr is a terminal that can take a line back.
    pub fn start() -> Progress {
        let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        if is_dumb || !stderr().is_terminal() {
            return Progress(None);
        }
        Progress::to(stderr(), LONG, screen::columns(true).unwrap_or(80))
    }

    fn to(mut out: impl Write + Send + 'static, after: Duration, columns: usize) -> Progress {
        let run = Arc::new(Run::default());
        let told = Arc::clone(&run);
        let write = move || {
            let mut wait = after;
            let mut shown = false;
            let mut state = told.state.lock().unwrap_or_else(PoisonError::into_inner);
            while !state.over {
                let waited = told.changed.wait_timeout_while(state, wait, |state| !state.over);
                state = waited.unwrap_or_else(PoisonError::into_inner).0;
                if state.over {
                    break;
                }
                let text = line(state.at, told.made.load(Ordering::Relaxed), state.of, columns);
                let _ = write!(out, "{CLEAR}{text}").and_then(|()| out.flush());
                (shown, wait) = (true, AGAIN);
            }
            if shown {
                let _ = write!(out, "{CLEAR}").and_then(|()| out.flush());
            }
        };
        // Without a thread there is no line, and nothing else is different.
        let thread = std::thread::Builder::new().name("progress".into()).spawn(write).ok();
        Progress(Some(Shown { run, thread }))
    }

    /// What the run is at now, and how many files that is about; 0 if nobody knows.
    pub fn at(&self, what: &'static str, of: usize) {
        if let Some(Shown { run, .. }) = &self.0 {
            let mut state = run.state.lock().unwrap_or_else(PoisonError::into_inner);
            (state.at, state.of) = (what, of);
            run.made.store(0, Ordering::Relaxed);
        }
    }

    /// One file more.
    pub fn one(&self) {
        if let Some(Shown { run, .. }) = &self.0 {
            run.made.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(Shown { run, thread }) = self.0.take() {
            run.state.lock().unwrap_or_else(PoisonError::into_inner).over = true;
            run.changed.notify_all();
            if let Some(thread) = thread {
                let _ = thread.join();
            }
        }
    }
}

fn line(at: &str, made: usize, of: usize, columns: usize) -> String {
    let text = if of == 0 { format!("{at} …") } else { format!("{at} … {} of {of} files", made.min(of)) };
    text.chars().take(columns.saturating_sub(1)).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    /// What was written, for whoever looks.
    #[derive(Clone, Default)]
    struct Paper(Arc<Mutex<Vec<u8>>>);

    impl Paper {
        fn text(&self) -> String {
            String::from_utf8(self.0.lock().expect("whole").clone()).expect("UTF-8")
        }
    }

    impl Write for Paper {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("whole").extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_long_run_has_a_line_that_goes() {
        let paper = Paper::default();
        let progress = Progress::to(paper.clone(), Duration::ZERO, 40);
        progress.at("writing", 12);
        progress.one();
        let started = Instant::now();
        while !paper.text().contains("writing … 1 of 12 files") {
            assert!(started.elapsed() < Duration::from_secs(60), "{}", paper.text());
            std::thread::sleep(Duration::from_millis(5));
        }
        drop(progress);
        assert!(paper.text().ends_with(&format!(" files{CLEAR}")), "{:?}", paper.text());
    }

    #[test]
    fn a_short_run_has_none() {
        let paper = Paper::default();
        let progress = Progress::to(paper.clone(), Duration::from_secs(3600), 40);
        progress.at("writing", 12);
        drop(progress);
        assert_eq!(paper.text(), "");
    }

    #[test]
    fn a_line_never_wraps() {
        assert_eq!(line("writing", 3, 12, 10), "writing …");
        assert_eq!(line("parsing", 0, 0, 80), "parsing …");
    }
}
