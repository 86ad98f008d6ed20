//! `Idempotency-Key`: the first answer to a creating request is kept and given again.
//!
//! Answers of an interview keep theirs in the transaction that stores them and are left alone here. So is
//! everything about accounts: its answers carry tokens, which are never stored.

use crate::auth::caller;
use crate::error::{ApiError, REQUEST_ID};
use crate::extract::too_large;
use crate::router::Api;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use greenroom_app::{AppError, IdempotencyRecord, Reserved, StoreError};
use sha2::{Digest, Sha256};
use utoipa::IntoParams;

const HEADER: &str = "idempotency-key";
/// A reservation that is older was left behind by a crash, ms.
const ABANDONED_AFTER_MS: i64 = 120_000;
/// Largest answer that is kept, bytes.
const MAX_KEPT: usize = 4 * 1024 * 1024;

/// The header that makes repeating a creating request harmless, for the OpenAPI document.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(dead_code, reason = "describes the header for the OpenAPI document; never built")]
pub(crate) struct IdempotencyKey {
    /// 1 to 255 visible ASCII characters of the client's choice. Repeating a request with its key changes
    /// nothing and gets the first answer.
    #[param(rename = "Idempotency-Key", nullable = false, pattern = "^[!-~]{1,255}$")]
    key: Option<String>,
}

/// The key of a request: 1 to 255 visible ASCII characters.
pub(crate) fn key(headers: &HeaderMap) -> Result<Option<String>, ApiError> {
    let Some(value) = headers.get(HEADER) else { return Ok(None) };
    let sane = |key: &&str| (1..=255).contains(&key.len()) && key.chars().all(|c| c.is_ascii_graphic());
    let key = value.to_str().ok().filter(sane).map(str::to_owned);
    key.map(Some).ok_or_else(|| {
        let message = "Use 1 to 255 visible ASCII characters as Idempotency-Key.";
        ApiError::new(StatusCode::BAD_REQUEST, "bad_idempotency_key", message)
    })
}

pub(crate) async fn replay(
    State(api): State<Api>,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    if !is_kept(request.method(), request.uri().path()) || !request.headers().contains_key(HEADER) {
        return Ok(next.run(request).await);
    }
    let found = caller(&api, request.method(), request.headers(), request.extensions()).await;
    let Ok(caller) = found else {
        return Ok(next.run(request).await);
    };
    let Some(key) = key(request.headers())? else { return Ok(next.run(request).await) };
    let (parts, body) = request.into_parts();
    let limit = api.app.resume_options().max_bytes + MAX_KEPT;
    let bytes = to_bytes(body, limit).await.map_err(|_| too_large())?;
    let mut hash = Sha256::new();
    hash.update(parts.uri.path());
    hash.update(&bytes);
    let record = IdempotencyRecord {
        user_id: caller.user,
        key,
        request_hash: URL_SAFE_NO_PAD.encode(hash.finalize()),
        status: 0,
        body: String::new(),
        at: api.app.now(),
    };
    let request = Request::from_parts(parts, Body::from(bytes));
    // In a task of its own: a client that hangs up must find the answer when it comes again.
    let id = REQUEST_ID.try_with(Clone::clone).unwrap_or_default();
    let tasks = api.app.tasks().clone();
    let running = tasks.spawn(REQUEST_ID.scope(id, once(api, record, request, next)));
    running.await.map_err(AppError::internal)?
}

/// Runs the request unless its key is known.
async fn once(
    api: Api,
    record: IdempotencyRecord,
    request: Request,
    next: Next,
) -> Result<Response, ApiError> {
    let abandoned_before = record.at.plus_ms(-ABANDONED_AFTER_MS);
    match api.app.store().reserve_idempotency(&record, abandoned_before).await {
        Ok(Reserved::Known(known)) => answer(known, &record),
        Ok(Reserved::Fresh) => {
            let response = next.run(request).await;
            keep(&api, record, response).await
        }
        // The person was erased: the handler says so.
        Err(StoreError::Orphan) => Ok(next.run(request).await),
        Err(error) => Err(AppError::from(error).into()),
    }
}

fn is_kept(method: &Method, path: &str) -> bool {
    method == Method::POST && !path.ends_with("/answers") && !path.starts_with("/api/users/")
}

/// What a known key leads to.
fn answer(known: IdempotencyRecord, now: &IdempotencyRecord) -> Result<Response, ApiError> {
    let refused = |error, message| Err(ApiError::new(StatusCode::CONFLICT, error, message));
    if known.request_hash != now.request_hash {
        return refused("idempotency_key_reused", "This Idempotency-Key was used for another request.");
    }
    if known.status == 0 {
        let message = "The same request is still being answered. Try again in a moment.";
        return refused("idempotency_in_progress", message);
    }
    let status = StatusCode::from_u16(known.status).unwrap_or(StatusCode::OK);
    let mut response = (status, known.body).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}

/// Keeps a final answer; frees the key after a failure, and when the answer is too large to keep.
async fn keep(api: &Api, record: IdempotencyRecord, response: Response) -> Result<Response, ApiError> {
    let (parts, body) = response.into_parts();
    let store = api.app.store();
    let bytes = to_bytes(body, usize::MAX).await.map_err(AppError::internal)?;
    let text = String::from_utf8(bytes.to_vec()).ok().filter(|text| text.len() <= MAX_KEPT);
    match text {
        Some(body) if parts.status.is_success() => {
            let done = IdempotencyRecord { status: parts.status.as_u16(), body, ..record };
            store.complete_idempotency(&done).await.map_err(AppError::from)?;
        }
        _ => store.release_idempotency(record.user_id, &record.key).await.map_err(AppError::from)?,
    }
    Ok(Response::from_parts(parts, Body::from(bytes)))
}
