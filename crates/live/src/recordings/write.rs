//! Writing down what a line gives, as long as that is agreed to.

use super::put_away::put_away;
use super::take::{PieceKind, Take};
use greenroom_app::consents::has_agreed;
use greenroom_app::recordings::{Piece, Spool, SpoolError, SpooledLine};
use greenroom_app::{App, AppError};
use greenroom_domain::account::Purpose;
use greenroom_domain::ids::UserId;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::Instant;

/// Pieces that may wait for the disk: half a minute. More make the recorder keep its pages.
const WAITING: usize = 90;
/// How often it is asked for the consent while the database does not answer, and how long in between.
const TRIES: u32 = 20;
const BETWEEN: Duration = Duration::from_millis(500);

/// Begins to write a line down: its sound if that is agreed to, numbers of it always.
///
/// # Errors
/// The disk, the database, or the person is not there any more. The conversation does without.
pub(crate) async fn begin(
    app: &App,
    folder: &Path,
    line: SpooledLine,
    opened: Instant,
) -> Result<Take, SpoolError> {
    let user = line.user;
    let is_recorded = agrees(app, user).await;
    let spool = Spool::begin(app, folder, line).await?;
    let (pieces, written) = mpsc::channel(WAITING);
    let is_refused = Arc::new(AtomicBool::new(false));
    let writing = write(app.clone(), spool, user, written, is_refused.clone());
    app.tasks().spawn(writing);
    Ok(Take::new(opened, is_recorded, is_refused, pieces))
}

async fn write(
    app: App,
    mut spool: Spool,
    user: UserId,
    mut pieces: mpsc::Receiver<Piece>,
    is_refused: Arc<AtomicBool>,
) {
    while let Some(piece) = pieces.recv().await {
        let is_sound =
            matches!(PieceKind::of(piece.kind), Some(PieceKind::Candidate | PieceKind::Interviewer));
        // Once withdrawn, a line is not recorded again: what came in between would be missing.
        if is_sound && (is_refused.load(Ordering::Relaxed) || !agrees(&app, user).await) {
            is_refused.store(true, Ordering::Relaxed);
            continue;
        }
        if let Err(error) = spool.append(&piece).await {
            tracing::error!(%error, "the disk takes no more of a spoken interview; it goes on without being recorded");
            break;
        }
    }
    drop(pieces);
    let path = spool.close().await;
    if let Err(error) = put_away(&app, &path).await {
        tracing::warn!(%error, "what was recorded stays on the disk for now; it is tried again");
    }
}

/// Whether this person agrees at this moment. When nobody can say, they do not.
async fn agrees(app: &App, user: UserId) -> bool {
    for _ in 0..TRIES {
        match has_agreed(app, user, Purpose::Recording).await {
            Ok(agrees) => return agrees,
            Err(AppError { error, .. }) => {
                tracing::debug!(error, "whether a person agrees to be recorded cannot be looked up");
                tokio::time::sleep(BETWEEN).await;
            }
        }
    }
    false
}
