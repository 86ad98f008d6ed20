//! What is seen of each request: how long it took, how it ended, and which lines of the log belong to it.

use crate::error::REQUEST_ID;
use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use greenroom_domain::ids::SessionId;
use greenroom_telemetry::http::{UNMATCHED, answered, in_flight, known_method};
use greenroom_telemetry::trace;
use std::time::Instant;
use tracing::field::{Empty, display};
use tracing::{Instrument, Span};

/// Measures the request, and puts its id on every line of the log that is written for it.
pub(crate) async fn observe(request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let route = matched.as_ref().map_or(UNMATCHED, MatchedPath::as_str);
    let method = request.method().clone();
    let span = span(&request, route);
    let (counted, began) = (in_flight(), Instant::now());
    let response = next.run(request).instrument(span.clone()).await;
    let (took, status) = (began.elapsed(), response.status());
    drop(counted);
    answered(method.as_str(), route, status.as_u16(), took);
    span.in_scope(|| {
        tracing::debug!(http.status = status.as_u16(), duration_ms = took.as_secs_f64() * 1e3, "answered");
    });
    response
}

/// Of the level that no setting hides: lines of every level carry its fields.
fn span(request: &Request, route: &str) -> Span {
    let method = known_method(request.method().as_str());
    let span = tracing::error_span!(
        "request",
        request.id = Empty,
        http.method = method,
        http.route = route,
        interview.id = Empty
    );
    if let Some(parent) = request.headers().get(trace::TRACEPARENT).and_then(|value| value.to_str().ok()) {
        trace::adopt(&span, parent);
    }
    let _ = REQUEST_ID.try_with(|id| span.record("request.id", id.as_str()));
    if let Some(id) = interview(route, request.uri().path()) {
        span.record("interview.id", display(id));
    }
    span
}

/// The interview that an address names. Only an id: an address may hold anything.
fn interview(route: &str, path: &str) -> Option<SessionId> {
    let parts = route.split('/').zip(path.split('/'));
    let mut before = "";
    for (pattern, part) in parts {
        if pattern == "{id}" && matches!(before, "sessions" | "session") {
            return part.parse().ok();
        }
        before = pattern;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::interview;

    #[test]
    fn the_interview_is_found_in_addresses_that_name_one() {
        let id = "0198c0a8-0000-7000-8000-000000000001";
        let of = |route: &str, path: String| interview(route, &path).map(|id| id.to_string());
        let named = Some(id.to_owned());
        assert_eq!(of("/api/sessions/{id}/answers", format!("/api/sessions/{id}/answers")), named);
        assert_eq!(of("/api/feedback/session/{id}", format!("/api/feedback/session/{id}")), named);
        assert_eq!(of("/api/configs/{id}", format!("/api/configs/{id}")), None);
        assert_eq!(of("/api/sessions/{id}", "/api/sessions/me@example.com".to_owned()), None);
    }
}
