//! What the server took, and what gave way first.

use std::io::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use greenroom_media::webrtc::{Hub, HubStats};
use tokio::time::Instant;

/// Ticks of the processor's clock in a second, as Linux counts them for programs.
const CLOCK: f64 = 100.0;
/// Share of packets that may be late before it counts.
const LATE: f64 = 0.001;
/// Share of the pages' sound that must have come.
const HEARD: f64 = 0.98;

/// A server that is watched from when all pages were connected.
pub struct Watched {
    sessions: u64,
    hub: Hub,
    frames: Arc<AtomicU64>,
    begun: Seen,
    gave_way: Arc<Mutex<Option<serde_json::Value>>>,
}

/// What a process has taken so far, seconds.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    /// Of processors.
    cpu: f64,
    /// For which its threads could have run and no processor was free, of all threads together.
    waited: f64,
}

impl Taken {
    /// By this process.
    pub fn now() -> Self {
        Self { cpu: cpu_seconds(), waited: waited_seconds() }
    }

    /// Processors that it kept busy between two moments, `wall` seconds apart.
    pub fn cores(&self, later: &Self, wall: f64) -> f64 {
        rounded((later.cpu - self.cpu) / wall, 100.0)
    }

    /// Threads that waited for a processor, on average.
    pub fn waiting(&self, later: &Self, wall: f64) -> f64 {
        rounded((later.waited - self.waited).max(0.0) / wall, 1_000.0)
    }
}

/// What there was to see at a moment.
#[derive(Clone, Copy)]
struct Seen {
    at: Instant,
    taken: Taken,
    stats: HubStats,
    frames: u64,
    /// Ticks of all processors: all, and those without work.
    machine: (f64, f64),
}

impl Watched {
    pub fn begin(sessions: u64, hub: Hub, frames: Arc<AtomicU64>) -> Self {
        let begun = Seen::now(&hub, &frames);
        let watched = Self { sessions, hub, frames, begun, gave_way: Arc::default() };
        let (hub, frames, gave_way) = (watched.hub.clone(), watched.frames.clone(), watched.gave_way.clone());
        tokio::spawn(async move {
            let mut before = begun;
            for second in 1_u64.. {
                tokio::time::sleep(Duration::from_secs(1)).await;
                let now = Seen::now(&hub, &frames);
                let what = before.gives_way(&now, sessions);
                if let Some(what) = what {
                    let waited = before.taken.waiting(&now.taken, (now.at - before.at).as_secs_f64());
                    let busy = before.busy(&now);
                    let told = serde_json::json!({
                        "second": second, "what": what, "machine_busy": busy, "waited_for_cores": waited,
                    });
                    *gave_way.lock().expect("nobody panics with it") = Some(told);
                    return;
                }
                before = now;
            }
        });
        watched
    }

