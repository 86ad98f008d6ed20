//! Sounds that are no scripted samples: voices by espeak-ng, noise, hum, music, and ears that find words where they were
//! put.

use async_trait::async_trait;
use greenroom_domain::interview::SpokenWord;
use greenroom_live::voice::{Ears, EngineLost, Understood, read_wav};
use std::collections::HashMap;
use std::f32::consts::TAU;
use std::process::Command;
use std::sync::{Arc, Mutex};

/// Samples by which a place in a clip is known again.
const MARK: usize = 24;
/// How far apart the places are, samples. Frames of the line (320) and looks of the detector (256) both begin at one.
const STEP: usize = 64;

/// A sentence by espeak-ng, mono at 16 kHz. Made beside the runtime: its clock must not run on meanwhile.
pub fn voice(language: &str, text: &str) -> Vec<i16> {
    let said = Command::new("espeak-ng").args(["-v", language, "-s", "170", "--stdout", text]).output();
    let said = said.expect("espeak-ng is installed");
    // In a pipe it cannot know the length, and writes a wrong one.
    read_wav(&said.stdout).expect("a WAV file")
}

/// Made-up noise, the same each time.
pub struct Noise(u32);

impl Noise {
    pub fn new(seed: u32) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as f32 / (1 << 23) as f32 - 1.0
    }

    /// Hiss.
    pub fn white(&mut self, ms: usize, level: f32) -> Vec<i16> {
        (0..ms * 16).map(|_| (self.next() * level) as i16).collect()
    }

    /// A fan: rumble.
    pub fn fan(&mut self, ms: usize, level: f32) -> Vec<i16> {
        let mut low = 0.0;
        let step = |low: &mut f32, next: f32| {
            *low = *low * 0.995 + next * 0.1;
            *low
        };
        (0..ms * 16)
            .map(|_| (step(&mut low, self.next()) * level).clamp(-32_000.0, 32_000.0) as i16)
            .collect()
    }

    /// Chords of three notes, two seconds each, with a melody over them.
    pub fn music(&mut self, ms: usize, level: f32) -> Vec<i16> {
        let scale = [261.6, 293.7, 329.6, 349.2, 392.0, 440.0, 493.9];
        let mut pick = || scale[(self.next().abs() * 6.99) as usize];
        let mut sound = Vec::with_capacity(ms * 16);
        while sound.len() < ms * 16 {
            let (root, tune) = (pick() / 2.0, [pick(), pick(), pick(), pick()]);
            for at in 0..32_000_usize {
                let t = at as f32 / 16_000.0;
                let note = |hz: f32, age: f32| {
                    let partials = (1..6).map(|n| (t * hz * n as f32 * TAU).sin() / n as f32);
                    partials.sum::<f32>() * (-age * 1.2).exp()
                };
                let chord: f32 = [1.0, 1.26, 1.5].iter().map(|third| note(root * third, t)).sum();
                sound.push(((chord * 0.5 + note(tune[at / 8_000], t % 0.5)) * level) as i16);
            }
        }
        sound.truncate(ms * 16);
        sound
    }
}

/// Two sounds at once; the first says how long.
pub fn mixed(one: &[i16], other: &[i16]) -> Vec<i16> {
    one.iter().zip(other.iter().cycle()).map(|(a, b)| a.saturating_add(*b)).collect()
}

/// So much louder that most of it is at the top of the scale.
pub fn clipped(sound: &[i16]) -> Vec<i16> {
    sound.iter().map(|sample| sample.saturating_mul(20)).collect()
}

/// Power of a sound.
pub fn power(sound: &[i16]) -> f32 {
    sound.iter().map(|sample| f32::from(*sample).powi(2)).sum::<f32>() / sound.len().max(1) as f32
}

/// Ears that know every clip that will be said, and find as many of its words as there is of it in the sound. Nothing
/// else has words for them.
#[derive(Default)]
pub struct KnowingEars {
    clips: Mutex<Clips>,
}

#[derive(Default)]
struct Clips {
    words: Vec<Vec<String>>,
    marks: HashMap<[i16; MARK], (usize, usize)>,
    lengths: Vec<usize>,
}

impl KnowingEars {
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// This will be said, as it comes over the line.
    pub fn expect(&self, text: &str, clip: &[i16]) {
        let mut clips = self.clips.lock().expect("nobody panics with it");
        let index = clips.words.len();
        clips.words.push(text.split(' ').map(str::to_owned).collect());
        // The ends of a clip are silent: where its words are is between the first and the last sound.
        let loud = |sample: &i16| sample.unsigned_abs() > 400;
        let first = clip.iter().position(loud).unwrap_or_default() / STEP * STEP;
        let last = clip.iter().rposition(loud).unwrap_or(clip.len());
        clips.lengths.push(last.saturating_sub(first).max(1));
        for at in (first..last.saturating_sub(MARK)).step_by(STEP) {
            if let Ok(mark) = <[i16; MARK]>::try_from(&clip[at..at + MARK])
                && mark.iter().any(loud)
            {
                clips.marks.entry(mark).or_insert((index, at - first));
            }
        }
    }
}

#[async_trait]
impl Ears for KnowingEars {
    async fn words(&self, sound: Vec<i16>) -> Result<Understood, EngineLost> {
        tokio::time::sleep(std::time::Duration::from_millis(120)).await;
        let clips = self.clips.lock().expect("nobody panics with it");
        let mut found: Vec<SpokenWord> = Vec::new();
        for at in (0..sound.len().saturating_sub(MARK)).step_by(STEP) {
            let Ok(mark) = <[i16; MARK]>::try_from(&sound[at..at + MARK]) else { continue };
            let Some((clip, place)) = clips.marks.get(&mark) else { continue };
            let words = &clips.words[*clip];
            let word = &words[(place * words.len() / clips.lengths[*clip]).min(words.len() - 1)];
            let at_ms = at as u64 / 16;
            match found.last_mut() {
                Some(last) if last.text == *word && at_ms < last.to_ms + 500 => last.to_ms = at_ms,
                _ => found.push(SpokenWord { text: word.clone(), from_ms: at_ms, to_ms: at_ms }),
            }
        }
        let text = found.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        Ok(Understood { text, words: found, engine: "knowing-ears".to_owned(), voices: Vec::new() })
    }
}
