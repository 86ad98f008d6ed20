//! From settings and variables to engines, in the order in which they are asked.

mod place;
mod recogniser;
mod voice;

pub(super) use place::Place;

use super::realtime::KnownRealtime;
use super::{Options, OptionsError, SttEngine, TtsEngine};
use recogniser::KnownStt;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use voice::KnownTts;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Known {
    to_text: BTreeMap<String, KnownStt>,
    to_speech: BTreeMap<String, KnownTts>,
    pub realtime: BTreeMap<String, KnownRealtime>,
}

pub(super) static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/engines.toml"))
        .expect("the shipped file is valid; a test reads it")
});

impl Options {
    /// Recognisers to ask, in order. `variable` looks an environment variable up. Empty when there is none: then people
    /// type.
    pub fn recognisers(
        &self,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Vec<SttEngine>, OptionsError> {
        if self.enabled == Some(false) {
            return Ok(Vec::new());
        }
        let (known, variable) = (&KNOWN.to_text, filled(variable));
        let is_set = |name: &String| {
            let own = self.to_text.engines.get(name);
            own.is_some_and(|own| own.api_key.is_some() || own.base_url.is_some() || own.protocol.is_some())
                || known
                    .get(name)
                    .filter(|known| !known.only_named)
                    .and_then(|known| known.key.as_deref())
                    .and_then(&variable)
                    .is_some()
        };
        let names = in_order(&self.to_text.order, known.keys(), self.to_text.engines.keys(), is_set);
        names.iter().map(|name| self.recogniser(name, &variable)).collect()
    }

    /// Voices to ask, in order. Empty when there is none: then the page speaks, or people read.
    pub fn voices(&self, variable: impl Fn(&str) -> Option<String>) -> Result<Vec<TtsEngine>, OptionsError> {
        if self.enabled == Some(false) {
            return Ok(Vec::new());
        }
        let (known, variable) = (&KNOWN.to_speech, filled(variable));
        let is_set = |name: &String| {
            let own = self.to_speech.engines.get(name);
            own.is_some_and(|own| own.api_key.is_some() || own.base_url.is_some() || own.protocol.is_some())
                || known.get(name).and_then(|known| known.key.as_deref()).and_then(&variable).is_some()
        };
        let mut names = in_order(&self.to_speech.order, known.keys(), self.to_speech.engines.keys(), is_set);
        if self.to_speech.order.is_empty() {
            names.retain(|name| name != "espeak");
            names.push("espeak".to_owned());
        }
        names.iter().map(|name| self.voice(name, &variable)).collect()
    }
}

/// A variable that is empty is not set.
pub(super) fn filled(variable: impl Fn(&str) -> Option<String>) -> impl Fn(&str) -> Option<String> {
    move |name| variable(name).filter(|value| !value.trim().is_empty())
}

/// The names that are asked: the order, or all that are set, by the alphabet.
fn in_order<'a>(
    order: &[String],
    known: impl Iterator<Item = &'a String>,
    own: impl Iterator<Item = &'a String>,
    is_set: impl Fn(&String) -> bool,
) -> Vec<String> {
    if !order.is_empty() {
        return order.to_vec();
    }
    let mut names: Vec<String> = known.chain(own).filter(|name| is_set(name)).cloned().collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests;
