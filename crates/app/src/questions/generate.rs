//! Questions for a set-up.

use crate::engines::engines_for;
use crate::{App, AppError, Result};
use greenroom_domain::ids::{ConfigId, QuestionId, SessionId, UserId};
use greenroom_domain::interview::{Event, Logged, Plan, PlanItem, Question, Settings, State};
use greenroom_providers::{Brief, Turn};
use std::collections::HashSet;
use std::time::Duration;
use tokio::time::timeout;

/// Longest wait for the model: who asked waits for the answer, and a request ends after half a minute.
const PATIENCE: Duration = Duration::from_secs(20);

/// `count` questions for a set-up, worded and grounded as an interview would ask them: by the model that conducts
/// interviews when there is one, else, and when it fails, by the built-in interviewer. Nothing is kept.
pub async fn generate(app: &App, user: UserId, config_id: ConfigId, count: u32) -> Result<Vec<Question>> {
    if !(1..=Settings::MAX_QUESTIONS).contains(&count) {
        return Err(AppError::field("count", format!("Choose 1 to {}.", Settings::MAX_QUESTIONS)));
    }
    let config = crate::configs::get(app, user, config_id).await?;
    let resume = match config.resume_id {
        Some(id) => app.store().resume(user, id).await?.map(|record| record.resume),
        None => None,
    };
    let settings = Settings { question_count: Some(count), ..config.settings };
    let profile = app.store().profile(user).await?;
    let known = crate::evaluations::known_of(app, user, resume.as_ref()).await?;
    let id = SessionId::fresh(app.ids());
    let brief = Brief {
        settings: &settings,
        job_description: &config.job_description,
        posting: &config.posting,
        resume: resume.as_ref(),
        profile: Some(&profile),
        names: &known.names,
        translates: engines_for(app, user).await?.conversation.is_some(),
        account: None,
        earlier: &[],
        memory: &[],
        seen: &HashSet::new(),
        seed: id.0.as_u64_pair().1,
    };
    let draft = app.parts().interviewer.plan(brief).await;
    let draft = draft.map_err(|error| AppError::field("config_id", error.to_string()))?;
    let plan = bettered(app, user, brief, draft).await?;
    questions(app, id, settings, plan).await
}

/// The model's plan; the draft when there is no model or nothing of what it says can be used.
async fn bettered(app: &App, user: UserId, brief: Brief<'_>, draft: Plan) -> Result<Plan> {
    let engines = engines_for(app, user).await?;
    let Some(conversation) = &engines.conversation else { return Ok(draft) };
    let reason = match timeout(PATIENCE, conversation.plan(brief, &draft, None)).await {
        Ok(talked) => match talked.result {
            Ok(replanned) => return Ok(replanned.plan),
            Err(reason) => reason,
        },
        Err(_) => "it took too long".to_owned(),
    };
    tracing::warn!(cause = %reason, "the model's questions cannot be used");
    Ok(draft)
}

async fn questions(app: &App, id: SessionId, settings: Settings, plan: Plan) -> Result<Vec<Question>> {
    let items: Vec<PlanItem> = plan.items.clone();
    let started = Event::Started { settings, plan };
    let Some(state) = State::begin(id, Logged { seq: 1, at: app.now(), event: started }) else {
        return Err(AppError::internal("an interview starts once"));
    };
    let mut questions = Vec::with_capacity(items.len());
    for (order, item) in items.iter().enumerate() {
        let question_id = QuestionId::fresh(app.ids());
        let turn = Turn { state: &state, candidate: None, question_id, why: None };
        if let Some(question) = app.parts().interviewer.ask(turn, item).await {
            questions.push(Question { lead_in: None, order: order as u32 + 1, ..question });
        }
    }
    Ok(questions)
}
