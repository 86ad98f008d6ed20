//! Two hundred interviews at once while the vendors of language models fail in every way they can: everybody gets
//! the next question in time, nobody loses an answer, and everybody comes to a report.

mod server;

use greenroom_testkit::model::{ModelServer, Play, interviewer};
use serde_json::Value;
use server::{Candidate, GREENROOM, Server};
use std::collections::BTreeSet;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

const INTERVIEWS: usize = 200;
/// Longest wait for the next question: the deadline of a turn, and room for a busy machine.
const LONGEST_WAIT: Duration = Duration::from_secs(25);
/// Time in which everything must have been judged.
const ALL_JUDGED: Duration = Duration::from_secs(600);
const ANSWERS: [&str; 4] = [
    "I read the query plan first, because the table had grown to forty million rows, and then I added an index.",
    "We agreed on a limit of two hundred milliseconds, measured it every night, and I fixed what went above it.",
    "I asked the support team for the ten worst cases, and eight of them came from one missing constraint.",
    "In the end the page took ninety milliseconds, and nobody has complained about it since March.",
];

/// Fails seven times of eight, differently each time.
fn badly(request: &Value, number: usize) -> Play {
    let words = interviewer(request);
    match number % 8 {
        0 => Play::Hang,
        1 => Play::Drip(words, Duration::from_millis(700)),
        2 => Play::Reset(words),
        3 => Play::Status(429, Some(1)),
        4 => Play::Status(500, None),
        5 => Play::Page,
        6 => Play::Words(r#"{"criteria": "ten of ten", "move": 7}"#.to_owned()),
        _ => Play::Words(words),
    }
}

/// Fails once in a while, too, and always when it shall judge the last of the answers: where there is time, trying
/// again would have every one judged by a model.
fn shakily(request: &Value, number: usize) -> Play {
    if is_last_answer(request) {
        Play::Status(400, None)
    } else if number % 5 == 4 {
        badly(request, number / 5)
    } else {
        Play::Words(interviewer(request))
    }
}

fn is_last_answer(request: &Value) -> bool {
    let judged = request["response_format"]["json_schema"]["name"] == "judgement";
    judged && request["messages"].to_string().contains(ANSWERS[ANSWERS.len() - 1])
}

/// What one candidate saw.
struct Seen {
    candidate: Candidate,
    session: String,
    given: Vec<String>,
    longest: Duration,
}

/// A whole interview.
fn practise(candidate: Candidate) -> Seen {
    let session = candidate.start().expect("an interview");
    let id = session["id"].as_str().expect("an id").to_owned();
    let mut seen = Seen { candidate, session: id, given: Vec::new(), longest: Duration::ZERO };
    let mut question = session["current_question"].clone();
    while !question.is_null() {
        let words = ANSWERS[seen.given.len() % ANSWERS.len()];
        let asked = Instant::now();
        let answered = seen.candidate.answer(&session, &question, words, "answer").expect("it is taken");
        seen.longest = seen.longest.max(asked.elapsed());
        seen.given.push(words.to_owned());
        question = answered["next_question"].clone();
        assert!(!question.is_null() || answered["session"]["status"] == "completed", "{answered}");
        assert!(seen.given.len() < 20, "an interview ends");
    }
    seen
}

/// The report, once everything is judged.
fn report(seen: &Seen, until: Instant) -> Value {
    loop {
        let path = format!("/api/sessions/{}/report", seen.session);
        let (status, report) = seen.candidate.get(&path).expect("the server answers");
        assert_eq!(status, 200, "{report}");
        if report["pending_evaluations"] == 0 {
            return report;
        }
        assert!(
            Instant::now() < until,
            "an answer was not judged in time: {}",
            report["pending_evaluations"]
        );
        thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn every_interview_comes_to_its_report() {
    let (bad, shaky) = (ModelServer::start(badly), ModelServer::start(shakily));
    let mut command = Command::new(GREENROOM);
    bad.provide(&mut command, "bad");
    shaky.provide(&mut command, "shaky");
    command.env("GREENROOM__LLM__ORDER", "[bad, shaky]");
    // Only what vendors do to people counts, not what a busy machine does.
    command.env("GREENROOM__DATABASE__ACQUIRE_TIMEOUT_MS", "20000");
    let data = tempfile::tempdir().expect("a temporary directory");
    let server = Server::start(command, data.path());

    let candidates: Vec<_> = (0..INTERVIEWS)
        .map(|_| {
            let candidate = server.candidate_for(5, Some(3));
            thread::spawn(move || practise(candidate))
        })
        .collect();
    let seen: Vec<Seen> = candidates.into_iter().map(|one| one.join().expect("an interview ends")).collect();

    let until = Instant::now() + ALL_JUDGED;
    let (mut askers, mut judges, mut outcomes) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for one in &seen {
        assert!(one.longest < LONGEST_WAIT, "somebody waited {:?}", one.longest);
        let report = report(one, until);
        let answers = report["answers"].as_array().expect("answers");
        let kept: Vec<&str> = answers.iter().filter_map(|a| a["response"]["content"].as_str()).collect();
        assert_eq!(kept, one.given, "an answer is lost or doubled");
        for answer in answers {
            askers.insert(answer["question"]["engine"]["kind"].to_string());
            judges.insert(answer["evaluation"]["engine"]["kind"].to_string());
        }
        let path = format!("/api/sessions/{}/events?limit=500", one.session);
        let (_, events) = one.candidate.get(&path).expect("the server answers");
        for event in events["items"].as_array().expect("events") {
            for attempt in event["data"]["call"]["attempts"].as_array().into_iter().flatten() {
                outcomes.insert(attempt["outcome"].as_str().expect("a word").to_owned());
            }
        }
    }
    let both = BTreeSet::from(["\"builtin\"".to_owned(), "\"llm\"".to_owned()]);
    assert_eq!((&askers, &judges), (&both, &both), "models and the built-in engines took part");
    for expected in ["answered", "timed_out", "rate_limited", "unavailable", "malformed"] {
        assert!(outcomes.contains(expected), "{expected} is not on the log: {outcomes:?}");
    }
}
