//! serve: a builder -> a site on this machine that follows every edit.
//!
//! One thread builds: at the start, and after every change below the watched folders, always the whole pipeline. What
//! it makes is a snapshot, and the newest snapshot answers every request, also while the next one is being built. A
//! build with errors keeps the site of the snapshot before it and adds its diagnostics, which the page shows on top.
//! Pages are rendered when they are asked for, once per build, from memory: a request never becomes a file path.
//!
//! The server adds one script to each page. It listens to server-sent events, and reloads when what the page shows has
//! changed; style sheets are swapped without a reload.
//!
//! Safe by default: loopback only unless asked; a request must name us in `Host` (else a page elsewhere could reach us
//! under a name of its own that resolves to this machine) and must not come from a page of another origin; only GET
//! and HEAD; a connection that says nothing is closed.
//!
//! A request that would rather have Markdown gets the file beside a page that ends in `.md`, if there is one.
//!
//! Does not know: how a site is compiled, or what is in it.

mod accept;
mod connection;
mod content_type;
mod guard;
mod http;
mod open;
mod page;
mod request;
mod snapshot;
mod watch;

use std::borrow::Cow;
use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr, TcpListener, ToSocketAddrs};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc;

use anyhow::Context;
use serde::Serialize;
use tokio::runtime::Runtime;

pub use content_type::content_type;

use connection::Connections;
use guard::Guard;
use snapshot::Snapshot;
use watch::{Message, Watch};

/// The first port that is tried when none is asked for.
pub const PORT: u16 = 4000;

/// A site that answers for its pages. A new build makes a new one; it never changes.
pub trait ServedSite: Send + Sync {
    /// The file at a route (`index.html`, `assets/site.css`), rendered now if it is a page. None if there is none;
    /// an error, in plain text, if it cannot be rendered. `404.html` is asked for when there is none.
    fn get(&self, route: &str) -> Option<Result<File, String>>;
}

/// A file of a served site.
#[derive(Debug, Clone)]
pub struct File {
    pub bytes: Arc<[u8]>,
    /// As for the header: `text/html; charset=utf-8`. [`content_type`] knows it by the route.
    pub content_type: Cow<'static, str>,
}

/// What a build came to.
pub struct Outcome {
    /// None where not even a partial site could be made.
    pub site: Option<Arc<dyn ServedSite>>,
    pub diagnostics: Vec<RenderedDiagnostic>,
    /// Whether to keep the site of the last build without errors, and show the diagnostics.
    pub errors: bool,
}

/// A diagnostic as plain text, for the overlay.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RenderedDiagnostic {
    /// `error`, `warning`, …
    pub severity: String,
    /// May be empty.
    pub code: String,
    /// Relative to the site's folder; may be empty.
    pub file: String,
    /// From 1; 0 where there is none.
    pub line: usize,
    /// From 1; 0 where there is none.
    pub column: usize,
    pub message: String,
    /// The place in the source as the terminal shows it, without colour; may be empty.
    pub snippet: String,
}

/// Where to serve, and what to watch.
#[derive(Debug, Clone)]
pub struct Options {
    /// A name or an address of this machine.
    pub host: String,
    /// None is 4000, or the next that is free; 0 is any that is free.
    pub port: Option<u16>,
    /// Whether to show the site in the browser.
    pub open: bool,
    /// Folders that a build reads. They need not be there yet.
    pub watch: Vec<PathBuf>,
    /// Folders to be ignored, such as the output.
    pub ignore: Vec<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Options { host: "127.0.0.1".into(), port: None, open: false, watch: Vec::new(), ignore: Vec::new() }
    }
}

/// A running server. It stops when dropped.
pub struct Running {
    pub address: SocketAddr,
    /// Where the site is, for the browser.
    pub url: String,
    /// What works less well than it might. One sentence each.
    pub notes: Vec<String>,
    runtime: Option<Runtime>,
    stop: mpsc::Sender<Message>,
}

