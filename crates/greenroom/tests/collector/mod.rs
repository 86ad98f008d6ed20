//! A collector of traces on this machine (OTLP over HTTP).

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;
use std::sync::{Arc, Condvar, Mutex};

/// What came.
#[derive(Default)]
pub struct Received {
    pub spans: Mutex<Vec<Span>>,
    pub grown: Condvar,
}

/// A collector on a free port of loopback.
pub fn collector(runtime: &tokio::runtime::Runtime) -> (String, Arc<Received>) {
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
