//! A line of voices.

use crate::scripted::{Act, BUSY, Scripted};
use futures::StreamExt;
use greenroom_speech::{
    EngineCircuits, Kind, LineOptions, Say, SpeechError, TextToSpeech, TtsLine, default_voice,
};
use std::sync::Arc;

pub fn line(engines: &[&Arc<Scripted>]) -> TtsLine {
    let voices = engines.iter().map(|engine| (Arc::clone(engine) as Arc<dyn TextToSpeech>, None)).collect();
    TtsLine::new(voices, LineOptions::default(), &EngineCircuits::default()).unwrap()
}

pub fn say(text: &str) -> Say {
    Say { text: text.to_owned(), voice: default_voice().to_owned(), language: "en".to_owned(), pace: 1.0 }
}

/// Who spoke, and for how long, ms.
pub async fn hear(voice: &dyn TextToSpeech) -> Result<(String, u32), SpeechError> {
    let mut spoken = voice.speak(say("Tell me more.")).await?;
    let mut ms = 0;
    while let Some(piece) = spoken.sound.next().await {
        ms += piece?.ms();
    }
    Ok((spoken.engine, ms))
}

#[tokio::test(start_paused = true)]
async fn the_next_voice_speaks_when_one_fails_or_is_late() {
    for act in [BUSY, Act::Hang, Act::Fail(Kind::Unauthenticated), Act::Fail(Kind::TooLong)] {
        let (first, second) = (Scripted::new("first", &[act]), Scripted::new("second", &[Act::Answer]));
        let began = tokio::time::Instant::now();
        assert_eq!(hear(&line(&[&first, &second])).await.unwrap(), ("second".to_owned(), 200));
        assert!(began.elapsed().as_millis() <= 1500, "{act:?}: {:?}", began.elapsed());
    }
}

#[tokio::test(start_paused = true)]
async fn a_sentence_that_has_begun_is_not_begun_again_by_another() {
    let (first, second) = (Scripted::new("first", &[Act::Break]), Scripted::new("second", &[Act::Answer]));
    let error = hear(&line(&[&first, &second])).await.expect_err("it broke off");
    assert_eq!((error.kind, second.times()), (Kind::BrokenStream, 0));
}

#[tokio::test(start_paused = true)]
async fn who_is_turned_away_is_left_alone_until_nobody_else_is_there() {
    let first = Scripted::new("first", &[Act::Fail(Kind::Unauthenticated)]);
    let second = Scripted::new("second", &[Act::Answer, Act::Answer, BUSY]);
    let line = line(&[&first, &second]);
    for _ in 0..2 {
        hear(&line).await.unwrap();
    }
    assert_eq!(first.times(), 1, "its circuit is open");
    let error = hear(&line).await.expect_err("both failed");
    assert_eq!(first.times(), 2, "it is asked when the other one fails");
    assert!(
        error.message.contains("second unavailable") && error.message.contains("first unauthenticated"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_voice_that_is_back_is_preferred_again() {
    let first = Scripted::new("first", &[Act::Fail(Kind::NotFound), Act::Answer]);
    let second = Scripted::new("second", &[Act::Answer]);
    let line = line(&[&first, &second]);
    assert_eq!(hear(&line).await.unwrap().0, "second");
    tokio::time::sleep(std::time::Duration::from_secs(45)).await;
    assert_eq!(hear(&line).await.unwrap().0, "first");
}

#[tokio::test(start_paused = true)]
async fn a_request_that_nobody_can_do_is_not_passed_on() {
    let (first, second) =
        (Scripted::new("first", &[Act::Fail(Kind::BadRequest)]), Scripted::new("second", &[Act::Answer]));
    assert_eq!(hear(&line(&[&first, &second])).await.expect_err("refused").kind, Kind::BadRequest);
    assert_eq!(second.times(), 0);
    assert!(TtsLine::new(Vec::new(), LineOptions::default(), &EngineCircuits::default()).is_none());
}
