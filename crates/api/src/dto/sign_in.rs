use greenroom_app::accounts::Caller;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::SignInId;
use greenroom_domain::sign_in::SignIn;
use serde::Serialize;
use utoipa::ToSchema;

/// Where the person is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignInBody {
    id: SignInId,
    /// Browser and system in plain words, such as `Firefox on Linux`; empty when not known.
    device: String,
    /// A network address without its last part, such as `203.0.113.x`; empty when not known.
    address: String,
    created_at: Timestamp,
    /// To within ten minutes.
    last_used_at: Timestamp,
    /// When it ends by itself unless it is used before.
    expires_at: Timestamp,
    /// Whether this request came by it.
    is_current: bool,
}

impl SignInBody {
    pub(crate) fn new(sign_in: SignIn, caller: &Caller) -> Self {
        Self {
            id: sign_in.id,
            device: sign_in.place.device,
            address: sign_in.place.address,
            created_at: sign_in.created_at,
            last_used_at: sign_in.used_at,
            expires_at: sign_in.expires_at,
            is_current: sign_in.id == caller.sign_in,
        }
    }
}

/// What became of the other sign-ins.
#[derive(Debug, Serialize, ToSchema)]
pub struct EndedBody {
    /// How many were ended.
    pub(crate) ended: usize,
}
