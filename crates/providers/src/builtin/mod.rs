//! The engines that are part of this program: no key, no network, the same answer every time.

mod asking;
mod grounding;
mod manner;
mod matching;
mod planner;
#[cfg(test)]
mod tests;

pub(crate) use asking::filled;
pub(crate) use grounding::shortened;
pub(crate) use planner::competencies;

use crate::bank::Bank;
use crate::interviewer::{Brief, Interviewer, PlanError, Turn};
use crate::judge::{Judge, Judged, Subject};
use async_trait::async_trait;
use greenroom_domain::evaluation::{Engine, EngineKind};
use greenroom_domain::interview::{Plan, PlanItem, Probe, Question, State};
use greenroom_domain::rubric::Rubric;

/// Asks from the bank and follows up by rule.
#[derive(Clone, Debug)]
pub struct BuiltinInterviewer {
    bank: Bank,
}

impl BuiltinInterviewer {
    /// An interviewer that asks from `bank`.
    pub fn new(bank: Bank) -> Self {
        Self { bank }
    }

    /// How this engine is named on questions and reports.
    pub fn engine() -> Engine {
        Engine {
            kind: EngineKind::Builtin,
            name: "greenroom-interviewer".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

#[async_trait]
impl Interviewer for BuiltinInterviewer {
    async fn plan(&self, brief: Brief<'_>) -> Result<Plan, PlanError> {
        planner::plan(&self.bank, &brief)
    }

    async fn probe(&self, state: &State) -> Option<Probe> {
        asking::probe(&self.bank, state)
    }

    async fn ask(&self, turn: Turn<'_>, item: &PlanItem) -> Option<Question> {
        asking::planned(&self.bank, turn, item)
    }

    async fn follow_up(&self, turn: Turn<'_>, probe: &Probe, parent: &Question) -> Question {
        asking::follow_up(turn, probe, parent)
    }
}

/// Judges by the words of the answer, its key points and its reference.
#[derive(Clone, Copy, Debug, Default)]
pub struct BuiltinJudge;

#[async_trait]
impl Judge for BuiltinJudge {
    async fn judge(&self, subject: Subject<'_>, rubric: &Rubric) -> Judged {
        let item = greenroom_scoring::Item {
            question: subject.question,
            answer: subject.answer,
            reference: subject.reference,
            key_points: subject.key_points,
            kind: subject.kind,
            language: subject.language,
        };
        greenroom_scoring::judge::judge(&item, rubric).into()
    }
}
