//! `greenroom check --judge`: models on the ladder, beside the built-in scorer.

use greenroom_scoring::ladder::Ladder;
use greenroom_testkit::model::{ModelServer, Play};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::LazyLock;

static LADDER: LazyLock<Ladder> = LazyLock::new(|| Ladder::shipped().expect("the shipped ladder is valid"));

fn words(text: &str) -> HashSet<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// What the model reads as the answer.
fn answer_in(request: &Value) -> String {
    let text = request["messages"].as_array().and_then(|all| all.last()?["content"].as_str()).expect("words");
    let (_, rest) = text.split_once("<<<answer ").expect("the answer is delimited");
    let (_, rest) = rest.split_once(">>>\n").expect("the delimiter ends");
    rest.split_once("\n<<<end ").expect("the answer ends").0.to_owned()
}

/// The mark of the answer of the ladder that most of which stands in this one.
fn deserved(answer: &str) -> f64 {
    let said = words(answer);
    let known = LADDER.questions().iter().flat_map(|question| {
        let (strong, plain, learner) = (&question.strong, &question.plain, &question.learner);
        let rest = [
            (&question.salad, 1.0),
            (&question.off_topic, 2.0),
            (&question.weak, 3.5),
            (&question.middling, 6.0),
        ];
        [(strong, 9.0), (plain, 9.0), (learner, 9.0)].into_iter().chain(rest)
    });
    let share = |text: &str| {
        let wanted = words(text);
        wanted.intersection(&said).count() as f64 / wanted.len() as f64
    };
    known.max_by(|a, b| share(a.0).total_cmp(&share(b.0))).expect("the ladder has answers").1
}

/// A judgement with this mark for every criterion, with a true quote.
fn judgement(answer: &str, mark: f64) -> Play {
    let quote = answer.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
    let criteria: Vec<Value> = ["clarity", "relevance", "completeness", "structure", "confidence"]
        .iter()
        .map(|key| json!({"key": key, "reasoning": "It fits this level.", "quotes": [quote], "status": "assessed", "score": mark}))
        .collect();
    let reply = json!({"criteria": criteria, "key_points": [], "strengths": [], "areas_for_improvement": []});
    Play::Words(reply.to_string())
}

fn check(data: &Path, model: &ModelServer, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_greenroom"));
    command
        .env("GREENROOM__LLM__ENABLED", "true")
        .env("GREENROOM__LLM__ORDER", "[lab]")
        .env("GREENROOM__LLM__PROVIDERS__LAB__BASE_URL", model.url())
        .env("GREENROOM__LLM__PROVIDERS__LAB__MODEL", "played")
        .env("GREENROOM__LLM__PROVIDERS__LAB__JSON", "schema");
    command.args(["check", "--judge"]).args(arguments).arg("--data-dir").arg(data);
    command.current_dir(data).output().expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_model_that_knows_the_order_passes() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let model = ModelServer::start(|request, _| {
        let answer = answer_in(request);
        judgement(&answer, deserved(&answer))
    });
    let output = check(home.path(), &model, &["--questions", "4"]);
    let (shown, said) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{shown}{said}");
    let heading = format!("lab/played judge-v1   greenroom-builtin {}", env!("CARGO_PKG_VERSION"));
    assert!(shown.starts_with("The ladder: 4 of ") && shown.contains(&heading), "{shown}");
    let line = shown.lines().find(|line| line.starts_with("rank correlation")).expect("a line");
    assert!(line.contains("at least .90") && line.matches("pass").count() == 2, "{line}");
    // What was announced is what was asked.
    let announced = format!("lab/played: about {} calls, at a price that is not known", model.heard().len());
    assert!(model.heard().len() >= 4 * 16 && said.contains(&announced), "{announced} is not in: {said}");
}

#[test]
fn a_model_that_likes_everything_fails() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let model = ModelServer::start(|request, _| judgement(&answer_in(request), 8.0));
    let output = check(home.path(), &model, &["--questions", "2", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let shown: Value = serde_json::from_slice(&output.stdout).expect("JSON and nothing else");
    assert_eq!(shown["passed"], false);
    let [by_model, built_in] = shown["results"].as_array().expect("results").as_slice() else {
        panic!("two judges: {shown}");
    };
    assert_eq!(by_model["engine"], json!({"kind": "llm", "name": "lab/played", "version": "judge-v1"}));
    assert_eq!((&by_model["questions"], &built_in["engine"]["kind"]), (&json!(2), &json!("builtin")));
    let figures = by_model["figures"].as_array().expect("figures");
    for measure in ["rank_correlation", "inversions"] {
        let figure = figures.iter().find(|figure| figure["measure"] == measure).expect("a figure");
        assert_eq!(figure["passed"], false, "what is refused before it is asked does not hide it: {figure}");
    }
}

#[test]
fn a_model_that_refuses_has_no_result() {
    let home = tempfile::tempdir().expect("a temporary directory");
    let model = ModelServer::start(|_, _| Play::Status(401, None));
    let output = check(home.path(), &model, &["--questions", "1"]);
    let shown = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{shown}");
    assert!(shown.contains("FAIL  lab played: The model judged none of the answers"), "{shown}");
    assert!(shown.contains("greenroom-builtin") && !shown.contains("lab/played"), "{shown}");
}
