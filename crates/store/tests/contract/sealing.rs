//! What people said cannot be read in the database, and not at all without their keys.

use super::harness::{answer, at, fresh, person, session};
use greenroom_domain::account::Profile;
use greenroom_domain::ids::UserId;
use greenroom_domain::interview::{SessionRecord, State};
use greenroom_store::{
    Append, IdempotencyRecord, Keyring, NewSession, Options, SealingAt, Store, StoreError,
};
use greenroom_testkit::{Database, keyring};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

const SAID: &str = "the zebrafish pipeline at Quuxworks";

/// Somebody who said it everywhere.
async fn talker(store: &Store) -> (UserId, State) {
    let user = person(store).await;
    let state = session(store, user, 0).await;
    let record = IdempotencyRecord {
        user_id: user,
        key: "k".to_owned(),
        request_hash: "h".to_owned(),
        status: 201,
        body: SAID.to_owned(),
        at: at(1),
    };
    let append = Append { idempotency: Some(record), ..answer(&state, 1, SAID) };
    store.append(append).await.unwrap();
    let profile = Profile { skills: vec![SAID.to_owned()], ..Profile::default() };
    store.save_profile(user, &profile, at(1)).await.unwrap();
    let other = SessionRecord {
        id: greenroom_domain::ids::SessionId(fresh()),
        title: SAID.to_owned(),
        ..store.session(user, state.id).await.unwrap().unwrap()
    };
    store.create_session(NewSession { record: other, events: Vec::new(), jobs: Vec::new() }).await.unwrap();
    (user, state)
}

async fn hears(store: &Store, user: UserId, state: &State) {
    assert_eq!(store.profile(user).await.unwrap().skills, [SAID]);
    let log = store.log(state.id, 1, 9).await.unwrap();
    assert!(format!("{log:?}").contains(SAID));
    assert_eq!(store.idempotent(user, "k").await.unwrap().unwrap().body, SAID);
    let listed = store.sessions(user, &Default::default(), &Default::default()).await.unwrap();
    assert!(listed.items.iter().any(|session| session.title == SAID));
}

/// Everything that lies in the database, as whoever steals it sees it.
async fn everything(database: &Database) -> String {
    if let Some(file) = Store::file(database.url()) {
        let wal = std::fs::read(format!("{}-wal", file.display())).unwrap_or_default();
        let bytes = [std::fs::read(file).unwrap(), wal].concat();
        return String::from_utf8_lossy(&bytes).into_owned();
    }
    let db = raw(database).await;
    let ask = async |sql: String| {
        let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await.unwrap();
        rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap()).collect::<Vec<_>>()
    };
    let tables = ask("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'".to_owned()).await;
    let mut all = Vec::new();
    for table in tables {
        all.extend(ask(format!("SELECT t::text FROM {table} t")).await);
    }
    all.join("\n")
}

async fn raw(database: &Database) -> DatabaseConnection {
    sea_orm::Database::connect(database.url()).await.unwrap()
}

pub async fn nothing_that_was_said_can_be_read(database: Database) {
    let (user, state) = talker(&database.store).await;
    assert!(!everything(&database).await.contains("zebrafish"));
    hears(&database.store, user, &state).await;
    hears(&database.again().await, user, &state).await;
    assert!(database.store.unsealed().await.unwrap().is_empty());
}

