//! One trace goes through a request, the work that it queues and the model that is asked, to a collector.

#[expect(dead_code, reason = "others answer through it")]
mod server;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use greenroom_testkit::model::{ModelServer, Play};
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;
use serde_json::json;
use server::{GREENROOM, Server};
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
/// Longer than the exporter waits before it sends.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Default)]
struct Received {
    spans: Mutex<Vec<Span>>,
    grown: Condvar,
}

impl Received {
    /// The spans of our trace, once there is one of each name.
    fn ours(&self, names: &[&str]) -> Vec<Span> {
        let ours = |spans: &[Span]| -> Vec<Span> {
            spans.iter().filter(|span| hex(&span.trace_id) == TRACE).cloned().collect()
        };
        let is_missing = |spans: &mut Vec<Span>| {
            names.iter().any(|name| !ours(spans).iter().any(|span| span.name == *name))
        };
        let spans = self.spans.lock().expect("nobody panicked");
        let (spans, waited) =
            self.grown.wait_timeout_while(spans, PATIENCE, is_missing).expect("nobody panicked");
        let seen: Vec<&str> = spans.iter().map(|span| span.name.as_str()).collect();
        assert!(!waited.timed_out(), "of our trace {names:?} are wanted; there are {seen:?}");
        ours(&spans)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A collector on a free port of loopback.
fn collector(runtime: &tokio::runtime::Runtime) -> (String, Arc<Received>) {
    let received = Arc::new(Received::default());
    let take = async |State(received): State<Arc<Received>>, body: Bytes| {
        let request = ExportTraceServiceRequest::decode(body).expect("it is what OTLP says");
        let scopes = request.resource_spans.into_iter().flat_map(|resource| resource.scope_spans);
        received.spans.lock().expect("nobody panicked").extend(scopes.flat_map(|scope| scope.spans));
        received.grown.notify_all();
    };
    let router = Router::new().route("/v1/traces", post(take)).with_state(received.clone());
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    runtime.spawn(async move { axum::serve(listener, router).await });
    (address, received)
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
    let spans = received.ours(&["request", "job", "model"]);
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
