//! Interview set-ups and job descriptions.

use crate::auth::CurrentUser;
use crate::dto::{CompetencyBody, ConfigBody, ConfigInput, JobBody, ParseJobBody};
use crate::error::{ApiError, Failures};
use crate::extract::{Id, Json, ListOf, PageQuery, Query};
use crate::idempotency::IdempotencyKey;
use crate::router::Api;
use axum::extract::State;
use axum::http::StatusCode;
use greenroom_app::configs as app;
use greenroom_domain::ids::ConfigId;

/// Make a set-up.
#[utoipa::path(post, path = "/api/configs", tag = "configs", security(("bearer" = ["practise"])), params(IdempotencyKey), request_body = ConfigInput,
    responses((status = 201, description = "The set-up", body = ConfigBody), Failures))]
pub async fn create(
    State(api): State<Api>,
    user: CurrentUser,
    Json(input): Json<ConfigInput>,
) -> Result<(StatusCode, Json<ConfigBody>), ApiError> {
    let config = app::create(&api.app, user.0, input.into()).await?;
    Ok((StatusCode::CREATED, Json(ConfigBody::new(&api.app, config))))
}

/// This person's set-ups, newest first.
#[utoipa::path(get, path = "/api/configs", tag = "configs", security(("bearer" = ["practise"])), params(PageQuery),
    responses((status = 200, description = "A page", body = ListOf<ConfigBody>), Failures))]
pub async fn list(
    State(api): State<Api>,
    user: CurrentUser,
    Query(page): Query<PageQuery>,
) -> Result<Json<ListOf<ConfigBody>>, ApiError> {
    let paged =
        app::list(&api.app, user.0, &page.page()?).await?.map(|config| ConfigBody::new(&api.app, config));
    Ok(Json(ListOf { items: paged.items, next: paged.next }))
}

/// A set-up.
#[utoipa::path(get, path = "/api/configs/{id}", tag = "configs", security(("bearer" = ["practise"])), params(("id" = ConfigId, Path)),
    responses((status = 200, description = "The set-up", body = ConfigBody), Failures))]
pub async fn get(
    State(api): State<Api>,
    user: CurrentUser,
    Id(id): Id<ConfigId>,
) -> Result<Json<ConfigBody>, ApiError> {
    Ok(Json(ConfigBody::new(&api.app, app::get(&api.app, user.0, id).await?)))
}

/// Replace a set-up. Interviews started from it keep what they began with.
#[utoipa::path(put, path = "/api/configs/{id}", tag = "configs", security(("bearer" = ["practise"])), params(("id" = ConfigId, Path)),
    request_body = ConfigInput, responses((status = 200, description = "The set-up", body = ConfigBody), Failures))]
pub async fn replace(
    State(api): State<Api>,
    user: CurrentUser,
    Id(id): Id<ConfigId>,
    Json(input): Json<ConfigInput>,
) -> Result<Json<ConfigBody>, ApiError> {
    Ok(Json(ConfigBody::new(&api.app, app::replace(&api.app, user.0, id, input.into()).await?)))
}

/// Forget a set-up. Interviews started from it stay.
#[utoipa::path(delete, path = "/api/configs/{id}", tag = "configs", security(("bearer" = ["practise"])), params(("id" = ConfigId, Path)),
    responses((status = 204, description = "Forgotten"), Failures))]
pub async fn delete(
    State(api): State<Api>,
    user: CurrentUser,
    Id(id): Id<ConfigId>,
) -> Result<StatusCode, ApiError> {
    app::delete(&api.app, user.0, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Read a job description. Nothing is kept.
#[utoipa::path(post, path = "/api/configs/parse-job-desc", tag = "configs", security(("bearer" = ["practise"])),
    request_body = ParseJobBody, responses((status = 200, description = "What was read", body = JobBody), Failures))]
pub async fn parse_job(
    State(api): State<Api>,
    _: CurrentUser,
    Json(body): Json<ParseJobBody>,
) -> Result<Json<JobBody>, ApiError> {
    Ok(Json(JobBody::new(&api.app, app::parse_job(&api.app, &body.job_description).await?)))
}

/// The competency taxonomy.
#[utoipa::path(get, path = "/api/competencies", tag = "configs", security(("bearer" = ["practise"])),
    responses((status = 200, description = "All competencies", body = ListOf<CompetencyBody>), Failures))]
pub async fn competencies(State(api): State<Api>, _: CurrentUser) -> Json<ListOf<CompetencyBody>> {
    let bank = api.app.bank();
    let all = bank.competencies().iter().map(|competency| CompetencyBody {
        key: competency.key.clone(),
        label: competency.label.clone(),
        kind: competency.kind,
        description: competency.description.clone(),
    });
    Json(ListOf::whole(all.collect()))
}
