//! Logs in files: each line says which request and which interview it belongs to.

#[expect(dead_code, reason = "others answer through it")]
mod server;

use serde_json::{Value, json};
use server::{GREENROOM, Server};
use std::process::Command;

#[test]
fn lines_of_a_request_carry_its_id_and_its_interview() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let folder = home.path().join("logs");
    let mut command = Command::new(GREENROOM);
    command.env("GREENROOM__LOGS__LEVEL", "info,greenroom_api=debug").env("GREENROOM__LOGS__DIR", &folder);
    command.env_remove("RUST_LOG");
    let server = Server::start(command, &home.path().join("data"));
    let candidate = server.candidate_for(20, None);
    let session = candidate.start().expect("an interview");
    let id = session["id"].as_str().expect("an id");
    let body = json!({"question_id": session["current_question"]["id"], "content": "words of somebody"});
    let path = format!("/api/sessions/{id}/answers");
    candidate.post_with(&path, &body, &[("x-request-id", "from-the-test")]).expect("an answer");
    drop(server);
    let text = std::fs::read_to_string(folder.join("greenroom.log")).expect("the log");
    let lines: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect();
    let mine = |line: &&Value| line["spans"][0]["request.id"] == "from-the-test";
    let mine: Vec<&Value> = lines.iter().filter(mine).collect();
    assert!(!mine.is_empty(), "{text}");
    for line in mine {
        assert_eq!(line["spans"][0]["interview.id"], id, "{line}");
        assert_eq!(line["spans"][0]["http.route"], "/api/sessions/{id}/answers");
    }
    assert!(!text.contains("words of somebody"));
}
