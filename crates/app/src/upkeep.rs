//! What the cluster does for itself again and again: each chore once each time, however many nodes there are.

use crate::clock_watch::clock_doubt;
use crate::{App, Result, accounts, calibration, interviews, models, objects, retention};
use async_trait::async_trait;
use greenroom_domain::job_queue::{Job, Schedule};
use greenroom_jobs::{Done, Handler, JobError};
use std::sync::Arc;

const MINUTE_MS: i64 = 60_000;
/// How long it is kept how long turns of spoken interviews took: 30 days.
const VOICE_TURNS_MS: i64 = 30 * 24 * 60 * MINUTE_MS;

/// One chore.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chore {
    /// Erases guests whose time is over.
    EraseGuests,
    /// Closes interviews that nobody came back to.
    CloseInterviews,
    /// Wipes model providers that were deleted.
    WipeModels,
    /// Deletes whatever is older than its rule says.
    ApplyRetention,
    /// Forgets sign-ins, attempts to sign in, used ways back from providers, leases and times of turns whose time is over.
    PruneRemains,
    /// Makes the parts of the log of events for months to come, where it is in parts.
    MakeParts,
    /// Deletes in the storage of files what was deleted in the database.
    ClearObjects,
    /// Deletes files that nobody knows, and counts those that are missing.
    SweepObjects,
}

impl Chore {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::EraseGuests,
        Self::CloseInterviews,
        Self::WipeModels,
        Self::ApplyRetention,
        Self::PruneRemains,
        Self::MakeParts,
        Self::ClearObjects,
        Self::SweepObjects,
    ];

    /// Whether it deletes or closes for good what is old by the clock.
    fn trusts_clock(self) -> bool {
        !matches!(self, Self::MakeParts | Self::ClearObjects)
    }

    fn kind(self) -> &'static str {
        match self {
            Self::EraseGuests => "erase_guests",
            Self::CloseInterviews => "close_interviews",
            Self::WipeModels => "wipe_models",
            Self::ApplyRetention => "apply_retention",
            Self::PruneRemains => "prune_remains",
            Self::MakeParts => "make_parts",
            Self::ClearObjects => "clear_objects",
            Self::SweepObjects => "sweep_objects",
        }
    }

    fn schedule(self) -> Schedule {
        let minutes = match self {
            Self::ClearObjects => 1,
            Self::ApplyRetention => 60,
            Self::SweepObjects => 24 * 60,
            _ => 10,
        };
        Schedule { kind: self.kind(), every_ms: minutes * MINUTE_MS, first_after_ms: 0 }
    }

    async fn run(self, app: &App) -> Result<u64> {
        match self {
            Self::EraseGuests => Ok(accounts::erase_expired_guests(app).await? as u64),
            Self::CloseInterviews => Ok(interviews::abandon_stale(app).await? as u64),
            Self::WipeModels => models::wipe_deleted(app).await,
            Self::ApplyRetention => Ok(retention::run(app).await?.iter().map(|done| done.count).sum()),
            Self::MakeParts => {
                app.store().make_parts(app.now()).await?;
                Ok(0)
            }
            Self::ClearObjects => objects::clear(app).await,
            Self::SweepObjects => Ok(objects::sweep(app).await?.orphans),
            Self::PruneRemains => {
                let (store, now) = (app.store(), app.now());
                let sign_ins = accounts::forget_expired_sign_ins(app).await?;
                let attempts = accounts::forget_old_attempts(app).await?;
                let ways_back = store.prune_oauth_states(now).await?;
                let leases = store.prune_leases(now.plus_ms(-MINUTE_MS)).await?;
                let turns = store.prune_voice_turns(now.plus_ms(-VOICE_TURNS_MS)).await?;
                Ok(sign_ins + attempts + ways_back + leases + turns)
            }
        }
    }
}

/// When what is to be done.
pub fn schedules() -> Vec<Schedule> {
    Chore::ALL.into_iter().map(Chore::schedule).chain([calibration::SCHEDULE]).collect()
}

/// Who does the chores.
pub fn handlers(app: &App) -> Vec<Arc<dyn Handler>> {
    Chore::ALL.into_iter().map(|chore| Arc::new(DoChore { app: app.clone(), chore }) as _).collect()
}

struct DoChore {
    app: App,
    chore: Chore,
}

#[async_trait]
impl Handler for DoChore {
    fn kind(&self) -> &'static str {
        self.chore.kind()
    }

    async fn run(&self, _: &Job) -> std::result::Result<Done, JobError> {
        if self.chore.trusts_clock()
            && let Some(doubt) = clock_doubt(&self.app).await.map_err(JobError::new)?
        {
            tracing::error!(chore = self.chore.kind(), "{doubt}");
            return Ok(Done::Finished);
        }
        let count = self.chore.run(&self.app).await.map_err(JobError::new)?;
        if count > 0 {
            tracing::info!(chore = self.chore.kind(), count, "old data was cleared");
        }
        Ok(Done::Finished)
    }
}
