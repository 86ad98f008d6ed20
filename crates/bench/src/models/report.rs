//! The figures as a table and as JSON.

use super::line::Memory;
use super::load::{Load, Times};
use super::proxy::Neighbour;
use serde::Serialize;
use std::fmt;

/// Everything that was measured.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Chunks of text in a reply.
    pub chunks: u32,
    /// From one chunk to the next, ms.
    pub pause_ms: u64,
    /// One entry for each number of streams.
    pub cells: Vec<Cell>,
    /// Memory of our layer.
    pub memory: Memory,
    /// The proxy, when it ran.
    pub neighbour: Option<Neighbour>,
    /// Why the proxy did not run, when it did not.
    pub not_run: Option<String>,
}

/// All ways at one number of streams.
#[derive(Debug, Serialize)]
pub struct Cell {
    /// Streams at the same time.
    pub streams: u32,
    /// A bare client.
    pub floor: Load,
    /// Our layer.
    pub ours: Load,
    /// What our layer adds to the floor.
    pub ours_adds: Times,
    /// A bare client through the proxy.
    pub proxy: Option<Load>,
    /// What the proxy adds to the floor.
    pub proxy_adds: Option<Times>,
}

impl Cell {
    /// The ways at so many `streams`.
    pub fn new(streams: u32, floor: Load, ours: Load, proxy: Option<Load>) -> Self {
        let ours_adds = ours.times.above(&floor.times);
        let proxy_adds = proxy.map(|proxy| proxy.times.above(&floor.times));
        Self { streams, floor, ours, ours_adds, proxy, proxy_adds }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { chunks, pause_ms, cells, memory, neighbour, not_run } = self;
        writeln!(f, "\nreplies of {chunks} chunks, {pause_ms} ms apart; +: more than the bare client")?;
        write!(f, "\n{:10}{:10}{:>8}", "streams", "", "replies")?;
        for head in ["first p50 ms", "first p99 ms", "total p50 ms", "total p99 ms", "processor us"] {
            write!(f, "{head:>14}")?;
        }
        writeln!(f)?;
        cells.iter().try_for_each(|cell| cell_rows(f, cell))?;
        let each = memory.open_bytes.saturating_sub(memory.idle_bytes) / memory.open as u64;
        writeln!(
            f,
            "\nours, {} open streams: {:.1} MB, of which {:.1} MB before ({:.1} kB a stream)",
            memory.open,
            mega(memory.open_bytes),
            mega(memory.idle_bytes),
            each as f64 / 1e3
        )?;
        if let Some(Neighbour { version, start_s, idle_bytes, peak_bytes }) = neighbour {
            let (idle, peak) = (mega(*idle_bytes), mega(*peak_bytes));
            writeln!(f, "LiteLLM {version}: start {start_s:.1} s, idle {idle:.0} MB, peak {peak:.0} MB")?;
        }
        not_run.iter().try_for_each(|reason| writeln!(f, "LiteLLM was not run: {reason}"))
    }
}

fn cell_rows(f: &mut fmt::Formatter<'_>, cell: &Cell) -> fmt::Result {
    let Cell { streams, floor, ours, ours_adds, proxy, proxy_adds } = cell;
    row(f, *streams, "bare", floor.replies, floor.times.figures().map(shown))?;
    row(f, *streams, "ours", ours.replies, ours_adds.figures().map(added))?;
    let Some((proxy, proxy_adds)) = proxy.as_ref().zip(*proxy_adds) else {
        return writeln!(f, "{streams:<10}{:10}{:>8}", "LiteLLM", "not run");
    };
    row(f, *streams, "LiteLLM", proxy.replies, proxy_adds.figures().map(added))?;
    write!(f, "{:28}", "LiteLLM adds, times ours")?;
    for (theirs, ours) in proxy_adds.figures().into_iter().zip(ours_adds.figures()) {
        // Nothing can be told by a difference that noise has turned around.
        let times = if ours > 0.0 { format!("{:.0}", theirs / ours) } else { "-".to_owned() };
        write!(f, "{times:>14}")?;
    }
    writeln!(f)
}

fn row(
    f: &mut fmt::Formatter<'_>,
    streams: u32,
    way: &str,
    replies: usize,
    figures: [String; 5],
) -> fmt::Result {
    write!(f, "{streams:<10}{way:10}{replies:>8}")?;
    figures.iter().try_for_each(|figure| write!(f, "{figure:>14}"))?;
    writeln!(f)
}

fn shown(figure: f64) -> String {
    format!("{figure:.2}")
}

fn added(figure: f64) -> String {
    format!("{figure:+.2}")
}

fn mega(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
