//! Transcriptions as OpenAI, Groq, the server of whisper.cpp, speaches, LocalAI and others serve them: a WAV file goes up,
//! text comes back.

mod multipart;
mod reply;

use super::batch;
use super::stream::{Listening, StreamOptions};
use super::transcript::{Transcript, Utterance};
use super::{SpeechToText, SttTraits};
use crate::SpeechError;
use crate::limits::{Timeouts, body};
use crate::options::SttEngine;
use async_trait::async_trait;
use greenroom_upstream::{Fault, Http, Kind};
use multipart::Multipart;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::time::Instant;

/// Largest file that these services take, bytes (OpenAI: 25 MB).
const LARGEST: usize = 24 << 20;
/// Letters of a hint that are sent.
const HINT: usize = 200;

/// A recogniser that is asked by `/audio/transcriptions`.
#[derive(Clone)]
pub(crate) struct Transcriptions(Arc<Inner>);

struct Inner {
    http: Http,
    name: String,
    model: String,
    traits: SttTraits,
    timeouts: Timeouts,
    /// Whether it tells more than text: words, segments. Some models and servers refuse to.
    is_verbose: AtomicBool,
}

impl Transcriptions {
    pub fn new(engine: &SttEngine, timeouts: Timeouts) -> Result<Self, SpeechError> {
        let http = Http::new(format!("{}/audio/transcriptions", engine.base_url))
            .map_err(|fault| SpeechError::new(&engine.name, fault))?
            .key("authorization", "Bearer ", engine.api_key.as_ref());
        let traits = SttTraits {
            languages: engine.languages.clone(),
            keeps_fillers: engine.keeps_fillers,
            word_times: engine.word_times,
            streaming: false,
            leaves_machine: !engine.private,
        };
        let is_verbose = AtomicBool::new(engine.word_times);
        let (name, model) = (engine.name.clone(), engine.model.clone());
        Ok(Self(Arc::new(Inner { http, name, model, traits, timeouts, is_verbose })))
    }
}

#[async_trait]
impl SpeechToText for Transcriptions {
    fn name(&self) -> &str {
        &self.0.name
    }

    fn traits(&self) -> &SttTraits {
        &self.0.traits
    }

    async fn transcribe(&self, utterance: Utterance) -> Result<Transcript, SpeechError> {
        self.0.transcribe(&utterance).await.map_err(|fault| SpeechError::new(&self.0.name, fault))
    }

    async fn open(&self, options: StreamOptions) -> Result<Listening, SpeechError> {
        Ok(batch::open(self.clone(), options))
    }
}

impl Inner {
    async fn transcribe(&self, utterance: &Utterance) -> Result<Transcript, Fault> {
        let wav = utterance.pcm.wav();
        if wav.len() > LARGEST {
            return Err(Fault::new(Kind::TooLong, "the recording is longer than the service takes"));
        }
        let deadline = Instant::now() + self.timeouts.whole(utterance.pcm.duration());
        let verbose = self.is_verbose.load(Ordering::Relaxed);
        let raw = match self.ask(utterance, &wav, verbose, deadline).await {
            Err(fault) if verbose && fault.kind == Kind::BadRequest => {
                let raw = self.ask(utterance, &wav, false, deadline).await?;
                // Only now is it known that the form was the fault, not the sound.
                self.is_verbose.store(false, Ordering::Relaxed);
                raw
            }
            other => other?,
        };
        Ok(raw.judged(&self.name, &self.traits, &utterance.pcm, utterance.language.as_deref()))
    }

    async fn ask(
        &self,
        utterance: &Utterance,
        wav: &[u8],
        verbose: bool,
        deadline: Instant,
    ) -> Result<super::transcript::Raw, Fault> {
        let mut form = Multipart::default();
        form.file("file", "speech.wav", "audio/wav", wav);
        form.field("model", &self.model);
        form.field("response_format", if verbose { "verbose_json" } else { "json" });
        if verbose {
            // Without `segment`, vendors leave out how sure they are that somebody spoke.
            form.field("timestamp_granularities[]", "word");
            form.field("timestamp_granularities[]", "segment");
        }
        form.field("temperature", "0");
        if let Some(language) = utterance.language.as_deref().and_then(super::transcript::two_letters) {
            form.field("language", &language);
        }
        if let Some(hint) = &utterance.hint {
            form.field("prompt", &hint.chars().take(HINT).collect::<String>());
        }
        let (kind, bytes) = form.finish();
        let answer = self.http.post(&kind, bytes, deadline).await?;
        let media_type = answer.media_type.clone();
        let body = body(answer, deadline).await?;
        reply::read(&media_type, &body, utterance.pcm.ms())
    }
}
