//! Trying a model out, against models that play a part.

use async_trait::async_trait;
use futures::StreamExt;
use greenroom_llm::{
    Capabilities, End, Finding, Format, Kind, LanguageModel, LlmError, ModelName, Piece, Probe, Request,
    Stop, Stream, Trial, Usage,
};
use std::time::Duration;

/// Answers as `play` says, `(text, tokens read)`, or fails.
struct Player<F> {
    name: ModelName,
    play: F,
}

#[async_trait]
impl<F: Fn(&Request) -> Result<(String, u64), Kind> + Send + Sync> LanguageModel for Player<F> {
    fn name(&self) -> &ModelName {
        &self.name
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { context: None }
    }

    async fn stream(&self, request: &Request) -> Result<Stream, LlmError> {
        let (text, input) = (self.play)(request).map_err(|kind| LlmError {
            provider: self.name.provider.clone(),
            kind,
            message: "as played".to_owned(),
        })?;
        let end = End { stop: Stop::Done, usage: Usage { input, cached: 0, output: 1, micros: None } };
        let pieces = [Ok(Piece::Text(text)), Ok(Piece::End(end))];
        Ok(Stream { model: self.name.clone(), pieces: futures::stream::iter(pieces).boxed() })
    }
}

async fn findings(
    play: impl Fn(&Request) -> Result<(String, u64), Kind> + Send + Sync,
) -> Vec<(&'static str, bool, String)> {
    let name = ModelName { provider: "lab".to_owned(), model: "m".to_owned() };
    let found = Probe { model: &Player { name, play }, keyed: true }.all().await;
    found.into_iter().map(|Finding { what, passed, words }| (what, passed, words)).collect()
}

/// Finds the code in the resume, adds, and counts what it reads.
fn honest(request: &Request) -> (String, u64) {
    let text = &request.messages[0].text;
    let reply = match &request.format {
        Format::Json { .. } => r#"{"sum": 42}"#.to_owned(),
        Format::Text if text.contains("Resume of") => {
            let (_, behind) = text.split_once("this application: ").expect("a reference number");
            let (code, _) = behind.split_once('.').expect("a sentence");
            code.to_uppercase()
        }
        Format::Text => "ready".to_owned(),
    };
    (reply, text.len() as u64 / 4)
}

/// What was tried and how it went; the words where it did not go well.
fn marks(found: &[(&'static str, bool, String)]) -> Vec<(&'static str, bool)> {
    found.iter().map(|(what, passed, _)| (*what, *passed)).collect()
}

#[tokio::test]
async fn a_sound_model_passes() {
    let found = findings(|request| Ok(honest(request))).await;
    let expected =
        ["Reachable", "Key", "Speed", "Structured output", "A whole resume"].map(|what| (what, true));
    assert_eq!(marks(&found), expected, "{found:?}");
}

#[tokio::test]
async fn a_wrong_key_is_told_and_ends_the_trial() {
    let found = findings(|_| Err(Kind::Unauthenticated)).await;
    assert_eq!(marks(&found), [("Reachable", true), ("Key", false)]);
    assert_eq!(found[1].2, "as played. Check the key.");
}

#[tokio::test]
async fn a_key_that_is_not_set_is_asked_for() {
    let name = ModelName { provider: "lab".to_owned(), model: "m".to_owned() };
    let model = Player { name, play: |_: &Request| Err(Kind::Unauthenticated) };
    let found = Probe { model: &model, keyed: false }.part(Trial::Answer).await;
    assert!(!found[1].passed && found[1].words.contains("Enter its key"), "{found:?}");
}

#[tokio::test]
async fn nobody_there_is_told_from_no_such_model() {
    let found = findings(|_| Err(Kind::Unreachable)).await;
    assert_eq!(marks(&found), [("Reachable", false)]);
    let found = findings(|_| Err(Kind::NotFound)).await;
    assert_eq!(marks(&found), [("Reachable", true), ("Model", false)]);
}

#[tokio::test]
async fn prose_instead_of_json_is_told() {
    let found = findings(|request| {
        Ok(match request.format {
            Format::Json { .. } => ("The sum is 42.".to_owned(), 0),
            Format::Text => honest(request),
        })
    })
    .await;
    assert!(!found[3].1 && found[3].2.contains("not JSON"), "{found:?}");
}

#[tokio::test]
async fn a_silently_cut_context_is_noticed() {
    // It saw only the end, or it says that it read less than was sent.
    let forgot = findings(|request| {
        let (text, tokens) = honest(request);
        Ok((if text.len() > 8 { "ferry".to_owned() } else { text }, tokens))
    });
    let counted = findings(|request| Ok((honest(request).0, honest(request).1.min(2048))));
    for found in [forgot.await, counted.await] {
        assert!(!found[4].1 && found[4].2.contains("was lost"), "{found:?}");
    }
}

/// Answers after so long, the first time and from then on.
struct Slow {
    name: ModelName,
    waits: std::sync::Mutex<Vec<Duration>>,
}

#[async_trait]
impl LanguageModel for Slow {
    fn name(&self) -> &ModelName {
        &self.name
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { context: None }
    }

    async fn stream(&self, request: &Request) -> Result<Stream, LlmError> {
        let wait = self.waits.lock().expect("nobody panicked").remove(0);
        tokio::time::sleep(wait).await;
        Player { name: self.name.clone(), play: |request: &Request| Ok(honest(request)) }
            .stream(request)
            .await
    }
}

async fn answered_after(seconds: &[u64]) -> Vec<Finding> {
    let name = ModelName { provider: "lab".to_owned(), model: "m".to_owned() };
    let waits = std::sync::Mutex::new(seconds.iter().map(|&seconds| Duration::from_secs(seconds)).collect());
    Probe { model: &Slow { name, waits }, keyed: false }.part(Trial::Answer).await
}

#[tokio::test(start_paused = true)]
async fn a_model_that_must_be_loaded_first_is_measured_again() {
    let found = answered_after(&[9, 1]).await;
    assert!(found[2].passed, "{found:?}");
    assert_eq!(found[2].words, "first words after 1000 ms, 9000 ms at the first call");
}

#[tokio::test(start_paused = true)]
async fn slow_words_are_told_and_no_words_end_the_trial_in_time() {
    for (waits, hint) in [(&[3, 3][..], "would wait"), (&[10, 10], "next in line")] {
        let found = answered_after(waits).await;
        assert!(!found[2].passed && found[2].words.contains(hint), "{found:?}");
    }
    let began = tokio::time::Instant::now();
    let found = answered_after(&[1000]).await;
    assert_eq!(began.elapsed(), Trial::Answer.limit());
    assert!(!found[0].passed && found[0].words.starts_with("no reply within 25 seconds"), "{found:?}");
}

#[test]
fn everything_together_is_bounded() {
    let all: Duration = Trial::ALL.into_iter().map(Trial::limit).sum();
    assert_eq!(all, Duration::from_secs(60));
}
