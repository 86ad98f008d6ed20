//! Identifiers. Each kind of thing has its own type, so that one can never be passed for another.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// Where new identifiers come from. Injected, so that tests are repeatable.
pub trait IdSource: Send + Sync {
    /// A fresh UUIDv7: unique, and later ids sort after earlier ones.
    fn next(&self) -> Uuid;
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "schema", schema(value_type = String, format = Uuid))]
        pub struct $name(pub Uuid);

        impl $name {
            /// A fresh id from `source`.
            pub fn fresh(source: &dyn IdSource) -> Self {
                Self(source.next())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    };
}

id!(
    /// A person with an account, or a guest.
    UserId
);
id!(
    /// An uploaded resume.
    ResumeId
);
id!(
    /// An interview set-up.
    ConfigId
);
id!(
    /// One interview.
    SessionId
);
id!(
    /// A question as it was asked in one interview.
    QuestionId
);
id!(
    /// A candidate's answer to one question.
    ResponseId
);
id!(
    /// What is kept of the sound of one voice line.
    VoicePartId
);
id!(
    /// A judgement of one answer.
    EvaluationId
);
id!(
    /// Written feedback on one answer.
    FeedbackId
);
id!(
    /// A unit of background work.
    JobId
);
id!(
    /// An entry of the audit log.
    AuditId
);
id!(
    /// One sign-in: everything that came from one login on one device.
    SignInId
);
id!(
    /// A file in the storage: a resume as it was uploaded, a recording.
    ObjectId
);
