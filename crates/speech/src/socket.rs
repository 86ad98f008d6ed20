//! A WebSocket to a service, over the connection that [`Http`] makes: the same keys, deadlines and failures.

use futures::{SinkExt, StreamExt};
use greenroom_upstream::{Fault, Http, Kind, Upgraded};
use serde_json::Value;
use std::time::Duration;
use tokio::time::{Instant, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::error::ProtocolError;
use tokio_tungstenite::tungstenite::handshake::client::generate_key;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message};

/// Largest message that is taken, bytes: seconds of sound in base64 fit.
const LARGEST: usize = 4 << 20;

/// An open WebSocket.
pub(crate) struct Socket {
    stream: WebSocketStream<Upgraded>,
    patience: Duration,
}

/// What goes to a service.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Out {
    Json(Value),
    Bytes(Vec<u8>),
}

/// What comes from a service.
#[derive(Debug)]
pub(crate) enum In {
    Json(Value),
    /// It closed the line, with its code where it said one.
    Closed(Option<u16>),
}

impl Socket {
    /// Connects to the address of `http`. A message that cannot be sent within `patience` is a failure.
    pub async fn open(http: &Http, deadline: Instant, patience: Duration) -> Result<Self, Fault> {
        let key = generate_key();
        let wish = [
            ("connection", "Upgrade"),
            ("upgrade", "websocket"),
            ("sec-websocket-version", "13"),
            ("sec-websocket-key", key.as_str()),
        ];
        let (headers, line) = http.switch(&wish, deadline).await?;
        let accepted = headers.get("sec-websocket-accept").and_then(|value| value.to_str().ok());
        if accepted != Some(derive_accept_key(key.as_bytes()).as_str()) {
            return Err(Fault::malformed("did not go over to a WebSocket"));
        }
        let limits = WebSocketConfig::default().max_message_size(Some(LARGEST)).max_frame_size(Some(LARGEST));
        let stream = WebSocketStream::from_raw_socket(line, Role::Client, Some(limits)).await;
        Ok(Self { stream, patience })
    }

    pub async fn send(&mut self, out: Out) -> Result<(), Fault> {
        let message = match out {
            Out::Json(value) => Message::text(value.to_string()),
            Out::Bytes(bytes) => Message::binary(bytes),
        };
        match timeout(self.patience, self.stream.send(message)).await {
            Ok(sent) => sent.map_err(|error| broken(&error)),
            Err(_) => Err(Fault::new(Kind::TimedOut, "the service takes no more sound")),
        }
    }

    /// The next message. May be given up at any time without losing one.
    pub async fn next(&mut self) -> Result<In, Fault> {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Text(text))) => {
                    let value = serde_json::from_str(text.as_str());
                    return value.map(In::Json).map_err(|_| Fault::malformed("a message is not JSON"));
                }
                Some(Ok(Message::Close(frame))) => {
                    return Ok(In::Closed(frame.map(|frame| frame.code.into())));
                }
                None => return Ok(In::Closed(None)),
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(broken(&error)),
            }
        }
    }

    /// Says good-bye; nobody waits for the answer.
    pub async fn close(&mut self) {
        let _ = timeout(self.patience, self.stream.close(None)).await;
    }
}

fn broken(error: &Error) -> Fault {
    match error {
        Error::Capacity(_) => Fault::malformed("a message is too large"),
        Error::Protocol(ProtocolError::ResetWithoutClosingHandshake | ProtocolError::SendAfterClosing) => {
            Fault::new(Kind::BrokenStream, "the line broke off")
        }
        Error::Protocol(_) | Error::Utf8(_) => Fault::malformed("the service does not keep to the protocol"),
        _ => Fault::new(Kind::BrokenStream, "the line broke off"),
    }
}
