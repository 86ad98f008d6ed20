//! From one rate to another, piece by piece.

use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler as _};

/// Rates outside 8..=192 kHz, or a pair that shares no useful divisor.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("sound of {from} samples a second cannot be brought to {to}")]
pub struct UnusableRate {
    /// What there is.
    pub from: u32,
    /// What is wanted.
    pub to: u32,
}

/// Brings a stream of mono samples to another rate. The sound comes out about 10 ms later than it went in; that delay
/// is cut off at the beginning, so that positions stay.
pub struct Resampler {
    inner: Option<Fft<f32>>,
    waiting: Vec<f32>,
    /// Samples still to be cut off the beginning.
    delay: usize,
    taken: u64,
    given: u64,
    from: u32,
    to: u32,
}

impl Resampler {
    /// From `from` to `to` samples a second. Equal rates pass through untouched.
    ///
    /// # Errors
    /// A rate that nobody records or plays.
    pub fn new(from: u32, to: u32) -> Result<Self, UnusableRate> {
        let unusable = || UnusableRate { from, to };
        if [from, to].iter().any(|rate| !(8_000..=192_000).contains(rate)) {
            return Err(unusable());
        }
        let inner = match from == to {
            true => None,
            false => Some(
                Fft::<f32>::new(from as usize, to as usize, from as usize / 100, 1, FixedSync::Input)
                    .map_err(|_| unusable())?,
            ),
        };
        let delay = inner.as_ref().map_or(0, |inner| inner.output_delay());
        Ok(Self { inner, waiting: Vec::new(), delay, taken: 0, given: 0, from, to })
    }

    /// Takes samples, appends what is ready to `out`.
    pub fn push(&mut self, pcm: &[i16], out: &mut Vec<i16>) {
        self.taken += pcm.len() as u64;
        if self.inner.is_none() {
            out.extend_from_slice(pcm);
            return;
        }
        self.waiting.extend(pcm.iter().map(|sample| f32::from(*sample)));
        self.drain(out);
    }

    /// Gives what is left, so that as much comes out as went in. The stream begins anew after it.
    pub fn finish(&mut self, out: &mut Vec<i16>) {
        let due = self.taken * u64::from(self.to) / u64::from(self.from);
        while self.inner.is_some() && self.given < due {
            let needed = self.inner.as_ref().map_or(0, |inner| inner.input_frames_next());
            self.waiting.resize(needed.max(self.waiting.len()), 0.0);
            let before = out.len();
            self.drain(out);
            out.truncate(out.len() - (self.given.saturating_sub(due) as usize).min(out.len() - before));
        }
        self.waiting.clear();
        (self.taken, self.given) = (0, 0);
        if let Some(inner) = &mut self.inner {
            inner.reset();
            self.delay = inner.output_delay();
        }
    }

    fn drain(&mut self, out: &mut Vec<i16>) {
        let Some(inner) = &mut self.inner else { return };
        let mut at = 0;
        while self.waiting.len() - at >= inner.input_frames_next() {
            let needed = inner.input_frames_next();
            let input = InterleavedSlice::new(&self.waiting[at..at + needed], 1, needed)
                .expect("the slice is as long as it is said to be");
            let made = inner.process(&input, None).expect("a whole chunk of one channel is what it asks for");
            at += needed;
            let made = made.take_data();
            let cut = self.delay.min(made.len());
            self.delay -= cut;
            self.given += (made.len() - cut) as u64;
            out.extend(
                made[cut..]
                    .iter()
                    .map(|sample| sample.round().clamp(f32::from(i16::MIN), f32::from(i16::MAX)) as i16),
            );
        }
        self.waiting.drain(..at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(rate: u32, ms: u32) -> Vec<i16> {
        (0..rate * ms / 1_000)
            .map(|at| ((at as f32 * 440.0 * std::f32::consts::TAU / rate as f32).sin() * 8_000.0) as i16)
            .collect()
    }

    #[test]
    fn a_tone_keeps_its_pitch_its_length_and_its_place() {
        for (from, to) in
            [(22_050, 24_000), (48_000, 16_000), (44_100, 16_000), (16_000, 48_000), (16_000, 16_000)]
        {
            let mut resampler = Resampler::new(from, to).expect("usable rates");
            // The same object twice: what one stream leaves must not be heard in the next.
            for _ in 0..2 {
                let mut made = Vec::new();
                for piece in tone(from, 500).chunks(777) {
                    resampler.push(piece, &mut made);
                }
                resampler.finish(&mut made);
                let wanted = tone(to, 500);
                assert_eq!(made.len(), wanted.len(), "{from} to {to}");
                let middle = wanted.len() / 4..wanted.len() * 3 / 4;
                let worst = middle.map(|at| (made[at] - wanted[at]).abs()).max().unwrap_or_default();
                // A fifth of a sample aside at most: the delay is cut off in whole ones.
                assert!(worst < 300, "{from} to {to}: {worst}");
            }
        }
        assert_eq!(Resampler::new(0, 16_000).err(), Some(UnusableRate { from: 0, to: 16_000 }));
    }
}
