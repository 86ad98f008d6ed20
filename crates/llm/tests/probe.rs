//! Trying a model out, against models that play a part.

use async_trait::async_trait;
use futures::StreamExt;
use greenroom_llm::{
    Capabilities, End, Finding, Format, Kind, LanguageModel, LlmError, ModelName, Piece, Request, Stop,
    Stream, Usage, probe,
};

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
    let found = probe(&Player { name, play }).await;
    found.into_iter().map(|Finding { what, passed, words }| (what, passed, words)).collect()
}

fn honest(request: &Request) -> (String, u64) {
    let text = &request.messages[0].text;
    let reply = match &request.format {
        Format::Json { .. } => r#"{"sum": 42}"#.to_owned(),
        Format::Text if text.contains("heliotrope") => "Heliotrope".to_owned(),
        Format::Text => "ready".to_owned(),
    };
    (reply, text.len() as u64 / 4)
}

#[tokio::test]
async fn a_sound_model_passes() {
    let found = findings(|request| Ok(honest(request))).await;
    assert_eq!(found.len(), 3);
    assert!(found.iter().all(|(_, passed, _)| *passed), "{found:?}");
}

#[tokio::test]
async fn a_wrong_key_is_told_and_ends_the_trial() {
    let found = findings(|_| Err(Kind::Unauthenticated)).await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].2, "lab: as played. Check the key.");
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
    assert!(!found[1].1 && found[1].2.contains("not JSON"), "{found:?}");
}

#[tokio::test]
async fn a_silently_cut_context_is_noticed() {
    // It saw only the end, or it says that it read less than was sent.
    let forgot = findings(|request| {
        let (text, tokens) = honest(request);
        Ok((text.replace("Heliotrope", "ferry"), tokens))
    });
    let counted = findings(|request| Ok((honest(request).0, honest(request).1.min(2048))));
    for found in [forgot.await, counted.await] {
        assert!(!found[2].1 && found[2].2.contains("was lost"), "{found:?}");
    }
}
