//! What the answers of an interview say.

use super::expected;
use crate::irt::bank::ItemBank;
use crate::irt::estimate::Posterior;
use crate::irt::marks::{CATEGORIES, category_of_mark, first_parameters};
use crate::irt::model::ItemParameters;
use crate::irt::pacing::{Aim, Pacing, Quality};
use crate::irt::profile::{Profile, USUAL_SHARED};
use crate::irt::selection::Target;
use greenroom_domain::ability::ItemEstimate;
use greenroom_domain::evaluation::{Judgement, NotAssessed, Outcome};
use greenroom_domain::interview::{Asked, Difficulty, Phase, PlannedCompetency, Question, Response, State};
use std::sync::Arc;

/// What the answers so far say.
pub(super) struct Reading {
    profile: Profile,
    /// What is thought possible in a competency of which nothing is known.
    pub general: Posterior,
    pub pacing: Pacing,
}

impl Reading {
    pub fn of(state: &State, provisional: &dyn Fn(&Question, &Response) -> Option<Judgement>) -> Self {
        let mut items = Items::default();
        let mut pacing = Pacing::begin(state.settings.difficulty);
        let mut answers = Vec::new();
        for asked in state.asked.iter().filter(|asked| measures(&asked.question)) {
            let Some(response) = asked.responses.first() else { continue };
            let question = &asked.question;
            let for_now;
            let judged = match &response.evaluation {
                Some(evaluation) => Some(&evaluation.judgement),
                None => {
                    for_now = provisional(question, response);
                    for_now.as_ref()
                }
            };
            let category = judged.and_then(category);
            let place = items.place(question.difficulty, question.item.as_ref());
            answers.extend(category.map(|category| (question.competency.as_str(), place, category, 1.0)));
            if super::is_chosen(question.phase) {
                let difficulty = items.0[place].difficulty();
                pacing = pacing.after(question.difficulty, difficulty, quality(judged, category));
            }
        }
        for answer in &state.plan.earlier {
            let place = items.place(answer.difficulty, answer.item.as_ref());
            answers.push((answer.competency.as_str(), place, usize::from(answer.category), answer.weight));
        }
        let keys = state.plan.competencies.iter().map(|competency| competency.key.clone());
        let mut profile = Profile::new(expected(state), USUAL_SHARED, keys);
        let bank = items.bank();
        let answers = answers
            .iter()
            .filter(|(.., category, _)| *category < CATEGORIES)
            .map(|(competency, item, category, weight)| (*competency, *item, *category, *weight));
        profile.observe_all(&bank, answers);
        let general = profile.elsewhere();
        Self { profile, general, pacing }
    }

    /// The plan's competencies with what is known of them, and their names for people.
    pub fn targets<'a>(&'a self, state: &'a State) -> Vec<(Target<'a>, &'a str)> {
        let asked = |key: &str| {
            let about = |asked: &&Arc<Asked>| measures(&asked.question) && asked.question.competency == key;
            state.asked.iter().filter(about).count() as u32
        };
        let target = |planned: &'a PlannedCompetency| {
            let posterior = self.profile.posterior(&planned.key)?;
            let competency = planned.key.as_str();
            let target = Target { competency, share: planned.weight, asked: asked(competency), posterior };
            Some((target, planned.label.as_str()))
        };
        state.plan.competencies.iter().filter_map(target).collect()
    }

    pub fn aim(&self, competency: &str, state: &State) -> Aim {
        let theta = self.profile.posterior(competency).map(Posterior::ability);
        self.pacing.aim(theta.map_or_else(|| expected(state).mean(), |ability| ability.theta))
    }
}

/// Silence and a few words are no measure of ability, but a sign that the question was too hard.
fn quality(judged: Option<&Judgement>, category: Option<usize>) -> Quality {
    match category {
        Some(0 | 1) => Quality::Weak,
        Some(category) if category + 1 == CATEGORIES => Quality::Strong,
        Some(_) => Quality::Fair,
        None if judged.is_some_and(says_little) => Quality::Weak,
        None => Quality::Fair,
    }
}

fn says_little(judgement: &Judgement) -> bool {
    let little = |outcome: &Outcome| {
        matches!(outcome, Outcome::NotAssessed { cause: NotAssessed::Silence | NotAssessed::TooShort, .. })
    };
    !judgement.criteria.is_empty() && judgement.criteria.iter().all(|criterion| little(&criterion.outcome))
}

/// Whether answers to it tell of ability.
pub(super) fn measures(question: &Question) -> bool {
    !question.is_follow_up() && !matches!(question.phase, Phase::Introduction | Phase::WrapUp)
}

/// The category of the mark; `None` without one.
pub(super) fn category(judgement: &Judgement) -> Option<usize> {
    category_of_mark(judgement.overall.score?)
}

/// Parameters of questions, equal ones once.
#[derive(Default)]
pub(super) struct Items(Vec<ItemParameters>);

impl Items {
    pub fn place(&mut self, level: Difficulty, estimate: Option<&ItemEstimate>) -> usize {
        let parameters = parameters(level, estimate);
        self.0.iter().position(|known| *known == parameters).unwrap_or_else(|| {
            self.0.push(parameters);
            self.0.len() - 1
        })
    }

    pub fn bank(self) -> ItemBank {
        ItemBank::new(self.0)
    }
}

/// What answers have taught, where it makes sense; else what the level stands for.
fn parameters(level: Difficulty, estimate: Option<&ItemEstimate>) -> ItemParameters {
    let learned = estimate.filter(|estimate| estimate.thresholds.len() + 1 == CATEGORIES);
    let learned = learned.and_then(|e| ItemParameters::graded(e.discrimination, e.thresholds.clone()).ok());
    learned.unwrap_or_else(|| first_parameters(level))
}
