//! What models cost, shared by all nodes and kept over restarts.

use crate::{App, Result};

/// Stores what this node has spent since the last time, and learns what all have spent today: the cap of the day holds
/// for all together. What cannot be stored now is stored the next time.
pub async fn share_spending(app: &App) -> Result<()> {
    let unstored = app.vendors().unstored_spending();
    if !unstored.is_empty() {
        app.store().add_spending(&unstored).await?;
    }
    let day = app.now().day();
    let by_all = app.store().spending_since(day).await;
    app.vendors().learn_spending(&unstored, day, by_all.as_deref().unwrap_or_default());
    by_all.map(drop).map_err(Into::into)
}
