//! How things are, for administrators.

use crate::auth::Administrator;
use crate::dto::StatusBody;
use crate::error::{ApiError, Failures};
use crate::extract::Json;
use crate::router::Api;
use axum::extract::State;
use greenroom_app::operations;

/// How the node that answers is doing, and what all nodes share: background work and what language models cost.
#[utoipa::path(get, path = "/api/admin/status", tag = "operations", security(("bearer" = ["administer"])),
    responses((status = 200, description = "At this moment", body = StatusBody), Failures))]
pub async fn status(State(api): State<Api>, _: Administrator) -> Result<Json<StatusBody>, ApiError> {
    Ok(Json(operations::status(&api.app).await?.into()))
}
