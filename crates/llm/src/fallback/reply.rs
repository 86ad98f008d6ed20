//! A reply from its first text to its end, reported to the circuit of its model.

use super::Member;
use crate::error::LlmError;
use crate::model::{LanguageModel, ModelName, Piece, Pieces, Request, Stream};
use futures::{StreamExt, stream};
use greenroom_upstream::{Kind, Permit, watch};
use std::sync::Weak;
use std::time::Duration;
use tokio::time::Instant;

/// A reply whose first text is there.
pub(super) struct Begun {
    pub(super) model: ModelName,
    pub(super) first: String,
    pub(super) rest: Pieces,
}

/// Who is told how the reply ends.
pub(super) struct Watched {
    pub(super) member: Weak<Member>,
    pub(super) permit: Permit,
    pub(super) patience: Duration,
}

impl Watched {
    fn failed(self, kind: Kind) {
        self.permit.failed(kind, Instant::now());
        if let Some(member) = self.member.upgrade() {
            watch(&member, self.patience);
        }
    }
}

/// Asks and waits for the first text. A reply without any is a failure: nobody can use it.
pub(super) async fn begin(model: &dyn LanguageModel, request: &Request) -> Result<Begun, LlmError> {
    let Stream { model, mut pieces } = model.stream(request).await?;
    loop {
        match pieces.next().await {
            Some(Ok(Piece::Text(first))) if first.is_empty() => {}
            Some(Ok(Piece::Text(first))) => return Ok(Begun { model, first, rest: pieces }),
            Some(Ok(Piece::End(_))) => {
                return Err(failure(&model, Kind::Malformed, "the reply ended without any text"));
            }
            Some(Err(error)) => return Err(error),
            None => return Err(broken_off(&model)),
        }
    }
}

/// The whole reply from its first text on. Ends with exactly one end or one error, whatever `rest` does.
pub(super) fn go_on(model: &ModelName, first: String, rest: Pieces, watched: Watched) -> Pieces {
    let model = model.clone();
    let rest = stream::unfold(Some((rest, watched, model)), |open| async move {
        let (mut rest, watched, model) = open?;
        match rest.next().await.unwrap_or_else(|| Err(broken_off(&model))) {
            Ok(Piece::Text(text)) => Some((Ok(Piece::Text(text)), Some((rest, watched, model)))),
            Ok(Piece::End(end)) => {
                watched.permit.finished();
                Some((Ok(Piece::End(end)), None))
            }
            Err(error) => {
                watched.failed(error.kind);
                Some((Err(error), None))
            }
        }
    });
    stream::once(async { Ok(Piece::Text(first)) }).chain(rest).boxed()
}

fn broken_off(model: &ModelName) -> LlmError {
    failure(model, Kind::BrokenStream, "the reply broke off")
}

fn failure(model: &ModelName, kind: Kind, message: &str) -> LlmError {
    LlmError { provider: model.provider.clone(), kind, message: message.to_owned() }
}
