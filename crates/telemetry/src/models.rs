//! Language models: tries, tokens and money, by the provider's name in the settings.

use crate::catalogue::{
    MODEL_COST, MODEL_FALLBACKS, MODEL_SECONDS, MODEL_TOKENS, MODEL_TRIES, MODEL_UNPRICED, SPENDING_CAP,
    SPENT_TODAY,
};
use crate::interviews::looked_up;
use metrics::{counter, gauge, histogram};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How a provider did since the process began.
#[derive(Clone, Copy, Debug, Default)]
pub struct Health {
    /// Tries that were answered.
    pub answered: u64,
    /// Tries that failed.
    pub failed: u64,
    /// What came of the last try: `answered`, or the kind of failure.
    pub last: &'static str,
    /// When that was.
    pub last_at: Option<Instant>,
}

static HEALTH: Mutex<BTreeMap<String, Health>> = Mutex::new(BTreeMap::new());

/// How the providers that were asked did since the process began, by name.
pub fn health() -> Vec<(String, Health)> {
    let health = HEALTH.lock().unwrap_or_else(PoisonError::into_inner);
    health.iter().map(|(name, health)| (name.clone(), *health)).collect()
}

/// Neither a reply from memory nor a try that was not made says anything of a provider.
fn note(provider: &str, outcome: &'static str) {
    if matches!(outcome, "cached" | "skipped" | "over_budget") {
        return;
    }
    let mut all = HEALTH.lock().unwrap_or_else(PoisonError::into_inner);
    let health = all.entry(provider.to_owned()).or_default();
    let count = if outcome == "answered" { &mut health.answered } else { &mut health.failed };
    *count += 1;
    (health.last, health.last_at) = (outcome, Some(Instant::now()));
}

/// What came of one try at a provider.
pub fn tried(provider: &str, outcome: &'static str) {
    note(provider, outcome);
    counter!(MODEL_TRIES, "provider" => provider.to_owned(), "outcome" => outcome).increment(1);
}

/// The first text of a reply came.
pub fn first_text(provider: &str, took: Duration) {
    histogram!(MODEL_SECONDS, "provider" => provider.to_owned()).record(took);
}

/// This provider answered because one before it did not.
pub fn fell_back(provider: &str) {
    counter!(MODEL_FALLBACKS, "provider" => provider.to_owned()).increment(1);
}

/// What the vendor counted for one reply.
pub fn tokens(provider: &str, input: u64, cached: u64, output: u64) {
    for (kind, count) in [("input", input), ("cached", cached), ("output", output)] {
        if count > 0 {
            counter!(MODEL_TOKENS, "provider" => provider.to_owned(), "kind" => kind).increment(count);
        }
    }
}

/// What one call cost, micro-dollars; `None` when its price is not known.
pub fn cost(provider: &str, micros: Option<u64>) {
    match micros {
        Some(micros) => counter!(MODEL_COST, "provider" => provider.to_owned()).increment(micros),
        None => counter!(MODEL_UNPRICED, "provider" => provider.to_owned()).increment(1),
    }
}

/// What was spent today and what may be, micro-dollars.
pub fn spending(today: u64, cap: Option<u64>) {
    gauge!(SPENT_TODAY).set(today as f64);
    if let Some(cap) = cap {
        gauge!(SPENDING_CAP).set(cap as f64);
    }
}

/// An equal request was looked for among the replies that are kept.
pub fn reply_looked_up(found: bool) {
    looked_up("model_replies", found);
}
