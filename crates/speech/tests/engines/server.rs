//! A server on this machine that plays a vendor.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use futures::StreamExt;
use greenroom_speech::{
    Kind, Options, Pcm16k, Pcm24k, Say, SpeechError, SpeechToText, TextToSpeech, Timeouts, Utterance,
};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub const KEY: &str = "sk-Test-0123456789";
pub const QUESTION: &str = "What did the Zanzibar migration teach you?";

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
    pub fn body(status: u16, kind: &str, body: &[u8]) -> Self {
        let headers = vec![("content-type", kind.to_owned())];
        Self { status, headers, chunks: vec![body.to_vec()], then: Then::End }
    }

    pub fn json(status: u16, body: &str) -> Self {
        Self::body(status, "application/json", body.as_bytes())
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
    pub path: String,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Received {
    /// Whether `part` is in the body.
    pub fn has(&self, part: &str) -> bool {
        self.body.windows(part.len()).any(|window| window == part.as_bytes())
    }
}

struct Stage {
    /// The last one is played for ever.
    plays: Mutex<VecDeque<Play>>,
    received: Mutex<Vec<Received>>,
}

/// The server. It stops with the test's runtime.
pub struct Vendor {
    pub url: String,
    stage: Arc<Stage>,
}

impl Vendor {
    pub async fn start(plays: impl IntoIterator<Item = Play>) -> Self {
        let plays = Mutex::new(plays.into_iter().collect());
        let stage = Arc::new(Stage { plays, received: Mutex::default() });
        let router = Router::new().fallback(answer).with_state(stage.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/v1", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, stage }
    }

    /// The same, but at another address.
    pub fn elsewhere(self, url: &str) -> Self {
        Self { url: url.to_owned(), ..self }
    }

    pub fn received(&self) -> Vec<Received> {
        self.stage.received.lock().unwrap().clone()
    }

    /// A recogniser there; `more` are settings of it.
    pub fn recogniser(&self, more: &str) -> Arc<dyn SpeechToText> {
        let settings = format!(
            "[to_text.engines.lab]\nbase_url = '{}'\nmodel = 'whisper-1'\napi_key = '{KEY}'\n{more}",
            self.url
        );
        let engines = options(&settings).recognisers(|_| None).unwrap();
        greenroom_speech::to_text(&engines[0], timeouts()).unwrap()
    }

    /// A voice there; `more` are settings of it.
    pub fn voice(&self, more: &str) -> Arc<dyn TextToSpeech> {
        let settings = format!(
            "[to_speech]\norder = ['lab']\n[to_speech.engines.lab]\nbase_url = '{}'\nmodel = 'tts'\napi_key = '{KEY}'\n{more}",
            self.url
        );
        voice(&settings)
    }
}

pub fn options(settings: &str) -> Options {
    toml::from_str(settings).unwrap()
}

/// The first voice of `settings`.
pub fn voice(settings: &str) -> Arc<dyn TextToSpeech> {
    let engines = options(settings).voices(|_| None).unwrap();
    greenroom_speech::to_speech(&engines[0], timeouts()).unwrap()
}

async fn answer(State(stage): State<Arc<Stage>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let body = body.to_vec();
    stage.received.lock().unwrap().push(Received { path: uri.path().to_owned(), headers, body });
    let play = {
        let mut plays = stage.plays.lock().unwrap();
        if plays.len() > 1 { plays.pop_front().unwrap() } else { plays[0].clone() }
    };
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

pub fn timeouts() -> Timeouts {
    Timeouts { first: Duration::from_secs(10), next: Duration::from_secs(10), words: Duration::from_secs(10) }
}

pub fn utterance() -> Utterance {
    Utterance {
        pcm: Pcm16k::new(tone(16_000, 1000)),
        language: Some("en-GB".to_owned()),
        hint: Some("Zanzibar".to_owned()),
    }
}

pub fn say(text: &str) -> Say {
    Say { text: text.to_owned(), voice: "ana".to_owned(), language: "en".to_owned(), pace: 1.0 }
}

pub fn tone(rate: u32, ms: u32) -> Vec<i16> {
    let wave = |at: u32| (f64::from(at) / f64::from(rate) * 440.0 * std::f64::consts::TAU).sin() * 9000.0;
    (0..rate * ms / 1000).map(|at| wave(at) as i16).collect()
}

/// All of the sound, or what was wrong with it and how much had come until then, ms.
pub async fn listen(voice: &dyn TextToSpeech, text: &str) -> Result<Pcm24k, (Kind, u32)> {
    hear(voice, say(text)).await
}

pub async fn hear(voice: &dyn TextToSpeech, say: Say) -> Result<Pcm24k, (Kind, u32)> {
    let mut samples = Vec::new();
    let mut sound = voice.speak(say).await.map_err(|error| (checked(error), 0))?.sound;
    while let Some(piece) = sound.next().await {
        match piece {
            Ok(piece) => samples.extend_from_slice(piece.samples()),
            Err(error) => return Err((checked(error), Pcm24k::new(samples).ms())),
        }
    }
    Ok(Pcm24k::new(samples))
}

/// No error holds the key or what was said.
pub fn checked(error: SpeechError) -> Kind {
    let words = format!("{error} {error:?}");
    assert!(!words.contains(KEY) && !words.contains("Zanzibar"), "{words}");
    error.kind
}
