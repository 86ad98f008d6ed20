//! Many streams at the same time, timed.

use super::bare::Client;
use super::line::Line;
use crate::percentile::within_ms;
use crate::process::processor_time;
use anyhow::ensure;
use hyper::body::Bytes;
use serde::Serialize;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// From one question of a stream to the next, in lengths of a reply: as little more as lets late ones catch up.
const BEAT: f64 = 1.05;
/// The same for replies that take no time.
const SHORTEST_BEAT: Duration = Duration::from_millis(1);

/// A way to a reply.
#[derive(Clone)]
pub enum Way {
    /// A bare client, straight to the vendor or through a proxy.
    Bare(SocketAddr, Bytes),
    /// Our layer.
    Ours(Line),
}

/// What one reply took, from the question on.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    /// Until the first text.
    pub first: Duration,
    /// Until the end.
    pub total: Duration,
}

/// What was timed on one way.
#[derive(Default)]
pub struct Timed {
    taken: Vec<Taken>,
    processor: Duration,
}

/// Replies of one way at one number of streams.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Load {
    /// Replies; one that breaks off ends the run.
    pub replies: usize,
    /// What they took.
    #[serde(flatten)]
    pub times: Times,
}

/// What replies take, or what they take more than others.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Times {
    /// Until the first text: half of the replies, ms.
    pub first_p50_ms: f64,
    /// Until the first text: 99 of 100 replies, ms.
    pub first_p99_ms: f64,
    /// Until the end: half of the replies, ms.
    pub total_p50_ms: f64,
    /// Until the end: 99 of 100 replies, ms.
    pub total_p99_ms: f64,
    /// Processor time per reply of this process and of the proxy, if there is one, microseconds. The vendor's is not
    /// in it.
    pub processor_us: f64,
}

impl Times {
    /// What these are above `floor`, each at the same percentile. Below zero where noise is larger.
    pub fn above(&self, floor: &Self) -> Self {
        Self {
            first_p50_ms: self.first_p50_ms - floor.first_p50_ms,
            first_p99_ms: self.first_p99_ms - floor.first_p99_ms,
            total_p50_ms: self.total_p50_ms - floor.total_p50_ms,
            total_p99_ms: self.total_p99_ms - floor.total_p99_ms,
            processor_us: self.processor_us - floor.processor_us,
        }
    }

    /// In the order of the fields.
    pub fn figures(&self) -> [f64; 5] {
        [self.first_p50_ms, self.first_p99_ms, self.total_p50_ms, self.total_p99_ms, self.processor_us]
    }
}

/// How a way is loaded.
#[derive(Clone, Copy)]
pub struct Round {
    /// Streams at the same time.
    pub streams: u32,
    /// How long each stream asks again and again.
    pub lasting: Duration,
    /// How long a reply takes its vendor.
    pub reply: Duration,
}

impl Round {
    /// Loads `way`; the first reply of each stream does not count. `also`: a process whose time counts too.
    pub async fn run(self, way: &Way, also: Option<u32>, timed: &mut Timed) -> anyhow::Result<()> {
        let busy = || -> anyhow::Result<Duration> {
            let own = processor_time(std::process::id())?;
            Ok(own + also.map(processor_time).transpose()?.unwrap_or_default())
        };
        let before = busy()?;
        let streams: Vec<_> =
            (0..self.streams).map(|number| tokio::spawn(self.stream(way.clone(), number))).collect();
        let mut taken = Vec::new();
        for stream in streams {
            taken.extend(stream.await??);
        }
        let all = taken.len() + self.streams as usize;
        timed.processor += (busy()? - before).mul_f64(taken.len() as f64 / all as f64);
        timed.taken.append(&mut taken);
        Ok(())
    }

    async fn stream(self, way: Way, number: u32) -> anyhow::Result<Vec<Taken>> {
        // Each stream asks at a beat of its own, between those of others. Without, streams that were held up together
        // would go on together, and what was measured from then on would be their crowd.
        let beat = self.reply.mul_f64(BEAT).max(SHORTEST_BEAT);
        let mut turn = Instant::now() + beat * number / self.streams;
        let mut asker = way.open().await?;
        sleep_until(turn).await;
        asker.ask().await?;
        let until = Instant::now() + self.lasting;
        let mut taken = Vec::new();
        while taken.is_empty() || Instant::now() < until {
            while turn <= Instant::now() {
                turn += beat;
            }
            sleep_until(turn).await;
            taken.push(asker.ask().await?);
        }
        Ok(taken)
    }
}

impl Timed {
    /// The figures.
    pub fn load(&self) -> anyhow::Result<Load> {
        let replies = self.taken.len();
        ensure!(replies > 0, "nothing was measured");
        let sorted = |time: fn(&Taken) -> Duration| {
            let mut times: Vec<Duration> = self.taken.iter().map(time).collect();
            times.sort_unstable();
            times
        };
        let (first, total) = (sorted(|taken| taken.first), sorted(|taken| taken.total));
        let times = Times {
            first_p50_ms: within_ms(&first, 0.5),
            first_p99_ms: within_ms(&first, 0.99),
            total_p50_ms: within_ms(&total, 0.5),
            total_p99_ms: within_ms(&total, 0.99),
            processor_us: self.processor.as_secs_f64() * 1e6 / replies as f64,
        };
        Ok(Load { replies, times })
    }
}

enum Asker {
    Bare(Client),
    Ours(Line),
}

impl Way {
    async fn open(&self) -> anyhow::Result<Asker> {
        Ok(match self {
            Self::Bare(address, body) => Asker::Bare(Client::connect(*address, body.clone()).await?),
            Self::Ours(line) => Asker::Ours(line.clone()),
        })
    }
}

impl Asker {
    async fn ask(&mut self) -> anyhow::Result<Taken> {
        match self {
            Self::Bare(client) => client.ask().await,
            Self::Ours(line) => line.ask().await,
        }
    }
}
