//! Signs of life, for operators and their machines.

use crate::router::Api;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;

#[derive(Serialize)]
struct Ready {
    status: &'static str,
    database: &'static str,
}

pub(crate) fn routes() -> Router<Api> {
    Router::new().route("/healthz", get(async || "ok")).route("/readyz", get(ready))
}

async fn ready(State(api): State<Api>) -> (StatusCode, Json<Ready>) {
    match api.app.store().ping().await {
        Ok(()) => (StatusCode::OK, Json(Ready { status: "ready", database: "ok" })),
        Err(error) => {
            tracing::warn!(%error, "the database does not answer");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                Json(Ready { status: "not ready", database: "does not answer" }),
            )
        }
    }
}
