//! A file of a person: as an attachment, never shown by the browser as a page of ours, or as sound to be heard in one.
//! Whole, or the part that was asked for (`Range`, RFC 9110, section 14), so that who listens to a recording can jump in
//! it.

use crate::error::ApiError;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use greenroom_app::{App, objects};
use greenroom_domain::object::StoredObject;
use greenroom_live::recordings::{Sound, Source};
use std::ops::Range;

/// What of a file was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Asked {
    All,
    Part(Range<u64>),
    /// Nothing that there is.
    Nothing,
}

/// A file as it is sent.
#[derive(Debug)]
struct Sent<'a> {
    bytes: u64,
    content_type: &'a str,
    disposition: String,
    /// Changes with every byte of it.
    mark: Option<&'a str>,
}

/// Answers with the file.
pub(crate) async fn file(
    app: &App,
    asked: &HeaderMap,
    object: &StoredObject,
    file_name: &str,
) -> Result<Response, ApiError> {
    let disposition = disposition("attachment", file_name);
    let sent = Sent { bytes: object.bytes, content_type: &object.content_type, disposition, mark: None };
    answer(asked, &sent, async |range| stored(app, object, range).await).await
}

/// Answers with sound that a page plays.
pub(crate) async fn sound(
    app: &App,
    asked: &HeaderMap,
    sound: &Sound,
    file_name: &str,
) -> Result<Response, ApiError> {
    let bytes = match &sound.source {
        Source::Stored(object) => object.bytes,
        Source::Joined(bytes) => bytes.len() as u64,
    };
    let disposition = disposition("inline", file_name);
    let sent = Sent { bytes, content_type: "audio/ogg", disposition, mark: Some(&sound.mark) };
    answer(asked, &sent, async |range| match &sound.source {
        Source::Stored(object) => stored(app, object, range).await,
        Source::Joined(bytes) => {
            let [from, to] = [range.start, range.end].map(|at| usize::try_from(at).unwrap_or(usize::MAX));
            Ok(Body::from(bytes.slice(from.min(bytes.len())..to.min(bytes.len()))))
        }
    })
    .await
}

async fn stored(app: &App, object: &StoredObject, range: Range<u64>) -> Result<Body, ApiError> {
    let content = objects::read(app, object, range).await?;
    Ok(Body::from_stream(content.inspect(|part| {
        if let Err(error) = part {
            tracing::error!(error = error.error, "a file broke off while it was sent");
        }
    })))
}

async fn answer(
    asked: &HeaderMap,
    sent: &Sent<'_>,
    read: impl AsyncFnOnce(Range<u64>) -> Result<Body, ApiError>,
) -> Result<Response, ApiError> {
    let (status, range) = match wanted(asked, sent) {
        Asked::All => (StatusCode::OK, 0..sent.bytes),
        Asked::Part(range) => (StatusCode::PARTIAL_CONTENT, range),
        Asked::Nothing => return Ok(nothing(sent.bytes)),
    };
    let mut response = (status, read(range.clone()).await?).into_response();
    let headers = response.headers_mut();
    let text = |value: &str| HeaderValue::from_str(value).unwrap_or(HeaderValue::from_static("attachment"));
    headers.insert(header::CONTENT_TYPE, text(sent.content_type));
    headers.insert(header::CONTENT_DISPOSITION, text(&sent.disposition));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(range.end - range.start));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Some(mark) = sent.mark {
        headers.insert(header::ETAG, text(&format!("\"{mark}\"")));
    }
    if status == StatusCode::PARTIAL_CONTENT {
        let place = format!("bytes {}-{}/{}", range.start, range.end - 1, sent.bytes);
        headers.insert(header::CONTENT_RANGE, text(&place));
    }
    Ok(response)
}

/// A part of what was is no part of what is (`If-Range`).
fn wanted(headers: &HeaderMap, sent: &Sent<'_>) -> Asked {
    let part_of = headers.get(header::IF_RANGE).map(HeaderValue::as_bytes);
    let is_of_this =
        |part_of: &[u8]| sent.mark.is_some_and(|mark| part_of == format!("\"{mark}\"").as_bytes());
    if part_of.is_some_and(|part_of| !is_of_this(part_of)) { Asked::All } else { of(headers, sent.bytes) }
}

