//! Who sends a request: a bearer token, or the web app's cookies with protection against forged requests.

use crate::error::ApiError;
use crate::options::Options;
use crate::router::Api;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, Method, header};
use greenroom_app::AppError;
use greenroom_app::accounts::Caller;
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::UserId;
use greenroom_domain::permission::Permission;

/// Sent by the web app with every request; another site cannot send it without our leave.
pub(crate) const CLIENT_HEADER: &str = "x-greenroom-client";

/// Who sends the request, and by which sign-in.
#[derive(Clone, Copy, Debug)]
pub struct SignedInAs(pub Caller);

impl FromRequestParts<Api> for SignedInAs {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, ApiError> {
        Ok(Self(caller(api, &parts.method, &parts.headers, &parts.extensions).await?))
    }
}

/// The person who sends the request.
#[derive(Clone, Copy, Debug)]
pub struct CurrentUser(pub UserId);

impl FromRequestParts<Api> for CurrentUser {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, ApiError> {
        Ok(Self(caller(api, &parts.method, &parts.headers, &parts.extensions).await?.user))
    }
}

/// The person who sends the request, who is an administrator.
#[derive(Clone, Copy, Debug)]
pub struct Administrator(pub UserId);

impl FromRequestParts<Api> for Administrator {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, ApiError> {
        let caller = caller(api, &parts.method, &parts.headers, &parts.extensions).await?;
        api.app.permit(&caller, Permission::Administer).await?;
        Ok(Self(caller.user))
    }
}

/// The person who sends the request, who looks after questions: a curator or an administrator.
#[derive(Clone, Copy, Debug)]
pub struct Curator(pub UserId);

impl FromRequestParts<Api> for Curator {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, ApiError> {
        let caller = caller(api, &parts.method, &parts.headers, &parts.extensions).await?;
        api.app.permit(&caller, Permission::Curate).await?;
        Ok(Self(caller.user))
    }
}

/// Who sends the request, if anybody is signed in.
#[derive(Clone, Copy, Debug)]
pub struct MaybeSignedIn(pub Option<Caller>);

impl FromRequestParts<Api> for MaybeSignedIn {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, ApiError> {
        Ok(Self(caller(api, &parts.method, &parts.headers, &parts.extensions).await.ok()))
    }
}

/// Who sends the request: as the check of permissions has found, else looked up.
pub(crate) async fn caller(
    api: &Api,
    method: &Method,
    headers: &HeaderMap,
    known: &Extensions,
) -> Result<Caller, ApiError> {
    match known.get::<Caller>() {
        Some(caller) => Ok(*caller),
        None => authenticate(api, method, headers).await,
    }
}

pub(crate) async fn authenticate(
    api: &Api,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Caller, ApiError> {
    if let Some(token) = bearer(headers) {
        return Ok(api.app.authenticate(token).await?);
    }
    let cookie = api.options.cookies().access_of(headers).unwrap_or_default();
    let caller = api.app.authenticate(&cookie).await?;
    if !method.is_safe() && !is_web_app(headers) {
        return Err(forged());
    }
    Ok(caller)
}

/// A WebSocket cannot carry the header of the web app, so its origin is checked instead.
pub(crate) fn same_origin(headers: &HeaderMap, options: &Options) -> Result<(), ApiError> {
    let text = |name| headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    let Some(origin) = text(header::ORIGIN) else { return Ok(()) };
    let host = text(header::HOST).unwrap_or_default();
    if options.public_url.as_ref().is_some_and(|ours| ours.to_string() == origin) {
        // A proxy may have written another host.
        return Ok(());
    }
    match origin.split_once("://") {
        Some((_, from)) if from == host => Ok(()),
        _ => Err(forged()),
    }
}

pub(crate) fn is_web_app(headers: &HeaderMap) -> bool {
    headers.get(CLIENT_HEADER).is_some_and(|value| value == "web")
}

/// The refresh token that the web app keeps in its cookie.
pub(crate) fn refresh_cookie(api: &Api, headers: &HeaderMap) -> Option<String> {
    if !is_web_app(headers) {
        return None;
    }
    api.options.cookies().refresh_of(headers)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

fn forged() -> ApiError {
    let message = "This request did not come from the app's own pages, so it was refused.";
    AppError::new(ErrorCode::Forbidden, "cross_site_request", message).into()
}
