//! The live peer again, now behind a line of two models, the first of them faulty: the line does what the errors say,
//! and the peer has nothing to say about it.

use crate::peer::Peer;
use crate::server::request;
use futures::FutureExt;
use greenroom_llm::{
    Circuits, Fallback, FallbackOptions, LanguageModel, Outcome, Protocol, Recorded, Reply, complete_recorded,
};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use std::time::Duration;

/// The peer takes waits that do not grow for waits without backoff. Jitter may draw such; with this seed it does not.
const SEED: u64 = 41;

/// Faults that stay, with how often the first model is asked. A `Retry-After` longer than the whole call is not among
/// them: the line goes on at once, and the peer, who sees no second model, takes that for giving up.
fn lasting() -> Vec<(Value, usize)> {
    let status =
        |status: u16, tries: usize| (json!({"type": "fail", "status": status, "times": null}), tries);
    let mut all: Vec<(Value, usize)> = [400, 401, 403, 404, 413, 422].map(|code| status(code, 1)).into();
    all.extend([408, 429, 500, 502, 503, 504, 529].map(|code| status(code, 3)));
    all.extend([
        (json!({"type": "fail", "status": 429, "retry_after": 0.4, "times": null}), 3),
        (json!({"type": "delay", "seconds": 60, "times": null}), 3),
        (json!({"type": "slow_first_token", "seconds": 60, "times": null}), 3),
        (fault("disconnect", Value::Null), 3),
        (fault("stall", Value::Null), 3),
    ]);
    all
}

/// Faults of two replies in a row. The peer takes any last reply of this kind for accepted, so these end in time.
fn passing() -> Vec<(Value, usize)> {
    [fault("truncate", json!(2)), fault("malformed", json!(2))].map(|behaviour| (behaviour, 2)).into()
}

/// Before the first text: after it, a line does not change its mind.
fn fault(kind: &str, times: Value) -> Value {
    json!({"type": "stream_fault", "kind": kind, "after_chunks": 0, "stall_seconds": 60, "times": times})
}

async fn ask(peer: &Peer, protocol: Protocol, name: &str, behaviour: &Value) -> (Reply, Vec<Outcome>) {
    let [first, second] =
        ["first", "second"].map(|part| format!("{protocol:?}-{name}-{part}").to_lowercase());
    peer.behave(&first, behaviour).await;
    let models = vec![peer.model(protocol, &first), peer.model(protocol, &second)];
    let options = FallbackOptions {
        // Longer than the peer takes to see that nobody reads on: it counts what comes sooner as another call.
        backoff_base: Duration::from_secs(1),
        first_token: Duration::from_secs(8),
        deadline: Duration::from_secs(60),
        ..FallbackOptions::default()
    };
    let line = Fallback::new(models, options, &Circuits::default(), StdRng::seed_from_u64(SEED)).unwrap();
    let Recorded { result, attempts } = complete_recorded(&line as &dyn LanguageModel, &request()).await;
    let reply = result.unwrap_or_else(|error| panic!("{behaviour}: {error}"));
    (reply, attempts.iter().map(|attempt| attempt.outcome).collect())
}

async fn switches(peer: &Peer, protocol: Protocol, number: usize, behaviour: Value, tries: usize) {
    let (reply, outcomes) = ask(peer, protocol, &format!("lasting-{number}"), &behaviour).await;
    assert!(reply.model.model.ends_with("second") && !reply.text.is_empty(), "{protocol:?} {behaviour}");
    assert_eq!(outcomes.len(), tries + 1, "{protocol:?} {behaviour}: {outcomes:?}");
}

async fn tries_again(peer: &Peer, protocol: Protocol, number: usize, behaviour: Value, failed: usize) {
    let (reply, outcomes) = ask(peer, protocol, &format!("passing-{number}"), &behaviour).await;
    assert!(reply.model.model.ends_with("first") && !reply.text.is_empty(), "{protocol:?} {behaviour}");
    assert_eq!(outcomes.len(), failed + 1, "{protocol:?} {behaviour}: {outcomes:?}");
}

#[tokio::test]
async fn a_line_whose_first_model_is_faulty_has_a_clean_verdict() {
    let peer = Peer::start().await;
    let mut calls = Vec::new();
    for protocol in [Protocol::Openai, Protocol::Anthropic] {
        for (number, (behaviour, tries)) in lasting().into_iter().enumerate() {
            calls.push(switches(&peer, protocol, number, behaviour, tries).boxed());
        }
        for (number, (behaviour, failed)) in passing().into_iter().enumerate() {
            calls.push(tries_again(&peer, protocol, number, behaviour, failed).boxed());
        }
    }
    futures::future::join_all(calls).await;
    let verdict = peer.verdict().await;
    assert_eq!(verdict["findings"], json!([]), "{verdict}");
    assert!(verdict["faults_injected"].as_u64().unwrap() >= 50, "{verdict}");
}
