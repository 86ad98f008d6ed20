//! Time: what has been used, what is left, and what each phase may take.

use super::phase::{Phase, PhaseShare, shares};
use super::settings::Settings;

/// Time counted for one turn at most, in ms. Who leaves the page without pausing, or whose clock
/// jumps, loses no more than this.
pub const TURN_CAP_MS: u64 = 10 * 60_000;

/// The time budget at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Budget {
    /// Length of the interview, ms.
    pub total_ms: u64,
    /// Time used, ms, without pauses.
    pub used_ms: u64,
    shares: Vec<PhaseShare>,
}

impl Budget {
    /// The budget of an interview with `settings` after `used_ms`.
    pub fn new(settings: &Settings, used_ms: u64) -> Self {
        Self { total_ms: settings.duration_ms(), used_ms, shares: shares(&settings.types) }
    }

    /// Time left, ms.
    pub fn left_ms(&self) -> u64 {
        self.total_ms.saturating_sub(self.used_ms)
    }

    /// Time that the wrap-up is owed, ms.
    pub fn wrap_up_ms(&self) -> u64 {
        self.ms_of(Phase::WrapUp)
    }

    /// Whether the part of the interview that belongs to `phase` is over.
    pub fn is_past(&self, phase: Phase) -> bool {
        self.used_ms >= self.end_of(phase)
    }

    fn end_of(&self, phase: Phase) -> u64 {
        self.shares.iter().filter(|s| s.phase <= phase).map(|s| self.ms(s.share)).sum()
    }

    fn ms_of(&self, phase: Phase) -> u64 {
        self.shares.iter().filter(|s| s.phase == phase).map(|s| self.ms(s.share)).sum()
    }

    fn ms(&self, share: f64) -> u64 {
        (share * self.total_ms as f64).round() as u64
    }
}
