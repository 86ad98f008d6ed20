//! Interviews.

use super::document::{Format, FormatQuery, as_markdown, as_pdf};
use crate::auth::CurrentUser;
use crate::dto::{
    AnswerBody, AnsweredBody, EvaluationBody, EventBody, QuestionBody, ReportBody, ResponseBody, RetriedBody,
    SessionBody, StartBody,
};
use crate::error::{ApiError, Failures};
use crate::extract::{Id, Json, ListOf, PageQuery, Query};
use crate::idempotency::{self, IdempotencyKey};
use crate::router::Api;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use greenroom_app::interviews::{self as app, Idempotency};
use greenroom_app::{AppError, SessionFilter};
use greenroom_domain::ids::SessionId;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// Start an interview from a set-up. The first question is in the answer.
#[utoipa::path(post, path = "/api/sessions", tag = "sessions", security(("bearer" = ["practise"])), params(IdempotencyKey), request_body = StartBody,
    responses((status = 201, description = "The interview", body = SessionBody), Failures))]
pub async fn start(
    State(api): State<Api>,
    user: CurrentUser,
    Json(body): Json<StartBody>,
) -> Result<(StatusCode, Json<SessionBody>), ApiError> {
    let record = app::start(&api.app, user.0, body.config_id, body.channel.unwrap_or_default()).await?;
    Ok((StatusCode::CREATED, Json(SessionBody::new(&api.app, record))))
}

/// Where an interview stands.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatusFilter {
    /// Under way.
    Active,
    /// Stopped for a while.
    Paused,
    /// Over.
    Completed,
    /// Left and not come back to.
    Abandoned,
}

/// Which interviews.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SessionsQuery {
    /// Entries on a page, 1..=100, default 20.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u64>,
    /// `next` of the page before.
    #[param(pattern = "^[0-9a-z]{1,12}[.][0-9a-f]{32}$")]
    after: Option<String>,
    /// Only those with this status.
    status: Option<StatusFilter>,
}

/// This person's interviews, newest first.
#[utoipa::path(get, path = "/api/sessions", tag = "sessions", security(("bearer" = ["practise"])), params(SessionsQuery),
    responses((status = 200, description = "A page", body = ListOf<SessionBody>), Failures))]
pub async fn list(
    State(api): State<Api>,
    user: CurrentUser,
    Query(query): Query<SessionsQuery>,
) -> Result<Json<ListOf<SessionBody>>, ApiError> {
    let status = query.status.map(|status| match status {
        StatusFilter::Active => "active".to_owned(),
        StatusFilter::Paused => "paused".to_owned(),
        StatusFilter::Completed => "completed".to_owned(),
        StatusFilter::Abandoned => "abandoned".to_owned(),
    });
    let page = PageQuery::new(query.limit, query.after).page()?;
    let paged = app::list(&api.app, user.0, &SessionFilter { status }, &page).await?;
    let items = SessionBody::of_all(&api.app, user.0, paged.items).await?;
    Ok(Json(ListOf { items, next: paged.next }))
}

/// An interview.
#[utoipa::path(get, path = "/api/sessions/{id}", tag = "sessions", security(("bearer" = ["practise"])), params(("id" = SessionId, Path)),
    responses((status = 200, description = "The interview", body = SessionBody), Failures))]
pub async fn get(
    State(api): State<Api>,
    user: CurrentUser,
    Id(id): Id<SessionId>,
) -> Result<Json<SessionBody>, ApiError> {
    Ok(Json(SessionBody::of(&api.app, app::get(&api.app, user.0, id).await?).await?))
}

/// Forget an interview with everything in it.
#[utoipa::path(delete, path = "/api/sessions/{id}", tag = "sessions", security(("bearer" = ["practise"])), params(("id" = SessionId, Path)),
    responses((status = 204, description = "Forgotten"), Failures))]
pub async fn delete(
    State(api): State<Api>,
    user: CurrentUser,
    Id(id): Id<SessionId>,
) -> Result<StatusCode, ApiError> {
    app::delete(&api.app, user.0, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Stop for a while; no time runs.
#[utoipa::path(put, path = "/api/sessions/{id}/pause", tag = "sessions", security(("bearer" = ["practise"])), params(("id" = SessionId, Path)),
    responses((status = 200, description = "The interview", body = SessionBody), Failures))]
pub async fn pause(
    State(api): State<Api>,
    user: CurrentUser,
    Id(id): Id<SessionId>,
) -> Result<Json<SessionBody>, ApiError> {
    Ok(Json(SessionBody::of(&api.app, app::pause(&api.app, user.0, id).await?).await?))
}

/// Go on.
#[utoipa::path(put, path = "/api/sessions/{id}/resume", tag = "sessions", security(("bearer" = ["practise"])), params(("id" = SessionId, Path)),
    responses((status = 200, description = "The interview", body = SessionBody), Failures))]
pub async fn resume(
    State(api): State<Api>,
    user: CurrentUser,
    Id(id): Id<SessionId>,
) -> Result<Json<SessionBody>, ApiError> {
    Ok(Json(SessionBody::of(&api.app, app::resume(&api.app, user.0, id).await?).await?))
}

/// End it. What was answered is judged.
#[utoipa::path(put, path = "/api/sessions/{id}/complete", tag = "sessions", security(("bearer" = ["practise"])), params(("id" = SessionId, Path)),
    responses((status = 200, description = "The interview", body = SessionBody), Failures))]
pub async fn complete(
    State(api): State<Api>,
    user: CurrentUser,
    Id(id): Id<SessionId>,
) -> Result<Json<SessionBody>, ApiError> {
    Ok(Json(SessionBody::of(&api.app, app::complete(&api.app, user.0, id).await?).await?))
}

