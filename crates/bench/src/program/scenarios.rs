//! The loads: reading interviews, and answering.

use super::client::Client;
use super::interviews::{Interview, start_many};
use super::load::{Load, Stopwatch};
use super::server::Server;
use anyhow::ensure;
use hyper::Method;
use serde::Serialize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Interviews that are read in turn.
const READ: usize = 256;
/// Answers in each of them before they are read.
const ANSWERS_BEFORE_READ: usize = 3;
/// Longest wait for judgements after the load.
const JUDGED_WITHIN: Duration = Duration::from_secs(300);

/// Answers, and what became of them.
#[derive(Clone, Debug, Serialize)]
pub struct Answering {
    /// The requests.
    pub load: Load,
    /// Time from the last acknowledgement until every answer was judged, ms.
    pub judged_after_ms: f64,
    /// Answers taken and judged per second, from the first request to the last judgement.
    pub judged_per_second: f64,
}

/// Reads interviews over `connections` connections for `lasting`, after a warm-up of a fifth of it.
pub async fn reads(server: &Server, connections: usize, lasting: Duration) -> anyhow::Result<Load> {
    let mut interviews = start_many(server.address, connections, READ).await?;
    let mut client = Client::connect(server.address).await?;
    for interview in &mut interviews {
        for _ in 0..ANSWERS_BEFORE_READ {
            ensure!(interview.answer(&mut client).await?, "an interview has more questions than that");
        }
    }
    judged(&interviews, &mut client).await?;
    let interviews = Arc::new(interviews);
    read_for(server, connections, &interviews, lasting / 5).await?;
    let watch = Stopwatch::start(server)?;
    let latencies = read_for(server, connections, &interviews, lasting).await?;
    watch.stop(server, latencies)
}

async fn read_for(
    server: &Server,
    connections: usize,
    interviews: &Arc<Vec<Interview>>,
    lasting: Duration,
) -> anyhow::Result<Vec<Duration>> {
    let until = Instant::now() + lasting;
    let read = |connection: usize| {
        let (address, interviews) = (server.address, interviews.clone());
        tokio::spawn(async move {
            let mut client = Client::connect(address).await?;
            let mut latencies = Vec::new();
            let turn = interviews.iter().cycle().skip(connection * READ / connections);
            for interview in turn {
                let begin = Instant::now();
                if begin >= until {
                    break;
                }
                client.call(Method::GET, &interview.path, Some(&interview.token), None, 200).await?;
                latencies.push(begin.elapsed());
            }
            anyhow::Ok(latencies)
        })
    };
    gathered((0..connections).map(read).collect()).await
}

/// Answers questions over `connections` connections for `lasting`, or until `interviews` are over.
pub async fn answers(
    server: &Server,
    connections: usize,
    lasting: Duration,
    interviews: usize,
) -> anyhow::Result<Answering> {
    let mut fresh = start_many(server.address, connections, interviews + connections).await?;
    // Statement caches and the judge's tables are filled by somebody else's interviews.
    let warm = fresh.split_off(interviews);
    answer_for(server, connections, warm, lasting / 5).await?;
    let watch = Stopwatch::start(server)?;
    let begin = Instant::now();
    let (latencies, answered) = answer_for(server, connections, fresh, lasting).await?;
    let load = watch.stop(server, latencies)?;
    let waiting = Instant::now();
    judged(&answered, &mut Client::connect(server.address).await?).await?;
    Ok(Answering {
        judged_after_ms: waiting.elapsed().as_secs_f64() * 1e3,
        judged_per_second: load.requests as f64 / begin.elapsed().as_secs_f64(),
        load,
    })
}

async fn answer_for(
    server: &Server,
    connections: usize,
    interviews: Vec<Interview>,
    lasting: Duration,
) -> anyhow::Result<(Vec<Duration>, Vec<Interview>)> {
    let until = Instant::now() + lasting;
    let waiting = Arc::new(Mutex::new(interviews));
    let answered = Arc::new(Mutex::new(Vec::new()));
    let answering = |_| {
        let (address, waiting, answered) = (server.address, waiting.clone(), answered.clone());
        tokio::spawn(async move {
            let mut client = Client::connect(address).await?;
            let mut latencies = Vec::new();
            while let Some(mut interview) = taken(&waiting) {
                let mut more = true;
                while more && Instant::now() < until {
                    let begin = Instant::now();
                    more = interview.answer(&mut client).await?;
                    latencies.push(begin.elapsed());
                }
                answered.lock().unwrap_or_else(PoisonError::into_inner).push(interview);
                if Instant::now() >= until {
                    break;
                }
            }
            anyhow::Ok(latencies)
        })
    };
    let latencies = gathered((0..connections).map(answering).collect()).await?;
    let answered = std::mem::take(&mut *answered.lock().unwrap_or_else(PoisonError::into_inner));
    Ok((latencies, answered))
}

fn taken(waiting: &Mutex<Vec<Interview>>) -> Option<Interview> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner).pop()
}

type Running = tokio::task::JoinHandle<anyhow::Result<Vec<Duration>>>;

async fn gathered(running: Vec<Running>) -> anyhow::Result<Vec<Duration>> {
    let mut all = Vec::new();
    for connection in running {
        all.extend(connection.await??);
    }
    Ok(all)
}

/// Waits until every answer of `interviews` is judged.
async fn judged(interviews: &[Interview], client: &mut Client) -> anyhow::Result<()> {
    let deadline = Instant::now() + JUDGED_WITHIN;
    for interview in interviews {
        while !interview.is_judged(client).await? {
            ensure!(Instant::now() < deadline, "answers are not judged");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
    Ok(())
}
