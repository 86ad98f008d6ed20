//! Ears that read the words out of the sound, a mouth that takes 300 ms a word, and both fail when told to.
//!
//! A spoken word is 20 ms frames whose samples all are its number; zero is silence.

use async_trait::async_trait;
use futures::StreamExt;
use greenroom_domain::interview::SpokenWord;
use greenroom_live::voice::{Detector, Ears, EngineLost, Mouth, Saying, Understood};
use std::sync::atomic::{AtomicBool, Ordering};
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
    pub is_deaf: AtomicBool,
    pub is_mute: AtomicBool,
    /// How long the mouth takes for its first sound, ms.
    pub mouth_ms: Mutex<u64>,
}

impl Default for Engines {
    fn default() -> Self {
        Self {
            words: Mutex::default(),
            is_deaf: AtomicBool::default(),
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
        i16::try_from(words.len()).expect("few words")
    }
}

/// A sound without words.
pub const NOISE: i16 = -1;

#[derive(Debug)]
pub struct TestEars(pub Arc<Engines>);

#[async_trait]
impl Ears for TestEars {
    async fn words(&self, sound: Vec<i16>) -> Result<Understood, EngineLost> {
        tokio::time::sleep(Duration::from_millis(120)).await;
        if self.0.is_deaf.load(Ordering::Relaxed) {
            return Err(EngineLost { engine: "test-ears".to_owned() });
        }
        let words = self.0.words.lock().expect("nobody panics with it");
        let mut found: Vec<SpokenWord> = Vec::new();
        for (number, text) in words.iter().enumerate() {
            let sample = i16::try_from(number + 1).expect("few words");
            let count = sound.iter().filter(|one| **one == sample).count() as u64;
            let Some(at) = sound.iter().position(|one| *one == sample) else { continue };
            // Of a word that was cut in two, the larger part is understood.
            if count >= WORD_MS * 16 / 2 {
                let (from_ms, to_ms) = (at as u64 / 16, (at as u64 + count) / 16);
                found.push(SpokenWord { text: text.clone(), from_ms, to_ms });
            }
        }
        let text = found.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        Ok(Understood { text, words: found, engine: "test-ears".to_owned() })
    }
}

#[derive(Debug)]
pub struct TestMouth(pub Arc<Engines>);

#[async_trait]
impl Mouth for TestMouth {
    async fn say(&self, sentence: String) -> Result<Saying, EngineLost> {
        let wait = *self.0.mouth_ms.lock().expect("nobody panics with it");
        tokio::time::sleep(Duration::from_millis(wait)).await;
        if self.0.is_mute.load(Ordering::Relaxed) {
            return Err(EngineLost { engine: "test-mouth".to_owned() });
        }
        let words = sentence.split_whitespace().count();
        let word = vec![7; (REPLY_WORD_MS * 24) as usize];
        Ok(futures::stream::iter((0..words).map(move |_| Ok(word.clone()))).boxed())
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
