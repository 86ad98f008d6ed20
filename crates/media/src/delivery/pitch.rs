//! The pitch of a voice, by YIN (de Cheveigné and Kawahara 2002).

/// The rate that pitch is looked for at: half of what is heard, which is enough for a fundamental.
const RATE: f32 = 8_000.0;
/// Samples between two looks: 10 ms.
const HOP: usize = 80;
/// Samples that are compared: 32 ms, two periods of the lowest voice.
const WINDOW: usize = 256;
/// Periods that are looked for, samples: 500 Hz down to 60 Hz.
const SHORTEST: usize = 16;
const LONGEST: usize = 133;
/// A dip below this is a period; the first one is taken.
const CLEAR: f32 = 0.2;
/// Without a clear dip the deepest counts up to here; above, there is no pitch.
const VAGUE: f32 = 0.35;
/// Mean power below which no pitch is looked for: -60 dB of full scale, as a square of samples.
const QUIET: f32 = 1_000.0;

/// Follows the pitch of one speaker. One look each 10 ms of sound at 16 kHz; about 2 ms of a core for each second.
#[derive(Default)]
pub struct PitchTracker {
    samples: Vec<f32>,
    odd: Option<i16>,
}

impl PitchTracker {
    /// Takes samples at 16 kHz. Appends to `out` a pitch in Hz (60..=500) for each 10 ms, `None` where there is none.
    pub fn hear(&mut self, pcm: &[i16], out: &mut Vec<Option<f32>>) {
        let mut pcm = pcm.iter();
        // Two samples make one: above 4 kHz there is nothing of the fundamental.
        while let Some(first) = self.odd.take().or_else(|| pcm.next().copied()) {
            match pcm.next() {
                Some(second) => self.samples.push((f32::from(first) + f32::from(*second)) / 2.0),
                None => {
                    self.odd = Some(first);
                    break;
                }
            }
        }
        let mut at = 0;
        while self.samples.len() - at > WINDOW + LONGEST {
            out.push(look(&self.samples[at..at + WINDOW + LONGEST + 1]));
            at += HOP;
        }
        self.samples.drain(..at);
    }

    /// Forgets what was before: the sound goes on somewhere else.
    pub fn reset(&mut self) {
        self.samples.clear();
        self.odd = None;
    }
}

fn look(samples: &[f32]) -> Option<f32> {
    let window = &samples[..WINDOW];
    let power = window.iter().map(|sample| sample * sample).sum::<f32>() / WINDOW as f32;
    if power < QUIET {
        return None;
    }
    // The difference of the sound and itself, later, against its mean over all shorter times.
    let mut normal = [1.0_f32; LONGEST + 2];
    let mut sum = 0.0;
    for lag in 1..=LONGEST + 1 {
        let later = &samples[lag..lag + WINDOW];
        let difference: f32 =
            window.iter().zip(later).map(|(now, later)| (now - later) * (now - later)).sum();
        sum += difference;
        normal[lag] = if sum > 0.0 { difference * lag as f32 / sum } else { 1.0 };
    }
    let is_dip = |lag: &usize| normal[*lag] <= normal[lag - 1] && normal[*lag] <= normal[lag + 1];
    let clear = (SHORTEST..=LONGEST).find(|lag| normal[*lag] < CLEAR && is_dip(lag));
    let deepest = || (SHORTEST..=LONGEST).filter(is_dip).min_by(|a, b| normal[*a].total_cmp(&normal[*b]));
    let lag = clear.or_else(deepest).filter(|lag| normal[*lag] < VAGUE)?;
    // The true bottom lies between samples.
    let (before, bottom, after) = (normal[lag - 1], normal[lag], normal[lag + 1]);
    let bend = before - 2.0 * bottom + after;
    let shift = if bend > f32::EPSILON { (before - after) / (2.0 * bend) } else { 0.0 };
    Some(RATE / (lag as f32 + shift.clamp(-0.5, 0.5)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn voice(hz: f32) -> Vec<i16> {
        let step = hz * std::f32::consts::TAU / 16_000.0;
        let sound = |at: i32| {
            let phase = at as f32 * step;
            phase.sin() * 4_000.0 + (phase * 2.0).sin() * 3_000.0 + (phase * 3.0).sin() * 2_500.0
        };
        (0..8_000).map(|at| sound(at) as i16).collect()
    }

    #[test]
    fn the_pitch_of_a_voice_is_found_within_one_in_a_hundred() {
        for hz in [70.0, 94.0, 130.0, 220.0, 310.0, 450.0] {
            let mut found = Vec::new();
            // Pieces of any length are the same sound.
            let mut tracker = PitchTracker::default();
            for piece in voice(hz).chunks(333) {
                tracker.hear(piece, &mut found);
            }
            assert_eq!(found.len(), (4_000 - WINDOW - LONGEST - 1) / HOP + 1);
            for pitch in found {
                let pitch = pitch.expect("a pitch");
                assert!((pitch / hz - 1.0).abs() < 0.01, "{pitch} for {hz}");
            }
        }
    }

    #[test]
    fn noise_and_silence_have_none() {
        let mut seed = 3_u32;
        let noise: Vec<i16> = (0..16_000)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (seed >> 18) as i16
            })
            .collect();
        for pcm in [noise, vec![0; 16_000], vec![5_000; 16_000]] {
            let mut found = Vec::new();
            PitchTracker::default().hear(&pcm, &mut found);
            let some = found.iter().flatten().count();
            assert!(some * 20 < found.len(), "{some} of {}", found.len());
        }
    }
}
