//! `kill -9` at any moment, then start again: every acknowledged answer is there once, and the page goes on.
//!
//! `make faults` runs the same with 200 kills under 64 writers.
#![expect(clippy::print_stdout, reason = "`make faults` says how many answers there were")]

mod server;

use serde_json::Value;
use server::{Candidate, GREENROOM, Server};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Times that the server is killed, unless `GREENROOM_KILLS` says otherwise.
const KILLS: u64 = 50;
/// Candidates who answer at the same time, unless `GREENROOM_WRITERS` says otherwise.
const WRITERS: u64 = 4;

/// Longest wait for the first answer of a round.
const FIRST_ANSWER: Duration = Duration::from_secs(60);

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().expect("a number"))
}

/// What one candidate was told.
struct Acknowledged {
    session: String,
    answers: Vec<String>,
}

/// Starts interviews and answers until the line breaks; returns what was acknowledged.
fn practise(candidate: &Candidate, stop: &AtomicBool, kept: &AtomicU64) -> Vec<Acknowledged> {
    let mut all = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let Some(session) = candidate.start() else { return all };
        let id = session["id"].as_str().unwrap_or_default().to_owned();
        all.push(Acknowledged { session: id, answers: Vec::new() });
        let mut question = session["current_question"].clone();
        while !question.is_null() {
            let words = format!("answer to {}", question["id"]);
            let Some(answered) = candidate.answer(&session, &question, &words, "answer") else { return all };
            let response = answered["response"]["id"].as_str().unwrap_or_default().to_owned();
            all.last_mut().expect("just pushed").answers.push(response);
            kept.fetch_add(1, Ordering::Relaxed);
            question = answered["next_question"].clone();
        }
    }
    all
}

fn start(data: &Path, database: Option<&str>) -> Server {
    let mut command = Command::new(GREENROOM);
    // One sign-in lasts for all kills.
    command.env("GREENROOM__ACCOUNTS__ACCESS_TOKEN_SECONDS", "86400");
    if let Some(url) = database {
        command.env("DATABASE_URL", url);
    }
    Server::start(command, data)
}

fn kill(mut server: Server) {
    server.child.kill().expect("it can be killed");
    server.child.wait().expect("it has ended");
}

/// Each acknowledged answer is on the log once, and the log has neither gaps nor doubles.
fn check(candidate: &Candidate, told: &Acknowledged, round: u64) {
    let path = format!("/api/sessions/{}/events?limit=500", told.session);
    let (status, events): (u16, Value) = candidate.get(&path).expect("the server answers");
    assert_eq!(status, 200, "interview {} is gone: {events}", told.session);
    let events = events["items"].as_array().expect("events");
    for (at, event) in events.iter().enumerate() {
        assert_eq!(event["seq"], at + 1, "the log has a gap or a double (round {round})");
    }
    for answer in &told.answers {
        let times = events.iter().filter(|event| event["data"]["response"]["id"] == answer.as_str()).count();
        assert_eq!(times, 1, "answer {answer} was acknowledged and stands {times} times (round {round})");
    }
}

fn survives(database: Option<&str>, kills: u64) {
    let home = tempfile::tempdir().expect("a temporary directory");
    let mut server = start(home.path(), database);
    let mut candidate = server.candidate_for(20, None);
    let (writers, mut acknowledged) = (number("GREENROOM_WRITERS", WRITERS), 0);
    for round in 0..kills {
        let (stop, kept) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let writers: Vec<_> = (0..writers)
            .map(|_| {
                let (candidate, stop, kept) = (candidate.clone(), stop.clone(), kept.clone());
                std::thread::spawn(move || practise(&candidate, &stop, &kept))
            })
            .collect();
        let deadline = Instant::now() + FIRST_ANSWER;
        while kept.load(Ordering::Relaxed) == 0 {
            assert!(Instant::now() < deadline, "no answer is acknowledged (round {round})");
            std::thread::yield_now();
        }
        // A different moment each time, the same in every run: 0 to 127 ms after the first answer.
        std::thread::sleep(Duration::from_millis((round.wrapping_mul(0x9e37_79b9) >> 3) % 128));
        kill(server);
        stop.store(true, Ordering::Relaxed);
        server = start(home.path(), database);
        candidate.address = server.address.clone();
        for told in writers.into_iter().flat_map(|writer| writer.join().expect("a writer ends")) {
            check(&candidate, &told, round);
            acknowledged += told.answers.len();
        }
    }
    kill(server);
    println!("{kills} kills, {acknowledged} acknowledged answers, all there");
    assert!(acknowledged as u64 >= kills, "each round has an answer");
}

#[test]
fn every_acknowledged_answer_survives() {
    survives(None, number("GREENROOM_KILLS", KILLS));
}

/// Fewer: the engine is another, what is ours is the same.
#[test]
fn every_acknowledged_answer_survives_on_postgresql() {
    let server = std::env::var("GREENROOM_TEST_POSTGRES")
        .expect("these tests need PostgreSQL: run them with scripts/with-services cargo test");
    survives(Some(&server), number("GREENROOM_KILLS", KILLS / 5));
}
