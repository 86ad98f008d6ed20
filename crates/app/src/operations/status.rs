//! How this node and what it shares with others are doing, for administrators.

use super::dependencies::{Checked, check};
use crate::models::Spending;
use crate::{App, Result};
use greenroom_domain::job_queue::JobLoad;
use greenroom_domain::spending::DaySpending;
use greenroom_store::{Engine, PoolUse};
use greenroom_telemetry::disk::Space;
use greenroom_telemetry::{models, process};

/// Days of spending that are told.
const DAYS: i64 = 30;

/// How things are at this moment.
#[derive(Clone, Debug)]
pub struct Status {
    /// The machine that answers.
    pub node: Option<String>,
    /// Which engine keeps the data.
    pub engine: Engine,
    /// What is needed, and whether it answers this node.
    pub dependencies: Vec<Checked>,
    /// The disk of the data directory.
    pub disk: Option<Space>,
    /// Memory of this process and what it may use, bytes.
    pub memory: Option<(u64, u64)>,
    /// Connections of this node to the database.
    pub pools: Vec<PoolUse>,
    /// Background work of all nodes.
    pub work: Vec<JobLoad>,
    /// Providers of language models as this process found them.
    pub providers: Vec<(String, models::Health)>,
    /// What may be spent today and what was, by all nodes.
    pub spending: Spending,
    /// What was spent, by day and provider, the newest first.
    pub days: Vec<DaySpending>,
}

/// Looks at everything.
pub async fn status(app: &App) -> Result<Status> {
    let now = app.now();
    Ok(Status {
        node: process::node(),
        engine: app.store().engine(),
        dependencies: check(app).await,
        disk: app.parts().dependencies.iter().find_map(|dependency| dependency.space()),
        memory: process::memory(),
        pools: app.store().pools(),
        work: app.store().job_load(now).await?,
        providers: models::health(),
        spending: app.vendors().spending(),
        days: app.store().spending_since(now.day() - DAYS).await?,
    })
}
