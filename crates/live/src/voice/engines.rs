//! The engines of speech as ears and mouth of one interview.

use super::ports::{Ears, EngineLost, Mouth, Saying, Understood};
use async_trait::async_trait;
use futures::StreamExt;
use greenroom_domain::interview::{Personality, SpokenWord};
use greenroom_speech::{Pcm16k, Say, SpeechError, SpeechToText, TextToSpeech, Utterance, speakable};
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
        let words = transcript.words.into_iter().map(|word| SpokenWord {
            text: word.text,
            from_ms: word.from_ms.into(),
            to_ms: word.to_ms.into(),
        });
        Ok(Understood { text: transcript.text, words: words.collect(), engine: transcript.engine })
    }
}

/// A mouth with one voice.
pub(super) struct Voice {
    pub engine: Arc<dyn TextToSpeech>,
    pub voice: String,
    pub language: String,
}

#[async_trait]
impl Mouth for Voice {
    async fn say(&self, sentence: String) -> Result<Saying, EngineLost> {
        let text = speakable(&sentence);
        if text.is_empty() {
            return Ok(futures::stream::empty().boxed());
        }
        let say = Say { text, voice: self.voice.clone(), language: self.language.clone(), pace: 1.0 };
        let spoken = self.engine.speak(say).await.map_err(|error| lost(&error))?;
        let sound = spoken.sound.map(|piece| match piece {
            Ok(pcm) => Ok(pcm.samples().to_vec()),
            Err(error) => Err(lost(&error)),
        });
        Ok(sound.boxed())
    }
}

/// Logged once, here; the candidate is only told which engine it was.
fn lost(error: &SpeechError) -> EngineLost {
    tracing::warn!(engine = error.engine, kind = error.kind.as_str(), "an engine of speech fails");
    EngineLost { engine: error.engine.clone() }
}

/// The voice of an interviewer of this manner.
pub(super) fn voice_of(personality: Personality) -> &'static str {
    match personality {
        Personality::Supportive => "ana",
        Personality::Professional => "ben",
        Personality::Challenging => "david",
        Personality::Direct => "clara",
    }
}
