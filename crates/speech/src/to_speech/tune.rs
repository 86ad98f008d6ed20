//! From what engines send to sound as links carry it: headers off, one channel, 24 000 samples a second, no silence in
//! front.

use crate::Pcm24k;
use greenroom_upstream::Fault;
use rubato::audioadapter_buffers::direct::InterleavedSlice;
use rubato::{Fft, FixedSync, Resampler};

const RATE: u32 = 24_000;
/// Amplitude under which sound in front is silence.
const SILENCE: i16 = 40;
/// What is left of the silence in front, samples: 5 ms, so that the first sound is not cut into.
const LEAD: usize = 120;
/// Longest header that is looked at, bytes.
const LONGEST_HEADER: usize = 64 << 10;

/// What comes from an engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coming {
    /// Samples of one channel, 16 bit little-endian, so many a second.
    Raw(u32),
    /// A WAV file.
    Wav,
    /// A WAV file, if it begins like one, else raw samples, so many a second.
    Sniffed(u32),
}

/// Takes bytes in pieces of any size and gives sound.
pub(crate) struct Tune {
    coming: Coming,
    header: Vec<u8>,
    carry: Vec<u8>,
    form: Option<Form>,
    resampler: Option<To24k>,
    /// How many bytes of sound a WAV file has left; `None` where it does not know, as when it is written as it is made.
    left: Option<usize>,
    has_begun: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Form {
    rate: u32,
    channels: usize,
}

impl Tune {
    pub fn new(coming: Coming) -> Self {
        Self {
            coming,
            header: Vec::new(),
            carry: Vec::new(),
            form: None,
            resampler: None,
            left: None,
            has_begun: false,
        }
    }

    /// The sound that `bytes` bring; it may be empty.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Pcm24k, Fault> {
        if self.form.is_some() {
            return self.sound(bytes);
        }
        self.header.extend_from_slice(bytes);
        let Some((form, at, left)) = self.begin()? else { return Ok(Pcm24k::default()) };
        self.resampler = (form.rate != RATE).then(|| To24k::new(form.rate)).transpose()?;
        (self.form, self.left) = (Some(form), left);
        let rest = self.header.split_off(at);
        self.header = Vec::new();
        self.sound(&rest)
    }

    /// What was held back.
    pub fn finish(&mut self) -> Result<Pcm24k, Fault> {
        let Some(resampler) = &mut self.resampler else { return Ok(Pcm24k::default()) };
        let rest = resampler.finish()?;
        Ok(self.without_lead(rest))
    }

    /// The form of the sound and where it begins; `None` while that cannot be said.
    fn begin(&self) -> Result<Option<(Form, usize, Option<usize>)>, Fault> {
        let raw = |rate| Some((Form { rate, channels: 1 }, 0, None));
        match self.coming {
            Coming::Raw(rate) => Ok(raw(rate)),
            Coming::Sniffed(rate) if !b"RIFF".starts_with(&self.header[..self.header.len().min(4)]) => {
                Ok(raw(rate))
            }
            Coming::Sniffed(_) | Coming::Wav => read_wav(&self.header),
        }
    }

    fn sound(&mut self, bytes: &[u8]) -> Result<Pcm24k, Fault> {
        let Some(form) = self.form else { return Ok(Pcm24k::default()) };
        let bytes = match &mut self.left {
            Some(left) => {
                let taken = &bytes[..bytes.len().min(*left)];
                *left -= taken.len();
                taken
            }
            None => bytes,
        };
        self.carry.extend_from_slice(bytes);
        let frame = form.channels * 2;
        let whole = self.carry.len() / frame * frame;
        let rest = self.carry.split_off(whole);
        let taken = std::mem::replace(&mut self.carry, rest);
        let one_channel = |frame: &[u8]| {
            let sum: i32 =
                frame.as_chunks::<2>().0.iter().map(|pair| i32::from(i16::from_le_bytes(*pair))).sum();
            // The mean of 16 bit numbers fits into 16 bits.
            (sum / form.channels as i32) as i16
        };
        let samples: Vec<i16> = taken.chunks_exact(frame).map(one_channel).collect();
        let samples = match &mut self.resampler {
            Some(resampler) => resampler.push(&samples)?,
            None => samples,
        };
        Ok(self.without_lead(samples))
    }

