//! The web app, embedded in the program.

use crate::error::ApiError;
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "../../web/dist/"]
#[allow_missing = true]
struct Files;

/// A file of the web app; its page for every other address outside the API.
pub(crate) async fn serve(method: Method, uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path == "api" || path.starts_with("api/") {
        return ApiError::new(StatusCode::NOT_FOUND, "not_found", "There is nothing at this address.")
            .into_response();
    }
    if method != Method::GET && method != Method::HEAD {
        let message = "This address does not take this method.";
        return ApiError::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", message).into_response();
    }
    match Files::get(path) {
        Some(file) if !path.is_empty() => respond(path, file),
        _ => match Files::get("index.html") {
            Some(page) => respond("index.html", page),
            None => ApiError::new(
                StatusCode::NOT_FOUND,
                "no_web_app",
                "This program was built without its web app; run `make web` and build again.",
            )
            .into_response(),
        },
    }
}

fn respond(path: &str, file: rust_embed::EmbeddedFile) -> Response {
    // Files under assets/ carry a hash of their contents in their names.
    let cache = if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mime = file.metadata.mimetype().to_owned();
    let mut response = file.data.into_owned().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    if let Ok(mime) = HeaderValue::from_str(&mime) {
        headers.insert(header::CONTENT_TYPE, mime);
    }
    response
}
