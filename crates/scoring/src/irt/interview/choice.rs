//! The question to ask next.

use super::reading::{Items, Reading};
use super::{Choice, Sources, is_chosen};
use crate::irt::bank::ItemBank;
use crate::irt::estimate::Posterior;
use crate::irt::marks::difficulty_of;
use crate::irt::random::Draws;
use crate::irt::selection::{self, Candidate, Constraints, NoQuestion, Selected, Target};
use greenroom_domain::ability::{CompetencyTurn, SelectionReason, Why};
use greenroom_domain::interview::{PlanItem, State};

/// Standard error at which an interview asks no more about a competency while others are less known.
const KNOWN: f64 = 0.6;

/// Chooses the question for the place of the planned `slot`, with `minutes_left` for it and all that follow. `None`
/// leaves it as it is planned: it opens or closes the interview, is the interviewer's own, or nothing else may be asked.
pub fn choose(state: &State, slot: &PlanItem, minutes_left: f64, sources: &Sources<'_>) -> Option<Choice> {
    if !is_chosen(slot.phase) {
        return None;
    }
    let reading = Reading::of(state, sources.provisional);
    let is_own = slot.wording.as_ref().is_some_and(|wording| wording.bank_id.is_none());
    let aim = reading.aim(&slot.competency, state);
    if is_own && aim.allows(slot.difficulty, difficulty_of(slot.difficulty)) {
        return None;
    }
    let mut items = Items::default();
    let open = open(state);
    let candidates: Vec<Candidate<'_>> =
        open.iter().map(|item| candidate(item, &mut items, sources)).collect();
    let market = Market {
        bank: items.bank(),
        rules: Constraints {
            phase: Some(slot.phase),
            pacing: Some(reading.pacing),
            // The planned question may always have its time: the interview's clock has let it through.
            minutes_left: minutes_left.max(f64::from(slot.minutes)),
            ..rules()
        },
        candidates,
    };
    let targets: Vec<Target<'_>> = reading.targets(state).into_iter().map(|(target, _)| target).collect();
    let mut draws = draws(state);
    // Competencies that the interview is not to find out have their turn when the others have no question left.
    let (targets, selected) = match market.select(&targets, &mut draws) {
        Ok(selected) => (targets, selected),
        Err(_) => {
            let others = others(&open, &targets, &reading.general);
            let selected = market.select(&others, &mut draws).ok()?;
            (others, selected)
        }
    };
    let planned = open.iter().position(|item| item.key == slot.key);
    let kept = planned.and_then(|place| market.as_planned(&targets, place, &selected));
    let Selected { candidate, reason } = kept.unwrap_or(selected);
    let aim = reading.pacing.aim(reason.before.theta);
    let why = Why { level: aim.level, pace: aim.pace, selection: reason };
    Some(Choice { key: open[candidate].key.to_string(), why })
}

fn candidate<'a>(item: &'a PlanItem, items: &mut Items, sources: &Sources<'_>) -> Candidate<'a> {
    let known = (sources.experience)(&item.key);
    Candidate {
        item: items.place(item.difficulty, known.estimate.as_ref()),
        competency: &item.competency,
        phase: item.phase,
        level: item.difficulty,
        minutes: f64::from(item.minutes),
        exposure: known.exposure,
    }
}

/// Questions to choose from, with the rules of the choice.
struct Market<'a> {
    bank: ItemBank,
    candidates: Vec<Candidate<'a>>,
    rules: Constraints,
}

impl Market<'_> {
    /// What is known well enough leaves its place to the rest; when nothing else is left, it is asked about after all.
    fn select(&self, targets: &[Target<'_>], draws: &mut Draws) -> Result<Selected, NoQuestion> {
        selection::choose(&self.bank, targets, &self.candidates, &self.rules, draws)
            .or_else(|_| selection::choose(&self.bank, targets, &self.candidates, &self.anything(), draws))
    }

    fn anything(&self) -> Constraints {
        Constraints { standard_error: 0.0, most_each: u32::MAX, ..self.rules }
    }

    /// The planned question at `place`, where it tells about as much as the selected one: job and resume called for it.
    fn as_planned(&self, targets: &[Target<'_>], place: usize, selected: &Selected) -> Option<Selected> {
        let (own, other) = (&self.candidates[place], &self.candidates[selected.candidate]);
        let is_worn = own.exposure > self.rules.most_exposure && own.exposure > other.exposure;
        if own.level != other.level || is_worn {
            return None;
        }
        let alone = selection::choose(
            &self.bank,
            targets,
            std::slice::from_ref(own),
            &self.anything(),
            &mut Draws::from_seed(0),
        );
        let (reason, best) = (alone.ok()?.reason, &selected.reason);
        let has_turn = reason.competency == best.competency
            || reason.turn == CompetencyTurn::Uncovered && best.turn == CompetencyTurn::Uncovered;
        let about_as_much = gain(&reason) >= self.rules.within * gain(best);
        (has_turn && about_as_much).then(|| {
            let reason = SelectionReason { allowed: best.allowed, ..reason };
            Selected { candidate: place, reason }
        })
    }
}

/// What the answer is expected to take off the variance.
fn gain(reason: &SelectionReason) -> f64 {
    reason.before.standard_error.powi(2) - reason.expected_standard_error.powi(2)
}

/// Competencies of open questions that are not among `targets`; of these only the general ability is known.
fn others<'a>(open: &[&'a PlanItem], targets: &[Target<'_>], general: &'a Posterior) -> Vec<Target<'a>> {
    let mut others: Vec<Target<'a>> = Vec::new();
    for item in open {
        let competency = item.competency.as_str();
        let known = targets.iter().chain(&others).any(|target| target.competency == competency);
        if !known {
            others.push(Target { competency, share: 1.0, asked: 0, posterior: general });
        }
    }
    others
}

/// The rules of every interview.
pub(super) fn rules() -> Constraints {
    Constraints { standard_error: KNOWN, ..Constraints::default() }
}

/// Questions that were not asked yet, those of the plan first.
fn open(state: &State) -> Vec<&PlanItem> {
    let was_asked = |key: &str| state.asked.iter().any(|asked| asked.question.planned_as() == Some(key));
    let all = state.plan.items.iter().chain(&state.plan.reserve);
    all.filter(|item| is_chosen(item.phase) && !was_asked(&item.key)).collect()
}

/// The same for the same interview and number of questions.
fn draws(state: &State) -> Draws {
    let (high, low) = state.id.0.as_u64_pair();
    Draws::from_seed(high.rotate_left(32) ^ low ^ (state.asked.len() as u64).wrapping_mul(0x9e37_79b9))
}
