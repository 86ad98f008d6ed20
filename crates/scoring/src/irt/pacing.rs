//! How hard the next question may be: difficulty follows ability, in steps that people can take.
//!
//! The most informative question is one that somebody answers about half well. Asked for long, that wears people
//! down (Bergstrom, Lunz & Gershon 1992, Applied Measurement in Education 5(2)), so after two weak answers in a row
//! an easier question comes, whatever would tell more.

use super::marks::{difficulty_of, level_of};
use greenroom_domain::ability::Pace;
use greenroom_domain::interview::Difficulty;

const LEVELS: [Difficulty; 3] = [Difficulty::Beginner, Difficulty::Intermediate, Difficulty::Advanced];
/// Strong answers in a row after which a harder question comes. Somebody as able as a question is hard gives two such
/// answers once in a hundred times.
pub const STRETCH_AFTER: u32 = 2;
/// Weak answers in a row after which an easier question comes.
pub const RELIEF_AFTER: u32 = 2;
/// By how much easier it then is at least: a third of the way from level to level.
pub const RELIEF: f64 = 0.33;

/// What the questions before let the next one be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pacing {
    /// Level of the question before.
    pub last: Difficulty,
    /// Its difficulty.
    pub difficulty: f64,
    /// How its answer was.
    pub answer: Quality,
    /// Weak answers in a row, with the last one, since the level last fell for that reason.
    pub weak_in_a_row: u32,
    /// Strong answers in a row, with the last one, since the level last rose for that reason.
    pub strong_in_a_row: u32,
}

/// How an answer was, as far as the next level goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quality {
    /// It missed much of the question.
    Weak,
    /// In between, or not scored.
    Fair,
    /// It left little open.
    Strong,
}

/// The level to ask at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aim {
    /// The level that fits best.
    pub level: Difficulty,
    /// The lowest that may be.
    pub lowest: Difficulty,
    /// The highest that may be.
    pub highest: Difficulty,
    /// The greatest difficulty that gives relief, where that is due.
    pub relief: Option<f64>,
    /// How it came about.
    pub pace: Pace,
}

impl Pacing {
    /// Before the first question of an interview at this level: it may be one level off.
    pub fn begin(level: Difficulty) -> Self {
        let difficulty = difficulty_of(level);
        Self { last: level, difficulty, answer: Quality::Fair, weak_in_a_row: 0, strong_in_a_row: 0 }
    }

    /// After one more question of this level and difficulty, and its answer.
    pub fn after(self, level: Difficulty, difficulty: f64, answer: Quality) -> Self {
        let count = |quality: Quality, before: u32, most: u32| match answer == quality {
            true if before < most => before + 1,
            true => 1,
            false => 0,
        };
        Self {
            last: level,
            difficulty,
            answer,
            weak_in_a_row: count(Quality::Weak, self.weak_in_a_row, RELIEF_AFTER),
            strong_in_a_row: count(Quality::Strong, self.strong_in_a_row, STRETCH_AFTER),
        }
    }

    /// The level for somebody of ability `theta`: never more than one from the level before, never up after a weak
    /// answer or down after a strong one; up after two strong ones and down after two weak ones.
    pub fn aim(self, theta: f64) -> Aim {
        let last = self.last as usize;
        let (below, above) = (last.saturating_sub(1), (last + 1).min(LEVELS.len() - 1));
        let (lowest, highest) = match self.answer {
            Quality::Weak => (below, last),
            Quality::Fair => (below, above),
            Quality::Strong => (last, above),
        };
        let stretch = self.strong_in_a_row >= STRETCH_AFTER;
        let fitting = if stretch { above } else { level_of(theta) as usize };
        let level = LEVELS[fitting.clamp(lowest, highest)];
        let pace = match level.cmp(&self.last) {
            _ if self.needs_relief() => Pace::Relieved,
            std::cmp::Ordering::Less => Pace::Easier,
            std::cmp::Ordering::Equal => Pace::Steady,
            std::cmp::Ordering::Greater => Pace::Harder,
        };
        let relief = self.needs_relief().then_some(self.difficulty - RELIEF);
        Aim { level, lowest: LEVELS[lowest], highest: LEVELS[highest], relief, pace }
    }

    fn needs_relief(self) -> bool {
        self.weak_in_a_row >= RELIEF_AFTER
    }
}

impl Aim {
    /// Whether a question of this level and difficulty may be asked.
    pub fn allows(&self, level: Difficulty, difficulty: f64) -> bool {
        (self.lowest..=self.highest).contains(&level) && self.relief.is_none_or(|most| difficulty <= most)
    }

    /// Keeps of `places` those that are allowed, and of these those whose level is nearest to the one aimed at. Where
    /// relief is due and nothing gives it, the lowest allowed level has to do.
    pub fn keep_nearest(&self, places: &mut Vec<usize>, item: impl Fn(usize) -> (Difficulty, f64)) {
        let level = |place: usize| item(place).0;
        places.retain(|place| (self.lowest..=self.highest).contains(&level(*place)));
        let eases = |place: &usize| self.relief.is_none_or(|most| item(*place).1 <= most);
        let aim = if places.iter().any(eases) {
            places.retain(eases);
            self.level
        } else {
            self.lowest
        };
        let distance = |place: usize| (level(place) as usize).abs_diff(aim as usize);
        if let Some(nearest) = places.iter().map(|place| distance(*place)).min() {
            places.retain(|place| distance(*place) == nearest);
        }
    }
}
