//! Ears that read the words out of the sound, a mouth that takes 300 ms a word, and both fail when told to.
//!
//! A spoken word is 20 ms frames whose samples all tell its number; zero is silence.

use crate::ears;
use async_trait::async_trait;
use futures::StreamExt;
use greenroom_domain::interview::SpokenWord;
use greenroom_live::voice::{Detector, Ears, EngineLost, Mouth, Saying, Sentence, Understood};
use greenroom_media::link::Sound;
use greenroom_speech::Listening;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How long one spoken word of the candidate is, ms.
pub const WORD_MS: u64 = 300;
/// How long one word of the interviewer is, ms.
pub const REPLY_WORD_MS: u64 = 200;

/// What was said so far, and how engines do.
#[derive(Debug)]
pub struct Engines {
    words: Mutex<Vec<String>>,
    /// What was said to everybody.
    pub for_all: Mutex<Vec<String>>,
    pub is_deaf: AtomicBool,
    /// Whether the ears hear while one speaks, and whether they break off or do not answer then.
    pub streams: AtomicBool,
    pub stream_breaks: AtomicBool,
    pub stream_hangs: AtomicBool,
    /// How often such an ear was opened, and how much sound it was told, ms.
    pub opened: AtomicU64,
    pub told_ms: AtomicU64,
    /// How often the words of a whole stretch were asked for.
    pub asks: AtomicU64,
    pub is_mute: AtomicBool,
    /// How long the mouth takes for its first sound, ms.
    pub mouth_ms: Mutex<u64>,
}

impl Default for Engines {
    fn default() -> Self {
        Self {
            words: Mutex::default(),
            for_all: Mutex::default(),
            is_deaf: AtomicBool::default(),
            streams: AtomicBool::default(),
            stream_breaks: AtomicBool::default(),
            stream_hangs: AtomicBool::default(),
            opened: AtomicU64::default(),
            told_ms: AtomicU64::default(),
            asks: AtomicU64::default(),
            is_mute: AtomicBool::default(),
            mouth_ms: Mutex::new(60),
        }
    }
}

impl Engines {
    /// The sample that stands for a word.
    pub fn sample_of(&self, word: &str) -> i16 {
        let mut words = self.words.lock().expect("nobody panics with it");
        words.push(word.to_owned());
        sample(words.len())
    }
}

/// What the word of this number sounds like: loud enough to be a voice.
fn sample(number: usize) -> i16 {
    1_000 + i16::try_from(number).expect("few words")
}

/// A sound without words.
pub const NOISE: i16 = -1;

#[derive(Debug)]
pub struct TestEars(pub Arc<Engines>);

#[async_trait]
impl Ears for TestEars {
    async fn words(&self, sound: Vec<i16>) -> Result<Understood, EngineLost> {
        self.0.asks.fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(120)).await;
        if self.0.is_deaf.load(Ordering::Relaxed) {
            return Err(EngineLost { engine: "test-ears".to_owned() });
        }
        let found = words_in(&self.0, &sound);
        let text = found.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        Ok(Understood { text, words: found, engine: "test-ears".to_owned(), voices: Vec::new() })
    }

    async fn listen(&self) -> Option<Result<Listening, EngineLost>> {
        if !self.0.streams.load(Ordering::Relaxed) {
            return None;
        }
        self.0.opened.fetch_add(1, Ordering::Relaxed);
        Some(Ok(ears::open(self.0.clone())))
    }
}

/// The words that are in some sound.
pub fn words_in(engines: &Engines, sound: &[i16]) -> Vec<SpokenWord> {
    let words = engines.words.lock().expect("nobody panics with it");
    let mut found: Vec<SpokenWord> = Vec::new();
    for (number, text) in words.iter().enumerate() {
        let sample = sample(number + 1);
        let count = sound.iter().filter(|one| **one == sample).count() as u64;
        let Some(at) = sound.iter().position(|one| *one == sample) else { continue };
        // Of a word that was cut in two, the larger part is understood.
        if count >= WORD_MS * 16 / 2 {
            let (from_ms, to_ms) = (at as u64 / 16, (at as u64 + count) / 16);
            found.push(SpokenWord { text: text.clone(), from_ms, to_ms });
        }
    }
    found
}

#[derive(Debug)]
pub struct TestMouth(pub Arc<Engines>);

#[async_trait]
impl Mouth for TestMouth {
    async fn say(&self, sentence: Sentence) -> Result<Saying, EngineLost> {
        let wait = *self.0.mouth_ms.lock().expect("nobody panics with it");
        tokio::time::sleep(Duration::from_millis(wait)).await;
        if self.0.is_mute.load(Ordering::Relaxed) {
            return Err(EngineLost { engine: "test-mouth".to_owned() });
        }
        let words = sentence.text.split_whitespace().count();
        if sentence.is_for_all {
            self.0.for_all.lock().expect("nobody panics with it").push(sentence.text);
        }
        let word: Arc<[i16]> = vec![7; (REPLY_WORD_MS * 24) as usize].into();
        Ok(futures::stream::iter((0..words).map(move |_| Ok(Sound::Pcm(word.clone())))).boxed())
    }
}

/// Takes what is not silence for a voice.
#[derive(Debug, Default)]
pub struct TestDetector {
    waiting: Vec<i16>,
}

impl Detector for TestDetector {
    fn hear(&mut self, frame: &[i16; 320]) -> [Option<bool>; 2] {
        self.waiting.extend(frame);
        let mut looks = [None, None];
        for look in &mut looks {
            if self.waiting.len() >= 256 {
                let voiced = self.waiting.drain(..256).filter(|sample| *sample != 0).count();
                *look = Some(voiced >= 128);
            }
        }
        looks
    }
}
