//! Language models, for administrators.

use crate::auth::Administrator;
use crate::dto::{
    ModelBody, ModelOrderBody, ModelSettingsBody, ModelTestBody, ModelTestedBody, ModelsBody, NewModelBody,
};
use crate::error::{ApiError, Failures};
use crate::extract::{Id, Json};
use crate::router::Api;
use axum::extract::State;
use axum::http::StatusCode;
use greenroom_app::models as app;
use utoipa::IntoParams;

/// The name of a provider in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "describes the parameter for the OpenAPI document; never built")]
pub struct ModelName {
    #[param(pattern = "^[a-z0-9][a-z0-9_-]{0,39}$")]
    name: String,
}

/// Who is asked, in which order, and what was spent.
#[utoipa::path(get, path = "/api/admin/models", tag = "models", security(("bearer" = ["administer"])),
    responses((status = 200, description = "The models", body = ModelsBody), Failures))]
pub async fn list(State(api): State<Api>, _: Administrator) -> Result<Json<ModelsBody>, ApiError> {
    Ok(Json(app::overview(&api.app).await?.into()))
}

/// Add a provider, to be asked after the others that were entered here. It is asked at once.
#[utoipa::path(post, path = "/api/admin/models", tag = "models", security(("bearer" = ["administer"])),
    request_body = NewModelBody,
    responses((status = 201, description = "The provider", body = ModelBody), Failures))]
pub async fn add(
    State(api): State<Api>,
    admin: Administrator,
    Json(body): Json<NewModelBody>,
) -> Result<(StatusCode, Json<ModelBody>), ApiError> {
    let entry = app::add(&api.app, admin.0, body.into()).await?;
    Ok((StatusCode::CREATED, Json(entry.into())))
}

/// Change a provider. With another address its key has to be entered again.
#[utoipa::path(put, path = "/api/admin/models/{name}", tag = "models", security(("bearer" = ["administer"])),
    params(ModelName), request_body = ModelSettingsBody,
    responses((status = 200, description = "The provider", body = ModelBody), Failures))]
pub async fn change(
    State(api): State<Api>,
    admin: Administrator,
    Id(name): Id<String>,
    Json(body): Json<ModelSettingsBody>,
) -> Result<Json<ModelBody>, ApiError> {
    Ok(Json(app::change(&api.app, admin.0, body.of(name)).await?.into()))
}

/// Delete a provider. For ten minutes it can be put back.
#[utoipa::path(delete, path = "/api/admin/models/{name}", tag = "models", security(("bearer" = ["administer"])),
    params(ModelName), responses((status = 204, description = "Deleted"), Failures))]
pub async fn delete(
    State(api): State<Api>,
    admin: Administrator,
    Id(name): Id<String>,
) -> Result<StatusCode, ApiError> {
    app::delete(&api.app, admin.0, &name).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Put a provider back that was deleted within the last ten minutes, key and all.
#[utoipa::path(post, path = "/api/admin/models/{name}/restore", tag = "models", security(("bearer" = ["administer"])),
    params(ModelName), responses((status = 200, description = "The provider", body = ModelBody), Failures))]
pub async fn restore(
    State(api): State<Api>,
    admin: Administrator,
    Id(name): Id<String>,
) -> Result<Json<ModelBody>, ApiError> {
    Ok(Json(app::restore(&api.app, admin.0, &name).await?.into()))
}

/// Put the providers that were entered here in another order.
#[utoipa::path(put, path = "/api/admin/models/order", tag = "models", security(("bearer" = ["administer"])),
    request_body = ModelOrderBody,
    responses((status = 200, description = "The models", body = ModelsBody), Failures))]
pub async fn order(
    State(api): State<Api>,
    admin: Administrator,
    Json(body): Json<ModelOrderBody>,
) -> Result<Json<ModelsBody>, ApiError> {
    app::order(&api.app, admin.0, &body.names).await?;
    Ok(Json(app::overview(&api.app).await?.into()))
}

/// Try one part of a provider out, saved or not yet. Only words that are made up are sent to it.
#[utoipa::path(post, path = "/api/admin/models/test", tag = "models", security(("bearer" = ["administer"])),
    request_body = ModelTestBody,
    responses((status = 200, description = "What it showed", body = ModelTestedBody), Failures))]
pub async fn test(
    State(api): State<Api>,
    admin: Administrator,
    Json(body): Json<ModelTestBody>,
) -> Result<Json<ModelTestedBody>, ApiError> {
    let (input, part) = body.into();
    Ok(Json(app::try_out(&api.app, admin.0, input, part).await?.into()))
}
