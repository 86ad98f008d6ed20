//! How things are, for administrators.

use crate::auth::Administrator;
use crate::dto::{LatencyBody, StatusBody};
use crate::error::{ApiError, Failures};
use crate::extract::{Json, Query};
use crate::router::Api;
use axum::extract::State;
use greenroom_app::{AppError, operations};
use serde::Deserialize;
use utoipa::IntoParams;

/// Hours that are looked at unless others are asked for.
const HOURS: u32 = 6;
/// Times of turns are kept for 30 days.
const MOST_HOURS: u32 = 720;

/// How the node that answers is doing, and what all nodes share: background work and what language models cost.
#[utoipa::path(get, path = "/api/admin/status", tag = "operations", security(("bearer" = ["administer"])),
    responses((status = 200, description = "At this moment", body = StatusBody), Failures))]
pub async fn status(State(api): State<Api>, _: Administrator) -> Result<Json<StatusBody>, ApiError> {
    let mut status = operations::status(&api.app).await?;
    status.dependencies.extend(api.voice.check());
    Ok(Json(StatusBody::new(status, api.voice.engines())))
}

/// Which hours are looked at.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LatencyQuery {
    /// The last hours: 1 to 720. Default: 6.
    #[param(minimum = 1, maximum = 720)]
    hours: Option<u32>,
}

/// How long turns of spoken interviews took of late, at all nodes, from the end of the candidate's voice on.
#[utoipa::path(get, path = "/api/admin/voice/latency", tag = "operations", security(("bearer" = ["administer"])),
    params(LatencyQuery), responses((status = 200, description = "Figures of the last hours", body = LatencyBody), Failures))]
pub async fn latency(
    State(api): State<Api>,
    _: Administrator,
    Query(query): Query<LatencyQuery>,
) -> Result<Json<LatencyBody>, ApiError> {
    let hours = query.hours.unwrap_or(HOURS);
    if !(1..=MOST_HOURS).contains(&hours) {
        return Err(AppError::field("hours", format!("Ask for 1 to {MOST_HOURS} hours.")).into());
    }
    Ok(Json(LatencyBody::new(hours, operations::latency(&api.app, hours).await?)))
}
