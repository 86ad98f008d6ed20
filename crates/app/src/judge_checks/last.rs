//! What a judge showed when it was last tried.

use crate::{App, Result, StoreError};
use greenroom_domain::evaluation::Engine;
use greenroom_domain::ladder::LadderResult;

/// A judge with what it showed on the ladder.
#[derive(Clone, Debug, PartialEq)]
pub struct JudgeRecord {
    /// Who judged.
    pub engine: Engine,
    /// The last result; `None` when this version of it was not tried yet.
    pub ladder: Option<LadderResult>,
}

/// The last result of this version of the engine on the ladder.
pub async fn last(app: &App, engine: &Engine) -> Result<Option<LadderResult>> {
    match app.store().judge_check(engine).await {
        // Of another version of the program: as if it had not been tried.
        Err(error @ StoreError::Inconsistent { .. }) => {
            tracing::warn!(engine.name = %engine.name, error = %error, "a ladder result cannot be read");
            Ok(None)
        }
        found => Ok(found?),
    }
}

/// The records of these engines, in their order.
pub(crate) async fn records(app: &App, engines: Vec<Engine>) -> Result<Vec<JudgeRecord>> {
    let mut records = Vec::with_capacity(engines.len());
    for engine in engines {
        let ladder = last(app, &engine).await?;
        records.push(JudgeRecord { engine, ladder });
    }
    Ok(records)
}
