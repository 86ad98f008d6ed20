//! An ability as people see it: a band of levels with its uncertainty, in words and never as a number.

use super::Ability;
use crate::interview::Difficulty;
use serde::{Deserialize, Serialize};

/// Answers below which nothing is said of an ability.
pub const LEAST_ANSWERS: u32 = 2;
/// Half of the 80 % interval, in standard errors: the ability lies in the band four times out of five.
const BAND: f64 = 1.2816;
/// Standard error up to which the level is fairly sure: the band spans two levels.
const FAIRLY_SURE: f64 = 0.6;
/// Standard error up to which it is sure: the band is about as wide as a level.
const SURE: f64 = 0.4;

/// The level that an ability stands for, half-way between neighbours.
pub fn ability_level(theta: f64) -> Difficulty {
    if theta < -0.5 {
        Difficulty::Beginner
    } else if theta < 0.5 {
        Difficulty::Intermediate
    } else {
        Difficulty::Advanced
    }
}

/// How sure an ability is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Certainty {
    /// Too few answers.
    NotYetKnown,
    /// More answers could well change it.
    Uncertain,
    /// It is unlikely to change by more than a level.
    FairlySure,
    /// It is unlikely to change.
    Sure,
}

/// The ability shown in one competency, as the person sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AbilityBand {
    /// Key of the competency.
    pub competency: String,
    /// Its name for people.
    pub label: String,
    /// The lowest level that is likely; null while it is not yet known.
    pub level_low: Option<Difficulty>,
    /// The highest level that is likely; null while it is not yet known.
    pub level_high: Option<Difficulty>,
    /// The most likely level; null while it is not yet known.
    pub level_likely: Option<Difficulty>,
    /// How sure that is.
    pub certainty: Certainty,
    /// Answers that it stands on: those that could be scored, without follow-ups.
    pub answers: u32,
    /// Interviews that they were given in, this one and earlier ones.
    pub interviews: u32,
}

impl AbilityBand {
    /// The band of `ability` in a competency, by answers from so many interviews.
    pub fn new(competency: &str, label: &str, ability: &Ability, interviews: u32) -> Self {
        let certainty = Certainty::of(ability);
        let half = BAND * ability.standard_error;
        let level = |theta| (certainty > Certainty::NotYetKnown).then(|| ability_level(theta));
        Self {
            competency: competency.to_owned(),
            label: label.to_owned(),
            level_low: level(ability.theta - half),
            level_high: level(ability.theta + half),
            level_likely: level(ability.theta),
            certainty,
            answers: ability.answers,
            interviews,
        }
    }

    /// The band in words, a sentence without its full stop.
    pub fn in_words(&self) -> String {
        let (Some(low), Some(high), Some(likely)) = (self.level_low, self.level_high, self.level_likely)
        else {
            return match self.answers {
                0 => "not yet known".to_owned(),
                1 => "not yet known: one scored answer is too little to tell".to_owned(),
                count => format!("not yet known after {count} scored answers"),
            };
        };
        let span = if low == high {
            word(likely).to_owned()
        } else {
            format!("between {} and {}, most likely {}", word(low), word(high), word(likely))
        };
        let interviews = match self.interviews {
            0 | 1 => String::new(),
            count => format!(" in {count} interviews"),
        };
        format!("{span}; {} answers{interviews}, {}", self.answers, self.certainty.in_words())
    }
}

impl Certainty {
    fn of(ability: &Ability) -> Self {
        if ability.answers < LEAST_ANSWERS {
            Self::NotYetKnown
        } else if ability.standard_error > FAIRLY_SURE {
            Self::Uncertain
        } else if ability.standard_error > SURE {
            Self::FairlySure
        } else {
            Self::Sure
        }
    }

    fn in_words(self) -> &'static str {
        match self {
            Self::NotYetKnown => "not yet known",
            Self::Uncertain => "still uncertain",
            Self::FairlySure => "fairly sure",
            Self::Sure => "sure",
        }
    }
}

fn word(level: Difficulty) -> &'static str {
    match level {
        Difficulty::Beginner => "beginner",
        Difficulty::Intermediate => "intermediate",
        Difficulty::Advanced => "advanced",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Difficulty::{Advanced, Beginner, Intermediate};

    fn band(theta: f64, standard_error: f64, answers: u32) -> AbilityBand {
        AbilityBand::new("databases", "Databases", &Ability { theta, standard_error, answers }, 1)
    }

    #[test]
    fn a_band_is_as_wide_as_what_is_not_known() {
        for (theta, error, low, likely, high) in [
            (0.0, 0.3, Intermediate, Intermediate, Intermediate),
            (0.0, 0.5, Beginner, Intermediate, Advanced),
            (-0.2, 0.4, Beginner, Intermediate, Intermediate),
            (0.6, 0.5, Intermediate, Advanced, Advanced),
            (2.5, 0.4, Advanced, Advanced, Advanced),
            (-3.0, 0.9, Beginner, Beginner, Beginner),
        ] {
            let band = band(theta, error, 4);
            let levels = (band.level_low, band.level_likely, band.level_high);
            assert_eq!(levels, (Some(low), Some(likely), Some(high)), "{theta} ± {error}");
        }
    }

    #[test]
    fn with_too_few_answers_nothing_is_said() {
        for answers in [0, 1] {
            let band = band(1.4, 0.3, answers);
            assert_eq!((band.level_low, band.level_high, band.level_likely), (None, None, None));
            assert_eq!(band.certainty, Certainty::NotYetKnown);
            assert!(band.in_words().starts_with("not yet known"), "{}", band.in_words());
        }
    }

    #[test]
    fn words_say_the_levels_the_answers_and_how_sure_they_are() {
        assert_eq!(
            band(-0.3, 0.7, 3).in_words(),
            "between beginner and advanced, most likely intermediate; 3 answers, still uncertain"
        );
        assert_eq!(band(-2.0, 0.55, 4).in_words(), "beginner; 4 answers, fairly sure");
        assert_eq!(band(0.0, 0.35, 9).in_words(), "intermediate; 9 answers, sure");
        let over_weeks = AbilityBand { interviews: 3, ..band(0.0, 0.35, 9) };
        assert_eq!(over_weeks.in_words(), "intermediate; 9 answers in 3 interviews, sure");
    }

    #[test]
    fn no_word_and_no_field_has_the_number() {
        let shown = serde_json::to_string(&band(0.123_456, 0.654_321, 3)).unwrap()
            + &band(0.123_456, 0.654_321, 3).in_words();
        assert!(!shown.contains("0.1") && !shown.contains("0.6"), "{shown}");
    }
}
