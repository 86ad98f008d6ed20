//! The Prometheus exposition.

use crate::catalogue::{CATALOGUE, COMMIT_APPENDS, Kind};
use metrics::{describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;

/// Bounds of times, seconds: from a statement in the database to a model that is slow.
const SECONDS: &[f64] =
    &[0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0];
/// Bounds of the number of appends that share a commit.
const APPENDS: &[f64] = &[1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0];

/// Collects what is recorded anywhere in the process.
pub struct Exporter(PrometheusHandle);

/// The process's exporter. What was recorded before the first call is lost.
pub fn exporter() -> &'static Exporter {
    static EXPORTER: OnceLock<Exporter> = OnceLock::new();
    EXPORTER.get_or_init(|| {
        let recorder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Full(COMMIT_APPENDS.to_owned()), APPENDS)
            .and_then(|builder| builder.set_buckets(SECONDS))
            .expect("there are bounds")
            .build_recorder();
        let handle = recorder.handle();
        // Another recorder can only be there when a program that embeds this one set it; then nothing comes here.
        let _ = metrics::set_global_recorder(recorder);
        for measure in CATALOGUE {
            match measure.kind {
                Kind::Counter => describe_counter!(measure.name, measure.help),
                Kind::Gauge => describe_gauge!(measure.name, measure.help),
                Kind::Histogram => describe_histogram!(measure.name, measure.help),
            }
        }
        Exporter(handle)
    })
}

impl Exporter {
    /// All measures in Prometheus' text format.
    pub fn render(&self) -> String {
        self.0.run_upkeep();
        self.0.render()
    }

    /// Makes room: values of histograms are kept one by one until somebody reads them or this is called.
    pub fn tidy(&self) {
        self.0.run_upkeep();
    }
}
