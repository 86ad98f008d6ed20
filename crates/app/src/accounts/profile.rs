//! What a job seeker says of themselves.

use crate::{App, AppError, Result};
use greenroom_domain::account::Profile;
use greenroom_domain::ids::UserId;

/// Longest list in a profile, entries.
const MAX_ENTRIES: usize = 100;
/// Longest entry, characters.
const MAX_ENTRY_CHARS: usize = 200;

/// The profile; empty when none was saved.
pub async fn profile(app: &App, id: UserId) -> Result<Profile> {
    Ok(app.store().profile(id).await?)
}

/// Saves the profile, trimmed and without empty entries.
pub async fn save_profile(app: &App, id: UserId, mut profile: Profile) -> Result<Profile> {
    let lists = [
        ("target_job_titles", &mut profile.target_job_titles),
        ("industries", &mut profile.industries),
        ("skills", &mut profile.skills),
    ];
    for (field, list) in lists {
        if list.len() > MAX_ENTRIES || list.iter().any(|entry| entry.chars().count() > MAX_ENTRY_CHARS) {
            let message = format!("Use at most {MAX_ENTRIES} entries of {MAX_ENTRY_CHARS} characters.");
            return Err(AppError::field(field, message));
        }
        list.iter_mut().for_each(|entry| *entry = entry.trim().to_owned());
        list.retain(|entry| !entry.is_empty());
    }
    super::me(app, id).await?;
    app.store().save_profile(id, &profile, app.now()).await?;
    Ok(profile)
}
