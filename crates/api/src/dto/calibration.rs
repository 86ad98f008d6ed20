use greenroom_app::calibration::{Drifted, Progress, Standing};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::interview::Difficulty;
use serde::Serialize;
use utoipa::ToSchema;

/// Where the calibration of the bank stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalibrationBody {
    /// When the last one was stored; null before the first that found something.
    calibrated_at: Option<Timestamp>,
    /// How far the one is that is under way at this node.
    running: Option<CalibrationProgress>,
    /// Whether one is queued for now, or under way at any node.
    waiting: bool,
    /// Questions with parameters by their answers.
    questions: u32,
    /// Those of them that a curator should look at.
    flagged: u32,
}

/// How far a calibration is.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalibrationProgress {
    /// Interviews that were read; null once they all are.
    interviews: Option<u32>,
    /// Share of the estimation that is done, 0..=1.
    share: f64,
}

/// How a question's difficulty lies to what its author said.
#[derive(Debug, Serialize, ToSchema)]
pub struct DriftBody {
    question_id: String,
    /// The question; null when it is no longer in the bank.
    text: Option<String>,
    /// The author's level.
    level: Difficulty,
    /// Difficulty that this level stands for: 0 is the middle of those interviewed at the intermediate level.
    authored: f64,
    /// Difficulty by the answers.
    difficulty: f64,
    /// Standard error of that difficulty.
    standard_error: f64,
    /// How sharply the question tells people apart.
    discrimination: f64,
    /// People whose answers it stands on.
    answers: u32,
    /// Whether a curator should look: surely harder or easier than the author said, and by a size that matters.
    flagged: bool,
    calibrated_at: Timestamp,
}

impl From<Standing> for CalibrationBody {
    fn from(standing: Standing) -> Self {
        let running = standing.progress.map(|progress| match progress {
            Progress::Reading { interviews } => {
                CalibrationProgress { interviews: Some(interviews), share: 0.0 }
            }
            Progress::Estimating { share } => CalibrationProgress { interviews: None, share },
        });
        let Standing { at, waiting, questions, flagged, .. } = standing;
        Self { calibrated_at: at, running, waiting, questions, flagged }
    }
}

impl From<Drifted> for DriftBody {
    fn from(Drifted { found, text }: Drifted) -> Self {
        Self {
            question_id: found.question_id,
            text,
            level: found.level,
            authored: found.authored,
            difficulty: found.difficulty,
            standard_error: found.difficulty_error,
            discrimination: found.estimate.discrimination,
            answers: found.estimate.answers,
            flagged: found.flagged,
            calibrated_at: found.at,
        }
    }
}
