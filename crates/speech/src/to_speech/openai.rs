//! Speech as OpenAI, Kokoro-FastAPI, LocalAI, speaches and others serve it: text goes up, samples stream back.

use super::tune::{Coming, Tune};
use super::voices;
use super::{LONGEST_TEXT, Say, Sound, Spoken, TextToSpeech, Voice};
use crate::limits::Timeouts;
use crate::options::TtsEngine;
use crate::{Pcm24k, SpeechError};
use async_trait::async_trait;
use futures::StreamExt;
use futures::stream::BoxStream;
use greenroom_upstream::{Answer, Fault, Http, Kind, VendorError};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tokio::time::{Instant, timeout_at};

/// Most sound of one text, bytes: ten minutes. A service that goes on is broken.
const LARGEST: usize = 10 * 60 * 48_000;
/// How much of an answer that is no sound is read, bytes.
const LARGEST_ERROR: usize = 64 << 10;

/// A voice that is asked by `/audio/speech`.
pub(crate) struct AudioSpeech {
    http: Http,
    name: String,
    model: String,
    rate: u32,
    instructions: Option<String>,
    voices: Vec<Voice>,
    names: BTreeMap<String, String>,
    leaves_machine: bool,
    timeouts: Timeouts,
}

impl AudioSpeech {
    pub fn new(engine: &TtsEngine, timeouts: Timeouts) -> Result<Self, SpeechError> {
        let http = Http::new(format!("{}/audio/speech", engine.base_url))
            .map_err(|fault| SpeechError::new(&engine.name, fault))?
            .key("authorization", "Bearer ", engine.api_key.as_ref());
        Ok(Self {
            http,
            name: engine.name.clone(),
            model: engine.model.clone(),
            rate: engine.rate,
            instructions: engine.instructions.clone(),
            voices: voices::all(),
            names: voices::names(engine.voice_names, &engine.voices),
            leaves_machine: !engine.private,
            timeouts,
        })
    }

    fn body(&self, say: &Say) -> Value {
        let voice = self.names.get(&say.voice).or_else(|| self.names.get(voices::default_voice()));
        let mut body = json!({
            "model": self.model,
            "input": say.text,
            "voice": voice,
            "response_format": "pcm",
            "speed": (f64::from(say.pace.clamp(0.5, 2.0)) * 100.0).round() / 100.0,
        });
        if let Some(instructions) = &self.instructions {
            body["instructions"] = json!(instructions);
        }
        body
    }
}

#[async_trait]
impl TextToSpeech for AudioSpeech {
    fn name(&self) -> &str {
        &self.name
    }

    fn voices(&self) -> &[Voice] {
        &self.voices
    }

    fn leaves_machine(&self) -> bool {
        self.leaves_machine
    }

    async fn speak(&self, say: Say) -> Result<Spoken, SpeechError> {
        let failed = |fault| SpeechError::new(&self.name, fault);
        if say.text.len() > LONGEST_TEXT {
            return Err(failed(Fault::new(Kind::TooLong, "the text is too long to be said at once")));
        }
        let deadline = Instant::now() + self.timeouts.first;
        let body = self.body(&say).to_string().into_bytes();
        let answer = self.http.post("application/json", body, deadline).await.map_err(failed)?;
        let answer = check(answer, deadline).await.map_err(failed)?;
        let voice = Speaking {
            bytes: answer.bytes,
            tune: Tune::new(Coming::Sniffed(self.rate)),
            deadline,
            timeouts: self.timeouts,
            received: 0,
            spoke: false,
            is_over: false,
        };
        let name = self.name.clone();
        let sound: Sound = futures::stream::unfold((voice, name), |(mut voice, name)| async move {
            let piece = voice.piece().await?;
            voice.is_over |= piece.is_err();
            Some((piece.map_err(|fault| SpeechError::new(&name, fault)), (voice, name)))
        })
        .boxed();
        Ok(Spoken { engine: self.name.clone(), sound })
    }
}

/// An answer with sound, as far as its media type says.
async fn check(mut answer: Answer, deadline: Instant) -> Result<Answer, Fault> {
    match answer.media_type.as_str() {
        "audio/mpeg" | "audio/mp3" | "audio/opus" | "audio/ogg" | "audio/aac" | "audio/flac" => {
            let words = format!("sent {} although samples were asked for", answer.media_type);
            Err(Fault::malformed(words))
        }
        kind if kind == "application/json" || kind.starts_with("text/") => {
            let mut body = Vec::new();
            while let Ok(Some(Ok(chunk))) = timeout_at(deadline, answer.bytes.next()).await {
                body.extend(chunk);
                if body.len() > LARGEST_ERROR {
                    break;
                }
            }
            let value: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
            if value.get("error").is_some_and(|error| !error.is_null()) {
                return Err(VendorError::read(&value).fault_in_stream());
            }
            Err(Fault::malformed("answered with text instead of sound"))
        }
        _ => Ok(answer),
    }
}

struct Speaking {
    bytes: BoxStream<'static, Result<Vec<u8>, Fault>>,
    tune: Tune,
    deadline: Instant,
    timeouts: Timeouts,
    received: usize,
    spoke: bool,
    is_over: bool,
}

impl Speaking {
    async fn piece(&mut self) -> Option<Result<Pcm24k, Fault>> {
        while !self.is_over {
            let sound = match timeout_at(self.deadline, self.bytes.next()).await {
                Ok(Some(Ok(bytes))) => self.take(&bytes),
                Ok(Some(Err(fault))) => Err(fault),
                Ok(None) => {
                    self.is_over = true;
                    return self.end();
                }
                Err(_) => Err(Fault::new(Kind::TimedOut, "no sound in time")),
            };
            match sound {
                Ok(sound) if sound.is_empty() => {}
                Ok(sound) => {
                    self.spoke = true;
                    self.deadline = Instant::now() + self.timeouts.next;
                    return Some(Ok(sound));
                }
                Err(fault) => return Some(Err(fault)),
            }
        }
        None
    }

    fn take(&mut self, bytes: &[u8]) -> Result<Pcm24k, Fault> {
        self.received += bytes.len();
        if self.received > LARGEST {
            return Err(Fault::malformed("the sound does not end"));
        }
        self.tune.push(bytes)
    }

    fn end(&mut self) -> Option<Result<Pcm24k, Fault>> {
        match self.tune.finish() {
            Ok(rest) if !rest.is_empty() => Some(Ok(rest)),
            Ok(_) if !self.spoke => Some(Err(Fault::malformed("the answer holds no sound"))),
            Ok(_) => None,
            Err(fault) => Some(Err(fault)),
        }
    }
}
