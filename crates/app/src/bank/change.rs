//! Adds, changes and retires one question.

use super::import::faults;
use super::list::{Listed, get};
use super::not_there;
use super::refresh::refresh;
use crate::{App, AppError, Fields, Result, audit};
use greenroom_domain::audit::Action;
use greenroom_domain::bank::{BankEntry, OwnQuestion};
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::UserId;
use greenroom_providers::bank::checks::{Likeness, Severity};
use std::collections::HashSet;

/// Stores a question, new or in another version. It is asked from then on, also if it was retired.
pub async fn save(app: &App, who: UserId, entry: BankEntry) -> Result<Listed> {
    let (bank, checked) = (app.parts().bank.clone(), entry.clone());
    let checking = tokio::task::spawn_blocking(move || {
        let now = bank.now();
        faults(bank.shipped(), &now, &Likeness::new(&now), &HashSet::new(), &checked)
    });
    let faults = checking.await.map_err(AppError::internal)?;
    let errors = faults.into_iter().filter(|(severity, ..)| *severity == Severity::Error);
    let errors: Fields = errors.map(|(_, rule, message)| (rule, message)).collect();
    if !errors.is_empty() {
        return Err(AppError::fields(errors));
    }
    let known = app.store().own_question(&entry.question.id).await?;
    let version = known.map_or(1, |known| known.version.saturating_add(1));
    let own = OwnQuestion { entry, version, retired: false, at: app.now() };
    stored(app, who, own, "a question was stored").await
}

/// Asks a question no more. What ships cannot be retired.
pub async fn retire(app: &App, who: UserId, id: &str) -> Result<()> {
    let Some(known) = get(app, id).await?.own else {
        let message =
            "This question ships with Greenroom. Only questions that were added here can be retired.";
        return Err(AppError::new(ErrorCode::Conflict, "question_ships", message));
    };
    if known.retired {
        return Err(not_there());
    }
    let version = known.version.saturating_add(1);
    let own = OwnQuestion { retired: true, version, at: app.now(), ..known };
    stored(app, who, own, "a question was retired").await.map(drop)
}

async fn stored(app: &App, who: UserId, own: OwnQuestion, what: &str) -> Result<Listed> {
    app.store().save_own_questions(std::slice::from_ref(&own)).await?;
    tracing::info!(user.id = %who, question.id = own.entry.question.id, "{what}");
    audit::record(app, Some(who), Action::BankChanged, &own.entry.question.id, what).await;
    refresh(app).await?;
    app.parts().relay.changed();
    get(app, &own.entry.question.id).await
}
