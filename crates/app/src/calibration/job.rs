//! The background work of calibrating the bank, once a week.

use super::run::{Progress, run};
use crate::{App, Result, audit};
use async_trait::async_trait;
use greenroom_domain::audit::Action;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::{JobId, UserId};
use greenroom_domain::job_queue::{Job, Schedule};
use greenroom_jobs::{Done, Handler, JobError};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

pub(super) const KIND: &str = "calibrate_bank";
/// From one time to the next, ms.
const EVERY_MS: i64 = 7 * 24 * 3_600_000;

/// Once a week.
pub const SCHEDULE: Schedule = Schedule { kind: KIND, every_ms: EVERY_MS, first_after_ms: EVERY_MS };

/// Has the bank calibrated now.
pub async fn start(app: &App, who: UserId) -> Result<()> {
    app.store().enqueue(&[job(app, app.now())]).await?;
    tracing::info!(user.id = %who, "a calibration of the bank was asked for");
    audit::record(app, Some(who), Action::CalibrationStarted, "bank", "").await;
    app.wake_workers();
    Ok(())
}

fn job(app: &App, run_at: Timestamp) -> Job {
    let payload = "{}".to_owned();
    Job { id: JobId::fresh(app.ids()), kind: KIND.to_owned(), payload, run_at, attempts: 0, trace: None }
}

/// Calibrates the bank in the background.
#[derive(Clone)]
pub struct CalibrateBank {
    /// The application.
    pub app: App,
}

#[async_trait]
impl Handler for CalibrateBank {
    fn kind(&self) -> &'static str {
        KIND
    }

    /// Years of interviews are read and estimated.
    fn patience(&self) -> Option<Duration> {
        Some(Duration::from_secs(3 * 3600))
    }

    async fn run(&self, _: &Job) -> std::result::Result<Done, JobError> {
        let told = AtomicU32::new(0);
        let tell = move |progress| log(progress, &told);
        run(&self.app, tell).await.map_err(JobError::new)?;
        Ok(Done::Finished)
    }
}

/// A line for each quarter of the way, and one for every thousand interviews.
fn log(progress: Progress, told: &AtomicU32) {
    let (step, what) = match progress {
        Progress::Reading { interviews } => (interviews / 1000, "interviews are read for calibration"),
        Progress::Estimating { share } => {
            (1000 + (share * 4.0) as u32, "the question bank is being calibrated")
        }
    };
    if told.fetch_max(step, Ordering::Relaxed) < step {
        tracing::info!(?progress, "{what}");
    }
}
