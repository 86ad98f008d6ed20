//! How long turns of spoken interviews took, as operators look at them: no interview and no person stands in it.

use crate::clock::Timestamp;
use crate::interview::Stages;
use std::collections::BTreeMap;

/// How long one turn took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoiceTurn {
    /// When it was over.
    pub at: Timestamp,
    /// The engine that heard the answer; empty when none had a part in it.
    pub engine: String,
    /// Its stages, ms after the candidate's voice had ended.
    pub stages: Stages,
}

/// How long a stage took over many turns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageFigures {
    /// The stage: `turn_end`, `transcript_final`, `first_token`, `first_audio`, `first_played`.
    pub stage: &'static str,
    /// Turns in which it was measured.
    pub turns: u64,
    /// Half of the turns took no longer, ms.
    pub p50_ms: u64,
    /// Nineteen in twenty took no longer, ms.
    pub p95_ms: u64,
}

/// Figures of many turns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnFigures {
    /// Turns.
    pub turns: u64,
    /// Each stage that was measured, in their order.
    pub stages: Vec<StageFigures>,
}

/// Figures of all `turns`.
pub fn figures<'a>(turns: impl IntoIterator<Item = &'a VoiceTurn>) -> TurnFigures {
    let mut taken: [Vec<u64>; 5] = Default::default();
    let mut count = 0;
    for turn in turns {
        count += 1;
        for (all, (_, ms)) in taken.iter_mut().zip(turn.stages.named()) {
            all.extend(ms);
        }
    }
    let names = Stages::default().named().map(|(name, _)| name);
    let stages = names.into_iter().zip(taken).filter(|(_, all)| !all.is_empty()).map(|(stage, mut all)| {
        all.sort_unstable();
        StageFigures {
            stage,
            turns: all.len() as u64,
            p50_ms: share_below(&all, 50),
            p95_ms: share_below(&all, 95),
        }
    });
    TurnFigures { turns: count, stages: stages.collect() }
}

/// Figures by what `key` says of a turn, in the order of the keys.
pub fn figures_by<K: Ord>(turns: &[VoiceTurn], key: impl Fn(&VoiceTurn) -> K) -> Vec<(K, TurnFigures)> {
    let mut groups: BTreeMap<K, Vec<&VoiceTurn>> = BTreeMap::new();
    for turn in turns {
        groups.entry(key(turn)).or_default().push(turn);
    }
    groups.into_iter().map(|(key, turns)| (key, figures(turns))).collect()
}

/// The least of `sorted` that so many percent of it do not exceed.
fn share_below(sorted: &[u64], percent: usize) -> u64 {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted[rank - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(engine: &str, token: Option<u64>, played: u64) -> VoiceTurn {
        let at = Timestamp::new("2026-01-01T00:00:00Z".parse().expect("a moment"));
        let stages = Stages { first_token_ms: token, first_played_ms: Some(played), ..Stages::default() };
        VoiceTurn { at, engine: engine.to_owned(), stages }
    }

    #[test]
    fn half_and_nineteen_in_twenty_took_no_longer() {
        let turns: Vec<VoiceTurn> = (1..=100).rev().map(|ms| turn("a", None, ms * 10)).collect();
        let found = figures(&turns);
        assert_eq!(found.turns, 100);
        let [played] = &found.stages[..] else { panic!("one stage was measured: {found:?}") };
        assert_eq!(
            (played.stage, played.turns, played.p50_ms, played.p95_ms),
            ("first_played", 100, 500, 950)
        );
        assert_eq!(figures(&turns[..1]).stages[0].p95_ms, 1000, "one turn is all there is");
        assert_eq!(figures([]), TurnFigures { turns: 0, stages: Vec::new() });
    }

    #[test]
    fn stages_keep_their_order_and_engines_are_told_apart() {
        let turns = [turn("b", Some(5), 9), turn("a", Some(7), 11), turn("a", None, 13)];
        let by = figures_by(&turns, |turn| turn.engine.clone());
        let shape =
            |found: &TurnFigures| found.stages.iter().map(|one| (one.stage, one.turns)).collect::<Vec<_>>();
        assert_eq!(by[0].0, "a");
        assert_eq!(shape(&by[0].1), [("first_token", 1), ("first_played", 2)]);
        assert_eq!(shape(&by[1].1), [("first_token", 1), ("first_played", 1)]);
    }
}
