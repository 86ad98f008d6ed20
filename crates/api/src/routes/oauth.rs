//! Signing in by other providers. Browsers come here by following links, so refusals are told by a page of the web app:
//! these addresses answer with a redirect to it.

use crate::auth::{CurrentUser, MaybeSignedIn};
use crate::dto::WaysInBody;
use crate::error::{ApiError, Failures};
use crate::extract::{Id, Json, Query};
use crate::router::Api;
use crate::visitor::Visitor;
use axum::extract::State;
use axum::extract::rejection::QueryRejection;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use greenroom_app::AppError;
use greenroom_app::accounts::by_provider::{self, Arrival, Leaving};
use greenroom_domain::error::ErrorCode;
use serde::Deserialize;
use utoipa::IntoParams;

/// Where who signed in goes when they did not say.
const HOME: &str = "/history";
const ACCOUNT: &str = "/account";

/// How somebody leaves.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StartQuery {
    /// A path of the web app to go to afterwards.
    #[param(max_length = 2000)]
    next: Option<String>,
    /// To link the provider to the account that is signed in, instead of signing in.
    link: Option<bool>,
    /// Version of the terms and the privacy text that were shown.
    #[param(max_length = 40)]
    texts: Option<String>,
}

/// Leave for a provider, to sign in there. For browsers: it answers with a redirect and a cookie that ties the way back
/// to this browser. What goes wrong is told by the page that is redirected to, by the parameter `oauth_error`.
#[utoipa::path(get, path = "/api/oauth/{provider}/start", tag = "users",
    params(("provider" = String, Path, description = "Name of the provider, as in `GET /api/about`"), StartQuery),
    responses((status = 303, description = "To the provider, or to a page that says what went wrong"), Failures))]
pub async fn start(
    State(api): State<Api>,
    Id(provider): Id<String>,
    Query(query): Query<StartQuery>,
    here: MaybeSignedIn,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let link = query.link.unwrap_or(false);
    let Some(origin) = origin(&api, &headers) else {
        let message =
            "Set server.public_url to the address of this server; the provider sends people back to it.";
        let error = AppError::new(ErrorCode::UpstreamFailed, "oauth_misconfigured", message);
        tracing::warn!("server.public_url is needed to sign in by a provider");
        return Ok(turn(&error, link));
    };
    let leaving = Leaving {
        redirect: format!("{origin}/api/oauth/{provider}/callback"),
        provider,
        user: here.0.map(|caller| caller.user),
        link,
        next: query.next.filter(|next| is_path(next)),
        texts: query.texts.filter(|version| version.len() <= 40),
    };
    match by_provider::depart(&api.app, leaving).await {
        Ok(left) => {
            let cookie = api.options.cookies().ticket(left.ticket, left.seconds);
            Ok((cookie, to(&left.url)).into_response())
        }
        Err(error) if error.code == ErrorCode::NotFound => Err(error.into()),
        Err(error) => Ok(turn(&error, link)),
    }
}

/// Come back from a provider. For browsers: it signs in, or links, and answers with a redirect to the web app.
#[utoipa::path(get, path = "/api/oauth/{provider}/callback", tag = "users",
    params(("provider" = String, Path, description = "Name of the provider"),
        ("state" = Option<String>, Query, description = "As the provider returns it"),
        ("code" = Option<String>, Query, description = "As the provider returns it")),
    responses((status = 303, description = "To the web app: signed in, or with `oauth_error`"), Failures))]
pub async fn callback(
    State(api): State<Api>,
    Id(provider): Id<String>,
    query: Result<axum::extract::Query<Vec<(String, String)>>, QueryRejection>,
    Visitor(visit): Visitor,
    headers: HeaderMap,
) -> Response {
    let cookies = api.options.cookies();
    let arrival =
        arrival(provider, query.map(|pairs| pairs.0).unwrap_or_default(), cookies.ticket_of(&headers));
    // The way back is taken, whatever comes of it.
    let used = cookies.ticket(String::new(), 0);
    match by_provider::arrive(&api.app, arrival, &visit).await {
        Ok(arrived) => match arrived.tokens {
            Some(tokens) => {
                let next = arrived.next.as_deref().unwrap_or(HOME);
                (used, cookies.signed_in(&tokens), to(next)).into_response()
            }
            None => (used, to(arrived.next.as_deref().unwrap_or(ACCOUNT))).into_response(),
        },
        Err(turned) => (used, turn(&turned.error, turned.link)).into_response(),
    }
}

/// By which ways one can sign in to the account.
#[utoipa::path(get, path = "/api/users/me/identities", tag = "users", security(("bearer" = ["own_account"])),
    responses((status = 200, description = "The ways in", body = WaysInBody), Failures))]
pub async fn identities(State(api): State<Api>, user: CurrentUser) -> Result<Json<WaysInBody>, ApiError> {
    Ok(Json(by_provider::ways_in(&api.app, user.0).await?.into()))
}

/// Unlink a provider. The last way into the account stays.
#[utoipa::path(delete, path = "/api/users/me/identities/{provider}", tag = "users", security(("bearer" = ["own_account"])),
    params(("provider" = String, Path, description = "Name of the provider")),
    responses((status = 204, description = "Unlinked"), Failures))]
pub async fn unlink(
    State(api): State<Api>,
    user: CurrentUser,
    Id(provider): Id<String>,
) -> Result<StatusCode, ApiError> {
    by_provider::unlink(&api.app, user.0, &provider).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a provider adds to the address, whatever else it adds. A parameter that comes twice counts as none.
fn arrival(provider: String, pairs: Vec<(String, String)>, ticket: Option<String>) -> Arrival {
    let one = |name: &str| {
        let mut values = pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| value);
        values.next().filter(|_| values.next().is_none()).cloned()
    };
    Arrival {
        provider,
        ticket,
        state: one("state"),
        code: one("code"),
        error: one("error"),
        issuer: one("iss"),
    }
}

/// Scheme and host as people see them. Without `server.public_url` only this machine's own names are believed: the
/// header is written by whoever asks.
fn origin(api: &Api, headers: &HeaderMap) -> Option<String> {
    if let Some(url) = &api.options.public_url {
        return Some(url.to_string());
    }
    let host = headers.get(header::HOST)?.to_str().ok()?;
    let name = host
        .rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
        .map_or(host, |(name, _)| name);
    ["127.0.0.1", "localhost", "[::1]"].contains(&name).then(|| format!("http://{host}"))
}

/// A path of this site. Browsers drop tabs and line breaks from an address and take a backslash for a slash.
fn is_path(next: &str) -> bool {
    let plain = next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    plain && next.len() <= 2000 && next.starts_with('/') && !next.starts_with("//")
}

/// To the page that says what went wrong: it knows the words for the name.
fn turn(error: &AppError, link: bool) -> Response {
    let page = if link { ACCOUNT } else { "/login" };
    to(&format!("{page}?oauth_error={}", error.error))
}

fn to(url: &str) -> Response {
    match HeaderValue::from_str(url) {
        Ok(url) => (StatusCode::SEE_OTHER, [(header::LOCATION, url)]).into_response(),
        Err(error) => ApiError::from(AppError::internal(error)).into_response(),
    }
}
