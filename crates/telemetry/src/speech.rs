//! Engines of speech: tries, sound and money, by the engine's name in the settings. `task` is `to_text` or `to_speech`.

use crate::catalogue::{
    SPEECH_COST, SPEECH_DOUBTS, SPEECH_FALLBACKS, SPEECH_SECONDS, SPEECH_SOUND, SPEECH_TRIES, SPEECH_UNPRICED,
};
use crate::interviews::looked_up as cache;
use metrics::{counter, histogram};
use std::time::Duration;

/// What came of one try at an engine.
pub fn tried(task: &'static str, engine: &str, outcome: &'static str) {
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
