//! What engines cost, where that is known.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_micro_dollars() {
        assert_eq!(SttPrice { dollars_per_minute: 0.006 }.micros(30_000), 3000);
        assert_eq!(TtsPrice { dollars_per_million_letters: 15.0 }.micros(100), 1500);
    }
}
