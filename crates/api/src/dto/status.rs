use super::{JobLoadBody, SpendingBody};
use chrono::{DateTime, NaiveDate};
use greenroom_app::Engine;
use greenroom_app::operations::{Checked, Status};
use greenroom_domain::spending::DaySpending;
use greenroom_live::voice::{EngineState, Task};
use serde::Serialize;
use utoipa::ToSchema;

/// How things are at this moment.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatusBody {
    /// Version of the program that answers.
    version: &'static str,
    /// Name of the machine that answers; null where it is not known.
    node: Option<String>,
    engine: EngineName,
    /// What is needed, and whether it answers this node.
    dependencies: Vec<DependencyBody>,
    /// The disk of the data directory; null where it is not known.
    disk: Option<DiskBody>,
    /// Memory of the process; null where it is not known.
    memory: Option<MemoryBody>,
    /// Connections of this node to the database.
    pools: Vec<PoolBody>,
    /// Background work of all nodes, by kind.
    work: Vec<JobLoadBody>,
    /// Providers of language models, as this node has found them since it was started.
    providers: Vec<ProviderHealthBody>,
    /// Engines of speech in the order in which they are asked, as this node has found them since it was started.
    speech: Vec<SpeechEngineBody>,
    spending: SpendingBody,
    /// What models cost on the last days, all nodes together, the newest first.
    days: Vec<DaySpendingBody>,
}

/// What keeps the data.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EngineName {
    /// A file.
    Sqlite,
    /// A server.
    Postgres,
}

/// Something that the program needs.
#[derive(Debug, Serialize, ToSchema)]
pub struct DependencyBody {
    name: &'static str,
    /// What is wrong; null when it answers.
    problem: Option<String>,
    /// Whether nothing goes on without it.
    is_vital: bool,
    latency_ms: f64,
}

/// A disk.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiskBody {
    free_bytes: u64,
    size_bytes: u64,
}

/// Memory.
#[derive(Debug, Serialize, ToSchema)]
pub struct MemoryBody {
    used_bytes: u64,
    limit_bytes: u64,
}

/// Connections to the database.
#[derive(Debug, Serialize, ToSchema)]
pub struct PoolBody {
    /// `read` and `write`, or `all` where they are one.
    name: &'static str,
    busy: u32,
    idle: u32,
    max: u32,
}

/// How a provider did.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProviderHealthBody {
    name: String,
    /// Tries that were answered.
    answered: u64,
    /// Tries that failed.
    failed: u64,
    /// What came of the last try: `answered`, or the kind of failure, such as `timed_out`.
    last_outcome: &'static str,
    /// How long ago that was.
    last_seconds_ago: u64,
}

/// How an engine of speech does.
#[derive(Debug, Serialize, ToSchema)]
pub struct SpeechEngineBody {
    task: SpeechTask,
    /// Its name in the settings.
    name: String,
    /// Whether it failed so often that it is asked only when nobody else is there, until it answers a probe.
    is_left_alone: bool,
    /// Tries that were answered.
    answered: u64,
    /// Tries that failed.
    failed: u64,
    /// What came of the last try: `answered`, or the kind of failure, such as `timed_out`; null when it was not asked.
    last_outcome: Option<&'static str>,
    /// How long ago that was; null when it was not asked.
    last_seconds_ago: Option<u64>,
    /// What it cost at this node, millionths of a US dollar.
    micros: u64,
    /// Calls whose price is not known; `micros` does not hold them.
    unpriced_calls: u64,
}

/// What an engine of speech does.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SpeechTask {
    /// Makes words of speech.
    Hears,
    /// Makes speech of words.
    Speaks,
    /// Hears and speaks at once.
    Realtime,
}

impl From<EngineState> for SpeechEngineBody {
    fn from(engine: EngineState) -> Self {
        let health = engine.health.unwrap_or_default();
        Self {
            task: match engine.task {
                Task::ToText => SpeechTask::Hears,
                Task::ToSpeech => SpeechTask::Speaks,
                Task::Realtime => SpeechTask::Realtime,
            },
            name: engine.name,
            is_left_alone: engine.is_left_alone,
            answered: health.answered,
            failed: health.failed,
            last_outcome: health.last_at.map(|_| health.last),
            last_seconds_ago: health.last_at.map(|at| at.elapsed().as_secs()),
            micros: health.micros,
            unpriced_calls: health.unpriced,
        }
    }
}

/// What one provider cost on one day.
#[derive(Debug, Serialize, ToSchema)]
pub struct DaySpendingBody {
    /// The day (UTC).
    day: NaiveDate,
    provider: String,
    micros: u64,
    /// Calls whose price is not known; `micros` does not hold them.
    unpriced_calls: u64,
}

impl StatusBody {
    /// `engines` are those of speech.
    pub fn new(status: Status, engines: Vec<EngineState>) -> Self {
        let pool = |pool: greenroom_app::PoolUse| PoolBody {
            name: pool.name,
            busy: pool.busy,
            idle: pool.idle,
            max: pool.max,
        };
        Self {
            version: env!("CARGO_PKG_VERSION"),
            node: status.node,
            engine: match status.engine {
                Engine::Sqlite => EngineName::Sqlite,
                Engine::Postgres => EngineName::Postgres,
            },
            dependencies: status.dependencies.into_iter().map(DependencyBody::from).collect(),
            disk: status.disk.map(|disk| DiskBody { free_bytes: disk.free, size_bytes: disk.total }),
            memory: status.memory.map(|(used_bytes, limit_bytes)| MemoryBody { used_bytes, limit_bytes }),
            pools: status.pools.into_iter().map(pool).collect(),
            work: status.work.into_iter().map(JobLoadBody::from).collect(),
            providers: status.providers.into_iter().map(ProviderHealthBody::from).collect(),
            speech: engines.into_iter().map(SpeechEngineBody::from).collect(),
            spending: status.spending.into(),
            days: status.days.into_iter().map(DaySpendingBody::from).collect(),
        }
    }
}

impl From<Checked> for DependencyBody {
    fn from(checked: Checked) -> Self {
        let Checked { name, is_vital, took, problem } = checked;
        Self { name, problem, is_vital, latency_ms: (took.as_secs_f64() * 1e6).round() / 1e3 }
    }
}

impl From<(String, greenroom_telemetry::models::Health)> for ProviderHealthBody {
    fn from((name, health): (String, greenroom_telemetry::models::Health)) -> Self {
        let last_seconds_ago = health.last_at.map_or(0, |at| at.elapsed().as_secs());
        let (answered, failed, last_outcome) = (health.answered, health.failed, health.last);
        Self { name, answered, failed, last_outcome, last_seconds_ago }
    }
}

impl From<DaySpending> for DaySpendingBody {
    fn from(spent: DaySpending) -> Self {
        let moment = DateTime::from_timestamp(spent.day * 86_400, 0).unwrap_or_default();
        let DaySpending { provider, micros, unpriced_calls, .. } = spent;
        Self { day: moment.date_naive(), provider, micros, unpriced_calls }
    }
}
