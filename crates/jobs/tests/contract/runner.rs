use super::harness::{Course, Scripted, World, soon};
use greenroom_domain::clock::Clock;
use greenroom_domain::job_queue::{JobState, QueuedJob};
use greenroom_jobs::RunnerOptions;
use greenroom_store::{JobFilter, Page, Store};
use greenroom_testkit::Database;
use std::collections::HashSet;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// Nobody says that it must stop at once.
fn never() -> CancellationToken {
    CancellationToken::new()
}

async fn dead(store: &Store, world: &World) -> Vec<QueuedJob> {
    let filter = JobFilter { state: Some(JobState::Dead), kind: None };
    store.jobs(&filter, &Page::default(), world.clock.now()).await.unwrap().items
}

pub async fn two_runners_do_each_job_once(database: Database) {
    let world = World::default();
    let jobs = world.queue(&database.store, 60).await;
    let options = RunnerOptions { batch: 4, ..RunnerOptions::default() };
    let handler = Scripted::new(&[Course::Succeed]);
    let one = world.runner(&database.store, &handler, options);
    // The second has connections of its own, as another process has.
    let two = world.runner(&database.again().await, &handler, options);
    let stop = CancellationToken::new();
    let both = async { tokio::join!(one.run(stop.clone(), never()), two.run(stop.clone(), never())) };
    let done = async {
        handler.have_begun(jobs.len()).await;
        stop.cancel();
    };
    soon(async { tokio::join!(both, done) }).await;
    let begun = handler.begun();
    assert_eq!(begun.len(), jobs.len(), "no job was begun twice");
    assert_eq!(begun.iter().collect::<HashSet<_>>(), jobs.iter().collect());
    assert_eq!(database.store.job_counts().await.unwrap().open, 0);
}

pub async fn failed_work_is_tried_again_later_and_later(database: Database) {
    let world = World::default();
    let jobs = world.queue(&database.store, 1).await;
    let handler = Scripted::new(&[Course::Fail, Course::Panic, Course::Fail, Course::Fail, Course::Succeed]);
    let options = RunnerOptions { first_delay_ms: 1000, max_delay_ms: 3000, ..RunnerOptions::default() };
    let runner = world.runner(&database.store, &handler, options);
    assert_eq!(runner.run_due().await.unwrap(), 1);
    for delay in [1000, 2000, 3000, 3000] {
        world.clock.advance(delay - 1);
        assert_eq!(runner.run_due().await.unwrap(), 0, "not before {delay} ms");
        world.clock.advance(1);
        assert_eq!(runner.run_due().await.unwrap(), 1, "after {delay} ms");
    }
    assert_eq!((handler.begun().len(), handler.finished()), (5, jobs));
    let counts = database.store.job_counts().await.unwrap();
    assert_eq!((counts.open, counts.dead), (0, 0));
}

pub async fn work_of_a_runner_that_died_is_taken_over(database: Database) {
    let world = World::default();
    let jobs = world.queue(&database.store, 1).await;
    let options = RunnerOptions { lease_ms: 60_000, ..RunnerOptions::default() };
    let stuck = Scripted::new(&[Course::Hang]);
    let dies = world.runner(&database.again().await, &stuck, options);
    let process = tokio::spawn(async move { dies.run_due().await });
    stuck.have_begun(1).await;
    process.abort();
    assert!(process.await.unwrap_err().is_cancelled());
    let handler = Scripted::new(&[Course::Succeed]);
    let heir = world.runner(&database.store, &handler, options);
    world.clock.advance(59_999);
    assert_eq!(heir.run_due().await.unwrap(), 0, "the lease holds");
    world.clock.advance(1);
    assert_eq!(heir.run_due().await.unwrap(), 1, "the lease is over");
    assert_eq!((handler.finished(), database.store.job_counts().await.unwrap().open), (jobs, 0));
}

