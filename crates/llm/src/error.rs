//! What can go wrong with a language model.

use greenroom_upstream::{Fault, Kind};

/// A call to a language model that brought no usable reply.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{provider}: {message}")]
pub struct LlmError {
    /// Name of the provider in the configuration.
    pub provider: String,
    /// What kind of failure it was.
    pub kind: Kind,
    /// For operators: what happened and what to do. Never holds a key or a candidate's words.
    pub message: String,
}

impl LlmError {
    pub(crate) fn new(provider: &str, fault: Fault) -> Self {
        Self { provider: provider.to_owned(), kind: fault.kind, message: fault.message }
    }
}
