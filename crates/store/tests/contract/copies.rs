//! Copies go from either engine into either, whole or not at all.

use super::harness::{answer, at, fresh, person, session};
use greenroom_domain::ids::{JobId, SessionId};
use greenroom_domain::job_queue::Job;
use greenroom_store::{Options, Store, StoreError};
use greenroom_testkit::{Database, keyring, postgres};
use sea_orm::{ConnectionTrait, Statement};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder with an empty file for a copy.
fn place() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("copy.db");
    std::fs::write(&file, b"").unwrap();
    (folder, file)
}

/// A PostgreSQL database that nobody is connected to.
async fn closed(database: &Database) {
    database.store.clone().close().await.unwrap();
}

async fn copied(url: &str, file: &Path) -> Result<u64, StoreError> {
    let mut last = 0;
    let outcome = Store::copy_server(url, &Options::default(), file, &mut |done, _| last = done).await;
    outcome.map(|()| last)
}

async fn put_back(file: &Path, url: &str, replace: bool) -> Result<(), StoreError> {
    Store::restore_server(file, url, &Options::default(), replace, &mut |_, _| {}).await
}

async fn filled(store: &Store) -> SessionId {
    let user = person(store).await;
    let state = session(store, user, 0).await;
    store.append(answer(&state, 1, "naïve “quotes”, 日本語, \\ and '")).await.unwrap();
    let job = Job {
        id: JobId(fresh()),
        kind: "k".to_owned(),
        payload: "{}".to_owned(),
        run_at: at(9),
        attempts: 3,
        trace: None,
    };
    // More than are inserted at once.
    let jobs: Vec<Job> = (0..1200).map(|_| Job { id: JobId(fresh()), ..job.clone() }).collect();
    store.enqueue(&jobs).await.unwrap();
    store.bury_job(&jobs[0], "never").await.unwrap();
    state.id
}

/// Every row of every table of a copy.
async fn rows(file: &Path) -> Vec<String> {
    let db = sea_orm::Database::connect(format!("sqlite://{}", file.display())).await.unwrap();
    let all = async |sql: String| {
        db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap()
    };
    let mut rows = Vec::new();
    for table in
        all("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'seaql_migrations'".to_owned())
            .await
    {
        let table: String = table.try_get_by_index(0).unwrap();
        let columns = all(format!("PRAGMA table_info(\"{table}\")")).await;
        let columns: Vec<String> = columns
            .iter()
            .map(|row| format!("quote(\"{}\")", row.try_get::<String>("", "name").unwrap()))
            .collect();
        let sql = format!("SELECT {} FROM \"{table}\"", columns.join(" || ',' || "));
        rows.extend(
            all(sql)
                .await
                .iter()
                .map(|row| format!("{table}: {}", row.try_get_by_index::<String>(0).unwrap())),
        );
    }
    rows.sort();
    db.close().await.unwrap();
    rows
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_of_a_server_goes_into_a_file_and_into_another_server() {
    let (from, to) = (postgres().await, postgres().await);
    let session = filled(&from.store).await;
    let (_folder, file) = place();
    // The database is in use.
    let carried = copied(from.url(), &file).await.unwrap();
    Store::make_ready(&file).await.unwrap();
    assert_eq!(carried, rows(&file).await.len() as u64);
    let opened =
        Store::open(&format!("sqlite://{}", file.display()), &Options::default(), keyring()).await.unwrap();
    assert_eq!(opened.log(session, 0, 9).await.unwrap(), from.store.log(session, 0, 9).await.unwrap());
    assert_eq!(opened.job_load(at(99)).await.unwrap(), from.store.job_load(at(99)).await.unwrap());
    opened.close().await.unwrap();
    closed(&to).await;
    put_back(&file, to.url(), false).await.unwrap();
    let (_folder, again) = place();
    copied(to.url(), &again).await.unwrap();
    assert_eq!(rows(&again).await, rows(&file).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_of_a_file_goes_into_a_server() {
    let from = greenroom_testkit::sqlite().await;
    filled(&from.store).await;
    let (_folder, file) = place();
    Store::copy(&Store::file(from.url()).unwrap(), &file).await.unwrap();
    Store::make_ready(&file).await.unwrap();
    let to = postgres().await;
    closed(&to).await;
    put_back(&file, to.url(), false).await.unwrap();
    let (_folder, again) = place();
    copied(to.url(), &again).await.unwrap();
    assert_eq!(rows(&again).await, rows(&file).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_there_is_replaced_only_when_asked_for_and_while_nobody_uses_it() {
    let (from, to) = (postgres().await, postgres().await);
    filled(&from.store).await;
    let kept = filled(&to.store).await;
    let (_folder, file) = place();
    copied(from.url(), &file).await.unwrap();
    assert!(matches!(put_back(&file, to.url(), true).await, Err(StoreError::InUse)));
    closed(&to).await;
    assert!(matches!(put_back(&file, to.url(), false).await, Err(StoreError::NotEmpty)));
    let store = to.again().await;
    assert_eq!(store.log(kept, 0, 9).await.unwrap().len(), 2, "nothing was changed");
    store.close().await.unwrap();
    put_back(&file, to.url(), true).await.unwrap();
    let store = to.again().await;
    assert_eq!(store.log(kept, 0, 9).await.unwrap().len(), 0);
    assert_eq!(store.job_counts().await.unwrap().open, 1199);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_newer_program_wrote_is_refused_by_name() {
    let later = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 1)";
    let database = postgres().await;
    let db = sea_orm::Database::connect(database.url()).await.unwrap();
    let (_folder, file) = place();
    copied(database.url(), &file).await.unwrap();
    db.execute_unprepared(later).await.unwrap();
    let (_folder, refused) = place();
    let error = copied(database.url(), &refused).await.unwrap_err();
    assert!(error.to_string().contains("m9999_later"), "{error}");
    let copy = sea_orm::Database::connect(format!("sqlite://{}", file.display())).await.unwrap();
    copy.execute_unprepared(later).await.unwrap();
    copy.close().await.unwrap();
    let error = Store::make_ready(&file).await.unwrap_err();
    assert!(error.to_string().contains("newer version"), "{error}");
    assert!(matches!(
        Store::open(database.url(), &Options::default(), keyring()).await,
        Err(StoreError::Newer(_))
    ));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn there_is_no_copy_of_somebody_elses_database() {
    let database = postgres().await;
    let db = sea_orm::Database::connect(database.url()).await.unwrap();
    db.execute_unprepared("DROP TABLE seaql_migrations").await.unwrap();
    let (_folder, file) = place();
    assert!(matches!(copied(database.url(), &file).await, Err(StoreError::NotOurs)));
}
