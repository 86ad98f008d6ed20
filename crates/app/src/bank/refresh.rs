//! Puts what is stored on the shelf.

use crate::{App, Result};
use std::sync::Arc;
use tokio::sync::Mutex;

/// The revision of what stands on the shelf; `None` before the first time. Whoever holds it refills alone, so that an
/// older state never takes the place of a newer one.
#[derive(Clone, Default)]
pub(crate) struct Shelved(Arc<Mutex<Option<u64>>>);

/// Takes up added questions when there are other versions than those that are asked. Whether there were.
pub async fn refresh(app: &App) -> Result<bool> {
    let mut shelved = app.shelved().0.lock().await;
    // Read before the questions: what is stored in between is taken up the next time.
    let revision = app.store().own_questions_revision().await?;
    if *shelved == Some(revision) || shelved.is_none() && revision == 0 {
        return Ok(false);
    }
    app.parts().bank.put(&app.store().own_questions().await?);
    *shelved = Some(revision);
    Ok(true)
}
