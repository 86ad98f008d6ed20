//! Whose voices were heard, where a recogniser tells them apart: the candidate's, and somebody else's in the room.

use greenroom_domain::interview::OtherVoice;
use greenroom_speech::Speaker;
use std::collections::BTreeMap;

/// Consecutive words that make a stretch of another voice. Recognisers change their minds about single words.
const FEWEST_WORDS: u32 = 2;
/// How long a voice must have been heard to be taken for the candidate's, ms.
const LEAST_MS: u64 = 10_000;
/// How many times as long as another voice the candidate must have spoken for the other to be taken for another.
const CLEARLY: u64 = 2;

/// Consecutive words of one voice. Places are ms from the beginning of the utterance, later those of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VoiceStretch {
    /// Whose.
    pub speaker: Speaker,
    /// Where they begin.
    pub from_ms: u64,
    /// Where they end.
    pub to_ms: u64,
    /// How many of them the engine took for this voice.
    pub words: u32,
}

impl VoiceStretch {
    /// The same, `ms` later.
    pub fn moved(self, ms: u64) -> Self {
        Self { from_ms: self.from_ms + ms, to_ms: self.to_ms + ms, ..self }
    }
}

/// How long each voice has spoken while the candidate was on this voice line, ms.
#[derive(Debug, Default)]
pub(super) struct Voices(BTreeMap<Speaker, u64>);

impl Voices {
    /// Where somebody else than the candidate spoke in an answer. The candidate is whose voice a line to the engine has
    /// heard longest, long enough and clearly longer than the other: in doubt nobody is taken for somebody else.
    pub fn others(&mut self, stretches: Vec<VoiceStretch>) -> Vec<OtherVoice> {
        let stretches = joined(stretches);
        for stretch in &stretches {
            *self.0.entry(stretch.speaker).or_default() += stretch.to_ms.saturating_sub(stretch.from_ms);
        }
        let is_other = |stretch: &&VoiceStretch| {
            let spoke = self.0.get(&stretch.speaker).copied().unwrap_or_default();
            let longest = self.longest_on(stretch.speaker.line);
            stretch.words >= FEWEST_WORDS && longest >= LEAST_MS && longest >= CLEARLY * spoke.max(1)
        };
        let others = stretches.iter().filter(is_other);
        others.map(|stretch| OtherVoice { from_ms: stretch.from_ms, to_ms: stretch.to_ms }).collect()
    }

    fn longest_on(&self, line: u64) -> u64 {
        let same = self.0.iter().filter(|(speaker, _)| speaker.line == line);
        same.map(|(_, ms)| *ms).max().unwrap_or_default()
    }
}

/// Stretches of one voice that follow each other are one, also when a pause lies between them.
fn joined(stretches: Vec<VoiceStretch>) -> Vec<VoiceStretch> {
    let mut found: Vec<VoiceStretch> = Vec::new();
    for stretch in stretches {
        match found.last_mut() {
            Some(last) if last.speaker == stretch.speaker => {
                last.to_ms = stretch.to_ms;
                last.words += stretch.words;
            }
            _ => found.push(stretch),
        }
    }
    found
}

/// Consecutive words of one voice each, of words with their voices. A word of nobody belongs to those before it where
/// the same voice goes on after it, and to nobody elsewhere.
pub(super) fn stretches(words: impl IntoIterator<Item = (u64, u64, Option<Speaker>)>) -> Vec<VoiceStretch> {
    let known = words.into_iter().filter_map(|(from_ms, to_ms, speaker)| {
        Some(VoiceStretch { speaker: speaker?, from_ms, to_ms, words: 1 })
    });
    joined(known.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of half a second each, by these voices of a line.
    fn said(line: u64, numbers: &[Option<u8>]) -> Vec<VoiceStretch> {
        let word = |(at, number): (u64, &Option<u8>)| {
            (at * 500, at * 500 + 500, number.map(|number| Speaker { line, number }))
        };
        stretches((0..).zip(numbers).map(word))
    }

    /// So many words by a voice, then more.
    fn runs(line: u64, all: &[(usize, Option<u8>)]) -> Vec<VoiceStretch> {
        said(line, &all.iter().flat_map(|(count, number)| vec![*number; *count]).collect::<Vec<_>>())
    }

    fn places(others: &[OtherVoice]) -> Vec<(u64, u64)> {
        others.iter().map(|other| (other.from_ms, other.to_ms)).collect()
    }

    #[test]
    fn who_speaks_longest_is_the_candidate() {
        let answer = runs(1, &[(20, Some(0)), (2, Some(1)), (1, Some(0))]);
        assert_eq!(places(&Voices::default().others(answer)), [(10_000, 11_000)]);
        // Whoever came first: the number says nothing.
        let answer = runs(1, &[(3, Some(0)), (20, Some(1))]);
        assert_eq!(places(&Voices::default().others(answer)), [(0, 1_500)]);
    }

    #[test]
    fn what_was_said_before_tells_who_is_who() {
        let mut voices = Voices::default();
        assert!(voices.others(runs(1, &[(20, Some(0))])).is_empty());
        assert_eq!(
            places(&voices.others(runs(1, &[(4, Some(1))]))),
            [(0, 2_000)],
            "only somebody else spoke"
        );
    }

    #[test]
    fn in_doubt_nobody_is_somebody_else() {
        let nobody = |answer| assert_eq!(Voices::default().others(answer), []);
        nobody(runs(1, &[(20, Some(0)), (11, Some(1))]));
        // "One moment" to somebody who says more than that: too little was heard of either.
        nobody(runs(1, &[(2, Some(0)), (8, Some(1))]));
        nobody(runs(1, &[(20, Some(0)), (1, Some(1)), (3, Some(0))]));
        nobody(runs(1, &[(20, Some(0)), (1, Some(1)), (1, None), (3, Some(0))]));
        nobody(runs(1, &[(30, None)]));
    }

    #[test]
    fn another_line_to_the_engine_numbers_voices_anew() {
        let mut voices = Voices::default();
        assert!(voices.others(runs(1, &[(30, Some(0))])).is_empty());
        assert!(voices.others(runs(2, &[(4, Some(1))])).is_empty());
        assert!(voices.others(runs(2, &[(30, Some(1))])).is_empty());
        assert_eq!(places(&voices.others(runs(2, &[(2, Some(0))]))), [(0, 1_000)]);
    }

    #[test]
    fn a_pause_does_not_part_what_somebody_else_says() {
        let mut voices = Voices::default();
        assert!(voices.others(runs(1, &[(20, Some(0))])).is_empty());
        let mut answer = runs(1, &[(1, Some(1))]);
        answer.extend(runs(1, &[(1, Some(1)), (1, Some(0))]).into_iter().map(|stretch| stretch.moved(900)));
        assert_eq!(places(&voices.others(answer)), [(0, 1_400)]);
    }

    #[test]
    fn a_word_of_nobody_belongs_to_a_voice_that_goes_on() {
        let found = said(1, &[None, Some(1), None, Some(1), None, Some(0)]);
        let found: Vec<_> =
            found.iter().map(|one| (one.speaker.number, one.words, one.from_ms, one.to_ms)).collect();
        assert_eq!(found, [(1, 2, 500, 2_000), (0, 1, 2_500, 3_000)]);
    }
}
