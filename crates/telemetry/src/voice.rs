//! Spoken interviews: lines, turns and how long they take.

use crate::catalogue::{VOICE_ENDED, VOICE_LINES, VOICE_STAGES, VOICE_TURNS};
use metrics::{counter, gauge, histogram};
use std::time::Duration;

/// A line that is open; it counts until this is dropped.
#[derive(Debug)]
pub struct Line(());

/// A line was opened.
pub fn line() -> Line {
    gauge!(VOICE_LINES).increment(1.0);
    Line(())
}

impl Drop for Line {
    fn drop(&mut self) {
        gauge!(VOICE_LINES).decrement(1.0);
    }
}

/// A conversation ended for this reason, such as `over` or `taken_over`.
pub fn ended(reason: &'static str) {
    counter!(VOICE_ENDED, "reason" => reason).increment(1);
}

/// A turn was taken for finished for this reason, such as `silence` or `done`.
pub fn turn(by: &'static str) {
    counter!(VOICE_TURNS, "by" => by).increment(1);
}

/// A stage of a turn was over so long after the candidate's voice had ended.
pub fn stage(stage: &'static str, took: Duration) {
    histogram!(VOICE_STAGES, "stage" => stage).record(took);
}
