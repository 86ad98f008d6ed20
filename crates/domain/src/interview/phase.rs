//! The six phases of an interview and their shares of its time.

use super::settings::InterviewType;
use serde::{Deserialize, Serialize};

/// A part of the interview.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Phase {
    /// Who are you.
    Introduction,
    /// What have you done.
    Experience,
    /// What do you know.
    Technical,
    /// How did you act.
    Behavioral,
    /// What would you do.
    Scenario,
    /// What is left to say.
    WrapUp,
}

impl Phase {
    /// All phases in order.
    pub const ALL: [Self; 6] = [
        Self::Introduction,
        Self::Experience,
        Self::Technical,
        Self::Behavioral,
        Self::Scenario,
        Self::WrapUp,
    ];
}

/// A phase's share of the interview's time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PhaseShare {
    /// The phase.
    pub phase: Phase,
    /// 0..=1; the shares of an interview sum to 1.
    pub share: f64,
}

/// Shares of the time by the chosen kinds of question, in order; phases without a share are left out.
///
/// Introduction, experience and wrap-up take 30 %. The rest is split 35 : 25 : 20 between technical,
/// behavioral and scenario (case or situational), as far as they were chosen. The proportions are
/// those of the weighted rubric `screening_five`.
pub fn shares(types: &[InterviewType]) -> Vec<PhaseShare> {
    let chosen = |wanted: &[InterviewType]| wanted.iter().any(|t| types.contains(t));
    let core = [
        (Phase::Technical, 35.0, chosen(&[InterviewType::Technical])),
        (Phase::Behavioral, 25.0, chosen(&[InterviewType::Behavioral])),
        (Phase::Scenario, 20.0, chosen(&[InterviewType::Case, InterviewType::Situational])),
    ];
    let sum: f64 = core.iter().filter(|(_, _, on)| *on).map(|(_, weight, _)| weight).sum();
    let mut shares = vec![
        PhaseShare { phase: Phase::Introduction, share: 0.08 },
        PhaseShare { phase: Phase::Experience, share: 0.17 },
    ];
    for (phase, weight, on) in core {
        if on {
            shares.push(PhaseShare { phase, share: 0.70 * weight / sum });
        }
    }
    shares.push(PhaseShare { phase: Phase::WrapUp, share: 0.05 });
    shares
}
