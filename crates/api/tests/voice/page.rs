//! A page on a WebSocket: it sends sound frame by frame, and says at once that it has heard what it got.

use futures::{SinkExt, StreamExt};
use greenroom_testkit::{Client, at};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// How far sound may be ahead of the clock: nobody speaks faster than time passes.
const AHEAD: Duration = Duration::from_millis(1_500);
/// Without sound for so long, it is said how far it came.
const MOMENT: Duration = Duration::from_millis(40);
/// Longest wait for something that must happen.
const DEADLINE: Duration = Duration::from_secs(30);

pub struct Page {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    frame: u32,
    /// When the first frame was sent.
    since: Option<Instant>,
    /// How much of which reply has come that the server was not told of.
    unreported: Option<(u32, u64)>,
    /// Plays and speaks in time, as a page with a person before it; else as fast as it goes.
    in_time: Option<InTime>,
    /// Every message of the server.
    pub told: Vec<Value>,
    /// Sound that came, ms.
    pub heard_ms: u64,
}

/// What sounds at this moment: the reply, since when, how much had sounded before, and how much has come.
#[derive(Clone, Copy, Default)]
struct InTime {
    sounding: Option<(u32, Instant, u64, u64)>,
}

impl InTime {
    fn hear(&mut self, reply: u32, from_ms: u64, ms: u64) {
        self.sounding = Some(match self.sounding {
            Some((of, since, before, come)) if of == reply && come == from_ms => {
                (of, since, before, come + ms)
            }
            _ => (reply, Instant::now(), from_ms, from_ms + ms),
        });
    }

    /// What is to be reported.
    fn report(&mut self) -> Option<(u32, u64)> {
        let (reply, since, before, come) = self.sounding?;
        let ms = (before + since.elapsed().as_millis() as u64).min(come);
        Some((reply, ms))
    }
}

impl Page {
    /// Plays and speaks in time from now on.
    pub fn in_time(mut self) -> Self {
        self.in_time = Some(InTime::default());
        self.since = Some(Instant::now());
        self
    }

    /// Opens a line to an interview.
    pub async fn open(
        client: &Client,
        to: SocketAddr,
        session: &Value,
        resume: Option<&str>,
    ) -> Result<Self, Error> {
        Self::greeting(client, to, &at(session, "/voice/socket"), resume).await
    }

    /// Opens a new line with a wish about it, such as `?voice=omar`.
    pub async fn open_at(
        client: &Client,
        to: SocketAddr,
        session: &Value,
        wish: &str,
    ) -> Result<Self, Error> {
        Self::greeting(client, to, &at(session, &format!("/voice/socket{wish}")), None).await
    }

    async fn greeting(
        client: &Client,
        to: SocketAddr,
        path: &str,
        resume: Option<&str>,
    ) -> Result<Self, Error> {
        let mut request = format!("ws://{to}{path}").into_client_request().expect("a valid request");
        if let Some(token) = &client.token {
            let bearer = format!("Bearer {token}").parse().expect("a valid header");
            request.headers_mut().insert("authorization", bearer);
        }
        let (socket, _) = connect_async(request).await?;
        let (told, in_time) = (Vec::new(), None);
        let mut page = Self { socket, frame: 0, since: None, unreported: None, in_time, told, heard_ms: 0 };
        let mut hello = json!({"type": "hello", "version": 1, "muted": false, "auto_gain": false});
        if let Some(link) = resume {
            hello["resume"] = json!(link);
        }
        page.say(&hello).await;
        Ok(page)
    }

    pub async fn say(&mut self, message: &Value) {
        self.socket.send(Message::text(message.to_string())).await.expect("the line stands");
    }

    /// Sends sound, and silence after it.
    pub async fn speak(&mut self, pcm: &[i16], silence_ms: usize) {
        let mut sound = pcm.to_vec();
        sound.resize((sound.len() + silence_ms * 16).next_multiple_of(320), 0);
        let since = *self.since.get_or_insert_with(Instant::now);
        let mut ahead = AHEAD;
        if self.in_time.is_some() {
            // The microphone was there all the time, and what it heard was left out.
            self.frame = self.frame.max(since.elapsed().as_millis() as u32 / 20);
            ahead = Duration::ZERO;
        }
        for frame in sound.chunks(320) {
            let due = Duration::from_millis(u64::from(self.frame) * 20).saturating_sub(ahead);
            tokio::time::sleep_until((since + due).into()).await;
            let mut bytes = self.frame.to_le_bytes().to_vec();
            bytes.extend(frame.iter().flat_map(|sample| sample.to_le_bytes()));
            self.frame += 1;
            self.socket.send(Message::binary(bytes)).await.expect("the line stands");
        }
    }

    /// Takes what comes until a message for which `is_it`; that one.
    pub async fn until(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        loop {
            let next = tokio::time::timeout(DEADLINE, self.next()).await;
            let next = next.unwrap_or_else(|_| panic!("it comes in time: {:#?}", self.told));
            let message = next.unwrap_or_else(|| panic!("the line stands: {:#?}", self.told));
            if is_it(&message) {
                return message;
            }
        }
    }

    pub async fn until_phase(&mut self, phase: &str) {
        self.until(|message| message["type"] == "phase" && message["phase"] == phase).await;
    }

    /// The next message; `None` when the server has hung up. When no sound comes for a moment, says how far it came.
    async fn next(&mut self) -> Option<Value> {
        loop {
            if let Some(report) = self.in_time.as_mut().and_then(InTime::report) {
                self.unreported = Some(report);
            }
            let message = match self.unreported.take() {
                None => self.socket.next().await,
                Some((reply, ms)) => match tokio::time::timeout(MOMENT, self.socket.next()).await {
                    Ok(message) => {
                        self.unreported = self.in_time.is_none().then_some((reply, ms));
                        message
                    }
                    Err(_) => {
                        self.say(&json!({"type": "played", "reply": reply, "ms": ms})).await;
                        continue;
                    }
                },
            };
            match message? {
                Ok(Message::Text(text)) => {
                    let message: Value = serde_json::from_str(&text).expect("JSON");
                    self.told.push(message.clone());
                    return Some(message);
                }
                Ok(Message::Binary(bytes)) => self.hear(&bytes),
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }

    fn hear(&mut self, bytes: &[u8]) {
        let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
        let (reply, from_ms, ms) = (number(0), u64::from(number(4)), (bytes.len() as u64 - 8) / 48);
        self.heard_ms += ms;
        match &mut self.in_time {
            Some(in_time) => in_time.hear(reply, from_ms, ms),
            None => self.unreported = Some((reply, from_ms + ms)),
        }
    }

    /// Goes away without a word.
    pub fn vanish(self) {
        drop(self.socket);
    }
}

impl Page {
    /// Whether the server has ended the line.
    pub async fn is_hung_up(&mut self) -> bool {
        let ended = async { while self.next().await.is_some() {} };
        tokio::time::timeout(DEADLINE, ended).await.is_ok()
    }
}
