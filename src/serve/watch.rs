//! Changes on the disk -> builds.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use anyhow::Context;
use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind};
use notify::{Config, Event, EventKind, PollWatcher, RecursiveMode, Watcher};

use super::{Outcome, RenderedDiagnostic};

/// A change starts a build when nothing further has changed for so long: an editor's truncate, write and close, or
/// its write beside and rename, become one build.
const QUIET: Duration = Duration::from_millis(4);
/// But a stream of changes does not put the build off for longer than this.
const AT_MOST: Duration = Duration::from_millis(50);
/// A new folder is watched only from a moment after it came: what was put in it meanwhile is found by one more look.
const SECOND_LOOK: Duration = Duration::from_millis(60);
/// How often to look where the system does not tell of changes.
const POLL: Duration = Duration::from_millis(300);

pub(super) enum Message {
    /// Something that a build reads may have changed.
    Changed {
        /// A folder came, under its own name or by a rename.
        folder: bool,
    },
    Stop,
}

/// Watched folders.
pub(super) struct Watch {
    watcher: Box<dyn Watcher + Send>,
    folders: Vec<PathBuf>,
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
        let handler = || {
            let (folders, ignored, send) = (folders.clone(), ignored.clone(), send.clone());
            move |event: notify::Result<Event>| {
                if let Some(message) = message(&event, &folders, &ignored) {
                    let _ = send.send(message);
                }
            }
        };
        let told = notify::recommended_watcher(handler())
            .map(|watcher| Watch { watcher: Box::new(watcher), folders: folders.clone() })
            .and_then(|mut watch| watch.renew().map(|()| watch));
        match told {
            Ok(watch) => Ok((watch, Vec::new())),
            Err(e) => {
                let config = Config::default().with_poll_interval(POLL).with_compare_contents(true);
                let watcher = PollWatcher::new(handler(), config).context("cannot watch for changes")?;
                let mut watch = Watch { watcher: Box::new(watcher), folders };
                watch.renew().context("cannot watch for changes")?;
                Ok((watch, vec![format!("changes are looked for every {} ms, because {e}", POLL.as_millis())]))
            }
        }
    }

    /// Calls `build` after changes, until stopped. What changes during a build starts one more.
    pub fn follow(mut self, messages: &Receiver<Message>, mut build: impl FnMut()) {
        let mut second_look: Option<Instant> = None;
        loop {
            let message = match second_look {
                Some(at) => messages.recv_timeout(at.saturating_duration_since(Instant::now())),
                None => messages.recv().map_err(RecvTimeoutError::from),
            };
            match message {
                Ok(Message::Changed { mut folder }) => {
                    let started = Instant::now();
                    while started.elapsed() < AT_MOST {
                        match messages.recv_timeout(QUIET) {
                            Ok(Message::Changed { folder: another }) => folder |= another,
                            Err(RecvTimeoutError::Timeout) => break,
                            Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                        }
                    }
                    if folder {
                        // A watched folder that went and came again must be watched again. Not to be able to is no
                        // reason to stop: the next change of the parent tries again.
                        let _ = self.renew();
                        second_look = Some(Instant::now() + SECOND_LOOK);
                    }
                }
                Err(RecvTimeoutError::Timeout) => second_look = None,
                Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return,
            }
            build();
        }
    }

    /// Watches the folders that are there, and the parents for those that are not yet.
    fn renew(&mut self) -> notify::Result<()> {
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
fn message(event: &notify::Result<Event>, folders: &[PathBuf], ignored: &[PathBuf]) -> Option<Message> {
    let Ok(event) = event else { return Some(Message::Changed { folder: true }) };
    if event.need_rescan() {
        return Some(Message::Changed { folder: true });
    }
    let change = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    };
    let ours = |path: &PathBuf| {
        folders.iter().any(|folder| path.starts_with(folder)) && !ignored.iter().any(|folder| path.starts_with(folder))
    };
    let folder = match event.kind {
        EventKind::Create(CreateKind::File) => false,
        EventKind::Create(_) | EventKind::Any | EventKind::Other => true,
        EventKind::Modify(ModifyKind::Name(_)) => event.paths.iter().any(|path| path.is_dir()),
        _ => false,
    };
    (change && event.paths.iter().any(ours)).then_some(Message::Changed { folder })
}

/// A path as events have it: absolute, links above it followed, the last name as it is.
fn as_reported(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match (path.parent().and_then(|parent| parent.canonicalize().ok()), path.file_name()) {
        (Some(parent), Some(name)) => parent.join(name),
        _ => path,
    }
}
