//! Start an interview from a set-up.

use super::advance::advance;
use super::states::applied;
use crate::{App, AppError, Result};
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::{ConfigId, SessionId, UserId};
use greenroom_domain::interview::{Channel, Event, InterviewConfig, Logged, SessionRecord, Settings, State};
use greenroom_domain::resume::Resume;
use greenroom_providers::Brief;
use greenroom_store::{NewSession, Page, SessionFilter};
use std::collections::HashSet;
use std::sync::Arc;

/// Earlier interviews whose questions are avoided.
const REMEMBERED_SESSIONS: u64 = 5;

/// Plans an interview and asks its first question, in one transaction.
pub async fn start(app: &App, user: UserId, config_id: ConfigId, channel: Channel) -> Result<SessionRecord> {
    let config = crate::configs::get(app, user, config_id).await?;
    let id = SessionId::fresh(app.ids());
    let resume = match config.resume_id {
        Some(resume) => app.store().resume(user, resume).await?.map(|record| record.resume),
        None => None,
    };
    let settings = Settings { channel, ..config.settings.clone() };
    let plan = plan(app, user, &config, &settings, resume.as_ref(), id).await?;
    let now = app.now();
    let started = Logged { seq: 1, at: now, event: Event::Started { settings, plan } };
    let state =
        State::begin(id, started.clone()).ok_or_else(|| AppError::internal("an interview starts once"))?;
    let candidate = resume.as_ref().and_then(|resume| resume.name.as_deref()).and_then(first_name);
    let candidate = candidate.as_deref();
    let events = advance(app, &state, candidate, now).await?;
    let (state, asked) = applied(&state, events, now);
    let record = SessionRecord {
        id,
        user_id: user,
        config_id,
        title: config.title,
        snapshot: state.snapshot(),
        created_at: now,
        updated_at: now,
    };
    let events = std::iter::once(started).chain(asked).collect();
    app.store().create_session(NewSession { record: record.clone(), events, jobs: Vec::new() }).await?;
    app.states().put(Arc::new(state));
    Ok(record)
}

async fn plan(
    app: &App,
    user: UserId,
    config: &InterviewConfig,
    settings: &Settings,
    resume: Option<&Resume>,
    id: SessionId,
) -> Result<greenroom_domain::interview::Plan> {
    let profile = app.store().profile(user).await?;
    let seen = seen_questions(app, user).await?;
    let brief = Brief {
        settings,
        job_description: &config.job_description,
        posting: &config.posting,
        resume,
        profile: Some(&profile),
        memory: &[],
        seen: &seen,
        seed: id.0.as_u64_pair().1,
    };
    app.parts().interviewer.plan(brief).await.map_err(|_| {
        AppError::new(
            ErrorCode::Invalid,
            "no_questions",
            "The question bank has nothing for these settings. Choose another kind of question.",
        )
    })
}

/// Questions of the last interviews; they are asked again only when nothing else fits.
async fn seen_questions(app: &App, user: UserId) -> Result<HashSet<String>> {
    let page = Page { limit: REMEMBERED_SESSIONS, after: None };
    let mut seen = HashSet::new();
    for session in app.store().sessions(user, &SessionFilter::default(), &page).await?.items {
        if let Some(state) = app.states().get(app, session.id).await? {
            seen.extend(state.asked.iter().filter_map(|asked| asked.question.bank_id.clone()));
        }
    }
    Ok(seen)
}

/// The first name, when it can be used to address somebody: no initial, the family name not taken for it, and
/// "DAVID" not shouted.
fn first_name(name: &str) -> Option<String> {
    let given = name.split_once(',').map_or(name, |(_, given)| given);
    let word = given.split_whitespace().next()?;
    let is_initial = word.ends_with('.') || word.is_ascii() && word.len() == 1;
    (word.chars().count() <= 40 && !is_initial).then(|| unshouted(word))
}

/// Letters after the first of each part in lower case, when the whole word is in capitals.
fn unshouted(word: &str) -> String {
    if word.chars().count() < 3 || word.chars().any(char::is_lowercase) {
        return word.to_owned();
    }
    let mut quiet = String::with_capacity(word.len());
    for letter in word.chars() {
        match quiet.chars().next_back() {
            Some(before) if before.is_alphabetic() => quiet.extend(letter.to_lowercase()),
            _ => quiet.push(letter),
        }
    }
    quiet
}

#[cfg(test)]
mod tests {
    use super::first_name;

    #[test]
    fn people_are_addressed_as_they_would_sign() {
        for (name, called) in [
            ("Grace Adeyemi", Some("Grace")),
            ("DAVID O'HARA", Some("David")),
            ("ANNE-MARIE LÖF", Some("Anne-Marie")),
            ("Ferreira, Tomás", Some("Tomás")),
            ("J. R. Hartley", None),
            ("JP Morel", Some("JP")),
            ("陈美玲", Some("陈美玲")),
            ("", None),
        ] {
            assert_eq!(first_name(name).as_deref(), called, "{name}");
        }
    }
}
