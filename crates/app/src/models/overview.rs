//! What an administrator sees: who is asked, in which order, and what was spent.

use super::refresh::ready;
use super::vendors::{KnownProvider, ReadyProvider, Spending};
use crate::{App, Result};
use greenroom_domain::model_provider::ModelProvider;
use greenroom_store::StoredProvider;
use secrecy::{ExposeSecret, SecretString};

/// Keys that are longer show their last characters.
const LONG_KEY: usize = 12;
/// How many.
const SHOWN: usize = 4;

/// Language models as they are set up.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    /// Whether language models are asked at all (`llm.enabled`).
    pub asked: bool,
    /// All providers, in the order in which they are asked. The built-in engines stand behind the last.
    pub providers: Vec<Entry>,
    /// Providers that are known by name, to add.
    pub known: Vec<KnownProvider>,
    /// What may be spent and what was.
    pub spending: Spending,
}

/// One provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its settings.
    pub provider: ModelProvider,
    /// Where it was entered.
    pub source: Source,
    /// Whether it is switched on.
    pub enabled: bool,
    /// Whether it is asked, and why not.
    pub standing: Standing,
    /// What is told of its key.
    pub key: KeyState,
}

/// Where a provider was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Here: it can be changed here.
    Database,
    /// In the environment or `greenroom.toml`: it can be changed there only.
    Configuration,
}

/// Whether a provider is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is.
    Asked,
    /// It is switched off.
    Off,
    /// Its key cannot be opened with the secret of this server: it has to be entered again.
    KeyUnreadable,
    /// One of the same name that was entered here takes its place.
    Replaced,
}

/// What is told of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// None is set.
    Missing,
    /// One is set; with its last four characters when it is longer than twelve.
    Set(Option<String>),
    /// One is set and cannot be opened.
    Unreadable,
}

/// Everything that there is to see.
pub async fn overview(app: &App) -> Result<Overview> {
    let stored = app.store().model_providers().await?;
    let vendors = app.vendors();
    let is_replaced = |one: &ReadyProvider| stored.iter().any(|s| s.provider.name == one.provider.name);
    let configured = vendors.configured().into_iter().map(|one| from_configuration(&one, is_replaced(&one)));
    let providers = stored.iter().map(|one| entered(app, one)).chain(configured).collect();
    Ok(Overview {
        asked: vendors.are_asked(),
        providers,
        known: vendors.known(),
        spending: vendors.spending(),
    })
}

pub(super) fn entered(app: &App, stored: &StoredProvider) -> Entry {
    let key = match ready(app, stored) {
        Some(one) => shown(one.key.as_ref()),
        None => KeyState::Unreadable,
    };
    let standing = match (&key, stored.enabled) {
        (KeyState::Unreadable, _) => Standing::KeyUnreadable,
        (_, false) => Standing::Off,
        (_, true) => Standing::Asked,
    };
    let (provider, enabled) = (stored.provider.clone(), stored.enabled);
    Entry { provider, source: Source::Database, enabled, standing, key }
}

fn from_configuration(one: &ReadyProvider, is_replaced: bool) -> Entry {
    Entry {
        provider: one.provider.clone(),
        source: Source::Configuration,
        enabled: true,
        standing: if is_replaced { Standing::Replaced } else { Standing::Asked },
        key: shown(one.key.as_ref()),
    }
}

fn shown(key: Option<&SecretString>) -> KeyState {
    let Some(key) = key else { return KeyState::Missing };
    let chars: Vec<char> = key.expose_secret().chars().collect();
    let ending = (chars.len() > LONG_KEY).then(|| chars[chars.len() - SHOWN..].iter().collect());
    KeyState::Set(ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_end_of_a_long_key_is_shown() {
        let state = |key: &str| shown(Some(&SecretString::from(key)));
        assert_eq!(state("sk-0123456789"), KeyState::Set(Some("6789".to_owned())));
        assert_eq!(state("sk-012345678"), KeyState::Set(None));
        assert_eq!(shown(None), KeyState::Missing);
    }
}
