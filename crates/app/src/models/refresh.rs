//! Puts what is stored into force.

use super::sealed;
use super::vendors::ReadyProvider;
use crate::{App, Result};
use greenroom_store::StoredProvider;
use std::collections::HashSet;
use std::sync::Arc;
use tokio::sync::Mutex;

/// What the engines in force were built of; `None` before the first time. Whoever holds it rebuilds alone, so that an
/// older state never takes the place of a newer one.
#[derive(Clone, Default)]
pub(crate) struct Built(Arc<Mutex<Option<Vec<StoredProvider>>>>);

/// Builds the engines anew when what is stored is not what they were built of. Whether they were.
pub async fn refresh(app: &App) -> Result<bool> {
    let mut built = app.built().0.lock().await;
    let stored = app.store().model_providers().await?;
    if built.as_ref() == Some(&stored) {
        return Ok(false);
    }
    app.exchange_engines(app.vendors().engines(&line_of(app, &stored)));
    *built = Some(stored);
    Ok(true)
}

/// Who is asked, in order: those that were entered, then those of the configuration with names of their own.
pub async fn line(app: &App) -> Result<Vec<ReadyProvider>> {
    Ok(line_of(app, &app.store().model_providers().await?))
}

fn line_of(app: &App, stored: &[StoredProvider]) -> Vec<ReadyProvider> {
    if !app.vendors().are_asked() {
        return Vec::new();
    }
    let names: HashSet<&str> = stored.iter().map(|one| one.provider.name.as_str()).collect();
    let enabled = stored.iter().filter(|one| one.enabled).filter_map(|one| ready(app, one));
    let configured = app.vendors().configured();
    let others = configured.into_iter().filter(|one| !names.contains(one.provider.name.as_str()));
    enabled.chain(others).collect()
}

/// The provider with its key; `None` when the key cannot be opened.
pub(super) fn ready(app: &App, stored: &StoredProvider) -> Option<ReadyProvider> {
    let provider = stored.provider.clone();
    let key = match &stored.sealed_key {
        None => None,
        Some(sealed) => Some(sealed::open(app.store().keyring(), &provider, sealed)?),
    };
    Some(ReadyProvider { provider, key })
}
