//! Sign in by a provider that people have an account with already: leave for it, come back, and what belongs to whom.
//!
//! An identity is a provider's issuer with what that calls the person; an e-mail address is none. So an account is never
//! taken over because somebody has its address elsewhere: they sign in as before and link the provider then.

mod arrive;
mod depart;
mod enter;
mod linked;
mod ticket;

pub use arrive::{Arrival, Arrived, Turned, arrive};
pub use depart::{Leaving, Left, depart};
pub use linked::{LinkedAccount, WaysIn, unlink, ways_in};

use crate::AppError;
use greenroom_domain::error::ErrorCode;
use greenroom_identity::IdentityError;

fn unknown_provider() -> AppError {
    AppError::not_found("oauth_unknown_provider", "way to sign in")
}

/// What a person is told; the operator finds the reason in the log.
fn failed(provider: &str, error: &IdentityError) -> AppError {
    tracing::warn!(provider, %error, "a sign-in by a provider failed");
    let (name, message) = match error {
        IdentityError::Unreachable(_) => (
            "oauth_provider_down",
            "This provider does not answer right now. Try again in a moment, or sign in another way.",
        ),
        IdentityError::Misconfigured(_) => (
            "oauth_misconfigured",
            "This server and the provider do not fit together; whoever runs this server can find the reason in its log. Sign in another way.",
        ),
        IdentityError::Untrusted(_) => (
            "oauth_refused",
            "What the provider answered could not be trusted, so you were not signed in. Please start again.",
        ),
    };
    AppError::new(ErrorCode::UpstreamFailed, name, message)
}
