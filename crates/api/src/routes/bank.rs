//! The question bank, for those who look after it.

use super::document::download;
use crate::auth::Curator;
use crate::dto::{
    BankImportBody, BankImportedBody, BankRoleBody, CuratedQuestionBody, QuestionFormat, QuestionOrigin,
    QuestionVersionBody,
};
use crate::error::{ApiError, Failures};
use crate::extract::{Id, Json, ListOf, Query};
use crate::router::Api;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use greenroom_app::AppError;
use greenroom_app::bank as app;
use greenroom_domain::bank::BankEntry;
use greenroom_domain::interview::{Difficulty, InterviewType};
use serde::Deserialize;
use utoipa::IntoParams;

/// Which questions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CuratedQuery {
    /// Of this role.
    role: Option<String>,
    /// Of this type.
    #[serde(rename = "type")]
    #[param(rename = "type")]
    kind: Option<InterviewType>,
    /// Of this level.
    difficulty: Option<Difficulty>,
    /// Of this competency.
    competency: Option<String>,
    /// That are there in this language, an ISO 639-1 code.
    language: Option<String>,
    /// From there.
    #[param(inline)]
    origin: Option<QuestionOrigin>,
    /// Retired ones and no others; default false.
    retired: Option<bool>,
    /// These words in key, question or reference.
    q: Option<String>,
    /// Entries on a page, 1..=100, default 20.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u64>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Questions in the order of their keys. For curators and administrators.
#[utoipa::path(get, path = "/api/bank", tag = "bank", security(("bearer" = ["curate"])), params(CuratedQuery),
    responses((status = 200, description = "A page", body = ListOf<CuratedQuestionBody>), Failures))]
pub async fn list(
    State(api): State<Api>,
    _: Curator,
    Query(query): Query<CuratedQuery>,
) -> Result<Json<ListOf<CuratedQuestionBody>>, ApiError> {
    let limit = query.limit.unwrap_or(20);
    if !(1..=100).contains(&limit) {
        return Err(AppError::field("limit", "Ask for 1 to 100 entries.").into());
    }
    let wanted = app::BankQuery {
        role: query.role,
        kind: query.kind,
        difficulty: query.difficulty,
        competency: query.competency,
        language: query.language,
        origin: query.origin.map(Into::into),
        retired: query.retired.unwrap_or(false),
        q: query.q,
    };
    let (page, more) = app::list(&api.app, &wanted, query.after.as_deref(), limit as usize).await?;
    let items: Vec<_> = page.into_iter().map(|listed| CuratedQuestionBody::new(&api.app, listed)).collect();
    let next = items.last().filter(|_| more).map(|last| last.id().to_owned());
    Ok(Json(ListOf { items, next }))
}

/// In which words.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WordsQuery {
    /// ISO 639-1 code, one of the question's `languages`; English unless told otherwise.
    language: Option<String>,
}

/// One question, also a retired one. For curators and administrators.
#[utoipa::path(get, path = "/api/bank/questions/{id}", tag = "bank", security(("bearer" = ["curate"])),
    params(("id" = String, Path), WordsQuery),
    responses((status = 200, description = "The question", body = CuratedQuestionBody), Failures))]
pub async fn get(
    State(api): State<Api>,
    _: Curator,
    Id(id): Id<String>,
    Query(query): Query<WordsQuery>,
) -> Result<Json<CuratedQuestionBody>, ApiError> {
    let listed = app::get_in(&api.app, &id, query.language.as_deref().unwrap_or("en")).await?;
    Ok(Json(CuratedQuestionBody::new(&api.app, listed)))
}

/// All versions of a question, the newest first; none of what ships. For curators and administrators.
#[utoipa::path(get, path = "/api/bank/questions/{id}/versions", tag = "bank", security(("bearer" = ["curate"])),
    params(("id" = String, Path)),
    responses((status = 200, description = "All of them", body = ListOf<QuestionVersionBody>), Failures))]
