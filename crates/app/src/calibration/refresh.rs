//! Puts what was found where interviews look for it.

use crate::{App, Result};
use greenroom_domain::clock::Timestamp;
use greenroom_scoring::irt::interview::Experience;
use std::sync::Arc;
use tokio::sync::Mutex;

/// When what interviews use was found; `None` before the first time.
#[derive(Clone, Default)]
pub(crate) struct Taken(Arc<Mutex<Option<Timestamp>>>);

/// Takes up what was found since the last time, here or at another node. Whether there was something.
pub async fn refresh(app: &App) -> Result<bool> {
    let mut taken = app.calibration_taken().0.lock().await;
    // Read before the questions: what is stored in between is taken up the next time.
    let at = app.store().questions_calibrated_at().await?;
    if *taken == at {
        return Ok(false);
    }
    let found = app.store().question_calibrations().await?.into_iter();
    let known = found.map(|one| {
        let experience = Experience { estimate: Some(one.estimate), exposure: one.exposure };
        (one.question_id, experience)
    });
    app.parts().bank.learned().put(known.collect());
    *taken = at;
    Ok(true)
}
