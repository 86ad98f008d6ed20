//! whisper.cpp in this process with real weights: espeak-ng speaks. `--nocapture` prints what docs/voice-engines.md quotes.

use crate::peer::SENTENCES;
use crate::{errors, spoken, utterance, with_noise, words};
use greenroom_speech::{Options, SpeechToText, Timeouts};
use std::sync::Arc;
use std::time::{Duration, Instant};

fn engine(weights: &str) -> Arc<dyn SpeechToText> {
    let settings = format!("[to_text.engines.own]\nprotocol = 'whisper'\nmodel = '{weights}'");
    let options: Options = toml::from_str(&settings).unwrap();
    let timeouts = Timeouts { words: Duration::from_secs(600), ..Timeouts::default() };
    greenroom_speech::to_text(&options.recognisers(|_| None).unwrap()[0], timeouts).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs weights: GREENROOM_WHISPER_MODEL names their file"]
#[expect(clippy::print_stdout, reason = "the figures stand in docs/voice-engines.md")]
async fn real_weights_hear_what_is_said_and_nothing_in_silence() {
    let weights = std::env::var("GREENROOM_WHISPER_MODEL").expect("GREENROOM_WHISPER_MODEL names a file");
    let engine = engine(&weights);
    let begun = Instant::now();
    let silent = engine.transcribe(utterance(vec![0; 48_000])).await.unwrap();
    println!("loaded and heard 3 s of silence in {:?}", begun.elapsed());
    assert_eq!(silent.text, "", "{silent:?}");
    let noise = engine.transcribe(utterance(with_noise(&[0; 80_000], 600.0))).await.unwrap();
    println!("noise: {:?}, left out: {:?}", noise.text, noise.doubts);
    assert_eq!(noise.text, "", "{noise:?}");

    let (mut wrong, mut all, mut sound_ms, mut took) = (0, 0, 0, Duration::ZERO);
    for (index, sentence) in SENTENCES.lines().enumerate() {
        let samples = spoken(sentence, if index % 2 == 0 { "ana" } else { "omar" }).await;
        let ms = samples.len() as u32 / 16;
        let begun = Instant::now();
        let heard = engine.transcribe(utterance(samples)).await.unwrap();
        (took, sound_ms) = (took + begun.elapsed(), sound_ms + u64::from(ms));
        let (said, found) = (words(sentence), words(&heard.text));
        println!("{} of {}: {:?} heard as {:?}", errors(&said, &found), said.len(), sentence, heard.text);
        wrong += errors(&said, &found);
        all += said.len();
        assert_eq!(heard.language.as_deref(), Some("en"));
        let one_each =
            words(&heard.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "));
        assert_eq!(one_each, found, "words and text are the same: {heard:?}");
        assert!(heard.words.iter().all(|word| word.from_ms <= word.to_ms && word.to_ms <= ms), "{heard:?}");
        assert!(heard.words.is_sorted_by_key(|word| word.from_ms), "{heard:?}");
    }
    let ratio = took.as_secs_f64() * 1_000.0 / sound_ms as f64;
    println!("{wrong} of {all} words wrong; {sound_ms} ms of sound in {took:?}, {ratio:.2} of real time");
    assert!(wrong * 4 <= all, "{wrong} of {all} words are wrong");
}
