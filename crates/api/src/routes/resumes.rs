//! Resumes.

use crate::auth::CurrentUser;
use crate::download;
use crate::dto::{ResumeBody, ResumeUpload};
use crate::error::{ApiError, Failures, NoSuchRange};
use crate::extract::{Id, Json, ListOf, PageQuery, Query};
use crate::idempotency::IdempotencyKey;
use crate::router::Api;
use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::extract::{Multipart, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use greenroom_app::{AppError, resumes as app};
use greenroom_domain::ids::ResumeId;
use greenroom_domain::resume::{Resume, ResumeRecord};

/// Upload a resume: a file (`file`), or pasted text (`text`). What was read is kept, and the file.
#[utoipa::path(post, path = "/api/resumes", tag = "resumes", security(("bearer" = ["practise"])), params(IdempotencyKey),
    request_body(content = ResumeUpload, content_type = "multipart/form-data"),
    responses((status = 201, description = "What was read", body = ResumeBody), Failures))]
pub async fn upload(
    State(api): State<Api>,
    user: CurrentUser,
    form: Result<Multipart, MultipartRejection>,
) -> Result<(StatusCode, Json<ResumeBody>), ApiError> {
    let mut form = form.map_err(|_| {
        let message = "Send a form (multipart/form-data) with the field `file` or `text`.";
        ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", message)
    })?;
    let (mut file, mut text) = (None, None);
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        let given = match name.as_str() {
            "file" => &mut file,
            "text" => &mut text,
            _ => continue,
        };
        let file_name = field.file_name().map(str::to_owned);
        let bytes = field.bytes().await.map_err(broken)?;
        if given.replace((file_name, bytes)).is_some() {
            return Err(AppError::field(&name, "Send one resume at a time.").into());
        }
    }
    let record = match (file, text) {
        // A form whose file was not chosen sends an empty one.
        (Some((_, bytes)), Some((_, text))) if bytes.is_empty() => paste(&api, user, &text).await?,
        (Some((name, bytes)), _) => app::upload(&api.app, user.0, name, bytes).await?,
        (None, Some((_, text))) => paste(&api, user, &text).await?,
        (None, None) => {
            return Err(AppError::field("file", "Choose a file, or paste the text of your resume.").into());
        }
    };
    Ok((StatusCode::CREATED, Json(with_original(&api, user, record).await?)))
}

async fn with_original(api: &Api, user: CurrentUser, record: ResumeRecord) -> Result<ResumeBody, ApiError> {
    let original = app::originals(&api.app, user.0, &[record.id]).await?.pop();
    Ok(ResumeBody::new(record, original))
}

async fn paste(api: &Api, user: CurrentUser, text: &[u8]) -> Result<ResumeRecord, ApiError> {
    Ok(app::paste(&api.app, user.0, &String::from_utf8_lossy(text)).await?)
}

/// This person's resumes, newest first.
#[utoipa::path(get, path = "/api/resumes", tag = "resumes", security(("bearer" = ["practise"])), params(PageQuery),
    responses((status = 200, description = "A page", body = ListOf<ResumeBody>), Failures))]
pub async fn list(
    State(api): State<Api>,
    user: CurrentUser,
    Query(page): Query<PageQuery>,
) -> Result<Json<ListOf<ResumeBody>>, ApiError> {
    let paged = app::list(&api.app, user.0, &page.page()?).await?;
    let ids: Vec<ResumeId> = paged.items.iter().map(|record| record.id).collect();
    let mut originals = app::originals(&api.app, user.0, &ids).await?;
    let paged = paged.map(|record| {
        let at = originals.iter().position(|original| original.belongs_to == record.id.0);
        ResumeBody::new(record, at.map(|at| originals.swap_remove(at)))
    });
    Ok(Json(ListOf { items: paged.items, next: paged.next }))
}

/// A resume.
#[utoipa::path(get, path = "/api/resumes/{id}", tag = "resumes", security(("bearer" = ["practise"])), params(("id" = ResumeId, Path)),
    responses((status = 200, description = "The resume", body = ResumeBody), Failures))]
pub async fn get(
    State(api): State<Api>,
    user: CurrentUser,
    Id(id): Id<ResumeId>,
) -> Result<Json<ResumeBody>, ApiError> {
    let record = app::get(&api.app, user.0, id).await?;
    Ok(Json(with_original(&api, user, record).await?))
}

/// The file that a resume was read from, as it was uploaded: to be saved, never shown as a page. A part of it with
/// `Range`.
#[utoipa::path(get, path = "/api/resumes/{id}/original", tag = "resumes", security(("bearer" = ["practise"])), params(("id" = ResumeId, Path)),
    responses(
        (status = 200, description = "The file", content((Vec<u8> = "application/pdf"), (Vec<u8> = "text/plain"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"))),
        (status = 206, description = "The part of it that was asked for"), NoSuchRange, Failures))]
pub async fn original(
    State(api): State<Api>,
    user: CurrentUser,
    Id(id): Id<ResumeId>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let original = app::original(&api.app, user.0, id).await?;
    download::file(&api.app, &headers, &original.object, &original.file_name).await
}

/// Correct what was read. Text, pages and warnings stay as they were.
#[utoipa::path(put, path = "/api/resumes/{id}", tag = "resumes", security(("bearer" = ["practise"])), params(("id" = ResumeId, Path)),
    request_body = Resume, responses((status = 200, description = "The resume", body = ResumeBody), Failures))]
pub async fn correct(
    State(api): State<Api>,
    user: CurrentUser,
    Id(id): Id<ResumeId>,
    Json(resume): Json<Resume>,
) -> Result<Json<ResumeBody>, ApiError> {
    let record = app::correct(&api.app, user.0, id, resume).await?;
    Ok(Json(with_original(&api, user, record).await?))
}

/// Forget a resume, with its file.
#[utoipa::path(delete, path = "/api/resumes/{id}", tag = "resumes", security(("bearer" = ["practise"])), params(("id" = ResumeId, Path)),
    responses((status = 204, description = "Forgotten"), Failures))]
pub async fn delete(
    State(api): State<Api>,
    user: CurrentUser,
    Id(id): Id<ResumeId>,
) -> Result<StatusCode, ApiError> {
    app::delete(&api.app, user.0, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn broken(error: MultipartError) -> ApiError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return app::too_large().into();
    }
    ApiError::new(
        StatusCode::BAD_REQUEST,
        "malformed_form",
        "The form could not be read to its end. Nothing was stored.",
    )
}
