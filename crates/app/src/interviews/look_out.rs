//! Looks at the logs that somebody watches here, all of them at once: another node may have written, and its word may
//! have been lost.

use crate::{App, Result};
use std::collections::HashMap;
use std::time::Duration;
use tracing::Span;

/// How often logs are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Sees to it that logs are looked at for as long as somebody watches one.
pub fn look_out(app: &App) {
    if app.listeners().begin_look_out() {
        let looking = keep_looking(app.clone());
        // It outlives the request that began it.
        Span::none().in_scope(|| app.tasks().spawn(looking));
    }
}

async fn keep_looking(app: App) {
    let mut was_well = true;
    loop {
        tokio::select! {
            () = app.tasks().stopping().cancelled() => return,
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
        match look(&app).await {
            Ok(true) => was_well = true,
            Ok(false) => return,
            Err(error) if was_well => {
                was_well = false;
                tracing::warn!(%error, "what other nodes wrote cannot be looked up");
            }
            Err(_) => {}
        }
    }
}

/// Tells those who watch what has grown, or is gone. False when nobody watches.
async fn look(app: &App) -> Result<bool> {
    let Some(watched) = app.listeners().to_look_at() else { return Ok(false) };
    let positions: HashMap<_, _> = app.store().positions(&watched).await?.into_iter().collect();
    for id in watched {
        match positions.get(&id) {
            Some(last_seq) => app.listeners().heard_grown(id, *last_seq),
            None => app.listeners().gone(id),
        }
    }
    Ok(true)
}
