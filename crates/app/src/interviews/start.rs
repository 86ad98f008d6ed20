//! Start an interview from a set-up.

use super::advance::advance;
use super::case_file::CaseFile;
use super::planning::plan_behind;
use super::states::applied;
use crate::engines::{Engines, engines_for};
use crate::{App, AppError, Result};
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::{ConfigId, SessionId, UserId};
use greenroom_domain::interview::{Channel, Event, Logged, Plan, SessionRecord, Settings, State};
use greenroom_store::NewSession;
use std::sync::Arc;

/// Plans an interview and asks its first question, in one transaction.
pub async fn start(app: &App, user: UserId, config_id: ConfigId, channel: Channel) -> Result<SessionRecord> {
    let config = crate::configs::get(app, user, config_id).await?;
    check_language(app, &*engines_for(app, user).await?, &config.settings.language)?;
    let id = SessionId::fresh(app.ids());
    let settings = Settings { channel, ..config.settings.clone() };
    let title = config.title.clone();
    let case = CaseFile::fresh(app, user, config, id).await?;
    let plan = plan(app, &case, &settings).await?;
    let now = app.now();
    let started = Logged { seq: 1, at: now, event: Event::Started { settings, plan } };
    let state =
        State::begin(id, started.clone()).ok_or_else(|| AppError::internal("an interview starts once"))?;
    let candidate = case.resume.as_ref().and_then(|resume| resume.name.as_deref()).and_then(first_name);
    let candidate = candidate.as_deref();
    let events = advance(app, &state, candidate, now).await?;
    let (state, asked) = applied(&state, events, now);
    let record = SessionRecord {
        id,
        user_id: user,
        config_id,
        title,
        snapshot: state.snapshot(),
        created_at: now,
        updated_at: now,
    };
    let events = std::iter::once(started).chain(asked).collect();
    app.store().create_session(NewSession { record: record.clone(), events, jobs: Vec::new() }).await?;
    greenroom_telemetry::interviews::started(match state.settings.channel {
        Channel::Text => "text",
        Channel::Voice => "voice",
    });
    app.states().put(Arc::new(state));
    plan_behind(app, id);
    Ok(record)
}

/// The model that could keep to the language may have been taken away since the set-up was made.
fn check_language(app: &App, engines: &Engines, language: &str) -> Result<()> {
    if crate::configs::languages(app, engines).iter().any(|(code, _)| *code == language) {
        return Ok(());
    }
    let message = "No language model may hold this interview in its language. Choose another language, or agree to the model.";
    Err(AppError::new(ErrorCode::Invalid, "language_not_available", message))
}

async fn plan(app: &App, case: &CaseFile, settings: &Settings) -> Result<Plan> {
    app.parts().interviewer.plan(case.brief(settings)).await.map_err(|_| {
        AppError::new(
            ErrorCode::Invalid,
            "no_questions",
            "The question bank has nothing for these settings. Choose another kind of question.",
        )
    })
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
