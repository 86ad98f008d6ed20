//! Add, change, order and delete. Each change is in force when the function returns, and logged with who made
//! it; keys are not.

use super::input::{KeyChange, ProviderInput};
use super::overview::{Entry, entered};
use super::refresh::refresh;
use super::sealed;
use crate::{App, AppError, Result, audit};
use greenroom_domain::audit::Action;
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::UserId;
use greenroom_domain::model_provider::ModelProvider;
use greenroom_store::{StoreError, StoredProvider};

/// More than anybody needs; each one costs a candidate time when all fail.
const MOST: usize = 20;
/// How long a deleted provider can be put back, ms.
const KEPT_MS: i64 = 10 * 60_000;

/// Adds a provider behind the others that were entered.
pub async fn add(app: &App, who: UserId, input: ProviderInput) -> Result<Entry> {
    let enabled = input.enabled;
    let (provider, key) = input.checked()?;
    let sealed_key = match &key {
        KeyChange::Set(key) => Some(sealed::seal(app.store().keyring(), &provider, key)),
        KeyChange::Keep | KeyChange::Remove => None,
    };
    if app.store().model_providers().await?.len() >= MOST {
        let message = format!("There are {MOST} already. Delete one that is not needed first.");
        return Err(AppError::new(ErrorCode::Conflict, "too_many_models", message));
    }
    let new = StoredProvider { provider, sealed_key, enabled, updated_at: app.now() };
    app.store().add_model_provider(&new).await.map_err(taken)?;
    done(app, who, &new.provider.name, "a model provider was added").await?;
    Ok(entered(app, &new))
}

/// Changes a provider. A key stays only while the address does: it was entered for that one.
pub async fn change(app: &App, who: UserId, input: ProviderInput) -> Result<Entry> {
    let enabled = input.enabled;
    let (provider, key) = input.checked()?;
    let before = stored(app, &provider.name).await?;
    let sealed_key = match &key {
        KeyChange::Set(key) => Some(sealed::seal(app.store().keyring(), &provider, key)),
        KeyChange::Remove => None,
        KeyChange::Keep => kept_key(&before, &provider)?,
    };
    let changed = StoredProvider { provider, sealed_key, enabled, updated_at: app.now() };
    if !app.store().change_model_provider(&changed).await? {
        return Err(not_there());
    }
    done(app, who, &changed.provider.name, "a model provider was changed").await?;
    Ok(entered(app, &changed))
}

/// Takes a provider out. For ten minutes it can be put back, key and all.
pub async fn delete(app: &App, who: UserId, name: &str) -> Result<()> {
    if !app.store().delete_model_provider(name, app.now()).await? {
        return Err(not_there());
    }
    done(app, who, name, "a model provider was deleted").await
}

/// Puts a provider back that was just deleted.
pub async fn restore(app: &App, who: UserId, name: &str) -> Result<Entry> {
    if !app.store().restore_model_provider(name, app.now()).await? {
        return Err(not_there());
    }
    done(app, who, name, "a deleted model provider was put back").await?;
    Ok(entered(app, &stored(app, name).await?))
}

/// Puts the providers that were entered here in this order.
pub async fn order(app: &App, who: UserId, names: &[String]) -> Result<()> {
    if !app.store().order_model_providers(names, app.now()).await? {
        let message = "The list has changed in the meantime. Nothing was moved; look at it again.";
        return Err(AppError::new(ErrorCode::Conflict, "order_is_stale", message));
    }
    done(app, who, &names.join(","), "the order of model providers was changed").await
}

/// Wipes providers whose time to be put back is over. How many.
pub async fn wipe_deleted(app: &App) -> Result<u64> {
    Ok(app.store().wipe_model_providers(app.now().plus_ms(-KEPT_MS)).await?)
}

async fn stored(app: &App, name: &str) -> Result<StoredProvider> {
    let all = app.store().model_providers().await?;
    all.into_iter().find(|one| one.provider.name == name).ok_or_else(not_there)
}

/// The key as it is stored, if it may go along to `provider`.
pub(super) fn kept_key(before: &StoredProvider, provider: &ModelProvider) -> Result<Option<String>> {
    if before.sealed_key.is_some() && before.provider.base_url != provider.base_url {
        let message = "The address changed, so enter the key again: it was entered for another one.";
        return Err(AppError::field("api_key", message));
    }
    Ok(before.sealed_key.clone())
}

async fn done(app: &App, who: UserId, name: &str, what: &str) -> Result<()> {
    tracing::info!(user.id = %who, provider.name = name, "{what}");
    audit::record(app, Some(who), Action::ModelsChanged, name, what).await;
    app.parts().relay.changed();
    refresh(app).await.map(drop)
}

pub(super) fn not_there() -> AppError {
    AppError::not_found("model_not_found", "model provider")
}

fn taken(error: StoreError) -> AppError {
    match error {
        StoreError::Conflict(_) => {
            let message = "There is one of this name already; take another name, or change that one.";
            let mut taken = AppError::new(ErrorCode::Conflict, "name_taken", message);
            taken.fields.insert("name".to_owned(), message.to_owned());
            taken
        }
        other => other.into(),
    }
}
