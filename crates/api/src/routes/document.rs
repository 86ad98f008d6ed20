//! A report or transcript in the format that was asked for.

use crate::error::ApiError;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use greenroom_app::AppError;
use greenroom_documents::render::{self, Document};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// How a document is sent.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// For programs.
    #[default]
    Json,
    /// For editors.
    Markdown,
    /// For people.
    Pdf,
}

/// Which format.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FormatQuery {
    /// `json` unless told otherwise.
    pub(crate) format: Option<Format>,
}

pub(crate) fn as_markdown(document: &Document, name: &str) -> Response {
    download(render::markdown(document).into_bytes(), "text/markdown; charset=utf-8", &format!("{name}.md"))
}

/// Laid out off the async threads.
pub(crate) async fn as_pdf(document: Document, name: &str) -> Result<Response, ApiError> {
    let written =
        tokio::task::spawn_blocking(move || render::pdf(&document)).await.map_err(AppError::internal)?;
    let bytes = written.map_err(AppError::internal)?;
    Ok(download(bytes, "application/pdf", &format!("{name}.pdf")))
}

/// `name` is ours: letters, digits and hyphens only.
pub(crate) fn download(bytes: Vec<u8>, mime: &'static str, name: &str) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers: [(HeaderName, String); 2] =
        [(header::CONTENT_TYPE, mime.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    (StatusCode::OK, headers, bytes).into_response()
}
