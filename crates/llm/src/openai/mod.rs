//! Chat Completions: OpenAI, Mistral, Groq, OpenRouter, LiteLLM, Ollama, vLLM, llama.cpp and others.

mod chunks;
mod dialect;
mod request;

use crate::error::LlmError;
use crate::model::{Capabilities, LanguageModel, ModelName, Request, Stream};
use crate::options::{JsonSupport, Provider};
use crate::pieces::{EVENTS, JSON, pieces};
use crate::timeouts::Timeouts;
use crate::window::letters;
use async_trait::async_trait;
use chunks::Chunks;
use dialect::{Auth, Dialect};
use greenroom_upstream::Http;
use tokio::time::Instant;

/// A model that is asked by Chat Completions.
pub(crate) struct ChatCompletions {
    http: Http,
    name: ModelName,
    context: Option<u32>,
    json: JsonSupport,
    dialect: Dialect,
    timeouts: Timeouts,
}

impl ChatCompletions {
    pub fn new(provider: &Provider, timeouts: Timeouts) -> Result<Self, LlmError> {
        let dialect = Dialect::of(provider);
        let http = Http::new(format!("{}/chat/completions", provider.base_url))
            .map_err(|fault| LlmError::new(&provider.name, fault))?
            .header("accept", EVENTS);
        let key = provider.api_key.as_ref();
        let http = match dialect.auth {
            Auth::Bearer => http.key("authorization", "Bearer ", key),
            Auth::ApiKey => http.key("api-key", "", key),
        };
        let name = ModelName { provider: provider.name.clone(), model: provider.model.clone() };
        Ok(Self { http, name, context: provider.context, json: provider.json, dialect, timeouts })
    }
}

#[async_trait]
impl LanguageModel for ChatCompletions {
    fn name(&self) -> &ModelName {
        &self.name
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { context: self.context }
    }

    async fn stream(&self, request: &Request) -> Result<Stream, LlmError> {
        let deadline = Instant::now() + self.timeouts.first;
        let body = request::body(request, &self.name.model, self.json, &self.dialect);
        let provider = self.name.provider.clone();
        let answer = self
            .http
            .post(JSON, body.to_string().into_bytes(), deadline)
            .await
            .map_err(|fault| LlmError::new(&provider, fault))?;
        let chunks = Chunks::new(request::tool(request, self.json));
        Ok(Stream {
            model: self.name.clone(),
            pieces: pieces(answer, chunks, provider, letters(request), deadline, self.timeouts),
        })
    }
}
