//! What the interviewer should do now: a pure function of state, clock and plan.

use super::budget::Budget;
use super::event::CompletionReason;
use super::phase::Phase;
use super::plan::PlanItem;
use super::question::Question;
use super::state::{State, Status};
use crate::clock::Timestamp;
use crate::evaluation::Quote;

/// Time below which a follow-up is not worth starting, ms.
const FOLLOW_UP_MS: u64 = 60_000;
/// Time below which no further question is started, ms.
const LAST_QUESTION_MS: u64 = 20_000;

/// A possible follow-up to the answer just given.
#[derive(Clone, Debug, PartialEq)]
pub struct Probe {
    /// What was just said and is asked about.
    pub said: Quote,
    /// The follow-up question.
    pub text: String,
    /// Number of the key point that it digs for, from 1; 0 when none in particular.
    pub asks_for: usize,
}

/// What the interviewer should do.
#[derive(Clone, Debug, PartialEq)]
pub enum Move {
    /// Nothing: a question waits, or the interview does not run.
    Wait,
    /// Ask a planned question.
    Ask {
        /// The question.
        item: PlanItem,
        /// Keys of the planned questions that are given up to keep the time.
        dropped: Vec<String>,
    },
    /// Follow up the last answer.
    FollowUp {
        /// What to ask.
        probe: Probe,
        /// The question that it belongs to.
        parent: Box<Question>,
    },
    /// End the interview.
    Finish {
        /// Why.
        reason: CompletionReason,
    },
}

/// The next move. `probe` is the follow-up that the last answer invites, if any.
pub fn next_move(state: &State, probe: Option<Probe>, now: Timestamp) -> Move {
    if !matches!(state.status, Status::Active { .. }) || state.current_question().is_some() {
        return Move::Wait;
    }
    let budget = state.budget(now);
    if let Some(follow_up) = probe.and_then(|probe| follow_up(state, &budget, probe)) {
        return follow_up;
    }
    next_item(state, &budget)
}

/// The question that a follow-up now would belong to; `None` when there is no time or patience left for one.
pub fn follow_up_parent(state: &State, now: Timestamp) -> Option<&Question> {
    let runs = matches!(state.status, Status::Active { .. }) && state.current_question().is_none();
    runs.then(|| parent(state, &state.budget(now)))?
}

fn follow_up(state: &State, budget: &Budget, probe: Probe) -> Option<Move> {
    parent(state, budget).map(|parent| Move::FollowUp { probe, parent: Box::new(parent.clone()) })
}

fn parent<'a>(state: &'a State, budget: &Budget) -> Option<&'a Question> {
    let last = &state.asked.last()?.question;
    if last.phase == Phase::WrapUp {
        return None;
    }
    let root = last.parent_question_id.unwrap_or(last.id);
    let parent = state.asked_question(root)?;
    let patient = state.follow_ups_of(root) < state.settings.personality.patience() as usize;
    let timely = budget.left_ms() > budget.wrap_up_ms() + FOLLOW_UP_MS && !budget.is_past(last.phase);
    (patient && timely).then_some(&parent.question)
}

fn next_item(state: &State, budget: &Budget) -> Move {
    let open: Vec<&PlanItem> = state.plan.items.iter().filter(|item| !was_asked(state, &item.key)).collect();
    if open.is_empty() {
        return Move::Finish { reason: CompletionReason::Finished };
    }
    if budget.left_ms() < LAST_QUESTION_MS {
        return Move::Finish { reason: CompletionReason::TimeUp };
    }
    let mut dropped = Vec::new();
    for item in open {
        if fits(state, budget, item) {
            return Move::Ask { item: item.clone(), dropped };
        }
        dropped.push(item.key.to_string());
    }
    Move::Finish { reason: CompletionReason::TimeUp }
}

/// A question fits while its phase's time lasts; each phase gets its first question even when
/// earlier ones ran long, as long as the wrap-up keeps its share.
fn fits(state: &State, budget: &Budget, item: &PlanItem) -> bool {
    if item.phase == Phase::WrapUp {
        return true;
    }
    let keeps_wrap_up = budget.left_ms() > budget.wrap_up_ms();
    let first_of_phase = !state.asked.iter().any(|asked| asked.question.phase == item.phase);
    keeps_wrap_up && (first_of_phase || !budget.is_past(item.phase))
}

fn was_asked(state: &State, key: &str) -> bool {
    state.asked.iter().any(|asked| asked.question.planned_as() == Some(key))
}
