//! The clock of the machine jumps: an hour and a day, ahead and back. Needs libfaketime.

use crate::load::Load;
use crate::server::{GREENROOM, Server};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const LIBRARY: &str = "faketime/libfaketimeMT.so.1";
/// How soon a judgement must be there after an answer.
const JUDGED_WITHIN: Duration = Duration::from_secs(30);

fn library() -> PathBuf {
    let machine = std::env::consts::ARCH;
    let path = Path::new("/usr/lib").join(format!("{machine}-linux-gnu")).join(LIBRARY);
    assert!(path.exists(), "libfaketime is missing: apt-get install libfaketime");
    path
}

/// Sets the clock of the server so far ahead of the true time.
fn set(file: &Path, offset: &str) {
    let beside = file.with_extension("new");
    std::fs::write(&beside, format!("{offset}\n")).expect("it can be written");
    std::fs::rename(beside, file).expect("it can be put there");
}

#[test]
#[ignore = "a fault run: scripts/faults clock"]
fn clock_jumps() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let clock = home.path().join("clock");
    set(&clock, "+0s");
    let mut command = Command::new(GREENROOM);
    command
        .env("LD_PRELOAD", library())
        .env("FAKETIME_TIMESTAMP_FILE", &clock)
        .env("FAKETIME_CACHE_DURATION", "1")
        // Waits go on: only the time of day jumps.
        .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
        .env("FAKETIME_NO_CACHE", "0")
        // People who answer have no page that renews their sign-in.
        .env("GREENROOM__ACCOUNTS__ACCESS_TOKEN_SECONDS", "86400")
        .env("GREENROOM__ACCOUNTS__CLOCK_SKEW_SECONDS", "300");
    let data = home.path().join("data");
    std::fs::create_dir(&data).expect("a folder");
    let server = Server::start(command, &data);
    let load = Load::start(&[&server]);
    let mut page = Page::open(&server);
    for offset in ["+3600s", "-3600s", "+80000s", "-86400s", "+0s"] {
        load.go_on(Duration::from_millis(1500));
        set(&clock, offset);
        let jumped = Instant::now();
        // The library looks at the file each second.
        load.go_on(Duration::from_millis(1500));
        let acknowledged = load.until_acknowledged_after(jumped);
        let judged = page.answer_and_wait_for_judgement();
        println!(
            "clock at {offset}: an answer is acknowledged after {} ms, another one judged after {} ms",
            acknowledged.as_millis(),
            judged.as_millis()
        );
    }
    let refusals = load.refusals();
    load.end("clock jumped five times");
    assert!(refusals.is_empty(), "nobody notices: {refusals:?}");
}

/// Somebody whose sign-in is renewed as a page does it, and who waits for judgements.
struct Page {
    address: String,
    token: String,
    refresh: String,
    session: Value,
    question: Value,
    answers: usize,
}

impl Page {
    fn open(server: &Server) -> Self {
        let mut page = Self {
            address: server.address.clone(),
            token: String::new(),
            refresh: String::new(),
            session: Value::Null,
            question: Value::Null,
            answers: 0,
        };
        let guest = page.call("POST", "/api/users/guest", &json!({}));
        page.signed_in(&guest);
        let config = json!({"title": "T", "difficulty": "intermediate", "interview_type": ["technical"], "duration": 60,
            "question_count": 20, "job_description": "Backend engineer. Experience with SQL is required."});
        let config = page.call("POST", "/api/configs", &config);
        page.session = page.call("POST", "/api/sessions", &json!({"config_id": config["id"]}));
        page.question = page.session["current_question"].clone();
        page
    }

    fn signed_in(&mut self, tokens: &Value) {
        self.token = tokens["access_token"].as_str().expect("a token").to_owned();
        self.refresh = tokens["refresh_token"].as_str().expect("a token").to_owned();
    }

    /// Sends a request; renews the sign-in once when it has run out.
    fn call(&mut self, method: &str, path: &str, body: &Value) -> Value {
        let (status, answer) = self.send(method, path, body);
        if status != 401 {
            assert!(status < 300, "{method} {path}: {status} {answer}");
            return answer;
        }
        let (renewed, tokens) =
            self.send("POST", "/api/users/refresh", &json!({"refresh_token": self.refresh}));
        assert_eq!(renewed, 200, "the sign-in is renewed: {tokens}");
        self.signed_in(&tokens);
        let (status, answer) = self.send(method, path, body);
        assert!(status < 300, "{method} {path}: {status} {answer}");
        answer
    }

    fn send(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(JUDGED_WITHIN))
            .build()
            .into();
        let url = format!("{}{path}", self.address);
        let bearer = format!("Bearer {}", self.token);
        let sent = match method {
            "GET" => agent.get(url).header("authorization", bearer).call(),
            _ => agent.post(url).header("authorization", bearer).send_json(body),
        };
        let mut response = sent.expect("the server answers");
        (response.status().as_u16(), response.body_mut().read_json().unwrap_or_default())
    }

    fn answer_and_wait_for_judgement(&mut self) -> Duration {
        let begun = Instant::now();
        let path = format!("/api/sessions/{}", self.session["id"].as_str().expect("an id"));
        let words =
            "I stored an idempotency key with the result in one transaction, so that a retry returns it.";
        let body = json!({"question_id": self.question["id"], "content": words});
        let answered = self.call("POST", &format!("{path}/answers"), &body);
        self.question = answered["next_question"].clone();
        self.answers += 1;
        while self.call("GET", &path, &Value::Null)["progress"]["evaluated"] != self.answers {
            assert!(begun.elapsed() < JUDGED_WITHIN, "the answer is not judged");
            std::thread::yield_now();
        }
        begun.elapsed()
    }
}
