//! Judges on trial, for administrators.

use crate::auth::Administrator;
use crate::dto::{JudgeCheckInput, JudgeChecksBody};
use crate::error::{ApiError, Failures};
use crate::extract::Json;
use crate::router::Api;
use axum::extract::State;
use axum::http::StatusCode;
use greenroom_app::judge_checks as app;

/// Every judge with what it showed last, and the trial that is under way.
#[utoipa::path(get, path = "/api/admin/judge-checks", tag = "judge_checks", security(("bearer" = ["administer"])),
    responses((status = 200, description = "The judges", body = JudgeChecksBody), Failures))]
pub async fn list(State(api): State<Api>, _: Administrator) -> Result<Json<JudgeChecksBody>, ApiError> {
    Ok(Json(app::board(&api.app).await?.into()))
}

/// Begin to try a judge on answers whose order is known. It goes on in the background, one at a time.
#[utoipa::path(post, path = "/api/admin/judge-checks", tag = "judge_checks", security(("bearer" = ["administer"])),
    request_body = JudgeCheckInput,
    responses((status = 202, description = "It has begun", body = JudgeChecksBody), Failures))]
pub async fn start(
    State(api): State<Api>,
    admin: Administrator,
    Json(body): Json<JudgeCheckInput>,
) -> Result<(StatusCode, Json<JudgeChecksBody>), ApiError> {
    let questions = body.questions()?;
    app::start(&api.app, admin.0, body.provider, questions).await?;
    Ok((StatusCode::ACCEPTED, Json(app::board(&api.app).await?.into())))
}
