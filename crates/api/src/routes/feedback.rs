//! Feedback.

use crate::auth::CurrentUser;
use crate::dto::{FeedbackBody, ResponseRef};
use crate::error::{ApiError, Failures};
use crate::extract::{Id, Json, ListOf};
use crate::idempotency::IdempotencyKey;
use crate::router::Api;
use axum::extract::State;
use axum::http::StatusCode;
use greenroom_app::feedback as app;
use greenroom_domain::ids::{FeedbackId, SessionId};

/// Feedback on an answer, in the style of the person's profile.
#[utoipa::path(post, path = "/api/feedback", tag = "feedback", security(("bearer" = ["practise"])), params(IdempotencyKey), request_body = ResponseRef,
    responses((status = 201, description = "The feedback", body = FeedbackBody), Failures))]
pub async fn give(
    State(api): State<Api>,
    user: CurrentUser,
    Json(body): Json<ResponseRef>,
) -> Result<(StatusCode, Json<FeedbackBody>), ApiError> {
    Ok((StatusCode::CREATED, Json(app::give(&api.app, user.0, body.response_id).await?.into())))
}

/// Feedback.
#[utoipa::path(get, path = "/api/feedback/{id}", tag = "feedback", security(("bearer" = ["practise"])), params(("id" = FeedbackId, Path)),
    responses((status = 200, description = "The feedback", body = FeedbackBody), Failures))]
pub async fn get(
    State(api): State<Api>,
    user: CurrentUser,
    Id(id): Id<FeedbackId>,
) -> Result<Json<FeedbackBody>, ApiError> {
    Ok(Json(app::get(&api.app, user.0, id).await?.into()))
}

/// Feedback of an interview, in order.
#[utoipa::path(get, path = "/api/feedback/session/{id}", tag = "feedback", security(("bearer" = ["practise"])), params(("id" = SessionId, Path)),
    responses((status = 200, description = "Feedback", body = ListOf<FeedbackBody>), Failures))]
pub async fn of_session(
    State(api): State<Api>,
    user: CurrentUser,
    Id(id): Id<SessionId>,
) -> Result<Json<ListOf<FeedbackBody>>, ApiError> {
    let all = app::of_session(&api.app, user.0, id).await?.into_iter();
    Ok(Json(ListOf::whole(all.map(FeedbackBody::from).collect())))
}
