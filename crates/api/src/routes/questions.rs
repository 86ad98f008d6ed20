//! Questions.

use crate::auth::CurrentUser;
use crate::dto::{BankQuestionBody, FollowUpBody, GenerateBody, QuestionBody, ResponseRef};
use crate::error::{ApiError, Failures};
use crate::extract::{Id, Json, ListOf, Query};
use crate::router::Api;
use axum::extract::State;
use greenroom_app::AppError;
use greenroom_app::questions::{self as app, BankFilter};
use greenroom_domain::ids::SessionId;
use greenroom_domain::interview::{Difficulty, InterviewType};
use serde::Deserialize;
use utoipa::IntoParams;

/// Questions for a set-up, grounded in its lines. Nothing is kept.
#[utoipa::path(post, path = "/api/questions/generate", tag = "questions", security(("bearer" = ["practise"])), request_body = GenerateBody,
    responses((status = 200, description = "Questions", body = ListOf<QuestionBody>), Failures))]
pub async fn generate(
    State(api): State<Api>,
    user: CurrentUser,
    Json(body): Json<GenerateBody>,
) -> Result<Json<ListOf<QuestionBody>>, ApiError> {
    let questions = app::generate(&api.app, user.0, body.config_id, body.count).await?;
    let bodies = questions.iter().map(|question| QuestionBody::new(&api.app, None, question, None));
    Ok(Json(ListOf::whole(bodies.collect())))
}

/// The follow-up that an answer invites. Nothing is kept.
#[utoipa::path(post, path = "/api/questions/follow-up", tag = "questions", security(("bearer" = ["practise"])), request_body = ResponseRef,
    responses((status = 200, description = "The follow-up, if any", body = FollowUpBody), Failures))]
pub async fn follow_up(
    State(api): State<Api>,
    user: CurrentUser,
    Json(body): Json<ResponseRef>,
) -> Result<Json<FollowUpBody>, ApiError> {
    let question = app::follow_up(&api.app, user.0, body.response_id).await?;
    let question = question.map(|question| QuestionBody::new(&api.app, None, &question, None));
    Ok(Json(FollowUpBody { question }))
}

/// The questions of an interview, in the order of asking.
#[utoipa::path(get, path = "/api/questions/session/{id}", tag = "questions", security(("bearer" = ["practise"])), params(("id" = SessionId, Path)),
    responses((status = 200, description = "Questions", body = ListOf<QuestionBody>), Failures))]
pub async fn of_session(
    State(api): State<Api>,
    user: CurrentUser,
    Id(id): Id<SessionId>,
) -> Result<Json<ListOf<QuestionBody>>, ApiError> {
    let asked = app::of_session(&api.app, user.0, id).await?;
    let bodies = asked.iter().map(|a| QuestionBody::new(&api.app, Some(id), &a.question, Some(a.at)));
    Ok(Json(ListOf::whole(bodies.collect())))
}

/// Which questions of the bank.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BankQuery {
    /// Exactly this tag.
    tag: Option<String>,
    /// This level.
    difficulty: Option<Difficulty>,
    /// This industry.
    industry: Option<String>,
    /// These words in the question.
    q: Option<String>,
    /// Entries on a page, 1..=100, default 20.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u64>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Questions of the bank, by category: `behavioral`, `technical`, `case` or `situational`.
#[utoipa::path(get, path = "/api/questions/bank/{category}", tag = "questions", security(("bearer" = ["practise"])),
    params(("category" = InterviewType, Path), BankQuery),
    responses((status = 200, description = "A page", body = ListOf<BankQuestionBody>), Failures))]
pub async fn in_bank(
    State(api): State<Api>,
    _: CurrentUser,
    Id(category): Id<String>,
    Query(query): Query<BankQuery>,
) -> Result<Json<ListOf<BankQuestionBody>>, ApiError> {
    let kind: InterviewType = serde_json::from_value(category.into())
        .map_err(|_| AppError::not_found("category_not_found", "category of questions"))?;
    let limit = query.limit.unwrap_or(20);
    if !(1..=100).contains(&limit) {
        return Err(AppError::field("limit", "Ask for 1 to 100 entries.").into());
    }
    let filter =
        BankFilter { tag: query.tag, difficulty: query.difficulty, industry: query.industry, q: query.q };
    let bank = api.app.bank();
    let found = app::in_bank(&bank, kind, &filter, query.after.as_deref(), limit as usize);
    let items: Vec<_> =
        found.into_iter().map(|(role, question)| BankQuestionBody::new(role, question)).collect();
    let next = items.last().filter(|_| items.len() as u64 == limit).map(|last| last.id.clone());
    Ok(Json(ListOf { items, next }))
}
