use super::harness::{at, fresh, guest, person, session};
use super::sign_ins::{sign_in, signed_in, token};
use greenroom_domain::account::{Profile, User};
use greenroom_store::{Constraint, IdempotencyRecord, Reserved, SessionFilter, Store, StoreError};

pub async fn an_address_is_taken_once(store: Store) {
    let id = person(&store).await;
    let mut twin = store.user(id).await.unwrap().unwrap();
    twin.id = greenroom_domain::ids::UserId(fresh());
    let refused = store.create_user(&twin, None).await;
    assert!(matches!(refused, Err(StoreError::Conflict(Constraint::Email))), "{refused:?}");
}

pub async fn erasing_a_person_leaves_nothing(store: Store) {
    let id = person(&store).await;
    let other = person(&store).await;
    let state = session(&store, id, 0).await;
    session(&store, other, 0).await;
    let sign_in = signed_in(&store, id).await;
    let profile = Profile { skills: vec!["Rust".to_owned()], ..Profile::default() };
    store.save_profile(id, &profile, at(1)).await.unwrap();
    store.delete_user(id, at(9)).await.unwrap();
    assert_eq!(store.user(id).await.unwrap(), None);
    assert_eq!(store.profile(id).await.unwrap(), Profile::default());
    assert_eq!(store.sign_in(sign_in.id).await.unwrap(), None);
    assert_eq!(store.session(id, state.id).await.unwrap(), None);
    assert!(store.log(state.id, 0, 10).await.unwrap().is_empty());
    let left = store.sessions(other, &SessionFilter::default(), &Default::default()).await.unwrap();
    assert_eq!(left.items.len(), 1, "other people keep theirs");
}

pub async fn an_idempotency_key_is_reserved_once(store: Store) {
    let user_id = person(&store).await;
    let record = IdempotencyRecord {
        user_id,
        key: "key".to_owned(),
        request_hash: "hash".to_owned(),
        status: 0,
        body: String::new(),
        at: at(0),
    };
    assert_eq!(store.reserve_idempotency(&record, at(0)).await.unwrap(), Reserved::Fresh);
    assert_eq!(store.reserve_idempotency(&record, at(0)).await.unwrap(), Reserved::Known(record.clone()));
    let done = IdempotencyRecord { status: 201, body: "{}".to_owned(), ..record.clone() };
    store.complete_idempotency(&done).await.unwrap();
    assert_eq!(store.idempotent(user_id, "key").await.unwrap(), Some(done));
    store.release_idempotency(user_id, "key").await.unwrap();
    assert_eq!(store.idempotent(user_id, "key").await.unwrap(), None);
}

pub async fn an_abandoned_key_is_taken_over_once(store: Store) {
    let user_id = person(&store).await;
    let dead = IdempotencyRecord {
        user_id,
        key: "key".to_owned(),
        request_hash: "hash".to_owned(),
        status: 0,
        body: String::new(),
        at: at(0),
    };
    store.reserve_idempotency(&dead, at(0)).await.unwrap();
    let other = IdempotencyRecord { request_hash: "other".to_owned(), at: at(61), ..dead.clone() };
    let known = store.reserve_idempotency(&other, at(1)).await.unwrap();
    assert_eq!(known, Reserved::Known(dead.clone()), "another request does not get it");
    let heirs = (0..8).map(|_| {
        let (store, record) = (store.clone(), IdempotencyRecord { at: at(61), ..dead.clone() });
        tokio::spawn(async move { store.reserve_idempotency(&record, at(1)).await.unwrap() })
    });
    let mut fresh = 0;
    for heir in heirs.collect::<Vec<_>>() {
        fresh += usize::from(heir.await.unwrap() == Reserved::Fresh);
    }
    assert_eq!(fresh, 1);
}

pub async fn nothing_is_stored_for_who_is_not_there(store: Store) {
    let nobody = greenroom_domain::ids::UserId(fresh());
    let refused = store.begin_sign_in(&sign_in(nobody), &token()).await;
    assert!(matches!(refused, Err(StoreError::Orphan)), "{refused:?}");
    let refused = store.save_profile(nobody, &Profile::default(), at(1)).await;
    assert!(matches!(refused, Err(StoreError::Orphan)), "{refused:?}");
}

pub async fn an_address_that_cannot_be_stored_is_nobodys(store: Store) {
    assert!(store.user_by_email("ada\0@example.com").await.unwrap().is_none());
}

fn account(guest: &User) -> User {
    User { email: Some(format!("{}@example.com", fresh().simple())), expires_at: None, ..guest.clone() }
}

pub async fn a_guest_becomes_one_account(store: Store) {
    let guest = guest(&store).await;
    let (first, second) = (account(&guest), account(&guest));
    assert!(store.claim_guest(&first, "hash").await.unwrap());
    assert!(!store.claim_guest(&second, "hash").await.unwrap(), "the first keeps it");
    assert_eq!(store.user(guest.id).await.unwrap(), Some(first));
    store.delete_user(guest.id, at(9)).await.unwrap();
    assert!(!store.claim_guest(&second, "hash").await.unwrap(), "nobody is there");
}

pub async fn who_registers_at_the_last_moment_is_not_erased(store: Store) {
    let (stays, goes) = (guest(&store).await, guest(&store).await);
    let expired = store.expired_guests(at(3600), 10).await.unwrap();
    assert_eq!(expired.len(), 2);
    store.claim_guest(&account(&stays), "hash").await.unwrap();
    assert!(store.delete_expired_guest(stays.id, at(3600)).await.unwrap().is_none());
    assert!(store.delete_expired_guest(goes.id, at(3599)).await.unwrap().is_none(), "not before its time");
    assert!(store.delete_expired_guest(goes.id, at(3600)).await.unwrap().is_some());
    assert!(store.user(stays.id).await.unwrap().is_some());
    assert!(store.user(goes.id).await.unwrap().is_none());
}
