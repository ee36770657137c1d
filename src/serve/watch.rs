//! Changes on the disk -> builds.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use anyhow::Context;
use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind};
use notify::{Config, Event, EventKind, PollWatcher, RecursiveMode, Watcher};

use super::{Outcome, RenderedDiagnostic};

/// A change starts a build when nothing further has changed for so long, and no file is open that was written to: an
/// editor's truncate, write and close, or its write beside and rename, become one build.
const QUIET: Duration = Duration::from_millis(3);
/// But a stream of changes, or a file that stays open, does not put the build off for longer than this.
const AT_MOST: Duration = Duration::from_millis(60);
/// How long after a build to listen whether something changed while it read.
const ECHO: Duration = Duration::from_millis(1);
/// How many builds in a row may be held back because something did.
const HELD_BACK_AT_MOST: usize = 3;
/// A new folder is watched only from a moment after it came: what was put in it meanwhile is found by one more look.
const SECOND_LOOK: Duration = Duration::from_millis(60);
/// How often to look where the system does not tell of changes.
const POLL: Duration = Duration::from_millis(300);

pub(super) enum Message {
    /// Something that a build reads may have changed.
    Changed {
        paths: Vec<PathBuf>,
        /// A folder came, under its own name or by a rename.
        folder: bool,
        /// Whoever writes has not closed the file yet, and we will be told.
        open: bool,
    },
    Stop,
}

/// Watched folders.
pub(super) struct Watch {
    watcher: Box<dyn Watcher + Send>,
    folders: Vec<PathBuf>,
    /// Whether the system tells of changes; else each watched folder is read again and again.
    told: bool,
}

impl Watch {
    /// Watches the folders, also those that will only come, and sends a message for every change in them. Returns
    /// notes with it.
    pub fn new(
        folders: &[PathBuf],
        ignored: &[PathBuf],
        send: Sender<Message>,
    ) -> anyhow::Result<(Watch, Vec<String>)> {
        let folders: Vec<PathBuf> = folders.iter().map(|folder| as_reported(folder)).collect();
        let ignored: Vec<PathBuf> = ignored.iter().map(|folder| as_reported(folder)).collect();
        let handler = |closes| {
            let (folders, ignored, send) = (folders.clone(), ignored.clone(), send.clone());
            move |event: notify::Result<Event>| {
                if let Some(message) = message(&event, &folders, &ignored, closes) {
                    let _ = send.send(message);
                }
            }
        };
        let told = notify::recommended_watcher(handler(cfg!(target_os = "linux")))
            .map(|watcher| Watch { watcher: Box::new(watcher), folders: folders.clone(), told: true })
            .and_then(|mut watch| watch.renew().map(|()| watch));
        match told {
            Ok(watch) => Ok((watch, Vec::new())),
            Err(e) => {
                let config = Config::default().with_poll_interval(POLL).with_compare_contents(true);
                let watcher = PollWatcher::new(handler(false), config).context("cannot watch for changes")?;
                let mut watch = Watch { watcher: Box::new(watcher), folders, told: false };
                watch.renew().context("cannot watch for changes")?;
                Ok((watch, vec![format!("changes are looked for every {} ms, because {e}", POLL.as_millis())]))
            }
        }
    }

    /// After changes calls `build`, and `show` with what it made, until stopped. What changes during a build starts
    /// one more, and may have been read when half written: what that build made is held back, unless too many were.
    pub fn follow(
        mut self,
        messages: &Receiver<Message>,
        mut build: impl FnMut() -> Outcome,
        mut show: impl FnMut(Outcome),
    ) {
        let mut second_look: Option<Instant> = None;
        let mut held_back = 0;
        let mut next = None;
        loop {
            let message = match (next.take(), second_look) {
                (Some(message), _) => Ok(message),
                (None, Some(at)) => messages.recv_timeout(at.saturating_duration_since(Instant::now())),
                (None, None) => messages.recv().map_err(RecvTimeoutError::from),
            };
            match message {
                Ok(message) => {
                    let Some(folder) = settle(message, messages) else { return };
                    if folder {
                        // A watched folder that went and came again must be watched again. Not to be able to is no
                        // reason to stop: the next change of the parent tries again.
                        let _ = self.renew();
                        second_look = Some(Instant::now() + SECOND_LOOK);
                    }
                }
                Err(RecvTimeoutError::Timeout) => second_look = None,
                Err(RecvTimeoutError::Disconnected) => return,
            }
            let outcome = build();
            next = messages.recv_timeout(ECHO).ok();
            if next.is_some() && held_back < HELD_BACK_AT_MOST {
                held_back += 1;
            } else {
                held_back = 0;
                show(outcome);
            }
        }
    }

