//! The numbers.

use serde::{Deserialize, Serialize};

use super::keys::{Confidence, Measure, MeasureKey, NotMeasured};
use super::moments::{Moment, moments};
use super::norms::norm;
use super::sound::SoundFrame;
use super::statistics::{interruptions, loudness_spread, middle, pitch_spread, signal_to_noise, within};

/// Voice without which nothing about it is said, s.
const LEAST_VOICE_S: f32 = 10.0;
/// Below this the room is measured instead of the voice, dB.
const LEAST_SNR_DB: f32 = 10.0;
/// Share of lost sound above which nothing is said.
const MOST_LOSS: f32 = 0.2;
/// A silence within an answer that counts, ms (Goldman-Eisler 1968).
const PAUSE_MS: u32 = 250;

/// An answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// Where it begins, ms.
    pub from_ms: u32,
    /// Where it ends, ms.
    pub to_ms: u32,
    /// When the question had been asked, ms; `None` when it was not spoken.
    pub asked_ms: Option<u32>,
    /// Words of it, from the raw text; `None` when nothing was recognised.
    pub words: Option<u32>,
    /// Fillers of it, from the raw text; `None` when the recogniser leaves them out.
    pub fillers: Option<u32>,
}

/// What else must be known to measure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Context {
    /// The language of the interview.
    pub language: String,
    /// When the interviewer sounded, (from, to) in ms.
    pub spoken: Vec<(u32, u32)>,
    /// Whether the browser turns the level up and down.
    pub auto_gain: bool,
}

/// How somebody spoke.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Delivery {
    /// The numbers, in the order of [`MeasureKey::ALL`].
    pub measures: Vec<Measure>,
    /// Where it is worth listening again.
    pub moments: Vec<Moment>,
    /// Voice that all of it rests on, s.
    pub voiced_s: f32,
}

/// Measures how somebody spoke in all answers of an interview together, or in one. `frames` are in order.
pub fn measure(frames: &[SoundFrame], turns: &[Turn], context: &Context) -> Delivery {
    let heard = Heard::new(frames, turns, context);
    let confidence = heard.confidence();
    let measures = MeasureKey::ALL.map(|key| {
        let value = heard.trusted(key).and_then(|()| heard.value(key).ok_or(NotMeasured::NothingToMeasure));
        Measure {
            key,
            value: value.ok(),
            not_measured: value.err(),
            confidence: value.ok().map(|_| confidence),
            norm: norm(key, &context.language),
        }
    });
    let moments = moments(frames, turns, &heard.interruptions);
    Delivery { measures: measures.to_vec(), moments, voiced_s: heard.voiced_s }
}

/// What the numbers are made of.
struct Heard<'a> {
    turns: &'a [Turn],
    context: &'a Context,
    /// Frames within answers in which there was a voice.
    voice: Vec<SoundFrame>,
    voiced_s: f32,
    /// Silences within each answer, ms; `None` for an answer without a voice.
    answers: Vec<Answer>,
    interruptions: Vec<(u32, u32)>,
    snr_db: Option<f32>,
    lost: f32,
}

struct Answer {
    turn: Turn,
    from_ms: u32,
    to_ms: u32,
    voiced_s: f32,
    pauses_ms: Vec<u32>,
}

impl<'a> Heard<'a> {
    fn new(frames: &[SoundFrame], turns: &'a [Turn], context: &'a Context) -> Self {
        let answers: Vec<Answer> = turns.iter().filter_map(|turn| Answer::find(frames, turn)).collect();
        let voice: Vec<SoundFrame> = turns
            .iter()
            .flat_map(|turn| within(frames, turn.from_ms, turn.to_ms))
            .filter(|frame| frame.is_voice && !frame.concealed)
            .copied()
            .collect();
        let concealed = frames.iter().filter(|frame| frame.concealed).count();
        let missing = frames.windows(2).map(|pair| (pair[1].at_ms - pair[0].at_ms).saturating_sub(20) / 20);
        let missing = missing.filter(|frames| *frames < 500).sum::<u32>() as usize;
        Self {
            turns,
            context,
            voiced_s: voice.len() as f32 / 50.0,
            answers,
            interruptions: interruptions(frames, &context.spoken),
            snr_db: signal_to_noise(frames, &voice),
            lost: (concealed + missing) as f32 / (frames.len() + missing).max(1) as f32,
            voice,
        }
    }

