//! One connection to the server, and one person who uses it.

use anyhow::{Context, ensure};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderValue};
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::net::SocketAddr;
use tokio::net::TcpStream;

/// A connection that is kept open, as a browser keeps it.
pub struct Client {
    sender: SendRequest<Full<Bytes>>,
    host: HeaderValue,
    /// Bytes of bodies so far, without what HTTP adds.
    pub carried: Carried,
}

/// Bytes that went over a line.
#[derive(Clone, Copy, Debug, Default)]
pub struct Carried {
    /// To the server.
    pub sent: u64,
    /// From the server.
    pub received: u64,
}

/// What a request needs to say who sends it: `Bearer …`.
pub type Token = HeaderValue;

impl Client {
    /// Opens a connection.
    pub async fn connect(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await.context("the server cannot be reached")?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self { sender, host: HeaderValue::from_str(&address.to_string())?, carried: Carried::default() })
    }

    /// Sends a request and reads the whole answer; anything but `expected` is a failure of the run.
    pub async fn call(
        &mut self,
        method: Method,
        path: &str,
        token: Option<&Token>,
        body: Option<(String, &str)>,
        expected: u16,
    ) -> anyhow::Result<Bytes> {
        let mut request = Request::builder().method(method).uri(path).header(HOST, &self.host);
        if let Some(token) = token {
            request = request.header(AUTHORIZATION, token);
        }
        let bytes = match body {
            Some((text, key)) => {
                request = request.header(CONTENT_TYPE, "application/json").header("idempotency-key", key);
                Bytes::from(text)
            }
            None => Bytes::new(),
        };
        self.carried.sent += bytes.len() as u64;
        let response = self.sender.send_request(request.body(Full::new(bytes))?).await?;
        let status = response.status().as_u16();
        let bytes = response.into_body().collect().await?.to_bytes();
        self.carried.received += bytes.len() as u64;
        ensure!(status == expected, "{path} answered {status}: {}", String::from_utf8_lossy(&bytes));
        Ok(bytes)
    }

    /// Reads `path` as JSON.
    pub async fn get<T: DeserializeOwned>(&mut self, path: &str, token: &Token) -> anyhow::Result<T> {
        let bytes = self.call(Method::GET, path, Some(token), None, 200).await?;
        Ok(serde_json::from_slice(&bytes)?)
    }

    /// Creates something; `key` names the request, unique in the run.
    pub async fn create<T: DeserializeOwned>(
        &mut self,
        path: &str,
        token: &Token,
        body: &Value,
        key: &str,
    ) -> anyhow::Result<T> {
        let body = Some((body.to_string(), key));
        let bytes = self.call(Method::POST, path, Some(token), body, 201).await?;
        Ok(serde_json::from_slice(&bytes)?)
    }

    /// A new guest.
    pub async fn guest(&mut self) -> anyhow::Result<Token> {
        let bytes = self
            .call(Method::POST, "/api/users/guest", None, Some((json!({}).to_string(), "guest")), 201)
            .await?;
        let guest: Value = serde_json::from_slice(&bytes)?;
        let token = guest["access_token"].as_str().context("a guest has a token")?;
        Ok(HeaderValue::from_str(&format!("Bearer {token}"))?)
    }
}