pub async fn work_that_always_fails_is_given_up(database: Database) {
    let world = World::default();
    let jobs = world.queue(&database.store, 1).await;
    let options = RunnerOptions { max_attempts: 3, ..RunnerOptions::default() };
    let handler = Scripted::new(&[Course::Fail]);
    let runner = world.runner(&database.store, &handler, options);
    for _ in 0..3 {
        assert_eq!(runner.run_due().await.unwrap(), 1);
        world.clock.advance(options.max_delay_ms);
    }
    // Others are done as before.
    let healthy = world.queue(&database.store, 1).await;
    let other = Scripted::new(&[Course::Succeed]);
    assert_eq!(world.runner(&database.store, &other, options).run_due().await.unwrap(), 1);
    assert_eq!((handler.begun().len(), other.finished()), (3, healthy));
    let dead = dead(&database.store, &world).await;
    assert_eq!(dead.iter().map(|dead| dead.job.id).collect::<Vec<_>>(), jobs);
    assert_eq!((dead[0].error.as_deref(), dead[0].job.attempts), (Some("attempt 3 went wrong"), 3));
    assert_eq!(database.store.job_counts().await.unwrap().open, 0);
}

pub async fn work_that_kills_its_runner_is_given_up(database: Database) {
    let world = World::default();
    let jobs = world.queue(&database.store, 1).await;
    let options = RunnerOptions { max_attempts: 3, ..RunnerOptions::default() };
    let handler = Scripted::new(&[Course::Hang]);
    for attempt in 1..=3 {
        let dies = world.runner(&database.store, &handler, options);
        let process = tokio::spawn(async move { dies.run_due().await });
        handler.have_begun(attempt).await;
        process.abort();
        assert!(process.await.unwrap_err().is_cancelled());
        world.clock.advance(options.lease_ms);
    }
    soon(world.runner(&database.store, &handler, options).run_due()).await.unwrap();
    assert_eq!(handler.begun().len(), 3, "it is not begun a fourth time");
    let dead = dead(&database.store, &world).await;
    assert_eq!(dead.iter().map(|dead| dead.job.id).collect::<Vec<_>>(), jobs);
    assert!(dead[0].error.is_some(), "it says why");
}

pub async fn a_stop_waits_for_what_has_begun(database: Database) {
    let world = World::default();
    let jobs = world.queue(&database.store, 1).await;
    let options = RunnerOptions { batch: 1, ..RunnerOptions::default() };
    let handler = Scripted::new(&[Course::AtGate]);
    let runner = Arc::new(world.runner(&database.store, &handler, options));
    let stop = CancellationToken::new();
    let running = tokio::spawn({
        let (runner, stop) = (runner.clone(), stop.clone());
        async move { runner.run(stop, never()).await }
    });
    handler.have_begun(1).await;
    let waits = world.queue(&database.store, 1).await;
    stop.cancel();
    // Everything that could end the runner at once has had its turn.
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert!(!running.is_finished(), "it waits for its work");
    handler.open_gate();
    soon(running).await.unwrap();
    assert_eq!(handler.finished(), jobs);
    assert_eq!(database.store.job_counts().await.unwrap().open, 1, "what had not begun is left");
    handler.open_gate();
    assert_eq!(runner.run_due().await.unwrap(), 1);
    assert_eq!(handler.finished(), [jobs, waits].concat(), "and done at the next start");
}

pub async fn a_runner_that_is_woken_does_not_wait(database: Database) {
    let world = World::default();
    let handler = Scripted::new(&[Course::Succeed]);
    let runner = world.runner(&database.store, &handler, RunnerOptions::default());
    let stop = CancellationToken::new();
    let running = tokio::spawn({
        let stop = stop.clone();
        async move { runner.run(stop, never()).await }
    });
    for count in 1..=3 {
        world.queue(&database.store, 1).await;
        world.waker.wake();
        handler.have_begun(count).await;
    }
    stop.cancel();
    soon(running).await.unwrap();
    assert_eq!(handler.finished().len(), 3);
}

