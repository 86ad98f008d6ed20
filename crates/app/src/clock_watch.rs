//! Whether the clock can be believed by what deletes for good.

use crate::{App, Result};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::clock_doubt::{ClockDoubt, Witnesses, doubt};
use greenroom_store::ClockMark;
use std::sync::{Arc, Mutex, PoisonError};

/// A believed moment is stored when the one that is stored is older, ms.
const KEPT_EVERY_MS: u64 = 10 * 60_000;

/// What this process has seen of the clock.
#[derive(Clone, Default)]
pub(crate) struct ClockWatch(Arc<Mutex<Option<Seen>>>);

#[derive(Clone, Copy, Debug)]
struct Seen {
    /// When it looked for the first time, by the clock that nobody sets.
    since_ms: u64,
    /// The last moment that it believed, by both clocks.
    last: (Timestamp, u64),
    /// The moment that was believed last before it looked for the first time.
    before: Option<Timestamp>,
    /// The confirmation that it knows of.
    confirmed: Option<Timestamp>,
}

/// Looks at all clocks. `None` when the present one is believed, which is kept then.
pub async fn clock_doubt(app: &App) -> Result<Option<ClockDoubt>> {
    let store = app.store();
    let stored = store.clock_mark(ClockMark::Seen).await?;
    let confirmed = store.clock_mark(ClockMark::Confirmed).await?;
    let database = store.database_now().await?;
    let (now, steady_ms) = (app.now(), app.parts().clock.steady_ms());
    let watch = &app.clock_watch().0;
    let found = {
        let mut watch = watch.lock().unwrap_or_else(PoisonError::into_inner);
        let first = Seen { since_ms: steady_ms, last: (now, steady_ms), before: stored, confirmed };
        let seen = watch.get_or_insert(first);
        if seen.confirmed != confirmed {
            // Somebody has looked at the clock since, and says that it is right.
            *seen = Seen { last: (now, steady_ms), confirmed, ..*seen };
        }
        let known = Witnesses {
            database,
            seen: seen.before.map(|before| confirmed.map_or(before, |confirmed| confirmed.max(before))),
            last: (seen.last.0, steady_ms.saturating_sub(seen.last.1)),
            running_ms: steady_ms.saturating_sub(seen.since_ms),
        };
        let found = doubt(now, &known);
        if found.is_none() {
            seen.last = (now, steady_ms);
            seen.before = None;
        }
        found
    };
    if found.is_none() && stored.is_none_or(|stored| now.ms_since(stored) >= KEPT_EVERY_MS || stored > now) {
        store.set_clock_mark(ClockMark::Seen, now).await?;
    }
    Ok(found)
}

/// An operator says that the clock is right. Every node goes by that from its next look on.
pub async fn believe_clock(app: &App) -> Result<()> {
    let now = app.now();
    tracing::warn!(%now, "the clock was called right; what is old by it is deleted");
    app.store().set_clock_mark(ClockMark::Confirmed, now).await?;
    Ok(app.store().set_clock_mark(ClockMark::Seen, now).await?)
}
