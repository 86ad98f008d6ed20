use super::LadderBody;
use crate::error::ApiError;
use greenroom_app::AppError;
use greenroom_app::judge_checks::{Board, BoardEntry, Running};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Every judge with what it showed last.
#[derive(Debug, Serialize, ToSchema)]
pub struct JudgeChecksBody {
    /// Every model that is asked, in order; the built-in scorer is the last.
    items: Vec<JudgeCheckBody>,
    /// The trial that is under way.
    running: Option<RunningBody>,
    /// Questions of the ladder.
    questions: usize,
    /// Answers to all of them: each is a call to the judge.
    answers: usize,
}

/// A judge with what it showed last.
#[derive(Debug, Serialize, ToSchema)]
pub struct JudgeCheckBody {
    /// Name of its provider; null for the built-in scorer.
    provider: Option<String>,
    /// The model as its vendor names it; null for the built-in scorer.
    model: Option<String>,
    /// The last result; null when it was not tried yet.
    ladder: Option<LadderBody>,
    /// Why the last trial brought no result, when that was the last one of all.
    failure: Option<String>,
}

/// A trial that is under way.
#[derive(Debug, Serialize, ToSchema)]
pub struct RunningBody {
    /// Name of the provider; null for the built-in scorer.
    provider: Option<String>,
    /// Answers that are judged.
    done: usize,
    /// Answers in all; 0 at the very beginning.
    of: usize,
}

/// Which judge to try, and on how much.
#[derive(Debug, Deserialize, ToSchema)]
pub struct JudgeCheckInput {
    /// Name of a provider that is asked; null for the built-in scorer.
    pub(crate) provider: Option<String>,
    /// Questions to try it on, spread over all kinds; all when left out.
    #[schema(minimum = 1, maximum = 1000)]
    questions: Option<u32>,
}

impl JudgeCheckInput {
    pub(crate) fn questions(&self) -> Result<Option<usize>, ApiError> {
        match self.questions {
            Some(0 | 1001..) => Err(AppError::field("questions", "Give 1 to 1000, or leave it out.").into()),
            count => Ok(count.map(|count| count as usize)),
        }
    }
}

impl From<Board> for JudgeChecksBody {
    fn from(board: Board) -> Self {
        Self {
            items: board.entries.into_iter().map(JudgeCheckBody::from).collect(),
            running: board.running.map(RunningBody::from),
            questions: board.questions,
            answers: board.answers,
        }
    }
}

impl From<BoardEntry> for JudgeCheckBody {
    fn from(entry: BoardEntry) -> Self {
        let BoardEntry { provider, model, last, failure } = entry;
        Self { provider, model, ladder: last.map(LadderBody::from), failure }
    }
}

impl From<Running> for RunningBody {
    fn from(running: Running) -> Self {
        Self { provider: running.provider, done: running.progress.done, of: running.progress.of }
    }
}
