//! The English word lists, `data/english.toml`.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use serde::{Deserialize, Deserializer};
use std::sync::LazyLock;

/// The English word lists.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lists {
    /// Words that carry little meaning.
    pub stop: HashSet<String>,
    /// Words that weaken a claim.
    pub hedges: Vec<String>,
    /// Words that fill a pause.
    pub fillers: Vec<String>,
    /// Words that say little.
    pub vague: Vec<String>,
    /// Words that take something back.
    pub retractions: Vec<String>,
    /// Ways to say that one does not know.
    pub unknown: Vec<String>,
    /// How a situation begins.
    pub situation: Vec<String>,
    /// How a task is named.
    pub task: Vec<String>,
    /// How an action is told.
    pub action: Vec<String>,
    /// Past forms of what one does, that do not end in -ed.
    pub deeds: Vec<String>,
    /// Past forms in -ed that tell of no deed.
    pub no_deeds: Vec<String>,
    /// How a result is told.
    pub result: Vec<String>,
    /// How a reason begins.
    pub reason: Vec<String>,
    /// How an example begins.
    pub example: Vec<String>,
    /// Words that order thoughts.
    pub order: Vec<String>,
    /// Words that deny.
    pub negations: HashSet<String>,
    /// Words of a question that asks for a reason.
    pub asks_why: Vec<String>,
    /// Words of a question that asks for a way.
    pub asks_how: Vec<String>,
    /// Words of a question that asks to choose or to place.
    pub asks_which: Vec<String>,
    /// Words of a question that asks for a thing or its definition.
    pub asks_what: Vec<String>,
    /// Pairs of words that exclude each other, both ways.
    #[serde(deserialize_with = "both_ways")]
    pub opposites: HashMap<String, Vec<String>>,
    /// Forms of a word that no rule of endings leads back ("fell": "fall"), and number words as digits.
    pub forms: HashMap<String, String>,
}

fn both_ways<'de, D: Deserializer<'de>>(from: D) -> Result<HashMap<String, Vec<String>>, D::Error> {
    let pairs: Vec<(String, String)> = Deserialize::deserialize(from)?;
    let mut opposites: HashMap<String, Vec<String>> = HashMap::default();
    for (one, other) in pairs {
        opposites.entry(one.clone()).or_default().push(other.clone());
        opposites.entry(other).or_default().push(one);
    }
    Ok(opposites)
}

/// The English word lists.
pub static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/english.toml"))
        .expect("the shipped lists are valid; a test reads them")
});

/// Words that phrases begin with which fill a pause or take something back.
pub(super) static PAUSES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let phrases = LISTS.fillers.iter().chain(&LISTS.retractions);
    phrases.filter_map(|phrase| phrase.split(' ').next()).collect()
});
