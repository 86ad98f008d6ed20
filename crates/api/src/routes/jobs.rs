//! Background work, for administrators.

use crate::auth::Administrator;
use crate::dto::{JobLoadBody, QueuedJobBody, QueuedJobStatus};
use crate::error::{ApiError, Failures};
use crate::extract::{Id, Json, ListOf, PageQuery, Query};
use crate::router::Api;
use axum::extract::State;
use axum::http::StatusCode;
use greenroom_app::{JobFilter, jobs as app};
use greenroom_domain::ids::JobId;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which background work.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct JobsQuery {
    /// Entries on a page, 1..=100, default 20.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u64>,
    /// `next` of the page before.
    #[param(pattern = "^[0-9a-z]{1,12}[.][0-9a-f]{32}$")]
    after: Option<String>,
    /// Only work that stands there.
    status: Option<QueuedJobStatus>,
    /// Only work of this kind.
    kind: Option<String>,
}

/// Background work, latest due first.
#[utoipa::path(get, path = "/api/admin/jobs", tag = "jobs", security(("bearer" = ["administer"])), params(JobsQuery),
    responses((status = 200, description = "A page", body = ListOf<QueuedJobBody>), Failures))]
pub async fn list(
    State(api): State<Api>,
    _: Administrator,
    Query(query): Query<JobsQuery>,
) -> Result<Json<ListOf<QueuedJobBody>>, ApiError> {
    let page = PageQuery::new(query.limit, query.after).page()?;
    let filter = JobFilter { state: query.status.map(Into::into), kind: query.kind };
    let paged = app::list(&api.app, &filter, &page).await?.map(QueuedJobBody::from);
    Ok(Json(ListOf { items: paged.items, next: paged.next }))
}

/// How much background work there is of each kind.
#[utoipa::path(get, path = "/api/admin/jobs/load", tag = "jobs", security(("bearer" = ["administer"])),
    responses((status = 200, description = "All kinds", body = ListOf<JobLoadBody>), Failures))]
pub async fn load(State(api): State<Api>, _: Administrator) -> Result<Json<ListOf<JobLoadBody>>, ApiError> {
    let loads = app::load(&api.app).await?;
    Ok(Json(ListOf::whole(loads.into_iter().map(JobLoadBody::from).collect())))
}

/// Try work again that was given up, with all its attempts.
#[utoipa::path(post, path = "/api/admin/jobs/{id}/retry", tag = "jobs", security(("bearer" = ["administer"])), params(("id" = JobId, Path)),
    responses((status = 202, description = "It is queued"), Failures))]
pub async fn retry(
    State(api): State<Api>,
    admin: Administrator,
    Id(id): Id<JobId>,
) -> Result<StatusCode, ApiError> {
    app::retry(&api.app, admin.0, id).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Forget work that was given up.
#[utoipa::path(delete, path = "/api/admin/jobs/{id}", tag = "jobs", security(("bearer" = ["administer"])), params(("id" = JobId, Path)),
    responses((status = 204, description = "Forgotten"), Failures))]
pub async fn drop(
    State(api): State<Api>,
    admin: Administrator,
    Id(id): Id<JobId>,
) -> Result<StatusCode, ApiError> {
    app::drop(&api.app, admin.0, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