/// Answer the question that waits. It is on the disk when this answers. With an `Idempotency-Key`,
/// repeating the request changes nothing.
#[utoipa::path(post, path = "/api/sessions/{id}/answers", tag = "sessions", security(("bearer" = ["practise"])),
    params(("id" = SessionId, Path), IdempotencyKey),
    request_body = AnswerBody, responses((status = 201, description = "Acknowledged", body = AnsweredBody), Failures))]
pub async fn answer(
    State(api): State<Api>,
    user: CurrentUser,
    headers: HeaderMap,
    Id(id): Id<SessionId>,
    Json(body): Json<AnswerBody>,
) -> Result<(StatusCode, Json<AnsweredBody>), ApiError> {
    let key = idempotency::key(&headers)?.map(|key| Idempotency { key });
    let answered = app::answer(&api.app, user.0, id, body.question_id, body.content, key).await?;
    let lost = || AppError::internal("an acknowledged answer is not in its interview");
    let (asked, response) = answered.state.response(answered.response_id).ok_or_else(lost)?;
    let next = answered.next_question();
    let body = AnsweredBody {
        response: ResponseBody::new(id, asked.question.id, response),
        next_question: next
            .map(|asked| QuestionBody::new(&api.app, Some(id), &asked.question, Some(asked.at))),
        farewell: answered.state.farewell.as_deref().map(str::to_owned),
        session: SessionBody::new(&api.app, answered.record.clone()),
    };
    Ok((StatusCode::CREATED, Json(body)))
}

/// After the interview, answer a question again. The new answer is judged at once.
#[utoipa::path(post, path = "/api/sessions/{id}/retries", tag = "sessions", security(("bearer" = ["practise"])), params(("id" = SessionId, Path), IdempotencyKey),
    request_body = AnswerBody, responses((status = 201, description = "Judged", body = RetriedBody), Failures))]
pub async fn answer_again(
    State(api): State<Api>,
    user: CurrentUser,
    Id(id): Id<SessionId>,
    Json(body): Json<AnswerBody>,
) -> Result<(StatusCode, Json<RetriedBody>), ApiError> {
    let again = app::answer_again(&api.app, user.0, id, body.question_id, body.content).await?;
    let body = RetriedBody {
        response: ResponseBody::new(id, again.question_id, &again.response),
        evaluation: again.response.evaluation.map(|evaluation| EvaluationBody::new(&api.app, evaluation)),
    };
    Ok((StatusCode::CREATED, Json(body)))
}

/// From where to read the log.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EventsQuery {
    /// Position after which to begin, default 0.
    after: Option<u64>,
    /// Events at most, 1..=500, default 100.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u64>,
}

/// What happened in an interview, in order. `next` is the position to go on from.
#[utoipa::path(get, path = "/api/sessions/{id}/events", tag = "sessions", security(("bearer" = ["practise"])),
    params(("id" = SessionId, Path), EventsQuery),
    responses((status = 200, description = "Events", body = ListOf<EventBody>), Failures))]
pub async fn events(
    State(api): State<Api>,
    user: CurrentUser,
    Id(id): Id<SessionId>,
    Query(query): Query<EventsQuery>,
) -> Result<Json<ListOf<EventBody>>, ApiError> {
    let limit = query.limit.unwrap_or(100);
    if !(1..=500).contains(&limit) {
        return Err(AppError::field("limit", "Ask for 1 to 500 events.").into());
    }
    let events = app::events(&api.app, user.0, id, query.after.unwrap_or(0), limit).await?;
    let next = events.last().filter(|_| events.len() as u64 == limit).map(|last| last.seq.to_string());
    let items = events.into_iter().map(|logged| EventBody::new(&api.app, id, logged)).collect();
    Ok(Json(ListOf { items, next }))
}

/// Who said what.
#[utoipa::path(get, path = "/api/sessions/{id}/transcript", tag = "sessions", security(("bearer" = ["practise"])),
    params(("id" = SessionId, Path), FormatQuery),
    responses((status = 200, description = "The transcript",
        content((serde_json::Value = "application/json"), (String = "text/markdown"), (Vec<u8> = "application/pdf"))), Failures))]
pub async fn transcript(
    State(api): State<Api>,
    user: CurrentUser,
    Id(id): Id<SessionId>,
    Query(query): Query<FormatQuery>,
) -> Result<Response, ApiError> {
    let transcript = app::transcript(&api.app, user.0, id).await?;
    let document = || app::transcript_document(&transcript);
    match query.format.unwrap_or_default() {
        Format::Json => Ok(Json(transcript).into_response()),
        Format::Markdown => Ok(as_markdown(&document(), "transcript")),
        Format::Pdf => as_pdf(document(), "transcript").await,
    }
}

/// What the interview showed.
#[utoipa::path(get, path = "/api/sessions/{id}/report", tag = "sessions", security(("bearer" = ["practise"])),
    params(("id" = SessionId, Path), FormatQuery),
    responses((status = 200, description = "The report",
        content((ReportBody = "application/json"), (String = "text/markdown"), (Vec<u8> = "application/pdf"))), Failures))]
pub async fn report(
    State(api): State<Api>,
    user: CurrentUser,
    Id(id): Id<SessionId>,
    Query(query): Query<FormatQuery>,
) -> Result<Response, ApiError> {
    let report = app::report(&api.app, user.0, id).await?;
    let document = || app::report_document(&api.app, &report);
    match query.format.unwrap_or_default() {
        Format::Json => Ok(Json(ReportBody::new(&api.app, report).await?).into_response()),
        Format::Markdown => Ok(as_markdown(&document(), "report")),
        Format::Pdf => as_pdf(document(), "report").await,
    }
}
