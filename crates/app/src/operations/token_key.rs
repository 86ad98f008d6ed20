//! Whether all nodes sign access tokens with one key. Each lets a lease go on that is named after the key; whoever finds
//! another key's lease knows of another node.

use super::dependencies::Dependency;
use crate::App;
use async_trait::async_trait;

const LEASE: &str = "accounts.token_key";
/// How long nodes with another key keep the lease after their last sign of life, ms.
const HELD_MS: i64 = 300_000;
const PROBLEM: &str = "another node signs with another accounts.token_key, or did within five minutes: \
    who signs in at one node is not signed in at the others";

/// The key of this node beside that of others.
pub(super) struct TokenKey<'a> {
    pub app: &'a App,
}

#[async_trait]
impl Dependency for TokenKey<'_> {
    fn name(&self) -> &'static str {
        "token_key"
    }

    /// People have to sign in more often, nothing worse.
    fn is_vital(&self) -> bool {
        false
    }

    /// Where the database does not answer, the key counts as fine: that is told elsewhere.
    async fn check(&self) -> Result<(), String> {
        if is_shared(self.app).await.unwrap_or(true) { Ok(()) } else { Err(PROBLEM.to_owned()) }
    }
}

/// Says in the log when other nodes sign with another key.
pub async fn compare_token_keys(app: &App) {
    if let Err(problem) = (TokenKey { app }).check().await {
        tracing::warn!("{problem}");
    }
}

async fn is_shared(app: &App) -> crate::Result<bool> {
    let (own, now) = (app.parts().tokens.key_id(), app.now());
    match app.store().lease(LEASE, now).await? {
        Some((holder, _)) if holder != own => Ok(false),
        // Written now and then only: readiness is asked for every few seconds.
        Some((_, until)) if until > now.plus_ms(HELD_MS / 2) => Ok(true),
        _ => Ok(app.store().take_lease(LEASE, own, now.plus_ms(HELD_MS), now).await?),
    }
}
