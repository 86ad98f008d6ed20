//! The disk takes its time: strace lets every sync of the server wait.

use crate::load::Load;
use crate::serve_by;
use crate::server::{GREENROOM, Server};
use std::process::Command;
use std::time::{Duration, Instant};

/// What a sync takes longer.
const DELAY: Duration = Duration::from_millis(200);
/// How long it is watched.
const WATCHED: Duration = Duration::from_secs(10);
/// Longest wait for an answer, on a machine that has other work as well.
const SLOWEST: Duration = Duration::from_secs(10);

/// A server under strace.
struct Traced(Server);

impl Drop for Traced {
    /// The server ends first: strace, killed, would leave it behind.
    fn drop(&mut self) {
        let strace = self.0.child.id();
        let children = std::fs::read_to_string(format!("/proc/{strace}/task/{strace}/children"));
        let children = children.unwrap_or_default();
        let _ = Command::new("kill").arg("-KILL").args(children.split_whitespace()).status();
        let _ = self.0.child.wait();
    }
}

#[test]
#[ignore = "a fault run: scripts/faults slow-disk"]
fn slow_disk() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let mut command = Command::new("strace");
    let inject = format!("inject=fsync,fdatasync:delay_exit={}", DELAY.as_micros());
    command.args([
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        "--seccomp-bpf",
        "-e",
        "trace=fsync,fdatasync",
        "-e",
        &inject,
        GREENROOM,
    ]);
    let server = Traced(serve_by(command, home.path(), None));
    let load = Load::start(&[&server.0]);
    let begun = Instant::now();
    load.go_on(WATCHED);
    let mut took: Vec<_> = load
        .seen()
        .acknowledged
        .iter()
        .filter(|(at, took)| *at - *took > begun)
        .map(|(_, took)| *took)
        .collect();
    took.sort_unstable();
    let (count, middle) = (took.len(), took[took.len() / 2]);
    let late = took[took.len() * 99 / 100];
    println!(
        "each sync takes {} ms longer: {count} answers in 10 s, p50 {} ms, p99 {} ms",
        DELAY.as_millis(),
        middle.as_millis(),
        late.as_millis()
    );
    let refusals = load.refusals();
    load.end("slow disk");
    assert!(refusals.is_empty(), "{refusals:?}");
    assert!(late < SLOWEST, "{late:?}");
    let one_by_one = WATCHED.as_millis() / DELAY.as_millis();
    assert!(count as u128 > one_by_one, "answers share the wait: {count}");
}
