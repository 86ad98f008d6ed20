//! A recogniser as the ears of one interview.

use super::ports::{Ears, EngineLost, Understood};
use super::voices::stretches;
use async_trait::async_trait;
use greenroom_domain::interview::SpokenWord;
use greenroom_speech::{Listening, Pcm16k, SpeechError, SpeechToText, StreamOptions, Transcript, Utterance};
use std::sync::Arc;

/// Ears for one language.
pub(super) struct Recogniser {
    pub engine: Arc<dyn SpeechToText>,
    pub language: String,
    pub hint: Option<String>,
}

#[async_trait]
impl Ears for Recogniser {
    async fn words(&self, sound: Vec<i16>) -> Result<Understood, EngineLost> {
        let (language, hint) = (Some(self.language.clone()), self.hint.clone());
        let utterance = Utterance { pcm: Pcm16k::new(sound), language, hint };
        let transcript = self.engine.transcribe(utterance).await.map_err(|error| lost(&error))?;
        Ok(understood(transcript))
    }

    async fn listen(&self) -> Option<Result<Listening, EngineLost>> {
        if !self.engine.traits().streaming {
            return None;
        }
        let options = StreamOptions { language: Some(self.language.clone()), hint: self.hint.clone() };
        Some(self.engine.open(options).await.map_err(|error| lost(&error)))
    }
}

/// What an engine understood, in the words of an interview.
pub(super) fn understood(transcript: Transcript) -> Understood {
    let spoken = transcript.words.iter().map(|word| (word.from_ms.into(), word.to_ms.into(), word.speaker));
    let voices = stretches(spoken);
    let words = transcript.words.into_iter().map(|word| SpokenWord {
        text: word.text,
        from_ms: word.from_ms.into(),
        to_ms: word.to_ms.into(),
    });
    Understood { text: transcript.text, words: words.collect(), engine: transcript.engine, voices }
}

/// Logged once, here; the candidate is only told which engine it was.
pub(super) fn lost(error: &SpeechError) -> EngineLost {
    tracing::warn!(engine = error.engine, kind = error.kind.as_str(), "an engine of speech fails");
    EngineLost { engine: error.engine.clone() }
}
