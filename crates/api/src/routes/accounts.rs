//! Accounts.

use crate::auth::{CurrentUser, MaybeSignedIn, SignedInAs, is_web_app, refresh_cookie};
use crate::dto::{LoginBody, RefreshBody, RegisterBody, SignedIn, UpdateMeBody, UserBody};
use crate::error::{ApiError, Failures};
use crate::extract::{Json, Query};
use crate::router::Api;
use crate::visitor::Visitor;
use crate::zipped::zipped;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use greenroom_app::accounts::{self as app, IssuedTokens};
use greenroom_domain::account::Profile;
use greenroom_domain::error::ErrorCode;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// Make an account. Signed in as a guest, the guest's data is kept.
#[utoipa::path(post, path = "/api/users/register", tag = "users", request_body = RegisterBody,
    responses((status = 201, description = "Signed in", body = SignedIn), Failures))]
pub async fn register(
    State(api): State<Api>,
    headers: HeaderMap,
    MaybeSignedIn(guest): MaybeSignedIn,
    Visitor(visit): Visitor,
    Json(body): Json<RegisterBody>,
) -> Result<Response, ApiError> {
    let tokens = app::register(&api.app, guest, body.into(), &visit).await?;
    signed_in(&api, &headers, StatusCode::CREATED, tokens).await
}

/// Start without an account. The data is kept for a day, or for good once registered.
#[utoipa::path(post, path = "/api/users/guest", tag = "users",
    responses((status = 201, description = "Signed in as a guest", body = SignedIn), Failures))]
pub async fn guest(
    State(api): State<Api>,
    headers: HeaderMap,
    Visitor(visit): Visitor,
) -> Result<Response, ApiError> {
    let tokens = app::start_guest(&api.app, &visit).await?;
    signed_in(&api, &headers, StatusCode::CREATED, tokens).await
}

/// Sign in.
#[utoipa::path(post, path = "/api/users/login", tag = "users", request_body = LoginBody,
    responses((status = 200, description = "Signed in", body = SignedIn), Failures))]
pub async fn login(
    State(api): State<Api>,
    headers: HeaderMap,
    Visitor(visit): Visitor,
    Json(body): Json<LoginBody>,
) -> Result<Response, ApiError> {
    let tokens = app::login(&api.app, &body.email, body.password, &visit).await?;
    // The cookie that is replaced could not sign out any more.
    app::logout(&api.app, refresh_cookie(&api, &headers).as_deref(), None).await?;
    signed_in(&api, &headers, StatusCode::OK, tokens).await
}

/// Exchange a refresh token for a new pair. A token that was used before ends its sign-in, and the account's `alerts`
/// say so; one that comes twice within ten seconds, as from two tabs at once, gets the same successor.
#[utoipa::path(post, path = "/api/users/refresh", tag = "users", request_body = RefreshBody,
    responses((status = 200, description = "Signed in", body = SignedIn), Failures))]
pub async fn refresh(
    State(api): State<Api>,
    headers: HeaderMap,
    Visitor(visit): Visitor,
    Json(body): Json<RefreshBody>,
) -> Result<Response, ApiError> {
    let token = body.refresh_token.or_else(|| refresh_cookie(&api, &headers)).unwrap_or_default();
    match app::refresh(&api.app, &token, &visit).await {
        Ok(tokens) => signed_in(&api, &headers, StatusCode::OK, tokens).await,
        // Cookies that are of no use any more would be tried, and explained, again and again.
        Err(refused) if refused.code == ErrorCode::Unauthenticated && is_web_app(&headers) => {
            let cookies = api.options.cookies().signed_out();
            Ok((cookies, ApiError::from(refused)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Sign out: the sign-in of the refresh token ends, and that of the request, with their access tokens.
#[utoipa::path(post, path = "/api/users/logout", tag = "users", request_body = RefreshBody,
    responses((status = 204, description = "Signed out"), Failures))]
pub async fn logout(
    State(api): State<Api>,
    headers: HeaderMap,
    MaybeSignedIn(caller): MaybeSignedIn,
    Json(body): Json<RefreshBody>,
) -> Result<Response, ApiError> {
    let token = body.refresh_token.or_else(|| refresh_cookie(&api, &headers));
    app::logout(&api.app, token.as_deref(), caller.map(|caller| caller.sign_in)).await?;
    Ok((api.options.cookies().signed_out(), StatusCode::NO_CONTENT).into_response())
}

/// The person who is signed in.
#[utoipa::path(get, path = "/api/users/me", tag = "users", security(("bearer" = ["own_account"])),
    responses((status = 200, description = "The account", body = UserBody), Failures))]
pub async fn me(State(api): State<Api>, user: CurrentUser) -> Result<Json<UserBody>, ApiError> {
    let user = app::me(&api.app, user.0).await?;
    let alerts = app::alerts(&api.app, user.id).await?;
    Ok(Json(UserBody::new(user, alerts)))
}

/// Change the account. A new password or address ends all other sign-ins.
#[utoipa::path(put, path = "/api/users/me", tag = "users", security(("bearer" = ["own_account"])), request_body = UpdateMeBody,
    responses((status = 200, description = "The account", body = UserBody), Failures))]
