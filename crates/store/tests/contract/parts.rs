//! The log in parts: PostgreSQL only.

use super::harness::{answer, at, fresh, person, session, session_of};
use greenroom_domain::clock::Timestamp;
use greenroom_domain::ids::SessionId;
use greenroom_store::{Constraint, Store, StoreError};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use uuid::Uuid;

fn moment(text: &str) -> Timestamp {
    Timestamp::new(text.parse().expect("a moment"))
}

/// An id as it is made at this moment.
fn made_at(text: &str) -> SessionId {
    let ms = moment(text).as_datetime().timestamp_millis() as u128;
    SessionId(Uuid::from_u128(ms << 80 | fresh().as_u128() >> 52))
}

async fn parts_of(db: &DatabaseConnection, id: SessionId) -> Vec<String> {
    let sql =
        format!("SELECT DISTINCT tableoid::regclass::text AS part FROM events WHERE session_id = '{}'", id.0);
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
    rows.iter().map(|row| row.try_get("", "part").unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_is_cut_while_it_grows_and_nothing_is_lost() {
    let database = greenroom_testkit::postgres().await;
    let store = database.store.clone();
    let db = sea_orm::Database::connect(database.url()).await.unwrap();
    let user = person(&store).await;
    let before = session(&store, user, 0).await;
    let growing = tokio::spawn(grow(store.clone(), session(&store, user, 0).await));

    let now = moment("2026-11-21T12:00:00Z");
    assert!(store.cut_log(now).await.unwrap());
    assert!(!store.cut_log(now).await.unwrap(), "once");
    let grown = growing.await.unwrap();
    assert_eq!(store.log(grown, 0, 500).await.unwrap().len(), 101);
    assert_eq!(parts_of(&db, grown).await, ["events_before"]);

    store.append(answer(&before, 1, "after the cut")).await.unwrap();
    let again = store.append(answer(&before, 1, "too late")).await;
    assert!(matches!(again, Err(StoreError::Conflict(Constraint::SessionSeq))), "{again:?}");
    for (made, part) in [
        ("2026-12-31T23:59:59Z", "events_before"),
        ("2027-01-01T00:00:00Z", "events_y2027m01"),
        ("2027-06-15T12:00:00Z", "events_y2027m06"),
        ("2031-01-01T00:00:00Z", "events_beyond"),
    ] {
        let id = made_at(made);
        let state = session_of(&store, user, id, 0).await;
        store.append(answer(&state, 1, "in its part")).await.unwrap();
        assert_eq!(store.log(id, 0, 500).await.unwrap().len(), 2);
        assert_eq!(parts_of(&db, id).await, [part]);
        assert!(store.delete_session(user, id, at(9)).await.unwrap());
        assert!(parts_of(&db, id).await.is_empty(), "a log falls with its interview");
    }

    // Months later, the parts of the year to come are made; twice is once.
    let later = moment("2027-09-02T00:00:00Z");
    store.make_parts(later).await.unwrap();
    store.make_parts(later).await.unwrap();
    let id = made_at("2028-08-01T00:00:00Z");
    session_of(&store, user, id, 0).await;
    assert_eq!(parts_of(&db, id).await, ["events_y2028m08"]);
}

/// A log that grows by a hundred.
async fn grow(store: Store, state: greenroom_domain::interview::State) -> SessionId {
    for seq in 1..=100 {
        store.append(answer(&state, seq, "meanwhile")).await.unwrap();
    }
    state.id
}

#[tokio::test]
async fn a_file_is_not_cut() {
    let database = greenroom_testkit::sqlite().await;
    assert!(!database.store.cut_log(at(0)).await.unwrap());
    database.store.make_parts(at(0)).await.unwrap();
}
