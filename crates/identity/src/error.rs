//! Why nobody is known.

/// Why a sign-in by a provider came to nothing. The words are for the log: they hold no codes, tokens or persons.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// The provider does not answer, or not in time, or says that it cannot now.
    #[error("the provider cannot be reached: {0}")]
    Unreachable(String),
    /// The provider and these settings do not fit: another issuer, an unknown client, a wrong secret.
    #[error("the provider and the settings do not fit: {0}")]
    Misconfigured(String),
    /// What came back cannot be trusted.
    #[error("what the provider said cannot be trusted: {0}")]
    Untrusted(String),
}
