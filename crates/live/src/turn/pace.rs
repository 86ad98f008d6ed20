//! The candidate's own pace: how long they pause and then go on.

use std::collections::VecDeque;

/// Pauses remembered.
const KEPT: usize = 12;
/// Shorter gaps belong to the words, ms.
const SHORTEST_MS: u64 = 250;

/// Pauses after which the candidate went on.
#[derive(Clone, Debug, Default)]
pub(super) struct Pace {
    pauses: VecDeque<u64>,
}

impl Pace {
    /// They paused so long, ms, and went on.
    pub fn went_on_after(&mut self, pause_ms: u64) {
        if pause_ms < SHORTEST_MS {
            return;
        }
        if self.pauses.len() == KEPT {
            self.pauses.pop_front();
        }
        self.pauses.push_back(pause_ms);
    }

    /// They were taken for finished after `pause_ms` and were not. Only pauses that were waited out are ever seen, so
    /// this one weighs more.
    pub fn was_cut_off_after(&mut self, pause_ms: u64) {
        for _ in 0..KEPT / 3 {
            self.went_on_after(pause_ms);
        }
    }

    /// Silence, ms, below which nobody should take them for finished: a fifth more than three of four of their pauses.
    /// 0 until three are known.
    pub fn floor_ms(&self) -> u64 {
        if self.pauses.len() < 3 {
            return 0;
        }
        let mut sorted: Vec<u64> = self.pauses.iter().copied().collect();
        sorted.sort_unstable();
        sorted[(sorted.len() * 3 / 4).min(sorted.len() - 1)] * 6 / 5
    }
}
