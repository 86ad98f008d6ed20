//! Interviews, answers and judgements.

use crate::catalogue::{
    ANSWER_SECONDS, BUILTIN_INSTEAD, CACHE, INTERVIEWS_ENDED, INTERVIEWS_STARTED, JUDGEMENT_SECONDS,
    SCORER_SECONDS,
};
use metrics::{counter, histogram};
use std::time::Duration;

/// An interview began, by text or by voice.
pub fn started(channel: &'static str) {
    counter!(INTERVIEWS_STARTED, "channel" => channel).increment(1);
}

/// An interview ended.
pub fn ended(outcome: &'static str) {
    counter!(INTERVIEWS_ENDED, "outcome" => outcome).increment(1);
}

/// An answer is on the disk.
pub fn answer_stored(took: Duration) {
    histogram!(ANSWER_SECONDS).record(took);
}

/// An answer was judged by an engine of this kind.
pub fn judged(engine: &'static str, took: Duration) {
    histogram!(JUDGEMENT_SECONDS, "engine" => engine).record(took);
}

/// The built-in scorer has read an answer.
pub fn scored(took: Duration) {
    histogram!(SCORER_SECONDS).record(took);
}

/// A built-in engine acted because no language model did.
pub fn builtin_instead(purpose: &'static str) {
    counter!(BUILTIN_INSTEAD, "purpose" => purpose).increment(1);
}

/// The state of an interview was looked for in memory.
pub fn state_looked_up(found: bool) {
    looked_up("interview_states", found);
}

pub(crate) fn looked_up(cache: &'static str, found: bool) {
    counter!(CACHE, "cache" => cache, "result" => if found { "hit" } else { "miss" }).increment(1);
}
