//! A connection of the network, and what is known of the talk on it.

use hyper::body::{Buf, Bytes};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::OwnedSemaphorePermit;

/// A connection with its seat, which a WebSocket keeps as long as it lasts.
pub(crate) struct Line {
    pub stream: TcpStream,
    /// What was read before and is to be read again.
    pub unread: Bytes,
    /// What is known of the talk.
    pub talk: Arc<Talk>,
    _seat: OwnedSemaphorePermit,
}

impl Line {
    pub fn new(stream: TcpStream, seat: OwnedSemaphorePermit) -> Self {
        Self { stream, unread: Bytes::new(), talk: Arc::default(), _seat: seat }
    }

    /// What was read and not understood yet is read again: a second request may have come with the first.
    pub fn put_back(&mut self, read: Bytes) {
        self.unread = match (read.is_empty(), self.unread.is_empty()) {
            (true, _) => return,
            (false, true) => read,
            (false, false) => [read, self.unread.clone()].concat().into(),
        };
    }
}

/// Whether anything is under way between the two ends.
#[derive(Debug, Default)]
pub(crate) struct Talk {
    /// Requests that somebody still reads, and replies that are not complete.
    open: AtomicUsize,
    /// Bytes came in since the last reply.
    is_heard: AtomicBool,
    /// What was written may not be with the system yet.
    is_unsaid: AtomicBool,
    /// What comes next on this line is not surely a request.
    is_bound: AtomicBool,
}

impl Talk {
    /// Whether the next thing to happen is the first byte of a request, or the end of the line.
    pub fn is_silent(&self) -> bool {
        self.open.load(Relaxed) == 0
            && ![&self.is_heard, &self.is_unsaid, &self.is_bound].into_iter().any(|flag| flag.load(Relaxed))
    }

    /// From here on only the reader of HTTP knows what comes next.
    pub fn bind(&self) {
        self.is_bound.store(true, Relaxed);
    }

    /// Begins an exchange, which lasts until the guard is dropped.
    pub fn exchange(self: &Arc<Self>) -> Exchange {
        self.open.fetch_add(1, Relaxed);
        Exchange(self.clone())
    }
}

/// A request, or its reply.
pub(crate) struct Exchange(Arc<Talk>);

impl Exchange {
    /// See [`Talk::bind`].
    pub fn bind(&self) {
        self.0.bind();
    }
}

impl Drop for Exchange {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Relaxed);
        self.0.is_heard.store(false, Relaxed);
    }
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        if self.unread.is_empty() {
            let before = buf.filled().len();
            std::task::ready!(Pin::new(&mut self.stream).poll_read(cx, buf))?;
            if buf.filled().len() == before {
                return Poll::Ready(Ok(()));
            }
        } else {
            let length = self.unread.len().min(buf.remaining());
            buf.put_slice(&self.unread[..length]);
            self.unread.advance(length);
        }
        self.talk.is_heard.store(true, Relaxed);
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Line {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        self.talk.is_unsaid.store(true, Relaxed);
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    /// Whoever flushes has written all there was.
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        std::task::ready!(Pin::new(&mut self.stream).poll_flush(cx))?;
        self.talk.is_unsaid.store(false, Relaxed);
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[std::io::IoSlice<'_>],
    ) -> Poll<std::io::Result<usize>> {
        self.talk.is_unsaid.store(true, Relaxed);
        Pin::new(&mut self.stream).poll_write_vectored(cx, slices)
    }
}
