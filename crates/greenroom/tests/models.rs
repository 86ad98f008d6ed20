//! A server with a language model: who judges, what leaves, and what happens when the model goes away.

mod server;

use axum::body::Bytes;
use axum::routing::post;
use serde_json::{Value, json};
use server::{Candidate, GREENROOM, Server};
use std::net::SocketAddr;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const ANSWER: &str = "Our search took four seconds, so I read the query plan and added an index. Write to \
    robin.okafor@example.com for the figures. Afterwards it took ninety milliseconds, and nobody complained.";

/// A model on this machine that judges every criterion alike, with a true quote.
struct Model {
    address: SocketAddr,
    heard: Arc<Mutex<Vec<String>>>,
    runtime: Option<tokio::runtime::Runtime>,
}

impl Model {
    fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.expect("a runtime");
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ears = heard.clone();
        let router = axum::Router::new().route(
            "/v1/chat/completions",
            post(async move |body: Bytes| {
                let text = String::from_utf8_lossy(&body).into_owned();
                let reply = reply(&text);
                ears.lock().expect("nobody panicked").push(text);
                ([("content-type", "text/event-stream")], reply)
            }),
        );
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("a free port");
        let address = listener.local_addr().expect("an address");
        runtime.spawn(async move { axum::serve(listener, router).await });
        Self { address, heard, runtime: Some(runtime) }
    }

    fn stop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(Duration::from_secs(5));
        }
    }
}

/// The reply as Chat Completions stream it.
fn reply(request: &str) -> String {
    let request: Value = serde_json::from_str(request).expect("JSON");
    let schema = &request["response_format"]["json_schema"]["schema"];
    assert!(schema.is_object(), "the reply is held to a schema");
    let keys = ["clarity", "relevance", "completeness", "structure", "confidence"];
    let criteria: Vec<Value> = keys
        .iter()
        .map(|key| {
            json!({"key": key, "reasoning": "It says what was done.", "quotes": ["I read the query plan"],
                "status": "assessed", "score": 7.5})
        })
        .collect();
    let judgement = json!({"criteria": criteria, "key_points": [], "strengths": ["Names the cause."],
        "areas_for_improvement": ["Say how often it happened."]});
    let chunk = |delta: Value, reason: Value| {
        let choice = json!({"index": 0, "delta": delta, "finish_reason": reason});
        format!("data: {}\n\n", json!({"object": "chat.completion.chunk", "choices": [choice]}))
    };
    let text = chunk(json!({"content": judgement.to_string()}), Value::Null);
    format!("{text}{}data: [DONE]\n\n", chunk(json!({}), json!("stop")))
}

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
    let mut model = Model::start();
    let data = tempfile::tempdir().expect("a temporary directory");
    let mut command = Command::new(GREENROOM);
    command
        .env("GREENROOM__LLM__ENABLED", "true")
        .env("GREENROOM__LLM__ORDER", "[lab]")
        .env("GREENROOM__LLM__PROVIDERS__LAB__BASE_URL", format!("http://{}/v1", model.address))
        .env("GREENROOM__LLM__PROVIDERS__LAB__MODEL", "m1")
        .env("GREENROOM__LLM__PROVIDERS__LAB__JSON", "schema");
    let mut server = Server::start(command, data.path());
    let candidate = server.candidate_for(20, None);
    let (_, about) = candidate.get("/api/about").expect("an answer");
    assert_eq!(about["outside"], json!([{"provider": "lab", "model": "m1", "purpose": "judging"}]));

    let session = candidate.start().expect("an interview");
    let answered = candidate.answer(&session, &session["current_question"], ANSWER, "first").expect("taken");
    let by_model = judged(&candidate, &session, &answered["response"]);
    assert_eq!(by_model["engine"], json!({"kind": "llm", "name": "lab/m1", "version": "judge-v1"}));
    assert_eq!(by_model["overall"]["score"], 7.5);
    let quote = &by_model["criteria"][0]["quotes"][0];
    let start = quote["start"].as_u64().expect("a place") as usize;
    assert!(ANSWER[start..].starts_with("I read the query plan"), "{quote}");
    let heard = model.heard.lock().expect("nobody panicked").join("\n");
    assert!(heard.contains("ninety milliseconds") && !heard.contains("robin.okafor"), "addresses stay here");

    model.stop();
    let next = candidate.answer(&session, &answered["next_question"], ANSWER, "second").expect("taken");
    let by_words = judged(&candidate, &session, &next["response"]);
    assert_eq!(by_words["engine"]["kind"], "builtin", "{by_words}");
    server.child.kill().expect("it can be ended");
    server.child.wait().expect("it ends");
}
