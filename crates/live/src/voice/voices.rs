//! Whose voices were heard, where a recogniser tells them apart: the candidate's, and somebody else's in the room.

use greenroom_domain::interview::OtherVoice;
use std::collections::BTreeMap;

/// Consecutive words that make a stretch of another voice. Recognisers change their minds about single words.
const FEWEST_WORDS: u32 = 2;
/// How many times as long as another voice the candidate must have spoken for the other to be taken for another.
const CLEARLY: u64 = 2;

/// Consecutive words of one voice. Places are ms from the beginning of the utterance, later those of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoiceStretch {
    /// Whose.
    pub voice: VoiceId,
    /// Where they begin.
    pub from_ms: u64,
    /// Where they end.
    pub to_ms: u64,
    /// How many they are.
    pub words: u32,
}

impl VoiceStretch {
    /// The same, `ms` later.
    pub fn moved(&self, ms: u64) -> Self {
        Self { from_ms: self.from_ms + ms, to_ms: self.to_ms + ms, ..self.clone() }
    }
}

/// A voice as one engine on one line to it numbers it: others number the same people anew.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct VoiceId {
    /// The line to engines, counted from 1.
    pub ear: u64,
    /// The engine.
    pub engine: String,
    /// Its number for the voice.
    pub number: u8,
}

/// How long each voice has spoken on this line, ms.
#[derive(Debug, Default)]
pub(super) struct Voices(BTreeMap<VoiceId, u64>);

impl Voices {
    /// Where somebody else than the candidate spoke. The candidate is whose voice was heard longest, and clearly longer
    /// than the other: in doubt nobody is taken for somebody else.
    pub fn others(&mut self, stretches: &[VoiceStretch]) -> Vec<OtherVoice> {
        for stretch in stretches {
            *self.0.entry(stretch.voice.clone()).or_default() +=
                stretch.to_ms.saturating_sub(stretch.from_ms);
        }
        let is_other = |stretch: &&VoiceStretch| {
            let spoke = self.0.get(&stretch.voice).copied().unwrap_or_default();
            stretch.words >= FEWEST_WORDS && self.longest_beside(&stretch.voice) >= CLEARLY * spoke.max(1)
        };
        let others = stretches.iter().filter(is_other);
        others.map(|stretch| OtherVoice { from_ms: stretch.from_ms, to_ms: stretch.to_ms }).collect()
    }

    fn longest_beside(&self, voice: &VoiceId) -> u64 {
        let same = self.0.iter().filter(|(id, _)| (id.ear, &id.engine) == (voice.ear, &voice.engine));
        same.map(|(_, ms)| *ms).max().unwrap_or_default()
    }
}

/// Consecutive words of one voice each, of words with the engine's number for the voice. A word without a number belongs
/// to those before it.
pub(super) fn stretches(
    ear: u64,
    engine: &str,
    words: impl IntoIterator<Item = (u64, u64, Option<u8>)>,
) -> Vec<VoiceStretch> {
    let mut found: Vec<VoiceStretch> = Vec::new();
    for (from_ms, to_ms, number) in words {
        match (found.last_mut(), number) {
            (Some(last), number) if number.is_none_or(|number| number == last.voice.number) => {
                last.to_ms = to_ms;
                last.words += 1;
            }
            (_, Some(number)) => {
                let voice = VoiceId { ear, engine: engine.to_owned(), number };
                found.push(VoiceStretch { voice, from_ms, to_ms, words: 1 });
            }
            (_, None) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of half a second each, by these voices.
    fn said(ear: u64, numbers: &[Option<u8>]) -> Vec<VoiceStretch> {
        let word = |(at, number): (u64, &Option<u8>)| (at * 500, at * 500 + 500, *number);
        stretches(ear, "scribe", (0..).zip(numbers).map(word))
    }

    fn places(others: &[OtherVoice]) -> Vec<(u64, u64)> {
        others.iter().map(|other| (other.from_ms, other.to_ms)).collect()
    }

    #[test]
    fn who_speaks_longest_is_the_candidate() {
        let mut voices = Voices::default();
        let answer = said(1, &[Some(0), Some(0), Some(0), Some(0), Some(1), Some(1), Some(0)]);
        assert_eq!(places(&voices.others(&answer)), [(2_000, 3_000)]);
        // Whoever came first: the number says nothing.
        let mut voices = Voices::default();
        let answer = said(1, &[Some(0), Some(0), Some(1), Some(1), Some(1), Some(1), Some(1)]);
        assert_eq!(places(&voices.others(&answer)), [(0, 1_000)]);
    }

    #[test]
    fn what_was_said_before_tells_who_is_who() {
        let mut voices = Voices::default();
        assert!(voices.others(&said(1, &[Some(0); 10])).is_empty());
        assert_eq!(places(&voices.others(&said(1, &[Some(1); 4]))), [(0, 2_000)], "only somebody else spoke");
    }

    #[test]
    fn in_doubt_nobody_is_somebody_else() {
        let mut voices = Voices::default();
        let equals = said(1, &[Some(0), Some(0), Some(0), Some(1), Some(1)]);
        assert!(voices.others(&equals).is_empty(), "hardly longer than the other");
        let one_word = said(2, &[Some(0), Some(0), Some(0), Some(0), Some(1), Some(0)]);
        assert!(voices.others(&one_word).is_empty(), "a single word");
        assert!(voices.others(&said(3, &[None, None, None])).is_empty(), "an engine that does not say");
    }

    #[test]
    fn another_line_to_the_engine_numbers_voices_anew() {
        let mut voices = Voices::default();
        assert!(voices.others(&said(1, &[Some(0); 10])).is_empty());
        assert!(voices.others(&said(2, &[Some(1); 4])).is_empty());
    }

    #[test]
    fn a_word_of_nobody_belongs_to_those_before_it() {
        let found = said(1, &[None, Some(1), None, Some(1), Some(0)]);
        let words: Vec<(u8, u32, u64)> =
            found.iter().map(|one| (one.voice.number, one.words, one.from_ms)).collect();
        assert_eq!(words, [(1, 3, 500), (0, 1, 2_000)]);
    }
}