pub async fn work_that_never_ends_does_not_hold_the_others_up(database: Database) {
    let world = World::default();
    let stuck = world.queue(&database.store, 1).await;
    let options = RunnerOptions { attempt_ms: 90, max_attempts: 2, ..RunnerOptions::default() };
    let handler = Scripted::new(&[Course::Hang]);
    let runner = world.runner(&database.store, &handler, options);
    for _ in 0..2 {
        assert_eq!(soon(runner.run_due()).await.unwrap(), 1);
        world.clock.advance(options.max_delay_ms);
    }
    let dead = dead(&database.store, &world).await;
    assert_eq!(dead.iter().map(|dead| dead.job.id).collect::<Vec<_>>(), stuck);
    assert_eq!(dead[0].error.as_deref(), Some("it took too long"));
}

pub async fn long_work_keeps_its_claim(database: Database) {
    let world = World::default();
    let jobs = world.queue(&database.store, 1).await;
    let handler = Scripted::new(&[Course::AtGate]);
    // Renewed every 10 ms of real time; the clock says when a claim is over.
    let options = RunnerOptions { lease_ms: 30, ..RunnerOptions::default() };
    let runner = world.runner(&database.store, &handler, options);
    let stop = CancellationToken::new();
    let long = tokio::spawn({
        let stop = stop.clone();
        async move { runner.run(stop, never()).await }
    });
    handler.have_begun(1).await;
    let other = world.runner(&database.again().await, &handler, options);
    for _ in 0..3 {
        world.clock.advance(29);
        let renewed = async {
            let until = world.clock.now().plus_ms(29);
            while database.store.jobs(&JobFilter::default(), &Page::default(), until).await.unwrap().items[0]
                .state
                != JobState::Running
            {
                tokio::task::yield_now().await;
            }
        };
        soon(renewed).await;
        assert_eq!(other.run_due().await.unwrap(), 0, "nobody takes it over");
    }
    handler.open_gate();
    stop.cancel();
    soon(long).await.unwrap();
    assert_eq!((handler.begun(), handler.finished()), (jobs.clone(), jobs));
}

pub async fn work_that_is_gone_is_broken_off(database: Database) {
    let world = World::default();
    let jobs = world.queue(&database.store, 1).await;
    let stuck = Scripted::new(&[Course::AtGate]);
    let options = RunnerOptions { lease_ms: 30, ..RunnerOptions::default() };
    let runner = world.runner(&database.store, &stuck, options);
    let stop = CancellationToken::new();
    let running = tokio::spawn({
        let stop = stop.clone();
        async move { runner.run(stop, never()).await }
    });
    stuck.have_begun(1).await;
    // As when another node took it while this one was cut off.
    database.store.finish_jobs(&jobs).await.unwrap();
    stop.cancel();
    soon(running).await.unwrap();
    assert!(stuck.finished().is_empty(), "it did not go on");
}

pub async fn work_is_given_back_when_there_is_no_time_left(database: Database) {
    let world = World::default();
    let jobs = world.queue(&database.store, 1).await;
    let stuck = Scripted::new(&[Course::Hang]);
    let runner = world.runner(&database.store, &stuck, RunnerOptions::default());
    let (finish, now) = (CancellationToken::new(), CancellationToken::new());
    let running = tokio::spawn({
        let (finish, now) = (finish.clone(), now.clone());
        async move { runner.run(finish, now).await }
    });
    stuck.have_begun(1).await;
    finish.cancel();
    now.cancel();
    soon(running).await.unwrap();
    let handler = Scripted::new(&[Course::Succeed]);
    let other = world.runner(&database.again().await, &handler, RunnerOptions::default());
    assert_eq!(other.run_due().await.unwrap(), 1, "at once, not when the claim is over");
    assert_eq!(handler.finished(), jobs);
}

pub async fn long_work_does_not_hold_new_work_up(database: Database) {
    let world = World::default();
    world.queue(&database.store, 1).await;
    let handler = Scripted::new(&[Course::AtGate]);
    let runner = world.runner(&database.store, &handler, RunnerOptions::default());
    let stop = CancellationToken::new();
    let running = tokio::spawn({
        let stop = stop.clone();
        async move { runner.run(stop, never()).await }
    });
    handler.have_begun(1).await;
    world.queue(&database.store, 1).await;
    world.waker.wake();
    handler.have_begun(2).await;
    handler.open_gate();
    handler.open_gate();
    stop.cancel();
    soon(running).await.unwrap();
    assert_eq!(handler.finished().len(), 2);
}
