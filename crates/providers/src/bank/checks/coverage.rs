//! Whether each role and each competency has questions enough to choose from.

use super::{Fault, error, warning};
use crate::bank::{Bank, GENERAL};
use greenroom_domain::bank::BankRole;
use greenroom_domain::interview::{Difficulty, InterviewType};

/// Questions of a role, at least.
const ROLE_FROM: usize = 12;
/// Questions of a competency, at least.
const COMPETENCY_FROM: usize = 5;

pub(super) fn of_role(role: &BankRole) -> Vec<Fault> {
    let (questions, mut faults) = (&role.questions, Vec::new());
    if questions.len() < ROLE_FROM {
        let message = format!("{} questions: a role needs {ROLE_FROM} at least", questions.len());
        faults.push(error("thin_role", message));
    }
    // What fits any job can be no knowledge of a trade.
    let kinds: &[(InterviewType, &str)] = match role.role.as_str() {
        GENERAL => &[(InterviewType::Behavioral, "behavioral"), (InterviewType::Situational, "situational")],
        _ => &[
            (InterviewType::Technical, "technical"),
            (InterviewType::Behavioral, "behavioral"),
            (InterviewType::Case, "case"),
            (InterviewType::Situational, "situational"),
        ],
    };
    let missing = kinds.iter().filter(|(kind, _)| !questions.iter().any(|q| q.kind == *kind));
    faults.extend(
        missing.map(|(_, name)| error("missing_type", format!("has no {name} question: write some"))),
    );
    let levels = [
        (Difficulty::Beginner, "beginner"),
        (Difficulty::Intermediate, "intermediate"),
        (Difficulty::Advanced, "advanced"),
    ];
    let missing = levels.iter().filter(|(level, _)| !questions.iter().any(|q| q.difficulty == *level));
    faults.extend(
        missing.map(|(_, name)| error("missing_level", format!("has no {name} question: write some"))),
    );
    faults
}

pub(super) fn of_competencies(bank: &Bank) -> impl Iterator<Item = Fault> {
    bank.competencies().iter().filter_map(|competency| {
        let count = bank.questions().filter(|(_, q)| q.competency == competency.key).count();
        let message = format!("{} has {count} questions: {COMPETENCY_FROM} make a choice", competency.key);
        (count < COMPETENCY_FROM).then(|| warning("thin_competency", message))
    })
}
