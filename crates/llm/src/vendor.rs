//! A model at a provider.

use crate::error::LlmError;
use crate::model::LanguageModel;
use crate::options::{self, Provider};
use crate::timeouts::Timeouts;
use crate::{anthropic, openai};
use std::sync::Arc;

/// The model of `provider`. Nothing is sent yet, and a wrong address or key is told by the first call; only a
/// machine without certificates for `https` fails here.
pub fn connect(provider: &Provider, timeouts: Timeouts) -> Result<Arc<dyn LanguageModel>, LlmError> {
    Ok(match provider.protocol {
        options::Protocol::Openai => Arc::new(openai::ChatCompletions::new(provider, timeouts)?),
        options::Protocol::Anthropic => Arc::new(anthropic::Messages::new(provider, timeouts)?),
    })
}
