//! Nodes tell each other over Redis; while it is away, the log tells.

use crate::site::{DEADLINE, Room, Site, quick, slow, until};
use serde_json::Value;
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

/// A Redis of one's own.
struct Redis {
    port: u16,
    child: Child,
}

impl Redis {
    fn start(port: u16) -> Self {
        let mut command = Command::new("redis-server");
        command.args([
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
            "--port",
            &port.to_string(),
        ]);
        let child = command.stdout(Stdio::null()).spawn().expect("redis-server is installed");
        until("Redis listens", || TcpStream::connect(("127.0.0.1", port)).is_ok());
        Self { port, child }
    }

    fn kill(&mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it ends");
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_line_at_one_node_hears_what_another_one_does_with_redis_and_without() {
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port");
    let mut redis = Redis::start(free.port());
    let site = Site::on(format!("redis://127.0.0.1:{}", redis.port));
    let (one, two) = (site.node(&[]), site.node(&[]));
    let mut room = Room::open(&one);
    let mut line = room.listen(&two, 0);
    line.hear_kind("caught_up");
    site.model_plays(slow());
    room.answer();
    // Drafts are on no log: they came over Redis.
    line.hear("a draft of the other node", |m| m["kind"] == "writing" && m["data"]["words"] != "");
    line.hear("its question", |m| {
        m["kind"] == "question_asked" && m["data"]["question"]["id"] == room.question["id"]
    });

    redis.kill();
    site.model_plays(quick());
    let begun = Instant::now();
    room.answer();
    line.hear("the question without Redis", |m| {
        m["kind"] == "question_asked" && m["data"]["question"]["id"] == room.question["id"]
    });
    eprintln!("without Redis the question was heard after {} ms", begun.elapsed().as_millis());

    let _redis = Redis::start(redis.port);
    site.model_plays(slow());
    let back = Instant::now();
    let is_draft = |message: &Value| message["kind"] == "writing" && message["data"]["words"] != "";
    loop {
        assert!(back.elapsed() < DEADLINE, "nobody reconnects to Redis");
        room.answer();
        let heard = line.hear("a draft or the question", |m| is_draft(m) || m["kind"] == "question_asked");
        if is_draft(&heard) {
            break;
        }
    }
    eprintln!("drafts are heard again {} ms after Redis came back", back.elapsed().as_millis());
    let events = room.get("/events?limit=200");
    let stored = events["items"].as_array().expect("events").iter().filter_map(|event| event["seq"].as_u64());
    assert!(stored.eq(1..=events["items"].as_array().map_or(0, |all| all.len() as u64)), "nothing is lost");
}
