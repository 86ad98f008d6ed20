//! HTTP and WebSocket: routers, wire types, extractors, the one error envelope, OpenAPI, the web app.
//!
//! A handler takes a request apart, calls one function of `greenroom-app` and wraps the result.

mod auth;
mod dto;
mod error;
mod extract;
mod health;
mod idempotency;
mod json_body;
mod live;
mod live_protocol;
mod openapi;
mod options;
mod query_words;
mod router;
mod routes;
mod web;

pub use live_protocol::document as live_protocol_document;
pub use openapi::document as openapi_document;
pub use options::Options;
pub use router::router;
