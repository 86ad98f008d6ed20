//! The engines that are part of this program: no key, no network, the same answer every time.

mod asking;
mod choosing;
mod grounding;
mod manner;
mod matching;
mod planner;
mod reserve;
#[cfg(test)]
mod tests;

pub(crate) use asking::{filled, worded};
pub(crate) use grounding::shortened;
pub(crate) use planner::competencies;

use crate::bank::Shelf;
use crate::interviewer::{Brief, Interviewer, PlanError, Turn};
use crate::judge::{Judge, Judged, Subject};
use async_trait::async_trait;
use greenroom_domain::evaluation::{
    CriterionResult, Engine, EngineKind, Judgement, KeyPointResult, NotAssessed, Outcome,
};
use greenroom_domain::interview::{Plan, PlanItem, Probe, Question, State};
use greenroom_domain::rubric::{Rubric, overall};
use greenroom_scoring::irt::interview::Choice;
use greenroom_telemetry::interviews::scored;
use std::time::Instant;

/// Whether the built-in scorer reads answers in this language (ISO 639-1).
pub fn reads(language: &str) -> bool {
    language == BUILTIN_LANGUAGE || greenroom_scoring::languages::Language::of(language).is_some()
}

/// Asks from the bank and follows up by rule.
#[derive(Clone, Debug)]
pub struct BuiltinInterviewer {
    bank: Shelf,
}

impl BuiltinInterviewer {
    /// An interviewer that asks from `bank`, as it is at each moment.
    pub fn new(bank: impl Into<Shelf>) -> Self {
        Self { bank: bank.into() }
    }

    /// How this engine is named on questions and reports.
    pub fn engine() -> Engine {
        Engine {
            kind: EngineKind::Builtin,
            name: "greenroom-interviewer".into(),
            version: env!("CARGO_PKG_VERSION").into(),
        }
    }
}

#[async_trait]
impl Interviewer for BuiltinInterviewer {
    async fn plan(&self, brief: Brief<'_>) -> Result<Plan, PlanError> {
        let mut plan = planner::plan(&self.bank.now(), &brief)?;
        asking::introduce(&mut plan, &brief.settings.language);
        Ok(plan)
    }

    async fn probe(&self, state: &State) -> Option<Probe> {
        asking::probe(&self.bank.now(), state)
    }

    async fn choose(&self, state: &State, slot: &PlanItem, minutes_left: f64) -> Option<Choice> {
        choosing::choose(&self.bank, state, slot, minutes_left)
    }

    async fn ask(&self, turn: Turn<'_>, item: &PlanItem) -> Option<Question> {
        let question = asking::planned(&self.bank.now(), turn, item)?;
        let learned = question.bank_id.as_deref().and_then(|id| self.bank.learned().of(id).estimate);
        Some(Question { item: learned, ..question })
    }

    async fn follow_up(&self, turn: Turn<'_>, probe: &Probe, parent: &Question) -> Question {
        asking::follow_up(turn, probe, parent)
    }
}

/// Judges by the words of the answer, its key points and its reference, in the languages that it reads.
#[derive(Clone, Copy, Debug, Default)]
pub struct BuiltinJudge;

impl BuiltinJudge {
    /// What the words show, whatever their language: enough to tell whether there is anything to judge.
    pub(crate) fn by_words(subject: Subject<'_>, rubric: &Rubric) -> Judgement {
        let item = greenroom_scoring::Item {
            question: subject.question,
            answer: subject.answer,
            reference: subject.reference,
            key_points: subject.key_points,
            kind: subject.kind,
            language: subject.language,
        };
        let began = Instant::now();
        let judgement = greenroom_scoring::judge::judge(&item, rubric);
        scored(began.elapsed());
        judgement
    }

    /// A judgement by words as it counts: where question and answer are in a language that is not read, or key points and
    /// reference in another one, nothing is assessed.
    pub(crate) fn as_it_counts(judgement: Judgement, subject: Subject<'_>) -> Judgement {
        if greenroom_scoring::reads(subject.language, subject.reference, subject.key_points) {
            return judgement;
        }
        let unread = |mut criterion: CriterionResult| {
            if matches!(criterion.outcome, Outcome::Assessed { .. }) {
                let reason = UNREAD.to_owned();
                criterion.outcome =
                    Outcome::NotAssessed { cause: NotAssessed::JudgeFailed, reason: reason.into() };
            }
            criterion
        };
        let criteria: Vec<CriterionResult> = judgement.criteria.into_iter().map(unread).collect();
        let point = |point| KeyPointResult { covered: false, quote: None, ..point };
        Judgement {
            overall: overall(&criteria),
            criteria,
            key_points: judgement.key_points.into_iter().map(point).collect(),
            strengths: Vec::new(),
            areas_for_improvement: Vec::new(),
            ..judgement
        }
    }
}

/// The language of the interviewer's own words.
const BUILTIN_LANGUAGE: &str = "en";
const UNREAD: &str = "No language model judged this answer, and the built-in scorer has nothing in its language to compare it with.";

#[async_trait]
impl Judge for BuiltinJudge {
    async fn judge(&self, subject: Subject<'_>, rubric: &Rubric) -> Judged {
        Self::as_it_counts(Self::by_words(subject, rubric), subject).into()
    }
}
