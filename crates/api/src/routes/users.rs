//! People, for administrators.

use crate::auth::Administrator;
use crate::dto::{EndedBody, ManagedUserBody, RoleBody, UserGroupName};
use crate::error::{ApiError, Failures};
use crate::extract::{Id, Json, ListOf, PageQuery, Query};
use crate::router::Api;
use axum::extract::State;
use axum::http::StatusCode;
use greenroom_app::{AppError, UserFilter, users as app};
use greenroom_domain::account::Role;
use greenroom_domain::ids::UserId;
use serde::Deserialize;
use utoipa::IntoParams;

/// Characters that are looked for: no address is longer.
const LONGEST: usize = 254;

/// Which people.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct UsersQuery {
    /// Entries on a page, 1..=100, default 20.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u64>,
    /// `next` of the page before.
    #[param(pattern = "^[0-9a-z]{1,12}[.][0-9a-f]{32}$")]
    after: Option<String>,
    /// Only those whose name or address holds this.
    #[param(max_length = 254)]
    q: Option<String>,
    /// Only those with this role.
    role: Option<Role>,
    /// Who is meant; `accounts` when left out.
    group: Option<UserGroupName>,
}

/// People, the newest first.
#[utoipa::path(get, path = "/api/admin/users", tag = "people", security(("bearer" = ["administer"])), params(UsersQuery),
    responses((status = 200, description = "A page", body = ListOf<ManagedUserBody>), Failures))]
pub async fn list(
    State(api): State<Api>,
    admin: Administrator,
    Query(query): Query<UsersQuery>,
) -> Result<Json<ListOf<ManagedUserBody>>, ApiError> {
    let page = PageQuery::new(query.limit, query.after).page()?;
    if query.q.as_ref().is_some_and(|words| words.chars().count() > LONGEST) {
        return Err(AppError::field("q", "Look for at most 254 characters.").into());
    }
    let group = query.group.map(Into::into).unwrap_or_default();
    let filter = UserFilter { words: query.q, role: query.role, group };
    let paged = app::list(&api.app, admin.0, &filter, &page).await?.map(ManagedUserBody::from);
    Ok(Json(ListOf { items: paged.items, next: paged.next }))
}

/// Somebody.
#[utoipa::path(get, path = "/api/admin/users/{id}", tag = "people", security(("bearer" = ["administer"])), params(("id" = UserId, Path)),
    responses((status = 200, description = "The person", body = ManagedUserBody), Failures))]
pub async fn get(
    State(api): State<Api>,
    admin: Administrator,
    Id(id): Id<UserId>,
) -> Result<Json<ManagedUserBody>, ApiError> {
    Ok(Json(app::view(&api.app, admin.0, id).await?.into()))
}

/// Give somebody another role, from their next request on. The last administrator stays one.
#[utoipa::path(put, path = "/api/admin/users/{id}/role", tag = "people", security(("bearer" = ["administer"])), params(("id" = UserId, Path)),
    request_body = RoleBody, responses((status = 200, description = "The person", body = ManagedUserBody), Failures))]
pub async fn set_role(
    State(api): State<Api>,
    admin: Administrator,
    Id(id): Id<UserId>,
    Json(body): Json<RoleBody>,
) -> Result<Json<ManagedUserBody>, ApiError> {
    Ok(Json(app::set_role(&api.app, admin.0, id, body.role).await?.into()))
}

/// Keep somebody out: their sign-ins end, and nobody signs in to the account until it is unlocked. What is in it is kept.
#[utoipa::path(post, path = "/api/admin/users/{id}/lock", tag = "people", security(("bearer" = ["administer"])), params(("id" = UserId, Path)),
    responses((status = 200, description = "The person", body = ManagedUserBody), Failures))]
pub async fn lock(
    State(api): State<Api>,
    admin: Administrator,
    Id(id): Id<UserId>,
) -> Result<Json<ManagedUserBody>, ApiError> {
    Ok(Json(app::lock(&api.app, admin.0, id).await?.into()))
}

/// Let somebody in again, also who has to wait after wrong passwords.
#[utoipa::path(post, path = "/api/admin/users/{id}/unlock", tag = "people", security(("bearer" = ["administer"])), params(("id" = UserId, Path)),
    responses((status = 200, description = "The person", body = ManagedUserBody), Failures))]
pub async fn unlock(
    State(api): State<Api>,
    admin: Administrator,
    Id(id): Id<UserId>,
) -> Result<Json<ManagedUserBody>, ApiError> {
    Ok(Json(app::unlock(&api.app, admin.0, id).await?.into()))
}

/// Sign somebody out everywhere.
#[utoipa::path(delete, path = "/api/admin/users/{id}/sessions", tag = "people", security(("bearer" = ["administer"])), params(("id" = UserId, Path)),
    responses((status = 200, description = "How many sign-ins ended", body = EndedBody), Failures))]
pub async fn end_sign_ins(
    State(api): State<Api>,
    admin: Administrator,
    Id(id): Id<UserId>,
) -> Result<Json<EndedBody>, ApiError> {
    Ok(Json(EndedBody { ended: app::end_sign_ins(&api.app, admin.0, id).await? }))
}

/// Erase somebody with everything of theirs. Nobody can undo it.
#[utoipa::path(delete, path = "/api/admin/users/{id}", tag = "people", security(("bearer" = ["administer"])), params(("id" = UserId, Path)),
    responses((status = 204, description = "Erased"), Failures))]
pub async fn erase(
    State(api): State<Api>,
    admin: Administrator,
    Id(id): Id<UserId>,
) -> Result<StatusCode, ApiError> {
    app::erase(&api.app, admin.0, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
