//! The figures as a table and as JSON.

use super::load::Load;
use super::scenarios::Answering;
use serde::Serialize;
use std::fmt;

/// Everything that was measured.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Connections that send at the same time.
    pub connections: usize,
    /// Length of each load, seconds.
    pub seconds: u64,
    /// Size of the program, bytes.
    pub binary_bytes: u64,
    /// Answers per second that `greenroom score` takes on one core.
    pub scored_per_second: f64,
    /// One entry for each database.
    pub engines: Vec<EngineReport>,
}

/// What was measured on one database.
#[derive(Debug, Serialize)]
pub struct EngineReport {
    /// `sqlite` or `postgres`.
    pub engine: &'static str,
    /// The first start, which makes the tables, ms until `/healthz` answers.
    pub first_start_ms: f64,
    /// Later starts, the middle one, ms until `/healthz` answers.
    pub start_ms: f64,
    /// Memory of the server that has done nothing yet, bytes.
    pub idle_bytes: u64,
    /// Most memory that the server held under load, bytes.
    pub peak_bytes: u64,
    /// `GET /api/sessions/{id}`.
    pub reads: Load,
    /// `POST /api/sessions/{id}/answers`.
    pub answers: Answering,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { connections, seconds, binary_bytes, scored_per_second, engines } = self;
        writeln!(f, "{connections} connections, {seconds} s a load")?;
        writeln!(
            f,
            "program {:.1} MB, score {scored_per_second:.0} answers/s on one core",
            mega(*binary_bytes)
        )?;
        let heads = ["requests", "per s", "p50 ms", "p99 ms", "max ms", "server us", "driver us"];
        let [requests, rate, p50, p99, max, server, driver] = heads;
        writeln!(
            f,
            "\n{:16}{requests:>10}{rate:>10}{p50:>10}{p99:>10}{max:>10}{server:>11}{driver:>11}",
            ""
        )?;
        for engine in engines {
            row(f, &format!("{} read", engine.engine), &engine.reads)?;
            row(f, &format!("{} answer", engine.engine), &engine.answers.load)?;
        }
        writeln!(f)?;
        for engine in engines {
            let EngineReport { engine, first_start_ms, start_ms, idle_bytes, peak_bytes, answers, .. } =
                engine;
            writeln!(
                f,
                "{engine}: start {start_ms:.0} ms (first {first_start_ms:.0} ms), idle {:.1} MB, peak {:.1} MB, \
                judged {:.0} ms after the last answer, {:.0} answers/s taken and judged",
                mega(*idle_bytes),
                mega(*peak_bytes),
                answers.judged_after_ms,
                answers.judged_per_second
            )?;
        }
        Ok(())
    }
}

fn row(f: &mut fmt::Formatter<'_>, name: &str, load: &Load) -> fmt::Result {
    let Load { requests, per_second, p50_ms, p99_ms, max_ms, server_us, driver_us } = load;
    writeln!(
        f,
        "{name:16}{requests:>10}{per_second:>10.0}{p50_ms:>10.1}{p99_ms:>10.1}{max_ms:>10.1}{server_us:>11.0}{driver_us:>11.0}"
    )
}

fn mega(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
