//! A service on this machine that plays OpenAI's Realtime interface with the voice of espeak-ng. It knows what is going to
//! be said, and gives as many of the words as there is voice in the sound.

use crate::speaker::{espeak, voice_ms};
use axum::Router;
use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures::StreamExt;
use greenroom_media::audio::{HEARD_RATE, Resampler, SPOKEN_RATE};
use greenroom_speech::Say;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tokio_util::sync::CancellationToken;

pub const KEY: &str = "sk-Test-0123456789";
/// Samples of one piece of sound: 100 ms.
const PIECE: usize = 2_400;

pub struct Peer {
    pub url: String,
    stage: Arc<Stage>,
}

#[derive(Default)]
struct Stage {
    /// Words that are said next, how many of them were given, and how much voice they are.
    expected: Mutex<(Vec<String>, usize, u64)>,
    said: Mutex<Vec<String>>,
    header: Mutex<String>,
    instructions: Mutex<Vec<String>>,
    opened: Mutex<usize>,
    gone: CancellationToken,
}

impl Peer {
    pub async fn start() -> Self {
        let stage = Arc::<Stage>::default();
        let router = Router::new().fallback(upgrade).with_state(stage.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/v1", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, stage }
    }

    /// This is said next.
    pub fn expect(&self, text: &str, pcm: &[i16]) {
        let words = text.split(' ').map(str::to_owned).collect();
        *self.stage.expected.lock().expect("nobody panics with it") = (words, 0, voice_ms(pcm).max(1));
    }

    /// What it has said.
    pub fn said(&self) -> Vec<String> {
        self.stage.said.lock().expect("nobody panics with it").clone()
    }

    /// How it was asked for who comes, and all instructions.
    pub fn told(&self) -> (String, Vec<String>) {
        let lock = "nobody panics with it";
        let header = self.stage.header.lock().expect(lock).clone();
        (header, self.stage.instructions.lock().expect(lock).clone())
    }

    /// How many conversations were opened.
    pub fn opened(&self) -> usize {
        *self.stage.opened.lock().expect("nobody panics with it")
    }

    /// Breaks all conversations off.
    pub fn hang_up(&self) {
        self.stage.gone.cancel();
    }
}

async fn upgrade(State(stage): State<Arc<Stage>>, headers: HeaderMap, up: WebSocketUpgrade) -> Response {
    let key = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    key.clone_into(&mut stage.header.lock().expect("nobody panics with it"));
    *stage.opened.lock().expect("nobody panics with it") += 1;
    up.on_upgrade(move |socket| talk(socket, stage))
}

async fn talk(mut socket: WebSocket, stage: Arc<Stage>) {
    let (mut heard, mut items, mut replies) = (Vec::new(), 0, 0);
    loop {
        let message = tokio::select! {
            () = stage.gone.cancelled() => return,
            message = socket.recv() => message,
        };
        let Some(Ok(Message::Text(text))) = message else { return };
        let message: Value = serde_json::from_str(&text).expect("JSON");
        let answers = match message["type"].as_str().expect("a type") {
            "session.update" => {
                stage.notes(&message["session"]["instructions"]);
                vec![json!({"type": "session.updated", "session": {"type": "realtime"}})]
            }
            "input_audio_buffer.append" => {
                let bytes = STANDARD.decode(message["audio"].as_str().expect("sound")).expect("base64");
                heard.extend(bytes.as_chunks::<2>().0.iter().map(|pair| i16::from_le_bytes(*pair)));
                Vec::new()
            }
            "input_audio_buffer.clear" => {
                heard.clear();
                Vec::new()
            }
            "input_audio_buffer.commit" => {
                items += 1;
                stage.words(&std::mem::take(&mut heard), items)
            }
            "response.create" => {
                replies += 1;
                stage.reply(&message["response"]["instructions"], replies).await
            }
            _ => Vec::new(),
        };
        for answer in answers {
            if socket.send(Message::text(answer.to_string())).await.is_err() {
                return;
            }
        }
    }
}

impl Stage {
    fn notes(&self, instructions: &Value) {
        let text = instructions.as_str().expect("instructions").to_owned();
        self.instructions.lock().expect("nobody panics with it").push(text);
    }

    /// The words of an utterance.
    fn words(&self, heard: &[i16], item: usize) -> Vec<Value> {
        let mut at_16k = Vec::new();
        Resampler::new(SPOKEN_RATE, HEARD_RATE).expect("known rates").push(heard, &mut at_16k);
        let mut expected = self.expected.lock().expect("nobody panics with it");
        let (words, given, all) = &mut *expected;
        // The ends of a voice are not as sharp as its middle.
        let count = words.len() as u64 * voice_ms(&at_16k) * 20 / 17 / (*all).max(1);
        let until = (*given + count as usize).min(words.len());
        let text = words[std::mem::replace(given, until)..until].join(" ");
        let item = format!("item_{item}");
        vec![
            json!({"type": "input_audio_buffer.committed", "item_id": item}),
            json!({
                "type": "conversation.item.input_audio_transcription.completed",
                "item_id": item, "transcript": text,
            }),
        ]
    }

    /// What stands between the marks, after a nod where one is asked for.
    async fn reply(&self, instructions: &Value, number: usize) -> Vec<Value> {
        self.notes(instructions);
        let told = instructions.as_str().expect("instructions");
        let between = told.rsplit_once(" begins\n").expect("a place for words").1;
        let words = between.rsplit_once('\n').expect("an end").0.replace('\n', " ");
        let nod = if told.contains("First take up") { "I see. " } else { "" };
        let text = format!("{nod}{words}");
        self.said.lock().expect("nobody panics with it").push(text.clone());
        let say = Say { text: text.clone(), voice: "ben".to_owned(), language: "en".to_owned(), pace: 1.4 };
        let mut sound = espeak().speak(say).await.expect("espeak-ng is installed").sound;
        let mut samples = Vec::new();
        while let Some(piece) = sound.next().await {
            samples.extend_from_slice(piece.expect("it speaks to the end").samples());
        }
        let id = format!("resp_{number}");
        let item = json!({"id": format!("said_{number}")});
        let mut messages = vec![
            json!({"type": "response.created", "response": {"id": id}}),
            json!({"type": "response.output_item.added", "response_id": id, "item": item}),
            json!({"type": "response.output_audio_transcript.delta", "response_id": id, "delta": text}),
        ];
        for piece in samples.chunks(PIECE) {
            let bytes: Vec<u8> = piece.iter().flat_map(|sample| sample.to_le_bytes()).collect();
            let delta = STANDARD.encode(bytes);
            messages.push(json!({"type": "response.output_audio.delta", "response_id": id, "delta": delta}));
        }
        messages.push(json!({"type": "response.done", "response": {"id": id, "status": "completed"}}));
        messages
    }
}
