//! What the services answer, with what each of them does differently.

use super::super::transcript::{Raw, Segment, Word};
use greenroom_upstream::{Fault, VendorError};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Reply {
    text: String,
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    words: Option<Vec<WordReply>>,
    #[serde(default)]
    segments: Option<Vec<SegmentReply>>,
}

#[derive(Deserialize)]
struct WordReply {
    #[serde(alias = "text")]
    word: String,
    start: f64,
    end: f64,
    /// speaches and whisper.cpp say how sure they are.
    #[serde(default)]
    probability: Option<f32>,
}

#[derive(Deserialize)]
struct SegmentReply {
    #[serde(default)]
    text: String,
    start: f64,
    end: f64,
    #[serde(default)]
    no_speech_prob: Option<f32>,
    #[serde(default)]
    avg_logprob: Option<f32>,
    #[serde(default)]
    compression_ratio: Option<f32>,
    /// whisper.cpp and speaches hang words on their segments.
    #[serde(default)]
    words: Option<Vec<WordReply>>,
}

/// Reads an answer to `ms` of sound.
pub(super) fn read(media_type: &str, body: &[u8], ms: u32) -> Result<Raw, Fault> {
    if media_type.starts_with("audio/") || media_type.starts_with("image/") {
        return Err(Fault::malformed(format!("answered with {media_type} instead of text")));
    }
    let value: Value =
        serde_json::from_slice(body).map_err(|_| Fault::malformed("the answer is not JSON"))?;
    // The server of whisper.cpp and some proxies tell errors with status 200.
    if value.get("error").is_some_and(|error| !error.is_null()) {
        return Err(VendorError::read(&value).fault_in_stream());
    }
    let reply: Reply =
        serde_json::from_value(value).map_err(|_| Fault::malformed("the answer holds no transcript"))?;
    let scale = Scale::of(&reply, ms);
    let mut raw = Raw { text: reply.text, language: reply.language, ..Raw::default() };
    let mut nested = Vec::new();
    for segment in reply.segments.unwrap_or_default() {
        nested.extend(segment.words.unwrap_or_default());
        raw.segments.push(Segment {
            text: segment.text,
            from_ms: scale.ms(segment.start),
            to_ms: scale.ms(segment.end),
            no_speech: segment.no_speech_prob,
            log_probability: segment.avg_logprob,
            compression: segment.compression_ratio,
        });
    }
    let words = reply.words.filter(|words| !words.is_empty()).unwrap_or(nested);
    raw.words = words.into_iter().filter_map(|word| scale.word(word)).collect();
    Ok(raw)
}

/// LocalAI counts nanoseconds, everybody else seconds.
struct Scale {
    ms_per_unit: f64,
    longest: u32,
}

impl Scale {
    fn of(reply: &Reply, ms: u32) -> Self {
        let last = reply.segments.iter().flatten().map(|segment| segment.end).fold(0.0, f64::max);
        // No engine is off by an hour.
        let is_nano = last > f64::from(ms) / 1000.0 + 3600.0;
        Self { ms_per_unit: if is_nano { 1e-6 } else { 1000.0 }, longest: ms }
    }

    /// Within the sound: engines pad it to 30 s.
    fn ms(&self, time: f64) -> u32 {
        ((time * self.ms_per_unit).round().max(0.0) as u32).min(self.longest)
    }

    fn word(&self, word: WordReply) -> Option<Word> {
        let text = word.word.trim().to_owned();
        let (from_ms, to_ms) = (self.ms(word.start), self.ms(word.end));
        (!text.is_empty()).then(|| Word {
            text,
            from_ms,
            to_ms: to_ms.max(from_ms),
            confidence: word.probability,
            speaker: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use greenroom_upstream::Kind;

    fn json(body: &str) -> Result<Raw, Fault> {
        read("application/json", body.as_bytes(), 2000)
    }

    #[test]
    fn reads_openai() {
        let raw = json(
            r#"{"task":"transcribe","language":"english","duration":2.0,"text":"I led it.","words":[
            {"word":"I","start":0.0,"end":0.2},{"word":"led","start":0.2,"end":0.5},{"word":"it","start":0.5,"end":31.0}],
            "segments":[{"id":0,"seek":0,"start":0.0,"end":2.0,"text":" I led it.","tokens":[50364],"temperature":0.0,
            "avg_logprob":-0.3,"compression_ratio":0.7,"no_speech_prob":0.02}]}"#,
        )
        .expect("a transcript");
        assert_eq!((raw.text.as_str(), raw.words.len(), raw.words[2].to_ms), ("I led it.", 3, 2000));
        assert_eq!(raw.segments[0].no_speech, Some(0.02));
    }

    #[test]
    fn reads_what_the_others_do_differently() {
        let nested = json(
            r#"{"text":" Yes.\n","language":"en","segments":[{"id":0,"text":" Yes.","start":0.1,"end":0.6,
            "words":[{"word":" Yes.","start":0.1,"end":0.6,"t_dtw":-1,"probability":0.93}],"no_speech_prob":1.5e-10}]}"#,
        )
        .expect("whisper.cpp");
        assert_eq!((nested.words[0].text.as_str(), nested.words[0].confidence), ("Yes.", Some(0.93)));
        let nano = json(
            r#"{"segments":[{"id":0,"start":0,"end":1500000000,"text":"Yes","tokens":[1]}],"text":"Yes"}"#,
        )
        .expect("LocalAI");
        assert_eq!(nano.segments[0].to_ms, 1500);
        assert_eq!(json(r#"{"text":"","words":null,"segments":null}"#).expect("silence"), Raw::default());
    }

    #[test]
    fn what_is_no_transcript_is_told_as_such() {
        let kind = |media_type: &str, body: &str| {
            read(media_type, body.as_bytes(), 1000).expect_err("no transcript").kind
        };
        assert_eq!(kind("text/plain", "Hello"), Kind::Malformed);
        assert_eq!(kind("application/json", "{\"text\":"), Kind::Malformed);
        assert_eq!(kind("application/json", "{\"words\":[]}"), Kind::Malformed);
        assert_eq!(kind("audio/wav", "RIFF"), Kind::Malformed);
        let busy = r#"{"error":{"message":"slow down","type":"requests","code":"rate_limit_exceeded"}}"#;
        assert_eq!(kind("application/json", busy), Kind::RateLimited { retry_after: None });
        let sentence = kind("application/json", r#"{"error":"failed to process audio"}"#);
        assert_eq!(sentence, Kind::Unavailable { retry_after: None });
    }
}
