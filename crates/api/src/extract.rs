//! Extractors whose refusals wear the one envelope.

use crate::error::ApiError;
use crate::json_body::{self, Misfit, Unreadable};
use crate::query_words;
use axum::body::Bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use greenroom_app::AppError;
use greenroom_app::Page;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::str::FromStr;
use utoipa::{IntoParams, ToSchema};

/// A JSON body.
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        if !is_json(request.headers()) {
            return Err(ApiError::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported_media_type",
                "Send JSON with the header Content-Type: application/json.",
            ));
        }
        if request.headers().get(header::CONTENT_ENCODING).is_some_and(|coding| coding != "identity") {
            let message = "Send the body as it is, without Content-Encoding.";
            return Err(ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", message));
        }
        let bytes =
            Bytes::from_request(request, state).await.map_err(|rejection| match rejection.status() {
                StatusCode::PAYLOAD_TOO_LARGE => too_large(),
                _ => ApiError::new(StatusCode::BAD_REQUEST, "bad_request", "The body could not be read."),
            })?;
        json_body::read(&bytes).map(Self).map_err(refused)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let mime = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    mime.strip_prefix("application/").is_some_and(|kind| kind == "json" || kind.ends_with("+json"))
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

fn refused(unreadable: Unreadable) -> ApiError {
    let malformed = |message: String| ApiError::new(StatusCode::BAD_REQUEST, "malformed_json", message);
    match unreadable {
        Unreadable::Empty => malformed("The body is empty; send a JSON object.".to_owned()),
        Unreadable::Encoding => malformed("The body is not UTF-8 text.".to_owned()),
        Unreadable::Syntax(error) => malformed(format!(
            "The body is not valid JSON (line {}, column {}).",
            error.line(),
            error.column()
        )),
        Unreadable::Form(misfit) => misplaced(misfit),
    }
}

/// The whole message names the place: "This is needed." alone says nothing.
fn misplaced(misfit: Misfit) -> ApiError {
    let place = misfit.place();
    if place.is_empty() {
        return ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid_input", misfit.reason);
    }
    let mut error = AppError::field(&place, &*misfit.reason);
    error.message = format!("{place}: {}", misfit.reason);
    error.into()
}

pub(crate) fn too_large() -> ApiError {
    ApiError::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "too_large",
        "This is larger than what is accepted here. Nothing was stored.",
    )
}

/// The query string.
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        type Pairs = axum::extract::Query<Vec<(String, String)>>;
        let pairs = Pairs::from_request_parts(parts, state).await.map_err(|_: QueryRejection| {
            let message = "The part of the address behind the question mark cannot be read.";
            ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid_input", message)
        })?;
        query_words::read(pairs.0).map(Self).map_err(misplaced)
    }
}

/// One id in the path. What is not an id cannot be there: 404.
pub struct Id<T>(pub T);

impl<S: Send + Sync, T: FromStr> FromRequestParts<S> for Id<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let text = axum::extract::Path::<String>::from_request_parts(parts, state).await.ok();
        let parsed = text.and_then(|axum::extract::Path(text)| text.parse().ok());
        parsed.map(Self).ok_or_else(|| AppError::not_found("not_found", "thing").into())
    }
}

/// Two ids in the path. What is not an id cannot be there: 404.
pub struct TwoIds<A, B>(pub A, pub B);

impl<S: Send + Sync, A: FromStr, B: FromStr> FromRequestParts<S> for TwoIds<A, B> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        type Texts = axum::extract::Path<(String, String)>;
        let texts = Texts::from_request_parts(parts, state).await.ok();
        let parsed =
            texts.and_then(|axum::extract::Path((a, b))| Some(Self(a.parse().ok()?, b.parse().ok()?)));
        parsed.ok_or_else(|| AppError::not_found("not_found", "thing").into())
    }
}

/// Which page of a list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Entries on a page, 1..=100, default 20.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u64>,
    /// `next` of the page before.
    #[param(pattern = "^[0-9a-z]{1,12}[.][0-9a-f]{32}$")]
    after: Option<String>,
}

impl PageQuery {
    pub(crate) fn new(limit: Option<u64>, after: Option<String>) -> Self {
        Self { limit, after }
    }

    pub(crate) fn page(self) -> Result<Page, ApiError> {
        let limit = self.limit.unwrap_or(20);
        if !(1..=100).contains(&limit) {
            return Err(AppError::field("limit", "Ask for 1 to 100 entries.").into());
        }
        if self.after.as_deref().is_some_and(|after| !is_cursor(after)) {
            let message = "This page marker is not one of ours; start from the first page.";
            return Err(AppError::field("after", message).into());
        }
        Ok(Page { limit, after: self.after })
    }
}

/// Whether `after` has the form that [`PageQuery`] documents.
fn is_cursor(after: &str) -> bool {
    let is = |text: &str, lengths: std::ops::RangeInclusive<usize>, set: &[u8]| {
        lengths.contains(&text.len()) && text.bytes().all(|byte| set.contains(&byte))
    };
    after.split_once('.').is_some_and(|(time, id)| {
        is(time, 1..=12, b"0123456789abcdefghijklmnopqrstuvwxyz") && is(id, 32..=32, b"0123456789abcdef")
    })
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListOf<T: ToSchema> {
    /// The entries.
    pub items: Vec<T>,
    /// Pass this as `after` to get the next page; null at the end.
    pub next: Option<String>,
}

impl<T: ToSchema> ListOf<T> {
    /// A list that fits on one page.
    pub(crate) fn whole(items: Vec<T>) -> Self {
        Self { items, next: None }
    }
}
