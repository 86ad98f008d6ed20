//! The next question by what the answers show. Nobody waits for a judge: an answer that has none yet is scored by its
//! words, for the choice only.

use super::BuiltinJudge;
use crate::bank::Shelf;
use crate::judge::Subject;
use greenroom_domain::evaluation::Judgement;
use greenroom_domain::interview::{PlanItem, Question, Response, State};
use greenroom_domain::rubric::Rubric;
use greenroom_scoring::irt::interview::{self, Choice, Sources};
use greenroom_scoring::rubrics;
use std::sync::LazyLock;

static RUBRICS: LazyLock<Vec<Rubric>> = LazyLock::new(rubrics::shipped);

/// The question for the place of `slot`; `None` leaves it as it is planned.
pub fn choose(bank: &Shelf, state: &State, slot: &PlanItem, minutes_left: f64) -> Option<Choice> {
    if !interview::is_chosen(slot.phase) {
        return None;
    }
    let provisional = |question: &Question, response: &Response| provisional(state, question, response);
    let experience = |key: &str| bank.learned().of(key);
    let sources = Sources { provisional: &provisional, experience: &experience };
    interview::choose(state, slot, minutes_left, &sources)
}

/// What the built-in judge makes of the answer.
fn provisional(state: &State, question: &Question, response: &Response) -> Option<Judgement> {
    let rubric = RUBRICS.iter().find(|rubric| rubric.reference() == state.settings.rubric)?;
    let subject = Subject::in_interview(&state.settings, question, &response.content);
    Some(BuiltinJudge::as_it_counts(BuiltinJudge::by_words(subject, rubric), subject))
}
