//! Where it is worth listening again.

use serde::{Deserialize, Serialize};

use super::measures::Turn;
use super::sound::SoundFrame;
use super::statistics::{INTERRUPTION_MS, within};

/// A silence within an answer that is worth a listen, ms.
const LONG_PAUSE_MS: u32 = 2_500;
/// Words a minute above which a turn is worth a listen, in percent of the speaker's own middle pace.
const RUSHED_PERCENT: u32 = 140;
/// Of each kind, at most.
const MOST: usize = 3;

/// What is to be heard there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema), schema(as = DeliveryMomentKind))]
#[serde(rename_all = "snake_case")]
pub enum MomentKind {
    /// The longest silences within answers.
    LongPause,
    /// Where the candidate spoke over the interviewer.
    Interruption,
    /// An answer much faster than the others of the same person.
    Rushed,
    /// Where the sound was clipped.
    Clipping,
}

/// A place in the recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// What is to be heard.
    pub kind: MomentKind,
    /// From where, ms.
    pub from_ms: u32,
    /// To where, ms.
    pub to_ms: u32,
}

/// The moments of an interview, in order; of each kind the three that stand out most.
pub(super) fn moments(frames: &[SoundFrame], turns: &[Turn], interruptions: &[(u32, u32)]) -> Vec<Moment> {
    let mut found = Vec::new();
    let mut keep = |kind, mut places: Vec<(u32, u32)>| {
        places.sort_by_key(|(from_ms, to_ms)| std::cmp::Reverse(to_ms - from_ms));
        found.extend(places.into_iter().take(MOST).map(|(from_ms, to_ms)| Moment { kind, from_ms, to_ms }));
    };
    keep(MomentKind::LongPause, turns.iter().flat_map(|turn| long_pauses(frames, turn)).collect());
    let over =
        interruptions.iter().map(|(from_ms, to_ms)| (*from_ms, (*to_ms).max(from_ms + INTERRUPTION_MS)));
    keep(MomentKind::Interruption, over.collect());
    keep(MomentKind::Rushed, rushed(turns));
    keep(MomentKind::Clipping, clipping(frames));
    found.sort_by_key(|moment| moment.from_ms);
    found
}

fn long_pauses(frames: &[SoundFrame], turn: &Turn) -> Vec<(u32, u32)> {
    let voiced: Vec<u32> = within(frames, turn.from_ms, turn.to_ms)
        .filter(|frame| frame.is_voice)
        .map(|frame| frame.at_ms)
        .collect();
    let gaps = voiced.windows(2).map(|pair| (pair[0] + 20, pair[1]));
    gaps.filter(|(from_ms, to_ms)| to_ms - from_ms >= LONG_PAUSE_MS).collect()
}

fn rushed(turns: &[Turn]) -> Vec<(u32, u32)> {
    let pace = |turn: &Turn| {
        Some(turn.words? * 60_000 / turn.to_ms.checked_sub(turn.from_ms).filter(|ms| *ms > 5_000)?)
    };
    let mut paces: Vec<u32> = turns.iter().filter_map(pace).collect();
    paces.sort_unstable();
    // Of two answers one is always faster.
    let Some(usual) = paces.get(paces.len() / 2).filter(|_| paces.len() >= 3) else { return Vec::new() };
    let is_rushed = |turn: &&Turn| pace(turn).is_some_and(|pace| pace * 100 > usual * RUSHED_PERCENT);
    turns.iter().filter(is_rushed).map(|turn| (turn.from_ms, turn.to_ms)).collect()
}

/// Runs in which more than one sample in a hundred is at the top, with less than a second between.
fn clipping(frames: &[SoundFrame]) -> Vec<(u32, u32)> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for frame in frames.iter().filter(|frame| frame.clipped > 0.01 && !frame.concealed) {
        match runs.last_mut() {
            Some((_, to_ms)) if frame.at_ms < *to_ms + 1_000 => *to_ms = frame.at_ms + 20,
            _ => runs.push((frame.at_ms, frame.at_ms + 20)),
        }
    }
    runs
}