pub async fn update_me(
    State(api): State<Api>,
    SignedInAs(caller): SignedInAs,
    Visitor(visit): Visitor,
    Json(body): Json<UpdateMeBody>,
) -> Result<Json<UserBody>, ApiError> {
    let user = app::change(&api.app, &caller, body.into(), &visit).await?;
    let alerts = app::alerts(&api.app, user.id).await?;
    Ok(Json(UserBody::new(user, alerts)))
}

/// Erase the account and everything in it.
#[utoipa::path(delete, path = "/api/users/me", tag = "users", security(("bearer" = ["own_account"])),
    responses((status = 204, description = "Erased"), Failures))]
pub async fn delete_me(State(api): State<Api>, user: CurrentUser) -> Result<Response, ApiError> {
    app::erase(&api.app, user.0).await?;
    Ok((api.options.cookies().signed_out(), StatusCode::NO_CONTENT).into_response())
}

/// The profile.
#[utoipa::path(get, path = "/api/users/me/profile", tag = "users", security(("bearer" = ["own_account"])),
    responses((status = 200, description = "The profile", body = Profile), Failures))]
pub async fn profile(State(api): State<Api>, user: CurrentUser) -> Result<Json<Profile>, ApiError> {
    Ok(Json(app::profile(&api.app, user.0).await?))
}

/// Save the profile.
#[utoipa::path(put, path = "/api/users/me/profile", tag = "users", security(("bearer" = ["own_account"])), request_body = Profile,
    responses((status = 200, description = "The profile", body = Profile), Failures))]
pub async fn save_profile(
    State(api): State<Api>,
    user: CurrentUser,
    Json(profile): Json<Profile>,
) -> Result<Json<Profile>, ApiError> {
    Ok(Json(app::save_profile(&api.app, user.0, profile).await?))
}

/// How the data comes.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// One document for programs.
    #[default]
    Json,
    /// Files, some of them for people, in one archive.
    Zip,
}

/// Which form.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// `json` unless told otherwise.
    #[param(inline)]
    format: Option<ExportFormat>,
}

/// Everything that is stored of the person.
#[utoipa::path(get, path = "/api/users/me/export", tag = "users", security(("bearer" = ["own_account"])), params(ExportQuery),
    responses((status = 200, description = "All data",
        content((serde_json::Value = "application/json"), (Vec<u8> = "application/zip"))), Failures))]
pub async fn export(
    State(api): State<Api>,
    user: CurrentUser,
    Query(query): Query<ExportQuery>,
) -> Result<Response, ApiError> {
    if let Some(ExportFormat::Zip) = query.format {
        let files = app::archive(&api.app, user.0).await?;
        let headers = [
            (header::CONTENT_TYPE, "application/zip"),
            (header::CONTENT_DISPOSITION, "attachment; filename=\"greenroom-export.zip\""),
        ];
        return Ok((headers, Body::from_stream(zipped(files))).into_response());
    }
    let export = app::export(&api.app, user.0).await?;
    let name = [(header::CONTENT_DISPOSITION, "attachment; filename=\"greenroom-export.json\"")];
    Ok((name, Json(export)).into_response())
}

async fn signed_in(
    api: &Api,
    headers: &HeaderMap,
    status: StatusCode,
    tokens: IssuedTokens,
) -> Result<Response, ApiError> {
    let alerts = app::alerts(&api.app, tokens.user.id).await?;
    if !is_web_app(headers) {
        return Ok((status, Json(SignedIn::new(tokens, alerts, false))).into_response());
    }
    let cookies = api.options.cookies().signed_in(&tokens);
    Ok((status, cookies, Json(SignedIn::new(tokens, alerts, true))).into_response())
}
