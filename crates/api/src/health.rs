//! Signs of life, for operators and their machines.

use crate::router::Api;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use greenroom_app::operations;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Ready {
    status: &'static str,
    /// By name.
    dependencies: BTreeMap<&'static str, DependencyBody>,
}

#[derive(Serialize)]
struct DependencyBody {
    /// `ok`, or what is wrong.
    status: String,
    latency_ms: f64,
}

pub(crate) fn routes() -> Router<Api> {
    Router::new().route("/healthz", get(async || "ok")).route("/readyz", get(ready))
}

/// Whether everything that is vital to the program answers.
async fn ready(State(api): State<Api>) -> (StatusCode, Json<Ready>) {
    let mut checked = operations::check(&api.app).await;
    checked.extend(api.voice.check());
    let is_ready = checked.iter().all(|one| !one.is_vital || one.problem.is_none());
    let dependencies = checked.into_iter().map(|one| {
        let latency_ms = (one.took.as_secs_f64() * 1e6).round() / 1e3;
        (one.name, DependencyBody { status: one.problem.unwrap_or_else(|| "ok".to_owned()), latency_ms })
    });
    let (code, status) =
        if is_ready { (StatusCode::OK, "ready") } else { (StatusCode::SERVICE_UNAVAILABLE, "not ready") };
    (code, Json(Ready { status, dependencies: dependencies.collect() }))
}
