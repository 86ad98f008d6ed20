//! A recording as one track to listen to.

use super::clock::is_awaited;
use super::put_away::serial;
use bytes::Bytes;
use greenroom_app::recordings::{self, FoundPart};
use greenroom_app::{App, AppError, interviews};
use greenroom_domain::error::ErrorCode;
use greenroom_domain::ids::{SessionId, UserId};
use greenroom_domain::object::StoredObject;
use greenroom_media::audio::{HEARD_RATE, SPOKEN_RATE};
use greenroom_media::recording::{Recorded, Stretch, join, read};
use std::io::Cursor;

/// Which track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Both.
    Mix,
    /// Who is interviewed.
    Candidate,
    /// Who asks.
    Interviewer,
}

/// A track.
#[derive(Clone, Debug)]
pub struct Sound {
    /// Where its bytes come from.
    pub source: Source,
    /// Changes with every byte of it.
    pub mark: String,
}

/// Where bytes come from.
#[derive(Clone, Debug)]
pub enum Source {
    /// A file of the storage.
    Stored(StoredObject),
    /// Several of them, joined.
    Joined(Bytes),
}

/// The recording of this person's interview as one track.
///
/// # Errors
/// `recording_not_found`; `recording_not_ready` while it is being made.
pub async fn track(app: &App, user: UserId, session: SessionId, side: Side) -> Result<Sound, AppError> {
    let parts = recorded(app, user, session).await?;
    let file = |found: &FoundPart| match side {
        Side::Mix => found.mix.clone(),
        Side::Candidate => found.candidate.clone(),
        Side::Interviewer => found.interviewer.clone(),
    };
    let files: Vec<Option<StoredObject>> = parts.iter().map(file).collect();
    if side == Side::Mix && files.iter().any(Option::is_none) {
        return Err(not_ready());
    }
    let ids = files.iter().flatten().map(|file| file.id.0.as_u128());
    let mark =
        ids.enumerate().fold(0, |mark: u128, (at, id)| mark.rotate_left(7) ^ id.wrapping_add(at as u128));
    let mark = format!("{mark:032x}");
    if files.iter().all(Option::is_none) {
        return Err(not_found());
    }
    if let [Some(only)] = &files[..] {
        return Ok(Sound { source: Source::Stored(only.clone()), mark });
    }
    let mut sounds = Vec::with_capacity(files.len());
    for file in &files {
        sounds.push(match file {
            None => None,
            Some(file) => read(Cursor::new(recordings::bytes_of(app, file).await?)).ok(),
        });
    }
    let rate = if side == Side::Candidate { HEARD_RATE } else { SPOKEN_RATE };
    let lengths: Vec<u64> = parts.iter().map(|found| found.part.length_ms).collect();
    let serial = serial(parts[0].part.id, 3);
    let joining = tokio::task::spawn_blocking(move || joined(&sounds, &lengths, serial, rate));
    let bytes = joining.await.map_err(AppError::internal)?;
    Ok(Sound { source: Source::Joined(bytes.into()), mark })
}

fn joined(sounds: &[Option<Recorded>], lengths: &[u64], serial: u32, rate: u32) -> Vec<u8> {
    let stretches = sounds.iter().zip(lengths);
    let stretches: Vec<Stretch<'_>> = stretches
        .map(|(sound, length_ms)| Stretch { sound: sound.as_ref(), length_ms: *length_ms })
        .collect();
    join(&stretches, serial, rate)
}

/// The parts of this person's interview that were recorded; at least one.
pub(super) async fn recorded(
    app: &App,
    user: UserId,
    session: SessionId,
) -> Result<Vec<FoundPart>, AppError> {
    let record = interviews::get(app, user, session).await?;
    let parts = recordings::parts(app, user, session).await?;
    let state = interviews::state(app, user, session).await?;
    // A line may be put away after another one: half of an interview would sound like all of it.
    if is_awaited(&state, &parts, app.now(), record.updated_at) {
        return Err(not_ready());
    }
    if !parts.iter().any(FoundPart::is_recorded) {
        return Err(not_found());
    }
    Ok(parts.into_iter().filter(FoundPart::is_recorded).collect())
}

fn not_found() -> AppError {
    let what =
        "recording: it was not agreed to, it was deleted, or the storage of files has not taken it yet";
    AppError::not_found("recording_not_found", what)
}

pub(super) fn not_ready() -> AppError {
    let message = "The recording is being put together. Nothing of it is lost; try again in some seconds.";
    AppError::new(ErrorCode::Conflict, "recording_not_ready", message)
}
