//! A voice whose sentences are kept: a question of the bank is said thousands of times.

use super::{Say, Sound, Spoken, TextToSpeech, Voice};
use crate::{Pcm24k, SpeechError};
use async_trait::async_trait;
use futures::{StreamExt, stream};
use moka::sync::Cache;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// What a sentence weighs beside its sound, bytes.
const ENTRY_BYTES: usize = 256;

type Key = [u8; 32];

struct Sentence {
    engine: String,
    pieces: Vec<Pcm24k>,
}

impl Sentence {
    fn bytes(&self) -> usize {
        let sound: usize = self.pieces.iter().map(|piece| piece.samples().len() * 2).sum();
        sound + ENTRY_BYTES
    }
}

/// Keeps what was spoken to its end, within a bound in bytes; the least used goes first.
///
/// Only sentences that are the same for everybody belong here, such as questions of the bank: what is said to one person
/// goes around it, see [`Kept::inner`]. A sentence by an engine other than the line's first is not kept, so that the
/// preferred voice is heard again once it is back.
pub struct Kept {
    voice: Arc<dyn TextToSpeech>,
    preferred: String,
    sentences: Cache<Key, Arc<Sentence>>,
    most_bytes: u64,
}

impl Kept {
    /// `voice`, with nothing kept yet. `preferred` is the engine whose sound is kept. `most_bytes` of sound are kept at
    /// most; a sentence of five seconds has 240 kB.
    pub fn new(voice: Arc<dyn TextToSpeech>, preferred: &str, most_bytes: u64) -> Self {
        let weight = |_: &Key, sentence: &Arc<Sentence>| u32::try_from(sentence.bytes()).unwrap_or(u32::MAX);
        let sentences = Cache::builder().weigher(weight).max_capacity(most_bytes).build();
        Self { voice, preferred: preferred.to_owned(), sentences, most_bytes }
    }

    /// The voice that keeps nothing.
    pub fn inner(&self) -> &Arc<dyn TextToSpeech> {
        &self.voice
    }

    /// The key of a sentence: to keep its encoded form elsewhere.
    pub fn key(&self, say: &Say) -> [u8; 32] {
        let mut hash = Sha256::new();
        let pace = say.pace.to_bits().to_be_bytes();
        let parts = [
            self.preferred.as_bytes(),
            say.voice.as_bytes(),
            say.language.as_bytes(),
            &pace,
            say.text.as_bytes(),
        ];
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        hash.finalize().into()
    }

    /// Passes `sound` on and keeps it once it is complete.
    fn keep(&self, sound: Sound, sentence: Sentence, key: Key) -> Sound {
        let (sentences, most_bytes) = (self.sentences.clone(), self.most_bytes);
        let keeping = Keeping { sound, sentence: Some(sentence), key, sentences, most_bytes };
        stream::unfold(keeping, |mut keeping| async move {
            let next = keeping.sound.next().await;
            match &next {
                Some(Ok(piece)) => keeping.sentence.iter_mut().for_each(|one| one.pieces.push(piece.clone())),
                Some(Err(_)) => keeping.sentence = None,
                None => {
                    if let Some(sentence) = keeping.sentence.take()
                        && sentence.bytes() as u64 <= keeping.most_bytes
                    {
                        keeping.sentences.insert(keeping.key, Arc::new(sentence));
                    }
                }
            }
            next.map(|piece| (piece, keeping))
        })
        .fuse()
        .boxed()
    }
}

#[async_trait]
impl TextToSpeech for Kept {
    fn name(&self) -> &str {
        self.voice.name()
    }

    fn voices(&self) -> &[Voice] {
        self.voice.voices()
    }

    fn leaves_machine(&self) -> bool {
        self.voice.leaves_machine()
    }

    async fn speak(&self, say: Say) -> Result<Spoken, SpeechError> {
        let key = self.key(&say);
        let found = self.sentences.get(&key);
        greenroom_telemetry::speech::looked_up(found.is_some());
        if let Some(sentence) = found {
            let pieces: Vec<_> = sentence.pieces.iter().cloned().map(Ok).collect();
            return Ok(Spoken { engine: sentence.engine.clone(), sound: stream::iter(pieces).boxed() });
        }
        let Spoken { engine, sound } = self.voice.speak(say).await?;
        if engine != self.preferred {
            return Ok(Spoken { engine, sound });
        }
        let sentence = Sentence { engine: engine.clone(), pieces: Vec::new() };
        Ok(Spoken { engine, sound: self.keep(sound, sentence, key) })
    }
}

/// Sound on its way into the cache.
struct Keeping {
    sound: Sound,
    /// `None` once it cannot be complete any more.
    sentence: Option<Sentence>,
    key: Key,
    sentences: Cache<Key, Arc<Sentence>>,
    most_bytes: u64,
}
