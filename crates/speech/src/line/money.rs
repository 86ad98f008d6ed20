//! What engines cost, where that is known.

use schemars::JsonSchema;
use serde::Deserialize;

/// Price of a recogniser.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SttPrice {
    /// US dollars a minute of sound.
    pub dollars_per_minute: f64,
}

impl SttPrice {
    /// Micro-dollars for so many ms.
    pub(super) fn micros(self, ms: u32) -> u64 {
        (self.dollars_per_minute * 1e6 * f64::from(ms) / 60_000.0).round().max(0.0) as u64
    }
}

/// Price of a voice.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TtsPrice {
    /// US dollars a million letters.
    pub dollars_per_million_letters: f64,
}

impl TtsPrice {
    /// Micro-dollars for so many letters.
    pub(super) fn micros(self, letters: usize) -> u64 {
        (self.dollars_per_million_letters * letters as f64).round().max(0.0) as u64
    }
}

/// Price of a model that hears and speaks, US dollars a million tokens.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TalkPrice {
    /// Of text that it reads.
    pub text_in: f64,
    /// Of sound that it hears.
    pub sound_in: f64,
    /// Of either when it has read or heard it before in the same conversation.
    pub again: f64,
    /// Of text that it writes.
    pub text_out: f64,
    /// Of sound that it speaks.
    pub sound_out: f64,
}

/// What a reply took, tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TalkTokens {
    /// Text that was read for the first time.
    pub text_in: u64,
    /// Sound that was heard for the first time.
    pub sound_in: u64,
    /// Either, known from before.
    pub again: u64,
    /// Text that was written.
    pub text_out: u64,
    /// Sound that was spoken.
    pub sound_out: u64,
}

impl TalkPrice {
    /// Micro-dollars for so many tokens.
    pub(crate) fn micros(self, tokens: TalkTokens) -> u64 {
        let parts = [
            (self.text_in, tokens.text_in),
            (self.sound_in, tokens.sound_in),
            (self.again, tokens.again),
            (self.text_out, tokens.text_out),
            (self.sound_out, tokens.sound_out),
        ];
        parts.iter().map(|(dollars, count)| dollars * *count as f64).sum::<f64>().round().max(0.0) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_micro_dollars() {
        assert_eq!(SttPrice { dollars_per_minute: 0.006 }.micros(30_000), 3000);
        assert_eq!(TtsPrice { dollars_per_million_letters: 15.0 }.micros(100), 1500);
        let price = TalkPrice { text_in: 4.0, sound_in: 32.0, again: 0.4, text_out: 16.0, sound_out: 64.0 };
        let tokens = TalkTokens { text_in: 100, sound_in: 50, again: 1_000, text_out: 20, sound_out: 200 };
        assert_eq!(price.micros(tokens), 400 + 1_600 + 400 + 320 + 12_800);
    }
}
