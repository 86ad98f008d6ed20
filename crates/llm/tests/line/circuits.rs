//! Models that are left alone.

use crate::scripted::{BUSY, Scripted, Step, fail, line, line_with, request, seconds, text};
use greenroom_llm::{Circuits, FallbackOptions, Kind, LanguageModel, Outcome, complete, complete_recorded};
use std::time::Duration;
use tokio::time::{Instant, advance};

#[tokio::test(start_paused = true)]
async fn an_open_model_is_skipped_without_waiting() {
    let (first, second) = (Scripted::new("a", [fail(BUSY)]), Scripted::new("b", [text()]));
    let line = line(&[first.clone(), second]);
    for _ in 0..2 {
        complete(&line, &request()).await.unwrap();
    }
    assert_eq!(first.asked().len(), 5, "the fifth failure ends the tries of the second call");
    let began = Instant::now();
    let recorded = complete_recorded(&line, &request()).await;
    assert_eq!((recorded.result.unwrap().model.provider.as_str(), began.elapsed()), ("b", Duration::ZERO));
    assert_eq!(recorded.attempts[0].outcome, Outcome::Skipped);
    assert_eq!(first.asked().len(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_wrong_key_is_asked_about_once_until_a_probe_succeeds() {
    let first = Scripted::new("a", [fail(Kind::Unauthenticated), fail(Kind::Unauthenticated), text()]);
    let line = line(&[first.clone(), Scripted::new("b", [text()])]);
    let mut writers = Vec::new();
    for wait in [0, 0, 31, 31, 31, 0] {
        advance(seconds(wait)).await;
        writers.push((complete(&line, &request()).await.unwrap().model.provider, first.asked().len()));
    }
    let expected = [("b", 1), ("b", 1), ("b", 2), ("b", 2), ("a", 3), ("a", 4)];
    assert_eq!(writers, expected.map(|(writer, asked)| (writer.to_owned(), asked)));
}

#[tokio::test(start_paused = true)]
async fn when_all_are_open_the_least_bad_is_tried_once() {
    let rejected = Scripted::new("a", [fail(Kind::Unauthenticated)]);
    let busy =
        Scripted::new("b", [fail(BUSY), fail(BUSY), fail(BUSY), fail(BUSY), fail(BUSY), fail(BUSY), text()]);
    let line = line(&[rejected.clone(), busy.clone()]);
    for _ in 0..2 {
        assert!(line.stream(&request()).await.is_err());
    }
    assert_eq!((rejected.asked().len(), busy.asked().len()), (1, 5));
    let failed = line.stream_recorded(&request()).await;
    assert_eq!(failed.result.err().unwrap().kind, BUSY);
    assert_eq!(failed.attempts.len(), 3, "two skipped, one tried: {:?}", failed.attempts);
    assert_eq!(complete(&line, &request()).await.unwrap().model.provider, "b");
    assert_eq!((rejected.asked().len(), busy.asked().len()), (1, 7));
}

#[tokio::test(start_paused = true)]
async fn a_listener_who_leaves_does_not_count_against_the_model() {
    let first = Scripted::new("a", [Step::Text { after: Duration::ZERO, pieces: 100 }]);
    let line = line(&[first.clone(), Scripted::new("b", [text()])]);
    for _ in 0..10 {
        drop(line.stream(&request()).await.unwrap());
    }
    assert_eq!(first.asked().len(), 10);
}

#[tokio::test(start_paused = true)]
async fn lines_with_the_same_circuits_learn_from_each_other() {
    let circuits = Circuits::default();
    let (first, second) = (Scripted::new("a", [fail(Kind::Forbidden)]), Scripted::new("b", [text()]));
    for _ in 0..2 {
        let line = line_with(&[first.clone(), second.clone()], FallbackOptions::default(), &circuits);
        complete(&line, &request()).await.unwrap();
    }
    assert_eq!((first.asked().len(), second.asked().len()), (1, 2));
}
