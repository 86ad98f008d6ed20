//! What holds for every script.

use crate::scripted::{BUSY, Scripted, Step, line, ms, request, seconds};
use futures::StreamExt;
use greenroom_llm::{Attempt, Kind, LanguageModel, LlmError, Outcome, Piece, Recorded, Stream};
use proptest::prelude::*;
use std::time::Duration;
use tokio::time::Instant;

const NAMES: [&str; 3] = ["a", "b", "c"];

fn kind() -> impl Strategy<Value = Kind> {
    let retry_after = proptest::option::of((0_u64..40_000).prop_map(ms));
    prop_oneof![
        Just(BUSY),
        retry_after.prop_map(|retry_after| Kind::RateLimited { retry_after }),
        Just(Kind::Unreachable),
        Just(Kind::Malformed),
        Just(Kind::Unauthenticated),
        Just(Kind::TooLong),
        Just(Kind::Truncated),
        Just(Kind::Refused),
        Just(Kind::OverBudget),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let after = || (0_u64..30_000).prop_map(ms);
    prop_oneof![
        (after(), 0_usize..5).prop_map(|(after, pieces)| Step::Text { after, pieces }),
        (after(), kind()).prop_map(|(after, kind)| Step::Fail { after, kind }),
        (0_usize..4, kind()).prop_map(|(pieces, kind)| Step::FailInside { pieces, kind }),
        (0_usize..4).prop_map(|pieces| Step::Cut { pieces }),
        Just(Step::Hang),
        Just(Step::Silent),
    ]
}

/// What one call brought: its text and how it ended, with what was tried and how long the first text took.
struct Seen {
    opened: bool,
    writer: String,
    text: String,
    end: Result<(), LlmError>,
    attempts: Vec<Attempt>,
    took: Duration,
}

async fn call(line: &dyn LanguageModel) -> Seen {
    let began = Instant::now();
    let Recorded { result, attempts } = line.stream_recorded(&request()).await;
    let seen = |opened, writer, text, end, took| Seen { opened, writer, text, end, attempts, took };
    let Stream { model, mut pieces } = match result {
        Ok(stream) => stream,
        Err(error) => return seen(false, String::new(), String::new(), Err(error), began.elapsed()),
    };
    let mut text = String::new();
    let mut took = None;
    let mut end = None;
    while let Some(piece) = pieces.next().await {
        assert!(end.is_none(), "something follows the end");
        took.get_or_insert_with(|| began.elapsed());
        match piece {
            Ok(Piece::Text(more)) => text.push_str(&more),
            Ok(Piece::End(_)) => end = Some(Ok(())),
            Err(error) => end = Some(Err(error)),
        }
    }
    seen(true, model.provider, text, end.expect("every stream says how it ended"), took.unwrap())
}

/// Text of one model only, from its beginning, complete when it ended well.
fn check_text(seen: &Seen) {
    let longest = Scripted::whole(&seen.writer, 5);
    assert!(longest.starts_with(&seen.text), "{} wrote {:?}", seen.writer, seen.text);
    assert_eq!(seen.opened, !seen.text.is_empty());
    assert!(seen.opened || seen.end.is_err());
}

fn check_attempts(attempts: &[Attempt], opened: bool) {
    for pair in attempts.windows(2) {
        assert!(pair[0].started + pair[0].took <= pair[1].started, "{attempts:?}");
    }
    let answered: Vec<bool> = attempts.iter().map(|attempt| attempt.outcome == Outcome::Answered).collect();
    assert_eq!(answered.iter().position(|answered| *answered), opened.then(|| attempts.len() - 1));
    for name in NAMES {
        let tries =
            attempts.iter().filter(|a| a.model.provider == name && a.outcome != Outcome::Skipped).count();
        assert!(tries <= 3, "{attempts:?}");
    }
    let last_resort = attempts.iter().rev().skip(1).all(|attempt| attempt.outcome == Outcome::Skipped);
    let in_line = attempts.is_sorted_by_key(|attempt| attempt.model.provider.clone());
    assert!(in_line || last_resort, "{attempts:?}");
}

/// A reply that ended well is a whole one of the script of its writer.
fn check_whole(seen: &Seen, scripts: &[Vec<Step>]) {
    if seen.end.is_err() {
        return;
    }
    let writer = NAMES.iter().position(|name| *name == seen.writer).unwrap();
    let is_whole = |step: &Step| matches!(step, Step::Text { pieces, .. } if Scripted::whole(&seen.writer, *pieces) == seen.text);
    assert!(scripts[writer].iter().any(is_whole), "{:?}", seen.text);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_writer_or_an_error_in_time(
        scripts in proptest::collection::vec(proptest::collection::vec(step(), 1..6), 1..=3),
        pauses in proptest::collection::vec(0_u64..60, 1..6),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let models: Vec<_> =
                scripts.iter().zip(NAMES).map(|(steps, name)| Scripted::new(name, steps.clone())).collect();
            let line = line(&models);
            for pause in &pauses {
                tokio::time::advance(seconds(*pause)).await;
                let seen = call(&line).await;
                assert!(seen.took <= seconds(20) + ms(2), "{:?}", seen.took);
                check_text(&seen);
                check_whole(&seen, &scripts);
                check_attempts(&seen.attempts, seen.opened);
            }
        });
    }
}
