//! A live peer: llmock plays both vendors, breaks what it can, and judges the client by what it does next. There
//! are no retries at this level, so the test is a caller that does what the errors say, and no more.

use crate::program::Program;
use crate::server::{Outcome, ask, in_json, provider, request};
use futures::FutureExt;
use greenroom_llm::{JsonSupport, Kind, LanguageModel, Protocol, Provider, Request, Timeouts, connect};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

const ATTEMPTS: u32 = 4;

pub struct Peer {
    program: Program,
}

impl Peer {
    pub async fn start() -> Self {
        // With pauses between chunks, it sees in time who stops reading at a broken one.
        let arguments = ["serve", "--log-level", "warning", "--stream-chunk-delay-ms", "100"];
        Self { program: Program::start("llm", "llmock", &arguments, "/health").await }
    }

    pub fn model(&self, protocol: Protocol, name: &str) -> Arc<dyn LanguageModel> {
        let path = match protocol {
            Protocol::Openai => "v1",
            Protocol::Anthropic => "anthropic/v1",
        };
        let own = provider(protocol, format!("{}/{path}", self.program.url));
        let timeouts = Timeouts { first: Duration::from_secs(10), next: Duration::from_secs(8) };
        let model = name.to_owned();
        connect(&Provider { model, json: JsonSupport::Tool, ..own }, timeouts).unwrap()
    }

    /// Lets the peer behave like that to a call of `model`: once, or as often as `times` says (null: always).
    pub async fn behave(&self, model: &str, behaviour: &Value) {
        let mut behaviour = behaviour.clone();
        behaviour["match"] = json!({"model": model});
        let body = json!({"behaviors": [behaviour]}).to_string();
        let answer = self
            .program
            .control
            .post(format!("{}/_llmock/scenario", self.program.url))
            .body(body)
            .send()
            .await;
        let answer = answer.unwrap();
        assert!(answer.status().is_success(), "{behaviour} {}", answer.text().await.unwrap());
    }

    pub async fn verdict(&self) -> Value {
        let answer =
            self.program.control.get(format!("{}/_llmock/verdict", self.program.url)).send().await.unwrap();
        serde_json::from_str(&answer.text().await.unwrap()).unwrap()
    }
}

/// Asks until there is a reply or an error that says that asking again is no use. Gives the first failure too.
async fn follow(model: &dyn LanguageModel, request: &Request) -> (Option<Kind>, Outcome) {
    let mut first = None;
    for attempt in 1.. {
        let outcome = ask(model, request).await;
        let Err(kind) = outcome.end else { return (first, outcome) };
        first = first.or(Some(kind));
        if !kind.is_passing() || attempt == ATTEMPTS {
            return (first, outcome);
        }
        // Longer than the peer takes to see that nobody reads on: it counts what comes sooner as another call.
        let backoff = Duration::from_secs(1) * 2_u32.pow(attempt);
        tokio::time::sleep(kind.retry_after().unwrap_or(backoff)).await;
    }
    unreachable!("the loop ends by its attempts")
}

fn fault(kind: &str, after_chunks: u32) -> Value {
    json!({"type": "stream_fault", "kind": kind, "after_chunks": after_chunks, "stall_seconds": 60})
}

fn behaviours() -> Vec<(Value, Kind)> {
    let busy = Kind::Unavailable { retry_after: None };
    let status = |status: u16, kind: Kind| (json!({"type": "fail", "status": status}), kind);
    let mut all = vec![
        status(400, Kind::BadRequest),
        status(401, Kind::Unauthenticated),
        status(403, Kind::Forbidden),
        status(404, Kind::NotFound),
        status(413, Kind::TooLong),
        status(422, Kind::BadRequest),
        status(429, Kind::RateLimited { retry_after: None }),
        (json!({"type": "slow_first_token", "seconds": 60}), Kind::TimedOut),
        (json!({"type": "delay", "seconds": 60}), Kind::TimedOut),
    ];
    let message = "This model's maximum context length was exceeded.";
    let too_long =
        json!({"type": "fail", "status": 400, "code": "context_length_exceeded", "message": message});
    all.push((too_long, Kind::TooLong));
    all.extend([408, 409, 500, 502, 503, 504, 529].map(|code| status(code, busy)));
    for chunks in [1, 3] {
        all.extend([
            (fault("disconnect", chunks), Kind::BrokenStream),
            (fault("truncate", chunks), Kind::BrokenStream),
            (fault("malformed", chunks), Kind::Malformed),
            (fault("stall", chunks), Kind::TimedOut),
        ]);
    }
    all
}

