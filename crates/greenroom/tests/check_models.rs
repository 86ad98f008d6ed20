//! `greenroom check`: each model that would be asked, part by part, in words.

use greenroom_testkit::model::{ModelServer, Play};
use serde_json::Value;
use std::process::{Command, Output};

/// Does what a sound model does when it is tried.
fn sound(request: &Value) -> Play {
    if request["response_format"].is_object() {
        return Play::Words(r#"{"sum": 42}"#.to_owned());
    }
    let last = request["messages"].as_array().and_then(|all| all.last()?["content"].as_str());
    let code = last.and_then(|text| text.split_once("this application: ")?.1.split_once('.'));
    Play::Words(code.map_or("ready", |(code, _)| code).to_owned())
}

fn check(model: &ModelServer, name: &str) -> Output {
    let data = tempfile::tempdir().expect("a temporary directory");
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenroom"));
    model.provide(&mut command, name);
    command.env("GREENROOM__LLM__ORDER", format!("[{name}]")).arg("--data-dir").arg(data.path()).arg("check");
    command.output().expect("it runs")
}

fn lines(output: &Output, name: &str) -> Vec<String> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().filter(|line| line.contains(&format!("{name} played: "))).map(str::to_owned).collect()
}

/// The played vendor counts few tokens whatever it is sent, as one does that silently cuts what is long.
#[test]
fn every_part_is_told_and_a_context_that_is_cut_fails() {
    let model = ModelServer::start(|request, _| sound(request));
    let output = check(&model, "vllm");
    let lines = lines(&output, "vllm");
    let parts = ["Reachable", "Key", "Speed", "Structured output", "A whole resume", "Cost of 20 minutes"];
    assert_eq!(lines.len(), parts.len(), "{lines:?}");
    for (line, part) in lines.iter().zip(parts) {
        let mark = if part == "A whole resume" { "FAIL" } else { "pass" };
        assert!(line.starts_with(&format!("{mark}  vllm played: {part}: ")), "{line}");
    }
    assert!(lines[5].contains("nothing: it runs on your own machine"), "{lines:?}");
    assert!(lines[4].contains("OLLAMA_CONTEXT_LENGTH"), "{lines:?}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_model_that_wants_a_key_fails_in_words() {
    let model = ModelServer::start(|_, _| Play::Status(401, None));
    let output = check(&model, "lab");
    let lines = lines(&output, "lab");
    assert_eq!(lines.len(), 2, "more is not worth trying: {lines:?}");
    assert!(
        lines[1].starts_with("FAIL  lab played: Key: ") && lines[1].contains("Enter its key"),
        "{lines:?}"
    );
    assert_eq!(output.status.code(), Some(1));
}
