//! Accounts made and mended by an operator.

use super::password;
use super::register::{Registration, make_account};
use super::sign_ins::end_others;
use crate::{App, AppError, Result};
use greenroom_domain::account::{Role, User};
use greenroom_domain::sign_in::EndReason;

/// Makes an account with any role.
pub async fn add(app: &App, registration: Registration, role: Role) -> Result<User> {
    make_account(app, None, registration, role).await
}

/// Sets a new password and ends all sign-ins.
pub async fn reset_password(app: &App, email: &str, new: String) -> Result<User> {
    let email = email.trim().to_lowercase();
    let known = app.store().user_by_email(&email).await?;
    let (user, _) = known.ok_or_else(|| AppError::not_found("user_not_found", "account"))?;
    if let Some(message) = password::weakness(&new, &email) {
        return Err(AppError::field("password", message));
    }
    let hash = password::hash(app, new).await?;
    app.store().update_user(&user, Some(&hash)).await?;
    end_others(app, user.id, None, EndReason::PasswordReset).await?;
    Ok(user)
}
