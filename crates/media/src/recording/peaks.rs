//! How high the sound goes, for drawing it.

use serde::{Deserialize, Serialize};

/// Sound behind one height, ms.
pub const PEAK_MS: u64 = 100;
/// Heights at most: six hours.
const MOST: usize = 216_000;

/// The height of each 100 ms of a track, 0..=255 of full scale.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Peaks(pub Vec<u8>);

impl Peaks {
    /// Takes samples of 20 ms that belong at `at_ms`.
    pub fn add(&mut self, at_ms: u64, pcm: &[i16]) {
        let index = usize::try_from(at_ms / PEAK_MS).unwrap_or(MOST);
        if index >= MOST {
            return;
        }
        if self.0.len() <= index {
            self.0.resize(index + 1, 0);
        }
        let peak = pcm.iter().map(|sample| sample.unsigned_abs()).max().unwrap_or_default();
        self.0[index] = self.0[index].max((peak.min(32_767) >> 7) as u8);
    }

    /// The same sound in about `wanted` heights, for a narrow screen. Never more than there are.
    pub fn narrowed(&self, wanted: usize) -> Self {
        let together = self.0.len().div_ceil(wanted.max(1)).max(1);
        Self(self.0.chunks(together).map(|some| some.iter().copied().max().unwrap_or_default()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tenth_of_a_second_has_its_height() {
        let mut peaks = Peaks::default();
        for (at_ms, height) in [(0, 100), (20, -16_384), (380, i16::MIN), (u64::MAX, 9)] {
            peaks.add(at_ms, &[0, height, 0]);
        }
        assert_eq!(peaks.0, [128, 0, 0, 255]);
        assert_eq!(peaks.narrowed(2).0, [128, 255]);
        assert_eq!(peaks.narrowed(9), peaks);
        assert!(Peaks::default().narrowed(0).0.is_empty());
    }
}
