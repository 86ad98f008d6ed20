//! Real sound through a real recogniser: espeak-ng speaks, pocketsphinx hears (tools/speech_peer.py).

mod peer;
#[cfg(feature = "whisper")]
mod whisper;

use futures::StreamExt;
use greenroom_speech::{
    Heard, Listening, Options, Pcm16k, Say, SpeechToText, StreamOptions, TextToSpeech, Timeouts, Utterance,
};
use peer::{Recogniser, SENTENCES};
use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler};
use std::sync::Arc;

fn voice() -> Arc<dyn TextToSpeech> {
    let engines = Options::default().voices(|_| None).unwrap();
    greenroom_speech::to_speech(&engines[0], Timeouts::default()).unwrap()
}

/// `text` as `who` says it, at 16 kHz, with silence around it as a microphone has.
async fn spoken(text: &str, who: &str) -> Vec<i16> {
    let say = Say { text: text.to_owned(), voice: who.to_owned(), language: "en".to_owned(), pace: 0.95 };
    let mut sound = voice().speak(say).await.unwrap().sound;
    let mut samples = Vec::new();
    while let Some(piece) = sound.next().await {
        samples.extend_from_slice(piece.unwrap().samples());
    }
    let sound: Vec<f32> = samples.into_iter().map(f32::from).collect();
    let mut resampler = Fft::<f32>::new(24_000, 16_000, 480, 1, FixedSync::Input).unwrap();
    let sound = resampler
        .process_all(&InterleavedSlice::new(&sound, 1, sound.len()).unwrap(), sound.len(), None)
        .unwrap();
    let sound: Vec<i16> = sound.take_data().into_iter().map(|sample| sample as i16).collect();
    [vec![0; 4800], sound, vec![0; 4800]].concat()
}

fn utterance(samples: Vec<i16>) -> Utterance {
    Utterance { pcm: Pcm16k::new(samples), language: Some("en".to_owned()), hint: None }
}

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Words that were left out, put in or taken for others.
fn errors(said: &[String], heard: &[String]) -> usize {
    let mut row: Vec<usize> = (0..=heard.len()).collect();
    for (index, word) in said.iter().enumerate() {
        let mut corner = row[0];
        row[0] = index + 1;
        for at in 0..heard.len() {
            let replaced = corner + usize::from(*word != heard[at]);
            corner = row[at + 1];
            row[at + 1] = replaced.min(corner + 1).min(row[at] + 1);
        }
    }
    row[heard.len()]
}

/// Deterministic noise of this loudness (root mean square).
fn with_noise(samples: &[i16], loudness: f64) -> Vec<i16> {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let noisy = |sample: &i16| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let uniform = (state >> 11) as f64 / (1_u64 << 53) as f64 * 2.0 - 1.0;
        (f64::from(*sample) + uniform * loudness * 3_f64.sqrt()) as i16
    };
    samples.iter().map(noisy).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_said_is_heard() {
    let recogniser = Recogniser::start().await;
    let engine = recogniser.engine();
    whole_utterances(&*engine).await;
    while_one_speaks(&*engine).await;
    silence_and_noise(&*engine).await;
}

/// Two voices say every sentence: nine of ten words are heard right, and at their times.
async fn whole_utterances(engine: &dyn SpeechToText) {
    let (mut wrong, mut all) = (0, 0);
    for (index, sentence) in SENTENCES.lines().enumerate() {
        let samples = spoken(sentence, if index % 2 == 0 { "ana" } else { "omar" }).await;
        let ms = samples.len() as u32 / 16;
        let heard = engine.transcribe(utterance(samples)).await.unwrap();
        let (said, found) = (words(sentence), words(&heard.text));
        wrong += errors(&said, &found);
        all += said.len();
        assert_eq!(heard.words.len(), found.len(), "{heard:?}");
        assert!(heard.words.iter().all(|word| word.from_ms < word.to_ms && word.to_ms <= ms), "{heard:?}");
        assert!(heard.words.is_sorted_by_key(|word| word.from_ms), "{heard:?}");
    }
    assert!(wrong * 10 <= all, "{wrong} of {all} words are wrong");
}

async fn while_one_speaks(engine: &dyn SpeechToText) {
    let Listening { sink, mut heard } = engine.open(StreamOptions::default()).await.unwrap();
    for sentence in
        ["We tested every change with a copy of the real traffic.", "Thank you that was my last question."]
    {
        for frame in spoken(sentence, "ana").await.chunks(320) {
            sink.send(Pcm16k::new(frame)).await.unwrap();
        }
        sink.finish_utterance().await.unwrap();
        let Some(Ok(Heard::Final { transcript, .. })) = heard.next().await else { panic!("no words") };
        let (said, found) = (words(sentence), words(&transcript.text));
        assert!(errors(&said, &found) <= 1, "{found:?}");
    }
}

/// Silence is no answer; noise as loud as speech is no reason to fail.
async fn silence_and_noise(engine: &dyn SpeechToText) {
    let silent = engine.transcribe(utterance(vec![0; 48_000])).await.unwrap();
    assert_eq!(silent.text, "");
    let samples = spoken("I led the migration of our billing system to a new database.", "ana").await;
    let energy: f64 = samples.iter().map(|sample| f64::from(*sample).powi(2)).sum();
    let loudness = (energy / samples.len() as f64).sqrt();
    let heard = engine.transcribe(utterance(with_noise(&samples, loudness))).await.unwrap();
    assert!(words(&heard.text).len() <= 24, "{heard:?}");
}
