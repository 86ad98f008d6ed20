//! What answers teach of the question bank, for those who look after it.

use crate::auth::Curator;
use crate::dto::{CalibrationBody, DriftBody};
use crate::error::{ApiError, Failures};
use crate::extract::{Json, ListOf};
use crate::router::Api;
use axum::extract::State;
use axum::http::StatusCode;
use greenroom_app::calibration as app;

/// Where the calibration of the bank stands. For curators and administrators.
#[utoipa::path(get, path = "/api/bank/calibration", tag = "bank", security(("bearer" = ["curate"])),
    responses((status = 200, description = "Where it stands", body = CalibrationBody), Failures))]
pub async fn standing(State(api): State<Api>, _: Curator) -> Result<Json<CalibrationBody>, ApiError> {
    Ok(Json(app::standing(&api.app).await?.into()))
}

/// Have the bank calibrated by the stored answers now; else that is done once a week. It goes on in the background.
#[utoipa::path(post, path = "/api/bank/calibration", tag = "bank", security(("bearer" = ["curate"])),
    responses((status = 202, description = "It is queued", body = CalibrationBody), Failures))]
pub async fn start(
    State(api): State<Api>,
    curator: Curator,
) -> Result<(StatusCode, Json<CalibrationBody>), ApiError> {
    app::start(&api.app, curator.0).await?;
    Ok((StatusCode::ACCEPTED, Json(app::standing(&api.app).await?.into())))
}

/// Calibrated questions, those that a curator should look at first, then by how far they lie from their author's level.
#[utoipa::path(get, path = "/api/bank/drift", tag = "bank", security(("bearer" = ["curate"])),
    responses((status = 200, description = "All of them", body = ListOf<DriftBody>), Failures))]
pub async fn drift(State(api): State<Api>, _: Curator) -> Result<Json<ListOf<DriftBody>>, ApiError> {
    let items = app::drift(&api.app).await?.into_iter().map(DriftBody::from).collect();
    Ok(Json(ListOf::whole(items)))
}
