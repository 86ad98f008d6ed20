//! `greenroom practice` and language models: asked as the configuration says, and never against it.

use greenroom_testkit::model::{ModelServer, Play, interviewer};
use std::path::Path;
use std::process::{Command, Stdio};

/// What is printed when somebody answers a few questions by `command`.
fn practised(mut command: Command, home: &Path) -> String {
    let answers = "I read the query plan and added an index, and nobody complained afterwards.\n".repeat(3);
    std::fs::write(home.join("answers.txt"), answers).expect("a file is written");
    let arguments = ["practice", "--minutes", "5", "--answers", "answers.txt"];
    let output = command.args(arguments).current_dir(home).output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_configured_model_is_asked_and_named() {
    let model = ModelServer::start(|request, _| Play::Words(interviewer(request)));
    let home = tempfile::tempdir().expect("a temporary directory");
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenroom"));
    model.provide(&mut command, "lab");
    let printed = practised(command, home.path());
    assert!(printed.contains("Your answers are sent to lab/played."), "{printed}");
    assert!(printed.contains("That gives me a clear picture"), "{printed}");
}

#[test]
fn where_models_are_switched_off_no_word_leaves() {
    let model = ModelServer::start(|request, _| Play::Words(interviewer(request)));
    let home = tempfile::tempdir().expect("a temporary directory");
    std::fs::write(home.path().join("greenroom.toml"), "[llm]\nenabled = false\n")
        .expect("a file is written");
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenroom"));
    command.env("OPENAI_API_KEY", "sk-test").env("OPENAI_BASE_URL", model.url());
    command.env_remove("GREENROOM__LLM__ENABLED");
    let printed = practised(command, home.path());
    assert!(!printed.contains("are sent to"), "{printed}");
    assert_eq!(model.heard().len(), 0);
}

#[test]
fn an_interview_that_nobody_reads_ends_quietly_with_its_report() {
    let home = tempfile::tempdir().expect("a temporary directory");
    std::fs::write(home.path().join("answers.txt"), "I read the query plan and added an index.\n".repeat(3))
        .expect("a file is written");
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenroom"));
    command.args(["practice", "--minutes", "5", "--answers", "answers.txt"]).current_dir(home.path());
    command.env("GREENROOM__LLM__ENABLED", "false");
    let mut running = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    drop(running.stdout.take());
    let output = running.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
    let report = std::fs::read_to_string(home.path().join("report.md")).expect("the report is there");
    assert!(report.contains("query plan"), "{report}");
}
