//! Speechmatics' real-time API, version 2 (docs.speechmatics.com, "Realtime API Reference").

use super::super::stream::StreamOptions;
use super::super::transcript::{Speaker, Word, two_letters};
use super::{Protocol, Read};
use crate::Pcm16k;
use crate::options::SttEngine;
use crate::socket::Out;
use greenroom_upstream::{Fault, Kind};
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Duration;

/// How long `EndOfUtterance` is waited for after it was forced.
const GRACE: Duration = Duration::from_millis(1000);
/// Words of a hint that are sent.
const VOCABULARY: usize = 50;

pub(super) struct Speechmatics {
    start: Value,
    /// Messages of sound that were sent.
    sent: u64,
}

impl Speechmatics {
    pub fn new(options: &StreamOptions, engine: &SttEngine) -> Self {
        let language = options.language.as_deref().and_then(two_letters).unwrap_or_else(|| "en".to_owned());
        // Its Mandarin is called so.
        let language = if language == "zh" { "cmn".to_owned() } else { language };
        let words = options.hint.iter().flat_map(|hint| hint.split([',', '\n'])).map(str::trim);
        let vocabulary: Vec<Value> = words
            .filter(|word| !word.is_empty())
            .take(VOCABULARY)
            .map(|word| json!({"content": word}))
            .collect();
        let start = json!({
            "message": "StartRecognition",
            "audio_format": {"type": "raw", "encoding": "pcm_s16le", "sample_rate": 16000},
            "transcription_config": {
                "language": language,
                "operating_point": engine.model,
                "diarization": if engine.speakers { "speaker" } else { "none" },
                "enable_partials": true,
                "max_delay": 1.0,
                "additional_vocab": vocabulary,
            },
        });
        Self { start, sent: 0 }
    }
}

#[derive(Deserialize)]
struct Results {
    #[serde(default)]
    metadata: Metadata,
    #[serde(default)]
    results: Vec<Item>,
}

#[derive(Default, Deserialize)]
struct Metadata {
    #[serde(default)]
    transcript: String,
}

#[derive(Deserialize)]
struct Item {
    #[serde(rename = "type")]
    kind: String,
    start_time: f64,
    end_time: f64,
    #[serde(default)]
    alternatives: Vec<Alternative>,
}

#[derive(Deserialize)]
struct Alternative {
    content: String,
    #[serde(default)]
    confidence: Option<f32>,
    /// `S1`, `S2` and so on; `UU` when it cannot tell.
    #[serde(default)]
    speaker: Option<String>,
}

impl Protocol for Speechmatics {
    fn hello(&mut self) -> Vec<Out> {
        vec![Out::Json(self.start.clone())]
    }

    fn hello_is_enough(&self) -> bool {
        false
    }

    fn sound(&mut self, pcm: &Pcm16k) -> Result<Out, Fault> {
        self.sent += 1;
        Ok(Out::Bytes(pcm.le_bytes()))
    }

    fn finish(&mut self) -> Vec<Out> {
        vec![Out::Json(json!({"message": "ForceEndOfUtterance"}))]
    }

    fn grace(&self) -> Option<Duration> {
        Some(GRACE)
    }

    /// It keeps a silent line open for an hour.
    fn keep_alive(&self) -> Option<Out> {
        None
    }

    fn bye(&mut self) -> Vec<Out> {
        vec![Out::Json(json!({"message": "EndOfStream", "last_seq_no": self.sent}))]
    }

    fn read(&mut self, message: &Value) -> Result<Vec<Read>, Fault> {
        let results = || {
            Results::deserialize(message)
                .map_err(|_| Fault::malformed("a result is not what the protocol says"))
        };
        Ok(match message["message"].as_str() {
            Some("RecognitionStarted") => vec![Read::Ready],
            Some("AddPartialTranscript") => vec![Read::Partial(results()?.metadata.transcript)],
            Some("AddTranscript") => {
                let results = results()?;
                vec![Read::Words(results.metadata.transcript, words(results.results))]
            }
            Some("EndOfUtterance") => vec![Read::Flushed],
            Some("Error") => return Err(error(message["type"].as_str().unwrap_or_default())),
            // AudioAdded, Info, Warning and what may come.
            _ => Vec::new(),
        })
    }

    fn closed(&self, code: Option<u16>) -> Fault {
        match code {
            Some(4001) => error("not_authorised"),
            Some(4003) => error("not_allowed"),
            Some(4005) => error("quota_exceeded"),
            Some(4013) => error("job_error"),
            Some(1011) => error("internal_error"),
            _ => Fault::new(Kind::BrokenStream, "the service closed the line"),
        }
    }
}

/// Marks such as full stops hang on the word before them.
fn words(items: Vec<Item>) -> Vec<Word> {
    let ms = |seconds: f64| (seconds * 1000.0).round().max(0.0) as u32;
    let mut words: Vec<Word> = Vec::new();
    for item in items {
        let Some(best) = item.alternatives.into_iter().next() else { continue };
        match (item.kind.as_str(), words.last_mut()) {
            ("punctuation", Some(last)) => last.text.push_str(&best.content),
            ("punctuation", None) => {}
            _ => words.push(Word {
                text: best.content,
                from_ms: ms(item.start_time),
                to_ms: ms(item.end_time),
                confidence: best.confidence,
                speaker: best.speaker.as_deref().and_then(speaker),
            }),
        }
    }
    words
}

/// Number 0 of `S1`.
fn speaker(label: &str) -> Option<Speaker> {
    let number = label.strip_prefix('S')?.parse::<u8>().ok()?.checked_sub(1)?;
    Some(Speaker { line: 0, number })
}

fn error(name: &str) -> Fault {
    let (kind, what) = match name {
        "not_authorised" => (Kind::Unauthenticated, "the key is missing, wrong or revoked"),
        "not_allowed" | "insufficient_funds" => {
            (Kind::Forbidden, "the key may not do this, or the account has no credit")
        }
        "quota_exceeded" => (Kind::RateLimited { retry_after: None }, "too many lines at once"),
        "invalid_model" => (Kind::NotFound, "there is no such model or language"),
        "invalid_message" | "invalid_config" | "invalid_audio_type" | "protocol_error" | "data_error" => {
            (Kind::BadRequest, "the request was refused")
        }
        "timelimit_exceeded" => (Kind::TooLong, "the line was open for too long"),
        "idle_timeout" | "session_timeout" => (Kind::TimedOut, "the service heard nothing for too long"),
        _ => (Kind::Unavailable { retry_after: None }, "the service failed"),
    };
    Fault::new(kind, what)
}
