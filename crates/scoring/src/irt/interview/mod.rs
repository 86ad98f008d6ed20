//! What an interview's log says of ability, and what to ask because of it.
//!
//! Every first answer to a planned question counts with the category of its mark; follow-ups do not, since they hang
//! together with the answer before (Yen 1993, Journal of Educational Measurement 30(3)). An answer that nobody could
//! score changes no estimate. All of it is a function of the log: read again, it says the same.

mod choice;
mod reading;

pub use choice::choose;

use super::estimate::Prior;
use super::marks::prior;
use super::selection;
use choice::rules;
use greenroom_domain::ability::{AbilityBand, CompetencyAbility, EarlierAnswer, ItemEstimate, Why};
use greenroom_domain::evaluation::Judgement;
use greenroom_domain::ids::SessionId;
use greenroom_domain::interview::{Asked, Phase, Question, Response, State};
use reading::{Reading, category, measures};
use std::collections::HashSet;
use std::sync::Arc;

/// Days after which an answer counts half as much. Ours: people who practise change within months.
const HALF_LIFE_DAYS: f64 = 90.0;
/// What an answer of another interview of today counts: a day's form is not the ability.
const NEWEST_COUNTS: f64 = 0.8;
/// Weight below which an answer tells too little to be kept.
const LEAST_WEIGHT: f64 = 0.05;

/// What is known of a question beside what the plan says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Experience {
    /// What answers have taught of it.
    pub estimate: Option<ItemEstimate>,
    /// Share of recent interviews in which it was asked, 0..=1.
    pub exposure: f64,
}

/// The question to ask in the place of a planned one, or that one itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Its key, of the plan or of its reserve.
    pub key: String,
    /// Why.
    pub why: Why,
}

/// What an interview must be asked for a choice.
pub struct Sources<'a> {
    /// Judges an answer whose judgement is not there yet, for the choice only; `None` when it cannot.
    pub provisional: &'a dyn Fn(&Question, &Response) -> Option<Judgement>,
    /// What is known of a question of the bank.
    pub experience: &'a dyn Fn(&str) -> Experience,
}

/// Whether questions of this phase are chosen by what they tell. Those before and after open and close the interview.
pub fn is_chosen(phase: Phase) -> bool {
    matches!(phase, Phase::Technical | Phase::Behavioral | Phase::Scenario)
}

/// The abilities in the plan's competencies, by the judgements that are there.
pub fn abilities(state: &State) -> Vec<CompetencyAbility> {
    let reading = Reading::of(state, &|_, _| None);
    let rules = rules();
    let ability = |(target, _): (selection::Target<'_>, &str)| CompetencyAbility {
        competency: target.competency.to_owned(),
        ability: target.posterior.ability(),
        stopped: selection::stopped(&target, true, &rules),
    };
    reading.targets(state).into_iter().map(ability).collect()
}

/// The same as people see it.
pub fn bands(state: &State) -> Vec<AbilityBand> {
    let reading = Reading::of(state, &|_, _| None);
    let targets = reading.targets(state).into_iter();
    targets
        .map(|(target, label)| {
            let ability = target.posterior.ability();
            AbilityBand::new(target.competency, label, &ability, interviews(state, target.competency))
        })
        .collect()
}

/// In how many interviews answers about a competency were scored, this one counted.
fn interviews(state: &State, competency: &str) -> u32 {
    let about = |asked: &&Arc<Asked>| asked.question.competency == competency && scored(asked).is_some();
    let now = state.asked.iter().any(|asked| about(&asked)).then_some(state.id);
    let earlier = state.plan.earlier.iter().filter(|answer| answer.competency == competency);
    let all: HashSet<SessionId> = earlier.map(|answer| answer.interview).chain(now).collect();
    all.len() as u32
}

/// What the first answers of an interview tell of the same person `days` later: a power prior (Ibrahim & Chen 2000,
/// Statistical Science 15(1)), their likelihood raised to a power that halves every [`HALF_LIFE_DAYS`].
pub fn earlier_answers(state: &State, days: f64) -> Vec<EarlierAnswer> {
    let weight = NEWEST_COUNTS * 0.5_f64.powf(days.max(0.0) / HALF_LIFE_DAYS);
    let answer = |asked: &Arc<Asked>| {
        let question = &asked.question;
        Some(EarlierAnswer {
            interview: state.id,
            competency: question.competency.as_str().to_owned(),
            difficulty: question.difficulty,
            item: question.item.clone(),
            category: u8::try_from(scored(asked)?).ok()?,
            weight,
        })
    };
    state.asked.iter().filter_map(answer).filter(|answer| answer.weight >= LEAST_WEIGHT).collect()
}

/// The category of a first answer to a planned question, and what was known of that question; `None` when it counts
/// for nothing.
pub fn scored(asked: &Asked) -> Option<usize> {
    let counts = measures(&asked.question);
    category(asked.responses.first().filter(|_| counts)?.evaluation.as_ref().map(|e| &e.judgement)?)
}

/// What is expected of the candidate of this interview before the first answer.
pub fn expected(state: &State) -> Prior {
    prior(state.settings.difficulty, state.plan.seniority)
}
