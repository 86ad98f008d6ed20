//! Judge one answer of an interview.

use super::names::known;
use crate::engines::engines_of;
use crate::interviews::{Action, Addition, append};
use crate::{App, AppError, Result};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::evaluation::{EngineKind, Evaluation, Judgement};
use greenroom_domain::ids::{EvaluationId, JobId, ResponseId, SessionId};
use greenroom_domain::interview::{Event, Response, State};
use greenroom_domain::model_call::ModelCall;
use greenroom_domain::rubric::Rubric;
use greenroom_providers::{Candidate, Subject};
use std::sync::Arc;
use std::time::Instant;

/// Words that changed while they were judged are judged again, so often at most.
const MAX_CHANGES: usize = 5;

/// The state of the interview with the judgement of this answer in it, made now when it is not there yet.
/// `finish` is the work that asked for it; it ends with the judgement.
pub(crate) async fn evaluate(
    app: &App,
    session: SessionId,
    response: ResponseId,
    finish: Option<JobId>,
) -> Result<Arc<State>> {
    let not_found = || AppError::not_found("session_not_found", "interview");
    let mut state = app.states().read(app, session).await?.ok_or_else(not_found)?;
    for _ in 0..MAX_CHANGES {
        if is_judged(&state, response) {
            return Ok(state);
        }
        app.vendors().remember(session, state.spent_micros);
        // Judged before the interview is locked, for judging takes time. A spoken answer may change meanwhile.
        let content = words_of(&state, response)?.content.clone();
        let (evaluation, calls) = judge_response(app, &state, response, app.now()).await?;
        state = append(app, session, &Attach { response, content, evaluation, calls, finish }).await?;
    }
    if is_judged(&state, response) { Ok(state) } else { Err(AppError::internal("the answer keeps changing")) }
}

fn words_of(state: &State, response: ResponseId) -> Result<&Response> {
    let found = state.response(response).map(|(_, response)| response);
    found.ok_or_else(|| AppError::not_found("response_not_found", "answer"))
}

/// Whether this answer has its judgement.
fn is_judged(state: &State, response: ResponseId) -> bool {
    state.response(response).is_some_and(|(_, response)| response.evaluation.is_some())
}

/// Adds a judgement to its interview; nothing when there is one already.
struct Attach {
    response: ResponseId,
    /// The words that were judged.
    content: String,
    evaluation: Evaluation,
    /// What language models were asked for it.
    calls: Vec<ModelCall>,
    finish: Option<JobId>,
}

impl Action for Attach {
    async fn decide(&self, _: &App, state: &State, _: Timestamp) -> Result<Addition> {
        if is_judged(state, self.response) {
            return Ok(Addition::default());
        }
        let asked = self.calls.iter().map(|call| Event::ModelAsked { call: call.clone() });
        if words_of(state, self.response)?.content != self.content {
            return Ok(Addition { events: asked.collect(), ..Addition::default() });
        }
        let event = Event::AnswerEvaluated { evaluation: Box::new(self.evaluation.clone()) };
        Ok(Addition {
            events: asked.chain([event]).collect(),
            evaluations: vec![self.evaluation.clone()],
            finish: self.finish.into_iter().collect(),
            ..Addition::default()
        })
    }
}

/// The judgement of an answer by the rubric that its interview began with.
async fn judge_response(
    app: &App,
    state: &State,
    id: ResponseId,
    now: Timestamp,
) -> Result<(Evaluation, Vec<ModelCall>)> {
    let (asked, response) =
        state.response(id).ok_or_else(|| AppError::not_found("response_not_found", "answer"))?;
    let question = &asked.question;
    let subject = Subject::in_interview(&state.settings, question, &response.content);
    let known = known(app, state.id).await?;
    let [names, schools] =
        [&known.names, &known.schools].map(|words| words.iter().map(String::as_str).collect::<Vec<_>>());
    let account = state.id.to_string();
    let candidate = Candidate { names: &names, schools: &schools, account: Some(&account) };
    let engines = engines_of(app, state.id).await?;
    let began = Instant::now();
    let judged = engines.judge.judge_unnamed(subject, candidate, pinned(app, state)?).await;
    measured(&judged.judgement, began);
    let evaluation = Evaluation {
        id: EvaluationId::fresh(app.ids()),
        session_id: Some(state.id),
        question_id: Some(question.id),
        response_id: Some(id),
        judgement: judged.judgement,
        created_at: now,
    };
    Ok((evaluation, judged.calls))
}

/// Says how long the judgement that was begun at `began` took.
pub(super) fn measured(judgement: &Judgement, began: Instant) {
    let engine = match judgement.engine.kind {
        EngineKind::Builtin => "builtin",
        EngineKind::Llm => "llm",
    };
    greenroom_telemetry::interviews::judged(engine, began.elapsed());
}

/// The rubric version that the interview began with.
fn pinned<'a>(app: &'a App, state: &State) -> Result<&'a Rubric> {
    let wanted = &state.settings.rubric;
    app.rubrics()
        .iter()
        .find(|rubric| rubric.id == wanted.id && rubric.version == wanted.version)
        .ok_or_else(|| AppError::internal(format!("rubric {} version {} is gone", wanted.id, wanted.version)))
}
