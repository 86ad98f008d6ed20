//! One trace goes through a request, the work that it queues and the model that is asked, to a collector.

#[expect(dead_code, reason = "others answer through it")]
mod server;

mod collector;

use collector::{Received, collector};
use greenroom_testkit::model::{ModelServer, Play};
use opentelemetry_proto::tonic::trace::v1::Span;
use serde_json::json;
use server::{GREENROOM, Server};
use std::process::Command;
use std::time::Duration;

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
/// Longer than the exporter waits before it sends.
const PATIENCE: Duration = Duration::from_secs(60);

/// The spans of our trace, once there is one of each name.
fn ours(received: &Received, names: &[&str]) -> Vec<Span> {
    let ours = |spans: &[Span]| -> Vec<Span> {
        spans.iter().filter(|span| hex(&span.trace_id) == TRACE).cloned().collect()
    };
    let is_missing =
        |spans: &mut Vec<Span>| names.iter().any(|name| !ours(spans).iter().any(|span| span.name == *name));
    let spans = received.spans.lock().expect("nobody panicked");
    let (spans, waited) =
        received.grown.wait_timeout_while(spans, PATIENCE, is_missing).expect("nobody panicked");
    let seen: Vec<&str> = spans.iter().map(|span| span.name.as_str()).collect();
    assert!(!waited.timed_out(), "of our trace {names:?} are wanted; there are {seen:?}");
    ours(&spans)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn one_trace_goes_from_the_request_over_the_queue_to_the_model() {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("one");
    let (address, received) = collector(&runtime);
    let model = ModelServer::start(|_, _| Play::Status(400, None));
    let home = tempfile::tempdir().expect("a temporary directory");
    let mut command = Command::new(GREENROOM);
    model.provide(&mut command, "played");
    command.env("OTEL_EXPORTER_OTLP_ENDPOINT", &address).env("OTEL_BSP_SCHEDULE_DELAY", "100");
    command.env("GREENROOM__LLM__INTERVIEWS", "false");
    let mut server = Server::start(command, home.path());
    let candidate = server.candidate_for(20, None);
    let session = candidate.start().expect("an interview");
    let path = format!("/api/sessions/{}/answers", session["id"].as_str().expect("an id"));
    let answer = "I wrote the migration in two steps, so that the old servers could still read the table.";
    let body = json!({"question_id": session["current_question"]["id"], "content": answer});
    let parent = format!("00-{TRACE}-00f067aa0ba902b7-01");
    let (status, _) = candidate.post_with(&path, &body, &[("traceparent", &parent)]).expect("an answer");
    assert_eq!(status, 201);
    let spans = ours(&received, &["request", "job", "model"]);
    let named = |name: &str| spans.iter().find(|span| span.name == name).expect("it is there");
    let (request, job, asked) = (named("request"), named("job"), named("model"));
    assert_eq!(hex(&request.parent_span_id), "00f067aa0ba902b7");
    assert_eq!(job.parent_span_id, request.span_id);
    assert_eq!(asked.parent_span_id, job.span_id);
    let heard = model.traceparents();
    assert!(heard.iter().any(|header| header.contains(TRACE)), "{heard:?}");
    let written = format!("{spans:?}");
    assert!(!written.contains("migration in two steps"), "words of the candidate are in a span");
    server.child.kill().expect("it can be killed");
    server.child.wait().expect("it has ended");
}
