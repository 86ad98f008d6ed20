//! Try a provider out, saved or not yet.

use super::change::{kept_key, not_there};
use super::input::{KeyChange, ProviderInput};
use super::refresh::ready;
use super::vendors::{ReadyProvider, TrialPart, Tried};
use crate::{App, AppError, Result, audit};
use greenroom_domain::audit::Action;
use greenroom_domain::ids::UserId;
use greenroom_domain::model_provider::ModelProvider;
use greenroom_store::StoredProvider;
use secrecy::SecretString;

/// Who is tried.
#[derive(Clone, Debug)]
pub enum TrialInput {
    /// The one of this name, as it is saved or configured.
    Saved(String),
    /// These settings, saved or not. A key that is kept comes from the saved one of this name at this address.
    Entered(ProviderInput),
}

/// Tries one part of it out. Only words that we made up are sent, and nothing that comes back is shown.
pub async fn try_out(app: &App, who: UserId, input: TrialInput, part: TrialPart) -> Result<Tried> {
    let stored = app.store().model_providers().await?;
    let one = match input {
        TrialInput::Saved(name) => saved(app, &stored, &name)?,
        TrialInput::Entered(input) => {
            let (provider, key) = input.checked()?;
            let key = match key {
                KeyChange::Set(key) => Some(key),
                KeyChange::Remove => None,
                KeyChange::Keep => saved_key(app, &stored, &provider)?,
            };
            ReadyProvider { provider, key }
        }
    };
    let ModelProvider { name, base_url, .. } = &one.provider;
    tracing::info!(user.id = %who, provider.name = name, provider.url = base_url, ?part, "a model provider is tried");
    audit::record(app, Some(who), Action::ModelTested, name, "").await;
    Ok(app.vendors().try_out(&one, part).await)
}

fn saved(app: &App, stored: &[StoredProvider], name: &str) -> Result<ReadyProvider> {
    if let Some(one) = stored.iter().find(|one| one.provider.name == name) {
        return ready(app, one).ok_or_else(unreadable);
    }
    let configured = app.vendors().configured();
    configured.into_iter().find(|one| one.provider.name == name).ok_or_else(not_there)
}

/// The saved key of this name, which goes to the address that it was entered for and nowhere else.
fn saved_key(app: &App, stored: &[StoredProvider], provider: &ModelProvider) -> Result<Option<SecretString>> {
    let Some(before) = stored.iter().find(|one| one.provider.name == provider.name) else { return Ok(None) };
    kept_key(before, provider)?;
    Ok(ready(app, before).ok_or_else(unreadable)?.key)
}

fn unreadable() -> AppError {
    let message = "The saved key cannot be opened with the secret of this server. Enter it again.";
    AppError::field("api_key", message)
}
