//! Settings of the web server.

use schemars::JsonSchema;
use serde::Deserialize;
use std::net::SocketAddr;

/// Settings of the web server.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// Address to listen on, default 127.0.0.1:8080.
    pub listen: SocketAddr,
    /// Set when people reach it by HTTPS: cookies are then sent by HTTPS only. Default false.
    pub secure_cookies: bool,
    /// Largest body of a request that is not an upload, bytes, default 1048576.
    pub max_body_bytes: usize,
    /// Longest time for one request, seconds, default 30.
    pub request_timeout_seconds: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            secure_cookies: false,
            max_body_bytes: 1024 * 1024,
            request_timeout_seconds: 30,
        }
    }
}
