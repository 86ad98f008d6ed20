//! What is kept of the candidate's sound to measure it: a few numbers for each 20 ms, and no sound.

use super::pitch::PitchTracker;
use crate::audio::{HEARD_FRAME, Level};

/// 20 ms of the candidate as numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SoundFrame {
    /// When it was spoken, ms.
    pub at_ms: u32,
    /// How loud it was, dBFS.
    pub dbfs: f32,
    /// Pitch in Hz; 0 where there is none.
    pub pitch_hz: f32,
    /// Share of samples at the top of the scale, 0..=1.
    pub clipped: f32,
    /// Whether it was a voice.
    pub is_voice: bool,
    /// Whether it was made up for lost sound: then nothing of it counts.
    pub concealed: bool,
}

/// Turns the candidate's frames into numbers. About 3 ms of a core for each second of sound.
#[derive(Default)]
pub struct Meter {
    pitch: PitchTracker,
    looks: Vec<Option<f32>>,
    end_ms: u32,
}

impl Meter {
    /// Takes 20 ms. `is_voice` is what the detector said of them.
    pub fn hear(
        &mut self,
        at_ms: u64,
        pcm: &[i16; HEARD_FRAME],
        is_voice: bool,
        concealed: bool,
    ) -> SoundFrame {
        let at_ms = u32::try_from(at_ms).unwrap_or(u32::MAX);
        if at_ms != self.end_ms {
            self.pitch.reset();
        }
        self.end_ms = at_ms.saturating_add(20);
        self.looks.clear();
        self.pitch.hear(pcm, &mut self.looks);
        // Half of two looks that disagree by more than a third is an octave taken for another: neither is believed.
        let pitch_hz = match self.looks[..] {
            [Some(one), Some(two)] if (one / two - 1.0).abs() < 0.33 => (one + two) / 2.0,
            [Some(one)] => one,
            _ => 0.0,
        };
        let level = Level::of(pcm);
        let pitch_hz = if is_voice && !concealed { pitch_hz } else { 0.0 };
        SoundFrame { at_ms, dbfs: level.dbfs(), pitch_hz, clipped: level.clipped(), is_voice, concealed }
    }
}
