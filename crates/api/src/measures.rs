//! `/metrics`: for Prometheus, not for everybody.

use crate::error::ApiError;
use crate::options::Options;
use crate::router::Api;
use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use greenroom_app::{App, operations};
use greenroom_live::voice::VoiceRooms;
use greenroom_telemetry::exporter;
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};
use std::net::SocketAddr;

/// Headers that a proxy adds: who asks through one is not this machine.
const FORWARDED: [&str; 3] = ["forwarded", "x-forwarded-for", "x-real-ip"];

/// `/metrics` beside everything else: for this machine, or for whoever has the token.
pub(crate) fn routes() -> Router<Api> {
    Router::new().route("/metrics", get(guarded))
}

/// `/metrics`, `/healthz` and `/readyz` on an address of their own, for everybody who reaches it.
pub fn metrics_router(app: App, voice: VoiceRooms) -> Router {
    exporter();
    let open = async |State(api): State<Api>| exposition(&api).await;
    Router::new().route("/metrics", get(open)).merge(crate::health::routes()).with_state(Api::of(
        app,
        Options::default(),
        voice,
        None,
    ))
}

async fn guarded(State(api): State<Api>, request: Request) -> Result<Response, ApiError> {
    if api.options.metrics_listen.is_some() {
        let message = "Measures are served at another address (server.metrics_listen).";
        return Err(ApiError::new(StatusCode::NOT_FOUND, "not_found", message));
    }
    if !may_read(&api.options, &request) {
        let message = "Measures are for this machine, or for whoever sends the token (server.metrics_token).";
        return Err(ApiError::new(StatusCode::FORBIDDEN, "metrics_forbidden", message));
    }
    Ok(exposition(&api).await)
}

async fn exposition(api: &Api) -> Response {
    operations::sample(&api.app).await;
    api.voice.check();
    let kind = [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    (kind, exporter().render()).into_response()
}

fn may_read(options: &Options, request: &Request) -> bool {
    match &options.metrics_token {
        // Of digests: how long the comparison takes says nothing about the token.
        Some(token) => bearer(request.headers())
            .is_some_and(|given| Sha256::digest(given) == Sha256::digest(token.expose_secret())),
        None => is_this_machine(request),
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

fn is_this_machine(request: &Request) -> bool {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let is_near = peer.is_some_and(|ConnectInfo(peer)| peer.ip().to_canonical().is_loopback());
    is_near && FORWARDED.iter().all(|name| !request.headers().contains_key(*name))
}
