//! The WebSocket of a spoken interview: samples and messages between the page and its line.

use crate::auth::{SignedInAs, same_origin};
use crate::error::ApiError;
use crate::extract::{Id, Query};
use crate::router::Api;
use axum::Router;
use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;
use futures::SinkExt as _;
use greenroom_domain::ids::SessionId;
use greenroom_domain::permission::Permission;
use greenroom_live::voice::{Socket, SocketFrom, SocketTo, SoundWish};
use serde::Deserialize;
use tokio::sync::mpsc;

/// Largest message of a page, bytes.
const MAX_MESSAGE: usize = 32 * 1024;
/// Read at once, bytes: six frames of sound. Each line holds as much, also one that says nothing.
const READ_AT_ONCE: usize = 4096;
/// What may wait to be written, bytes: words and 100 ms of sound behind them.
const WRITE_AT_ONCE: usize = 8192;

#[derive(Deserialize)]
struct Wish {
    /// The interviewer's voice; when none is named, the one that was chosen before, or that of the interviewer's manner.
    voice: Option<String>,
    /// Whether one model is to hear and speak at once.
    #[serde(default)]
    realtime: bool,
}

pub(crate) fn routes() -> Router<Api> {
    Router::new().route("/api/sessions/{id}/voice/socket", get(connect))
}

async fn connect(
    State(api): State<Api>,
    headers: HeaderMap,
    SignedInAs(caller): SignedInAs,
    Id(id): Id<SessionId>,
    Query(wish): Query<Wish>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, ApiError> {
    same_origin(&headers, &api.options)?;
    api.app.permit(&caller, Permission::Practise).await?;
    // Refusals come before the upgrade, as ordinary answers.
    let sound = SoundWish { voice: wish.voice, realtime: wish.realtime };
    api.voice.admit(&api.app, caller.user, id, &sound).await?;
    let upgrade = upgrade.map_err(|_| {
        let message = "Connect to this address by WebSocket.";
        ApiError::new(StatusCode::UPGRADE_REQUIRED, "websocket_only", message)
    })?;
    let upgrade = upgrade.max_message_size(MAX_MESSAGE).max_frame_size(MAX_MESSAGE);
    let upgrade = upgrade.read_buffer_size(READ_AT_ONCE).write_buffer_size(WRITE_AT_ONCE);
    Ok(upgrade.on_upgrade(move |socket| async move {
        let _counted = greenroom_telemetry::http::listener();
        let (line, from_page, to_page) = Socket::pair();
        let (app, voice) = (api.app.clone(), api.voice.clone());
        // What was said is stored also when the connection has gone: the conversation ends by itself.
        app.tasks().clone().spawn(async move {
            if let Err(error) = voice.hold(&app, caller.user, id, sound, line).await {
                tracing::info!(interview.id = %id, %error, "a line was refused");
            }
        });
        carry(socket, from_page, to_page).await;
    }))
}

/// Moves messages until one of the ends has gone.
async fn carry(
    mut socket: WebSocket,
    from_page: mpsc::Sender<SocketFrom>,
    mut to_page: mpsc::Receiver<SocketTo>,
) {
    loop {
        tokio::select! {
            message = socket.recv() => {
                let from = match message {
                    Some(Ok(Message::Text(text))) => SocketFrom::Text(text.to_string()),
                    Some(Ok(Message::Binary(bytes))) => SocketFrom::Binary(bytes.to_vec()),
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                };
                if from_page.send(from).await.is_err() {
                    return;
                }
            }
            message = to_page.recv() => {
                let Some(message) = message else { return };
                if !send(&mut socket, message, &mut to_page).await {
                    return;
                }
            }
        }
    }
}

/// Sends a message, and with words whatever waits behind them up to the first sound: on a bad line the sound of a reply
/// is held up by each segment before it that is lost. Says whether the connection goes on.
async fn send(socket: &mut WebSocket, first: SocketTo, more: &mut mpsc::Receiver<SocketTo>) -> bool {
    let (mut next, mut is_last) = (Some(first), false);
    while let Some(to) = next.take() {
        let message = match to {
            SocketTo::Text(text) => {
                next = more.try_recv().ok();
                Message::Text(text.into())
            }
            SocketTo::Binary(bytes) => Message::Binary(bytes.into()),
            SocketTo::Close { code, reason } => {
                is_last = true;
                Message::Close(Some(CloseFrame { code, reason: reason.into() }))
            }
        };
        if socket.feed(message).await.is_err() {
            return false;
        }
    }
    socket.flush().await.is_ok() && !is_last
}