/// Builds, serves, and goes on in the background. The builder is called once before this returns and then after each
/// change, from one thread.
///
/// # Errors
/// The port is taken, or the folders cannot be watched.
pub fn start(mut builder: impl FnMut() -> Outcome + Send + 'static, options: &Options) -> anyhow::Result<Running> {
    let listener = listen(options)?;
    let address = listener.local_addr()?;
    // Watched before the first build, so that no change falls between the two.
    let (stop, messages) = mpsc::channel();
    let (watch, mut notes) = Watch::new(&options.watch, &options.ignore, stop.clone())?;

    let first = Snapshot::first().after(watch::build(&mut builder));
    let (snapshots, newest) = tokio::sync::watch::channel(Arc::new(first));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("cannot start the server")?;
    allow_many_connections();
    listener.set_nonblocking(true)?;
    let listener = {
        let _inside = runtime.enter();
        tokio::net::TcpListener::from_std(listener)?
    };
    let router = http::router(newest, Guard::new(&options.host, address));
    runtime.spawn(async move { axum::serve(Connections(listener), router).await });
    std::thread::Builder::new()
        .name("build".into())
        .spawn(move || {
            // Built first, shown then: requests wait for nothing but the exchange of the two.
            let show = |outcome| {
                let next = snapshots.borrow().after(outcome);
                snapshots.send_replace(Arc::new(next));
            };
            watch.follow(&messages, || watch::build(&mut builder), show);
        })
        .context("cannot start the thread that builds")?;

    let url = url(&options.host, address);
    if options.open
        && let Err(e) = open::open(&url)
    {
        notes.push(format!("cannot open the browser: {e}"));
    }
    Ok(Running { address, url, notes, runtime: Some(runtime), stop })
}

impl Running {
    /// Waits until the process is asked to end.
    ///
    /// # Errors
    /// The system does not tell us when that is.
    pub fn wait(&self) -> anyhow::Result<()> {
        match &self.runtime {
            Some(runtime) => runtime.block_on(asked_to_end()).context("cannot wait for a signal"),
            None => Ok(()),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.stop.send(Message::Stop);
        // Browsers keep their event streams open for as long as we let them: nothing to wait for.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Each connection is an open file, and what a process may open at first is often less than it may ask for.
#[cfg(unix)]
fn allow_many_connections() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let _ = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum });
}

#[cfg(not(unix))]
fn allow_many_connections() {}

#[cfg(unix)]
async fn asked_to_end() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut end = signal(SignalKind::terminate())?;
    tokio::select! {
        done = tokio::signal::ctrl_c() => done,
        _ = end.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn asked_to_end() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

fn listen(options: &Options) -> anyhow::Result<TcpListener> {
    const TRIES: u16 = 100;
    let host = options.host.trim_start_matches('[').trim_end_matches(']');
    let bind = |port: u16| -> std::io::Result<TcpListener> {
        let addresses: Vec<SocketAddr> = (host, port).to_socket_addrs()?.collect();
        TcpListener::bind(addresses.as_slice())
    };
    let ports = match options.port {
        Some(port) => port..=port,
        None => PORT..=PORT + TRIES - 1,
    };
    let last = *ports.end();
    for port in ports {
        match bind(port) {
            Err(e) if e.kind() == ErrorKind::AddrInUse && port != last => {}
            bound => return bound.with_context(|| format!("cannot serve on {}, port {port}", options.host)),
        }
    }
    unreachable!("the last port returns")
}

fn url(host: &str, address: SocketAddr) -> String {
    let host = match address.ip() {
        ip if ip.is_unspecified() => "localhost".into(),
        _ if host.parse::<IpAddr>().is_err() && !host.starts_with('[') => host.to_owned(),
        IpAddr::V6(ip) => format!("[{ip}]"),
        IpAddr::V4(ip) => ip.to_string(),
    };
    format!("http://{host}:{}/", address.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_that_a_browser_understands() {
        for (host, address, expected) in [
            ("127.0.0.1", "127.0.0.1:4000", "http://127.0.0.1:4000/"),
            ("0.0.0.0", "0.0.0.0:4001", "http://localhost:4001/"),
            ("::1", "[::1]:4000", "http://[::1]:4000/"),
            ("[::1]", "[::1]:4000", "http://[::1]:4000/"),
            ("my-box", "192.168.0.7:80", "http://my-box:80/"),
        ] {
            assert_eq!(url(host, address.parse().expect("an address")), expected);
        }
    }
}
