//! What our layer over language models adds to the time of a vendor, beside LiteLLM's proxy and above a bare client.
//!
//! All three talk to the same vendor, which runs in a process of its own. They take turns within one run, so that
//! whatever else the machine does hits all of them.

mod bare;
mod line;
mod load;
mod proxy;
mod question;
mod report;
pub mod vendor;

use hyper::body::Bytes;
use line::Line;
use load::{Round, Timed, Way};
use proxy::Proxy;
use report::{Cell, Report};
use std::time::Duration;
use vendor::Vendor;

/// Turns that each way takes at each number of streams.
const ROUNDS: usize = 4;
/// A single stream gives few replies: it is watched longer, so that 99 of 100 means something.
const SINGLE: u64 = 2;
/// The pause of a vendor that is not in a hurry: long enough that nothing comes while memory is read.
const LONG_PAUSE_MS: u64 = 60_000;

/// What to measure.
#[derive(clap::Args)]
pub struct Arguments {
    /// Numbers of streams at the same time.
    #[arg(long, value_delimiter = ',', default_values_t = [1, 50, 200])]
    streams: Vec<u32>,
    /// Length of each of the turns that each way takes, seconds.
    #[arg(long, default_value_t = 3)]
    seconds: u32,
    /// Leave LiteLLM out.
    #[arg(long)]
    without_proxy: bool,
    #[command(flatten)]
    pace: vendor::Pace,
}

/// Measures it.
pub async fn measure(arguments: Arguments) -> anyhow::Result<Report> {
    let streams = &arguments.streams;
    anyhow::ensure!(streams.iter().all(|count| (1..=1000).contains(count)), "use 1 to 1000 streams");
    eprintln!("models: memory");
    let patient = Vendor::start(vendor::Pace { pause_ms: LONG_PAUSE_MS, ..arguments.pace })?;
    let memory = line::memory(&patient).await?;
    drop(patient);
    let vendor = Vendor::start(arguments.pace)?;
    let body = Bytes::from(question::body());
    let words = arguments.pace.words();
    let ours = Way::Ours(Line::new(vendor.address, words.len())?);
    let floor = Way::Bare(vendor.address, body.clone());
    let proxy = if arguments.without_proxy {
        Err("it was left out".to_owned())
    } else {
        eprintln!("models: start LiteLLM");
        Proxy::start(vendor.address, &body, &words).await.map_err(|error| format!("{error:#}"))
    };
    let mut bench = Bench { arguments: &arguments, floor, ours, body, proxy };
    let mut cells = Vec::new();
    for &count in streams {
        eprintln!("models: {count} at the same time");
        cells.push(bench.cell(count).await?);
    }
    let (neighbour, not_run) = match &bench.proxy {
        Ok(proxy) => (Some(proxy.neighbour()?), None),
        Err(reason) => (None, Some(reason.clone())),
    };
    let vendor::Pace { chunks, pause_ms } = arguments.pace;
    Ok(Report { chunks, pause_ms, cells, memory, neighbour, not_run })
}

struct Bench<'a> {
    arguments: &'a Arguments,
    floor: Way,
    ours: Way,
    body: Bytes,
    /// Why it does not run, when it does not.
    proxy: Result<Proxy, String>,
}

impl Bench<'_> {
    /// All ways in turn with so many `streams`.
    async fn cell(&mut self, streams: u32) -> anyhow::Result<Cell> {
        let times = if streams == 1 { SINGLE } else { 1 };
        let lasting = Duration::from_secs(u64::from(self.arguments.seconds) * times);
        let round = Round { streams, lasting, reply: self.arguments.pace.length() };
        let (mut floor, mut ours, mut proxied) = (Timed::default(), Timed::default(), Timed::default());
        for _ in 0..ROUNDS {
            round.run(&self.floor, None, &mut floor).await?;
            round.run(&self.ours, None, &mut ours).await?;
            let Ok(proxy) = &self.proxy else { continue };
            let way = Way::Bare(proxy.address, self.body.clone());
            if let Err(error) = round.run(&way, Some(proxy.id()), &mut proxied).await {
                self.proxy = Err(format!("LiteLLM failed at {streams} streams: {error:#}"));
            }
        }
        let proxy = self.proxy.is_ok().then(|| proxied.load()).transpose()?;
        Ok(Cell::new(streams, floor.load()?, ours.load()?, proxy))
    }
}
