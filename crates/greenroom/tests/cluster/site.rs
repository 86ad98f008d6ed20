//! Where nodes run: a database, a Redis, a model, keys.

use crate::WORDS;
use crate::line::Line;
use crate::server::{Candidate, GREENROOM, Server};
use chrono::DateTime;
use greenroom_domain::clock::Timestamp;
use greenroom_testkit::model::{ModelServer, Play, interviewer};
use greenroom_testkit::{Database, postgres};
use serde_json::{Value, json};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longest wait for something that must happen.
pub const DEADLINE: Duration = Duration::from_secs(20);

/// What nodes share.
pub struct Site {
    database: Database,
    redis: String,
    model: ModelServer,
    manner: Arc<Mutex<Play>>,
    turns: Arc<AtomicUsize>,
    data: TempDir,
    /// Holds the lines of the test to the database.
    runtime: tokio::runtime::Runtime,
}

impl Site {
    /// With the Redis that the tests share.
    pub fn new() -> Self {
        let redis = std::env::var("GREENROOM_TEST_REDIS")
            .expect("these tests need Redis: run them with scripts/with-services cargo test");
        Self::on(redis)
    }

    /// With a Redis at this address.
    pub fn on(redis: String) -> Self {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let database = runtime.block_on(postgres());
        let manner = Arc::new(Mutex::new(quick()));
        let turns = Arc::new(AtomicUsize::new(0));
        let (played, counted) = (manner.clone(), turns.clone());
        let model = ModelServer::start(move |request, _| {
            if request["response_format"].is_object() {
                return Play::Words(interviewer(request));
            }
            counted.fetch_add(1, Ordering::SeqCst);
            played.lock().expect("nobody panics").clone()
        });
        let data = tempfile::tempdir().expect("a temporary directory");
        Self { database, redis, model, manner, turns, data, runtime }
    }

    /// A node with these roles, all when none is named.
    pub fn node(&self, roles: &[&str]) -> Server {
        let mut command = Command::new(GREENROOM);
        self.model.provide(&mut command, "lab");
        command.env("DATABASE_URL", self.database.url()).env("REDIS_URL", &self.redis);
        // Tests side by side share the Redis, not its channels.
        let name = self.data.path().file_name().and_then(|name| name.to_str()).expect("a name");
        command.env("GREENROOM__REDIS__PREFIX", name);
        let files = self.data.path().join("objects");
        command.env("GREENROOM__OBJECTS__URL", format!("file://{}", files.display()));
        if roles.is_empty() {
            return Server::start(command, self.data.path());
        }
        Server::start_with(command, self.data.path(), &["--role", &roles.join(",")])
    }

    /// How the model takes its turns from now on.
    pub fn model_plays(&self, play: Play) {
        *self.manner.lock().expect("nobody panics") = play;
    }

    /// Turns that the model was asked for.
    pub fn turns(&self) -> usize {
        self.turns.load(Ordering::SeqCst)
    }

    /// Whether a node has taken the interviewer's turn and not ended its lease.
    pub fn is_turn_taken(&self, session: &Value) -> bool {
        let name = format!("turn:{}", session["id"].as_str().expect("an id"));
        // A lease that nobody ended holds at this moment, also when it has run out since.
        let long_ago = Timestamp::new(DateTime::UNIX_EPOCH);
        let taken = self.database.store.is_leased(&name, long_ago);
        self.runtime.block_on(taken).expect("the database answers")
    }
}

/// A turn in words.
fn turn() -> String {
    let head =
        json!({"move": "next", "quote": null, "about": null, "asked": [], "conduct": null, "contrast": null});
    format!("{head}\nThat gives me a clear picture of how you went about it.")
}

/// The model speaks at once.
pub fn quick() -> Play {
    Play::Words(turn())
}

/// The model takes a second or so.
pub fn slow() -> Play {
    Play::Drip(turn(), Duration::from_millis(100))
}

/// Waits for something that must happen in another process.
pub fn until(what: &str, mut happened: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !happened() {
        assert!(begun.elapsed() < DEADLINE, "{what} does not happen");
        // Longer than a yield: the other process needs the core.
        std::thread::park_timeout(Duration::from_millis(20));
    }
}

/// Answers the question under a key with which it may be repeated: the status and what was answered; `None` when the
/// line broke.
pub fn answer_once(
    candidate: &Candidate,
    session: &Value,
    question: &Value,
    key: &str,
) -> Option<(u16, Value)> {
    let path = format!("{}/api/sessions/{}/answers", candidate.address, session["id"].as_str()?);
    let agent =
        ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(DEADLINE)).build();
    let request = ureq::Agent::from(agent).post(path).header("idempotency-key", key);
    let request = request.header("authorization", format!("Bearer {}", candidate.token));
    let body = json!({"question_id": question["id"], "content": WORDS});
    let mut response = request.send_json(&body).ok()?;
    Some((response.status().as_u16(), response.body_mut().read_json().ok()?))
}

/// Somebody in an interview.
pub struct Room {
    pub candidate: Candidate,
    pub session: Value,
    pub question: Value,
}

impl Room {
    /// An interview at `server`.
    pub fn open(server: &Server) -> Self {
        let candidate = server.candidate_for(30, Some(12));
        let session = candidate.start().expect("an interview");
        let question = session["current_question"].clone();
        Self { candidate, session, question }
    }

    /// Answers the question that waits, at whatever server the candidate is.
    pub fn answer(&mut self) {
        let answered = self.candidate.answer(&self.session, &self.question, WORDS, "answer").expect("taken");
        self.question = answered["next_question"].clone();
        assert!(!self.question.is_null(), "another question comes: {answered}");
    }

    /// Answers the question that waits, or repeats that.
    pub fn answer_once(&self, key: &str) -> Option<(u16, Value)> {
        answer_once(&self.candidate, &self.session, &self.question, key)
    }

    /// Answers the question that waits, beside the test.
    pub fn answer_beside(&self, key: &'static str) -> JoinHandle<Option<(u16, Value)>> {
        let (candidate, session, question) =
            (self.candidate.clone(), self.session.clone(), self.question.clone());
        std::thread::spawn(move || answer_once(&candidate, &session, &question, key))
    }

    /// Goes on at another server.
    pub fn move_to(&mut self, server: &Server) {
        self.candidate.address.clone_from(&server.address);
    }

    /// What the server says of this interview.
    pub fn get(&self, what: &str) -> Value {
        let path = format!("/api/sessions/{}{what}", self.session["id"].as_str().expect("an id"));
        let (status, body) = self.candidate.get(&path).expect("the line holds");
        assert_eq!(status, 200, "{body}");
        body
    }

    /// The live line, from the position `after` on.
    pub fn listen(&self, server: &Server, after: u64) -> Line {
        let id = self.session["id"].as_str().expect("an id");
        Line::open(&server.address, &format!("/api/sessions/{id}/live?after={after}"), &self.candidate.token)
    }
}
