//! Sign-ins: who is signed in where, and why a sign-in ended.

use crate::clock::Timestamp;
use crate::ids::{SignInId, UserId};
use serde::{Deserialize, Serialize};

/// One sign-in: everything that came from one login on one device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// This sign-in.
    pub id: SignInId,
    /// Whose it is.
    pub user_id: UserId,
    /// From where it was used last.
    pub place: Place,
    /// When the person signed in.
    pub created_at: Timestamp,
    /// When it was used last, to within ten minutes.
    pub used_at: Timestamp,
    /// When it ends by itself unless it is used before.
    pub expires_at: Timestamp,
    /// Set when it was ended before its time.
    pub ended: Option<Ended>,
}

/// From where somebody comes, as much of it as is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Browser and system in plain words, such as `Firefox on Linux`. At most 60 characters.
    pub device: String,
    /// A network address without its last part, such as `203.0.113.x`; empty when it is not known.
    pub address: String,
}

/// When and why a sign-in was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub why: EndReason,
}

/// Why a sign-in was ended before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum EndReason {
    /// The person ended it from another device.
    EndedElsewhere,
    /// The password was changed elsewhere.
    PasswordChanged,
    /// The address was changed elsewhere.
    EmailChanged,
    /// An operator set a new password.
    PasswordReset,
    /// An administrator ended it.
    EndedByAdministrator,
    /// An administrator locked the account.
    Locked,
    /// A refresh token came a second time: somebody has a copy of it.
    Reused,
}

impl EndReason {
    /// All reasons.
    pub const ALL: [Self; 7] = [
        Self::EndedElsewhere,
        Self::PasswordChanged,
        Self::EmailChanged,
        Self::PasswordReset,
        Self::EndedByAdministrator,
        Self::Locked,
        Self::Reused,
    ];

    /// The name that is stored and sent, such as `password_changed`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::EndedElsewhere => "ended_elsewhere",
            Self::PasswordChanged => "password_changed",
            Self::EmailChanged => "email_changed",
            Self::PasswordReset => "password_reset",
            Self::EndedByAdministrator => "ended_by_administrator",
            Self::Locked => "locked",
            Self::Reused => "reused",
        }
    }

    /// The reason with this name.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.key() == key)
    }
}
