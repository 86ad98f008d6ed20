//! HTTP and WebSocket: routers, wire types, extractors, the one error envelope, OpenAPI, the web app.
//!
//! A handler takes a request apart, calls one function of `greenroom-app` and wraps the result.

mod auth;
mod client_address;
mod connection;
mod cookies;
mod download;
mod dto;
mod error;
mod extract;
mod headers;
mod health;
mod idempotency;
mod json_body;
mod limits;
mod line;
mod live;
mod live_protocol;
mod measures;
mod observe;
mod openapi;
mod options;
mod permissions;
mod public_url;
mod query_words;
mod router;
mod routes;
mod server;
mod visitor;
mod voice_line;
mod web;
mod zipped;

pub use client_address::Network;
pub use limits::{Allowance, ClassOptions, LimitOptions};
pub use live_protocol::document as live_protocol_document;
pub use measures::metrics_router;
pub use openapi::document as openapi_document;
pub use options::Options;
pub use public_url::PublicUrl;
pub use router::{Served, router, router_of};
pub use server::serve;
