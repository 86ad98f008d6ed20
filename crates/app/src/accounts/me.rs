//! The person who is signed in.

use super::attempts::{Attempt, origin};
use super::caller::Caller;
use super::password::{self, Match};
use super::password_rules::weakness;
use super::register::{bad_email, bad_name};
use super::sign_ins::end_others;
use super::tokens::unauthenticated;
use super::visit::Visit;
use crate::{App, AppError, Fields, Result, audit};
use greenroom_domain::account::User;
use greenroom_domain::audit::Action;
use greenroom_domain::ids::UserId;
use greenroom_domain::sign_in::EndReason;

/// What a person changes of their account; `None` leaves it.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// New name.
    pub name: Option<String>,
    /// New address; needs the password.
    pub email: Option<String>,
    /// The present password.
    pub current_password: Option<String>,
    /// New password; needs the present one.
    pub new_password: Option<String>,
}

/// The account. A valid token whose account was erased is not signed in any more.
pub async fn me(app: &App, id: UserId) -> Result<User> {
    app.store().user(id).await?.ok_or_else(unauthenticated)
}

/// Changes the account. A new password or address ends all other sign-ins.
pub async fn change(app: &App, caller: &Caller, changes: Changes, visit: &Visit) -> Result<User> {
    let mut user = me(app, caller.user).await?;
    let email =
        changes.email.map(|email| email.trim().to_lowercase()).filter(|e| Some(e) != user.email.as_ref());
    check(&user, &changes.name, email.as_deref(), changes.new_password.as_deref())?;
    if email.is_some() || changes.new_password.is_some() {
        check_password(app, &user, changes.current_password, visit).await?;
    }
    let hash = match changes.new_password {
        Some(new) => Some(password::hash(app, new).await?),
        None => None,
    };
    if let Some(name) = changes.name {
        user.name = name.trim().to_owned();
    }
    let ended = match (&hash, &email) {
        (Some(_), _) => Some(EndReason::PasswordChanged),
        (None, Some(_)) => Some(EndReason::EmailChanged),
        (None, None) => None,
    };
    let done =
        [hash.is_some().then_some(Action::PasswordChanged), email.is_some().then_some(Action::EmailChanged)];
    if email.is_some() {
        user.email = email;
    }
    user.updated_at = app.now();
    app.store().update_user(&user, hash.as_deref()).await?;
    if let Some(why) = ended {
        end_others(app, caller.user, Some(caller.sign_in), why).await?;
    }
    for action in done.into_iter().flatten() {
        audit::record(app, Some(caller.user), action, caller.user, origin(app, visit)).await;
    }
    Ok(user)
}

fn check(user: &User, name: &Option<String>, email: Option<&str>, new_password: Option<&str>) -> Result<()> {
    let mut fields = Fields::new();
    if user.is_guest() && (email.is_some() || new_password.is_some()) {
        fields.insert("email".to_owned(), "Register to keep this as an account.".to_owned());
    }
    if let Some(message) = name.as_deref().and_then(|name| bad_name(name.trim())) {
        fields.insert("name".to_owned(), message);
    }
    if let Some(message) = email.and_then(bad_email) {
        fields.insert("email".to_owned(), message);
    }
    let address = email.or(user.email.as_deref()).unwrap_or_default();
    let called = name.as_deref().unwrap_or(&user.name);
    if let Some(message) = new_password.and_then(|new| weakness(new, address, called)) {
        fields.insert("new_password".to_owned(), message);
    }
    if fields.is_empty() { Ok(()) } else { Err(AppError::fields(fields)) }
}

async fn check_password(app: &App, user: &User, given: Option<String>, visit: &Visit) -> Result<()> {
    let wrong = || AppError::field("current_password", "The present password is wrong.");
    let email = user.email.as_deref().ok_or_else(wrong)?;
    let (_, hash) = app.store().user_by_email(email).await?.ok_or_else(wrong)?;
    if hash.is_empty() {
        // Who came by a provider sets their first one.
        return Ok(());
    }
    let given =
        given.ok_or_else(|| AppError::field("current_password", "Enter the present password as well."))?;
    let attempt = Attempt::begin(app, email, visit).await?;
    if password::compare(app, given, hash).await? == Match::Wrong {
        audit::record(app, Some(user.id), Action::PasswordRefused, user.id, origin(app, visit)).await;
        return Err(wrong());
    }
    attempt.succeeded(app).await
}
