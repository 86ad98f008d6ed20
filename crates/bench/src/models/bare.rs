//! The floor: a bare HTTP client that reads the bytes and does not look at them.

use super::load::Taken;
use anyhow::{Context, ensure};
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{CONTENT_TYPE, HOST, HeaderValue};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use std::time::Instant;
use tokio::net::TcpStream;

/// How every stream ends.
const END: &[u8] = b"data: [DONE]\n\n";

/// A connection that is kept open.
pub struct Client {
    sender: SendRequest<Full<Bytes>>,
    host: HeaderValue,
    body: Bytes,
}

impl Client {
    /// Opens a connection over which `body` is sent again and again.
    pub async fn connect(address: SocketAddr, body: Bytes) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await.context("nobody listens")?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self { sender, host: HeaderValue::from_str(&address.to_string())?, body })
    }

    /// Asks, and reads to the end. Whether the connection is used again is the other side's choice.
    pub async fn ask(&mut self) -> anyhow::Result<Taken> {
        let began = Instant::now();
        let mut answer = self.send().await?;
        let (mut first, mut tail) = (None, Vec::with_capacity(4096));
        while let Some(frame) = answer.frame().await {
            if let Ok(bytes) = frame?.into_data() {
                first.get_or_insert_with(|| began.elapsed());
                tail.extend_from_slice(&bytes);
                tail.drain(..tail.len().saturating_sub(END.len()));
            }
        }
        let total = began.elapsed();
        ensure!(tail == END, "the reply broke off");
        Ok(Taken { first: first.context("the reply is empty")?, total })
    }

    /// Asks, and gives the whole answer.
    pub async fn read(&mut self) -> anyhow::Result<Bytes> {
        Ok(self.send().await?.collect().await?.to_bytes())
    }

    async fn send(&mut self) -> anyhow::Result<Incoming> {
        self.sender.ready().await?;
        let request = Request::post("/v1/chat/completions")
            .header(HOST, &self.host)
            .header(CONTENT_TYPE, "application/json")
            .body(Full::new(self.body.clone()))?;
        let response = self.sender.send_request(request).await?;
        let status = response.status();
        let answer = response.into_body();
        if status != 200 {
            let text = answer.collect().await?.to_bytes();
            anyhow::bail!("answered {status}: {}", String::from_utf8_lossy(&text));
        }
        Ok(answer)
    }
}
