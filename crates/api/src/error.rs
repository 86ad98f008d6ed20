//! The one error envelope.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use greenroom_app::AppError;
use greenroom_domain::error::ErrorCode;
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::{IntoResponses, ToSchema};

/// When to try again, seconds, where nothing better is known.
const SOON_SECONDS: u64 = 2;

tokio::task_local! {
    /// Id of the request that is being answered.
    pub(crate) static REQUEST_ID: String;
}

/// What every error looks like.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorBody {
    /// HTTP status.
    status_code: u16,
    /// Stable name, for programs.
    error: String,
    /// What happened, what was kept, what to do: for people.
    message: String,
    /// More, for wrong input.
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<ErrorDetails>,
    /// Quote this when you report the error.
    request_id: String,
}

/// Messages by the field that they belong to.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorDetails {
    /// Field to message.
    fields: BTreeMap<String, String>,
}

/// A failure on its way to the client.
#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    error: &'static str,
    message: String,
    fields: BTreeMap<String, String>,
    retry_after: Option<u64>,
}

impl ApiError {
    pub(crate) fn new(status: StatusCode, error: &'static str, message: impl Into<String>) -> Self {
        Self { status, error, message: message.into(), fields: BTreeMap::new(), retry_after: None }
    }

    /// Says after how many seconds to try again.
    pub(crate) fn retry_after(self, seconds: u64) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }
}

impl From<AppError> for ApiError {
    fn from(error: AppError) -> Self {
        let status = status(error.code);
        if status.is_server_error() {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            tracing::error!(error = error.error, cause, "request failed");
        }
        Self {
            status,
            error: error.error,
            message: error.message,
            fields: error.fields,
            retry_after: error.retry_after,
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        greenroom_telemetry::http::failed(self.error, self.status.as_u16());
        let request_id = REQUEST_ID.try_with(Clone::clone).unwrap_or_default();
        let body = ErrorBody {
            status_code: self.status.as_u16(),
            error: self.error.to_owned(),
            message: self.message,
            details: (!self.fields.is_empty()).then_some(ErrorDetails { fields: self.fields }),
            request_id,
        };
        let mut response = (self.status, Json(body)).into_response();
        if matches!(self.status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
            let seconds = HeaderValue::from(self.retry_after.unwrap_or(SOON_SECONDS));
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}

/// The one table from reasons to HTTP.
fn status(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::NotFound => StatusCode::NOT_FOUND,
        ErrorCode::Conflict => StatusCode::CONFLICT,
        ErrorCode::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::Unsupported => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ErrorCode::Unauthenticated => StatusCode::UNAUTHORIZED,
        ErrorCode::Forbidden => StatusCode::FORBIDDEN,
        ErrorCode::TooMany => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::Timeout => StatusCode::GATEWAY_TIMEOUT,
        ErrorCode::UpstreamFailed => StatusCode::BAD_GATEWAY,
        ErrorCode::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// What operations that take `Range` may answer besides, for the OpenAPI document.
#[derive(IntoResponses)]
#[response(status = 416, description = "The file has no such bytes; `Content-Range` says how many it has")]
#[expect(dead_code, reason = "names the response for the OpenAPI document; never built")]
pub struct NoSuchRange(ErrorBody);

/// The failures that any operation may answer with, for the OpenAPI document.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "names the responses for the OpenAPI document; never built")]
pub enum Failures {
    /// The request cannot be read.
    #[response(status = 400)]
    BadRequest(ErrorBody),
    /// Nobody is signed in.
    #[response(status = 401)]
    Unauthenticated(ErrorBody),
    /// Not allowed.
    #[response(status = 403)]
    Forbidden(ErrorBody),
    /// Not there, or somebody else's.
    #[response(status = 404)]
    NotFound(ErrorBody),
    /// It contradicts what already is.
    #[response(status = 409)]
    Conflict(ErrorBody),
    /// Too large.
    #[response(status = 413)]
    TooLarge(ErrorBody),
    /// A kind of content that is not accepted here.
    #[response(status = 415)]
    Unsupported(ErrorBody),
    /// The input is wrong; `details.fields` says where.
    #[response(status = 422)]
    Invalid(ErrorBody),
    /// Too many requests; the header `Retry-After` says when to try again, in seconds.
    #[response(status = 429)]
    TooMany(ErrorBody),
    /// Not possible right now.
    #[response(status = 503)]
    Unavailable(ErrorBody),
}
