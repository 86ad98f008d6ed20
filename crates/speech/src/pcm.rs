//! Sound as numbers.

use std::sync::Arc;
use std::time::Duration;

/// Sound: mono, 16 bit signed, `RATE` samples a second. A clone shares the samples.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Pcm<const RATE: u32> {
    samples: Arc<[i16]>,
}

/// What is heard: 16 000 samples a second, as recognisers want it.
pub type Pcm16k = Pcm<16_000>;
/// What is said: 24 000 samples a second, as voices give it and links carry it.
pub type Pcm24k = Pcm<24_000>;

impl<const RATE: u32> Pcm<RATE> {
    /// These samples.
    pub fn new(samples: impl Into<Arc<[i16]>>) -> Self {
        Self { samples: samples.into() }
    }

    /// Little-endian samples; an odd byte at the end is left out.
    pub fn from_le_bytes(bytes: &[u8]) -> Self {
        Self::new(bytes.as_chunks::<2>().0.iter().map(|pair| i16::from_le_bytes(*pair)).collect::<Vec<_>>())
    }

    /// The samples.
    pub fn samples(&self) -> &[i16] {
        &self.samples
    }

    /// Whether there is no sample.
    pub fn is_empty(&self) -> bool {
        self.samples.is_empty()
    }

    /// How long it sounds.
    pub fn duration(&self) -> Duration {
        Duration::from_micros(self.samples.len() as u64 * 1_000_000 / u64::from(RATE))
    }

    /// How long it sounds, whole milliseconds.
    pub fn ms(&self) -> u32 {
        u32::try_from(self.duration().as_millis()).unwrap_or(u32::MAX)
    }

    /// The samples as bytes, little-endian.
    pub fn le_bytes(&self) -> Vec<u8> {
        self.samples.iter().flat_map(|sample| sample.to_le_bytes()).collect()
    }

    /// A WAV file of it.
    pub fn wav(&self) -> Vec<u8> {
        let sound = self.le_bytes();
        let length = u32::try_from(sound.len()).unwrap_or(u32::MAX);
        let mut file = Vec::with_capacity(44 + sound.len());
        file.extend(b"RIFF");
        file.extend(length.saturating_add(36).to_le_bytes());
        file.extend(b"WAVEfmt ");
        file.extend(16_u32.to_le_bytes());
        for half in [1_u16, 1] {
            file.extend(half.to_le_bytes());
        }
        file.extend(RATE.to_le_bytes());
        file.extend((RATE * 2).to_le_bytes());
        for half in [2_u16, 16] {
            file.extend(half.to_le_bytes());
        }
        file.extend(b"data");
        file.extend(length.to_le_bytes());
        file.extend(sound);
        file
    }
}

impl<const RATE: u32> std::fmt::Debug for Pcm<RATE> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ms at {RATE} Hz", self.ms())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_how_long_it_sounds() {
        assert_eq!(Pcm16k::new(vec![0; 320]).ms(), 20);
        assert_eq!(Pcm24k::new(vec![0; 36_000]).duration(), Duration::from_millis(1500));
    }

    #[test]
    fn bytes_and_samples_are_the_same_sound() {
        let sound = Pcm16k::new(vec![1, -2, i16::MIN, i16::MAX]);
        assert_eq!(Pcm16k::from_le_bytes(&sound.le_bytes()), sound);
        let odd = [sound.le_bytes(), vec![7]].concat();
        assert_eq!(Pcm16k::from_le_bytes(&odd), sound);
    }
}