    /// Whether a number can be given at all.
    fn trusted(&self, key: MeasureKey) -> Result<(), NotMeasured> {
        use MeasureKey as Key;
        let is_of_the_line = matches!(key, Key::ClippedShare | Key::SignalToNoiseDb | Key::Interruptions);
        if !is_of_the_line && self.voiced_s < LEAST_VOICE_S {
            return Err(NotMeasured::TooLittleSpeech);
        }
        if self.lost > MOST_LOSS {
            return Err(NotMeasured::TooMuchLost);
        }
        if !is_of_the_line && self.snr_db.is_some_and(|snr| snr < LEAST_SNR_DB) {
            return Err(NotMeasured::TooNoisy);
        }
        let needs_words = matches!(
            key,
            Key::WordsPerMinute | Key::ArticulationWordsPerMinute | Key::FillersPerHundredWords
        );
        if needs_words && self.answers.iter().all(|answer| answer.turn.words.is_none()) {
            return Err(NotMeasured::NoWords);
        }
        if key == Key::FillersPerHundredWords && self.turns.iter().any(|turn| turn.fillers.is_none()) {
            return Err(NotMeasured::FillersNotKept);
        }
        if key == Key::LoudnessSpreadDb && self.context.auto_gain {
            return Err(NotMeasured::AutoGain);
        }
        Ok(())
    }

    fn value(&self, key: MeasureKey) -> Option<f32> {
        match key {
            MeasureKey::WordsPerMinute => self.words_over(|answer| answer.length_s()),
            MeasureKey::ArticulationWordsPerMinute => self.words_over(|answer| answer.voiced_s),
            MeasureKey::PausesPerMinute => {
                let pauses: usize = self.answers.iter().map(|answer| answer.pauses_ms.len()).sum();
                let length_s: f32 = self.answers.iter().map(Answer::length_s).sum();
                (length_s > 0.0).then(|| pauses as f32 * 60.0 / length_s)
            }
            MeasureKey::LongestPauseS => {
                let longest = self.answers.iter().flat_map(|answer| &answer.pauses_ms).max();
                Some(longest.map_or(0.0, |ms| *ms as f32 / 1_000.0))
            }
            MeasureKey::ResponseDelayS => {
                let delay = |answer: &Answer| {
                    Some(answer.from_ms.saturating_sub(answer.turn.asked_ms?) as f32 / 1_000.0)
                };
                middle(self.answers.iter().filter_map(delay).collect())
            }
            MeasureKey::PitchSpreadSemitones => pitch_spread(&self.voice),
            MeasureKey::LoudnessSpreadDb => loudness_spread(&self.voice),
            MeasureKey::TalkShare => {
                let theirs: f32 =
                    self.context.spoken.iter().map(|(from, to)| to.saturating_sub(*from) as f32).sum();
                let own: f32 = self.answers.iter().map(|answer| answer.length_s() * 1_000.0).sum();
                (theirs > 0.0).then(|| own / (own + theirs))
            }
            MeasureKey::Interruptions => Some(self.interruptions.len() as f32),
            MeasureKey::FillersPerHundredWords => {
                let words: u32 = self.turns.iter().filter_map(|turn| turn.words).sum();
                let fillers: u32 = self.turns.iter().filter_map(|turn| turn.fillers).sum();
                (words > 0).then(|| fillers as f32 * 100.0 / words as f32)
            }
            MeasureKey::ClippedShare => {
                let clipped: f32 = self.voice.iter().map(|frame| frame.clipped).sum();
                (!self.voice.is_empty()).then(|| clipped / self.voice.len() as f32)
            }
            MeasureKey::SignalToNoiseDb => self.snr_db,
        }
    }

    /// Words a minute of some length, over the answers whose words are known.
    fn words_over(&self, length_s: impl Fn(&Answer) -> f32) -> Option<f32> {
        let known = self.answers.iter().filter_map(|answer| Some((answer.turn.words?, length_s(answer))));
        let (words, seconds) =
            known.fold((0, 0.0), |(words, seconds), (more, longer)| (words + more, seconds + longer));
        (seconds > 0.0).then(|| words as f32 * 60.0 / seconds)
    }

    fn confidence(&self) -> Confidence {
        let snr_db = self.snr_db.unwrap_or(LEAST_SNR_DB);
        match (self.voiced_s, snr_db, self.lost) {
            (voice, snr, lost) if voice >= 60.0 && snr >= 20.0 && lost < 0.02 => Confidence::High,
            (voice, snr, lost) if voice >= 30.0 && snr >= 15.0 && lost < 0.08 => Confidence::Medium,
            _ => Confidence::Low,
        }
    }
}

impl Answer {
    /// What of an answer sounded: from the first voice to the last, and the silences between.
    fn find(frames: &[SoundFrame], turn: &Turn) -> Option<Self> {
        let mut voiced =
            within(frames, turn.from_ms, turn.to_ms).filter(|frame| frame.is_voice).map(|frame| frame.at_ms);
        let from_ms = voiced.next()?;
        let (mut to_ms, mut voices, mut pauses_ms) = (from_ms + 20, 1, Vec::new());
        for at_ms in voiced {
            let silent_ms = at_ms - to_ms;
            if silent_ms >= PAUSE_MS {
                pauses_ms.push(silent_ms);
            }
            (to_ms, voices) = (at_ms + 20, voices + 1);
        }
        Some(Self { turn: *turn, from_ms, to_ms, voiced_s: voices as f32 / 50.0, pauses_ms })
    }

    fn length_s(&self) -> f32 {
        (self.to_ms - self.from_ms) as f32 / 1_000.0
    }
}
