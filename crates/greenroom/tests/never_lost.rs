//! `kill -9` at any moment, then start again: every acknowledged answer is there, and the page goes on.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Times that the server is killed.
const KILLS: u64 = 50;
/// Candidates who answer at the same time.
const WRITERS: usize = 4;

struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(data: &std::path::Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_greenroom"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
            .arg(data)
            .env("RUST_LOG", "error")
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut lines = BufReader::new(child.stderr.take().expect("its stderr")).lines();
        let ready =
            lines.find_map(|line| line.ok()?.split_once("ready at ").map(|(_, address)| address.to_owned()));
        let address = ready.expect("the server says where it listens");
        // Reads on, so that the server never waits for somebody to read its log.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    fn kill(mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it has ended");
    }
}

/// An answer of the server; `None` when the line broke.
fn call(address: &str, token: &str, method: &str, path: &str, body: Option<&Value>) -> Option<(u16, Value)> {
    let url = format!("{address}{path}");
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(10)))
        .build()
        .into();
    let bearer = format!("Bearer {token}");
    let response = match (method, body) {
        ("GET", _) => agent.get(&url).header("authorization", &bearer).call(),
        (_, Some(body)) => agent.post(&url).header("authorization", &bearer).send_json(body),
        (_, None) => agent.post(&url).header("authorization", &bearer).send_empty(),
    };
    let mut response = response.ok()?;
    let status = response.status().as_u16();
    Some((status, response.body_mut().read_json().ok()?))
}

/// What one candidate was told.
struct Acknowledged {
    session: String,
    answers: Vec<String>,
}

/// Starts interviews and answers until the line breaks; returns what was acknowledged.
fn candidate(address: &str, token: &str, config: &Value, stop: &AtomicBool) -> Vec<Acknowledged> {
    let mut all = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let start = json!({"config_id": config["id"]});
        let Some((201, session)) = call(address, token, "POST", "/api/sessions", Some(&start)) else {
            return all;
        };
        let id = session["id"].as_str().unwrap_or_default().to_owned();
        all.push(Acknowledged { session: id.clone(), answers: Vec::new() });
        let mut question = session["current_question"].clone();
        while !question.is_null() {
            let body =
                json!({"question_id": question["id"], "content": format!("answer to {}", question["id"])});
            let path = format!("/api/sessions/{id}/answers");
            let Some((201, answered)) = call(address, token, "POST", &path, Some(&body)) else { return all };
            let response = answered["response"]["id"].as_str().unwrap_or_default().to_owned();
            all.last_mut().expect("just pushed").answers.push(response);
            question = answered["next_question"].clone();
        }
    }
    all
}

#[test]
fn every_acknowledged_answer_survives() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let mut server = Server::start(home.path());
    let (_, guest) = call(&server.address, "", "POST", "/api/users/guest", None).expect("a guest");
    let token = guest["access_token"].as_str().expect("a token").to_owned();
    let config = json!({"title": "T", "job_description": "Backend engineer. Experience with SQL is required. You will join our team.",
        "difficulty": "intermediate", "interview_type": ["technical"], "duration": 20});
    let (status, config) =
        call(&server.address, &token, "POST", "/api/configs", Some(&config)).expect("a set-up");
    assert_eq!(status, 201, "{config}");
    let mut acknowledged = 0;
    for round in 0..KILLS {
        let stop = Arc::new(AtomicBool::new(false));
        let writers: Vec<_> = (0..WRITERS)
            .map(|_| {
                let (address, token, config, stop) =
                    (server.address.clone(), token.clone(), config.clone(), stop.clone());
                std::thread::spawn(move || candidate(&address, &token, &config, &stop))
            })
            .collect();
        // A different moment each time, the same in every run: 5 to 132 ms.
        std::thread::sleep(Duration::from_millis(5 + (round.wrapping_mul(0x9e37_79b9) >> 3) % 128));
        server.kill();
        stop.store(true, Ordering::Relaxed);
        server = Server::start(home.path());
        for told in writers.into_iter().flat_map(|writer| writer.join().expect("a writer ends")) {
            let path = format!("/api/sessions/{}/events?limit=500", told.session);
            let (status, events) =
                call(&server.address, &token, "GET", &path, None).expect("the server answers");
            assert_eq!(status, 200, "interview {} is gone: {events}", told.session);
            let events = events["items"].as_array().expect("events");
            for answer in &told.answers {
                let there = events.iter().any(|event| event["data"]["response"]["id"] == answer.as_str());
                assert!(there, "answer {answer} was acknowledged and is gone (round {round})");
            }
            acknowledged += told.answers.len();
        }
    }
    server.kill();
    assert!(acknowledged as u64 > KILLS, "the test was under load: {acknowledged} answers");
}
