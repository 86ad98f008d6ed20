//! The numbers.

use serde::{Deserialize, Serialize};

use super::moments::{Moment, moments};
use super::norms::{Norm, norm};
use super::sound::SoundFrame;

/// Voice without which nothing about it is said, s.
const LEAST_VOICE_S: f32 = 10.0;
/// Below this the room is measured instead of the voice, dB.
const LEAST_SNR_DB: f32 = 10.0;
/// Share of lost sound above which nothing is said.
const MOST_LOSS: f32 = 0.2;
/// A silence within an answer that counts, ms (Goldman-Eisler 1968).
pub(super) const PAUSE_MS: u32 = 250;
/// Voice over the interviewer that is more than "mhm", ms.
pub(super) const INTERRUPTION_MS: u32 = 500;

/// A number of how somebody spoke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeasureKey {
    /// Words a minute from the first to the last sound of the answers.
    WordsPerMinute,
    /// Words a minute of voice.
    ArticulationWordsPerMinute,
    /// Silences within answers, a minute of answer.
    PausesPerMinute,
    /// The longest of them, s.
    LongestPauseS,
    /// From the end of the question to the first word, s; the middle one of all answers.
    ResponseDelayS,
    /// Spread of the pitch around its own middle, semitones.
    PitchSpreadSemitones,
    /// Spread of the loudness of the voice, dB.
    LoudnessSpreadDb,
    /// The candidate's share of all that was said, 0..=1.
    TalkShare,
    /// How often the candidate began while the interviewer spoke, and went on.
    Interruptions,
    /// "Um" and "uh", in a hundred words.
    FillersPerHundredWords,
    /// Share of samples at the top of the scale, 0..=1.
    ClippedShare,
    /// How far the voice stands above the room, dB.
    SignalToNoiseDb,
}

impl MeasureKey {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 12] = [
        Self::WordsPerMinute,
        Self::ArticulationWordsPerMinute,
        Self::PausesPerMinute,
        Self::LongestPauseS,
        Self::ResponseDelayS,
        Self::PitchSpreadSemitones,
        Self::LoudnessSpreadDb,
        Self::TalkShare,
        Self::Interruptions,
        Self::FillersPerHundredWords,
        Self::ClippedShare,
        Self::SignalToNoiseDb,
    ];
}

/// How far a number can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Little voice, much noise or lost sound.
    Low,
    /// Some of that.
    Medium,
    /// Enough voice over a clean line.
    High,
}

/// Why a number is not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotMeasured {
    /// Less than ten seconds of voice.
    TooLittleSpeech,
    /// The room is nearly as loud as the voice.
    TooNoisy,
    /// More than a fifth of the sound was lost.
    TooMuchLost,
    /// The browser turns the level up and down by itself.
    AutoGain,
    /// The recogniser gives no words.
    NoWords,
    /// The recogniser leaves fillers out, so that none can be counted.
    FillersNotKept,
    /// There was nothing to measure it on.
    NothingToMeasure,
}

/// One number, or why there is none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// Which.
    pub key: MeasureKey,
    /// It, in the unit that its name says.
    pub value: Option<f32>,
    /// Why there is none.
    pub not_measured: Option<NotMeasured>,
    /// How far it can be trusted.
    pub confidence: Option<Confidence>,
    /// What is usual.
    pub norm: Norm,
}

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

pub(super) fn within(frames: &[SoundFrame], from_ms: u32, to_ms: u32) -> impl Iterator<Item = &SoundFrame> {
    let first = frames.partition_point(|frame| frame.at_ms < from_ms);
    frames[first..].iter().take_while(move |frame| frame.at_ms < to_ms)
}

/// Where the candidate spoke for half a second and more while the interviewer did, having begun after it.
fn interruptions(frames: &[SoundFrame], spoken: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut found = Vec::new();
    for (from_ms, to_ms) in spoken {
        // The first moments are the end of what was said before.
        let over = within(frames, from_ms.saturating_add(300), *to_ms).filter(|frame| frame.is_voice);
        let mut over = over.map(|frame| frame.at_ms);
        let Some(first) = over.next() else { continue };
        if over.count() as u32 * 20 + 20 >= INTERRUPTION_MS {
            found.push((first, *to_ms));
        }
    }
    found
}

/// The voice against the quietest tenth of what is no voice.
fn signal_to_noise(frames: &[SoundFrame], voice: &[SoundFrame]) -> Option<f32> {
    let mut quiet: Vec<f32> = frames.iter().filter(|f| !f.is_voice && !f.concealed).map(|f| f.dbfs).collect();
    if voice.is_empty() || quiet.len() < 25 {
        return None;
    }
    quiet.sort_by(f32::total_cmp);
    let power = |dbfs: f32| 10_f32.powf(dbfs / 10.0);
    let mean = voice.iter().map(|frame| power(frame.dbfs)).sum::<f32>() / voice.len() as f32;
    // The middle: the quietest are where a noise suppressor shut the line, the loudest the ends of words.
    Some(10.0 * mean.log10() - quiet[quiet.len() / 2])
}

fn pitch_spread(voice: &[SoundFrame]) -> Option<f32> {
    let pitches: Vec<f32> =
        voice.iter().filter(|frame| frame.pitch_hz > 0.0).map(|frame| frame.pitch_hz).collect();
    if pitches.len() < 100 {
        return None;
    }
    let center = middle(pitches.clone())?;
    // An octave off is a mistake of the tracker more often than of the voice.
    let semitones = pitches.iter().map(|pitch| 12.0 * (pitch / center).log2());
    spread(&semitones.filter(|semitones| semitones.abs() < 10.0).collect::<Vec<_>>())
}

/// Spread of the loudness of runs of half a second: that of syllables is the language's.
fn loudness_spread(voice: &[SoundFrame]) -> Option<f32> {
    let power = |frame: &SoundFrame| 10_f32.powf(frame.dbfs / 10.0);
    let runs: Vec<f32> = voice
        .chunks_exact(25)
        .map(|run| 10.0 * (run.iter().map(power).sum::<f32>() / 25.0).log10())
        .collect();
    spread(&runs)
}

fn spread(values: &[f32]) -> Option<f32> {
    let count = values.len() as f32;
    let mean = values.iter().sum::<f32>() / count;
    let variance = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f32>() / count;
    (values.len() >= 10).then(|| variance.sqrt())
}

fn middle(mut values: Vec<f32>) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}
