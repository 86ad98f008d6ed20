//! Redis dies in the middle of it all and comes back: two nodes go on without it.

use crate::load::Load;
use crate::postgres::Postgres;
use crate::server::{GREENROOM, Server};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longest wait for an answer while Redis is away.
const SLOWEST: Duration = Duration::from_secs(5);

fn redis(port: u16) -> Child {
    let arguments = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--port", &port.to_string()];
    let child = Command::new("redis-server")
        .args(arguments)
        .stdout(Stdio::null())
        .spawn()
        .expect("redis is installed");
    let begun = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(begun.elapsed() < SLOWEST, "Redis does not listen");
        std::thread::yield_now();
    }
    child
}

fn kill(mut child: Child) {
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
}

#[test]
#[ignore = "a fault run: scripts/faults redis"]
fn redis_dies() {
    let postgres = Postgres::start();
    let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a port").port();
    let first = redis(port);
    let home = tempfile::tempdir().expect("a temporary directory");
    let node = || {
        let mut command = Command::new(GREENROOM);
        command.env("DATABASE_URL", postgres.url()).env("REDIS_URL", format!("redis://127.0.0.1:{port}"));
        // Only what Redis does to people counts, not what a busy machine does.
        command.env("GREENROOM__DATABASE__ACQUIRE_TIMEOUT_MS", "20000");
        Server::start(command, home.path())
    };
    let nodes = [node(), node()];
    let load = Load::start(&[&nodes[0], &nodes[1]]);
    load.go_on(Duration::from_secs(2));
    kill(first);
    let away = Instant::now();
    println!(
        "Redis killed: the next answer is acknowledged after {} ms",
        load.until_acknowledged_after(away).as_millis()
    );
    load.go_on(Duration::from_secs(4));
    let again = redis(port);
    load.go_on(Duration::from_secs(3));
    let slowest = load.seen().acknowledged.iter().filter(|(at, _)| *at > away).map(|(_, took)| *took).max();
    let refusals = load.refusals();
    load.end("Redis killed and back");
    kill(again);
    assert!(refusals.is_empty(), "nobody notices: {refusals:?}");
    assert!(slowest.is_some_and(|slowest| slowest < SLOWEST), "{slowest:?}");
}
