//! A model whose calls are paid from a budget.

use crate::attempt::Recorded;
use crate::budget::{Budget, Held};
use crate::error::LlmError;
use crate::model::{Capabilities, LanguageModel, ModelName, Piece, Pieces, Request, Stream, Usage};
use async_trait::async_trait;
use futures::{StreamExt, stream};
use greenroom_telemetry::models;
use greenroom_upstream::Kind;
use std::sync::Arc;

/// A model whose calls are paid from a budget, each by the account that its request names.
///
/// Put it around each model of a line rather than around the line: then every try is paid, at the price of the
/// model that was asked, and a line whose dear models are over budget goes on to those that cost nothing.
pub struct Metered {
    model: Arc<dyn LanguageModel>,
    budget: Arc<Budget>,
}

impl Metered {
    /// `model`, paid from `budget`. The end of each reply says what it cost ([`Usage::micros`]).
    pub fn new(model: Arc<dyn LanguageModel>, budget: Arc<Budget>) -> Self {
        Self { model, budget }
    }
}

#[async_trait]
impl LanguageModel for Metered {
    fn name(&self) -> &ModelName {
        self.model.name()
    }

    fn capabilities(&self) -> Capabilities {
        self.model.capabilities()
    }

    /// Refuses with [`Kind::OverBudget`] before anything is sent when the call could exceed a cap.
    async fn stream(&self, request: &Request) -> Result<Stream, LlmError> {
        self.stream_recorded(request).await.result
    }

    async fn stream_recorded(&self, request: &Request) -> Recorded<Stream> {
        let held = match self.budget.hold(self.name(), request) {
            Ok(held) => held,
            Err(error) => return Recorded::alone(Err(error)),
        };
        let mut open = Open { held: Some(held), model: self.name().clone(), bytes: 0 };
        let Recorded { result, attempts } = self.model.stream_recorded(request).await;
        let result = match result {
            Ok(Stream { model, pieces }) => {
                open.model = model.clone();
                Ok(Stream { model, pieces: counted(pieces, open) })
            }
            Err(error) => {
                open.refused(error.kind);
                Err(error)
            }
        };
        Recorded { result, attempts }
    }
}

/// A call under way. Whoever drops it pays for the request and for what was written until then.
struct Open {
    held: Option<Held>,
    model: ModelName,
    bytes: u64,
}

impl Open {
    /// What was booked, micro-dollars; `None` when the price is not known or it was settled before.
    fn settle(&mut self, counted: Usage) -> Option<u64> {
        let cost = self.held.take()?.settle(&self.model, counted, self.bytes);
        models::tokens(&self.model.provider, counted.input, counted.cached, counted.output);
        models::cost(&self.model.provider, cost);
        cost
    }

    /// Nothing is due for a call that the vendor turned away; one that was lost on the way may be billed.
    fn refused(mut self, kind: Kind) {
        let may_be_billed =
            matches!(kind, Kind::TimedOut | Kind::BrokenStream | Kind::Malformed | Kind::Refused);
        if !may_be_billed && let Some(held) = self.held.take() {
            held.release();
        }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.settle(Usage::default());
    }
}

fn counted(pieces: Pieces, open: Open) -> Pieces {
    let next = |(mut pieces, mut open): (Pieces, Open)| async move {
        let mut piece = pieces.next().await?;
        match &mut piece {
            Ok(Piece::Text(text)) => open.bytes += text.len() as u64,
            Ok(Piece::End(end)) => end.usage.micros = open.settle(end.usage),
            Err(_) => {
                open.settle(Usage::default());
            }
        }
        Some((piece, (pieces, open)))
    };
    stream::unfold((pieces, open), next).boxed()
}
