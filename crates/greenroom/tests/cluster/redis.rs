//! Nodes tell each other over Redis; while it is away, the log tells.

use crate::line::Line;
use crate::site::{DEADLINE, Room, Site, quick, slow, until};
use serde_json::Value;
use std::io::{Read, Write};
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

    /// Whether a node listens to what is told of this interview.
    fn is_listened_to(&self, session: &Value) -> bool {
        let channel = format!("session:{}", session["id"].as_str().expect("an id"));
        let answer = TcpStream::connect(("127.0.0.1", self.port)).and_then(|mut line| {
            line.set_read_timeout(Some(DEADLINE))?;
            line.write_all(b"PUBSUB CHANNELS\r\nQUIT\r\n")?;
            let mut answer = String::new();
            line.read_to_string(&mut answer)?;
            Ok(answer)
        });
        answer.is_ok_and(|answer| answer.contains(&channel))
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

/// Answers until a draft of the other node is heard, `most` questions long: words over Redis may get lost.
fn hear_a_draft(room: &mut Room, line: &mut Line, most: usize) {
    let is_draft = |message: &Value| message["kind"] == "writing" && message["data"]["words"] != "";
    for _ in 0..most {
        room.answer();
        let heard = line.hear("a draft or the question", |m| is_draft(m) || m["kind"] == "question_asked");
        if is_draft(&heard) {
            return;
        }
    }
    panic!("no draft of {most} is heard");
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
    until("the other node listens", || redis.is_listened_to(&room.session));
    site.model_plays(slow());
    // Drafts are on no log: they came over Redis. With all below no more than the eleven answers that are followed by a
    // question.
    hear_a_draft(&mut room, &mut line, 4);
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

    let redis = Redis::start(redis.port);
    site.model_plays(slow());
    let back = Instant::now();
    until("the other node listens again", || redis.is_listened_to(&room.session));
    hear_a_draft(&mut room, &mut line, 6);
    eprintln!("drafts are heard again {} ms after Redis came back", back.elapsed().as_millis());
    let events = room.get("/events?limit=200");
    let stored = events["items"].as_array().expect("events").iter().filter_map(|event| event["seq"].as_u64());
    assert!(stored.eq(1..=events["items"].as_array().map_or(0, |all| all.len() as u64)), "nothing is lost");
}
