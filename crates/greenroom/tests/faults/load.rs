//! People who answer while something breaks: like the page, they send an answer again, with its key, until it is
//! acknowledged. At the end every acknowledged answer must be there, once.

use crate::server::{Candidate, Server};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// People who answer at the same time.
const WRITERS: usize = 16;
/// How long a person waits before an answer is sent again.
const AGAIN_AFTER: Duration = Duration::from_millis(100);
/// Longest wait for something that must happen.
const DEADLINE: Duration = Duration::from_secs(90);
const WORDS: &str = "I read the query plan, added an index, and measured it every night until it stayed under ninety milliseconds.";

/// People at work.
pub struct Load {
    shared: Arc<Shared>,
    writers: Vec<JoinHandle<Vec<Interview>>>,
    candidate: Candidate,
    /// An interview from before everything else.
    first: Interview,
}

struct Shared {
    /// Where the servers are; the first that answers is used.
    addresses: Vec<String>,
    /// The set-up of the interviews.
    config: Value,
    stop: AtomicBool,
    seen: Mutex<Seen>,
}

/// What people saw.
#[derive(Default)]
pub struct Seen {
    /// When an answer was acknowledged, and how long that had taken since it was first sent.
    pub acknowledged: Vec<(Instant, Duration)>,
    /// When something was refused, and how: status and name; `0` when nobody answered.
    pub refused: Vec<(Instant, u16, String)>,
    /// What people were told, by name.
    pub messages: BTreeMap<String, String>,
}

struct Interview {
    path: String,
    answers: Vec<String>,
}

impl Load {
    /// Begins, and waits until answers are acknowledged.
    pub fn start(servers: &[&Server]) -> Self {
        let candidate = servers[0].candidate_for(30, Some(20));
        let session = candidate.start().expect("an interview");
        let answered =
            candidate.answer(&session, &session["current_question"], WORDS, "first").expect("it is taken");
        let first = Interview {
            path: format!("/api/sessions/{}", session["id"].as_str().expect("an id")),
            answers: vec![answered["response"]["id"].as_str().expect("an id").to_owned()],
        };
        let addresses = servers.iter().map(|server| server.address.clone()).collect();
        let (_, configs) = candidate.get("/api/configs").expect("the server answers");
        let config = configs["items"][0]["id"].clone();
        let shared =
            Arc::new(Shared { addresses, config, stop: AtomicBool::new(false), seen: Mutex::default() });
        let writers = (0..WRITERS)
            .map(|number| {
                let (mut candidate, shared) = (candidate.clone(), shared.clone());
                std::thread::spawn(move || practise(&mut candidate, &shared, number))
            })
            .collect();
        let load = Self { shared, writers, candidate, first };
        load.until_acknowledged_after(Instant::now());
        load
    }

