//! The candidate's sound, as much of it as may yet be asked for.

use std::collections::VecDeque;

/// Samples in a ms at 16 kHz.
const PER_MS: u64 = 16;
/// How much before a voice what is heard of it begins, at most, ms.
const LEAD_MS: u64 = 400;
/// Missing sound from which on somebody was not there, ms.
const GAP_MS: u64 = 500;
/// Places where sound was missing that are remembered.
const GAPS: usize = 256;

/// Sound that came, from some place on. Its places are ms of sound *received*; on the line there may be gaps.
#[derive(Debug, Default)]
pub(super) struct Sound {
    samples: VecDeque<i16>,
    /// Place of the first sample that is kept, in samples.
    begins: u64,
    /// From which place on the line is ahead by how much, ms.
    ahead: VecDeque<(u64, u64)>,
}

impl Sound {
    /// More of it, spoken `at_ms` on the line.
    pub fn push(&mut self, at_ms: u64, pcm: &[i16]) {
        let received = self.received_ms();
        let ahead = at_ms.saturating_sub(received);
        if self.ahead.back().map_or(0, |(_, before)| *before) != ahead {
            if self.ahead.len() == GAPS {
                self.ahead.pop_front();
            }
            self.ahead.push_back((received, ahead));
        }
        self.samples.extend(pcm);
    }

    /// How much has come, ms.
    pub fn received_ms(&self) -> u64 {
        (self.begins + self.samples.len() as u64) / PER_MS
    }

    /// Where something that was received at `ms` was spoken, ms on the line.
    pub fn on_line(&self, ms: u64) -> u64 {
        let of = self.ahead.iter().rev().find(|(from, _)| *from <= ms).or(self.ahead.front());
        ms + of.map_or(0, |(_, ahead)| *ahead)
    }

    /// Where something was spoken that begins at `ms`. What is heard of a voice begins a little before it: when nothing
    /// had come just before, as of somebody who was muted, that is no place before the gap.
    pub fn begins_on_line(&self, ms: u64) -> u64 {
        let (here, beyond) = (self.on_line(ms), self.on_line(ms + LEAD_MS).saturating_sub(LEAD_MS));
        if beyond > here + GAP_MS { beyond } else { here }
    }

    /// The sound between two places, ms; what is no longer there is left out.
    pub fn between(&self, from_ms: u64, to_ms: u64) -> Vec<i16> {
        let place = |ms: u64| ((ms * PER_MS).saturating_sub(self.begins) as usize).min(self.samples.len());
        let (from, to) = (place(from_ms), place(to_ms));
        self.samples.range(from..to.max(from)).copied().collect()
    }

    /// Nothing before this place will be asked for.
    pub fn forget_before(&mut self, ms: u64) {
        let old = ((ms * PER_MS).saturating_sub(self.begins) as usize).min(self.samples.len());
        self.samples.drain(..old);
        self.begins += old as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_forgotten_keeps_its_place() {
        let mut sound = Sound::default();
        let all: Vec<i16> = (0..3_200).collect();
        all.chunks(320).enumerate().for_each(|(n, packet)| sound.push(n as u64 * 20, packet));
        assert_eq!(sound.between(10, 20), all[160..320]);
        sound.forget_before(15);
        assert_eq!(sound.between(10, 20), all[240..320]);
        assert_eq!(sound.between(190, 900), all[3_040..]);
        assert!(sound.between(30, 20).is_empty());
        assert_eq!(sound.received_ms(), 200);
    }

    #[test]
    fn a_gap_on_the_line_is_no_sound() {
        let mut sound = Sound::default();
        for at_ms in [100, 120, 1_140, 1_160] {
            sound.push(at_ms, &[0; 320]);
        }
        let places: Vec<u64> = [0, 39, 40, 60].into_iter().map(|ms| sound.on_line(ms)).collect();
        assert_eq!(places, [100, 139, 1_140, 1_160]);
        // A voice that begins with the first sound after the gap was not spoken before it.
        assert_eq!([20, 40].map(|ms| sound.begins_on_line(ms)), [1_120, 1_140]);
        assert_eq!(sound.begins_on_line(60), 1_160);
        assert_eq!(sound.received_ms(), 80);
    }
}