    /// Prints what was seen. `said` is what the pages say.
    pub fn report(&self, recorded: u64, kib: u64, said: &str) {
        let (begun, now, sessions) = (&self.begun, Seen::now(&self.hub, &self.frames), self.sessions as f64);
        let wall = (now.at - begun.at).as_secs_f64();
        let used = (now.taken.cpu - begun.taken.cpu) / wall;
        let (sent, late) = (now.stats.sent - begun.stats.sent, now.stats.late - begun.stats.late);
        let late_share = late as f64 / sent.max(1) as f64;
        let pages = serde_json::from_str::<serde_json::Value>(said).unwrap_or_default();
        let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
        let gave_way = self.gave_way.lock().expect("nobody panics with it").clone();
        let line = serde_json::json!({
            "sessions": self.sessions,
            "seconds": wall.round(),
            "cores_used": rounded(used, 100.0),
            "waited_for_cores": begun.taken.waiting(&now.taken, wall),
            "cpu_ms_per_session_second": rounded(used * 1_000.0 / sessions, 100.0),
            "machine_busy": begun.busy(&now),
            "kib_per_session": kib / self.sessions,
            "frames_heard_share": rounded((now.frames - begun.frames) as f64 / (sessions * wall * 50.0), 1_000.0),
            "frames_sent": sent,
            "frames_late": late,
            "frames_late_share": rounded(late_share, 100_000.0),
            "frames_latest_ms": now.stats.latest_ms,
            "overrun": now.stats.overrun - begun.stats.overrun,
            "recorded_mib": recorded >> 20,
            "pages": pages,
            "gave_way_first": gave_way,
            "load": load.split(' ').next(),
        });
        let verdict = match &gave_way {
            None => format!("{} sessions: nothing gave way", self.sessions),
            Some(first) => format!(
                "{} sessions: NOT CARRIED. First, in second {}: {} (the machine was {:.0} % busy, \
                 {:.2} threads of the server waited for a processor). LATE: {late} of {sent} \
                 packets ({:.2} %), the latest {} ms.",
                self.sessions,
                first["second"],
                first["what"].as_str().unwrap_or_default(),
                first["machine_busy"].as_f64().unwrap_or_default() * 100.0,
                first["waited_for_cores"].as_f64().unwrap_or_default(),
                late_share * 100.0,
                now.stats.latest_ms
            ),
        };
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "{line}\n{verdict}");
    }
}

impl Seen {
    fn now(hub: &Hub, frames: &AtomicU64) -> Self {
        let (at, stats, frames) = (Instant::now(), hub.stats(), frames.load(Ordering::Relaxed));
        Self { at, taken: Taken::now(), stats, frames, machine: machine_ticks() }
    }

    /// What no longer holds between two moments.
    fn gives_way(&self, now: &Self, sessions: u64) -> Option<&'static str> {
        let (sent, late) = (now.stats.sent - self.stats.sent, now.stats.late - self.stats.late);
        let wanted = sessions as f64 * (now.at - self.at).as_secs_f64() * 50.0;
        if now.stats.overrun > self.stats.overrun {
            return Some("datagrams found no room at the port or in a session's queue");
        }
        if late as f64 > sent as f64 * LATE {
            return Some("packets of the interviewer went out more than 20 ms late");
        }
        ((now.frames - self.frames) as f64 / wanted < HEARD)
            .then_some("sound of the pages did not come in time")
    }

    /// Share of all processors' time that was used, 0..=1.
    fn busy(&self, now: &Self) -> f64 {
        let (all, idle) = (now.machine.0 - self.machine.0, now.machine.1 - self.machine.1);
        rounded(1.0 - idle / all.max(1.0), 100.0)
    }
}

fn rounded(number: f64, to: f64) -> f64 {
    (number * to).round() / to
}

fn machine_ticks() -> (f64, f64) {
    let stat = std::fs::read_to_string("/proc/stat").expect("Linux");
    let first = stat.lines().next().unwrap_or_default();
    let ticks: Vec<f64> = first.split_whitespace().skip(1).filter_map(|text| text.parse().ok()).collect();
    // user nice system idle iowait irq softirq steal; guests are in user.
    (ticks.iter().take(8).sum(), ticks.iter().skip(3).take(2).sum())
}

/// Time of processors that this process took.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|text| text.parse::<f64>().ok()).unwrap_or_default();
    (ticks(11) + ticks(12)) / CLOCK
}

/// Time that threads of this process were ready to run and did not, by the scheduler's own count. Threads that ended are
/// not in it.
fn waited_seconds() -> f64 {
    let threads = std::fs::read_dir("/proc/self/task").expect("Linux");
    let waited = threads.flatten().filter_map(|thread| {
        let stat = std::fs::read_to_string(thread.path().join("schedstat")).ok()?;
        stat.split_whitespace().nth(1)?.parse::<f64>().ok()
    });
    waited.sum::<f64>() / 1e9
}

/// Memory of this process.
pub fn memory_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
