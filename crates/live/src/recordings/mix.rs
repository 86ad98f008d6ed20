//! The background work of making one sound of both sides.

use super::put_away::serial;
use async_trait::async_trait;
use bytes::Bytes;
use greenroom_app::recordings::{self, FoundPart, MIX_JOB, MixPayload};
use greenroom_app::{App, AppError};
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::{SessionId, UserId, VoicePartId};
use greenroom_domain::job_queue::Job;
use greenroom_domain::object::StoredObject;
use greenroom_jobs::{Done, Handler, JobError};
use greenroom_media::recording::{PEAK_MS, Recorded, mix, read};
use std::io::Cursor;

/// Makes one sound of both sides of a part, and the heights for drawing it.
#[derive(Clone)]
pub struct MixRecording {
    /// The application.
    pub app: App,
}

#[async_trait]
impl Handler for MixRecording {
    fn kind(&self) -> &'static str {
        MIX_JOB
    }

    async fn run(&self, job: &Job) -> Result<Done, JobError> {
        let MixPayload { user_id, part_id } = serde_json::from_str(&job.payload).map_err(JobError::new)?;
        let part = self.app.store().voice_part(user_id, part_id).await.map_err(JobError::new)?;
        let Some(part) = part else { return Ok(Done::Finished) };
        tracing::Span::current().record("interview.id", tracing::field::display(part.session_id));
        match self.mix(part_id, user_id, part.session_id).await {
            // Deleted meanwhile: nothing is left to do.
            Err(error) if error.code == ErrorCode::NotFound => Ok(Done::Finished),
            outcome => outcome.map(|()| Done::Finished).map_err(JobError::new),
        }
    }
}

impl MixRecording {
    async fn mix(&self, id: VoicePartId, user: UserId, session: SessionId) -> Result<(), AppError> {
        let parts = recordings::parts(&self.app, user, session).await?;
        let Some(found) = parts.into_iter().find(|found| found.part.id == id) else { return Ok(()) };
        if !found.is_recorded() || found.mix.is_some() {
            return Ok(());
        }
        let FoundPart { part, candidate, interviewer, .. } = found;
        let (candidate, interviewer) = (self.track(candidate).await?, self.track(interviewer).await?);
        let heights = usize::try_from(part.length_ms / PEAK_MS).unwrap_or(usize::MAX);
        let mixing = tokio::task::spawn_blocking(move || {
            let mut bytes = Vec::new();
            let peaks = mix(&candidate, &interviewer, serial(id, 2), &mut bytes)?;
            let all = peaks.into_iter().flat_map(|mut peaks| {
                peaks.0.resize(heights, 0);
                peaks.0
            });
            Ok::<_, std::io::Error>((Bytes::from(bytes), all.collect::<Bytes>()))
        });
        let (mixed, peaks) = mixing.await.map_err(AppError::internal)?.map_err(AppError::internal)?;
        recordings::add_mix(&self.app, part, mixed, peaks).await
    }

    /// What is not there, or is no track, is silent.
    async fn track(&self, file: Option<StoredObject>) -> Result<Recorded, AppError> {
        let Some(file) = file else { return Ok(Recorded::default()) };
        let bytes = recordings::bytes_of(&self.app, &file).await?;
        Ok(read(Cursor::new(bytes)).unwrap_or_default())
    }
}
