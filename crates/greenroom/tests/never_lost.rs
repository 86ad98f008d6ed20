//! `kill -9` at any moment, then start again: every acknowledged answer is there, and the page goes on.

mod server;

use serde_json::Value;
use server::{Candidate, GREENROOM, Server};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Times that the server is killed.
const KILLS: u64 = 50;
/// Candidates who answer at the same time.
const WRITERS: usize = 4;

/// What one candidate was told.
struct Acknowledged {
    session: String,
    answers: Vec<String>,
}

/// Starts interviews and answers until the line breaks; returns what was acknowledged.
fn practise(candidate: &Candidate, stop: &AtomicBool) -> Vec<Acknowledged> {
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
            question = answered["next_question"].clone();
        }
    }
    all
}

fn start(data: &Path) -> Server {
    Server::start(Command::new(GREENROOM), data)
}

fn kill(mut server: Server) {
    server.child.kill().expect("it can be killed");
    server.child.wait().expect("it has ended");
}

#[test]
fn every_acknowledged_answer_survives() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let mut server = start(home.path());
    let mut candidate = server.candidate_for(20, None);
    let mut acknowledged = 0;
    for round in 0..KILLS {
        let stop = Arc::new(AtomicBool::new(false));
        let writers: Vec<_> = (0..WRITERS)
            .map(|_| {
                let (candidate, stop) = (candidate.clone(), stop.clone());
                std::thread::spawn(move || practise(&candidate, &stop))
            })
            .collect();
        // A different moment each time, the same in every run: 5 to 132 ms.
        std::thread::sleep(Duration::from_millis(5 + (round.wrapping_mul(0x9e37_79b9) >> 3) % 128));
        kill(server);
        stop.store(true, Ordering::Relaxed);
        server = start(home.path());
        candidate.address = server.address.clone();
        for told in writers.into_iter().flat_map(|writer| writer.join().expect("a writer ends")) {
            let path = format!("/api/sessions/{}/events?limit=500", told.session);
            let (status, events): (u16, Value) = candidate.get(&path).expect("the server answers");
            assert_eq!(status, 200, "interview {} is gone: {events}", told.session);
            let events = events["items"].as_array().expect("events");
            for answer in &told.answers {
                let there = events.iter().any(|event| event["data"]["response"]["id"] == answer.as_str());
                assert!(there, "answer {answer} was acknowledged and is gone (round {round})");
            }
            acknowledged += told.answers.len();
        }
    }
    kill(server);
    assert!(acknowledged as u64 > KILLS, "the test was under load: {acknowledged} answers");
}
