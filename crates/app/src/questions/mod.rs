//! Questions: from the bank, for a set-up, after an answer.

mod generate;

pub use generate::generate;

use crate::interviews;
use crate::{App, AppError, Result};
use greenroom_domain::bank::{BankQuestion, BankRole};
use greenroom_domain::ids::{QuestionId, ResponseId, SessionId, UserId};
use greenroom_domain::interview::{Asked, Difficulty, InterviewType, Question, State};
use greenroom_providers::Turn;
use greenroom_providers::bank::Bank;
use std::sync::Arc;

/// What to look for in the bank.
#[derive(Clone, Debug, Default)]
pub struct BankFilter {
    /// Exactly this tag.
    pub tag: Option<String>,
    /// This level.
    pub difficulty: Option<Difficulty>,
    /// This industry.
    pub industry: Option<String>,
    /// These words in the question, whatever the case.
    pub q: Option<String>,
}

/// Questions of one kind, in the bank's order, after the question `after`, at most `limit`.
pub fn in_bank<'a>(
    bank: &'a Bank,
    kind: InterviewType,
    filter: &BankFilter,
    after: Option<&str>,
    limit: usize,
) -> Vec<(&'a BankRole, &'a BankQuestion)> {
    let q = filter.q.as_deref().map(str::to_lowercase);
    let fits = |role: &BankRole, question: &BankQuestion| {
        question.kind == kind
            && filter.difficulty.is_none_or(|d| question.difficulty == d)
            && filter.tag.as_ref().is_none_or(|t| question.tags.iter().any(|tag| tag.eq_ignore_ascii_case(t)))
            && filter
                .industry
                .as_ref()
                .is_none_or(|i| role.industries.iter().any(|x| x.eq_ignore_ascii_case(i)))
            && q.as_ref().is_none_or(|q| question.text.to_lowercase().contains(q))
    };
    let mut all = bank.questions();
    if let Some(after) = after {
        all.find(|(_, question)| question.id == after);
    }
    all.filter(|(role, question)| fits(role, question)).take(limit).collect()
}

/// The questions of an interview, in the order of asking.
pub async fn of_session(app: &App, user: UserId, id: SessionId) -> Result<Vec<Arc<Asked>>> {
    Ok(interviews::state(app, user, id).await?.asked.clone())
}

/// The follow-up that an answer invites; `None` when it is complete. Nothing is kept.
pub async fn follow_up(app: &App, user: UserId, response_id: ResponseId) -> Result<Option<Question>> {
    let not_found = || AppError::not_found("response_not_found", "answer");
    let session = app.store().session_of_response(user, response_id).await?.ok_or_else(not_found)?;
    let state = interviews::state(app, user, session).await?;
    let (asked, _) = state.response(response_id).ok_or_else(not_found)?;
    let upto = state.asked.iter().position(|a| a.question.id == asked.question.id).map_or(0, |at| at + 1);
    let then = State { asked: state.asked[..upto].to_vec(), ..(*state).clone() };
    let interviewer = &app.parts().interviewer;
    let Some(probe) = interviewer.probe(&then).await else { return Ok(None) };
    let turn = Turn { state: &then, candidate: None, question_id: QuestionId::fresh(app.ids()), why: None };
    Ok(Some(interviewer.follow_up(turn, &probe, &asked.question).await))
}
