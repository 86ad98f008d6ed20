//! People: roles, profiles, consents.

use crate::clock::Timestamp;
use crate::ids::UserId;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// A person with an account, or a guest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// This person.
    pub id: UserId,
    /// Address in lower case; `None` for a guest.
    pub email: Option<String>,
    /// Name as given.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// When a guest's data will be deleted; `None` for accounts.
    pub expires_at: Option<Timestamp>,
    /// What the person agreed to, and when.
    pub consents: Vec<Consent>,
    /// When the account was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl User {
    /// Whether this is a guest without an address or password.
    pub fn is_guest(&self) -> bool {
        self.email.is_none()
    }
}

/// What a person may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Role {
    /// Practises.
    JobSeeker,
    /// Hires.
    Recruiter,
    /// Looks after questions, rubrics and templates.
    Curator,
    /// Runs the system.
    Admin,
}

impl Role {
    /// Stable name, as stored and sent.
    pub fn name(self) -> &'static str {
        match self {
            Self::JobSeeker => "job_seeker",
            Self::Recruiter => "recruiter",
            Self::Curator => "curator",
            Self::Admin => "admin",
        }
    }
}

/// Something that a person agreed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Consent {
    /// What for: the name of a [`Purpose`], or another one, for example `terms`.
    pub purpose: String,
    /// Version of the text that was shown.
    pub version: String,
    /// When.
    pub given_at: Timestamp,
    /// When it was withdrawn, or another one took its place.
    #[serde(default)]
    pub withdrawn_at: Option<Timestamp>,
}

impl Consent {
    /// Whether this stands, and is to the text of this version.
    pub fn is_to(&self, purpose: Purpose, version: &str) -> bool {
        self.withdrawn_at.is_none() && self.purpose == purpose.name() && self.version == version
    }
}

/// What nothing is collected or sent for unless the person agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Purpose {
    /// Words go to a language model of another company.
    ModelVendor,
    /// Sound goes to an engine of another company that makes words of it, and words to one that speaks.
    SpeechVendor,
    /// Sound is kept.
    Recording,
    /// Numbers are made of the camera's picture, on the person's own device.
    CameraNumbers,
}

impl Purpose {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::ModelVendor, Self::SpeechVendor, Self::Recording, Self::CameraNumbers];

    /// Stable name, as stored and sent.
    pub fn name(self) -> &'static str {
        match self {
            Self::ModelVendor => "model_vendor",
            Self::SpeechVendor => "speech_vendor",
            Self::Recording => "recording",
            Self::CameraNumbers => "camera_numbers",
        }
    }
}

/// There is no such purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no such purpose")]
pub struct UnknownPurpose;

impl FromStr for Purpose {
    type Err = UnknownPurpose;
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|purpose| purpose.name() == name).ok_or(UnknownPurpose)
    }
}

/// Who a person is at a provider that they sign in with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LinkedIdentity {
    /// The provider, by its issuer's address.
    pub issuer: String,
    /// The person, as this issuer names them.
    pub subject: String,
    /// Their address there when it was linked; it identifies nobody.
    pub email: Option<String>,
    /// When it was linked.
    pub linked_at: Timestamp,
    /// When somebody last signed in by it.
    pub last_used_at: Timestamp,
}

/// What a job seeker says of themselves; used by the planner and in feedback.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Profile {
    /// Job titles aimed at.
    #[cfg_attr(feature = "schema", schema(max_items = 100, value_type = Vec<ProfileEntry>))]
    pub target_job_titles: Vec<String>,
    /// Level.
    pub experience_level: Option<crate::interview::Difficulty>,
    /// Industries aimed at.
    #[cfg_attr(feature = "schema", schema(max_items = 100, value_type = Vec<ProfileEntry>))]
    pub industries: Vec<String>,
    /// Skills.
    #[cfg_attr(feature = "schema", schema(max_items = 100, value_type = Vec<ProfileEntry>))]
    pub skills: Vec<String>,
    /// How feedback should sound.
    pub preferred_feedback_style: FeedbackStyle,
}

/// One entry of a list in a profile.
#[cfg(feature = "schema")]
#[derive(utoipa::ToSchema)]
#[schema(max_length = 200)]
#[expect(dead_code, reason = "describes the entries for the OpenAPI document; never built")]
struct ProfileEntry(String);

/// How feedback should sound.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum FeedbackStyle {
    /// Warm, strengths first.
    #[default]
    Supportive,
    /// Short and plain.
    Direct,
    /// With reasons and examples.
    Detailed,
}
