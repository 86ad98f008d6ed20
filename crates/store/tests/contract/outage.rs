//! When the database is away, everybody is told at once.

use super::harness::{answer, person, session};
use greenroom_store::{Options, Store, StoreError};
use sea_orm::ConnectionTrait;
use std::time::{Duration, Instant};

/// Writers who wait at the same time.
const WRITERS: usize = 64;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_waits_for_the_others_in_vain() {
    let database = greenroom_testkit::sqlite().await;
    let user = person(&database.store).await;
    let mut states = Vec::new();
    for _ in 0..WRITERS {
        states.push(session(&database.store, user, 0).await);
    }
    let options = Options { acquire_timeout_ms: 1_000, ..Options::default() };
    let store = Store::open(database.url(), &options, greenroom_testkit::keyring()).await.unwrap();
    let mut settings = sea_orm::ConnectOptions::new(database.url());
    settings.max_connections(1);
    let other = sea_orm::Database::connect(settings).await.unwrap();
    other.execute_unprepared("BEGIN IMMEDIATE").await.unwrap();
    let began = Instant::now();
    let writers = states.iter().map(|state| {
        let (store, append) = (store.clone(), answer(state, 1, "lost?"));
        tokio::spawn(async move { store.append(append).await })
    });
    for writer in writers.collect::<Vec<_>>() {
        let refused = writer.await.unwrap();
        assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
    }
    // One after the other they would wait for a minute.
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    other.execute_unprepared("ROLLBACK").await.unwrap();
    store.append(answer(&states[0], 1, "kept")).await.unwrap();
}
