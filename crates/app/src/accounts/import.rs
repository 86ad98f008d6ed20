//! Accounts that come from elsewhere, with their hashes.

use super::password;
use super::register::{bad_email, bad_name};
use crate::{App, AppError, Fields, Result, audit};
use greenroom_domain::account::{Role, User};
use greenroom_domain::audit::Action;
use greenroom_domain::ids::UserId;
use serde::Deserialize;

/// An account of another system.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Imported {
    /// Address.
    pub email: String,
    /// Name; the address when left out.
    pub name: Option<String>,
    /// What the person may do; a job seeker when left out.
    pub role: Option<Role>,
    /// bcrypt (`$2b$…`) or Argon2 (PHC string). It is made anew when the person signs in.
    pub password_hash: String,
}

/// Makes accounts, each by itself. Returns what became of each address.
pub async fn import(app: &App, accounts: Vec<Imported>) -> Result<Vec<(String, Result<()>)>> {
    let mut outcomes = Vec::with_capacity(accounts.len());
    for account in accounts {
        let email = account.email.trim().to_lowercase();
        outcomes.push((email.clone(), one(app, email, account).await));
    }
    Ok(outcomes)
}

async fn one(app: &App, email: String, account: Imported) -> Result<()> {
    let name = account.name.unwrap_or_else(|| email.clone()).trim().to_owned();
    let mut fields = Fields::new();
    if let Some(message) = bad_email(&email) {
        fields.insert("email".to_owned(), message);
    }
    if let Some(message) = bad_name(&name) {
        fields.insert("name".to_owned(), message);
    }
    if !password::is_hash(&account.password_hash) {
        let message = "The hash is neither bcrypt nor Argon2.".to_owned();
        fields.insert("password_hash".to_owned(), message);
    }
    if !fields.is_empty() {
        return Err(AppError::fields(fields));
    }
    let now = app.now();
    let user = User {
        id: UserId::fresh(app.ids()),
        email: Some(email),
        name,
        role: account.role.unwrap_or(Role::JobSeeker),
        expires_at: None,
        consents: Vec::new(),
        created_at: now,
        updated_at: now,
    };
    app.store().create_user(&user, Some(&account.password_hash)).await?;
    audit::record(app, None, Action::AccountAdded, user.id, format!("{}, imported", user.role.name())).await;
    Ok(())
}
