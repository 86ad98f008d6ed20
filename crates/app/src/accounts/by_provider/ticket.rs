//! What the browser keeps while somebody is at a provider: sealed, so that it can neither be read nor made up.

use crate::App;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::UserId;
use greenroom_identity::Secrets;
use serde::{Deserialize, Serialize};

/// What the seal is bound to.
const PURPOSE: &str = "oauth_ticket";

/// One way out and back.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Ticket {
    pub provider: String,
    pub secrets: Secrets,
    /// Where the provider sends the person back to.
    pub redirect: String,
    /// Who left: a guest to become an account, or the account to link to.
    pub user: Option<UserId>,
    /// To link, not to sign in.
    pub link: bool,
    /// Where to go in the web app afterwards.
    pub next: Option<String>,
    /// Version of the terms and the privacy text that were shown.
    pub texts: Option<String>,
    pub expires_at: Timestamp,
}

impl Ticket {
    pub fn seal(&self, app: &App) -> String {
        let plain = serde_json::to_string(self).unwrap_or_default();
        app.store().keyring().wrap(PURPOSE, plain.as_bytes())
    }

    /// The ticket, if it is one of ours.
    pub fn open(app: &App, sealed: &str) -> Option<Self> {
        serde_json::from_slice(&app.store().keyring().unwrap(PURPOSE, sealed).ok()?).ok()
    }
}
