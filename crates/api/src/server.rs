//! The server itself: connections in, a bounded number at a time, with bounded patience for each.

use crate::connection::Host;
use crate::line::Line;
use crate::options::Options;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::TokioTimer;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// After this long the listener is asked again when it could not take a connection: files may be free by then.
const BACK_OFF: Duration = Duration::from_secs(1);

/// Serves `router` until `stop`, then waits for requests under way. Of connections beyond the limit in `options` the
/// system keeps as many waiting as it does; one that does not send its headers in time is closed.
pub async fn serve(listener: TcpListener, router: Router, options: &Options, stop: impl Future<Output = ()>) {
    let seats = Arc::new(Semaphore::new(options.max_connections));
    let mut http = http1::Builder::new();
    let patience = Duration::from_secs(options.header_timeout_seconds);
    http.timer(TokioTimer::new()).header_read_timeout(patience).max_headers(100);
    let (open, closing) = (TaskTracker::new(), CancellationToken::new());
    let host = Host { http, router, patience, closing: closing.clone() };
    let mut stop = pin!(stop);
    loop {
        let taken = tokio::select! {
            () = &mut stop => break,
            taken = take(&listener, &seats) => taken,
        };
        let Some((line, peer)) = taken else { continue };
        open.spawn(host.clone().serve(line, peer));
    }
    drop(listener);
    closing.cancel();
    open.close();
    open.wait().await;
}

/// The next connection, once a seat is free.
async fn take(listener: &TcpListener, seats: &Arc<Semaphore>) -> Option<(Line, SocketAddr)> {
    let seat = seats.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => {
            // Answers are small and written whole: nothing is gained by waiting for more.
            let _ = stream.set_nodelay(true);
            Some((Line::new(stream, seat), peer))
        }
        Err(error) => {
            if !is_the_clients(&error) {
                tracing::error!(%error, "a connection could not be taken");
                tokio::time::sleep(BACK_OFF).await;
            }
            None
        }
    }
}

/// Whether the client went away before it was greeted.
fn is_the_clients(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
