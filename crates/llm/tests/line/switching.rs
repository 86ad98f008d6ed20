//! Who writes the reply, and what is told about it.

use crate::scripted::{BUSY, Scripted, Step, fail, line, request, text};
use futures::StreamExt;
use greenroom_llm::{
    Attempt, Circuits, Fallback, FallbackOptions, Kind, LanguageModel, Outcome, Piece, Recorded, complete,
    complete_recorded,
};
use rand::SeedableRng;
use rand::rngs::StdRng;

fn outcomes(attempts: &[Attempt]) -> Vec<(&str, &str)> {
    attempts.iter().map(|attempt| (attempt.model.provider.as_str(), attempt.outcome.as_str())).collect()
}

#[tokio::test(start_paused = true)]
async fn the_first_model_answers_when_it_can() {
    let (first, second) = (Scripted::new("a", [text()]), Scripted::new("b", [text()]));
    let Recorded { result, attempts } = complete_recorded(&line(&[first, second.clone()]), &request()).await;
    let reply = result.unwrap();
    assert_eq!((reply.text, reply.model.provider), (Scripted::whole("a", 3), "a".to_owned()));
    assert_eq!(outcomes(&attempts), [("a", "answered")]);
    assert!(second.asked().is_empty());
}

#[tokio::test(start_paused = true)]
async fn passing_failures_get_three_tries_and_then_the_next_model() {
    let kinds = [
        BUSY,
        Kind::RateLimited { retry_after: None },
        Kind::Unreachable,
        Kind::BrokenStream,
        Kind::Malformed,
    ];
    for kind in kinds {
        let (first, second) = (Scripted::new("a", [fail(kind)]), Scripted::new("b", [text()]));
        let recorded = complete_recorded(&line(&[first.clone(), second]), &request()).await;
        assert_eq!(recorded.result.unwrap().text, Scripted::whole("b", 3));
        assert_eq!(first.asked().len(), 3, "{kind:?}");
        assert_eq!(recorded.attempts.len(), 4);
    }
}

#[tokio::test(start_paused = true)]
async fn a_second_try_may_succeed() {
    let first = Scripted::new("a", [fail(BUSY), Step::Cut { pieces: 0 }, text()]);
    let recorded = complete_recorded(&line(&[first]), &request()).await;
    assert_eq!(recorded.result.unwrap().text, Scripted::whole("a", 3));
    assert_eq!(
        outcomes(&recorded.attempts),
        [("a", "unavailable"), ("a", "broken_stream"), ("a", "answered")]
    );
}

#[tokio::test(start_paused = true)]
async fn lasting_failures_go_to_the_next_model_at_once() {
    let kinds = [
        Kind::Unauthenticated,
        Kind::Forbidden,
        Kind::NotFound,
        Kind::TooLong,
        Kind::Truncated,
        Kind::BadRequest,
        Kind::Refused,
        Kind::OverBudget,
    ];
    for kind in kinds {
        let (first, second) = (Scripted::new("a", [fail(kind)]), Scripted::new("b", [text()]));
        let recorded = complete_recorded(&line(&[first.clone(), second.clone()]), &request()).await;
        assert_eq!(recorded.result.unwrap().model.provider, "b", "{kind:?}");
        assert_eq!(first.asked(), second.asked(), "{kind:?} cost no time and no second try");
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_in_the_stream_before_any_text_still_switches() {
    let first = Scripted::new("a", [Step::FailInside { pieces: 0, kind: Kind::Refused }]);
    let second = Scripted::new("b", [text()]);
    let reply = complete(&line(&[first, second]), &request()).await.unwrap();
    assert_eq!(reply.text, Scripted::whole("b", 3));
}

#[tokio::test(start_paused = true)]
async fn a_reply_without_text_is_no_reply() {
    let first = Scripted::new("a", [Step::Text { after: std::time::Duration::ZERO, pieces: 0 }]);
    let second = Scripted::new("b", [text()]);
    let recorded = complete_recorded(&line(&[first, second]), &request()).await;
    assert_eq!(recorded.result.unwrap().model.provider, "b");
    assert_eq!(recorded.attempts[0].outcome, Outcome::Failed(Kind::Malformed));
}

#[tokio::test(start_paused = true)]
async fn after_the_first_text_a_failure_is_passed_on() {
    for step in [Step::FailInside { pieces: 2, kind: Kind::BrokenStream }, Step::Cut { pieces: 2 }] {
        let (first, second) = (Scripted::new("a", [step]), Scripted::new("b", [text()]));
        let line = line(&[first, second.clone()]);
        let pieces: Vec<_> = line.stream(&request()).await.unwrap().pieces.collect().await;
        assert_eq!(pieces.len(), 3);
        assert_eq!(pieces[0], Ok(Piece::Text("a:0 ".to_owned())));
        assert_eq!(pieces[2].as_ref().unwrap_err().kind, Kind::BrokenStream);

        let recorded = complete_recorded(&line, &request()).await;
        assert_eq!(recorded.result.unwrap_err().kind, Kind::BrokenStream);
        assert_eq!(outcomes(&recorded.attempts), [("a", "broken_stream")]);
        assert!(second.asked().is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn the_failure_of_the_line_names_everybody_who_was_tried() {
    let models = [Scripted::new("a", [fail(Kind::NotFound)]), Scripted::new("b", [fail(Kind::Forbidden)])];
    let Recorded { result, attempts } = line(&models).stream_recorded(&request()).await;
    let error = result.err().unwrap();
    assert_eq!((error.kind, error.provider.as_str()), (Kind::Forbidden, "b"));
    assert_eq!(error.message, "scripted (tried: a/m not_found, b/m forbidden)");
    assert_eq!(outcomes(&attempts), [("a", "not_found"), ("b", "forbidden")]);
}

#[tokio::test(start_paused = true)]
async fn attempts_can_be_written_to_a_log() {
    let models = [Scripted::new("a", [Step::Hang]), Scripted::new("b", [text()])];
    let options = FallbackOptions { attempts: 1, ..FallbackOptions::default() };
    let line = crate::scripted::line_with(&models, options, &Circuits::default());
    let attempts = line.stream_recorded(&request()).await.attempts;
    let expected = serde_json::json!([
        {"model": {"provider": "a", "model": "m"}, "outcome": "timed_out", "started_ms": 0, "took_ms": 8000},
        {"model": {"provider": "b", "model": "m"}, "outcome": "answered", "started_ms": 8000, "took_ms": 0},
    ]);
    let written = serde_json::to_value(&attempts).unwrap();
    assert_eq!(written[0]["outcome"], expected[0]["outcome"]);
    assert_eq!(written[1]["model"], expected[1]["model"]);
    let near = |value: &serde_json::Value| value.as_u64().unwrap().abs_diff(8000) <= 2;
    assert!(near(&written[0]["took_ms"]) && near(&written[1]["started_ms"]), "{written}");
}

#[test]
fn a_line_has_somebody_in_it_and_speaks_for_all() {
    let none =
        Fallback::new(Vec::new(), FallbackOptions::default(), &Circuits::default(), StdRng::seed_from_u64(1));
    assert!(none.is_none());
    let models = [
        Scripted::with_context("a", [text()], Some(128_000)),
        Scripted::with_context("b", [text()], Some(8_192)),
        Scripted::new("c", [text()]),
    ];
    let line = line(&models);
    assert_eq!(line.capabilities().context, Some(8_192));
    assert_eq!(line.name().provider, "a");
}
