//! Clients that hang up in the middle of a request: whatever had begun by then comes to its end.

use axum::http::StatusCode;
use greenroom_testkit::{Client, at};
use serde_json::json;
use std::collections::HashSet;
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

#[tokio::test]
async fn a_keyed_request_can_be_repeated_at_once() {
    let client = Client::guest().await;
    let config = json!({"title": "T", "job_description": JOB, "difficulty": "intermediate",
        "interview_type": ["technical"], "duration": 5});
    let mut made = HashSet::new();
    let mut ended = false;
    for steps in 1..STEPS {
        let key = format!("cut-after-{steps}");
        let headers = [("idempotency-key", key.as_str())];
        let create = || client.call_with("POST", "/api/configs", Some(config.clone()), &headers);
        ended = cut_after(steps, create()).await;
        let (mut status, mut body) = create().await;
        for _ in 0..STEPS {
            if body["error"] != "idempotency_in_progress" {
                break;
            }
            tokio::task::yield_now().await;
            (status, body) = create().await;
        }
        assert_eq!(status, StatusCode::CREATED, "cut off after {steps} steps: {body}");
        made.insert(body["id"].to_string());
        if ended {
            break;
        }
    }
    assert!(ended, "it comes to its end within {STEPS} steps");
    let (_, all) = client.call("GET", "/api/configs?limit=100", None).await;
    assert_eq!(all["items"].as_array().expect("set-ups").len(), made.len(), "each was made once");
}
