//! Many calls at once.

use crate::scripted::{BUSY, Scripted, Step, fail, line, ms, request, seconds, text};
use futures::future::join_all;
use greenroom_llm::{Kind, complete};
use tokio::time::Instant;

#[tokio::test(start_paused = true)]
async fn two_hundred_calls_over_a_flaky_model_all_end_in_time() {
    let bad = [
        Step::Hang,
        fail(BUSY),
        Step::Silent,
        fail(Kind::RateLimited { retry_after: Some(seconds(5)) }),
        Step::Cut { pieces: 0 },
        text(),
    ];
    let steps: Vec<Step> = bad.into_iter().cycle().take(3_000).collect();
    let flaky = Scripted::new("a", steps);
    let steady = Scripted::new("b", [Step::Text { after: ms(900), pieces: 5 }]);
    let line = line(&[flaky, steady]);
    let call = || async {
        let began = Instant::now();
        let reply = complete(&line, &request()).await;
        (reply, began.elapsed())
    };
    for (reply, took) in join_all((0..200).map(|_| call())).await {
        let reply = reply.expect("the second model always answers");
        let pieces = if reply.model.provider == "a" { 3 } else { 5 };
        assert_eq!(reply.text, Scripted::whole(&reply.model.provider, pieces));
        assert!(took <= seconds(20), "{took:?}");
    }
}
