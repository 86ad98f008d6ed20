//! The real binary over loopback, on each of its databases.

pub mod client;
pub mod interviews;
mod load;
mod report;
mod scenarios;
pub mod server;

use anyhow::Context;
use report::EngineReport;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub use report::Report;

/// Starts whose middle counts.
const STARTS: usize = 10;
/// How long a server rests before its memory is read.
const REST: Duration = Duration::from_secs(2);

/// What to measure.
#[derive(clap::Args)]
pub struct Arguments {
    /// The program.
    binary: PathBuf,
    /// Connections that send at the same time.
    #[arg(long, default_value_t = 32)]
    connections: usize,
    /// Length of each load, seconds.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// Interviews that are ready to be answered; a load ends early when all are over.
    #[arg(long, default_value_t = 2400)]
    interviews: usize,
    /// Only this database: `sqlite` or `postgres`.
    #[arg(long)]
    engine: Option<String>,
}

/// Measures it.
pub async fn measure(mut arguments: Arguments) -> anyhow::Result<Report> {
    arguments.binary = arguments.binary.canonicalize().context("the program is not there; build it first")?;
    anyhow::ensure!((1..=1000).contains(&arguments.connections), "use 1 to 1000 connections");
    let mut engines = Vec::new();
    if arguments.engine.as_deref() != Some("postgres") {
        engines.push(engine(&arguments, "sqlite", None).await?);
    }
    if arguments.engine.as_deref() != Some("sqlite") {
        let url = std::env::var("GREENROOM_TEST_POSTGRES")
            .context("PostgreSQL is missing: run this with scripts/with-services --durable")?;
        engines.push(engine(&arguments, "postgres", Some(&url)).await?);
    }
    eprintln!("score");
    Ok(Report {
        connections: arguments.connections,
        seconds: arguments.seconds,
        binary_bytes: std::fs::metadata(&arguments.binary)?.len(),
        scored_per_second: crate::scorer::answers_per_second(&arguments.binary)?,
        engines,
    })
}

async fn engine(
    arguments: &Arguments,
    engine: &'static str,
    postgres: Option<&str>,
) -> anyhow::Result<EngineReport> {
    let home = tempfile::tempdir()?;
    let (binary, data) = (arguments.binary.as_path(), home.path());
    let lasting = Duration::from_secs(arguments.seconds);
    eprintln!("{engine}: start");
    let (first_start_ms, start_ms) = starts(binary, data, postgres).await?;
    let (server, _) = server::start_up(binary, data, postgres).await?;
    tokio::time::sleep(REST).await;
    let idle_bytes = server.resident()?;
    eprintln!("{engine}: read");
    let reads = scenarios::reads(&server, arguments.connections, lasting).await?;
    eprintln!("{engine}: answer");
    let answers = scenarios::answers(&server, arguments.connections, lasting, arguments.interviews).await?;
    let peak_bytes = server.peak()?;
    server.stop()?;
    Ok(EngineReport { engine, first_start_ms, start_ms, idle_bytes, peak_bytes, reads, answers })
}

/// The first start, and the middle of the later ones, ms.
async fn starts(binary: &Path, data: &Path, postgres: Option<&str>) -> anyhow::Result<(f64, f64)> {
    let mut taken = Vec::with_capacity(STARTS + 1);
    for _ in 0..=STARTS {
        let (server, time) = server::start_up(binary, data, postgres).await?;
        server.stop()?;
        taken.push(time.as_secs_f64() * 1e3);
    }
    let first = taken.remove(0);
    taken.sort_by(f64::total_cmp);
    Ok((first, (taken[STARTS / 2 - 1] + taken[STARTS / 2]) / 2.0))
}
