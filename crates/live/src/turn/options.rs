//! How patient the listener is.

use schemars::JsonSchema;
use serde::Deserialize;

/// How patient the listener is. All in ms. Defaults are first guesses of the field (OpenAI's server detector: 500;
/// LiveKit: 500 to 3 000) made kinder: interviews have thinking pauses.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// Voice before it counts as speech. 32..=500, default 96.
    pub onset_ms: u64,
    /// Sound before the onset that belongs to the speech. 0..=1000, default 320.
    pub preroll_ms: u64,
    /// Silence after which the words so far are asked for. 64..=1000, default 192.
    pub ask_ms: u64,
    /// Silence that ends a turn when nothing is known of the words. 200..=5000, default 700.
    pub base_ms: u64,
    /// Silence that ends a turn after a finished sentence. 200..=5000, default 350.
    pub finished_ms: u64,
    /// Silence that ends a turn after a filler, a conjunction or a few words. 500..=10000, default 2500.
    pub unfinished_ms: u64,
    /// Silence that ends a turn after somebody asked for time to think. 2000..=60000, default 15000.
    pub asked_for_time_ms: u64,
    /// How much longer one who works something out may be silent, percent. 100..=400, default 150.
    pub working_out_percent: u64,
    /// Voice during a reply that makes it fall silent, should no words be known before. 160..=2000, default 480.
    pub barge_in_ms: u64,
    /// The rest of a reply that is said to its end although somebody speaks. 0..=2000, default 600.
    pub overlap_ms: u64,
    /// Silence after an interruption without words before the reply goes on. 200..=3000, default 400.
    pub false_interruption_ms: u64,
    /// Sound without words that no longer holds a reply back. 1000..=30000, default 3000.
    pub noise_ms: u64,
    /// How long to wait for words, by the wall. 500..=30000, default 5000.
    pub words_patience_ms: u64,
    /// Silence after which somebody says "take your time", by the wall. 3000..=120000, default 12000.
    pub reassure_ms: u64,
    /// Silence after which repeating or typing is offered, by the wall. Default 35000.
    pub offer_ms: u64,
    /// Silence or lost line after which the interview is paused, by the wall. Default 120000.
    pub give_up_ms: u64,
    /// Longest stretch whose words are asked for at once. 5000..=60000, default 30000.
    pub stretch_ms: u64,
    /// Length of an answer after which its length is mentioned. Default 300000.
    pub long_ms: u64,
    /// Length of an answer after which it ends at the next pause. Default 900000.
    pub longest_ms: u64,
}

impl Options {
    /// Settings with their values and the ranges that they must lie in.
    pub fn ranges(&self) -> [(&'static str, u64, u64, u64); 19] {
        [
            ("onset_ms", self.onset_ms, 32, 500),
            ("preroll_ms", self.preroll_ms, 0, 1_000),
            ("ask_ms", self.ask_ms, 64, 1_000),
            ("base_ms", self.base_ms, 200, 5_000),
            ("finished_ms", self.finished_ms, 200, 5_000),
            ("unfinished_ms", self.unfinished_ms, 500, 10_000),
            ("asked_for_time_ms", self.asked_for_time_ms, 2_000, 60_000),
            ("working_out_percent", self.working_out_percent, 100, 400),
            ("barge_in_ms", self.barge_in_ms, 160, 2_000),
            ("overlap_ms", self.overlap_ms, 0, 2_000),
            ("false_interruption_ms", self.false_interruption_ms, 200, 3_000),
            ("noise_ms", self.noise_ms, 1_000, 30_000),
            ("words_patience_ms", self.words_patience_ms, 500, 30_000),
            ("reassure_ms", self.reassure_ms, 3_000, 120_000),
            ("offer_ms", self.offer_ms, 3_000, 600_000),
            ("give_up_ms", self.give_up_ms, 10_000, 3_600_000),
            ("stretch_ms", self.stretch_ms, 5_000, 60_000),
            ("long_ms", self.long_ms, 30_000, 3_600_000),
            ("longest_ms", self.longest_ms, 60_000, 3_600_000),
        ]
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            onset_ms: 96,
            preroll_ms: 320,
            ask_ms: 192,
            base_ms: 700,
            finished_ms: 350,
            unfinished_ms: 2_500,
            asked_for_time_ms: 15_000,
            working_out_percent: 150,
            barge_in_ms: 480,
            overlap_ms: 600,
            false_interruption_ms: 400,
            noise_ms: 3_000,
            words_patience_ms: 5_000,
            reassure_ms: 12_000,
            offer_ms: 35_000,
            give_up_ms: 120_000,
            stretch_ms: 30_000,
            long_ms: 300_000,
            longest_ms: 900_000,
        }
    }
}
