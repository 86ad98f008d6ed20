//! A server with a language model: who judges, what leaves, and what happens when the model goes away.

mod server;

use greenroom_testkit::model::{ModelServer, Play, interviewer};
use serde_json::{Value, json};
use server::{Candidate, GREENROOM, Server};
use std::process::Command;
use std::time::{Duration, Instant};

const ANSWER: &str = "Our search took four seconds, so I read the query plan and added an index. Write to \
    robin.okafor@example.com for the figures. Afterwards it took ninety milliseconds, and nobody complained.";

fn judged(candidate: &Candidate, session: &Value, response: &Value) -> Value {
    let path = format!("/api/evaluations/session/{}", session["id"].as_str().expect("an id"));
    let until = Instant::now() + Duration::from_secs(60);
    while Instant::now() < until {
        let (_, all) = candidate.get(&path).expect("an answer");
        let items = all["items"].as_array().expect("judgements");
        if let Some(found) = items.iter().find(|one| one["response_id"] == response["id"]) {
            return found.clone();
        }
        std::thread::yield_now();
    }
    panic!("the answer was not judged in a minute")
}

#[test]
fn a_model_judges_and_the_built_in_scorer_takes_over() {
    let mut model = ModelServer::start(|request, _| Play::Words(interviewer(request)));
    let mut command = Command::new(GREENROOM);
    model.provide(&mut command, "lab");
    command.env("GREENROOM__LLM__INTERVIEWS", "false");
    let data = tempfile::tempdir().expect("a temporary directory");
    let server = Server::start(command, data.path());
    let candidate = server.candidate_for(20, None);
    let (_, about) = candidate.get("/api/about").expect("an answer");
    assert_eq!(
        about["outside"],
        json!([{"provider": "lab", "model": "played", "purpose": "judging", "needs_consent": false}])
    );

    let session = candidate.start().expect("an interview");
    let answered = candidate.answer(&session, &session["current_question"], ANSWER, "first").expect("taken");
    assert_eq!(answered["next_question"]["engine"]["kind"], "builtin", "models only judge here");
    let by_model = judged(&candidate, &session, &answered["response"]);
    assert_eq!(by_model["engine"], json!({"kind": "llm", "name": "lab/played", "version": "judge-v1"}));
    assert_eq!(by_model["overall"]["score"], 7.0);
    let quote = &by_model["criteria"][0]["quotes"][0];
    let start = quote["start"].as_u64().expect("a place") as usize;
    assert!(ANSWER[start..].starts_with("Our search took four seconds,"), "{quote}");
    let heard: String = model.heard().iter().map(Value::to_string).collect();
    assert!(heard.contains("ninety milliseconds") && !heard.contains("robin.okafor"), "addresses stay here");

    model.stop();
    let next = candidate.answer(&session, &answered["next_question"], ANSWER, "second").expect("taken");
    let by_words = judged(&candidate, &session, &next["response"]);
    assert_eq!(by_words["engine"]["kind"], "builtin", "{by_words}");
}

#[test]
fn a_model_that_does_not_manage_a_turn_still_judges() {
    let quick = ModelServer::start(|request, _| match request["response_format"].is_object() {
        true => Play::Words(interviewer(request)),
        false => Play::Status(401, None),
    });
    let other = ModelServer::start(|request, _| Play::Words(interviewer(request)));
    let mut command = Command::new(GREENROOM);
    quick.provide(&mut command, "judging");
    other.provide(&mut command, "talking");
    command.env("GREENROOM__LLM__ORDER", "[judging, talking]");
    let data = tempfile::tempdir().expect("a temporary directory");
    let server = Server::start(command, data.path());
    let candidate = server.candidate_for(20, None);
    let session = candidate.start().expect("an interview");
    let mut question = session["current_question"].clone();
    for key in ["first", "second"] {
        let answered = candidate.answer(&session, &question, ANSWER, key).expect("taken");
        question = answered["next_question"].clone();
        assert_eq!(question["engine"]["name"], "talking/played", "{question}");
        let judgement = judged(&candidate, &session, &answered["response"]);
        assert_eq!(judgement["engine"]["name"], "judging/played", "{judgement}");
    }
}
