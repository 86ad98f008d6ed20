//! How loud samples are.

/// What digital silence counts as, dBFS: the quietest step of 16 bits is -90.
pub const SILENCE_DBFS: f32 = -96.0;

/// Samples from this magnitude on count as clipped: within 0.1 dB of full scale.
const CLIPPED: u16 = 32_440;

/// Level of a stretch of sound, gathered piece by piece.
#[derive(Clone, Copy, Debug, Default)]
pub struct Level {
    samples: u64,
    squares: f64,
    peak: u16,
    clipped: u64,
}

impl Level {
    /// The level of some samples.
    pub fn of(pcm: &[i16]) -> Self {
        let mut level = Self::default();
        level.add(pcm);
        level
    }

    /// Takes more samples.
    pub fn add(&mut self, pcm: &[i16]) {
        self.samples += pcm.len() as u64;
        for sample in pcm {
            let magnitude = sample.unsigned_abs();
            self.squares += f64::from(magnitude) * f64::from(magnitude);
            self.peak = self.peak.max(magnitude);
            self.clipped += u64::from(magnitude >= CLIPPED);
        }
    }

    /// Mean power, dB below full scale: at most 0, at least [`SILENCE_DBFS`].
    pub fn dbfs(&self) -> f32 {
        let mean = self.squares / self.samples.max(1) as f64;
        let full = f64::from(i16::MAX);
        (10.0 * (mean / (full * full)).log10()).clamp(f64::from(SILENCE_DBFS), 0.0) as f32
    }

    /// The largest magnitude, 0..=1.
    pub fn peak(&self) -> f32 {
        f32::from(self.peak.min(i16::MAX as u16)) / f32::from(i16::MAX)
    }

    /// Share of samples at the very top, 0..=1. More than one in a thousand is heard as distortion.
    pub fn clipped(&self) -> f32 {
        self.clipped as f32 / self.samples.max(1) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_of_half_scale_is_six_decibels_below_full() {
        let half: Vec<i16> = (0..1_000).map(|at| if at % 2 == 0 { 16_384 } else { -16_384 }).collect();
        let level = Level::of(&half);
        assert!((level.dbfs() + 6.02).abs() < 0.01, "{}", level.dbfs());
        assert_eq!(level.clipped(), 0.0);
        assert_eq!(Level::of(&[0; 320]).dbfs(), SILENCE_DBFS);
        assert_eq!(Level::of(&[]).dbfs(), SILENCE_DBFS);
        assert_eq!(Level::of(&[i16::MIN, 0]).clipped(), 0.5);
        assert_eq!(Level::of(&[i16::MIN]).peak(), 1.0);
    }
}
