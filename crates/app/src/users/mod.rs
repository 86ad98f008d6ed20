//! People, for administrators: one action a file. Each stands in the audit log with who did it.

mod end_sign_ins;
mod erase;
mod list;
mod lock;
mod set_role;
mod unlock;

pub use end_sign_ins::end_sign_ins;
pub use erase::erase;
use list::get;
pub use list::{list, view};
pub use lock::lock;
pub use set_role::set_role;
pub use unlock::unlock;

use crate::AppError;
use greenroom_domain::error::ErrorCode;

fn not_found() -> AppError {
    AppError::not_found("user_not_found", "account")
}

/// What somebody must not do to themselves by mistake, and cannot undo.
fn not_oneself(message: &str) -> AppError {
    AppError::new(ErrorCode::Conflict, "not_oneself", message)
}
