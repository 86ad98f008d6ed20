//! Hold the storage against the database: files that nobody knows go, and files that are missing are told.

use super::dependency::claim;
use crate::{App, Result};
use futures::StreamExt;
use greenroom_domain::clock::Timestamp;
use greenroom_objects::Listed;
use std::collections::HashSet;
use std::pin::pin;
use uuid::Uuid;

/// A file that nobody knows goes when it is older than this, ms: a younger one may be on its way into the database.
const GRACE_MS: i64 = 24 * 3_600_000;
/// Files that are looked up at a time.
const BATCH: usize = 500;

/// What was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Files that nobody knew and that are gone now.
    pub orphans: u64,
    /// Files that are known and not there.
    pub missing: u64,
}

/// Deletes files that nobody knows and that are older than a day, and counts those that are missing. Nothing is deleted
/// where the storage holds another installation's files: all of them would look like that. Takes about 20 bytes of
/// memory for each file.
pub async fn sweep(app: &App) -> Result<Swept> {
    if let Err(error) = claim(app).await? {
        tracing::warn!(error = error.in_full(), "the storage of files is not swept");
        return Ok(Swept::default());
    }
    let began = app.now();
    let (mut seen, mut orphans) = (HashSet::new(), 0);
    let mut pages = pin!(app.objects().list().chunks(BATCH));
    while let Some(page) = pages.next().await {
        let page = page.into_iter().collect::<std::result::Result<Vec<_>, _>>()?;
        seen.extend(page.iter().map(|listed| mark(listed.name.id)));
        orphans += sweep_page(app, &page, began).await?;
    }
    let missing = missing(app, &seen, began).await?;
    greenroom_telemetry::objects::missing(missing);
    Ok(Swept { orphans, missing })
}

async fn sweep_page(app: &App, page: &[Listed], now: Timestamp) -> Result<u64> {
    let ids: Vec<Uuid> = page.iter().map(|listed| listed.name.id).collect();
    let known = app.store().known_objects(&ids).await?;
    let before = std::time::SystemTime::from(now.plus_ms(-GRACE_MS).as_datetime());
    let mut deleted = 0;
    for orphan in page.iter().filter(|listed| !known.contains(&listed.name.id) && listed.put_at < before) {
        app.objects().delete(orphan.name).await?;
        deleted += 1;
    }
    Ok(deleted)
}

/// Those that are known since before `began` and were not seen.
async fn missing(app: &App, seen: &HashSet<u64>, began: Timestamp) -> Result<u64> {
    let (mut missing, mut after) = (0, None);
    loop {
        let page = app.store().objects_after(after, BATCH as u64).await?;
        let unseen = |object: &&_| {
            let object: &greenroom_domain::object::StoredObject = object;
            object.created_at < began && !seen.contains(&mark(object.id.0))
        };
        for object in page.iter().filter(unseen) {
            tracing::error!(object.id = %object.id, object.kind = object.kind.key(), "a file is not in the storage");
            missing += 1;
        }
        match page.last() {
            Some(last) => after = Some(last.id),
            None => return Ok(missing),
        }
    }
}

/// Half of an id, the half that is random.
fn mark(id: Uuid) -> u64 {
    id.as_u64_pair().1
}
