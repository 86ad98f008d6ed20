//! How long what is kept. What was deleted is in the audit log.

use crate::auth::{Administrator, CurrentUser};
use crate::dto::{OwnRetentionBody, RetentionDueBody, RetentionRuleBody};
use crate::error::{ApiError, Failures};
use crate::extract::{Json, ListOf};
use crate::router::Api;
use axum::extract::State;
use greenroom_app::retention as app;

/// How long what is kept.
#[utoipa::path(get, path = "/api/retention", tag = "retention",
    responses((status = 200, description = "All rules", body = ListOf<RetentionRuleBody>), Failures))]
pub async fn rules(State(api): State<Api>) -> Json<ListOf<RetentionRuleBody>> {
    Json(ListOf::whole(app::rules(&api.app).into_iter().map(RetentionRuleBody::from).collect()))
}

/// What the person has of each kind, and when it begins to go.
#[utoipa::path(get, path = "/api/users/me/retention", tag = "retention", security(("bearer" = ["own_account"])),
    responses((status = 200, description = "All kinds", body = ListOf<OwnRetentionBody>), Failures))]
pub async fn mine(
    State(api): State<Api>,
    user: CurrentUser,
) -> Result<Json<ListOf<OwnRetentionBody>>, ApiError> {
    let mine = app::mine(&api.app, user.0).await?;
    Ok(Json(ListOf::whole(mine.into_iter().map(OwnRetentionBody::from).collect())))
}

/// What would be deleted if the rules were applied now, as they are every hour. What was deleted is in the audit log, by
/// the action `retention.deleted`.
#[utoipa::path(get, path = "/api/admin/retention", tag = "retention", security(("bearer" = ["administer"])),
    responses((status = 200, description = "All kinds", body = ListOf<RetentionDueBody>), Failures))]
pub async fn due(
    State(api): State<Api>,
    _: Administrator,
) -> Result<Json<ListOf<RetentionDueBody>>, ApiError> {
    let due = app::due(&api.app).await?;
    Ok(Json(ListOf::whole(due.into_iter().map(RetentionDueBody::from).collect())))
}
