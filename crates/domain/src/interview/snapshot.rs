//! What a page needs to know of an interview, derived from its state.

use super::budget::Budget;
use super::event::CompletionReason;
use super::phase::Phase;
use super::question::Question;
use super::settings::Settings;
use super::state::{State, Status};
use crate::clock::Timestamp;
use crate::ids::SessionId;
use serde::{Deserialize, Serialize};

/// A view of an interview that is stored beside the log and can be rebuilt from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// This interview.
    pub id: SessionId,
    /// `active`, `paused`, `completed` or `abandoned`.
    pub status: String,
    /// Why it ended, once it is completed.
    pub reason: Option<CompletionReason>,
    /// Its settings.
    pub settings: Settings,
    /// Phase of the last question.
    pub phase: Phase,
    /// The question that waits for its answer.
    pub current_question: Option<Question>,
    /// How far it has come.
    pub progress: Progress,
    /// Mean of the assessed answers' totals, 1..=10, one decimal.
    pub overall_score: Option<f64>,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// When the running turn began; `None` when no time runs.
    pub turn_began: Option<Timestamp>,
    /// Position of the last event.
    pub last_seq: u64,
}

/// How far an interview has come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Questions asked, with follow-ups.
    pub asked: u32,
    /// Questions answered, with follow-ups.
    pub answered: u32,
    /// Planned questions in all, without follow-ups.
    pub planned: u32,
    /// Planned questions answered, without follow-ups.
    pub planned_answered: u32,
    /// Answers that are judged.
    pub evaluated: u32,
    /// Time used in finished turns, ms.
    pub used_ms: u64,
    /// Length of the interview, ms.
    pub total_ms: u64,
    /// Competencies covered and left.
    pub checklist: Vec<ChecklistEntry>,
}

/// A competency and whether the interview has come to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ChecklistEntry {
    /// Key in the taxonomy.
    pub key: String,
    /// Name for people.
    pub label: String,
    /// Covered, or left.
    pub status: CompetencyStatus,
}

/// Whether the interview has come to a competency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum CompetencyStatus {
    /// A question about it was answered.
    Covered,
    /// A question about it waits for its answer.
    Asked,
    /// Not yet.
    Left,
}

impl State {
    /// The view of this state.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            id: self.id,
            status: self.status.name().to_owned(),
            reason: match self.status {
                Status::Completed { reason, .. } => Some(reason),
                _ => None,
            },
            settings: (*self.settings).clone(),
            phase: self.phase(),
            current_question: self.current_question().map(|asked| asked.question.clone()),
            progress: self.progress(),
            overall_score: super::summarize(self).overall.score,
            started_at: self.started_at,
            ended_at: match self.status {
                Status::Completed { at, .. } | Status::Abandoned { at } => Some(at),
                _ => None,
            },
            turn_began: match self.status {
                Status::Active { turn_began } => Some(turn_began),
                _ => None,
            },
            last_seq: self.last_seq,
        }
    }

    /// Competencies with whether the interview has come to them, in the plan's order.
    pub fn checklist(&self) -> Vec<ChecklistEntry> {
        let status = |key: &str| {
            let about: Vec<_> = self.asked.iter().filter(|asked| asked.question.competency == key).collect();
            if about.is_empty() {
                CompetencyStatus::Left
            } else if about.iter().any(|asked| !asked.responses.is_empty()) {
                CompetencyStatus::Covered
            } else {
                CompetencyStatus::Asked
            }
        };
        let entry = |c: &super::PlannedCompetency| ChecklistEntry {
            key: c.key.clone(),
            label: c.label.clone(),
            status: status(&c.key),
        };
        self.plan.competencies.iter().map(entry).collect()
    }

    fn progress(&self) -> Progress {
        let answered = || self.asked.iter().filter(|asked| !asked.responses.is_empty());
        let evaluated = self.asked.iter().flat_map(|a| &a.responses).filter(|r| r.evaluation.is_some());
        Progress {
            asked: self.asked.len() as u32,
            answered: answered().count() as u32,
            planned: self.plan.items.len() as u32,
            planned_answered: answered().filter(|asked| !asked.question.is_follow_up()).count() as u32,
            evaluated: evaluated.count() as u32,
            used_ms: self.used_ms,
            total_ms: self.settings.duration_ms(),
            checklist: self.checklist(),
        }
    }
}

impl Snapshot {
    /// Time left at `now`, ms.
    pub fn left_ms(&self, now: Timestamp) -> u64 {
        let turn = self.turn_began.map_or(0, |began| now.ms_since(began).min(super::TURN_CAP_MS));
        self.progress.total_ms.saturating_sub(self.progress.used_ms + turn)
    }
}

impl State {
    /// The time budget at `now`.
    pub fn budget(&self, now: Timestamp) -> Budget {
        Budget::new(&self.settings, self.used_ms_at(now))
    }
}
