//! Measures that are read when somebody asks for them: the queue, the pools, the process, the money.

use super::dependencies::check;
use crate::{App, objects};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::job_queue::JobLoad;
use greenroom_telemetry::jobs::Queue;
use greenroom_telemetry::{database, jobs, models, process};
use std::time::Duration;

/// Brings these measures up to date. What cannot be read keeps its last value.
pub async fn sample(app: &App) {
    process::sample();
    for pool in app.store().pools() {
        database::pool(database::Pool { name: pool.name, busy: pool.busy, idle: pool.idle, max: pool.max });
    }
    let spending = app.vendors().spending();
    models::spending(spending.today, spending.day_cap);
    check(app).await;
    objects::measure(app).await;
    match app.store().job_load(app.now()).await {
        Ok(loads) => {
            let now = app.now();
            jobs::queued(&loads.into_iter().map(|load| queue(load, now)).collect::<Vec<_>>());
        }
        Err(error) => tracing::warn!(%error, "the queue of background work cannot be read"),
    }
}

fn queue(load: JobLoad, now: Timestamp) -> Queue {
    let waited_ms = load.due_since.map_or(0, |since| now.ms_since(since));
    Queue {
        kind: load.kind,
        waiting: load.waiting + load.running,
        oldest: Duration::from_millis(waited_ms),
        dead: load.dead,
    }
}
