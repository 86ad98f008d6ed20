//! A server on this machine that plays a vendor of language models over Chat Completions, well or badly.

mod part;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use futures::{StreamExt, stream};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::process::Command;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub use part::interviewer;

/// Characters of one chunk of a stream.
const CHUNK: usize = 24;

/// How the server answers one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Play {
    /// With these words, streamed.
    Words(String),
    /// With these words, a chunk after each pause.
    Drip(String, Duration),
    /// It takes the request and never answers.
    Hang,
    /// With the beginning of these words; then the line breaks.
    Reset(String),
    /// With this status, and `Retry-After` in seconds when it is given.
    Status(u16, Option<u32>),
    /// With a web page, as a proxy that is in the way does.
    Page,
}

type Script = dyn Fn(&Value, usize) -> Play + Send + Sync;

struct Stage {
    script: Box<Script>,
    heard: Mutex<Vec<Value>>,
    traces: Mutex<Vec<String>>,
}

/// The server. It has threads of its own and stops when it is dropped.
pub struct ModelServer {
    address: SocketAddr,
    stage: Arc<Stage>,
    runtime: Option<tokio::runtime::Runtime>,
}

impl ModelServer {
    /// Starts it on a free port of loopback. `script` is given each request with its number, from 0.
    pub fn start(script: impl Fn(&Value, usize) -> Play + Send + Sync + 'static) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.expect("a runtime can be made");
        let stage = Stage { script: Box::new(script), heard: Mutex::default(), traces: Mutex::default() };
        let stage = Arc::new(stage);
        let router = Router::new().fallback(answer).with_state(stage.clone());
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        runtime.spawn(async move { axum::serve(listener, router).await });
        Self { address, stage, runtime: Some(runtime) }
    }

    /// Where it is, as `base_url` of a provider.
    pub fn url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// Makes it a provider of a server that `command` starts, with replies held to a JSON Schema.
    pub fn provide(&self, command: &mut Command, name: &str) {
        let key = |setting: &str| format!("GREENROOM__LLM__PROVIDERS__{}__{setting}", name.to_uppercase());
        command.env("GREENROOM__LLM__ENABLED", "true");
        command.env(key("BASE_URL"), self.url()).env(key("MODEL"), "played").env(key("JSON"), "schema");
    }

    /// The requests so far.
    pub fn heard(&self) -> Vec<Value> {
        lock(&self.stage).clone()
    }

    /// The traces that requests belonged to, by their header `traceparent`.
    pub fn traceparents(&self) -> Vec<String> {
        self.stage.traces.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Goes away in the middle of whatever it does.
    pub fn stop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Drop for ModelServer {
    fn drop(&mut self) {
        self.stop();
    }
}

fn lock(stage: &Stage) -> MutexGuard<'_, Vec<Value>> {
    stage.heard.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn answer(State(stage): State<Arc<Stage>>, headers: HeaderMap, body: Bytes) -> Response {
    let trace = headers.get("traceparent").and_then(|value| value.to_str().ok());
    stage.traces.lock().unwrap_or_else(PoisonError::into_inner).extend(trace.map(str::to_owned));
    let request: Value = serde_json::from_slice(&body).unwrap_or_default();
    let number = {
        let mut heard = lock(&stage);
        heard.push(request.clone());
        heard.len() - 1
    };
    match (stage.script)(&request, number) {
        Play::Words(words) => streamed(Body::from(whole(&words).concat())),
        Play::Drip(words, pause) => {
            let chunks = stream::iter(whole(&words)).then(move |chunk| async move {
                tokio::time::sleep(pause).await;
                Ok::<_, std::io::Error>(Bytes::from(chunk))
            });
            streamed(Body::from_stream(chunks))
        }
        Play::Hang => std::future::pending().await,
        Play::Reset(words) => {
            let begun = chunks(&words).into_iter().take(2).map(|chunk| Ok(Bytes::from(chunk)));
            let broken = stream::once(async {
                // A moment, so that what came before is sent.
                tokio::time::sleep(Duration::from_millis(20)).await;
                Err(std::io::Error::other("as played"))
            });
            streamed(Body::from_stream(stream::iter(begun).chain(broken)))
        }
        Play::Status(status, retry_after) => refused(status, retry_after),
        Play::Page => {
            response(200, "text/html", Body::from("<html><body>Sign in to the network</body></html>"))
        }
    }
}

fn refused(status: u16, retry_after: Option<u32>) -> Response {
    let body = json!({"error": {"message": "as played", "type": "played", "code": status}}).to_string();
    let mut response = response(status, "application/json", Body::from(body));
    if let Some(seconds) = retry_after {
        response.headers_mut().insert("retry-after", seconds.into());
    }
    response
}

fn streamed(body: Body) -> Response {
    response(200, "text/event-stream", body)
}

fn response(status: u16, kind: &str, body: Body) -> Response {
    let status = StatusCode::from_u16(status).expect("a script names a status that exists");
    Response::builder().status(status).header("content-type", kind).body(body).expect("the head is valid")
}

/// The whole reply as it is streamed.
fn whole(words: &str) -> Vec<String> {
    let tokens = words.chars().count() / 4 + 1;
    let usage = json!({"prompt_tokens": 1200, "completion_tokens": tokens, "total_tokens": 1200 + tokens});
    let end = event(&json!({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}));
    let counted = event(&json!({"choices": [], "usage": usage}));
    chunks(words).into_iter().chain([end, counted, "data: [DONE]\n\n".to_owned()]).collect()
}

fn chunks(words: &str) -> Vec<String> {
    let letters: Vec<char> = words.chars().collect();
    let chunk = |part: &[char]| {
        let text: String = part.iter().collect();
        event(&json!({"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": null}]}))
    };
    letters.chunks(CHUNK).map(chunk).collect()
}

fn event(value: &Value) -> String {
    let mut value = value.clone();
    value["object"] = "chat.completion.chunk".into();
    value["model"] = "played".into();
    format!("data: {value}\n\n")
}
