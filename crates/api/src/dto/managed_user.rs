use greenroom_app::{ManagedUser, UserGroup};
use greenroom_domain::account::Role;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::UserId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Somebody, as administrators see them: nothing that they said.
#[derive(Debug, Serialize, ToSchema)]
pub struct ManagedUserBody {
    id: UserId,
    /// Null for a guest.
    email: Option<String>,
    name: String,
    role: Role,
    is_guest: bool,
    /// When a guest's data will be deleted; null for accounts.
    expires_at: Option<Timestamp>,
    created_at: Timestamp,
    /// Since when nobody can sign in to the account; null when its person can.
    locked_at: Option<Timestamp>,
    /// In how many places they are signed in.
    sign_ins: u64,
    /// When one of these was used last, to within ten minutes; null without one.
    last_used_at: Option<Timestamp>,
}

impl From<ManagedUser> for ManagedUserBody {
    fn from(managed: ManagedUser) -> Self {
        let ManagedUser { user, locked_at, sign_ins, last_used_at } = managed;
        Self {
            id: user.id,
            is_guest: user.is_guest(),
            email: user.email,
            name: user.name,
            role: user.role,
            expires_at: user.expires_at,
            created_at: user.created_at,
            locked_at,
            sign_ins,
            last_used_at,
        }
    }
}

/// A group of people.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UserGroupName {
    /// Those with an account.
    Accounts,
    /// Those with an account who cannot sign in.
    Locked,
    /// Those without an account.
    Guests,
}

impl From<UserGroupName> for UserGroup {
    fn from(name: UserGroupName) -> Self {
        match name {
            UserGroupName::Accounts => Self::Accounts,
            UserGroupName::Locked => Self::Locked,
            UserGroupName::Guests => Self::Guests,
        }
    }
}

/// Give somebody another role.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RoleBody {
    pub(crate) role: Role,
}
