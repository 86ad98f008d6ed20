//! Whether a sound goes on as it is. Speech rises and falls with its syllables; fans, engines and hum do not.

use std::collections::VecDeque;
use std::f32::consts::TAU;

use crate::audio::{HEARD_RATE, Level, SILENCE_DBFS};

/// How long is looked back, in looks of the detector: 1.5 s.
const BACK: usize = 94;
/// Between the loudest and the quietest tenth of that time speech lies further apart, dB, also with noise as loud as
/// itself around it.
const SPREAD_DB: f32 = 6.0;
/// Where the vowels are, Hz. Below rumbles the room; above it noise would fill the gaps between syllables.
const BAND_HZ: (f32, f32) = (150.0, 1_000.0);

/// Watches how loud the band of the vowels is.
pub(crate) struct Steadiness {
    band: Band,
    levels: VecDeque<f32>,
}

impl Default for Steadiness {
    fn default() -> Self {
        Self { band: Band::new(), levels: VecDeque::with_capacity(BACK) }
    }
}

impl Steadiness {
    /// Takes what comes next, and says whether the sound has been steady for 1.5 s. `false` as long as it is younger.
    pub fn is_steady<const LENGTH: usize>(&mut self, pcm: &[i16; LENGTH]) -> bool {
        let band = pcm.map(|sample| self.band.pass(f32::from(sample)) as i16);
        if self.levels.len() == BACK {
            self.levels.pop_front();
        }
        self.levels.push_back(Level::of(&band).dbfs().max(SILENCE_DBFS + 26.0));
        if self.levels.len() < BACK {
            return false;
        }
        let mut levels = [0.0; BACK];
        levels.iter_mut().zip(&self.levels).for_each(|(to, from)| *to = *from);
        levels.sort_unstable_by(f32::total_cmp);
        levels[BACK * 9 / 10] - levels[BACK / 10] < SPREAD_DB
    }

    /// Begins anew.
    pub fn reset(&mut self) {
        *self = Self::default();
    }
}

/// Fourth order (Butterworth) at the lower end, two gentle steps at the upper.
struct Band {
    high: [HighPass; 2],
    low: [f32; 2],
}

impl Band {
    fn new() -> Self {
        Self { high: [0.541, 1.307].map(HighPass::new), low: [0.0; 2] }
    }

    fn pass(&mut self, sample: f32) -> f32 {
        let step = 1.0 - (-TAU * BAND_HZ.1 / HEARD_RATE as f32).exp();
        let mut sample = self.high.iter_mut().fold(sample, |sample, filter| filter.pass(sample));
        for low in &mut self.low {
            *low += (sample - *low) * step;
            sample = *low;
        }
        sample
    }
}

/// A step of second order (R. Bristow-Johnson, Audio EQ Cookbook).
struct HighPass {
    b: f32,
    a: [f32; 2],
    x: [f32; 2],
    y: [f32; 2],
}

impl HighPass {
    fn new(q: f32) -> Self {
        let (sin, cos) = (TAU * BAND_HZ.0 / HEARD_RATE as f32).sin_cos();
        let alpha = sin / (2.0 * q);
        let a0 = 1.0 + alpha;
        let (b, a) = (f32::midpoint(1.0, cos) / a0, [-2.0 * cos / a0, (1.0 - alpha) / a0]);
        Self { b, a, x: [0.0; 2], y: [0.0; 2] }
    }

    fn pass(&mut self, sample: f32) -> f32 {
        let out =
            self.b * (sample - 2.0 * self.x[0] + self.x[1]) - self.a[0] * self.y[0] - self.a[1] * self.y[1];
        self.x = [sample, self.x[0]];
        self.y = [out, self.y[0]];
        out
    }
}
