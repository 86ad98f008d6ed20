//! Who plans and asks.

use async_trait::async_trait;
use greenroom_domain::ability::{EarlierAnswer, Why};
use greenroom_domain::account::Profile;
use greenroom_domain::ids::QuestionId;
use greenroom_domain::interview::{Plan, PlanItem, Probe, Question, Settings, State};
use greenroom_domain::job::JobPosting;
use greenroom_domain::resume::Resume;
use greenroom_scoring::irt::interview::Choice;
use std::collections::HashSet;

/// What an interviewer knows before the interview.
#[derive(Clone, Copy, Debug)]
pub struct Brief<'a> {
    /// How the interview runs.
    pub settings: &'a Settings,
    /// The job description as given.
    pub job_description: &'a str,
    /// What was read in it.
    pub posting: &'a JobPosting,
    /// The candidate's resume, when there is one.
    pub resume: Option<&'a Resume>,
    /// The candidate's profile, when there is one.
    pub profile: Option<&'a Profile>,
    /// Names of the candidate beside that of the resume: they stay here.
    pub names: &'a [String],
    /// Whether a model can say in the interview's language what the bank does not have in it.
    pub translates: bool,
    /// The account that pays for language models: the interview's id; `None` counts for the day only.
    pub account: Option<&'a str>,
    /// Scored answers of earlier practice interviews, as far as they still count.
    pub earlier: &'a [EarlierAnswer],
    /// What earlier interviews showed, a line each.
    pub memory: &'a [String],
    /// Bank keys of questions the candidate has had lately; used only when nothing else fits.
    pub seen: &'a HashSet<String>,
    /// Makes equal briefs vary; the same seed gives the same plan.
    pub seed: u64,
}

/// What an interviewer knows at one turn.
#[derive(Clone, Copy, Debug)]
pub struct Turn<'a> {
    /// The interview so far.
    pub state: &'a State,
    /// The candidate's name, when it is known.
    pub candidate: Option<&'a str>,
    /// Id for the next question.
    pub question_id: QuestionId,
    /// Why the question was chosen, when it was by [`Interviewer::choose`].
    pub why: Option<&'a Why>,
}

/// Why no plan could be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// The bank has no question for these settings.
    #[error("there is no question for these settings")]
    NoQuestions,
}

/// Plans an interview and asks its questions.
#[async_trait]
pub trait Interviewer: Send + Sync {
    /// The plan for an interview: questions that fit its time, each with the lines that caused it.
    async fn plan(&self, brief: Brief<'_>) -> Result<Plan, PlanError>;

    /// The follow-up that the last answer invites, if any.
    async fn probe(&self, state: &State) -> Option<Probe>;

    /// The question for the place of the planned `slot`, by what the answers so far show, with `minutes_left` for it and
    /// all that follow; `None` to ask what is planned.
    async fn choose(&self, state: &State, slot: &PlanItem, minutes_left: f64) -> Option<Choice> {
        let _ = (state, slot, minutes_left);
        None
    }

    /// Words a planned question; `None` when the bank no longer has it.
    async fn ask(&self, turn: Turn<'_>, item: &PlanItem) -> Option<Question>;

    /// Words a follow-up to `parent`.
    async fn follow_up(&self, turn: Turn<'_>, probe: &Probe, parent: &Question) -> Question;
}
