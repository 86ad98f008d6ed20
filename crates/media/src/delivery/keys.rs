//! What the numbers are called, and why one may be missing.

use serde::{Deserialize, Serialize};

use super::norms::Norm;

/// A number of how somebody spoke.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = DeliveryMeasureKey))]
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
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = DeliveryLeftOut))]
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
