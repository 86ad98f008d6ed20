use greenroom_app::accounts::{Changes, ConsentGiven, IssuedTokens, Registration};
use greenroom_domain::account::{Role, User};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{SignInId, UserId};
use greenroom_domain::sign_in::SignIn;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A person with an account, or a guest.
#[derive(Debug, Serialize, ToSchema)]
pub struct UserBody {
    id: UserId,
    /// Null for a guest.
    email: Option<String>,
    name: String,
    role: Role,
    is_guest: bool,
    /// When a guest's data will be deleted; null for accounts.
    expires_at: Option<Timestamp>,
    created_at: Timestamp,
    updated_at: Timestamp,
    /// Sign-ins that fell because somebody had a copy of them, until the person says that they know
    /// (`DELETE /api/users/me/sessions/{id}`).
    alerts: Vec<AlertBody>,
}

/// A sign-in that was ended because a token of it came a second time: somebody has a copy of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlertBody {
    /// Of the sign-in.
    id: SignInId,
    /// Browser and system in plain words, such as `Firefox on Linux`; empty when not known.
    device: String,
    /// A network address without its last part; empty when not known.
    address: String,
    /// When the person had signed in there.
    signed_in_at: Timestamp,
    /// When it was ended.
    ended_at: Timestamp,
}

impl AlertBody {
    fn new(fallen: SignIn) -> Self {
        Self {
            id: fallen.id,
            ended_at: fallen.ended.map_or(fallen.used_at, |ended| ended.at),
            signed_in_at: fallen.created_at,
            device: fallen.place.device,
            address: fallen.place.address,
        }
    }
}

impl UserBody {
    pub(crate) fn new(user: User, alerts: Vec<SignIn>) -> Self {
        Self {
            id: user.id,
            is_guest: user.is_guest(),
            email: user.email,
            name: user.name,
            role: user.role,
            expires_at: user.expires_at,
            created_at: user.created_at,
            updated_at: user.updated_at,
            alerts: alerts.into_iter().map(AlertBody::new).collect(),
        }
    }
}

/// Signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignedIn {
    user: UserBody,
    /// For the header `Authorization: Bearer`. Null for the web app, which gets a cookie that no script can read.
    access_token: Option<String>,
    /// Used once, for the next pair. Null for the web app.
    refresh_token: Option<String>,
    /// Always `Bearer`.
    #[schema(example = "Bearer")]
    token_type: &'static str,
    /// Life of the access token, seconds.
    expires_in: u32,
}

impl SignedIn {
    pub(crate) fn new(tokens: IssuedTokens, alerts: Vec<SignIn>, in_cookies: bool) -> Self {
        Self {
            user: UserBody::new(tokens.user, alerts),
            access_token: (!in_cookies).then_some(tokens.access_token),
            refresh_token: (!in_cookies).then_some(tokens.refresh_token),
            token_type: "Bearer",
            expires_in: tokens.expires_in,
        }
    }
}

/// Make an account.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RegisterBody {
    #[schema(max_length = 254, pattern = "^[^@\\s]+@[^@\\s.]([^@\\s]*[^@\\s.])$")]
    email: String,
    /// At least 8 characters; none that is often used, and none made of name and address. A short sentence works well.
    #[schema(min_length = 8, max_length = 128)]
    password: String,
    #[schema(
        min_length = 1,
        max_length = 200,
        pattern = "^[^\\x00-\\x1f\\x7f-\\x9f]*[^\\s\\x00-\\x1f\\x7f-\\x9f][^\\x00-\\x1f\\x7f-\\x9f]*$"
    )]
    name: String,
    /// What the person agreed to.
    consents: Option<Vec<ConsentBody>>,
}

/// Something that a person agrees to.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ConsentBody {
    /// What for, for example `terms`.
    purpose: String,
    /// Version of the text that was shown.
    version: String,
}

impl From<RegisterBody> for Registration {
    fn from(body: RegisterBody) -> Self {
        let consents = body.consents.unwrap_or_default().into_iter();
        Self {
            email: body.email,
            password: body.password,
            name: body.name,
            consents: consents.map(|c| ConsentGiven { purpose: c.purpose, version: c.version }).collect(),
        }
    }
}

/// Sign in.
#[derive(Debug, Deserialize, ToSchema)]
pub struct LoginBody {
    pub(crate) email: String,
    pub(crate) password: String,
}

/// Stay signed in.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct RefreshBody {
    /// The web app leaves it out; its cookie counts.
    pub(crate) refresh_token: Option<String>,
}

/// Change the account; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
pub struct UpdateMeBody {
    #[schema(
        min_length = 1,
        max_length = 200,
        pattern = "^[^\\x00-\\x1f\\x7f-\\x9f]*[^\\s\\x00-\\x1f\\x7f-\\x9f][^\\x00-\\x1f\\x7f-\\x9f]*$"
    )]
    name: Option<String>,
    /// Needs `current_password`.
    #[schema(max_length = 254, pattern = "^[^@\\s]+@[^@\\s.]([^@\\s]*[^@\\s.])$")]
    email: Option<String>,
    current_password: Option<String>,
    /// Needs `current_password`.
    #[schema(min_length = 8, max_length = 128)]
    new_password: Option<String>,
}

impl From<UpdateMeBody> for Changes {
    fn from(body: UpdateMeBody) -> Self {
        Self {
            name: body.name,
            email: body.email,
            current_password: body.current_password,
            new_password: body.new_password,
        }
    }
}
