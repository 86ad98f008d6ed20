//! A running server, and calls to it.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

pub const GREENROOM: &str = env!("CARGO_BIN_EXE_greenroom");

/// A server that has said where it listens.
pub struct Server {
    pub child: Child,
    pub address: String,
}

impl Server {
    /// Starts it by `command`, on a free port, with what it keeps in `data`.
    pub fn start(command: Command, data: &Path) -> Self {
        Self::start_with(command, data, &[])
    }

    /// The same with more arguments.
    pub fn start_with(mut command: Command, data: &Path, more: &[&str]) -> Self {
        // A key in the environment of whoever runs the tests must not be used.
        if command.get_envs().all(|(name, _)| name != "GREENROOM__LLM__ENABLED") {
            command.env("GREENROOM__LLM__ENABLED", "false");
        }
        if command.get_envs().all(|(name, _)| name != "GREENROOM__LOGS__LEVEL") {
            command.env("RUST_LOG", "error");
        }
        let listen: &[&str] = if more.contains(&"--listen") { &[] } else { &["--listen", "127.0.0.1:0"] };
        let mut child = command
            .arg("serve")
            .args(listen)
            .arg("--data-dir")
            .arg(data)
            .args(more)
            // One address plays many people here.
            .env("GREENROOM__SERVER__LIMITS__ENABLED", "false")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{} cannot be started: {error}", command.get_program().display()));
        let mut lines =
            BufReader::new(child.stderr.take().expect("its stderr")).lines().map_while(Result::ok);
        let mut said = Vec::new();
        let ready = lines.find_map(|line| {
            let address = line.split_once("ready at ").map(|(_, address)| address.to_owned());
            said.push(line);
            address
        });
        let address = ready.unwrap_or_else(|| panic!("the server did not start: {said:?}"));
        // Reads on, so that the server never waits for somebody to read its log.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, address }
    }

    /// Somebody new, with an interview of this length in minutes and number of questions.
    pub fn candidate_for(&self, duration: u32, question_count: Option<u32>) -> Candidate {
        let changes = json!({"duration": duration, "question_count": question_count});
        self.candidate_with(&changes).expect("the set-up is taken")
    }

    /// Somebody new, with a set-up of 20 minutes that is changed by `changes`; `None` when it is refused.
    pub fn candidate_with(&self, changes: &Value) -> Option<Candidate> {
        let mut new = Candidate { address: self.address.clone(), token: String::new(), config: Value::Null };
        let (_, guest) = new.post("/api/users/guest", &json!({}), "guest").expect("a guest");
        new.token = guest["access_token"].as_str().expect("a token").to_owned();
        let mut config = json!({"title": "T", "difficulty": "intermediate", "interview_type": ["technical"], "duration": 20,
            "job_description": "Backend engineer. Experience with SQL is required. You will join our team."});
        for (key, value) in changes.as_object().into_iter().flatten() {
            config[key] = value.clone();
        }
        let (status, config) = new.post("/api/configs", &config, "config").expect("an answer");
        new.config = config["id"].clone();
        (status == 201).then_some(new)
    }
}

impl Drop for Server {
    /// A test that fails leaves no server behind.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Somebody who is interviewed.
#[derive(Clone)]
pub struct Candidate {
    pub address: String,
    pub token: String,
    config: Value,
}

impl Candidate {
    /// Starts an interview; `None` when the line broke.
    pub fn start(&self) -> Option<Value> {
        let (status, session) = self.post("/api/sessions", &json!({"config_id": self.config}), "start")?;
        (status == 201).then_some(session)
    }

    /// Answers a question; `None` when the line broke. The server returns `request_id` with its answer.
    pub fn answer(&self, session: &Value, question: &Value, words: &str, request_id: &str) -> Option<Value> {
        let path = format!("/api/sessions/{}/answers", session["id"].as_str()?);
        let body = json!({"question_id": question["id"], "content": words});
        let (status, answered) = self.post(&path, &body, request_id)?;
        (status == 201).then_some(answered)
    }

    fn post(&self, path: &str, body: &Value, request_id: &str) -> Option<(u16, Value)> {
        self.post_with(path, body, &[("x-request-id", request_id)])
    }

    /// Sends `body` with these headers; `None` when the line broke.
    pub fn post_with(&self, path: &str, body: &Value, headers: &[(&str, &str)]) -> Option<(u16, Value)> {
        let mut request = agent().post(format!("{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        read(request.header("authorization", format!("Bearer {}", self.token)).send_json(body))
    }

    /// What the server has at `path`; `None` when the line broke.
    pub fn get(&self, path: &str) -> Option<(u16, Value)> {
        let request = agent().get(format!("{}{path}", self.address));
        read(request.header("authorization", format!("Bearer {}", self.token)).call())
    }
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(30)))
        .build()
        .into()
}

fn read(response: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Option<(u16, Value)> {
    let mut response = response.ok()?;
    Some((response.status().as_u16(), response.body_mut().read_json().ok()?))
}
