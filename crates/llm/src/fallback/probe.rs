//! Whether a model that was left alone answers again.

use super::Member;
use crate::model::{Format, LanguageModel, Message, Request, Role};
use async_trait::async_trait;
use futures::StreamExt;
use greenroom_upstream::{Circuit, Kind, Probed};
use std::sync::Arc;

/// Longest reply to the question whether the model is back, tokens. Some vendors refuse fewer.
const MAX_TOKENS: u32 = 16;

#[async_trait]
impl Probed for Member {
    fn circuit(&self) -> &Arc<Circuit> {
        &self.circuit
    }

    async fn is_back(&self) -> Result<(), Kind> {
        is_back(&*self.model).await
    }
}

/// Whether the model answers at all. A model that thinks first may use up its tokens without a word.
async fn is_back(model: &dyn LanguageModel) -> Result<(), Kind> {
    let request = Request {
        system: String::new(),
        messages: vec![Message { role: Role::User, text: "Reply with the single word: ready".to_owned() }],
        max_tokens: MAX_TOKENS,
        temperature: None,
        format: Format::Text,
        account: None,
        reuse: false,
    };
    let mut stream = model.stream(&request).await.map_err(|error| error.kind)?;
    while let Some(piece) = stream.pieces.next().await {
        if let Err(error) = piece {
            return Err(error.kind);
        }
    }
    Ok(())
}
