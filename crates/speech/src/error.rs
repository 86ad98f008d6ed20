//! What can go wrong with an engine of speech.

use greenroom_upstream::{Fault, Kind};

/// A call to an engine that brought no usable words or sound.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{engine}: {message}")]
pub struct SpeechError {
    /// Name of the engine in the settings.
    pub engine: String,
    /// What kind of failure it was.
    pub kind: Kind,
    /// For operators: what happened and what to do. Never holds a key or what a person said.
    pub message: String,
}

impl SpeechError {
    pub(crate) fn new(engine: &str, fault: Fault) -> Self {
        Self { engine: engine.to_owned(), kind: fault.kind, message: fault.message }
    }
}
