//! What can go wrong with a service of others, and whether it helps to try again.

use std::time::Duration;

/// Kinds of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The key is missing, wrong or revoked (401).
    Unauthenticated,
    /// The key may not do this, or the account has no money left (402, 403, `insufficient_quota`).
    Forbidden,
    /// There is no such model, voice, program or address (404).
    NotFound,
    /// The request is longer than the service takes: a model's context, minutes of sound.
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
    /// No first piece of the reply, or no next one, within the time given.
    TimedOut,
    /// The stream ended before the vendor said that the reply was complete.
    BrokenStream,
    /// What came was not what the protocol says.
    Malformed,
    /// The service declined for reasons of its policy.
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

    /// One stable word for logs and measures, such as `rate_limited`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unauthenticated => "unauthenticated",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::TooLong => "too_long",
            Self::Truncated => "truncated",
            Self::BadRequest => "bad_request",
            Self::RateLimited { .. } => "rate_limited",
            Self::Unavailable { .. } => "unavailable",
            Self::Unreachable => "unreachable",
            Self::TimedOut => "timed_out",
            Self::BrokenStream => "broken_stream",
            Self::Malformed => "malformed",
            Self::Refused => "refused",
            Self::OverBudget => "over_budget",
        }
    }
}
