//! Who said what.

use super::read::{config_of, owned};
use crate::{App, AppError, Result};
use greenroom_documents::render::{Block, Document};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{QuestionId, SessionId, UserId};
use greenroom_domain::interview::{State, Status};
use serde::Serialize;

/// Who said what, in order. `greenroom evaluate` reads this format.
#[derive(Clone, Debug, Serialize)]
pub struct Transcript {
    /// Name and version of this format.
    pub format: &'static str,
    /// The interview.
    pub session_id: SessionId,
    /// Its title.
    pub title: String,
    /// The candidate, when the resume names them.
    pub candidate_name: Option<String>,
    /// The job, when known.
    pub position: Option<String>,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Time used, minutes, without pauses.
    pub duration_minutes: u64,
    /// Who said what.
    pub turns: Vec<TranscriptTurn>,
}

/// Something said.
#[derive(Clone, Debug, Serialize)]
pub struct TranscriptTurn {
    /// By whom.
    pub role: Role,
    /// The words.
    pub text: String,
    /// When.
    pub at: Timestamp,
    /// The question that is asked or answered.
    pub question_id: QuestionId,
}

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Asks.
    Interviewer,
    /// Answers.
    Candidate,
}

/// The transcript of this person's interview. Answers given again later are not part of it.
pub async fn transcript(app: &App, user: UserId, id: SessionId) -> Result<Transcript> {
    let session = owned(app, user, id).await?;
    let not_found = || AppError::not_found("session_not_found", "interview");
    let state = app.states().read(app, id).await?.ok_or_else(not_found)?;
    let resume = match config_of(app, &session).await?.and_then(|config| config.resume_id) {
        Some(resume) => app.store().resume(user, resume).await?,
        None => None,
    };
    let mut turns = Vec::new();
    for asked in &state.asked {
        let question_id = asked.question.id;
        let lead_in = asked.question.lead_in.as_ref().map(|words| format!("{words} ")).unwrap_or_default();
        let text = format!("{lead_in}{}", asked.question.content);
        turns.push(TranscriptTurn { role: Role::Interviewer, text, at: asked.at, question_id });
        turns.extend(asked.responses.first().map(|response| TranscriptTurn {
            role: Role::Candidate,
            text: response.content.clone(),
            at: response.at,
            question_id,
        }));
    }
    turns.extend(farewell(&state));
    let snapshot = state.snapshot();
    Ok(Transcript {
        format: "greenroom.transcript/1",
        session_id: id,
        title: session.title,
        candidate_name: resume.and_then(|record| record.resume.name),
        position: state.settings.position.clone(),
        started_at: state.started_at,
        ended_at: snapshot.ended_at,
        duration_minutes: snapshot.progress.used_ms.div_ceil(60_000),
        turns,
    })
}

/// The interviewer's last words; they belong to the last question.
fn farewell(state: &State) -> Option<TranscriptTurn> {
    let Status::Completed { at, .. } = state.status else { return None };
    let question_id = state.asked.last()?.question.id;
    Some(TranscriptTurn {
        role: Role::Interviewer,
        text: state.farewell.as_deref()?.to_owned(),
        at,
        question_id,
    })
}

/// The transcript as a document for Markdown and PDF.
pub fn transcript_document(transcript: &Transcript) -> Document {
    let blocks = transcript.turns.iter().map(|turn| match turn.role {
        Role::Interviewer => Block::heading(3, &turn.text),
        Role::Candidate => Block::paragraph(&turn.text),
    });
    Document {
        title: transcript.title.clone(),
        subtitle: format!("Transcript, {}", transcript.started_at.as_datetime().format("%-d %B %Y")),
        blocks: blocks.collect(),
    }
}
