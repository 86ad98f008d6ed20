use greenroom_app::accounts::by_provider::WaysIn;
use greenroom_domain::clock::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// By which ways one can sign in to an account.
#[derive(Debug, Serialize, ToSchema)]
pub struct WaysInBody {
    /// Whether there is a password.
    has_password: bool,
    /// Accounts at providers.
    linked: Vec<LinkedBody>,
}

/// An account at a provider.
#[derive(Debug, Serialize, ToSchema)]
pub struct LinkedBody {
    /// Name of the provider in addresses; null when this server does not know it any more.
    provider: Option<String>,
    /// Its name for people.
    label: String,
    /// Address that the provider said when it was linked.
    email: Option<String>,
    linked_at: Timestamp,
    /// When somebody last signed in by it.
    last_used_at: Timestamp,
}

impl From<WaysIn> for WaysInBody {
    fn from(ways: WaysIn) -> Self {
        let linked = ways.linked.into_iter().map(|one| LinkedBody {
            provider: one.provider,
            label: one.label,
            email: one.identity.email,
            linked_at: one.identity.linked_at,
            last_used_at: one.identity.last_used_at,
        });
        Self { has_password: ways.has_password, linked: linked.collect() }
    }
}
