//! Failures of use cases, by what the caller can do about them.

use greenroom_domain::error::ErrorCode;
use greenroom_domain::interview::Refusal;
use greenroom_store::{Constraint, StoreError};
use std::collections::BTreeMap;
use std::fmt;

/// What a use case returns.
pub type Result<T> = std::result::Result<T, AppError>;

/// Messages by the field that they belong to.
pub type Fields = BTreeMap<String, String>;

/// A failure with a stable name, a message for people and, for wrong input, a message for each field.
///
/// The cause is for the log; it is never sent.
#[derive(Debug)]
pub struct AppError {
    /// What the caller can do about it.
    pub code: ErrorCode,
    /// Stable name, for example `session_not_found`.
    pub error: &'static str,
    /// What happened, what was kept and what to do, for people.
    pub message: String,
    /// Messages by field; empty when it is not about input.
    pub fields: Fields,
    /// After how many seconds to try again, when that is known.
    pub retry_after: Option<u64>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl AppError {
    /// A failure from its parts.
    pub fn new(code: ErrorCode, error: &'static str, message: impl Into<String>) -> Self {
        Self { code, error, message: message.into(), fields: Fields::new(), retry_after: None, cause: None }
    }

    /// Keeps the cause, for the log.
    pub(crate) fn because(self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { cause: Some(cause.into()), ..self }
    }

    /// Says after how many seconds to try again.
    pub(crate) fn retry_after(self, seconds: u64) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    /// The thing is not there, or belongs to somebody else.
    pub fn not_found(error: &'static str, thing: &str) -> Self {
        Self::new(ErrorCode::NotFound, error, format!("There is no such {thing}."))
    }

    /// One field of the input is wrong.
    pub fn field(name: &str, message: impl Into<String>) -> Self {
        Self::fields(Fields::from([(name.to_owned(), message.into())]))
    }

    /// Fields of the input are wrong.
    pub fn fields(fields: Fields) -> Self {
        let message = fields.values().next().cloned().unwrap_or_default();
        Self { fields, ..Self::new(ErrorCode::Invalid, "invalid_input", message) }
    }

    /// A defect on our side.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        let message =
            "Something went wrong on our side. Nothing that was saved before is lost; please try again.";
        Self { cause: Some(cause.into()), ..Self::new(ErrorCode::Internal, "internal", message) }
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.error, self.message)
    }
}

impl std::error::Error for AppError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::Conflict(Constraint::Email) => Self {
                fields: Fields::from([(
                    "email".to_owned(),
                    "This address already has an account.".to_owned(),
                )]),
                ..Self::new(
                    ErrorCode::Conflict,
                    "email_taken",
                    "This address already has an account. Sign in instead.",
                )
            },
            StoreError::Conflict(_) => Self::new(
                ErrorCode::Conflict,
                "conflict",
                "Somebody changed this at the same moment. Nothing was overwritten; please try again.",
            ),
            StoreError::Locked => crate::accounts::caller::account_locked(),
            StoreError::LastAdministrator => Self::new(
                ErrorCode::Conflict,
                "last_administrator",
                "This is the last administrator who can sign in, so nothing was changed. Make somebody else one first.",
            ),
            StoreError::Orphan => {
                Self::new(ErrorCode::NotFound, "gone", "What this belongs to was deleted in the meantime.")
            }
            StoreError::BadCursor => {
                Self::field("after", "This page marker is not one of ours; start from the first page.")
            }
            StoreError::Full(_) => Self {
                cause: Some(Box::new(error)),
                ..Self::new(
                    ErrorCode::Unavailable,
                    "storage_full",
                    "The server has no room left to save this. What was saved before is kept; please try again in a few minutes.",
                )
            },
            _ if error.code() == ErrorCode::Unavailable => Self {
                cause: Some(Box::new(error)),
                ..Self::new(
                    ErrorCode::Unavailable,
                    "storage_unavailable",
                    "The storage does not answer right now. Nothing that was saved is lost; please try again in a moment.",
                )
            },
            _ => Self::internal(error),
        }
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        let (code, error) = match &refusal {
            Refusal::WrongStatus { .. } => (ErrorCode::Conflict, "wrong_status"),
            Refusal::NotCurrent => (ErrorCode::Conflict, "question_not_current"),
            Refusal::AlreadyAnswered => (ErrorCode::Conflict, "question_already_answered"),
            Refusal::QuestionOpen => (ErrorCode::Conflict, "question_open"),
            Refusal::AlreadyEvaluated => (ErrorCode::Conflict, "already_evaluated"),
            Refusal::AnswerChanged => (ErrorCode::Conflict, "answer_changed"),
            Refusal::NotSpoken => (ErrorCode::Conflict, "answer_not_spoken"),
            Refusal::NotSaid => (ErrorCode::Invalid, "not_said"),
            Refusal::Unknown => (ErrorCode::NotFound, "question_not_found"),
            Refusal::TooLong => return Self::field("content", sentence(&refusal.to_string())),
        };
        Self::new(code, error, sentence(&refusal.to_string()))
    }
}

fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| format!("{}{}.", first.to_uppercase(), chars.as_str())).unwrap_or_default()
}
