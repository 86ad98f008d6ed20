//! Deepgram's `/listen` (developers.deepgram.com/reference/speech-to-text/listen-streaming).

use super::super::stream::StreamOptions;
use super::super::transcript::{Speaker, Word};
use super::{Protocol, Read};
use crate::Pcm16k;
use crate::options::SttEngine;
use crate::socket::Out;
use greenroom_upstream::{Fault, Kind};
use serde::Deserialize;
use serde_json::{Value, json};
use std::time::Duration;

/// How long its last words are waited for. With hardly any sound waiting it sends none after `Finalize`.
const GRACE: Duration = Duration::from_millis(800);
/// Words of a hint that are sent.
const KEY_TERMS: usize = 20;

/// The address with all that is wanted of it. It is silent about turns: when one ends is decided here.
pub(super) fn url(engine: &SttEngine, options: &StreamOptions) -> String {
    let mut url = format!(
        "{}/listen?model={}&encoding=linear16&sample_rate=16000&channels=1&interim_results=true&punctuate=true\
         &filler_words=true&endpointing=false",
        engine.base_url,
        encoded(&engine.model)
    );
    if engine.speakers {
        url.push_str("&diarize=true");
    }
    if let Some(language) = &options.language {
        url.push_str(&format!("&language={}", encoded(language)));
    } else {
        url.push_str("&language=multi");
    }
    for term in options.hint.iter().flat_map(|hint| hint.split([',', '\n'])).map(str::trim).take(KEY_TERMS) {
        if !term.is_empty() {
            url.push_str(&format!("&keyterm={}", encoded(term)));
        }
    }
    url
}

/// As a part of an address.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~');
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

pub(super) struct Deepgram;

#[derive(Deserialize)]
struct Results {
    #[serde(default)]
    is_final: bool,
    #[serde(default)]
    from_finalize: bool,
    channel: Channel,
}

#[derive(Deserialize)]
struct Channel {
    alternatives: Vec<Alternative>,
}

#[derive(Deserialize)]
struct Alternative {
    transcript: String,
    #[serde(default)]
    words: Vec<WordResult>,
}

#[derive(Deserialize)]
struct WordResult {
    word: String,
    #[serde(default)]
    punctuated_word: Option<String>,
    start: f64,
    end: f64,
    #[serde(default)]
    confidence: Option<f32>,
    /// Counted from 0, with `diarize`.
    #[serde(default)]
    speaker: Option<u32>,
}

impl Protocol for Deepgram {
    fn hello(&mut self) -> Vec<Out> {
        Vec::new()
    }

    fn hello_is_enough(&self) -> bool {
        true
    }

    fn sound(&mut self, pcm: &Pcm16k) -> Result<Out, Fault> {
        Ok(Out::Bytes(pcm.le_bytes()))
    }

    fn finish(&mut self) -> Vec<Out> {
        vec![Out::Json(json!({"type": "Finalize"}))]
    }

    fn grace(&self) -> Option<Duration> {
        Some(GRACE)
    }

    fn keep_alive(&self) -> Option<Out> {
        Some(Out::Json(json!({"type": "KeepAlive"})))
    }

    fn bye(&mut self) -> Vec<Out> {
        vec![Out::Json(json!({"type": "CloseStream"}))]
    }

    fn read(&mut self, message: &Value) -> Result<Vec<Read>, Fault> {
        match message["type"].as_str() {
            Some("Results") => {}
            Some("Error") => {
                return Err(Fault::new(Kind::Unavailable { retry_after: None }, "failed while listening"));
            }
            // Metadata, SpeechStarted, UtteranceEnd and what may come.
            _ => return Ok(Vec::new()),
        }
        let results = Results::deserialize(message)
            .map_err(|_| Fault::malformed("a result is not what the protocol says"))?;
        let mut read = Vec::new();
        if let Some(best) = results.channel.alternatives.into_iter().next() {
            if results.is_final {
                read.push(Read::Words(best.transcript, best.words.into_iter().map(word).collect()));
            } else if !best.transcript.is_empty() {
                read.push(Read::Partial(best.transcript));
            }
        }
        if results.from_finalize {
            read.push(Read::Flushed);
        }
        Ok(read)
    }

    fn closed(&self, code: Option<u16>) -> Fault {
        match code {
            Some(1008) => Fault::new(Kind::BadRequest, "the service could not read the sound (1008)"),
            Some(1011) => Fault::new(Kind::TimedOut, "the service heard nothing for too long (1011)"),
            _ => Fault::new(Kind::BrokenStream, "the service closed the line"),
        }
    }
}

fn word(word: WordResult) -> Word {
    let ms = |seconds: f64| (seconds * 1000.0).round().max(0.0) as u32;
    let text = word.punctuated_word.unwrap_or(word.word);
    let number = word.speaker.and_then(|number| u8::try_from(number).ok());
    let speaker = number.map(|number| Speaker { line: 0, number });
    Word { text, from_ms: ms(word.start), to_ms: ms(word.end), confidence: word.confidence, speaker }
}