pub async fn texts_from_before_are_read_and_sealed(database: Database) {
    let store = &database.store;
    let (user, state) = talker(store).await;
    let log = store.log(state.id, 2, 1).await.unwrap();
    let event = format!(
        r#"{{"kind":"answer_received","response_id":"{0}","question_id":"{0}","content":"{SAID}","attempt":1}}"#,
        fresh()
    );
    assert!(log.is_empty());
    let db = raw(&database).await;
    let profile = format!(r#"{{"skills":["{SAID}"]}}"#);
    for sql in [
        format!("UPDATE events SET payload = '{event}' WHERE seq = 2"),
        format!("UPDATE profiles SET document = '{profile}'"),
        format!("UPDATE sessions SET title = '{SAID}'"),
        format!("UPDATE idempotency SET body = '{SAID}'"),
        "DELETE FROM person_keys WHERE user_id NOT IN (SELECT user_id FROM sessions)".to_owned(),
    ] {
        db.execute_unprepared(&sql).await.unwrap();
    }
    assert!(everything(&database).await.contains("zebrafish"));
    hears(store, user, &state).await;
    assert_eq!(store.unsealed().await.unwrap().iter().map(|of| of.rows).sum::<u64>(), 5);

    let mut reached = SealingAt::default();
    while let Some(next) = store.seal_some(reached).await.unwrap() {
        reached = next;
    }
    assert_eq!(reached.sealed, 5);
    assert!(store.unsealed().await.unwrap().is_empty());
    hears(&database.again().await, user, &state).await;
    assert_eq!(store.seal_some(SealingAt::default()).await.unwrap().map(|at| at.sealed), Some(0));
}

pub async fn who_is_erased_cannot_be_read_in_a_copy(database: Database) {
    let store = &database.store;
    let (user, state) = talker(store).await;
    let (other, others) = talker(store).await;
    let copy = store.wrapped_keys(None, 10).await.unwrap();
    assert!(copy.iter().any(|key| key.user_id == user));
    let interviews = store.delete_user(user, at(5)).await.unwrap();
    assert_eq!(interviews.len(), 2);
    let left = everything(&database).await;
    let key = copy.iter().find(|key| key.user_id == user).unwrap();
    for trace in [key.wrapped.as_str(), key.key_id.as_str(), &user.0.simple().to_string()] {
        assert!(!left.contains(trace), "{trace}");
    }
    // Ids alone are remembered, for other nodes and for copies that are put back.
    let erased = store.erased_since(at(5)).await.unwrap();
    assert!(erased.contains(&user.0) && erased.contains(&state.id.0) && erased.len() == 3);
    assert_eq!(
        store.put_wrapped_keys(&copy).await.unwrap(),
        0,
        "nobody missing, and no key of somebody erased"
    );
    hears(store, other, &others).await;

    // A copy from before, with the keys of today: the person has none.
    raw(&database).await.execute_unprepared("DELETE FROM person_keys").await.unwrap();
    let copy = database.again().await;
    assert!(matches!(copy.profile(other).await, Err(StoreError::Sealed { .. })));
    assert!(copy.has_sealed_texts().await.unwrap());
    assert_eq!(copy.erase_unreadable(at(9)).await.unwrap(), 1);
    assert_eq!(copy.user(other).await.unwrap(), None);
}

pub async fn the_master_key_is_changed_beside_readers(database: Database) {
    let (user, state) = talker(&database.store).await;
    let old = b"a secret for tests, of thirty-two bytes".to_vec();
    let new = b"a secret of tomorrow, of thirty-two bytes".to_vec();
    let both = Keyring::new({
        let new = new.clone();
        move || vec![new.clone(), old.clone()]
    });
    let options = Options::default();
    let changing = Store::open(database.url(), &options, both.clone()).await.unwrap();
    hears(&changing, user, &state).await;
    assert_eq!(changing.rewrap_some().await.unwrap(), 1);
    assert_eq!(changing.rewrap_some().await.unwrap(), 0);
    let in_use = changing.keys_of_people().await.unwrap();
    assert_eq!(in_use.len(), 1);
    assert!(in_use[0].master == both.current() && in_use[0].people == 1 && in_use[0].is_here);
    hears(&database.store, user, &state).await;
    let after = Store::open(database.url(), &options, Keyring::new(move || vec![new.clone()])).await.unwrap();
    hears(&after, user, &state).await;
    let before = Store::open(database.url(), &options, keyring()).await.unwrap();
    assert!(matches!(before.profile(user).await, Err(StoreError::Sealed { .. })));
    assert!(!before.keys_of_people().await.unwrap()[0].is_here);
}

pub async fn no_text_passes_for_another_one(database: Database) {
    let (user, state) = talker(&database.store).await;
    let sql = "UPDATE events SET payload = (SELECT payload FROM events WHERE seq = 1) WHERE seq = 2";
    raw(&database).await.execute_unprepared(sql).await.unwrap();
    let log = database.store.log(state.id, 1, 9).await;
    assert!(matches!(log, Err(StoreError::Sealed { .. })), "{log:?}");
    assert!(database.store.session(user, state.id).await.unwrap().is_some());
}
