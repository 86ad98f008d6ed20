//! Judgements.

use crate::auth::CurrentUser;
use crate::dto::{EvaluateBody, EvaluationBody};
use crate::error::{ApiError, Failures};
use crate::extract::{Id, Json, ListOf};
use crate::idempotency::IdempotencyKey;
use crate::router::Api;
use axum::extract::State;
use axum::http::StatusCode;
use greenroom_app::evaluations::{self as app, OnItsOwn};
use greenroom_domain::ids::{EvaluationId, SessionId};

/// Judge an answer of an interview, or any answer to any question.
#[utoipa::path(post, path = "/api/evaluations", tag = "evaluations", security(("bearer" = ["practise"])), params(IdempotencyKey), request_body = EvaluateBody,
    responses((status = 201, description = "The judgement", body = EvaluationBody), Failures))]
pub async fn evaluate(
    State(api): State<Api>,
    user: CurrentUser,
    Json(body): Json<EvaluateBody>,
) -> Result<(StatusCode, Json<EvaluationBody>), ApiError> {
    let evaluation = match body {
        EvaluateBody::Response { response_id } => {
            app::evaluate_response(&api.app, user.0, response_id).await?
        }
        EvaluateBody::OnItsOwn { question, answer, reference, rubric_id } => {
            app::evaluate(&api.app, user.0, OnItsOwn { question, answer, reference, rubric_id }).await?
        }
    };
    Ok((StatusCode::CREATED, Json(EvaluationBody::new(&api.app, evaluation))))
}

/// A judgement.
#[utoipa::path(get, path = "/api/evaluations/{id}", tag = "evaluations", security(("bearer" = ["practise"])), params(("id" = EvaluationId, Path)),
    responses((status = 200, description = "The judgement", body = EvaluationBody), Failures))]
pub async fn get(
    State(api): State<Api>,
    user: CurrentUser,
    Id(id): Id<EvaluationId>,
) -> Result<Json<EvaluationBody>, ApiError> {
    Ok(Json(EvaluationBody::new(&api.app, app::get(&api.app, user.0, id).await?)))
}

/// The judgements of an interview, in order.
#[utoipa::path(get, path = "/api/evaluations/session/{id}", tag = "evaluations", security(("bearer" = ["practise"])), params(("id" = SessionId, Path)),
    responses((status = 200, description = "Judgements", body = ListOf<EvaluationBody>), Failures))]
pub async fn of_session(
    State(api): State<Api>,
    user: CurrentUser,
    Id(id): Id<SessionId>,
) -> Result<Json<ListOf<EvaluationBody>>, ApiError> {
    let all = app::of_session(&api.app, user.0, id).await?.into_iter();
    Ok(Json(ListOf::whole(all.map(|evaluation| EvaluationBody::new(&api.app, evaluation)).collect())))
}
