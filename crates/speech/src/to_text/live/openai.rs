//! OpenAI's realtime transcription (developers.openai.com/api/docs/guides/realtime-transcription).

use super::super::stream::StreamOptions;
use super::super::transcript::two_letters;
use super::{Protocol, Read};
use crate::Pcm16k;
use crate::socket::Out;
use crate::to_speech::tune::To24k;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use greenroom_upstream::{Fault, Kind, VendorError};
use serde_json::{Value, json};
use std::time::Duration;

/// Letters of a hint that are sent.
const HINT: usize = 200;

pub(super) struct Realtime {
    update: Value,
    /// It takes 24 000 samples a second.
    resampler: To24k,
    /// The words so far of the utterance, as they come piece by piece.
    partial: String,
}

impl Realtime {
    pub fn new(options: &StreamOptions, model: &str) -> Result<Self, Fault> {
        let mut transcription = json!({"model": model});
        if let Some(language) = options.language.as_deref().and_then(two_letters) {
            transcription["language"] = json!(language);
        }
        if let Some(hint) = &options.hint {
            transcription["prompt"] = json!(hint.chars().take(HINT).collect::<String>());
        }
        let update = json!({
            "type": "session.update",
            "session": {
                "type": "transcription",
                "audio": {"input": {
                    "format": {"type": "audio/pcm", "rate": 24000},
                    "transcription": transcription,
                    "turn_detection": null,
                }},
            },
        });
        Ok(Self { update, resampler: To24k::new(16_000)?, partial: String::new() })
    }
}

impl Protocol for Realtime {
    fn hello(&mut self) -> Vec<Out> {
        vec![Out::Json(self.update.clone())]
    }

    fn hello_is_enough(&self) -> bool {
        false
    }

    fn sound(&mut self, pcm: &Pcm16k) -> Result<Out, Fault> {
        let samples = self.resampler.push(pcm.samples())?;
        let bytes: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
        Ok(Out::Json(json!({"type": "input_audio_buffer.append", "audio": STANDARD.encode(bytes)})))
    }

    fn finish(&mut self) -> Vec<Out> {
        vec![Out::Json(json!({"type": "input_audio_buffer.commit"}))]
    }

    fn grace(&self) -> Option<Duration> {
        None
    }

    fn keep_alive(&self) -> Option<Out> {
        None
    }

    fn bye(&mut self) -> Vec<Out> {
        Vec::new()
    }

    fn read(&mut self, message: &Value) -> Result<Vec<Read>, Fault> {
        let text = |field: &str| message[field].as_str().unwrap_or_default().to_owned();
        Ok(match message["type"].as_str() {
            Some("session.updated" | "transcription_session.updated") => vec![Read::Ready],
            Some("conversation.item.input_audio_transcription.delta") => {
                self.partial.push_str(&text("delta"));
                vec![Read::Partial(self.partial.clone())]
            }
            Some("conversation.item.input_audio_transcription.completed") => {
                self.partial.clear();
                vec![Read::Words(text("transcript"), Vec::new()), Read::Flushed]
            }
            Some("conversation.item.input_audio_transcription.failed") => {
                return Err(Fault::new(
                    Kind::Unavailable { retry_after: None },
                    "could not transcribe the utterance",
                ));
            }
            // Less than 100 ms of sound is no utterance to it.
            Some("error") if message["error"]["code"] == "input_audio_buffer_commit_empty" => {
                vec![Read::Flushed]
            }
            Some("error") => return Err(VendorError::read(message).fault_in_stream()),
            _ => Vec::new(),
        })
    }

    fn closed(&self, code: Option<u16>) -> Fault {
        match code {
            Some(3000) => Fault::new(Kind::Unauthenticated, "the key is missing, wrong or revoked"),
            _ => Fault::new(Kind::BrokenStream, "the service closed the line"),
        }
    }
}
