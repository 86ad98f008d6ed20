//! Settings of the web server.

use crate::client_address::Network;
use crate::cookies::Cookies;
use crate::limits::LimitOptions;
use crate::public_url::PublicUrl;
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Deserialize;
use std::net::SocketAddr;

/// Settings of the web server.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// Address to listen on, default 127.0.0.1:8080.
    pub listen: SocketAddr,
    /// Address under which people reach it, such as `https://greenroom.example`. With https, cookies are sent by HTTPS
    /// only and browsers are told to stay with HTTPS. Default: none.
    pub public_url: Option<PublicUrl>,
    /// People come by HTTPS, also without a `public_url`. Default false.
    pub secure_cookies: bool,
    /// Browsers are told to use HTTPS for every host below this one as well (HSTS `includeSubDomains`). Only once all of
    /// them speak it: browsers remember for two years. Default false.
    pub hsts_subdomains: bool,
    /// Proxies in front, as addresses or networks (`["10.0.0.0/8"]`): of them alone `X-Forwarded-For` is believed.
    /// Default: none.
    pub trusted_proxies: Vec<Network>,
    /// Connections at a time, WebSockets included, 16..=1000000, default 8192. The system must allow as many files.
    pub max_connections: usize,
    /// Longest time until the headers of a request are there, and that a connection may rest between two requests,
    /// seconds, 1..=3600, default 75. A proxy in front must close resting connections sooner.
    pub header_timeout_seconds: u64,
    /// Address of its own for `/metrics`, `/healthz` and `/readyz`, open to everybody who reaches it: keep it away from
    /// the internet. Default: none, and `/metrics` is served at `listen` to this machine only.
    pub metrics_listen: Option<SocketAddr>,
    /// Whoever sends it as `Authorization: Bearer …` may read `/metrics` at `listen` from anywhere, and nobody else may.
    #[schemars(with = "Option<String>")]
    pub metrics_token: Option<SecretString>,
    /// Largest body of a request that is not an upload, bytes, default 1048576.
    pub max_body_bytes: usize,
    /// Longest time for one request, seconds, default 30.
    pub request_timeout_seconds: u64,
    /// How much one sender may ask for.
    pub limits: LimitOptions,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: None,
            secure_cookies: false,
            hsts_subdomains: false,
            trusted_proxies: Vec::new(),
            max_connections: 8192,
            header_timeout_seconds: 75,
            metrics_listen: None,
            metrics_token: None,
            max_body_bytes: 1024 * 1024,
            request_timeout_seconds: 30,
            limits: LimitOptions::default(),
        }
    }
}

impl Options {
    /// Whether people come by HTTPS, as far as the settings say.
    pub(crate) fn is_https(&self) -> bool {
        self.secure_cookies || self.public_url.as_ref().is_some_and(PublicUrl::is_https)
    }

    /// How cookies are set and read.
    pub(crate) fn cookies(&self) -> Cookies {
        Cookies { secure: self.is_https() }
    }
}
