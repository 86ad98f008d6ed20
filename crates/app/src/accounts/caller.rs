//! Who sends a request. An access token counts only while its sign-in stands.

use super::tokens::{TokenError, unauthenticated};
use crate::{App, AppError, Result};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::{SignInId, UserId};
use greenroom_domain::permission::{Permission, Standing};
use greenroom_domain::sign_in::{EndReason, Ended};
use moka::sync::Cache;
use std::time::Duration;

/// How long a node believes what it has read of a sign-in, ms: the longest that one that was ended at another node
/// goes on here. At the node that ends it, it ends at once.
pub const BELIEVED_MS: i64 = 5_000;
/// Sign-ins that are remembered at most, for as long as they are believed.
const REMEMBERED: u64 = 100_000;
/// A sign-in's last use is noted when the one that is noted is older than this, ms.
const NOTED_EVERY_MS: i64 = 600_000;

/// Who sends a request, and by which sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The person.
    pub user: UserId,
    /// Their sign-in.
    pub sign_in: SignInId,
    /// What they are, as of a moment ago.
    pub standing: Standing,
}

/// What was read of sign-ins a moment ago. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Callers(Cache<SignInId, Seen>);

#[derive(Clone, Copy, Debug)]
struct Seen {
    at: Timestamp,
    found: Found,
}

#[derive(Clone, Copy, Debug)]
enum Found {
    Standing(Caller),
    Ended(Ended),
    Nothing,
}

impl Default for Callers {
    fn default() -> Self {
        let believed = Duration::from_millis(BELIEVED_MS.unsigned_abs());
        Self(Cache::builder().max_capacity(REMEMBERED).time_to_live(believed).build())
    }
}

impl Callers {
    /// Has a sign-in looked up anew.
    pub(crate) fn forget(&self, id: SignInId) {
        self.0.invalidate(&id);
    }
}

impl App {
    /// Who sends this access token, as of a moment ago.
    pub async fn authenticate(&self, token: &str) -> Result<Caller> {
        let now = self.now();
        let options = &self.parts().accounts;
        let claims = self.parts().tokens.check(token, now, options.clock_skew_seconds);
        let claims = claims.map_err(|TokenError| unauthenticated())?;
        match self.found(claims.sid, now).await? {
            Found::Standing(caller) if caller.user == claims.sub => Ok(caller),
            Found::Ended(ended) => Err(sign_in_ended(ended)),
            Found::Standing(_) | Found::Nothing => Err(unauthenticated()),
        }
    }

    /// Whether the caller's sign-in still stands: for lines that stay open.
    pub async fn still_signed_in(&self, caller: &Caller) -> Result<bool> {
        Ok(matches!(self.found(caller.sign_in, self.now()).await?, Found::Standing(_)))
    }

    /// Refuses the caller what they may not do. What not everybody may is looked up at this moment: a role that was
    /// taken away is gone at once.
    pub async fn permit(&self, caller: &Caller, permission: Permission) -> Result<()> {
        let standing = if permission.is_everybodys() {
            caller.standing
        } else {
            super::me(self, caller.user).await?.standing()
        };
        if permission.is_of(standing) { Ok(()) } else { Err(not_allowed(permission)) }
    }

    async fn found(&self, id: SignInId, now: Timestamp) -> Result<Found> {
        let believed = self.callers().0.get(&id).filter(|seen| is_fresh(seen.at, now));
        if let Some(seen) = believed {
            return Ok(seen.found);
        }
        let found = match self.store().sign_in(id).await? {
            None => Found::Nothing,
            Some((sign_in, user)) => match sign_in.ended {
                Some(ended) => Found::Ended(ended),
                None if sign_in.expires_at.plus_ms(self.skew_ms()) <= now => Found::Nothing,
                None => {
                    self.note_use(id, sign_in.used_at, now).await;
                    Found::Standing(Caller { user: user.id, sign_in: id, standing: user.standing() })
                }
            },
        };
        self.callers().0.insert(id, Seen { at: now, found });
        Ok(found)
    }

    /// How far the clocks of nodes may be apart, ms.
    pub(super) fn skew_ms(&self) -> i64 {
        i64::from(self.parts().accounts.clock_skew_seconds) * 1000
    }

    /// Nobody is turned away because this could not be noted.
    async fn note_use(&self, id: SignInId, noted: Timestamp, now: Timestamp) {
        if now > noted.plus_ms(NOTED_EVERY_MS)
            && let Err(error) = self.store().use_sign_in(id, now).await
        {
            tracing::debug!(%error, "the use of a sign-in could not be noted");
        }
    }
}

fn not_allowed(permission: Permission) -> AppError {
    let (error, message) = match permission {
        Permission::Administer => {
            ("not_an_administrator", "This is for administrators. Ask one, or sign in as one.")
        }
        Permission::Curate => {
            ("not_a_curator", "This is for curators of questions. Ask an administrator to make you one.")
        }
        Permission::OwnAccount | Permission::Practise => {
            ("not_allowed", "Your account may not do this. Ask an administrator.")
        }
    };
    AppError::new(ErrorCode::Forbidden, error, message)
}

/// A clock that was set back makes nothing fresh.
fn is_fresh(at: Timestamp, now: Timestamp) -> bool {
    (now.as_datetime() - at.as_datetime()).num_milliseconds().unsigned_abs() < BELIEVED_MS.unsigned_abs()
}

/// Says why somebody is not signed in here any more.
pub(crate) fn sign_in_ended(ended: Ended) -> AppError {
    if ended.why == EndReason::Reused {
        return reused();
    }
    let why = match ended.why {
        EndReason::EndedElsewhere => "it was ended from another device",
        EndReason::PasswordChanged => "the password was changed on another device",
        EndReason::EmailChanged => "the e-mail address was changed on another device",
        EndReason::EndedByAdministrator => "an administrator ended this sign-in",
        EndReason::Locked => return account_locked(),
        EndReason::PasswordReset | EndReason::Reused => "an operator set a new password",
    };
    let message = format!("You were signed out here because {why}. Sign in again to go on.");
    AppError::new(ErrorCode::Unauthenticated, "sign_in_ended", message)
}

/// Says that an administrator has locked the account.
pub(crate) fn account_locked() -> AppError {
    AppError::new(
        ErrorCode::Unauthenticated,
        "account_locked",
        "This account is locked, so nobody can sign in to it. What is in it is kept. Ask whoever runs this site.",
    )
}

pub(crate) fn reused() -> AppError {
    AppError::new(
        ErrorCode::Unauthenticated,
        "refresh_token_reused",
        "This sign-in was used from two places, so it was ended to protect you. Sign in again; your account page says more.",
    )
}