pub async fn versions(
    State(api): State<Api>,
    _: Curator,
    Id(id): Id<String>,
) -> Result<Json<ListOf<QuestionVersionBody>>, ApiError> {
    let versions = app::versions(&api.app, &id).await?.into_iter();
    Ok(Json(ListOf::whole(versions.map(QuestionVersionBody::from).collect())))
}

/// The roles of the bank. For curators and administrators.
#[utoipa::path(get, path = "/api/bank/roles", tag = "bank", security(("bearer" = ["curate"])),
    responses((status = 200, description = "All of them", body = ListOf<BankRoleBody>), Failures))]
pub async fn roles(State(api): State<Api>, _: Curator) -> Json<ListOf<BankRoleBody>> {
    let bank = api.app.bank();
    Json(ListOf::whole(bank.roles().iter().map(BankRoleBody::from).collect()))
}

/// Add a question, or another version of one that was added. It is checked like one that ships, and asked from then on.
#[utoipa::path(put, path = "/api/bank/questions/{id}", tag = "bank", security(("bearer" = ["curate"])),
    params(("id" = String, Path)), request_body = BankEntry,
    responses((status = 200, description = "The question", body = CuratedQuestionBody), Failures))]
pub async fn save(
    State(api): State<Api>,
    curator: Curator,
    Id(id): Id<String>,
    Json(entry): Json<BankEntry>,
) -> Result<Json<CuratedQuestionBody>, ApiError> {
    if entry.question.id != id {
        return Err(AppError::field("question.id", "This must be the key in the address.").into());
    }
    let listed = app::save(&api.app, curator.0, entry).await?;
    Ok(Json(CuratedQuestionBody::new(&api.app, listed)))
}

/// Ask a question no more. It is kept, and can be stored again. What ships stays.
#[utoipa::path(delete, path = "/api/bank/questions/{id}", tag = "bank", security(("bearer" = ["curate"])),
    params(("id" = String, Path)), responses((status = 204, description = "Retired"), Failures))]
pub async fn retire(
    State(api): State<Api>,
    curator: Curator,
    Id(id): Id<String>,
) -> Result<StatusCode, ApiError> {
    app::retire(&api.app, curator.0, &id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Take in questions from a file. Each row is checked; what passes goes in, the rest is named with line and column.
#[utoipa::path(post, path = "/api/bank/import", tag = "bank", security(("bearer" = ["curate"])),
    request_body = BankImportBody,
    responses((status = 200, description = "What became of it", body = BankImportedBody), Failures))]
pub async fn import(
    State(api): State<Api>,
    curator: Curator,
    Json(body): Json<BankImportBody>,
) -> Result<Json<BankImportedBody>, ApiError> {
    let dry_run = body.dry_run;
    let imported = match dry_run {
        true => app::rehearse(&api.app, body.into()).await?,
        false => app::import(&api.app, Some(curator.0), body.into()).await?,
    };
    Ok(Json(BankImportedBody::new(imported, dry_run)))
}

/// What to write.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// `jsonl` unless told otherwise.
    #[param(inline)]
    format: Option<QuestionFormat>,
    /// Only questions of this role.
    role: Option<String>,
}

/// All questions that are asked, as a file that can be imported again.
#[utoipa::path(get, path = "/api/bank/export", tag = "bank", security(("bearer" = ["curate"])), params(ExportQuery),
    responses((status = 200, description = "The file",
        content((String = "application/jsonl"), (String = "text/csv"))), Failures))]
pub async fn export(
    State(api): State<Api>,
    _: Curator,
    Query(query): Query<ExportQuery>,
) -> Result<Response, ApiError> {
    let format = query.format.unwrap_or_default();
    let file = app::export(&api.app, format.into(), query.role.as_deref()).await?.into_bytes();
    Ok(match format {
        QuestionFormat::Jsonl => download(file, "application/jsonl", "questions.jsonl"),
        QuestionFormat::Csv => download(file, "text/csv; charset=utf-8", "questions.csv"),
    })
}
