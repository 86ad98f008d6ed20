//! Make an account, or turn the guest who is signed in into one.

use super::attempts::origin;
use super::caller::Caller;
use super::password;
use super::password_rules::weakness;
use super::tokens::IssuedTokens;
use super::visit::Visit;
use crate::{App, AppError, Fields, Result, audit};
use greenroom_domain::account::{Consent, Purpose, Role, User};
use greenroom_domain::audit::Action;
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::UserId;

/// What a person gives to register.
#[derive(Clone, Debug)]
pub struct Registration {
    /// Address.
    pub email: String,
    /// Password in the clear.
    pub password: String,
    /// Name.
    pub name: String,
    /// What they agreed to.
    pub consents: Vec<ConsentGiven>,
}

/// Something that a person agrees to.
#[derive(Clone, Debug)]
pub struct ConsentGiven {
    /// What for.
    pub purpose: String,
    /// Version of the text that was shown.
    pub version: String,
}

/// Makes an account with the role of a job seeker, and signs in to it. When a guest is signed in, the guest becomes the
/// account and keeps all data; the guest's own sign-in is forgotten.
pub async fn register(
    app: &App,
    guest: Option<Caller>,
    registration: Registration,
    visit: &Visit,
) -> Result<IssuedTokens> {
    let user = make_account(app, guest.map(|guest| guest.user), registration, Role::JobSeeker).await?;
    if let Some(guest) = guest.filter(|guest| guest.user == user.id) {
        app.store().forget_sign_in(guest.user, guest.sign_in).await?;
        app.callers().forget(guest.sign_in);
    }
    let agreed: Vec<&str> = user.consents.iter().map(|consent| consent.purpose.as_str()).collect();
    let details = format!("agreed to: {}; {}", agreed.join(", "), origin(app, visit));
    audit::record(app, Some(user.id), Action::Registered, user.id, details).await;
    app.issue_tokens(user, visit).await
}

/// What one agrees to by registering, besides the purposes of consent.
const TEXTS: [&str; 2] = ["terms", "privacy"];
/// Most consents of one registration.
const MOST_CONSENTS: usize = 8;
/// Longest version of a text, bytes.
const LONGEST_VERSION: usize = 100;

/// Makes an account; of the guest `guest`, if that is one.
pub(super) async fn make_account(
    app: &App,
    guest: Option<UserId>,
    registration: Registration,
    role: Role,
) -> Result<User> {
    let email = registration.email.trim().to_lowercase();
    let name = registration.name.trim().to_owned();
    check(&email, &name, &registration)?;
    let hash = password::hash(app, registration.password).await?;
    let now = app.now();
    let consents = registration
        .consents
        .into_iter()
        .map(|given| Consent {
            purpose: given.purpose,
            version: given.version,
            given_at: now,
            withdrawn_at: None,
        })
        .collect();
    let known_guest = match guest {
        Some(id) => app.store().user(id).await?.filter(User::is_guest),
        None => None,
    };
    if let Some(guest) = known_guest {
        let user = User {
            email: Some(email),
            name,
            // What the guest agreed to stays.
            consents: guest.consents.iter().cloned().chain(consents).collect(),
            expires_at: None,
            updated_at: now,
            ..guest
        };
        if !app.store().claim_guest(&user, &hash).await? {
            return Err(AppError::new(
                ErrorCode::Conflict,
                "guest_is_gone",
                "This guest was registered or deleted in the meantime. Sign in, or register anew.",
            ));
        }
        return Ok(user);
    }
    let user = User {
        id: UserId::fresh(app.ids()),
        email: Some(email),
        name,
        role,
        expires_at: None,
        consents,
        created_at: now,
        updated_at: now,
    };
    app.store().create_user(&user, Some(&hash)).await?;
    Ok(user)
}

fn check(email: &str, name: &str, registration: &Registration) -> Result<()> {
    let mut fields = Fields::new();
    if let Some(message) = bad_email(email) {
        fields.insert("email".to_owned(), message);
    }
    if let Some(message) = bad_name(name) {
        fields.insert("name".to_owned(), message);
    }
    if let Some(message) = weakness(&registration.password, email, name) {
        fields.insert("password".to_owned(), message);
    }
    if let Some(message) = bad_consents(&registration.consents) {
        fields.insert("consents".to_owned(), message);
    }
    if fields.is_empty() { Ok(()) } else { Err(AppError::fields(fields)) }
}

/// Why `consents` are refused: kept as they come, they must be few, short and to something that is asked for.
fn bad_consents(consents: &[ConsentGiven]) -> Option<String> {
    let is_known = |given: &ConsentGiven| {
        TEXTS.contains(&given.purpose.as_str()) || given.purpose.parse::<Purpose>().is_ok()
    };
    let is_fine = |given: &ConsentGiven| is_known(given) && given.version.len() <= LONGEST_VERSION;
    let fine = consents.len() <= MOST_CONSENTS && consents.iter().all(is_fine);
    (!fine).then(|| "These are not the texts that are agreed to here.".to_owned())
}

/// Why `email` is refused. Only the form is checked: something, an @, a host; no spaces.
pub(super) fn bad_email(email: &str) -> Option<String> {
    let fine = email.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty()
            && host.len() >= 2
            && !host.contains('@')
            && !host.starts_with('.')
            && !host.ends_with('.')
    });
    let clean = email.chars().count() <= 254 && !email.chars().any(|c| c.is_whitespace() || c.is_control());
    (!fine || !clean).then(|| "This is not an e-mail address.".to_owned())
}

/// Why `name` is refused.
pub(super) fn bad_name(name: &str) -> Option<String> {
    let chars = name.chars().count();
    if chars == 0 {
        return Some("Tell us what to call you.".to_owned());
    }
    if chars > 200 || name.chars().any(char::is_control) {
        return Some("Use at most 200 characters, without line breaks.".to_owned());
    }
    None
}