fn without_wait(kind: Kind) -> Kind {
    match kind {
        Kind::RateLimited { .. } => Kind::RateLimited { retry_after: None },
        Kind::Unavailable { .. } => Kind::Unavailable { retry_after: None },
        other => other,
    }
}

/// One call that meets `behaviour`: the client says what it was, and the next attempt goes well where one is due.
async fn meet(peer: &Peer, protocol: Protocol, number: usize, behaviour: Value, wanted: Kind) {
    // Each call has a model of its own, so that the peer can tell calls apart.
    let name = format!("{protocol:?}-{number}").to_lowercase();
    peer.behave(&name, &behaviour).await;
    let (failed, outcome) = follow(&*peer.model(protocol, &name), &request()).await;
    assert_eq!(failed.map(without_wait), Some(wanted), "{protocol:?} {behaviour}");
    assert_eq!(outcome.end.is_ok(), wanted.is_passing(), "{protocol:?} {behaviour}");
}

async fn waits_as_long_as_asked(peer: &Peer, protocol: Protocol) {
    let name = format!("{protocol:?}-wait").to_lowercase();
    peer.behave(&name, &json!({"type": "fail", "status": 429, "retry_after": 0.7})).await;
    let (failed, outcome) = follow(&*peer.model(protocol, &name), &in_json()).await;
    let wait = failed.and_then(Kind::retry_after);
    assert!(wait.is_some_and(|wait| wait >= Duration::from_millis(700)), "{wait:?}");
    let value: Value = serde_json::from_str(&outcome.text()).unwrap();
    assert!(value["score"].is_number(), "{value}");
}

async fn takes_no_other_tool(peer: &Peer, protocol: Protocol) {
    let name = format!("{protocol:?}-tool").to_lowercase();
    peer.behave(&name, &json!({"type": "tool_fault", "kind": "unknown_tool"})).await;
    let (failed, outcome) = follow(&*peer.model(protocol, &name), &in_json()).await;
    assert_eq!((failed, outcome.end.is_ok()), (Some(Kind::Malformed), true));
}

#[tokio::test]
async fn a_peer_that_breaks_everything_finds_nothing_wrong_with_the_client() {
    let peer = Peer::start().await;
    let mut calls = Vec::new();
    for protocol in [Protocol::Openai, Protocol::Anthropic] {
        let reply = ask(&*peer.model(protocol, "well"), &request()).await;
        assert!(reply.end.is_ok() && !reply.text().is_empty(), "{reply:?}");
        for (number, (behaviour, wanted)) in behaviours().into_iter().enumerate() {
            calls.push(meet(&peer, protocol, number, behaviour, wanted).boxed());
        }
        calls.push(waits_as_long_as_asked(&peer, protocol).boxed());
        calls.push(takes_no_other_tool(&peer, protocol).boxed());
    }
    let made = calls.len();
    futures::future::join_all(calls).await;
    let verdict = peer.verdict().await;
    assert_eq!(verdict["findings"], json!([]), "{verdict}");
    // Delays are no faults to the peer.
    assert!(verdict["calls"].as_u64().unwrap() as usize >= made, "{verdict}");
    assert!(verdict["faults_injected"].as_u64().unwrap() >= 40, "{verdict}");
}
