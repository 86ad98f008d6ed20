//! Accounts.

use crate::auth::{CurrentUser, MaybeUser, is_web_app, refresh_cookie, sign_in_cookies, sign_out_cookies};
use crate::dto::{LoginBody, RefreshBody, RegisterBody, SignedIn, UpdateMeBody, UserBody};
use crate::error::{ApiError, Failures};
use crate::extract::Json;
use crate::router::Api;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use greenroom_app::accounts::{self as app, IssuedTokens};
use greenroom_domain::account::Profile;

/// Make an account. Signed in as a guest, the guest's data is kept.
#[utoipa::path(post, path = "/api/users/register", tag = "users", request_body = RegisterBody,
    responses((status = 201, description = "Signed in", body = SignedIn), Failures))]
pub async fn register(
    State(api): State<Api>,
    headers: HeaderMap,
    guest: MaybeUser,
    Json(body): Json<RegisterBody>,
) -> Result<Response, ApiError> {
    let tokens = app::register(&api.app, guest.0, body.into()).await?;
    Ok(signed_in(&api, &headers, StatusCode::CREATED, tokens))
}

/// Start without an account. The data is kept for a day, or for good once registered.
#[utoipa::path(post, path = "/api/users/guest", tag = "users",
    responses((status = 201, description = "Signed in as a guest", body = SignedIn), Failures))]
pub async fn guest(State(api): State<Api>, headers: HeaderMap) -> Result<Response, ApiError> {
    let tokens = app::start_guest(&api.app).await?;
    Ok(signed_in(&api, &headers, StatusCode::CREATED, tokens))
}

/// Sign in.
#[utoipa::path(post, path = "/api/users/login", tag = "users", request_body = LoginBody,
    responses((status = 200, description = "Signed in", body = SignedIn), Failures))]
pub async fn login(
    State(api): State<Api>,
    headers: HeaderMap,
    Json(body): Json<LoginBody>,
) -> Result<Response, ApiError> {
    let tokens = app::login(&api.app, &body.email, body.password).await?;
    Ok(signed_in(&api, &headers, StatusCode::OK, tokens))
}

/// Exchange a refresh token for a new pair. A token that was used before ends its whole family.
#[utoipa::path(post, path = "/api/users/refresh", tag = "users", request_body = RefreshBody,
    responses((status = 200, description = "Signed in", body = SignedIn), Failures))]
pub async fn refresh(
    State(api): State<Api>,
    headers: HeaderMap,
    Json(body): Json<RefreshBody>,
) -> Result<Response, ApiError> {
    let token = body.refresh_token.or_else(|| refresh_cookie(&headers)).unwrap_or_default();
    let tokens = app::refresh(&api.app, &token).await?;
    Ok(signed_in(&api, &headers, StatusCode::OK, tokens))
}

/// Sign out.
#[utoipa::path(post, path = "/api/users/logout", tag = "users", request_body = RefreshBody,
    responses((status = 204, description = "Signed out"), Failures))]
pub async fn logout(
    State(api): State<Api>,
    headers: HeaderMap,
    Json(body): Json<RefreshBody>,
) -> Result<Response, ApiError> {
    let token = body.refresh_token.or_else(|| refresh_cookie(&headers));
    app::logout(&api.app, token.as_deref()).await?;
    Ok((sign_out_cookies(api.options.is_https()), StatusCode::NO_CONTENT).into_response())
}

/// The person who is signed in.
#[utoipa::path(get, path = "/api/users/me", tag = "users", security(("bearer" = [])),
    responses((status = 200, description = "The account", body = UserBody), Failures))]
pub async fn me(State(api): State<Api>, user: CurrentUser) -> Result<Json<UserBody>, ApiError> {
    Ok(Json(app::me(&api.app, user.0).await?.into()))
}

/// Change the account. A new password ends all other sign-ins.
#[utoipa::path(put, path = "/api/users/me", tag = "users", security(("bearer" = [])), request_body = UpdateMeBody,
    responses((status = 200, description = "The account", body = UserBody), Failures))]
pub async fn update_me(
    State(api): State<Api>,
    user: CurrentUser,
    headers: HeaderMap,
    Json(mut body): Json<UpdateMeBody>,
) -> Result<Json<UserBody>, ApiError> {
    body.refresh_token = body.refresh_token.or_else(|| refresh_cookie(&headers));
    Ok(Json(app::change(&api.app, user.0, body.into()).await?.into()))
}

/// Erase the account and everything in it.
#[utoipa::path(delete, path = "/api/users/me", tag = "users", security(("bearer" = [])),
    responses((status = 204, description = "Erased"), Failures))]
pub async fn delete_me(State(api): State<Api>, user: CurrentUser) -> Result<Response, ApiError> {
    app::erase(&api.app, user.0).await?;
    Ok((sign_out_cookies(api.options.is_https()), StatusCode::NO_CONTENT).into_response())
}

/// The profile.
#[utoipa::path(get, path = "/api/users/me/profile", tag = "users", security(("bearer" = [])),
    responses((status = 200, description = "The profile", body = Profile), Failures))]
pub async fn profile(State(api): State<Api>, user: CurrentUser) -> Result<Json<Profile>, ApiError> {
    Ok(Json(app::profile(&api.app, user.0).await?))
}

/// Save the profile.
#[utoipa::path(put, path = "/api/users/me/profile", tag = "users", security(("bearer" = [])), request_body = Profile,
    responses((status = 200, description = "The profile", body = Profile), Failures))]
pub async fn save_profile(
    State(api): State<Api>,
    user: CurrentUser,
    Json(profile): Json<Profile>,
) -> Result<Json<Profile>, ApiError> {
    Ok(Json(app::save_profile(&api.app, user.0, profile).await?))
}

/// Everything that is stored of the person.
#[utoipa::path(get, path = "/api/users/me/export", tag = "users", security(("bearer" = [])),
    responses((status = 200, description = "All data", body = serde_json::Value), Failures))]
pub async fn export(State(api): State<Api>, user: CurrentUser) -> Result<Response, ApiError> {
    let export = app::export(&api.app, user.0).await?;
    let name = [(header::CONTENT_DISPOSITION, "attachment; filename=\"greenroom-export.json\"")];
    Ok((name, Json(export)).into_response())
}

fn signed_in(api: &Api, headers: &HeaderMap, status: StatusCode, tokens: IssuedTokens) -> Response {
    if !is_web_app(headers) {
        return (status, Json(SignedIn::new(tokens, false))).into_response();
    }
    let cookies = sign_in_cookies(&tokens, api.options.is_https());
    (status, cookies, Json(SignedIn::new(tokens, true))).into_response()
}
