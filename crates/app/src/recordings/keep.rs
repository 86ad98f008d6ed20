//! Keep what was taken down of a line.

use crate::objects::{self, NewObject};
use crate::{App, AppError, Result};
use bytes::Bytes;
use futures::stream;
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::{JobId, ObjectId, SessionId, UserId, VoicePartId};
use greenroom_domain::job_queue::Job;
use greenroom_domain::object::{ObjectKind, StoredObject};
use greenroom_domain::voice_part::{VoiceFiles, VoicePart};
use greenroom_store::StoreError;
use greenroom_telemetry::trace;
use serde::{Deserialize, Serialize};
use std::convert::Infallible;

/// The work of making one of both tracks.
pub const MIX_JOB: &str = "mix_recording";
/// What kind of content a track has.
const TRACK: &str = "audio/ogg";
/// The same of what no player reads.
const OTHER: &str = "application/octet-stream";

/// What [`MIX_JOB`] has to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MixPayload {
    /// Whose interview.
    pub user_id: UserId,
    /// Which part.
    pub part_id: VoicePartId,
}

/// What was taken down of a line, as files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sounds {
    /// The candidate's track.
    pub candidate: Option<Bytes>,
    /// The interviewer's.
    pub interviewer: Option<Bytes>,
    /// What was measured.
    pub numbers: Option<Bytes>,
}

/// Puts files into the storage and gives them up again unless they are noted.
struct Putting<'a> {
    app: &'a App,
    user: UserId,
    session: SessionId,
    put: Vec<StoredObject>,
}

impl Putting<'_> {
    async fn put(
        &mut self,
        kind: ObjectKind,
        content_type: &'static str,
        bytes: Option<Bytes>,
    ) -> Result<Option<ObjectId>> {
        let Some(bytes) = bytes else { return Ok(None) };
        let new = NewObject { kind, belongs_to: self.session.0, content_type, most: bytes.len() as u64 };
        let body = stream::iter([Ok::<_, Infallible>(bytes)]);
        let object = objects::put(self.app, self.user, new, body).await?;
        let id = object.id;
        self.put.push(object);
        Ok(Some(id))
    }

    async fn give_up(&self) {
        for object in &self.put {
            objects::give_up(self.app, object).await;
        }
    }
}

/// Keeps a part with its files, and queues what is to be made of them. Keeping the same part twice keeps it once. False
/// when its person or its interview is not there any more.
///
/// # Errors
/// Storage or database do not take it; it may be tried again.
pub async fn keep(app: &App, part: VoicePart, sounds: Sounds) -> Result<bool> {
    let mut putting = Putting { app, user: part.user_id, session: part.session_id, put: Vec::new() };
    match keep_with(app, part, sounds, &mut putting).await {
        Ok(true) => {
            app.wake_workers();
            Ok(true)
        }
        outcome => {
            putting.give_up().await;
            match outcome {
                Err(error) if error.code == ErrorCode::NotFound => Ok(false),
                // It was there already.
                outcome => outcome.map(|_| true),
            }
        }
    }
}

async fn keep_with(
    app: &App,
    mut part: VoicePart,
    sounds: Sounds,
    putting: &mut Putting<'_>,
) -> Result<bool> {
    let Sounds { candidate, interviewer, numbers } = sounds;
    let has_sound = candidate.is_some() || interviewer.is_some();
    part.files = VoiceFiles {
        candidate: putting.put(ObjectKind::Recording, TRACK, candidate).await?,
        interviewer: putting.put(ObjectKind::Recording, TRACK, interviewer).await?,
        numbers: putting.put(ObjectKind::VoiceNumbers, OTHER, numbers).await?,
        ..VoiceFiles::default()
    };
    let jobs = if has_sound { vec![mix_job(app, &part)?] } else { Vec::new() };
    match app.store().insert_voice_part(&part, &putting.put, &jobs).await {
        Err(StoreError::Orphan) => Err(AppError::not_found("session_not_found", "interview")),
        outcome => Ok(outcome?),
    }
}

fn mix_job(app: &App, part: &VoicePart) -> Result<Job> {
    let payload = MixPayload { user_id: part.user_id, part_id: part.id };
    Ok(Job {
        id: JobId::fresh(app.ids()),
        kind: MIX_JOB.to_owned(),
        payload: serde_json::to_string(&payload).map_err(AppError::internal)?,
        run_at: app.now(),
        attempts: 0,
        trace: trace::current(),
    })
}

/// Keeps what was made of a part's tracks. Nothing is kept when the recording was deleted meanwhile.
///
/// # Errors
/// Storage or database do not take it.
pub async fn add_mix(app: &App, mut part: VoicePart, mix: Bytes, peaks: Bytes) -> Result<()> {
    let Some(made_of) = part.files.candidate.or(part.files.interviewer) else { return Ok(()) };
    let mut putting = Putting { app, user: part.user_id, session: part.session_id, put: Vec::new() };
    let outcome = async {
        part.files.mix = putting.put(ObjectKind::Recording, TRACK, Some(mix)).await?;
        part.files.peaks = putting.put(ObjectKind::Recording, OTHER, Some(peaks)).await?;
        Ok::<_, AppError>(app.store().add_to_voice_part(&part, made_of, &putting.put).await?)
    };
    let outcome = outcome.await;
    if !matches!(outcome, Ok(true)) {
        putting.give_up().await;
    }
    outcome.map(drop)
}
