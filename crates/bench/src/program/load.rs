//! What a load run showed.

use super::server::Server;
use crate::percentile::within_ms;
use crate::process::processor_time;
use serde::Serialize;
use std::time::{Duration, Instant};

/// Requests of one kind, sent over all connections.
#[derive(Clone, Debug, Serialize)]
pub struct Load {
    /// Requests that were answered as expected; any other answer ends the run.
    pub requests: usize,
    /// Requests per second over all connections.
    pub per_second: f64,
    /// Half of the answers came within this time, ms.
    pub p50_ms: f64,
    /// 99 of 100 answers came within this time, ms.
    pub p99_ms: f64,
    /// The slowest answer, ms.
    pub max_ms: f64,
    /// Processor time of the server per request, microseconds. The database server's is not in it.
    pub server_us: f64,
    /// Processor time of the load driver per request, microseconds.
    pub driver_us: f64,
}

/// A stopwatch over the wall and over the processors.
pub struct Stopwatch {
    began: Instant,
    server: Duration,
    driver: Duration,
}

impl Stopwatch {
    /// Starts it.
    pub fn start(server: &Server) -> anyhow::Result<Self> {
        let (at_server, at_driver) = (server.processor_time()?, processor_time(std::process::id())?);
        Ok(Self { began: Instant::now(), server: at_server, driver: at_driver })
    }

    /// Stops it over requests that took `latencies`.
    pub fn stop(self, server: &Server, mut latencies: Vec<Duration>) -> anyhow::Result<Load> {
        let wall = self.began.elapsed();
        anyhow::ensure!(!latencies.is_empty(), "nothing was measured");
        let requests = latencies.len();
        let each = |used: Duration| used.as_secs_f64() * 1e6 / requests as f64;
        let server_us = each(server.processor_time()?.saturating_sub(self.server));
        let driver_us = each(processor_time(std::process::id())?.saturating_sub(self.driver));
        latencies.sort_unstable();
        Ok(Load {
            requests,
            per_second: requests as f64 / wall.as_secs_f64(),
            p50_ms: within_ms(&latencies, 0.5),
            p99_ms: within_ms(&latencies, 0.99),
            max_ms: within_ms(&latencies, 1.0),
            server_us,
            driver_us,
        })
    }
}
