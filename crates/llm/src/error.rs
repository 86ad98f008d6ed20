//! What can go wrong with a language model, and whether it helps to try again.

use std::time::Duration;

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

/// Kinds of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The key is missing, wrong or revoked (401).
    Unauthenticated,
    /// The key may not do this, or the account has no money left (402, 403, `insufficient_quota`).
    Forbidden,
    /// There is no such model or address (404).
    NotFound,
    /// The request is longer than the model's context.
    TooLong,
    /// The vendor read only a part of the request and did not say so.
    Truncated,
    /// The request was refused as malformed (400, 422): a fault of ours.
    BadRequest,
    /// Too many requests (429).
    RateLimited {
        /// When to come back, as the vendor said.
        retry_after: Option<Duration>,
    },
    /// The vendor is overloaded (503, 529) or failed (500, 502, 504).
    Unavailable {
        /// When to come back, as the vendor said.
        retry_after: Option<Duration>,
    },
    /// No connection.
    Unreachable,
    /// No first token, or no next one, within the time given.
    TimedOut,
    /// The stream ended before the vendor said that the reply was complete.
    BrokenStream,
    /// What came was not what the protocol says.
    Malformed,
    /// The model declined to answer for reasons of its policy.
    Refused,
    /// A spending cap of this server is reached.
    OverBudget,
}

impl Kind {
    /// Whether the same call may succeed a little later.
    pub fn is_passing(self) -> bool {
        match self {
            Self::RateLimited { .. }
            | Self::Unavailable { .. }
            | Self::Unreachable
            | Self::TimedOut
            | Self::BrokenStream
            | Self::Malformed => true,
            Self::Unauthenticated
            | Self::Forbidden
            | Self::NotFound
            | Self::TooLong
            | Self::Truncated
            | Self::BadRequest
            | Self::Refused
            | Self::OverBudget => false,
        }
    }

    /// When to come back, if the vendor said so.
    pub fn retry_after(self) -> Option<Duration> {
        match self {
            Self::RateLimited { retry_after } | Self::Unavailable { retry_after } => retry_after,
            _ => None,
        }
    }
}
