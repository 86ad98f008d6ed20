//! Interview set-ups: made from a job description, started any number of times.

use crate::engines::{Engines, engines_for};
use crate::{App, AppError, Fields, Result};
use greenroom_documents::read_job;
use greenroom_domain::ids::{ConfigId, ResumeId, UserId};
use greenroom_domain::interview::{
    Channel, Difficulty, InterviewConfig, InterviewType, Personality, Settings, SettingsError,
};
use greenroom_domain::job::JobPosting;
use greenroom_store::{Page, Paged};

/// Longest job description, characters.
pub const MAX_JOB_CHARS: usize = 50_000;
/// Longest title or position, characters.
const MAX_TITLE_CHARS: usize = 200;
/// The language of the built-in engines (ISO 639-1).
const ENGLISH: &str = "en";

/// What a person chooses for a set-up.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Name for people.
    pub title: String,
    /// The job description as given.
    pub job_description: String,
    /// Job title, when the person corrects what was read.
    pub position: Option<String>,
    /// Level of the questions.
    pub difficulty: Difficulty,
    /// Kinds of question.
    pub types: Vec<InterviewType>,
    /// Length, minutes.
    pub duration_minutes: u32,
    /// The interviewer's manner.
    pub personality: Personality,
    /// Number of questions without follow-ups.
    pub question_count: Option<u32>,
    /// ISO 639-1 code; English when not given.
    pub language: Option<String>,
    /// The resume to ask about.
    pub resume_id: Option<ResumeId>,
    /// Rubric; the default when not given.
    pub rubric_id: Option<String>,
    /// What the person corrected of what was read in the job description.
    pub posting: Option<JobPosting>,
}

/// What is read in a job description. Nothing is kept.
pub async fn parse_job(app: &App, job_description: &str) -> Result<JobPosting> {
    if let Some(message) = too_long(job_description) {
        return Err(AppError::field("job_description", message));
    }
    let (text, bank) = (job_description.to_owned(), app.bank());
    let reading = tokio::task::spawn_blocking(move || read_job(&text, bank.competencies()));
    reading.await.map_err(AppError::internal)
}

/// Makes a set-up.
pub async fn create(app: &App, user: UserId, draft: Draft) -> Result<InterviewConfig> {
    crate::accounts::me(app, user).await?;
    let now = app.now();
    let config = build(app, user, ConfigId::fresh(app.ids()), draft, now).await?;
    app.store().insert_config(&config).await?;
    Ok(config)
}

/// Replaces a set-up. Interviews that were started from it keep what they began with.
pub async fn replace(app: &App, user: UserId, id: ConfigId, draft: Draft) -> Result<InterviewConfig> {
    let old = get(app, user, id).await?;
    let config = build(app, user, id, draft, old.created_at).await?;
    if app.store().update_config(&config).await? { Ok(config) } else { Err(not_found()) }
}

/// The set-up of this person.
pub async fn get(app: &App, user: UserId, id: ConfigId) -> Result<InterviewConfig> {
    app.store().config(user, id).await?.ok_or_else(not_found)
}

/// This person's set-ups, newest first.
pub async fn list(app: &App, user: UserId, page: &Page) -> Result<Paged<InterviewConfig>> {
    Ok(app.store().configs(user, page).await?)
}

/// Forgets a set-up. Interviews started from it stay.
pub async fn delete(app: &App, user: UserId, id: ConfigId) -> Result<()> {
    if app.store().delete_config(user, id).await? { Ok(()) } else { Err(not_found()) }
}

