//! Accounts made and mended by an operator.

use super::password;
use super::password_rules::weakness;
use super::register::{Registration, make_account};
use super::sign_ins::end_others;
use crate::{App, AppError, Result, audit};
use greenroom_domain::account::{Role, User};
use greenroom_domain::audit::Action;
use greenroom_domain::sign_in::EndReason;

/// Makes an account with any role.
pub async fn add(app: &App, registration: Registration, role: Role) -> Result<User> {
    let user = make_account(app, None, registration, role).await?;
    audit::record(app, None, Action::AccountAdded, user.id, role.name()).await;
    Ok(user)
}

/// Sets a new password and ends all sign-ins.
pub async fn reset_password(app: &App, email: &str, new: String) -> Result<User> {
    let email = email.trim().to_lowercase();
    let user = by_email(app, &email).await?;
    if let Some(message) = weakness(&new, &email, &user.name) {
        return Err(AppError::field("password", message));
    }
    let hash = password::hash(app, new).await?;
    app.store().update_user(&user, Some(&hash)).await?;
    end_others(app, user.id, None, EndReason::PasswordReset).await?;
    audit::record(app, None, Action::PasswordReset, user.id, "").await;
    Ok(user)
}

/// Gives an account another role, from its next request on.
pub async fn set_role(app: &App, email: &str, role: Role) -> Result<User> {
    let user = by_email(app, &email.trim().to_lowercase()).await?;
    let changed = format!("{} to {}", user.role.name(), role.name());
    let user = User { role, updated_at: app.now(), ..user };
    app.store().update_user(&user, None).await?;
    audit::record(app, None, Action::RoleChanged, user.id, changed).await;
    Ok(user)
}

/// All accounts, the newest first; guests are left out.
pub async fn all(app: &App) -> Result<Vec<User>> {
    Ok(app.store().all_accounts().await?)
}

async fn by_email(app: &App, email: &str) -> Result<User> {
    let known = app.store().user_by_email(email).await?;
    known.map(|(user, _)| user).ok_or_else(|| AppError::not_found("user_not_found", "account"))
}