fn nothing(bytes: u64) -> Response {
    let message = format!("The file has {bytes} bytes; ask for some of these.");
    let mut response =
        ApiError::new(StatusCode::RANGE_NOT_SATISFIABLE, "no_such_range", message).into_response();
    if let Ok(whole) = HeaderValue::from_str(&format!("bytes */{bytes}")) {
        response.headers_mut().insert(header::CONTENT_RANGE, whole);
    }
    response
}

/// One range is taken; several, and what is no range of bytes, count as nothing asked.
fn of(headers: &HeaderMap, bytes: u64) -> Asked {
    let text = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
    let Some((first, last)) = text.and_then(|text| text.trim().strip_prefix("bytes=")?.split_once('-'))
    else {
        return Asked::All;
    };
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let range = match (first.trim().is_empty(), number(first), last.trim().is_empty(), number(last)) {
        (true, _, _, Some(count)) => bytes.saturating_sub(count)..bytes,
        (false, Some(first), true, _) => first..bytes,
        (false, Some(first), false, Some(last)) if first <= last => first..last.saturating_add(1).min(bytes),
        _ => return Asked::All,
    };
    if range.start < range.end { Asked::Part(range) } else { Asked::Nothing }
}

/// The name in letters that every program reads, and as it is for those that know more (RFC 6266).
fn disposition(kind: &str, name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%') || c == ' ' { c } else { '_' })
        .collect();
    let full: String = name
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect();
    format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{full}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(range: &str, bytes: u64) -> Asked {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, HeaderValue::from_str(range).unwrap());
        of(&headers, bytes)
    }

    #[test]
    fn parts_are_cut_to_what_there_is() {
        assert_eq!(of(&HeaderMap::new(), 10), Asked::All);
        assert_eq!(asked("bytes=0-0", 10), Asked::Part(0..1));
        assert_eq!(asked("bytes=3-", 10), Asked::Part(3..10));
        assert_eq!(asked("bytes=3-99", 10), Asked::Part(3..10));
        assert_eq!(asked("bytes=-4", 10), Asked::Part(6..10));
        assert_eq!(asked("bytes=-99", 10), Asked::Part(0..10));
        for nothing in ["bytes=10-", "bytes=10-12", "bytes=-0"] {
            assert_eq!(asked(nothing, 10), Asked::Nothing, "{nothing}");
        }
        assert_eq!(asked("bytes=0-", 0), Asked::Nothing);
        for strange in ["bytes=5-3", "bytes=0-1,3-4", "bytes=-", "bytes=a-b", "lines=0-1", "bytes"] {
            assert_eq!(asked(strange, 10), Asked::All, "{strange}");
        }
    }

    #[test]
    fn a_part_is_of_what_it_was_asked_of() {
        let ask = |part_of: &'static str, mark| {
            let mut headers = HeaderMap::new();
            headers.insert(header::RANGE, HeaderValue::from_static("bytes=2-3"));
            headers.insert(header::IF_RANGE, HeaderValue::from_static(part_of));
            wanted(&headers, &Sent { bytes: 9, content_type: "audio/ogg", disposition: String::new(), mark })
        };
        assert_eq!(ask("\"one\"", Some("one")), Asked::Part(2..4));
        for (part_of, mark) in [("\"two\"", Some("one")), ("\"one\"", None), ("W/\"one\"", Some("one"))] {
            assert_eq!(ask(part_of, mark), Asked::All, "{part_of}");
        }
    }

    #[test]
    fn a_name_cannot_end_its_header() {
        let made = disposition("attachment", "Zoë \"CV\"\r\n; x=y%.pdf");
        assert!(
            made.starts_with("attachment; filename=\"Zo_ _CV___; x=y_.pdf\"; filename*=UTF-8''"),
            "{made}"
        );
        assert!(made.ends_with("Zo%C3%AB%20%22CV%22%0D%0A%3B%20x%3Dy%25.pdf"), "{made}");
    }
}
