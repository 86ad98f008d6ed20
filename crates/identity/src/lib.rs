//! Who somebody is, as a provider says that they trust: OpenID Connect with discovery, PKCE and nonce, and GitHub, which
//! speaks OAuth 2 without an ID token.
//!
//! Nothing here knows of accounts. What a provider says is believed only when everything about it is right: signature,
//! issuer, audience, time, nonce.
#![deny(missing_docs)]

mod error;
mod github;
mod http;
mod oidc;
mod options;
mod providers;

pub use error::IdentityError;
pub use options::{Kind, OptionsError, ProviderOptions};
pub use providers::{Departure, Known, Providers, Secrets};

/// Who somebody is, as a provider says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The provider, by its issuer's address. With `subject` it names one person for good; an e-mail address does not.
    pub issuer: String,
    /// The person, as this issuer names them.
    pub subject: String,
    /// Their address as the provider wrote it.
    pub email: Option<String>,
    /// Whether the provider has seen that the address is theirs.
    pub email_verified: bool,
    /// What they call themselves.
    pub name: Option<String>,
}
