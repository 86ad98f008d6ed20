//! The WebSocket of an interview: its log from where the listener was, then what comes.

use crate::auth::{SignedInAs, same_origin};
use crate::dto::EventBody;
use crate::error::ApiError;
use crate::extract::{Id, Query};
use crate::live_protocol::{Heard, Sign};
use crate::router::Api;
use axum::Router;
use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use greenroom_app::accounts::Caller;
use greenroom_app::{App, Draft};
use greenroom_domain::ids::SessionId;
use greenroom_domain::permission::Permission;
use greenroom_live::{Feed, Woken};
use greenroom_telemetry::http::Counted;
use serde::Deserialize;
use std::time::Duration;

/// How often a silent line is tried, so that a dead one is noticed, and whether the listener is still signed in.
const PING_EVERY: Duration = Duration::from_secs(20);
/// The server stops or starts anew; come again (IANA's registry of close codes).
const SERVICE_RESTART: u16 = 1012;
/// How long a listener has to close its end.
const FAREWELL: Duration = Duration::from_secs(1);
/// Largest message of a listener, bytes.
const MAX_MESSAGE: usize = 4096;
/// Read at once, bytes. Each line holds as much while it is silent, and listeners hardly speak.
const READ_AT_ONCE: usize = 512;

#[derive(Deserialize)]
struct From {
    after: Option<u64>,
}

pub(crate) fn routes() -> Router<Api> {
    Router::new().route("/api/sessions/{id}/live", get(connect))
}

async fn connect(
    State(api): State<Api>,
    headers: HeaderMap,
    SignedInAs(caller): SignedInAs,
    Id(id): Id<SessionId>,
    Query(from): Query<From>,
    upgrade: Result<WebSocketUpgrade, axum::extract::ws::rejection::WebSocketUpgradeRejection>,
) -> Result<Response, ApiError> {
    same_origin(&headers, &api.options)?;
    api.app.permit(&caller, Permission::Practise).await?;
    // Refusals come before the upgrade, as ordinary answers.
    let feed = Feed::open(&api.app, caller.user, id, from.after.unwrap_or(0)).await?;
    let upgrade = upgrade.map_err(|_| {
        let status = axum::http::StatusCode::UPGRADE_REQUIRED;
        ApiError::new(status, "websocket_only", "Connect to this address by WebSocket.")
    })?;
    let app = api.app.clone();
    // Both limits: a frame is read whole before its message is measured.
    let upgrade = upgrade.max_message_size(MAX_MESSAGE).max_frame_size(MAX_MESSAGE);
    // What is told goes out at once.
    let upgrade = upgrade.read_buffer_size(READ_AT_ONCE).write_buffer_size(0);
    Ok(upgrade.on_upgrade(move |socket| async move {
        let tasks = app.tasks().clone();
        let _counted = greenroom_telemetry::http::listener();
        // On the heap, and handed on: each future that it was moved through would keep room for it. A listener that
        // goes away ends its feed; there is nobody left to tell.
        let mut listener = Box::new(Listener { app, caller, id, feed, socket, _counted });
        tasks.spawn(async move { listener.tell().await });
    }))
}

/// Somebody who follows an interview.
struct Listener {
    app: App,
    caller: Caller,
    id: SessionId,
    feed: Feed,
    socket: WebSocket,
    _counted: Counted,
}

impl Listener {
    /// Tells what is there, then what comes, until somebody ends it.
    async fn tell(&mut self) -> Result<(), Gone> {
        self.catch_up().await?;
        let caught_up = text(&Sign::CaughtUp { last_seq: self.feed.position() })?;
        self.send(caught_up).await?;
        let mut ping = tokio::time::interval(PING_EVERY);
        loop {
            tokio::select! {
                woken = self.feed.wait() => match woken {
                    Woken::Log => self.catch_up().await?,
                    Woken::Draft(Draft { at_work, words }) => {
                        self.send(text(&Sign::Writing { at_work, words: &words })?).await?;
                    }
                },
                message = self.socket.recv() => match message {
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return Ok(()),
                    Some(Ok(Message::Text(said))) if is_ping(&said) => self.send(text(&Sign::Pong {})?).await?,
                    Some(Ok(_)) => {}
                },
                () = self.app.tasks().stopping().cancelled() => return Box::pin(self.goodbye()).await,
                _ = ping.tick() => {
                    if matches!(Box::pin(self.app.still_signed_in(&self.caller)).await, Ok(false)) {
                        return Err(Gone);
                    }
                    self.socket.send(Message::Ping(Vec::new().into())).await.map_err(|_| Gone)?;
                }
            }
        }
    }

    /// Tells what the log has and the listener was not told yet.
    async fn catch_up(&mut self) -> Result<(), Gone> {
        loop {
            // On the heap while it lasts: a silent line keeps no room for it.
            let events = Box::pin(self.feed.ready(&self.app)).await.map_err(|_| Gone)?;
            if events.is_empty() {
                return Ok(());
            }
            for logged in events {
                let event = text(&EventBody::new(&self.app, self.id, logged))?;
                self.send(event).await?;
            }
        }
    }

    async fn send(&mut self, text: Utf8Bytes) -> Result<(), Gone> {
        self.socket.send(Message::Text(text)).await.map_err(|_| Gone)
    }

    /// The server goes, not the interview: the listener connects again, here or at another node.
    async fn goodbye(&mut self) -> Result<(), Gone> {
        let close = CloseFrame { code: SERVICE_RESTART, reason: "service restart".into() };
        self.socket.send(Message::Close(Some(close))).await.map_err(|_| Gone)?;
        // Its own word of farewell; a line that is cut before may lose ours.
        let farewell = async { while self.socket.recv().await.is_some_and(|heard| heard.is_ok()) {} };
        let _ = tokio::time::timeout(FAREWELL, farewell).await;
        Ok(())
    }
}

fn is_ping(text: &str) -> bool {
    matches!(serde_json::from_str(text), Ok(Heard::Ping {}))
}

/// The listener has gone.
struct Gone;

fn text(value: &impl serde::Serialize) -> Result<Utf8Bytes, Gone> {
    serde_json::to_string(value).map(Into::into).map_err(|_| Gone)
}