    /// What people saw so far.
    pub fn seen(&self) -> MutexGuard<'_, Seen> {
        self.shared.seen.lock().expect("nobody panics")
    }

    /// Goes on for so long.
    pub fn go_on(&self, how_long: Duration) {
        std::thread::sleep(how_long);
    }

    /// Waits for an answer that is first sent after `since` and acknowledged; how long after `since` that was.
    pub fn until_acknowledged_after(&self, since: Instant) -> Duration {
        let begun = Instant::now();
        loop {
            let found = self.seen().acknowledged.iter().map(|(at, _)| *at).find(|at| *at > since);
            if let Some(at) = found {
                return at - since;
            }
            assert!(begun.elapsed() < DEADLINE, "nothing is acknowledged; refused: {:?}", self.refusals());
            std::thread::yield_now();
        }
    }

    /// Waits until something is refused after `since`; how, and how long after.
    pub fn until_refused_after(&self, since: Instant) -> (String, Duration) {
        let begun = Instant::now();
        loop {
            let seen = self.seen();
            if let Some((at, _, name)) = seen.refused.iter().find(|(at, ..)| *at > since) {
                return (name.clone(), *at - since);
            }
            drop(seen);
            assert!(begun.elapsed() < DEADLINE, "nothing is refused");
            std::thread::yield_now();
        }
    }

    /// How often what was refused.
    pub fn refusals(&self) -> BTreeMap<(u16, String), usize> {
        let mut counts = BTreeMap::new();
        for (_, status, name) in &self.seen().refused {
            *counts.entry((*status, name.clone())).or_default() += 1;
        }
        counts
    }

    /// Ends, and checks what is stored against what was acknowledged. Says `what` was run.
    pub fn end(mut self, what: &str) {
        self.shared.stop.store(true, Ordering::Relaxed);
        let interviews: Vec<_> =
            self.writers.drain(..).flat_map(|writer| writer.join().expect("it ends")).collect();
        self.check(&self.first);
        let mut total = self.first.answers.len();
        for interview in &interviews {
            self.check(interview);
            total += interview.answers.len();
        }
        let seen = self.seen();
        let slowest = seen.acknowledged.iter().map(|(_, took)| *took).max().unwrap_or_default();
        println!(
            "{what}: {total} acknowledged answers, each there once; the slowest took {} ms",
            slowest.as_millis()
        );
        drop(seen);
        println!("{what}: refused meanwhile {:?}", self.refusals());
        for (name, message) in &self.seen().messages {
            println!("{what}: {name}: {message}");
        }
    }

    /// Each acknowledged answer is on the log once, no question is answered twice, and the log has no gap.
    fn check(&self, interview: &Interview) {
        let path = format!("{}/events?limit=500", interview.path);
        let events = self.shared.addresses.iter().find_map(|address| {
            let mut candidate = self.candidate.clone();
            candidate.address.clone_from(address);
            candidate.get(&path)
        });
        let (status, events) = events.expect("a server answers");
        assert_eq!(status, 200, "{path} is gone: {events}");
        let events = events["items"].as_array().expect("events");
        assert!(events.iter().zip(1..).all(|(event, at)| event["seq"] == at), "{path} has a gap or a double");
        let given: Vec<&Value> = events
            .iter()
            .filter(|event| event["kind"] == "answer_received")
            .map(|event| &event["data"]["response"])
            .collect();
        for answer in &interview.answers {
            let times = given.iter().filter(|response| response["id"] == answer.as_str()).count();
            assert_eq!(times, 1, "{path}: answer {answer} was acknowledged and stands {times} times");
        }
        let questions: HashSet<&str> =
            given.iter().filter_map(|response| response["question_id"].as_str()).collect();
        assert_eq!(questions.len(), given.len(), "{path}: a question is answered twice");
    }
}

fn practise(candidate: &mut Candidate, shared: &Shared, number: usize) -> Vec<Interview> {
    let mut all = Vec::new();
    let mut turn = number;
    while !shared.stop.load(Ordering::Relaxed) {
        let Some(session) = insist(candidate, shared, &mut turn, |candidate| {
            candidate.post_with("/api/sessions", &json!({"config_id": shared.config}), &[])
        }) else {
            return all;
        };
        let path = format!("/api/sessions/{}", session["id"].as_str().expect("an id"));
        let mut question = session["current_question"].clone();
        all.push(Interview { path: path.clone(), answers: Vec::new() });
        while !question.is_null() && !shared.stop.load(Ordering::Relaxed) {
            let key = question["id"].as_str().expect("an id").to_owned();
            let body = json!({"question_id": question["id"], "content": WORDS});
            let begun = Instant::now();
            let answered = insist(candidate, shared, &mut turn, |candidate| {
                candidate.post_with(&format!("{path}/answers"), &body, &[("idempotency-key", &key)])
            });
            let Some(answered) = answered else { return all };
            let now = Instant::now();
            shared.seen.lock().expect("nobody panics").acknowledged.push((now, now - begun));
            let answer = answered["response"]["id"].as_str().expect("an id").to_owned();
            all.last_mut().expect("just pushed").answers.push(answer);
            question = answered["next_question"].clone();
        }
    }
    all
}

/// Sends something until it is taken; `None` when that is not so before the end.
fn insist(
    candidate: &mut Candidate,
    shared: &Shared,
    turn: &mut usize,
    send: impl Fn(&Candidate) -> Option<(u16, Value)>,
) -> Option<Value> {
    loop {
        candidate.address.clone_from(&shared.addresses[*turn % shared.addresses.len()]);
        let answered = send(candidate);
        if let Some((201, body)) = answered {
            return Some(body);
        }
        let at = Instant::now();
        let (status, body) = answered.unwrap_or((0, json!({"error": "no answer"})));
        let name = body["error"].as_str().unwrap_or("not our answer").to_owned();
        let mut seen = shared.seen.lock().expect("nobody panics");
        if let Some(message) = body["message"].as_str() {
            seen.messages.insert(name.clone(), message.to_owned());
        }
        seen.refused.push((at, status, name));
        drop(seen);
        if shared.stop.load(Ordering::Relaxed) {
            return None;
        }
        *turn += 1;
        std::thread::sleep(AGAIN_AFTER);
    }
}
