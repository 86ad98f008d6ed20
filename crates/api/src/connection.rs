//! One connection from its first byte to its end: the reader of HTTP while something is said, nothing but the line while
//! it is silent. The reader keeps 16 KiB for itself, and most people are silent most of the time.

use crate::line::{Exchange, Line};
use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::header::CONNECTION;
use axum::http::{HeaderMap, HeaderValue, Version};
use axum::response::Response;
use hyper::body::{Body as _, Bytes, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

/// What is the same for every connection.
#[derive(Clone)]
pub(crate) struct Host {
    pub http: http1::Builder,
    pub router: Router,
    /// How long a line may be silent between two requests, or in the head of one.
    pub patience: Duration,
    /// The server stops: what is under way is ended, nothing new begun.
    pub closing: CancellationToken,
}

impl Host {
    /// Serves `line` until one of its ends closes it. A line that breaks, or is closed for its silence, is the client's
    /// affair.
    pub async fn serve(self, mut line: Line, peer: SocketAddr) {
        loop {
            if line.unread.is_empty() {
                tokio::select! {
                    heard = tokio::time::timeout(self.patience, line.stream.readable()) => {
                        if !matches!(heard, Ok(Ok(()))) {
                            return;
                        }
                    }
                    () = self.closing.cancelled() => return,
                }
            }
            // On the heap, so that a silent line keeps no room for it.
            let Some(silent) = Box::pin(self.talk(line, peer)).await else { return };
            line = silent;
        }
    }

    /// Takes requests and answers them until the line is silent, which gives it back, or ends.
    async fn talk(&self, line: Line, peer: SocketAddr) -> Option<Line> {
        let talk = line.talk.clone();
        let service = service_fn(|request: hyper::Request<Incoming>| {
            let (router, talk) = (self.router.clone(), talk.clone());
            async move {
                let exchange = talk.exchange();
                if !goes_on(request.version(), request.headers()) {
                    talk.bind();
                }
                let mut request: Request =
                    request.map(|body| Body::new(Asked { body, is_whole: false, talk: talk.exchange() }));
                request.extensions_mut().insert(ConnectInfo(peer));
                let reply: Response = router.oneshot(request).await?;
                Ok::<_, std::convert::Infallible>(reply.map(|body| Told { body, _exchange: exchange }))
            }
        });
        let mut connection = self.http.serve_connection(TokioIo::new(line), service).with_upgrades();
        let mut closing = pin!(self.closing.cancelled());
        let mut is_closing = false;
        let is_over = poll_fn(|cx| {
            if !is_closing && closing.as_mut().poll(cx).is_ready() {
                is_closing = true;
                Pin::new(&mut connection).graceful_shutdown();
            }
            match Pin::new(&mut connection).poll(cx) {
                Poll::Ready(_) => Poll::Ready(true),
                Poll::Pending if !is_closing && talk.is_silent() => Poll::Ready(false),
                Poll::Pending => Poll::Pending,
            }
        })
        .await;
        if is_over {
            return None;
        }
        let parts = connection.into_parts()?;
        let mut line = parts.io.into_inner();
        line.put_back(parts.read_buf);
        Some(line)
    }
}

/// Whether another request may follow this one on the same line.
fn goes_on(version: Version, headers: &HeaderMap) -> bool {
    let keeps = |wish: &HeaderValue| wish.as_bytes().eq_ignore_ascii_case(b"keep-alive");
    version == Version::HTTP_11 && headers.get_all(CONNECTION).iter().all(keeps)
}

/// The body of a request. One that nobody reads to its end stands before the next request on the line.
struct Asked {
    body: Incoming,
    is_whole: bool,
    talk: Exchange,
}

impl Drop for Asked {
    fn drop(&mut self) {
        if !self.is_whole && !self.body.is_end_stream() {
            self.talk.bind();
        }
    }
}

impl hyper::body::Body for Asked {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        self.is_whole |= frame.is_none();
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The body of a reply. The exchange lasts as long.
struct Told {
    body: Body,
    _exchange: Exchange,
}

impl hyper::body::Body for Told {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