async fn build(
    app: &App,
    user: UserId,
    id: ConfigId,
    draft: Draft,
    created_at: greenroom_domain::clock::Timestamp,
) -> Result<InterviewConfig> {
    let mut fields = Fields::new();
    check_texts(&draft, &mut fields);
    check_language(app, &*engines_for(app, user).await?, &draft, &mut fields);
    let Some(rubric) = app.rubric(draft.rubric_id.as_deref()) else {
        return Err(AppError::field("rubric_id", "There is no such rubric."));
    };
    if let Some(resume) = draft.resume_id
        && app.store().resume(user, resume).await?.is_none()
    {
        fields.insert("resume_id".to_owned(), "There is no such resume.".to_owned());
    }
    if !fields.is_empty() {
        return Err(AppError::fields(fields));
    }
    let posting = match draft.posting {
        Some(posting) => posting,
        None => parse_job(app, &draft.job_description).await?,
    };
    let position = clean(draft.position).or_else(|| posting.position.clone());
    let settings = Settings {
        position,
        difficulty: draft.difficulty,
        types: draft.types,
        duration_minutes: draft.duration_minutes,
        personality: draft.personality,
        question_count: draft.question_count,
        language: clean(draft.language).unwrap_or_else(|| ENGLISH.to_owned()),
        rubric: rubric.reference(),
        channel: Channel::Text,
    };
    Ok(InterviewConfig {
        id,
        user_id: user,
        title: draft.title.trim().to_owned(),
        job_description: draft.job_description,
        posting,
        resume_id: draft.resume_id,
        settings: settings.checked().map_err(wrong_settings)?,
        created_at,
        updated_at: app.now(),
    })
}

fn check_texts(draft: &Draft, fields: &mut Fields) {
    let title = draft.title.trim().chars().count();
    if title == 0 || title > MAX_TITLE_CHARS || draft.title.chars().any(char::is_control) {
        let message = format!("Give it a name of at most {MAX_TITLE_CHARS} characters, on one line.");
        fields.insert("title".to_owned(), message);
    }
    if draft.position.as_ref().is_some_and(|p| p.chars().count() > MAX_TITLE_CHARS) {
        fields.insert("position".to_owned(), format!("Use at most {MAX_TITLE_CHARS} characters."));
    }
    if let Some(message) = too_long(&draft.job_description) {
        fields.insert("job_description".to_owned(), message);
    }
    let weights = draft.posting.iter().flat_map(|posting| &posting.competencies).map(|c| c.weight);
    if weights.into_iter().any(|weight| !(0.0..=1.0).contains(&weight)) {
        fields.insert("posting".to_owned(), "The weight of a competency is a number from 0 to 1.".to_owned());
    }
}

/// Languages in which an interview can be held now, by code with their English names. Without a model these are those
/// that the bank has questions in and the built-in scorer reads; a choice that could not be kept must not look as if it
/// worked.
pub fn languages(app: &App, engines: &Engines) -> Vec<(&'static str, &'static str)> {
    let mut languages = greenroom_providers::languages();
    if engines.conversation.is_none() {
        let bank = app.bank();
        languages.retain(|(code, _)| bank.speaks(code) && greenroom_providers::builtin::reads(code));
    }
    languages
}

fn check_language(app: &App, engines: &Engines, draft: &Draft, fields: &mut Fields) {
    let wanted = draft.language.as_deref().map_or(ENGLISH, str::trim);
    let languages = languages(app, engines);
    if wanted.is_empty() || languages.iter().any(|(code, _)| *code == wanted) {
        return;
    }
    let codes: Vec<&str> = languages.iter().map(|(code, _)| *code).collect();
    let why = if engines.conversation.is_none() {
        "Without a language model that you agree to, choose"
    } else {
        "Choose"
    };
    let message = format!("{why} one of: {}.", codes.join(", "));
    fields.insert("language".to_owned(), message);
}

fn too_long(job_description: &str) -> Option<String> {
    (job_description.chars().count() > MAX_JOB_CHARS)
        .then(|| format!("Use at most {MAX_JOB_CHARS} characters; the advert itself is enough."))
}

fn wrong_settings(error: SettingsError) -> AppError {
    let field = match error {
        SettingsError::NoTypes => "interview_type",
        SettingsError::Duration => "duration",
        SettingsError::QuestionCount => "question_count",
    };
    AppError::field(field, error.to_string())
}

fn clean(text: Option<String>) -> Option<String> {
    text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty())
}

fn not_found() -> AppError {
    AppError::not_found("config_not_found", "interview set-up")
}
