//! Traces: one thread through requests, background work and calls to models, across processes (W3C Trace Context).
//!
//! Spans are those of `tracing`. Without an exporter they are not kept and nothing here does anything.

use opentelemetry::propagation::TextMapPropagator;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::{ExporterBuildError, SpanExporter};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::SdkTracerProvider;
use std::collections::HashMap;
use tracing::{Span, Subscriber};
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::registry::LookupSpan;

/// The header, and what jobs keep, by which a trace goes on elsewhere.
pub const TRACEPARENT: &str = "traceparent";
/// Variables that ask for traces; OpenTelemetry's own.
const ENDPOINTS: [&str; 2] = ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"];

/// Lets `span`, which was not entered yet, go on with the trace that `traceparent` names. One that cannot be read is
/// left alone.
pub fn adopt(span: &Span, traceparent: &str) {
    let carrier = HashMap::from([(TRACEPARENT.to_owned(), traceparent.to_owned())]);
    // Fails when nobody keeps spans, and then nothing is to be done.
    let _ = span.set_parent(TraceContextPropagator::new().extract(&carrier));
}

/// What others need to go on with the trace of this moment; `None` when nobody keeps spans.
pub fn current() -> Option<String> {
    let mut carrier = HashMap::new();
    TraceContextPropagator::new().inject_context(&Span::current().context(), &mut carrier);
    carrier.remove(TRACEPARENT)
}

/// Sends spans to a collector by OTLP (HTTP, protobuf).
pub struct Exporting {
    provider: SdkTracerProvider,
}

impl Exporting {
    /// As OpenTelemetry's own variables say (`OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_EXPORTER_OTLP_HEADERS`,
    /// `OTEL_SERVICE_NAME`, `OTEL_TRACES_SAMPLER` and so on); `None` when no address is set. Not inside of a runtime.
    pub fn from_environment() -> Result<Option<Self>, ExporterBuildError> {
        if ENDPOINTS.iter().all(|name| std::env::var_os(name).is_none_or(|value| value.is_empty())) {
            return Ok(None);
        }
        // The first one in the process stays; the client wants one, also for addresses without TLS.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let exporter = SpanExporter::builder().with_http().build()?;
        let mut resource = Resource::builder();
        if std::env::var_os("OTEL_SERVICE_NAME").is_none() {
            resource = resource.with_service_name("greenroom");
        }
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .with_resource(resource.build())
            .build();
        Ok(Some(Self { provider }))
    }

    /// Hands spans over; for the subscriber of the process.
    pub fn layer<S: Subscriber + for<'a> LookupSpan<'a>>(&self) -> impl Layer<S> + use<S> {
        // Spans of libraries are finer: they would be many and say little.
        tracing_opentelemetry::layer()
            .with_tracer(self.provider.tracer("greenroom"))
            .with_filter(LevelFilter::INFO)
    }

    /// Sends what waits and ends. Not inside of a runtime.
    pub fn finish(self) {
        // Nobody is left to be told, and a collector that is away must not keep the process.
        let _ = self.provider.shutdown();
    }
}
