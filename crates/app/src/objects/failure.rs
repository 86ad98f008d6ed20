//! What people are told when the storage fails.

use crate::AppError;
use greenroom_domain::error::ErrorCode;
use greenroom_objects::ObjectError;

impl From<ObjectError> for AppError {
    fn from(error: ObjectError) -> Self {
        let (code, name, message) = match &error {
            ObjectError::NotFound => (
                ErrorCode::NotFound,
                "file_missing",
                "The file is not in the storage any more. What was read from it is kept; upload it again to have it here.",
            ),
            ObjectError::Damaged { .. } => return damaged(error.in_full()),
            ObjectError::TooLarge(_) => (
                ErrorCode::TooLarge,
                "file_too_large",
                "This is longer than what is kept here. What came before it is kept.",
            ),
            ObjectError::Full(_) => (
                ErrorCode::Unavailable,
                "file_storage_full",
                "The storage of files is full, so this one was not kept. Everything else is; tell the operator.",
            ),
            ObjectError::BrokeOff(_) => (
                ErrorCode::Invalid,
                "file_broke_off",
                "The file broke off before its end and was not kept. Send it again.",
            ),
            ObjectError::Refused(_) | ObjectError::Unavailable(_) | ObjectError::NotOurs => (
                ErrorCode::Unavailable,
                "file_storage_unavailable",
                "The storage of files does not answer right now. Nothing that was saved is lost; please try again in a moment.",
            ),
        };
        Self::new(code, name, message).because(error.in_full())
    }
}

/// What lies in the storage is not what was put there.
pub(super) fn damaged(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> AppError {
    let message = "The file in the storage is damaged and cannot be opened. What was read from it is kept; upload it \
                   again to have it here.";
    AppError::new(ErrorCode::Internal, "file_damaged", message).because(cause)
}
