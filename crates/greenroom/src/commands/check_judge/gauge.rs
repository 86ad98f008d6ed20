//! What a run will ask of a model, and about what that costs.

use async_trait::async_trait;
use greenroom_app::judge_checks::rehearse;
use greenroom_llm::{
    Capabilities, Format, Kind, LanguageModel, LlmError, ModelName, Prices, Request, Stream, Usage,
};
use greenroom_providers::LlmJudge;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes of a token of English.
const BYTES_PER_TOKEN: u64 = 4;
/// Tokens of a reply: five criteria with reason and quotes, key points, strengths.
const TOKENS_PER_REPLY: u64 = 750;

/// Stands where the model stands, counts what it is asked, and asks nobody.
struct Gauge {
    name: ModelName,
    capabilities: Capabilities,
    calls: AtomicU64,
    bytes: AtomicU64,
}

#[async_trait]
impl LanguageModel for Gauge {
    fn name(&self) -> &ModelName {
        &self.name
    }

    fn capabilities(&self) -> Capabilities {
        self.capabilities
    }

    async fn stream(&self, request: &Request) -> Result<Stream, LlmError> {
        let schema = match &request.format {
            Format::Json { schema, .. } => schema.to_string().len(),
            Format::Text => 0,
        };
        let said: usize = request.messages.iter().map(|message| message.text.len()).sum();
        self.calls.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add((request.system.len() + said + schema) as u64, Ordering::Relaxed);
        let message = "it only counts".to_owned();
        Err(LlmError { provider: self.name.provider.clone(), kind: Kind::BadRequest, message })
    }
}

/// What a run with `samples` for each answer asks of `model`, in words.
pub async fn measure(
    model: &dyn LanguageModel,
    samples: u8,
    questions: Option<usize>,
) -> anyhow::Result<String> {
    let gauge = Arc::new(Gauge {
        name: model.name().clone(),
        capabilities: model.capabilities(),
        calls: AtomicU64::new(0),
        bytes: AtomicU64::new(0),
    });
    rehearse(&LlmJudge::new(gauge.clone()).with_samples(samples), questions).await?;
    let calls = gauge.calls.load(Ordering::Relaxed);
    let usage = Usage {
        input: gauge.bytes.load(Ordering::Relaxed) / BYTES_PER_TOKEN,
        output: calls * TOKENS_PER_REPLY,
        ..Usage::default()
    };
    Ok(in_words(&gauge.name, calls, usage))
}

fn in_words(name: &ModelName, calls: u64, usage: Usage) -> String {
    let cost = match Prices::known().of(name).map(|price| price.cost(usage)) {
        Some(0) => "which costs nothing".to_owned(),
        Some(micros) => format!("about ${:.2}", micros as f64 / 1e6),
        None => "at a price that is not known".to_owned(),
    };
    format!("{}/{}: about {calls} calls, {cost}", name.provider, name.model)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(provider: &str, model: &str) -> String {
        let name = ModelName { provider: provider.to_owned(), model: model.to_owned() };
        in_words(&name, 640, Usage { input: 1_000_000, output: 500_000, ..Usage::default() })
    }

    #[test]
    fn a_cost_is_said_only_where_the_price_is_known() {
        // $0.40 and $1.60 for a million.
        assert_eq!(words("openai", "gpt-4.1-mini"), "openai/gpt-4.1-mini: about 640 calls, about $1.20");
        assert_eq!(words("ollama", "any"), "ollama/any: about 640 calls, which costs nothing");
        assert_eq!(words("lab", "m1"), "lab/m1: about 640 calls, at a price that is not known");
    }
}
