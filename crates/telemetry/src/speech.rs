//! Engines of speech: tries, sound and money, by the engine's name in the settings. `task` is `to_text`, `to_speech` or `realtime`.

use crate::catalogue::{
    SPEECH_COST, SPEECH_DOUBTS, SPEECH_FALLBACKS, SPEECH_SECONDS, SPEECH_SOUND, SPEECH_TRIES, SPEECH_UNPRICED,
};
use crate::interviews::looked_up as cache;
use metrics::{counter, histogram};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How an engine did since the process began.
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
    /// What it cost, micro-dollars.
    pub micros: u64,
    /// Calls whose price is not known; `micros` does not hold them.
    pub unpriced: u64,
}

static HEALTH: Mutex<BTreeMap<(&'static str, String), Health>> = Mutex::new(BTreeMap::new());

/// How this engine did since the process began; `None` when it was not asked.
pub fn health(task: &'static str, engine: &str) -> Option<Health> {
    HEALTH.lock().unwrap_or_else(PoisonError::into_inner).get(&(task, engine.to_owned())).copied()
}

fn note(task: &'static str, engine: &str, change: impl FnOnce(&mut Health)) {
    let mut all = HEALTH.lock().unwrap_or_else(PoisonError::into_inner);
    change(all.entry((task, engine.to_owned())).or_default());
}

/// What came of one try at an engine.
pub fn tried(task: &'static str, engine: &str, outcome: &'static str) {
    note(task, engine, |health| {
        let count = if outcome == "answered" { &mut health.answered } else { &mut health.failed };
        *count += 1;
        (health.last, health.last_at) = (outcome, Some(Instant::now()));
    });
    counter!(SPEECH_TRIES, "task" => task, "engine" => engine.to_owned(), "outcome" => outcome).increment(1);
}

/// The words of an utterance, or the first sound of a sentence, came.
pub fn answered(task: &'static str, engine: &str, took: Duration) {
    histogram!(SPEECH_SECONDS, "task" => task, "engine" => engine.to_owned()).record(took);
}

/// So much sound was heard or spoken.
pub fn sounded(task: &'static str, engine: &str, sound: Duration) {
    let milliseconds = u64::try_from(sound.as_millis()).unwrap_or(u64::MAX);
    counter!(SPEECH_SOUND, "task" => task, "engine" => engine.to_owned()).increment(milliseconds);
}

/// What one call cost, micro-dollars; `None` when its price is not known.
pub fn cost(task: &'static str, engine: &str, micros: Option<u64>) {
    note(task, engine, |health| match micros {
        Some(micros) => health.micros += micros,
        None => health.unpriced += 1,
    });
    let engine = engine.to_owned();
    match micros {
        Some(micros) => counter!(SPEECH_COST, "task" => task, "engine" => engine).increment(micros),
        None => counter!(SPEECH_UNPRICED, "task" => task, "engine" => engine).increment(1),
    }
}

/// This engine did what one before it did not.
pub fn fell_back(task: &'static str, engine: &str) {
    counter!(SPEECH_FALLBACKS, "task" => task, "engine" => engine.to_owned()).increment(1);
}

/// Words were left out of a transcript for this reason.
pub fn doubted(engine: &str, reason: &'static str) {
    counter!(SPEECH_DOUBTS, "engine" => engine.to_owned(), "reason" => reason).increment(1);
}

/// A sentence was looked for among those that are kept.
pub fn looked_up(found: bool) {
    cache("spoken_sentences", found);
}
