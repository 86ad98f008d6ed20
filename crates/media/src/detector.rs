//! Whether somebody speaks.

mod steady;

use crate::audio::{HEARD_FRAME, Level};
use steady::Steadiness;

/// Samples that the detector looks at together: 16 ms at 16 kHz.
const LOOK: usize = 256;
/// What is quieter than this is no voice, whatever its shape: the detector was taught with speech, and takes the
/// residue of a noise suppressor for it now and then.
const FLOOR_DBFS: f32 = -65.0;

/// What 16 ms were taken for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Voice {
    /// How sure the detector is that it was a voice, 0..=1.
    pub probability: f32,
    /// Whether it counts as one.
    pub is_voice: bool,
}

/// Tells voice from the rest in 20 ms frames at 16 kHz. One for each speaker: it remembers what was before.
///
/// A single beep of 60 ms may count as a voice; who listens asks for a longer run. What stays as loud as it is for 1.5 s
/// (hum, a fan, an engine) is no voice, whatever its shape. Music and other people's voices may count as one.
pub struct Detector {
    inner: Box<earshot::Detector>,
    steadiness: Steadiness,
    waiting: [i16; LOOK],
    filled: usize,
    threshold: f32,
}

impl Default for Detector {
    fn default() -> Self {
        Self::new(0.5)
    }
}

impl Detector {
    /// A voice is what the detector is at least `threshold` sure of, 0..=1. The field uses 0.5.
    pub fn new(threshold: f32) -> Self {
        Self {
            inner: Box::default(),
            steadiness: Steadiness::default(),
            waiting: [0; LOOK],
            filled: 0,
            threshold,
        }
    }

    /// Takes a frame of 20 ms, and says of each 16 ms that have become whole what they are: one or two.
    pub fn hear(&mut self, pcm: &[i16; HEARD_FRAME]) -> impl Iterator<Item = Voice> {
        let mut looks = [None; 2];
        let mut rest = &pcm[..];
        for look in &mut looks {
            let taken = rest.len().min(LOOK - self.filled);
            self.waiting[self.filled..self.filled + taken].copy_from_slice(&rest[..taken]);
            self.filled += taken;
            rest = &rest[taken..];
            if self.filled == LOOK {
                self.filled = 0;
                *look = Some(self.look());
            }
        }
        looks.into_iter().flatten()
    }

    /// Forgets what was before: the microphone was changed, or long silence passed.
    pub fn reset(&mut self) {
        self.inner.reset();
        self.steadiness.reset();
        self.filled = 0;
    }

    fn look(&mut self) -> Voice {
        let probability = self.inner.predict_i16(&self.waiting).clamp(0.0, 1.0);
        let is_loud = Level::of(&self.waiting).dbfs() > FLOOR_DBFS;
        let is_steady = self.steadiness.is_steady(&self.waiting);
        Voice { probability, is_voice: is_loud && !is_steady && probability >= self.threshold }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sixteen_milliseconds_are_looked_at_once() {
        let mut detector = Detector::default();
        let looks: usize = (0..40).map(|_| detector.hear(&[0; HEARD_FRAME]).count()).sum();
        assert_eq!(looks, 40 * HEARD_FRAME / LOOK);
    }

    /// Share of looks that count as a voice once the sound is 1.5 s old.
    fn voiced(sound: impl Fn(f32) -> f32) -> f32 {
        let (mut detector, mut looks, mut voices) = (Detector::default(), 0, 0);
        for frame in 0..500_usize {
            let pcm = std::array::from_fn(|at| sound((frame * HEARD_FRAME + at) as f32 / 16_000.0) as i16);
            for voice in detector.hear(&pcm).filter(|_| frame >= 80) {
                looks += 1;
                voices += u32::from(voice.is_voice);
            }
        }
        voices as f32 / looks as f32
    }

    #[test]
    fn hum_that_stays_is_no_voice() {
        let tone = |t: f32, hz: f32| (t * hz * std::f32::consts::TAU).sin();
        let hum = |t: f32| 1_200.0 * (tone(t, 50.0) + tone(t, 100.0) + tone(t, 150.0) + tone(t, 300.0));
        let alone = voiced(hum);
        assert!(alone < 0.01, "{alone}: without a look at how steady it is all of it counts");
        // The same, rising and falling as syllables do, is left to the detector.
        let alive = voiced(|t| hum(t) * tone(t, 2.0).max(0.05));
        assert!(alive > 0.2, "{alive}");
    }

    #[test]
    fn silence_and_hiss_are_no_voice() {
        let mut detector = Detector::default();
        let mut seed = 1_u32;
        for frame in 0..250 {
            let pcm = std::array::from_fn(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let hiss = (seed >> 16) as i16;
                if frame < 100 { 0 } else { hiss / 256 }
            });
            let voices = detector.hear(&pcm).filter(|voice| voice.is_voice).count();
            assert_eq!(voices, 0, "frame {frame}");
        }
    }
}
