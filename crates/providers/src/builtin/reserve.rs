//! Questions in reserve: those that may take the place of planned ones, of every level and competency that is planned.

use super::planner::Chooser;
use greenroom_domain::bank::BankQuestion;
use greenroom_domain::interview::{Difficulty, Phase, PlanItem, PlannedCompetency};
use greenroom_scoring::irt::interview::is_chosen;
use std::collections::HashMap;

const LEVELS: [Difficulty; 3] = [Difficulty::Beginner, Difficulty::Intermediate, Difficulty::Advanced];
/// Questions of one phase and level, at most.
const MOST: usize = 8;

/// The reserve for a chosen plan: as many questions of each phase and level as the phase has, two at least; those of the
/// plan's competencies first. What the candidate has had in earlier interviews is left out.
pub fn reserve(chooser: &Chooser<'_>, competencies: &[PlannedCompetency]) -> Vec<PlanItem> {
    let planned = |phase: Phase| chooser.items().iter().filter(|item| item.phase == phase).count();
    let mut pool = chooser.spare(|question| is_chosen(question.phase()));
    // What the bank has in the interview's language comes first, then what is most worth asking.
    pool.sort_by(|a, b| {
        let by_value = b.speaks.cmp(&a.speaks).then(b.value.total_cmp(&a.value));
        by_value.then_with(|| a.question.id.cmp(&b.question.id))
    });
    let is_planned = |question: &BankQuestion| competencies.iter().any(|c| c.key == question.competency);
    let (asked_for, others): (Vec<_>, Vec<_>) =
        pool.iter().map(|spare| spare.question).partition(|question| is_planned(question));
    let mut reserve = Vec::new();
    for phase in Phase::ALL.into_iter().filter(|phase| planned(*phase) > 0) {
        for level in LEVELS {
            let fits = |question: &&BankQuestion| question.phase() == phase && question.difficulty == level;
            let fitting = asked_for.iter().copied().filter(fits);
            let both = in_turns(fitting).into_iter().chain(in_turns(others.iter().copied().filter(fits)));
            let taken = both.take(planned(phase).clamp(2, MOST));
            reserve.extend(taken.map(|question| chooser.item(question, phase)));
        }
    }
    reserve
}

/// The first of each competency, then the second of each, and so on.
fn in_turns<'a>(questions: impl Iterator<Item = &'a BankQuestion>) -> Vec<&'a BankQuestion> {
    let mut rounds: HashMap<&str, usize> = HashMap::new();
    let numbered = questions.map(|question| {
        let round = rounds.entry(&question.competency).or_default();
        *round += 1;
        (*round, question)
    });
    let mut numbered: Vec<_> = numbered.collect();
    numbered.sort_by_key(|(round, _)| *round);
    numbered.into_iter().map(|(_, question)| question).collect()
}
