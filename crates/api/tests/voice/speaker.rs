//! Real voices by espeak-ng, and a recogniser that knows what is going to be said: it gives as many of the words as
//! there is voice in the sound.

use async_trait::async_trait;
use futures::StreamExt;
use greenroom_live::voice::{VoiceOptions, VoiceRooms};
use greenroom_media::Detector;
use greenroom_media::audio::{HEARD_FRAME, HEARD_RATE, Resampler, SPOKEN_RATE};
use greenroom_speech::{
    Kind, Listening, Options, Say, SpeechError, SpeechToText, StreamOptions, SttTraits, TextToSpeech,
    Timeouts, Transcript, Utterance, Word, to_speech,
};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// espeak-ng, as it is found without any settings.
pub fn espeak() -> Arc<dyn TextToSpeech> {
    let engines = Options::default().voices(|_| None).expect("no settings are wrong");
    let espeak = engines.iter().find(|engine| engine.name == "espeak").expect("it is always there");
    to_speech(espeak, Timeouts::default()).expect("it can be made")
}

/// A sentence as a microphone of 16 kHz hears it.
pub async fn spoken(text: &str) -> Vec<i16> {
    let say = Say { text: text.to_owned(), voice: "omar".to_owned(), language: "en".to_owned(), pace: 1.4 };
    let mut said = espeak().speak(say).await.expect("espeak-ng is installed").sound;
    let mut resampler = Resampler::new(SPOKEN_RATE, HEARD_RATE).expect("known rates");
    let mut heard = Vec::new();
    while let Some(piece) = said.next().await {
        resampler.push(piece.expect("it speaks to the end").samples(), &mut heard);
    }
    resampler.finish(&mut heard);
    heard
}

pub fn voice_ms(pcm: &[i16]) -> u64 {
    let mut detector = Detector::default();
    let frames = pcm.as_chunks::<HEARD_FRAME>().0.iter();
    frames.map(|frame| detector.hear(frame).filter(|look| look.is_voice).count() as u64 * 16).sum()
}

/// Knows what is going to be said, and how much voice that has.
pub struct Prompted {
    traits: SttTraits,
    text: Mutex<String>,
    voice_ms: AtomicU64,
    /// How often it was given sound.
    pub asked: AtomicU64,
}

impl Prompted {
    pub fn new() -> Arc<Self> {
        Self::at(false)
    }

    /// At another company.
    pub fn elsewhere() -> Arc<Self> {
        Self::at(true)
    }

    fn at(leaves_machine: bool) -> Arc<Self> {
        let traits = SttTraits {
            languages: Vec::new(),
            keeps_fillers: false,
            word_times: true,
            streaming: false,
            leaves_machine,
        };
        Arc::new(Self {
            traits,
            text: Mutex::default(),
            voice_ms: AtomicU64::new(1),
            asked: AtomicU64::new(0),
        })
    }

    /// This is said next.
    pub fn expect(&self, text: &str, pcm: &[i16]) {
        text.clone_into(&mut self.text.lock().expect("nobody panics with it"));
        self.voice_ms.store(voice_ms(pcm).max(1), Ordering::Relaxed);
    }
}

#[async_trait]
impl SpeechToText for Prompted {
    fn name(&self) -> &str {
        "prompted"
    }

    fn traits(&self) -> &SttTraits {
        &self.traits
    }

    async fn transcribe(&self, utterance: Utterance) -> Result<Transcript, SpeechError> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let text = self.text.lock().expect("nobody panics with it").clone();
        let words: Vec<&str> = text.split(' ').collect();
        let all = self.voice_ms.load(Ordering::Relaxed);
        // The ends of a voice are not as sharp as its middle.
        let voice = voice_ms(utterance.pcm.samples()) * 20 / 17;
        let count = (words.len() as u64 * voice / all).min(words.len() as u64) as usize;
        let each = utterance.pcm.ms() / count.max(1) as u32;
        let words = words[..count].iter().enumerate().map(|(n, word)| Word {
            text: (*word).to_owned(),
            from_ms: n as u32 * each,
            to_ms: (n as u32 + 1) * each,
            confidence: None,
            speaker: None,
        });
        let words: Vec<Word> = words.collect();
        Ok(Transcript {
            engine: "prompted".to_owned(),
            text: words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "),
            words,
            language: Some("en".to_owned()),
            fillers: None,
            doubts: Vec::new(),
        })
    }

    async fn open(&self, _: StreamOptions) -> Result<Listening, SpeechError> {
        let message = "it does not hear while one speaks".to_owned();
        Err(SpeechError { engine: "prompted".to_owned(), kind: Kind::Unreachable, message })
    }
}

/// Rooms with espeak-ng and this recogniser.
pub fn rooms(ears: Arc<Prompted>) -> VoiceRooms {
    let next = AtomicU64::new(0);
    let ids = move || format!("line-{}", next.fetch_add(1, Ordering::Relaxed));
    VoiceRooms::new(VoiceOptions::default(), Some(ears), Some(espeak()), ids)
}
