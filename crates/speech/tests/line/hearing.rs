//! A line of recognisers.

use crate::scripted::{Act, BUSY, Scripted};
use futures::StreamExt;
use greenroom_speech::{
    EngineCircuits, Heard, Kind, LineOptions, Listening, Pcm16k, SpeechError, SpeechToText, StreamOptions,
    SttLine, Utterance,
};
use std::sync::Arc;
use std::time::Duration;

fn line(engines: &[&Arc<Scripted>]) -> SttLine {
    let engines = engines.iter().map(|engine| (Arc::clone(engine) as Arc<dyn SpeechToText>, None)).collect();
    SttLine::new(engines, LineOptions::default(), &EngineCircuits::default()).unwrap()
}

fn utterance(language: &str) -> Utterance {
    Utterance { pcm: Pcm16k::new(vec![0; 16_000]), language: Some(language.to_owned()), hint: None }
}

#[tokio::test(start_paused = true)]
async fn the_next_engine_hears_what_one_did_not() {
    for act in [BUSY, Act::Hang, Act::Fail(Kind::Forbidden), Act::Fail(Kind::Malformed)] {
        let (first, second) = (Scripted::new("first", &[act]), Scripted::new("second", &[Act::Answer]));
        let began = tokio::time::Instant::now();
        let heard = line(&[&first, &second]).transcribe(utterance("en")).await.unwrap();
        assert_eq!((heard.engine.as_str(), heard.text.as_str()), ("second", "1000 ms"));
        // Before a conversation does without the words, five seconds after it asked for them.
        assert!(began.elapsed().as_millis() <= 2_250, "{act:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_somebody_said_is_not_given_up_for_one_failure_that_passes() {
    let alone = Scripted::new("alone", &[BUSY, Act::Answer]);
    assert_eq!(line(&[&alone]).transcribe(utterance("en")).await.unwrap().engine, "alone");
    let wrong = Scripted::new("wrong", &[Act::Fail(Kind::Unauthenticated), Act::Answer]);
    line(&[&wrong]).transcribe(utterance("en")).await.expect_err("its key is still wrong");
    assert_eq!(wrong.times(), 1);
}

#[tokio::test(start_paused = true)]
async fn who_does_not_know_the_language_is_not_asked() {
    let english = Scripted::knowing("english", &[Act::Answer], &["en"]);
    let all = Scripted::new("all", &[Act::Answer]);
    let line = line(&[&english, &all]);
    assert_eq!(line.transcribe(utterance("de-AT")).await.unwrap().engine, "all");
    assert_eq!(line.transcribe(utterance("en-GB")).await.unwrap().engine, "english");
}

#[tokio::test(start_paused = true)]
async fn when_all_fail_the_error_names_them() {
    let (first, second) = (Scripted::new("first", &[Act::Hang]), Scripted::new("second", &[BUSY]));
    let error = line(&[&first, &second]).transcribe(utterance("en")).await.expect_err("nobody is left");
    assert!(
        error.message.contains("first timed_out") && error.message.contains("second unavailable"),
        "{error}"
    );
}

/// Says `pieces` of 20 ms and finishes the utterance.
async fn speak(listening: &Listening, pieces: usize) {
    for _ in 0..pieces {
        listening.sink.send(Pcm16k::new(vec![0; 320])).await.unwrap();
    }
    listening.sink.finish_utterance().await.unwrap();
}

async fn next(listening: &mut Listening) -> Result<(u32, String, String), SpeechError> {
    match listening.heard.next().await.expect("the line is open")? {
        Heard::Final { utterance, transcript } => Ok((utterance, transcript.engine, transcript.text)),
        Heard::Partial { .. } => panic!("these engines tell no partial words"),
    }
}

fn heard(utterance: u32, engine: &str, text: &str) -> (u32, String, String) {
    (utterance, engine.to_owned(), text.to_owned())
}

#[tokio::test(start_paused = true)]
async fn an_engine_that_breaks_off_is_followed_by_one_that_hears_it_all() {
    for act in [Act::Break, Act::Deaf] {
        let (first, second) = (Scripted::new("first", &[act]), Scripted::new("second", &[Act::Answer]));
        let mut listening = line(&[&first, &second]).open(StreamOptions::default()).await.unwrap();
        speak(&listening, 50).await;
        assert_eq!(next(&mut listening).await.unwrap(), heard(0, "second", "1000 ms"), "{act:?}");
        speak(&listening, 10).await;
        assert_eq!(next(&mut listening).await.unwrap(), heard(1, "second", "200 ms"), "{act:?}");
        listening.sink.close().await.unwrap();
        assert!(listening.heard.next().await.is_none());
    }
}

#[tokio::test(start_paused = true)]
async fn utterances_that_wait_for_their_words_are_all_heard_again() {
    let (first, second) = (Scripted::new("first", &[Act::Deaf]), Scripted::new("second", &[Act::Answer]));
    let mut listening = line(&[&first, &second]).open(StreamOptions::default()).await.unwrap();
    speak(&listening, 50).await;
    speak(&listening, 25).await;
    assert_eq!(next(&mut listening).await.unwrap(), heard(0, "second", "1000 ms"));
    assert_eq!(next(&mut listening).await.unwrap(), heard(1, "second", "500 ms"));
}

#[tokio::test(start_paused = true)]
async fn a_long_utterance_is_heard_again_without_anybody_waiting_for_the_other() {
    let (first, second) = (Scripted::new("first", &[Act::Deaf]), Scripted::new("second", &[Act::Answer]));
    let mut listening = line(&[&first, &second]).open(StreamOptions::default()).await.unwrap();
    let sink = listening.sink.clone();
    let telling = async {
        for _ in 0..6000 {
            sink.send(Pcm16k::new(vec![0; 320])).await.unwrap();
        }
        sink.finish_utterance().await.unwrap();
    };
    let both = async { tokio::join!(next(&mut listening), telling).0 };
    let found =
        tokio::time::timeout(Duration::from_secs(600), both).await.expect("nobody waits for the other");
    assert_eq!(found.unwrap(), heard(0, "second", "120000 ms"));
}

#[tokio::test(start_paused = true)]
async fn when_nobody_can_listen_any_more_it_is_told_and_the_line_ends() {
    let (first, second) = (Scripted::new("first", &[Act::Break]), Scripted::new("second", &[BUSY]));
    let mut listening = line(&[&first, &second]).open(StreamOptions::default()).await.unwrap();
    speak(&listening, 50).await;
    let error = next(&mut listening).await.expect_err("nobody is left");
    assert!(
        error.message.contains("first broken_stream") && error.message.contains("second unavailable"),
        "{error}"
    );
    assert!(listening.heard.next().await.is_none());

    let nobody = Scripted::new("nobody", &[BUSY]);
    assert!(line(&[&nobody]).open(StreamOptions::default()).await.is_err());
}