    fn without_lead(&mut self, samples: Vec<i16>) -> Pcm24k {
        if self.has_begun {
            return Pcm24k::new(samples);
        }
        let Some(first) = samples.iter().position(|sample| sample.saturating_abs() >= SILENCE) else {
            return Pcm24k::default();
        };
        self.has_begun = true;
        Pcm24k::new(&samples[first.saturating_sub(LEAD)..])
    }
}

/// Reads a header that may be incomplete.
fn read_wav(bytes: &[u8]) -> Result<Option<(Form, usize, Option<usize>)>, Fault> {
    let no_wav = || Fault::malformed("the sound is neither a WAV file nor what was asked for");
    if bytes.len() < 12 {
        return Ok(None);
    }
    if &bytes[..4] != b"RIFF" || &bytes[8..12] != b"WAVE" {
        return Err(no_wav());
    }
    let u32_at = |at: usize| {
        bytes.get(at..at + 4).map(|four| u32::from_le_bytes(four.try_into().expect("four bytes")))
    };
    let u16_at =
        |at: usize| bytes.get(at..at + 2).map(|two| u16::from_le_bytes(two.try_into().expect("two bytes")));
    let (mut at, mut form) = (12, None);
    while at < LONGEST_HEADER {
        let (Some(name), Some(size)) = (bytes.get(at..at + 4), u32_at(at + 4)) else { return Ok(None) };
        let begin = at + 8;
        match name {
            b"fmt " => {
                let fields = (u16_at(begin), u16_at(begin + 2), u32_at(begin + 4), u16_at(begin + 14));
                let (Some(kind), Some(channels), Some(rate), Some(bits)) = fields else { return Ok(None) };
                let is_pcm = matches!(kind, 1 | 0xFFFE) && bits == 16;
                if !is_pcm || !(1..=8).contains(&channels) || !(8_000..=192_000).contains(&rate) {
                    return Err(Fault::malformed("the WAV file is not 16 bit PCM"));
                }
                form = Some(Form { rate, channels: channels.into() });
            }
            b"data" => {
                let form = form.ok_or_else(no_wav)?;
                // Whoever writes while speaking puts 0 or the largest number here.
                let is_known = size != 0 && size < 0x7FFF_F000;
                return Ok(Some((form, begin, is_known.then_some(size as usize))));
            }
            _ => {}
        }
        at = begin + (size as usize).saturating_add(1) / 2 * 2;
    }
    Err(no_wav())
}

/// Another number of samples a second.
pub(crate) struct To24k {
    fft: Fft<f32>,
    waiting: Vec<f32>,
    /// Samples in front that are the resampler's own delay.
    delay: usize,
    taken: u64,
    given: u64,
    ratio: f64,
}

impl To24k {
    /// From so many samples a second.
    pub fn new(rate: u32) -> Result<Self, Fault> {
        // 20 ms at a time.
        let fft = Fft::new(rate as usize, RATE as usize, (rate / 50) as usize, 1, FixedSync::Input)
            .map_err(|error| Fault::malformed(format!("sound at {rate} Hz cannot be used: {error}")))?;
        let (delay, ratio) = (fft.output_delay(), fft.resample_ratio());
        Ok(Self { fft, waiting: Vec::new(), delay, taken: 0, given: 0, ratio })
    }

    /// What these samples become; some are held back.
    pub fn push(&mut self, samples: &[i16]) -> Result<Vec<i16>, Fault> {
        self.taken += samples.len() as u64;
        self.waiting.extend(samples.iter().map(|sample| f32::from(*sample)));
        let mut out = Vec::new();
        loop {
            let needed = self.fft.input_frames_next();
            if self.waiting.len() < needed {
                break;
            }
            let rest = self.waiting.split_off(needed);
            let chunk = std::mem::replace(&mut self.waiting, rest);
            let flawed =
                |error: &dyn std::fmt::Display| Fault::malformed(format!("resampling failed: {error}"));
            let chunk = InterleavedSlice::new(&chunk, 1, needed).map_err(|error| flawed(&error))?;
            let made = self.fft.process(&chunk, None).map_err(|error| flawed(&error))?.take_data();
            let skipped = self.delay.min(made.len());
            self.delay -= skipped;
            // A cast of a float to an integer stays within its bounds.
            out.extend(made[skipped..].iter().map(|sample| sample.round() as i16));
        }
        self.given += out.len() as u64;
        Ok(out)
    }

