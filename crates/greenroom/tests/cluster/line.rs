//! A live line as a program follows it.

use crate::site::DEADLINE;
use serde_json::Value;
use std::net::TcpStream;
use std::time::Instant;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{self, Message, WebSocket};

pub struct Line(WebSocket<TcpStream>);

impl Line {
    pub fn open(address: &str, path: &str, token: &str) -> Self {
        let host = address.strip_prefix("http://").expect("an address");
        let stream = TcpStream::connect(host).expect("the server listens");
        stream.set_read_timeout(Some(DEADLINE)).expect("a limit");
        let mut request = format!("ws://{host}{path}").into_client_request().expect("a request");
        let value = format!("Bearer {token}").parse().expect("a header");
        request.headers_mut().insert("authorization", value);
        Self(tungstenite::client(request, stream).expect("the line stands").0)
    }

    /// The next message that `is_it`.
    pub fn hear(&mut self, what: &str, mut is_it: impl FnMut(&Value) -> bool) -> Value {
        let begun = Instant::now();
        let mut others = Vec::new();
        loop {
            assert!(begun.elapsed() < DEADLINE, "{what} is not heard, only {others:?}");
            match self.0.read().unwrap_or_else(|error| panic!("{what} is not heard: {error}; {others:?}")) {
                Message::Text(text) => {
                    let message: Value = serde_json::from_str(&text).expect("JSON");
                    if is_it(&message) {
                        return message;
                    }
                    others.push(format!(
                        "{} {} {}",
                        message["seq"], message["kind"], message["data"]["question"]["id"]
                    ));
                }
                Message::Close(frame) => panic!("{what} is not heard: the line was closed, {frame:?}"),
                _ => {}
            }
        }
    }

    /// The next message of a kind.
    pub fn hear_kind(&mut self, kind: &str) -> Value {
        self.hear(kind, |message| message["kind"] == kind)
    }

    /// The code with which the server closes the line.
    pub fn closed(&mut self) -> (u16, String) {
        loop {
            match self.0.read().expect("it is closed with a word") {
                Message::Close(Some(frame)) => return (frame.code.into(), frame.reason.to_string()),
                Message::Close(None) => panic!("it is closed without a word"),
                _ => {}
            }
        }
    }
}
