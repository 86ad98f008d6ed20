//! What Linux knows of a process.

use anyhow::Context;
use std::time::Duration;

/// Ticks in which Linux counts processor time, per second: the same on every architecture it reports to
/// programs (`USER_HZ`, proc(5)).
const TICKS_PER_SECOND: f64 = 100.0;

/// Memory that a process holds now, bytes.
pub fn resident(id: u32) -> anyhow::Result<u64> {
    status(id, "VmRSS:")
}

/// Most memory that a process ever held, bytes.
pub fn peak(id: u32) -> anyhow::Result<u64> {
    status(id, "VmHWM:")
}

fn status(id: u32, key: &str) -> anyhow::Result<u64> {
    let text = std::fs::read_to_string(format!("/proc/{id}/status"))?;
    let line = text.lines().find_map(|line| line.strip_prefix(key)).context("memory is reported")?;
    let kib: u64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kib * 1024)
}

/// Processor time that a process has used.
pub fn processor_time(id: u32) -> anyhow::Result<Duration> {
    let text = std::fs::read_to_string(format!("/proc/{id}/stat"))?;
    // The name may hold spaces and ends with the last bracket; user and system time are fields 14 and 15.
    let (_, fields) = text.rsplit_once(") ").context("stat has a name")?;
    let mut ticks = fields.split(' ').skip(11).take(2);
    let mut next = || ticks.next().and_then(|field| field.parse::<u64>().ok()).context("stat has times");
    Ok(Duration::from_secs_f64((next()? + next()?) as f64 / TICKS_PER_SECOND))
}
