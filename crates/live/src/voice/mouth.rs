//! A voice engine as the mouth of one interview. What is said to everybody is encoded once and kept as packets.

use super::ears::lost;
use super::ports::{EngineLost, Mouth, Saying, Sentence};
use async_trait::async_trait;
use futures::{StreamExt, stream};
use greenroom_domain::interview::Personality;
use greenroom_media::codec::{Packet, SpeechEncoder, SpokenCache, SpokenKey};
use greenroom_media::link::Sound;
use greenroom_speech::{Say, TextToSpeech, speakable};
use std::sync::Arc;

/// Samples that are encoded before others get their turn: 200 ms.
const AT_ONCE: usize = 4_800;

/// A mouth with one voice.
pub(super) struct Voice {
    pub engine: Arc<dyn TextToSpeech>,
    pub voice: String,
    pub language: String,
    /// What is said to everybody, by all voices.
    pub kept: SpokenCache,
}

#[async_trait]
impl Mouth for Voice {
    async fn say(&self, sentence: Sentence) -> Result<Saying, EngineLost> {
        let text = speakable(&sentence.text);
        if text.is_empty() {
            return Ok(stream::empty().boxed());
        }
        let key = sentence.is_for_all.then(|| self.key(&text));
        let found = key.as_ref().and_then(|key| self.kept.get(key));
        if key.is_some() {
            greenroom_telemetry::speech::looked_up(found.is_some());
        }
        if let Some(packets) = found {
            return Ok(stream::iter([Ok(Sound::Opus(packets))]).boxed());
        }
        let say = Say { text, voice: self.voice.clone(), language: self.language.clone(), pace: 1.0 };
        let spoken = self.engine.speak(say).await.map_err(|error| lost(&error))?;
        // Another engine's sound is not kept, so that the preferred one is heard again once it is back.
        let key = key.filter(|_| spoken.engine == self.engine.name());
        let sound = spoken.sound.map(|piece| piece.map_err(|error| lost(&error)));
        Ok(match key {
            None => sound.map(|piece| Ok(Sound::Pcm(piece?.samples().into()))).boxed(),
            Some(key) => {
                let pieces = sound.map(|piece| Ok(piece?.samples().to_vec())).boxed();
                Encoding::of(pieces, key, self.kept.clone())
            }
        })
    }
}

impl Voice {
    fn key(&self, text: &str) -> SpokenKey {
        SpokenKey {
            voice: format!("{}/{}", self.engine.name(), self.voice),
            language: self.language.clone(),
            pace: 100,
            text: text.to_owned(),
        }
    }
}

/// Sound that becomes packets as it is made, and is kept once it is whole.
struct Encoding {
    pieces: stream::BoxStream<'static, Result<Vec<i16>, EngineLost>>,
    piece: Vec<i16>,
    encoder: SpeechEncoder,
    all: Vec<Packet>,
    /// How many of them were passed on.
    passed: usize,
    key: SpokenKey,
    kept: SpokenCache,
}

impl Encoding {
    fn of(
        pieces: stream::BoxStream<'static, Result<Vec<i16>, EngineLost>>,
        key: SpokenKey,
        kept: SpokenCache,
    ) -> Saying {
        let (piece, all, encoder) = (Vec::new(), Vec::new(), SpeechEncoder::default());
        let encoding = Self { pieces, piece, encoder, all, passed: 0, key, kept };
        stream::unfold(Some(encoding), |encoding| async move { encoding?.next().await }).boxed()
    }

    /// The next packets, and what makes those after them.
    async fn next(mut self) -> Option<(Result<Sound, EngineLost>, Option<Self>)> {
        loop {
            if self.piece.is_empty() {
                match self.pieces.next().await {
                    Some(Ok(piece)) => self.piece = piece,
                    Some(Err(error)) => return Some((Err(error), None)),
                    None => return self.finish().map(|sound| (Ok(sound), None)),
                }
            }
            let rest = self.piece.split_off(self.piece.len().min(AT_ONCE));
            let piece = std::mem::replace(&mut self.piece, rest);
            self.encoder.push(&piece, &mut self.all);
            tokio::task::yield_now().await;
            if let Some(sound) = self.new_packets() {
                return Some((Ok(sound), Some(self)));
            }
        }
    }

    /// The last packet, with all of them kept.
    fn finish(mut self) -> Option<Sound> {
        self.encoder.finish(&mut self.all);
        let last = self.new_packets();
        if !self.all.is_empty() {
            self.kept.keep(self.key, self.all.into());
        }
        last
    }

    fn new_packets(&mut self) -> Option<Sound> {
        let new = &self.all[std::mem::replace(&mut self.passed, self.all.len())..];
        (!new.is_empty()).then(|| Sound::Opus(new.into()))
    }
}

/// Who speaks with which manner when no voice was chosen.
const SPEAKERS: [(Personality, &str); 4] = [
    (Personality::Supportive, "ana"),
    (Personality::Professional, "ben"),
    (Personality::Challenging, "david"),
    (Personality::Direct, "clara"),
];

/// The voice of an interviewer of this manner.
pub(super) fn voice_of(personality: Personality) -> &'static str {
    let found = SPEAKERS.iter().find(|(manner, _)| *manner == personality);
    found.map_or(greenroom_speech::default_voice(), |(_, voice)| voice)
}

/// The manner that speaks with this voice when none was chosen; `None` for a voice that speaks only when it was.
pub fn manner_of(voice: &str) -> Option<Personality> {
    SPEAKERS.iter().find(|(_, id)| *id == voice).map(|(manner, _)| *manner)
}

#[cfg(test)]
mod tests;
