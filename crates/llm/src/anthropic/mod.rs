//! Anthropic's Messages.

mod events;
mod request;

use crate::error::LlmError;
use crate::model::{Capabilities, LanguageModel, ModelName, Request, Stream};
use crate::options::{JsonSupport, Provider};
use crate::pieces::{EVENTS, JSON, pieces};
use crate::timeouts::Timeouts;
use crate::window::letters;
use async_trait::async_trait;
use events::Events;
use greenroom_upstream::Http;
use tokio::time::Instant;

/// A model that is asked by Messages.
pub(crate) struct Messages {
    http: Http,
    name: ModelName,
    context: Option<u32>,
    json: JsonSupport,
    timeouts: Timeouts,
}

impl Messages {
    pub fn new(provider: &Provider, timeouts: Timeouts) -> Result<Self, LlmError> {
        let http = Http::new(format!("{}/messages", provider.base_url))
            .map_err(|fault| LlmError::new(&provider.name, fault))?
            .header("accept", EVENTS)
            .header("anthropic-version", "2023-06-01")
            .key("x-api-key", "", provider.api_key.as_ref());
        let name = ModelName { provider: provider.name.clone(), model: provider.model.clone() };
        Ok(Self { http, name, context: provider.context, json: provider.json, timeouts })
    }
}

#[async_trait]
impl LanguageModel for Messages {
    fn name(&self) -> &ModelName {
        &self.name
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { context: self.context }
    }

    async fn stream(&self, request: &Request) -> Result<Stream, LlmError> {
        let deadline = Instant::now() + self.timeouts.first;
        let body = request::body(request, &self.name.model, self.json);
        let provider = self.name.provider.clone();
        let answer = self
            .http
            .post(JSON, body.to_string().into_bytes(), deadline)
            .await
            .map_err(|fault| LlmError::new(&provider, fault))?;
        let events = Events::new(request::tool(request, self.json));
        Ok(Stream {
            model: self.name.clone(),
            pieces: pieces(answer, events, provider, letters(request), deadline, self.timeouts),
        })
    }
}
