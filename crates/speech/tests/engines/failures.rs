//! What services do when they fail.

use crate::server::{Play, QUESTION, Then, Vendor, checked, listen, tone, utterance};
use greenroom_speech::{Kind, Pcm24k, Timeouts};
use std::time::Duration;

const QUOTA: &str = r#"{"error":{"message":"You exceeded your current quota, sk-Test-0123456789","type":"insufficient_quota","code":"insufficient_quota"}}"#;

/// What both directions make of an answer.
async fn both(play: Play) -> (Kind, Kind) {
    let vendor = Vendor::start([play]).await;
    let heard = vendor.recogniser("word_times = false").transcribe(utterance()).await;
    let spoken = listen(&*vendor.voice(""), QUESTION).await;
    (checked(heard.expect_err("no words")), spoken.expect_err("no sound").0)
}

#[tokio::test]
async fn statuses_are_told_apart() {
    let later = Some(Duration::from_secs(7));
    for (play, kind) in [
        (
            Play::json(401, r#"{"error":{"message":"Incorrect API key","code":"invalid_api_key"}}"#),
            Kind::Unauthenticated,
        ),
        (Play::json(429, QUOTA), Kind::Forbidden),
        (Play::json(429, "{}").header("retry-after", "7"), Kind::RateLimited { retry_after: later }),
        (Play::json(503, "busy").header("retry-after", "7"), Kind::Unavailable { retry_after: later }),
        (Play::json(404, r#"{"error":{"code":"model_not_found"}}"#), Kind::NotFound),
        (Play::json(413, "{}"), Kind::TooLong),
        (
            Play::json(400, r#"{"error":{"message":"Zanzibar","type":"invalid_request_error"}}"#),
            Kind::BadRequest,
        ),
        (Play::json(302, "").header("location", "http://127.0.0.1:1/"), Kind::NotFound),
        (Play::body(200, "text/html", b"<p>Sign in"), Kind::Malformed),
        (Play::json(200, ""), Kind::Malformed),
        (Play::json(200, r#"{"error":{"code":"insufficient_quota"}}"#), Kind::Forbidden),
    ] {
        let status = play.status;
        assert_eq!(both(play).await, (kind, kind), "{status}");
    }
}

#[tokio::test]
async fn a_service_that_is_not_there_is_unreachable() {
    let vendor = Vendor::start([Play::json(200, "{}")]).await;
    let gone = vendor.elsewhere("http://127.0.0.1:1/v1");
    let heard = gone.recogniser("").transcribe(utterance()).await.expect_err("nobody");
    assert_eq!(heard.kind, Kind::Unreachable);
    assert_eq!(listen(&*gone.voice(""), QUESTION).await.expect_err("nobody").0, Kind::Unreachable);
}

#[tokio::test]
async fn sound_of_another_kind_is_refused() {
    let vendor = Vendor::start([Play::body(200, "audio/mpeg", b"ID3\x04")]).await;
    assert_eq!(listen(&*vendor.voice(""), QUESTION).await, Err((Kind::Malformed, 0)));
    let empty = Vendor::start([Play::body(200, "audio/pcm", b"")]).await;
    assert_eq!(listen(&*empty.voice(""), QUESTION).await, Err((Kind::Malformed, 0)));
}

#[tokio::test]
async fn sound_that_breaks_off_or_stalls_is_told_after_what_came() {
    let sound = Pcm24k::new(tone(24_000, 200)).le_bytes();
    let play = |then| Play::body(200, "audio/pcm", &sound).then(then);
    let broken = Vendor::start([play(Then::Break)]).await;
    let (kind, ms) = listen(&*broken.voice(""), QUESTION).await.expect_err("it broke off");
    assert_eq!(kind, Kind::BrokenStream);
    assert!(ms >= 199, "{ms}");

    let stalled = Vendor::start([play(Then::Hang)]).await;
    let engines = crate::server::options(&format!(
        "[to_speech]\norder = ['lab']\n[to_speech.engines.lab]\nbase_url = '{}'\nmodel = 'tts'",
        stalled.url
    ));
    let brief = Timeouts { next: Duration::from_millis(100), ..crate::server::timeouts() };
    let voice = greenroom_speech::to_speech(&engines.voices(|_| None).unwrap()[0], brief).unwrap();
    let (kind, ms) = listen(&*voice, QUESTION).await.expect_err("it stalled");
    assert_eq!(kind, Kind::TimedOut);
    assert!(ms >= 199, "{ms}");
}

#[tokio::test]
async fn words_that_do_not_come_in_time_are_given_up() {
    let slow = Vendor::start([Play::json(200, "{\"text\":").then(Then::Hang)]).await;
    let engines = crate::server::options(&format!(
        "[to_text.engines.lab]\nbase_url = '{}'\nmodel = 'whisper-1'",
        slow.url
    ));
    let brief = Timeouts { words: Duration::from_millis(100), ..crate::server::timeouts() };
    let engine = greenroom_speech::to_text(&engines.recognisers(|_| None).unwrap()[0], brief).unwrap();
    assert_eq!(engine.transcribe(utterance()).await.expect_err("too late").kind, Kind::TimedOut);
}

#[tokio::test]
async fn what_is_too_long_is_not_sent() {
    let vendor = Vendor::start([Play::json(200, "{}")]).await;
    let long = greenroom_speech::Utterance {
        pcm: greenroom_speech::Pcm16k::new(vec![0; 14_000_000]),
        ..utterance()
    };
    let heard = vendor.recogniser("").transcribe(long).await.expect_err("too long");
    assert_eq!(heard.kind, Kind::TooLong);
    let spoken = listen(&*vendor.voice(""), &"word ".repeat(2000)).await.expect_err("too long");
    assert_eq!(spoken, (Kind::TooLong, 0));
    assert!(vendor.received().is_empty());
}
