//! One interview: its settings, plan, log of events, state and rules.

mod budget;
mod config;
mod decide;
mod event;
mod next_move;
mod note;
mod phase;
mod plan;
mod question;
mod session;
mod settings;
mod snapshot;
mod spoken;
mod state;
mod summary;
mod wish;

pub use budget::{Budget, TURN_CAP_MS};
pub use config::InterviewConfig;
pub use decide::decide;
pub use event::{CompletionReason, Event, Logged};
pub use next_move::{Move, Probe, follow_up_parent, next_move};
pub use note::{MAX_CONDUCT_WARNINGS, Note, Said};
pub use phase::{Phase, PhaseShare, shares};
pub use plan::{Grounding, GroundingSource, Plan, PlanItem, PlannedCompetency, Reading, Wording};
pub use question::Question;
pub use session::SessionRecord;
pub use settings::{Channel, Difficulty, InterviewType, Personality, Settings, SettingsError};
pub use snapshot::{ChecklistEntry, CompetencyStatus, Progress, Snapshot};
pub use spoken::{
    CORRECTION_MS, Correction, EndedBy, HeardReply, OtherVoice, Spoken, SpokenWord, Stages, Transport,
    Unfinished,
};
pub use state::{Asked, Response, State, Status};
pub use summary::{CompetencySummary, PhaseSummary, Summary, summarize};
pub use wish::{Input, MAX_ANSWER_CHARS, Refusal};

#[cfg(test)]
mod tests;
