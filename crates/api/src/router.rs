//! The router: routes, and what surrounds each of them.

use crate::error::{ApiError, REQUEST_ID};
use crate::limits::{Limiter, limit};
use crate::observe::observe;
use crate::options::Options;
use crate::{headers, health, idempotency, live, measures, openapi, permissions, voice_line, web};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use greenroom_app::{App, SystemIds};
use greenroom_bus::Redis;
use greenroom_domain::ids::IdSource;
use greenroom_live::voice::VoiceRooms;
use greenroom_telemetry::exporter;
use std::sync::Arc;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;

const REQUEST_ID_HEADER: &str = "x-request-id";

/// Bytes that a multipart form adds to its file, at most.
const FORM_OVERHEAD: usize = 64 * 1024;

/// What handlers share.
#[derive(Clone)]
pub struct Api {
    /// The use cases.
    pub app: App,
    /// Settings of the web server.
    pub options: Arc<Options>,
    /// Spoken interviews of this process.
    pub(crate) voice: VoiceRooms,
    /// Who has sent how much.
    pub(crate) limiter: Arc<Limiter>,
}

impl Api {
    pub(crate) fn of(app: App, options: Options, voice: VoiceRooms, redis: Option<Redis>) -> Self {
        let limiter = Arc::new(Limiter::new(options.limits.clone(), redis));
        Self { app, options: Arc::new(options), voice, limiter }
    }
}

/// Which parts of the interface are served, beside signs of life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Served {
    /// Requests, documents, the web app.
    pub api: bool,
    /// The live lines of interviews, and the offers of lines of sound.
    pub live: bool,
}

/// Everything. With `redis`, nodes that share it keep one account of who has sent how much.
pub fn router(app: App, options: Options, voice: VoiceRooms, redis: Option<Redis>) -> Router {
    router_of(app, options, Served { api: true, live: true }, voice, redis)
}

/// These parts, and signs of life.
pub fn router_of(
    app: App,
    options: Options,
    served: Served,
    voice: VoiceRooms,
    redis: Option<Redis>,
) -> Router {
    exporter();
    let upload_bytes = app.resume_options().max_bytes + FORM_OVERHEAD;
    let api = Api::of(app, options, voice, redis);
    let hsts = headers::hsts(&api.options);
    let body = DefaultBodyLimit::max(api.options.max_body_bytes);
    let timeout = Duration::from_secs(api.options.request_timeout_seconds);
    let guarded = |routes: Router<Api>| {
        routes
            // Inside of what keeps answers, so that a panic frees its key.
            .layer(CatchPanicLayer::custom(panicked))
            .layer(middleware::from_fn_with_state(api.clone(), idempotency::replay))
            .layer(middleware::from_fn_with_state(api.clone(), permissions::check))
            .layer(middleware::from_fn_with_state(timeout, deadline))
            .layer(middleware::from_fn_with_state(api.clone(), limit))
    };
    let mut all = Router::new().merge(health::routes()).merge(measures::routes());
    if served.live {
        let lines = openapi::line_routes().split_for_parts().0;
        all = all.merge(guarded(lines.layer(body))).merge(
            live::routes()
                .merge(voice_line::routes())
                .layer(middleware::from_fn_with_state(api.clone(), limit)),
        );
    }
    all = if served.api {
        let routes = openapi::routes().split_for_parts().0;
        let uploads = openapi::upload_routes().split_for_parts().0;
        let requests = routes.layer(body).merge(uploads.layer(DefaultBodyLimit::max(upload_bytes)));
        all.merge(guarded(requests)).merge(openapi::documents()).fallback(web::serve)
    } else {
        all.fallback(elsewhere)
    };
    all.method_not_allowed_fallback(method_not_allowed)
        .with_state(api)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(observe))
        .layer(middleware::from_fn(identify))
        .layer(middleware::from_fn_with_state(hsts, headers::guard))
}

/// Gives every request an id, its own when it brings a sane one, and returns it.
async fn identify(request: Request, next: Next) -> Response {
    let given = request.headers().get(REQUEST_ID_HEADER).and_then(|value| value.to_str().ok());
    let sane = |id: &&str| (1..=128).contains(&id.len()) && id.chars().all(|c| c.is_ascii_graphic());
    let id = given.filter(sane).map_or_else(|| SystemIds.next().to_string(), str::to_owned);
    let is_api = request.uri().path().starts_with("/api");
    let mut response = REQUEST_ID.scope(id.clone(), next.run(request)).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static(REQUEST_ID_HEADER), value);
    }
    if is_api {
        // What the API says of a person is nobody's to keep.
        response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    }
    response
}

async fn deadline(State(limit): State<Duration>, request: Request, next: Next) -> Response {
    let late = || {
        let message = "This took too long and was stopped. What was saved before is kept; please try again.";
        ApiError::new(StatusCode::SERVICE_UNAVAILABLE, "timeout", message).into_response()
    };
    tokio::time::timeout(limit, next.run(request)).await.unwrap_or_else(|_| late())
}

async fn method_not_allowed() -> ApiError {
    ApiError::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method_not_allowed",
        "This address does not take this method.",
    )
}

async fn elsewhere() -> ApiError {
    ApiError::new(
        StatusCode::NOT_FOUND,
        "not_served_here",
        "This node does other work. Ask the address that all nodes share.",
    )
}

fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    tracing::error!("a handler panicked");
    let message =
        "Something went wrong on our side. Nothing that was saved before is lost; please try again.";
    ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", message).into_response()
}
