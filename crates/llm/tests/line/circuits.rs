//! Models that are left alone.

use crate::scripted::{BUSY, Scripted, Step, fail, line, line_with, request, request_of, seconds, text};
use greenroom_llm::{Circuits, FallbackOptions, Kind, LanguageModel, Outcome, complete, complete_recorded};
use std::time::Duration;
use tokio::time::{Instant, sleep};

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
    for wait in [0, 0, 29, 2, 58, 2, 0] {
        sleep(seconds(wait)).await;
        writers.push((complete(&line, &request()).await.unwrap().model.provider, first.asked().len()));
    }
    // The probes are asked after 30 and another 60 seconds.
    let expected = [("b", 1), ("b", 1), ("b", 1), ("b", 2), ("b", 2), ("a", 4), ("a", 5)];
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

#[tokio::test(start_paused = true)]
async fn nobody_waits_for_a_probe() {
    let mut steps = vec![fail(BUSY); 5];
    steps.extend([Step::Hang, text()]);
    let first = Scripted::new("a", steps);
    let line = line(&[first.clone(), Scripted::new("b", [text()])]);
    for _ in 0..2 {
        complete(&line, &request()).await.unwrap();
    }
    sleep(seconds(32)).await;
    assert_eq!(first.asked().len(), 6, "the probe is under way");
    let began = Instant::now();
    let recorded = complete_recorded(&line, &request()).await;
    assert_eq!((recorded.result.unwrap().model.provider.as_str(), began.elapsed()), ("b", Duration::ZERO));
    assert_eq!(recorded.attempts[0].outcome, Outcome::Skipped);
    sleep(seconds(70)).await;
    assert_eq!(first.asked().len(), 7, "given up after 8 seconds, the next one 60 seconds later");
    assert_eq!(complete(&line, &request()).await.unwrap().model.provider, "a");
}

#[tokio::test(start_paused = true)]
async fn a_probe_is_short_and_nobodys() {
    let first = Scripted::new("a", [fail(Kind::NotFound), text()]);
    let line = line(&[first.clone(), Scripted::new("b", [text()])]);
    complete(&line, &request_of("one")).await.unwrap();
    sleep(seconds(31)).await;
    let requests = first.requests();
    assert_eq!((requests[0].account.as_deref(), requests[1].account.as_deref()), (Some("one"), None));
    assert!(requests[1].max_tokens <= 16 && !requests[1].reuse && requests[1].messages[0].text.len() < 60);
}

#[tokio::test(start_paused = true)]
async fn without_a_line_nobody_probes() {
    let first = Scripted::new("a", [fail(Kind::NotFound), text()]);
    let circuits = Circuits::default();
    let second = Scripted::new("b", [text()]);
    let of_two = || line_with(&[first.clone(), second.clone()], FallbackOptions::default(), &circuits);
    let line = of_two();
    complete(&line, &request()).await.unwrap();
    drop(line);
    sleep(seconds(3_600)).await;
    assert_eq!(first.asked().len(), 1);

    let line = of_two();
    assert_eq!(complete(&line, &request()).await.unwrap().model.provider, "b");
    sleep(seconds(1)).await;
    assert_eq!(
        complete(&line, &request()).await.unwrap().model.provider,
        "a",
        "the next line's call began to probe"
    );
}

#[tokio::test(start_paused = true)]
async fn a_reply_that_breaks_off_and_opens_the_circuit_is_followed_by_a_probe() {
    let mut steps = vec![Step::Cut { pieces: 1 }; 5];
    steps.push(text());
    let first = Scripted::new("a", steps);
    let line = line(&[first.clone(), Scripted::new("b", [text()])]);
    for _ in 0..5 {
        assert!(complete(&line, &request()).await.is_err());
    }
    sleep(seconds(31)).await;
    assert_eq!(first.asked().len(), 6, "without another call");
}
