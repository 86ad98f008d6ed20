//! Equal requests, answered once.

use crate::scripted::{BUSY, Scripted, Step, fail, ms, request, request_of, seconds, text};
use futures::StreamExt;
use futures::future::join_all;
use greenroom_llm::{
    Cached, Kind, LanguageModel, Outcome, Recorded, Reply, Request, Usage, complete, complete_recorded,
};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{advance, timeout};

const FREE: Usage = Usage { input: 0, cached: 0, output: 0, micros: Some(0) };

fn cached(model: &Arc<Scripted>) -> Cached {
    Cached::new(Arc::clone(model) as _)
}

/// A request that takes an earlier reply as well.
fn again() -> Request {
    Request { reuse: true, ..request() }
}

async fn outcomes(model: &dyn LanguageModel, request: &Request) -> (Result<Reply, Kind>, Vec<Outcome>) {
    let Recorded { result, attempts } = complete_recorded(model, request).await;
    let outcomes = attempts.iter().map(|attempt| attempt.outcome).collect();
    (result.map_err(|error| error.kind), outcomes)
}

#[tokio::test(start_paused = true)]
async fn an_equal_request_is_answered_from_memory_for_nothing() {
    let model = Scripted::new("a", [text()]);
    let line = Arc::new(crate::scripted::line(std::slice::from_ref(&model)));
    let cached = Cached::new(line);
    let (first, tried) = outcomes(&cached, &again()).await;
    assert_eq!(tried, [Outcome::Answered]);
    let (second, tried) = outcomes(&cached, &Request { account: Some("other".into()), ..again() }).await;
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_eq!((&first.text, &first.model), (&second.text, &second.model));
    assert_eq!((second.end.usage, tried), (FREE, vec![Outcome::Cached]));
    assert_eq!(Outcome::Cached.as_str(), "cached");
    assert_eq!(model.asked().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn other_requests_and_those_that_want_a_fresh_reply_are_asked() {
    let model = Scripted::new("a", [text()]);
    let cached = cached(&model);
    for (request, asked) in [
        (again(), 1),
        (Request { max_tokens: 5, ..again() }, 2),
        (request(), 3),
        (request_of("x"), 4),
        (again(), 4),
    ] {
        complete(&cached, &request).await.unwrap();
        assert_eq!(model.asked().len(), asked);
    }
}

#[tokio::test(start_paused = true)]
async fn what_did_not_end_well_is_not_kept() {
    let steps = [
        fail(BUSY),
        Step::FailInside { pieces: 2, kind: Kind::BrokenStream },
        Step::Cut { pieces: 2 },
        Step::TooLong { pieces: 2 },
        text(),
    ];
    let model = Scripted::new("a", steps);
    let cached = cached(&model);
    drop(cached.stream(&again()).await);
    let mut stream = cached.stream(&again()).await.unwrap();
    assert!(stream.pieces.next().await.is_some());
    drop(stream);
    for _ in 0..2 {
        let _ = complete(&cached, &again()).await;
    }
    assert_eq!(model.asked().len(), 4);
    for _ in 0..2 {
        assert_eq!(complete(&cached, &again()).await.unwrap().text, Scripted::whole("a", 3));
    }
    assert_eq!(model.asked().len(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_reply_is_kept_for_a_day() {
    let model = Scripted::new("a", [text()]);
    let cached = cached(&model);
    for (wait, asked) in [(0, 1), (24 * 3600 - 1, 1), (1, 2)] {
        advance(seconds(wait)).await;
        complete(&cached, &again()).await.unwrap();
        assert_eq!(model.asked().len(), asked, "{wait}");
    }
}

#[tokio::test(start_paused = true)]
async fn equal_requests_at_once_are_asked_once() {
    let model = Scripted::new("a", [Step::Text { after: seconds(2), pieces: 3 }]);
    let cached = cached(&model);
    let request = again();
    let replies = join_all((0..50).map(|_| outcomes(&cached, &request))).await;
    assert!(replies.iter().all(|(reply, _)| reply.as_ref().unwrap().text == Scripted::whole("a", 3)));
    assert_eq!(replies.iter().filter(|(_, tried)| *tried == [Outcome::Cached]).count(), 49);
    assert_eq!(model.asked().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn whoever_waits_asks_when_the_first_one_fails_or_leaves() {
    let model = Scripted::new("a", [Step::Fail { after: seconds(1), kind: BUSY }, Step::Hang, text()]);
    let cached = cached(&model);
    let leaves = async { assert!(timeout(seconds(5), cached.stream(&again())).await.is_err()) };
    let fails = async { assert_eq!(outcomes(&cached, &again()).await.0, Err(BUSY)) };
    let request = again();
    let (_, _, waits) = futures::join!(fails, leaves, complete(&cached, &request));
    assert_eq!((waits.unwrap().text, model.asked().len()), (Scripted::whole("a", 3), 3));
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_for_a_reply_that_does_not_end() {
    let model = Scripted::new("a", [Step::Silent, text()]);
    let cached = cached(&model);
    let silent = cached.stream(&again()).await.unwrap();
    let began = tokio::time::Instant::now();
    assert_eq!(complete(&cached, &again()).await.unwrap().text, Scripted::whole("a", 3));
    assert!(began.elapsed() <= seconds(20) + ms(2), "{:?}", began.elapsed());
    assert_eq!(timeout(Duration::ZERO, complete(&cached, &again())).await.unwrap().unwrap().end.usage, FREE);
    drop(silent);
}
