//! What is usual, and who says so. The numbers are data: `data/norms.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::keys::MeasureKey;

/// What is usual for a number.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Norm {
    /// The lower end of the usual.
    #[serde(default)]
    pub low: Option<f32>,
    /// The upper end.
    #[serde(default)]
    pub high: Option<f32>,
    /// Languages for which that was found; empty for all.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Who found it.
    #[serde(default)]
    pub source: Option<String>,
    /// Why we chose it, when nobody found it.
    #[serde(default)]
    pub ours: Option<String>,
}

static NORMS: LazyLock<HashMap<MeasureKey, Norm>> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/norms.toml")).expect("the file is tested"));

/// What is usual for a number in a language (`en`, `de-AT`). Elsewhere the reason stays and the range is left out.
pub fn norm(key: MeasureKey, language: &str) -> Norm {
    let norm = NORMS.get(&key).cloned().expect("every number has one, which is tested");
    let language = language.split('-').next().unwrap_or_default();
    match norm.languages.is_empty() || norm.languages.iter().any(|known| known == language) {
        true => norm,
        false => Norm { low: None, high: None, ..norm },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_a_norm_with_a_source_or_a_reason() {
        assert_eq!(NORMS.len(), MeasureKey::ALL.len());
        for key in MeasureKey::ALL {
            let norm = norm(key, "en-GB");
            assert!(norm.source.is_some() != norm.ours.is_some(), "{key:?}");
            assert!(norm.low.zip(norm.high).is_none_or(|(low, high)| low < high), "{key:?}");
        }
        assert_eq!(norm(MeasureKey::WordsPerMinute, "de").high, None);
        assert_eq!(norm(MeasureKey::WordsPerMinute, "en-US").high, Some(160.0));
    }
}