    fn finish(&mut self) -> Result<Vec<i16>, Fault> {
        let due = (self.taken as f64 * self.ratio).round() as u64;
        let mut out = Vec::new();
        while self.given < due {
            let silence = vec![0; self.fft.input_frames_next()];
            let (taken, left) = (self.taken, due - self.given);
            let mut more = self.push(&silence)?;
            self.taken = taken;
            more.truncate(usize::try_from(left).unwrap_or(usize::MAX));
            out.extend(more);
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pcm::Pcm;

    fn tone(rate: u32, ms: u32) -> Vec<i16> {
        let wave = |at: u32| (f64::from(at) / f64::from(rate) * 440.0 * std::f64::consts::TAU).sin() * 9000.0;
        (0..rate * ms / 1000).map(|at| wave(at) as i16).collect()
    }

    fn play(mut tune: Tune, bytes: &[u8], step: usize) -> Vec<i16> {
        let mut out = Vec::new();
        for piece in bytes.chunks(step) {
            out.extend_from_slice(tune.push(piece).expect("sound").samples());
        }
        out.extend_from_slice(tune.finish().expect("sound").samples());
        out
    }

    /// How often the wave goes up through zero in a second.
    fn pitch(samples: &[i16]) -> f64 {
        let ups = samples.windows(2).filter(|pair| pair[0] < 0 && pair[1] >= 0).count();
        ups as f64 / (samples.len() as f64 / f64::from(RATE))
    }

    #[test]
    fn keeps_pitch_and_length_whatever_the_rate_and_the_size_of_pieces() {
        for step in [1, 7, 333, 100_000] {
            let file = Pcm::<22_050>::new(tone(22_050, 1000)).wav();
            let out = play(Tune::new(Coming::Wav), &file, step);
            assert!((23_700..=24_010).contains(&out.len()), "{} samples in steps of {step}", out.len());
            assert!((pitch(&out) - 440.0).abs() < 5.0, "{}", pitch(&out));
        }
        let bytes = Pcm::<16_000>::new(tone(16_000, 1000)).le_bytes();
        let out = play(Tune::new(Coming::Raw(16_000)), &bytes, 999);
        assert!((pitch(&out) - 440.0).abs() < 5.0, "{}", pitch(&out));
    }

    #[test]
    fn what_is_24_000_already_is_passed_on_as_it_is() {
        let sound = Pcm24k::new(tone(24_000, 100));
        let out = play(Tune::new(Coming::Sniffed(24_000)), &sound.le_bytes(), 5);
        assert_eq!(out[..], sound.samples()[sound.samples().len() - out.len()..]);
        assert!(out.len() > 2390);
    }

    #[test]
    fn silence_in_front_is_cut_and_silence_within_is_kept() {
        let samples = [vec![0; 12_000], tone(24_000, 100), vec![0; 2400], tone(24_000, 100)].concat();
        let out = play(Tune::new(Coming::Raw(24_000)), &Pcm24k::new(samples).le_bytes(), 640);
        assert!((7100..=7340).contains(&out.len()), "{}", out.len());
    }

    #[test]
    fn two_channels_become_one_and_a_file_of_unknown_length_is_read_to_its_end() {
        let mut file = Pcm::<24_000>::new(tone(24_000, 200)).wav();
        file[22..24].copy_from_slice(&2_u16.to_le_bytes());
        file[40..44].copy_from_slice(&u32::MAX.to_le_bytes());
        let out = play(Tune::new(Coming::Sniffed(16_000)), &file, 100);
        assert!((2300..=2400).contains(&out.len()), "{}", out.len());
    }

    #[test]
    fn what_follows_the_sound_of_a_file_is_no_sound() {
        let mut file = Pcm::<24_000>::new(tone(24_000, 100)).wav();
        let without = play(Tune::new(Coming::Wav), &file, 64);
        file.extend([0x55; 4000]);
        assert_eq!(play(Tune::new(Coming::Wav), &file, 64), without);
    }

    #[test]
    fn what_is_no_sound_is_refused() {
        let refused = |bytes: &[u8]| Tune::new(Coming::Wav).push(bytes).expect_err("no sound");
        refused(b"<!doctype html><p>Sign in");
        refused(b"RIFF\0\0\0\0AVI LIST");
        let mut float = Pcm::<24_000>::new(tone(24_000, 10)).wav();
        float[20] = 3;
        refused(&float);
    }
}
