//! Start without an account.

use super::tokens::IssuedTokens;
use super::visit::Visit;
use crate::{App, Result};
use greenroom_domain::account::{Role, User};
use greenroom_domain::ids::UserId;

/// A guest with tokens. Their data is deleted after the time set in the options, 24 h by default.
pub async fn start_guest(app: &App, visit: &Visit) -> Result<IssuedTokens> {
    let now = app.now();
    let hours = i64::from(app.parts().accounts.guest_hours);
    let guest = User {
        id: UserId::fresh(app.ids()),
        email: None,
        name: "Guest".to_owned(),
        role: Role::JobSeeker,
        expires_at: Some(now.plus_ms(hours * 3_600_000)),
        consents: Vec::new(),
        created_at: now,
        updated_at: now,
    };
    app.store().create_user(&guest, None).await?;
    app.issue_tokens(guest, visit).await
}
