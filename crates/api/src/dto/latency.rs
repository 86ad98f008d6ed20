use greenroom_app::operations::Latency;
use greenroom_domain::voice_turn::{StageFigures, TurnFigures};
use serde::Serialize;
use utoipa::ToSchema;

/// How long turns of spoken interviews took, at all nodes.
#[derive(Debug, Serialize, ToSchema)]
pub struct LatencyBody {
    /// The hours that were looked at.
    hours: u32,
    all: TurnsBody,
    /// By the engine that heard the answer.
    engines: Vec<EngineTurnsBody>,
}

/// Turns that one engine heard.
#[derive(Debug, Serialize, ToSchema)]
pub struct EngineTurnsBody {
    /// Its name in the settings; null where none had a part in it.
    engine: Option<String>,
    turns: TurnsBody,
}

/// Figures of many turns.
#[derive(Debug, Serialize, ToSchema)]
pub struct TurnsBody {
    /// How many.
    count: u64,
    /// Each stage that was measured, in their order.
    stages: Vec<StageBody>,
}

/// How long a stage took, counted from the end of the candidate's voice.
#[derive(Debug, Serialize, ToSchema)]
pub struct StageBody {
    /// `turn_end`, `transcript_final`, `first_token`, `first_audio`, `first_played`.
    stage: &'static str,
    /// Turns in which it was measured.
    turns: u64,
    /// Half of the turns took no longer.
    p50_ms: u64,
    /// Nineteen in twenty took no longer.
    p95_ms: u64,
}

impl LatencyBody {
    pub fn new(hours: u32, latency: Latency) -> Self {
        let engine = |(name, turns): (String, TurnFigures)| EngineTurnsBody {
            engine: Some(name).filter(|name| !name.is_empty()),
            turns: turns.into(),
        };
        Self { hours, all: latency.all.into(), engines: latency.engines.into_iter().map(engine).collect() }
    }
}

impl From<TurnFigures> for TurnsBody {
    fn from(figures: TurnFigures) -> Self {
        let stage = |one: StageFigures| StageBody {
            stage: one.stage,
            turns: one.turns,
            p50_ms: one.p50_ms,
            p95_ms: one.p95_ms,
        };
        Self { count: figures.turns, stages: figures.stages.into_iter().map(stage).collect() }
    }
}
