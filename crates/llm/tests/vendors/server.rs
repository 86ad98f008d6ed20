//! A server on this machine that plays a vendor.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use futures::StreamExt;
use greenroom_llm::{
    Format, JsonSupport, Kind, LanguageModel, LlmError, Message, Piece, Protocol, Provider, Request, Role,
    Stop, Stream, Timeouts, Usage, connect,
};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub const KEY: &str = "sk-Test-0123456789";
pub const QUESTION: &str = "I led the Zanzibar migration.";

/// What the server does with a body once it is sent.
#[derive(Clone, Copy, PartialEq)]
pub enum Then {
    /// Ends it.
    End,
    /// Sends no more and keeps the connection.
    Hang,
    /// Breaks the connection off.
    Break,
}

/// What the server answers.
#[derive(Clone)]
pub struct Play {
    pub status: u16,
    pub headers: Vec<(&'static str, String)>,
    pub chunks: Vec<Vec<u8>>,
    pub then: Then,
}

impl Play {
    pub fn stream(bytes: &[u8]) -> Self {
        Self::chunks(vec![bytes.to_vec()])
    }

    pub fn chunks(chunks: Vec<Vec<u8>>) -> Self {
        let headers = vec![("content-type", "text/event-stream; charset=utf-8".to_owned())];
        Self { status: 200, headers, chunks, then: Then::End }
    }

    pub fn body(status: u16, kind: &str, body: &str) -> Self {
        let headers = vec![("content-type", kind.to_owned())];
        Self { status, headers, chunks: vec![body.as_bytes().to_vec()], then: Then::End }
    }

    pub fn json(status: u16, body: &Value) -> Self {
        Self::body(status, "application/json", &body.to_string())
    }

    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub fn then(self, then: Then) -> Self {
        Self { then, ..self }
    }
}

/// A request that the server received.
#[derive(Clone)]
pub struct Received {
    pub from: SocketAddr,
    pub path: String,
    pub headers: HeaderMap,
    pub body: Value,
}

struct Stage {
    play: Mutex<Play>,
    received: Mutex<Vec<Received>>,
}

/// The server. It stops with the test's runtime.
pub struct Vendor {
    address: SocketAddr,
    stage: Arc<Stage>,
}

impl Vendor {
    pub async fn start(play: Play) -> Self {
        let stage = Arc::new(Stage { play: Mutex::new(play), received: Mutex::default() });
        let router = Router::new().fallback(answer).with_state(stage.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        Self { address, stage }
    }

    pub fn play(&self, play: Play) {
        *self.stage.play.lock().unwrap() = play;
    }

    pub fn received(&self) -> Vec<Received> {
        self.stage.received.lock().unwrap().clone()
    }

    pub fn model(&self, protocol: Protocol) -> Arc<dyn LanguageModel> {
        connect(&provider(protocol, self.url()), timeouts()).unwrap()
    }

    pub fn url(&self) -> String {
        format!("http://{}/v1", self.address)
    }
}

async fn answer(
    State(stage): State<Arc<Stage>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let body = serde_json::from_slice(&body).unwrap();
    stage.received.lock().unwrap().push(Received { from, path: uri.path().to_owned(), headers, body });
    let play = stage.play.lock().unwrap().clone();
    let chunks = futures::stream::iter(play.chunks.into_iter().map(|chunk| Ok(Bytes::from(chunk))));
    let body = match play.then {
        Then::End => Body::from_stream(chunks),
        Then::Hang => Body::from_stream(chunks.chain(futures::stream::pending())),
        Then::Break => {
            // A pause first, so that what came before is sent.
            let pause = async {
                tokio::time::sleep(Duration::from_millis(20)).await;
                Err(std::io::Error::other("as played"))
            };
            Body::from_stream(chunks.chain(futures::stream::once(pause)))
        }
    };
    let mut response = Response::builder().status(StatusCode::from_u16(play.status).unwrap());
    for (name, value) in play.headers {
        response = response.header(name, value);
    }
    response.body(body).unwrap()
}

pub fn provider(protocol: Protocol, base_url: String) -> Provider {
    Provider {
        name: "lab".to_owned(),
        protocol,
        base_url,
        api_key: Some(KEY.to_owned().into()),
        model: "claude-sonnet-4-5".to_owned(),
        context: Some(8192),
        json: JsonSupport::Schema,
    }
}

pub fn timeouts() -> Timeouts {
    Timeouts { first: Duration::from_secs(10), next: Duration::from_secs(10) }
}

pub fn request() -> Request {
    Request {
        system: "You interview.".to_owned(),
        messages: vec![Message { role: Role::User, text: QUESTION.to_owned() }],
        max_tokens: 300,
        temperature: Some(0.5),
        format: Format::Text,
        account: None,
        reuse: false,
    }
}

pub fn in_json() -> Request {
    let schema = json!({"type": "object", "properties": {"score": {"type": "integer", "maximum": 10}},
        "required": ["score"], "additionalProperties": false});
    Request { format: Format::Json { name: "score".to_owned(), schema: Arc::new(schema) }, ..request() }
}

/// What came of a call: each text as it came, and the end.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub texts: Vec<String>,
    pub end: Result<(Stop, Usage), Kind>,
}

impl Outcome {
    pub fn text(&self) -> String {
        self.texts.concat()
    }
}

pub async fn ask(model: &dyn LanguageModel, request: &Request) -> Outcome {
    match model.stream(request).await {
        Ok(stream) => read(stream).await,
        Err(error) => Outcome { texts: Vec::new(), end: Err(checked(error)) },
    }
}

/// Reads to the end, and sees to it that nothing follows it.
pub async fn read(mut stream: Stream) -> Outcome {
    let mut texts = Vec::new();
    let end = loop {
        match stream.pieces.next().await.expect("a stream ends with an end or an error") {
            Ok(Piece::Text(text)) => {
                assert!(!text.is_empty());
                texts.push(text);
            }
            Ok(Piece::End(end)) => break Ok((end.stop, end.usage)),
            Err(error) => break Err(checked(error)),
        }
    };
    assert!(stream.pieces.next().await.is_none(), "something follows the end");
    Outcome { texts, end }
}

/// No error holds the key or what the candidate said.
fn checked(error: LlmError) -> Kind {
    let words = format!("{error} {error:?}");
    assert!(!words.contains(KEY) && !words.contains("Zanzibar"), "{words}");
    assert_eq!(error.provider, "lab");
    error.kind
}
