//! Guessing passwords made slow, by account and by network. Whether an account exists makes no difference.

use super::visit::Visit;
use crate::{App, AppError, Result, audit};
use greenroom_domain::attempts::AttemptRule;
use greenroom_domain::audit::Action;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::UserId;

/// Of one address of an account.
const BY_ACCOUNT: AttemptRule = AttemptRule { free: 5, sinks_per_hour: 1 };
/// Of one network: many people may sit behind it.
const BY_NETWORK: AttemptRule = AttemptRule { free: 50, sinks_per_hour: 60 };
/// A count that has not grown for this long is forgotten, ms: by then it has sunk.
const FORGOTTEN_AFTER_MS: i64 = 7 * 24 * 3_600_000;

/// One attempt to show that one knows a password.
pub(super) struct Attempt {
    account: String,
    network: Option<String>,
}

impl Attempt {
    /// Counts the attempt, or says when to try again; the password is not looked at then.
    pub(super) async fn begin(app: &App, email: &str, visit: &Visit) -> Result<Self> {
        let attempt = Self {
            account: account_key(app, email),
            network: visit.network().map(|network| fingerprint(app, "network", &network)),
        };
        let mut keys = vec![(attempt.account.clone(), BY_ACCOUNT)];
        keys.extend(attempt.network.clone().map(|network| (network, BY_NETWORK)));
        let now = app.now();
        match app.store().count_attempt(&keys, now).await? {
            None => Ok(attempt),
            Some(until) => Err(wait(until, now)),
        }
    }

    /// The password was right.
    pub(super) async fn succeeded(self, app: &App) -> Result<()> {
        app.store().forget_attempts(&self.account).await?;
        if let Some(network) = &self.network {
            app.store().take_attempt_back(network, app.now()).await?;
        }
        Ok(())
    }
}

/// Lets the person of this address sign in again at once. Whether they could not, or had to wait.
pub async fn unlock(app: &App, email: &str) -> Result<bool> {
    unlock_by(app, email, None).await
}

/// The same, by an administrator.
pub(crate) async fn unlock_by(app: &App, email: &str, who: Option<UserId>) -> Result<bool> {
    let email = email.trim().to_lowercase();
    let waited = app.store().forget_attempts(&account_key(app, &email)).await?;
    let known = app.store().user_by_email(&email).await?;
    let locked = match &known {
        Some((user, _)) => app.store().unlock_user(user.id).await?,
        None => false,
    };
    if waited || locked {
        let subject = known.map_or_else(|| "no account".to_owned(), |(user, _)| user.id.to_string());
        audit::record(app, who, Action::Unlocked, subject, "").await;
    }
    Ok(waited || locked)
}

/// Forgets attempts of long ago. Returns how many counts.
pub async fn forget_old_attempts(app: &App) -> Result<u64> {
    Ok(app.store().prune_attempts(app.now().plus_ms(-FORGOTTEN_AFTER_MS)).await?)
}

/// Where an attempt came from, for the audit log: what tells networks apart.
pub(in crate::accounts) fn origin(app: &App, visit: &Visit) -> String {
    match visit.network() {
        Some(network) => format!("from network {:.8}", fingerprint(app, "network", &network)),
        None => "from this machine or an unknown network".to_owned(),
    }
}

fn account_key(app: &App, email: &str) -> String {
    fingerprint(app, "account", email)
}

/// Neither addresses of people nor of networks are kept: only what tells them apart.
fn fingerprint(app: &App, kind: &str, of: &str) -> String {
    app.parts().tokens.fingerprint(&format!("attempts by {kind} {of}"))
}

fn wait(until: Timestamp, now: Timestamp) -> AppError {
    let seconds = until.ms_since(now).div_ceil(1000).max(1);
    let words = match seconds {
        1 => "a second".to_owned(),
        2..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    };
    let message = format!(
        "There were too many attempts with a wrong password, so this one was not looked at. Nothing is changed. \
         Try again in {words}."
    );
    AppError::new(ErrorCode::TooMany, "too_many_attempts", message).retry_after(seconds)
}
