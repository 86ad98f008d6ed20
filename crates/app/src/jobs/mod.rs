//! Background work, for those who look after it.

use crate::{App, AppError, Result, audit};
use greenroom_domain::audit::Action;
use greenroom_domain::ids::{JobId, UserId};
use greenroom_domain::job_queue::{JobLoad, QueuedJob};
use greenroom_store::{JobFilter, Page, Paged};

/// Background work, latest due first.
pub async fn list(app: &App, filter: &JobFilter, page: &Page) -> Result<Paged<QueuedJob>> {
    Ok(app.store().jobs(filter, page, app.now()).await?)
}

/// How much work there is of each kind.
pub async fn load(app: &App) -> Result<Vec<JobLoad>> {
    Ok(app.store().job_load(app.now()).await?)
}

/// Tries work again that was given up, with all its attempts.
pub async fn retry(app: &App, who: UserId, id: JobId) -> Result<()> {
    if !app.store().revive_job(id, app.now()).await? {
        return Err(not_found());
    }
    tracing::info!(user.id = %who, job.id = %id, "work that was given up is tried again");
    audit::record(app, Some(who), Action::JobRetried, id, "").await;
    app.wake_workers();
    Ok(())
}

/// Forgets work that was given up.
pub async fn drop(app: &App, who: UserId, id: JobId) -> Result<()> {
    if !app.store().drop_job(id).await? {
        return Err(not_found());
    }
    tracing::info!(user.id = %who, job.id = %id, "work that was given up is dropped");
    audit::record(app, Some(who), Action::JobDropped, id, "").await;
    Ok(())
}

fn not_found() -> AppError {
    AppError::not_found("job_not_found", "work that was given up")
}
