//! Delete in the storage what was deleted in the database.

use crate::{App, Result};
use greenroom_objects::Name;
use std::time::Duration;

/// Looked up at a time.
const BATCH: u64 = 100;

/// Does it in a moment, beside whoever asked for the deletion. What the storage does not do now is tried again later.
pub fn clear_soon(app: &App) {
    let working = app.clone();
    app.tasks().spawn(async move {
        if let Err(error) = clear(&working).await {
            tracing::warn!(%error, "what is to be deleted in the storage cannot be looked up; it is tried again");
        }
    });
}

/// Deletes in the storage what was deleted in the database. Returns how much; what the storage does not delete stays
/// noted. May run at several nodes at once.
pub async fn clear(app: &App) -> Result<u64> {
    let mut cleared = 0;
    loop {
        let left = app.store().left_to_delete(BATCH).await?;
        for one in &left {
            let deleted = match one.object {
                Some(object) => app.objects().delete(Name { owner: one.owner, id: object.0 }).await,
                None => app.objects().delete_all(one.owner).await.map(drop),
            };
            if let Err(error) = deleted {
                tracing::warn!(
                    error = error.in_full(),
                    "files that were deleted still lie in the storage; it is tried again"
                );
                return Ok(cleared);
            }
            app.store().deleted_in_storage(one).await?;
            cleared += 1;
        }
        if (left.len() as u64) < BATCH {
            return Ok(cleared);
        }
    }
}

/// Records how much is left.
pub async fn measure(app: &App) {
    match app.store().objects_left().await {
        Ok(left) => {
            let waited_ms = left.oldest.map_or(0, |since| app.now().ms_since(since));
            greenroom_telemetry::objects::left(left.count, Duration::from_millis(waited_ms));
        }
        Err(error) => tracing::warn!(%error, "what is to be deleted in the storage cannot be counted"),
    }
}
