//! Connections that do not wait for ever.
//!
//! A connection on which nothing was sent for [`PATIENCE`] is closed: whoever sends a request byte by byte, does not
//! read the answer, or keeps a connection and says nothing, does not hold it for long. Event streams say something more
//! often than that.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::serve::Listener;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, Sleep, sleep};

/// How long a connection may be silent. Longer than [`super::http::KEEP_ALIVE`].
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// How long to wait before the next try when the system gives no further connection.
const AGAIN: Duration = Duration::from_millis(50);

/// Connections as they come.
pub(super) struct Connections(pub TcpListener);

impl Listener for Connections {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        loop {
            match self.0.accept().await {
                Ok((stream, address)) => {
                    // Small answers should not wait for more to send.
                    let _ = stream.set_nodelay(true);
                    return (Connection { stream, silent: Box::pin(sleep(PATIENCE)) }, address);
                }
                // The one that came is gone again, or there are too many: the oldest of them end soon.
                Err(_) => sleep(AGAIN).await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// A connection that ends when nothing was sent on it for too long.
pub(super) struct Connection {
    stream: TcpStream,
    silent: Pin<Box<Sleep>>,
}

impl Connection {
    fn poll_patience(&mut self, context: &mut Context<'_>) -> Poll<io::Error> {
        self.silent.as_mut().poll(context).map(|()| io::ErrorKind::TimedOut.into())
    }

    /// Passes on what became of sending.
    fn sent(&mut self, context: &mut Context<'_>, sent: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if let Poll::Ready(Ok(_)) = sent {
            self.silent.as_mut().reset(Instant::now() + PATIENCE);
        }
        if sent.is_pending() {
            return Poll::Ready(Err(ready!(self.poll_patience(context))));
        }
        sent
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if let Poll::Ready(error) = self.poll_patience(context) {
            return Poll::Ready(Err(error));
        }
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.sent(context, sent)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.sent(context, sent)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
