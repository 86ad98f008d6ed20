//! A service on this machine that speaks by WebSocket what vendors document.

use axum::Router;
use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use futures::StreamExt;
use greenroom_speech::{Heard, Listening, Pcm16k, SpeechToText, StreamOptions, Timeouts};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What the service does next.
#[derive(Clone)]
pub enum Step {
    /// Takes messages until one of text holds this.
    Until(&'static str),
    /// Takes sound until there are so many bytes of it since the last step of this kind.
    Sound(usize),
    /// Sends this.
    Send(&'static str),
    /// Closes the line with this code.
    Close(u16),
    /// Breaks the line off.
    Break,
}

#[derive(Default)]
pub struct Seen {
    pub uri: String,
    pub headers: HeaderMap,
    /// Messages of text, in order.
    pub texts: Vec<String>,
    pub sound: usize,
}

pub struct Peer {
    pub url: String,
    seen: Arc<Mutex<Seen>>,
}

struct Stage {
    steps: Vec<Step>,
    seen: Arc<Mutex<Seen>>,
}

impl Peer {
    pub async fn start(steps: Vec<Step>) -> Self {
        let seen = Arc::<Mutex<Seen>>::default();
        let stage = Arc::new(Stage { steps, seen: seen.clone() });
        let router = Router::new().fallback(upgrade).with_state(stage);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, seen }
    }

    pub fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().unwrap()
    }

    /// Waits until a message with this has come.
    pub async fn until_told(&self, part: &str) {
        let told = async {
            while !self.seen().texts.iter().any(|text| text.contains(part)) {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), told).await.expect("it is told");
    }

    /// The recogniser `protocol` there.
    pub fn engine(&self, protocol: &str) -> Arc<dyn SpeechToText> {
        engine(&self.url, protocol, "")
    }
}

/// The recogniser `protocol` there, with more settings.
pub fn engine(url: &str, protocol: &str, more: &str) -> Arc<dyn SpeechToText> {
    let settings = format!(
        "[to_text.engines.lab]\nprotocol = '{protocol}'\nbase_url = '{url}'\nmodel = 'nova-3'\napi_key = '{}'\nkeeps_fillers = true\n{more}",
        crate::server::KEY
    );
    let engine = &crate::server::options(&settings).recognisers(|_| None).unwrap()[0];
    let timeouts = Timeouts { first: Duration::from_secs(5), ..crate::server::timeouts() };
    greenroom_speech::to_text(engine, timeouts).unwrap()
}

async fn upgrade(
    State(stage): State<Arc<Stage>>,
    uri: Uri,
    headers: HeaderMap,
    up: WebSocketUpgrade,
) -> Response {
    {
        let mut seen = stage.seen.lock().unwrap();
        (seen.uri, seen.headers) = (uri.to_string(), headers);
    }
    up.on_upgrade(move |socket| play(socket, stage))
}

async fn play(mut socket: WebSocket, stage: Arc<Stage>) {
    for step in stage.steps.clone() {
        match step {
            Step::Send(text) => socket.send(Message::text(text)).await.unwrap(),
            Step::Close(code) => {
                let _ =
                    socket.send(Message::Close(Some(CloseFrame { code, reason: "as played".into() }))).await;
                return;
            }
            Step::Break => return,
            Step::Until(part) => {
                while !take(&mut socket, &stage).await.is_none_or(|text| text.contains(part)) {}
            }
            Step::Sound(bytes) => {
                let until = stage.seen.lock().unwrap().sound + bytes;
                while stage.seen.lock().unwrap().sound < until && take(&mut socket, &stage).await.is_some() {}
            }
        }
    }
    while take(&mut socket, &stage).await.is_some() {}
}

/// One message; empty for sound, `None` at the end.
async fn take(socket: &mut WebSocket, stage: &Stage) -> Option<String> {
    match socket.recv().await?.ok()? {
        Message::Text(text) => {
            stage.seen.lock().unwrap().texts.push(text.to_string());
            Some(text.to_string())
        }
        Message::Binary(bytes) => {
            stage.seen.lock().unwrap().sound += bytes.len();
            Some(String::new())
        }
        Message::Close(_) => None,
        _ => Some(String::new()),
    }
}

pub async fn open(engine: &dyn SpeechToText) -> Listening {
    let options =
        StreamOptions { language: Some("en".to_owned()), hint: Some("Zanzibar, Kubernetes".to_owned()) };
    engine.open(options).await.unwrap_or_else(|error| panic!("{error}"))
}

/// Half a second of sound and the end of the utterance.
pub async fn say_something(listening: &Listening) {
    for _ in 0..25 {
        listening.sink.send(Pcm16k::new(crate::server::tone(16_000, 20))).await.unwrap();
    }
    listening.sink.finish_utterance().await.unwrap();
}

/// What is heard until the next final words.
pub async fn until_final(listening: &mut Listening) -> (Vec<String>, greenroom_speech::Transcript) {
    let mut partials = Vec::new();
    loop {
        match listening.heard.next().await.expect("the line is open").unwrap() {
            Heard::Partial { text, .. } => partials.push(text),
            Heard::Final { transcript, .. } => return (partials, transcript),
        }
    }
}
