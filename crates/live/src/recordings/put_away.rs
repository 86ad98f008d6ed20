//! What was written down of a line becomes a part of its interview.

use super::numbers::unpacked;
use super::take::PieceKind;
use bytes::Bytes;
use greenroom_app::recordings::{self, Sounds, SpoolError, Spooled, left_behind};
use greenroom_app::{App, AppError};
use greenroom_domain::ids::VoicePartId;
use greenroom_domain::voice_part::{Said, VoiceFiles, VoicePart};
use greenroom_media::audio::{HEARD_RATE, SPOKEN_RATE};
use greenroom_media::recording::{PEAK_MS, Recorded, Stretch, join, read};
use std::io::Cursor;
use std::path::Path;

/// Why something stays where it is.
#[derive(Debug, thiserror::Error)]
pub(super) enum PutAwayError {
    #[error(transparent)]
    Spool(#[from] SpoolError),
    #[error(transparent)]
    App(#[from] AppError),
}

/// Puts away what lies in `folder` and nobody writes any more: of lines whose process died, or whose storage did not
/// answer. Returns how much.
pub async fn put_away_all(app: &App, folder: &Path) -> u64 {
    let paths = left_behind(folder).unwrap_or_else(|error| {
        tracing::warn!(%error, "what was recorded cannot be looked up");
        Vec::new()
    });
    let mut count = 0;
    for path in paths {
        match put_away(app, &path).await {
            Ok(()) => count += 1,
            Err(PutAwayError::Spool(SpoolError::InUse)) => {}
            Err(error) => {
                tracing::warn!(%error, "what was recorded stays on the disk for now; it is tried again");
            }
        }
    }
    count
}

/// Puts away what was written down of one line, and deletes it from the disk. Whatever happens in between, it may be done
/// again.
pub(super) async fn put_away(app: &App, path: &Path) -> Result<(), PutAwayError> {
    let spooled = match Spooled::read(app, path).await {
        Err(SpoolError::Store(_)) if !is_wanted(app, path).await? => {
            std::fs::remove_file(path).map_err(SpoolError::from)?;
            return Ok(());
        }
        spooled => spooled?,
    };
    if let Some((part, sounds)) = part_of(&spooled) {
        let is_kept = recordings::keep(app, part, sounds).await?;
        if !is_kept {
            tracing::info!("what was recorded is deleted: its interview is not there any more");
        }
    }
    spooled.delete().map_err(SpoolError::from)?;
    Ok(())
}

/// Whether the person is still there of whom this is: without them their key is gone too.
async fn is_wanted(app: &App, path: &Path) -> Result<bool, PutAwayError> {
    let head = recordings::head_of(path)?;
    Ok(app.store().user(head.line.user).await.map_err(AppError::from)?.is_some())
}

/// The part, and its files; `None` when nothing was written down.
fn part_of(spooled: &Spooled) -> Option<(VoicePart, Sounds)> {
    let of_kind = |kind: PieceKind| {
        let pieces = spooled.pieces.iter().filter(move |piece| PieceKind::of(piece.kind) == Some(kind));
        pieces.map(|piece| piece.bytes.as_slice())
    };
    let track = |kind| {
        let bytes: Vec<u8> = of_kind(kind).flatten().copied().collect();
        read(Cursor::new(bytes)).ok().filter(|recorded| recorded.length_ms() > 0)
    };
    let (candidate, interviewer) = (track(PieceKind::Candidate), track(PieceKind::Interviewer));
    let numbers: Vec<u8> = of_kind(PieceKind::Numbers).flatten().copied().collect();
    let said = of_kind(PieceKind::Said).filter_map(|json| serde_json::from_slice::<Said>(json).ok());
    let mut said: Vec<Said> = said.collect();
    said.sort_by_key(|said| said.from_ms);
    let auto_gain = of_kind(PieceKind::AutoGain).map(|json| serde_json::from_slice(json).unwrap_or(None));
    let length_ms = [&candidate, &interviewer]
        .into_iter()
        .map(|track| track.as_ref().map_or(0, Recorded::length_ms))
        .chain(unpacked(&numbers).last().map(|frame| u64::from(frame.at_ms) + 20))
        .chain(said.last().map(|said| said.to_ms))
        .max()
        .unwrap_or_default()
        .next_multiple_of(PEAK_MS);
    if length_ms == 0 {
        return None;
    }
    let head = &spooled.head;
    let whole = |sound: Option<Recorded>, serial, rate| {
        sound.map(|sound| Bytes::from(join(&[Stretch { sound: Some(&sound), length_ms }], serial, rate)))
    };
    let sounds = Sounds {
        candidate: whole(candidate, serial(head.part, 0), HEARD_RATE),
        interviewer: whole(interviewer, serial(head.part, 1), SPOKEN_RATE),
        numbers: (!numbers.is_empty()).then(|| numbers.into()),
    };
    let line = head.line.clone();
    let part = VoicePart {
        id: head.part,
        session_id: line.session,
        user_id: line.user,
        line: line.line,
        began_at: line.began_at,
        length_ms,
        said,
        keeps_fillers: line.keeps_fillers,
        auto_gain: with_auto_gain(auto_gain),
        files: VoiceFiles::default(),
    };
    Some((part, sounds))
}

/// Whether the level was turned up and down at any time; `None` where a page did not say, or none did.
fn with_auto_gain(said: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    said.reduce(|one, other| match (one, other) {
        (Some(false), Some(false)) => Some(false),
        (Some(true), _) | (_, Some(true)) => Some(true),
        _ => None,
    })
    .flatten()
}

/// What tells a track from others in the same file.
pub(super) fn serial(part: VoicePartId, track: u32) -> u32 {
    (part.0.as_u128() as u32) ^ track
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_level_was_left_alone_only_where_every_page_said_so() {
        let of = |said: &[Option<bool>]| with_auto_gain(said.iter().copied());
        assert_eq!(of(&[Some(false), Some(false)]), Some(false));
        assert_eq!(of(&[Some(false), Some(true)]), Some(true));
        assert_eq!(of(&[None, Some(true), Some(false)]), Some(true));
        for unknown in [&[][..], &[None], &[Some(false), None], &[None, Some(false)]] {
            assert_eq!(of(unknown), None, "{unknown:?}");
        }
    }
}
