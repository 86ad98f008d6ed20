//! Signing in by other providers: a real OpenID Connect provider, and GitHub as it answers.

mod browser;
mod flaws;
mod github;
mod linking;
mod provider;
mod signing_in;
