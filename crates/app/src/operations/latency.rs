//! How long turns of spoken interviews took of late, at all nodes.

use crate::{App, Result};
use greenroom_domain::voice_turn::{TurnFigures, figures, figures_by};

/// Most turns that are looked at, the newest.
const MOST: u64 = 20_000;
const HOUR_MS: i64 = 3_600_000;

/// Figures of the last hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Latency {
    /// All turns.
    pub all: TurnFigures,
    /// Those that one engine heard, by its name; empty where none had a part in it.
    pub engines: Vec<(String, TurnFigures)>,
}

/// Of the last `hours`.
pub async fn latency(app: &App, hours: u32) -> Result<Latency> {
    let since = app.now().plus_ms(-i64::from(hours) * HOUR_MS);
    let turns = app.store().voice_turns(since, MOST).await?;
    Ok(Latency { all: figures(&turns), engines: figures_by(&turns, |turn| turn.engine.clone()) })
}
