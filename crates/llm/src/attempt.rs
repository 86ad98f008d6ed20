//! What was tried for one call, in order: for the event log and for operators.

use crate::error::LlmError;
use crate::model::{ModelName, Stream};
use greenroom_upstream::Kind;
use serde::{Serialize, Serializer};
use std::time::Duration;

/// One try at one model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attempt {
    /// Who was asked.
    pub model: ModelName,
    /// What came of it.
    pub outcome: Outcome,
    /// When it began, counted from the beginning of the call. Written as milliseconds.
    #[serde(rename = "started_ms", serialize_with = "as_ms")]
    pub started: Duration,
    /// How long it took until the first text or the failure; zero when it was skipped. Written as milliseconds.
    #[serde(rename = "took_ms", serialize_with = "as_ms")]
    pub took: Duration,
}

/// What came of one try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The first text came: this model writes the reply.
    Answered,
    /// It failed before any text, or, when it is the last of a whole reply, in the middle of it.
    Failed(Kind),
    /// It was not asked: its circuit is open.
    Skipped,
    /// It was not asked: it had answered an equal request before.
    Cached,
}

impl Outcome {
    /// One stable word for logs: `answered`, `skipped`, `cached`, or the kind of failure such as `rate_limited`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Skipped => "skipped",
            Self::Cached => "cached",
            Self::Failed(kind) => kind.as_str(),
        }
    }
}

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

fn as_ms<S: Serializer>(time: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
}

/// A result and everything that was tried for it. Failures carry their attempts like replies do.
pub struct Recorded<T> {
    /// What came in the end.
    pub result: Result<T, LlmError>,
    /// What was tried, in order. Empty for a model that stands alone.
    pub attempts: Vec<Attempt>,
}

impl Recorded<Stream> {
    /// A call to one model that keeps no list.
    pub fn alone(result: Result<Stream, LlmError>) -> Self {
        Self { result, attempts: Vec::new() }
    }
}
