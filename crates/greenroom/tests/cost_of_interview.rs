//! What is said of the cost of an interview rests on tokens that were counted.

mod server;

use greenroom_llm::INTERVIEW;
use greenroom_testkit::model::{ModelServer, Play, interviewer};
use serde_json::Value;
use server::{GREENROOM, Server};
use std::process::Command;
use std::time::{Duration, Instant};

/// An answer of usual length: 95 words.
const ANSWER: &str = "Our search took four seconds on Friday evenings, when the islands go home. I read the query plan \
    first and found a sequential scan over forty million rows. On a copy of last week I tried an index on route and \
    date, measured it with the ten slowest queries, and then built it concurrently during the night. The search fell to \
    ninety milliseconds and the complaints stopped. What I would do otherwise today is to write the measurement down \
    before the change, because two colleagues asked me later how I knew, and I had to do it again.";
/// English has about four characters a token.
const CHARS_PER_TOKEN: usize = 4;
/// Tokens that a model usually writes for five criteria with reasons and quotes; then those of a plan and of a turn.
const JUDGEMENT: usize = 750;
const PLAN: usize = 600;
const TURN: usize = 80;

/// Characters that a model reads.
fn read(request: &Value) -> usize {
    let messages = request["messages"].as_array().expect("messages");
    let said: usize = messages.iter().filter_map(|message| message["content"].as_str()).map(str::len).sum();
    let schema = &request["response_format"];
    said + if schema.is_null() { 0 } else { schema.to_string().len() }
}

fn written(request: &Value) -> usize {
    match request["response_format"]["json_schema"]["name"].as_str() {
        Some("judgement") => JUDGEMENT,
        Some(_) => PLAN,
        None => TURN,
    }
}

/// The whole interview with a model that plans, converses and judges, as long as its plan for 20 minutes goes.
fn requests() -> Vec<Value> {
    let model = ModelServer::start(|request, _| Play::Words(interviewer(request)));
    let mut command = Command::new(GREENROOM);
    model.provide(&mut command, "lab");
    let data = tempfile::tempdir().expect("a temporary directory");
    let server = Server::start(command, data.path());
    let candidate = server.candidate_for(20, None);
    let session = candidate.start().expect("an interview");
    let mut question = session["current_question"].clone();
    let mut answers = 0;
    while question.is_object() {
        let words = format!("{ANSWER} That was number {answers}.");
        let answered =
            candidate.answer(&session, &question, &words, &format!("answer-{answers}")).expect("taken");
        answers += 1;
        question = answered["next_question"].clone();
    }
    let report = format!("/api/sessions/{}/report", session["id"].as_str().expect("an id"));
    let until = Instant::now() + Duration::from_secs(60);
    while candidate.get(&report).expect("an answer").1["pending_evaluations"] != 0 && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(50));
    }
    model.heard()
}

#[test]
fn the_tokens_of_an_interview_are_about_what_is_said() {
    let requests = requests();
    let input = requests.iter().map(read).sum::<usize>() / CHARS_PER_TOKEN;
    let output = requests.iter().map(written).sum::<usize>();
    let calls = requests.len();
    for (said, counted) in [(INTERVIEW.input, input), (INTERVIEW.output, output)] {
        let share = said as f64 / counted as f64;
        assert!(
            (0.75..=1.25).contains(&share),
            "said {INTERVIEW:?}; {calls} calls: {input} read, {output} written"
        );
    }
}
