//! Clients that hang up in the middle of a request: whatever had begun by then comes to its end.

use greenroom_testkit::{Client, at};
use serde_json::json;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

const JOB: &str =
    "Backend Engineer. You will build REST APIs. Experience with SQL is required. You will join our team.";
const ANSWER: &str =
    "I stored an idempotency key with the result in one transaction, so a retry returns the first result.";
/// More steps than any of these requests takes.
const STEPS: usize = 60;

/// Goes on with `request` for this many steps and drops it then, as the server does when its client hangs up.
/// True when it had come to its end before.
async fn cut_after<F: Future>(steps: usize, request: F) -> bool {
    let mut request = pin!(request);
    let mut left = steps;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(false);
        }
        left -= 1;
        request.as_mut().poll(context).map(|_| true)
    })
    .await
}

#[tokio::test]
async fn an_answer_given_again_is_judged_all_the_same() {
    let client = Client::guest().await;
    let session = client.start(JOB).await;
    client.answer(&session, &session["current_question"], ANSWER).await;
    client.call("PUT", &at(&session, "/complete"), None).await;
    let body = json!({"question_id": session["current_question"]["id"], "content": ANSWER});
    let retries = at(&session, "/retries");
    let mut ended = false;
    for steps in 1..STEPS {
        let again = client.call("POST", &retries, Some(body.clone()));
        ended = cut_after(steps, again).await;
        client.test.clock.advance(60_000);
        client.test.work().await;
        let (_, report) = client.call("GET", &at(&session, "/report"), None).await;
        assert_eq!(report["pending_evaluations"], 0, "cut off after {steps} steps");
        if ended {
            break;
        }
    }
    assert!(ended, "it comes to its end within {STEPS} steps");
}