    /// Watches the folders that are there, and the parents for those that are not yet. The folder around the parents
    /// tells when they themselves go and come; where that cannot be watched, they are thought to stay.
    fn renew(&mut self) -> notify::Result<()> {
        let around: BTreeSet<&Path> = self.folders.iter().filter_map(|folder| folder.parent()?.parent()).collect();
        for folder in around.into_iter().filter(|folder| self.told && folder.is_dir()) {
            let _ = self.watcher.watch(folder, RecursiveMode::NonRecursive);
        }
        for folder in &self.folders {
            if let Some(parent) = folder.parent().filter(|parent| parent.is_dir()) {
                self.watcher.watch(parent, RecursiveMode::NonRecursive)?;
            }
        }
        for folder in self.folders.iter().filter(|folder| folder.is_dir()) {
            self.watcher.watch(folder, RecursiveMode::Recursive)?;
        }
        Ok(())
    }
}

/// Waits until the changes that begin with `first` are over; whether a folder came with them. None to stop.
fn settle(first: Message, messages: &Receiver<Message>) -> Option<bool> {
    let started = Instant::now();
    let mut still_open: BTreeSet<PathBuf> = BTreeSet::new();
    let mut any_folder = false;
    let mut next = Ok(first);
    loop {
        match next {
            Ok(Message::Changed { paths, folder, open }) => {
                any_folder |= folder;
                for path in paths {
                    if open {
                        still_open.insert(path);
                    } else {
                        still_open.remove(&path);
                    }
                }
            }
            Err(RecvTimeoutError::Timeout) => return Some(any_folder),
            Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return None,
        }
        let left = AT_MOST.saturating_sub(started.elapsed());
        next = if left.is_zero() {
            Err(RecvTimeoutError::Timeout)
        } else {
            messages.recv_timeout(if still_open.is_empty() { QUIET.min(left) } else { left })
        };
    }
}

/// Builds; a panic becomes an outcome with errors, so that the last good site stays up.
pub(super) fn build(builder: &mut impl FnMut() -> Outcome) -> Outcome {
    catch_unwind(AssertUnwindSafe(builder)).unwrap_or_else(|_| Outcome {
        site: None,
        errors: true,
        diagnostics: vec![RenderedDiagnostic {
            severity: "error".into(),
            message: "the build failed by a mistake of the program's own; see the terminal".into(),
            ..RenderedDiagnostic::default()
        }],
    })
}

/// What an event means for us, if anything. A build reads files, which is reported too and must not start a build.
/// `closes`: that a written file is closed will be reported.
fn message(event: &notify::Result<Event>, folders: &[PathBuf], ignored: &[PathBuf], closes: bool) -> Option<Message> {
    let event = match event {
        Ok(event) if !event.need_rescan() => event,
        // Something was missed: look at everything.
        _ => return Some(Message::Changed { paths: Vec::new(), folder: true, open: false }),
    };
    let (folder, open) = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => (false, false),
        EventKind::Access(_) => return None,
        EventKind::Create(CreateKind::File) | EventKind::Modify(ModifyKind::Data(_)) => (false, closes),
        EventKind::Create(_) | EventKind::Any | EventKind::Other => (true, false),
        EventKind::Modify(ModifyKind::Name(_)) => (event.paths.iter().any(|path| path.is_dir()), false),
        _ => (false, false),
    };
    let ours = |path: &PathBuf| {
        let concerns = |folder: &PathBuf| path.starts_with(folder) || folder.parent() == Some(path);
        folders.iter().any(concerns) && !ignored.iter().any(|folder| path.starts_with(folder))
    };
    event.paths.iter().any(ours).then(|| Message::Changed { paths: event.paths.clone(), folder, open })
}

/// A path as events have it: absolute, links above it followed, the last name as it is.
fn as_reported(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match (path.parent().and_then(|parent| parent.canonicalize().ok()), path.file_name()) {
        (Some(parent), Some(name)) => parent.join(name),
        _ => path,
    }
}
