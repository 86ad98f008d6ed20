//! Find what is kept of an interview's sound.

use crate::{App, Result, interviews, objects};
use bytes::{Bytes, BytesMut};
use futures::TryStreamExt;
use greenroom_domain::ids::{ObjectId, SessionId, UserId};
use greenroom_domain::object::{ObjectKind, StoredObject};
use greenroom_domain::voice_part::VoicePart;
use std::collections::{HashMap, HashSet};

/// What is kept of one line, with those of its files that are still there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundPart {
    /// The part.
    pub part: VoicePart,
    /// The candidate's track.
    pub candidate: Option<StoredObject>,
    /// The interviewer's track.
    pub interviewer: Option<StoredObject>,
    /// Both as one.
    pub mix: Option<StoredObject>,
    /// How high the sound goes.
    pub peaks: Option<StoredObject>,
    /// What was measured.
    pub numbers: Option<StoredObject>,
}

impl FoundPart {
    /// Whether its sound is there.
    pub fn is_recorded(&self) -> bool {
        self.candidate.is_some() || self.interviewer.is_some()
    }
}

/// The parts of this person's interview, in order; none for one that was typed. Somebody else's interview is not found.
pub async fn parts(app: &App, user: UserId, session: SessionId) -> Result<Vec<FoundPart>> {
    interviews::get(app, user, session).await?;
    let parts = app.store().voice_parts(user, session).await?;
    let mut files = app.store().objects_of(user, ObjectKind::Recording, [session.0]).await?;
    files.extend(app.store().objects_of(user, ObjectKind::VoiceNumbers, [session.0]).await?);
    let find = |id: Option<ObjectId>| id.and_then(|id| files.iter().find(|file| file.id == id).cloned());
    let found = parts.into_iter().map(|part| FoundPart {
        candidate: find(part.files.candidate),
        interviewer: find(part.files.interviewer),
        mix: find(part.files.mix),
        peaks: find(part.files.peaks),
        numbers: find(part.files.numbers),
        part,
    });
    Ok(found.collect())
}

/// How long the sound is that is kept of each of these interviews of this person, ms; nothing of those without.
pub async fn lengths(app: &App, user: UserId, sessions: &[SessionId]) -> Result<HashMap<SessionId, u64>> {
    if sessions.is_empty() {
        return Ok(HashMap::new());
    }
    let files = app.store().objects_of(user, ObjectKind::Recording, sessions.iter().map(|id| id.0)).await?;
    let files: HashSet<ObjectId> = files.into_iter().map(|file| file.id).collect();
    let mut lengths = HashMap::new();
    for part in app.store().voice_parts_of_all(user, sessions).await? {
        let sound = [part.files.candidate, part.files.interviewer];
        if sound.into_iter().flatten().any(|id| files.contains(&id)) {
            *lengths.entry(part.session_id).or_default() += part.length_ms;
        }
    }
    Ok(lengths)
}

/// All bytes of a file.
pub async fn bytes_of(app: &App, file: &StoredObject) -> Result<Bytes> {
    let content = objects::read(app, file, 0..file.bytes).await?;
    let all: Result<BytesMut> = content
        .try_fold(BytesMut::new(), async |mut all, some| {
            all.extend_from_slice(&some);
            Ok(all)
        })
        .await;
    all.map(BytesMut::freeze)
}
