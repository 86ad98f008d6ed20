//! From where a request comes.

use crate::client_address::client_address;
use crate::router::Api;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header;
use axum::http::request::Parts;
use greenroom_app::accounts::Visit;
use std::convert::Infallible;
use std::net::SocketAddr;

/// What the request says of where it comes from.
pub struct Visitor(pub Visit);

impl FromRequestParts<Api> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let proxies = &api.options.trusted_proxies;
        let user_agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Ok(Self(Visit {
            user_agent: user_agent.map(str::to_owned),
            address: peer.map(|ConnectInfo(peer)| client_address(peer.ip(), &parts.headers, proxies)),
        }))
    }
}
