//! People as administrators see them.

use super::harness::{at, fresh, guest, person};
use super::sign_ins::{sign_in, signed_in, token};
use greenroom_domain::account::{Role, User};
use greenroom_domain::ids::UserId;
use greenroom_store::{Page, Store, StoreError, UserFilter, UserGroup};

async fn named(store: &Store, name: &str, role: Role, made: i64) -> UserId {
    let id = UserId(fresh());
    let user = User {
        id,
        email: Some(format!("{}@example.com", id.0.simple())),
        name: name.to_owned(),
        role,
        expires_at: None,
        consents: Vec::new(),
        created_at: at(made),
        updated_at: at(made),
    };
    store.create_user(&user, None).await.unwrap();
    id
}

async fn found(store: &Store, filter: &UserFilter) -> Vec<String> {
    let page = store.managed_users(filter, &Page::default(), at(50)).await.unwrap();
    page.items.into_iter().map(|managed| managed.user.name).collect()
}

pub async fn people_are_searched_filtered_and_paged(store: Store) {
    let zoe = named(&store, "Zoë 100%", Role::Curator, 1).await;
    let bo = named(&store, "Bo_Under", Role::JobSeeker, 2).await;
    named(&store, "Boxunder", Role::Admin, 3).await;
    guest(&store).await;
    let all = UserFilter::default();
    assert_eq!(
        found(&store, &all).await,
        ["Boxunder", "Bo_Under", "Zoë 100%"],
        "the newest first, no guests"
    );
    let words = |words: &str| UserFilter { words: Some(words.to_owned()), ..UserFilter::default() };
    assert_eq!(found(&store, &words(" ZOË")).await, ["Zoë 100%"]);
    assert_eq!(found(&store, &words("bo_")).await, ["Bo_Under"], "no wild card");
    assert_eq!(found(&store, &words("100%")).await, ["Zoë 100%"]);
    assert_eq!(found(&store, &words(&zoe.0.simple().to_string())).await, ["Zoë 100%"], "by address");
    assert_eq!(found(&store, &words("b\0o_")).await, ["Bo_Under"]);
    for strange in ["\\", "!", "'"] {
        assert_eq!(found(&store, &words(strange)).await, Vec::<String>::new(), "{strange}");
    }
    assert_eq!(found(&store, &UserFilter { role: Some(Role::Curator), ..all.clone() }).await, ["Zoë 100%"]);
    assert_eq!(found(&store, &UserFilter { group: UserGroup::Guests, ..all.clone() }).await, ["Guest"]);
    store.lock_user(bo, at(9)).await.unwrap();
    assert_eq!(found(&store, &UserFilter { group: UserGroup::Locked, ..all.clone() }).await, ["Bo_Under"]);

    let first = store.managed_users(&all, &Page { limit: 2, after: None }, at(50)).await.unwrap();
    let second =
        store.managed_users(&all, &Page { limit: 2, after: first.next.clone() }, at(50)).await.unwrap();
    let names =
        |items: Vec<greenroom_store::ManagedUser>| items.into_iter().map(|m| m.user.name).collect::<Vec<_>>();
    assert_eq!(
        (names(first.items), names(second.items)),
        (vec!["Boxunder".into(), "Bo_Under".into()], vec!["Zoë 100%".into()])
    );
    assert_eq!(second.next, None);

    let mut renamed = store.user(zoe).await.unwrap().unwrap();
    renamed.name = "Ada".to_owned();
    store.update_user(&renamed, None).await.unwrap();
    assert_eq!(found(&store, &words("ada")).await, ["Ada"], "the search follows");
    store.update_user(&store.user(bo).await.unwrap().unwrap(), None).await.unwrap();
    assert!(store.managed_user(bo, at(50)).await.unwrap().unwrap().locked_at.is_some(), "a lock stays");
}

pub async fn who_is_locked_cannot_sign_in(store: Store) {
    let user = person(&store).await;
    signed_in(&store, user).await;
    let seen = store.managed_user(user, at(5)).await.unwrap().unwrap();
    assert_eq!((seen.sign_ins, seen.locked_at), (1, None));
    assert!(seen.last_used_at.is_some());
    assert!(store.lock_user(user, at(6)).await.unwrap());
    assert!(store.lock_user(user, at(7)).await.unwrap());
    assert_eq!(
        store.managed_user(user, at(8)).await.unwrap().unwrap().locked_at,
        Some(at(6)),
        "since the first time"
    );
    let refused = store.begin_sign_in(&sign_in(user), &token()).await;
    assert!(matches!(refused, Err(StoreError::Locked)), "{refused:?}");
    assert!(store.unlock_user(user).await.unwrap());
    assert!(!store.unlock_user(user).await.unwrap());
    store.begin_sign_in(&sign_in(user), &token()).await.unwrap();
    assert!(!store.lock_user(UserId(fresh()), at(9)).await.unwrap());
    assert_eq!(store.managed_user(UserId(fresh()), at(9)).await.unwrap(), None);
}

pub async fn the_last_administrator_stays(store: Store) {
    let (one, other) =
        (named(&store, "One", Role::Admin, 1).await, named(&store, "Other", Role::Admin, 2).await);
    // Both give the other's role away at the same moment: one of them is too late.
    let (a, b) =
        tokio::join!(store.set_role(one, Role::Curator, at(3)), store.set_role(other, Role::Curator, at(3)));
    let refused = [&a, &b].iter().filter(|done| matches!(done, Err(StoreError::LastAdministrator))).count();
    assert_eq!(refused, 1, "{a:?} {b:?}");
    let (last, demoted) = if a.is_ok() { (other, one) } else { (one, other) };
    for refused in [
        store.set_role(last, Role::JobSeeker, at(4)).await.map(drop),
        store.lock_user(last, at(4)).await.map(drop),
        store.delete_user(last, at(4)).await.map(drop),
    ] {
        assert!(matches!(refused, Err(StoreError::LastAdministrator)), "{refused:?}");
    }
    assert_eq!(store.set_role(last, Role::Admin, at(4)).await.unwrap().unwrap().role, Role::Admin);
    // One who is locked out does not count.
    store.set_role(demoted, Role::Admin, at(5)).await.unwrap();
    store.lock_user(demoted, at(5)).await.unwrap();
    assert!(matches!(store.lock_user(last, at(6)).await, Err(StoreError::LastAdministrator)));
    store.unlock_user(demoted).await.unwrap();
    store.delete_user(last, at(7)).await.unwrap();
    assert_eq!(store.set_role(UserId(fresh()), Role::Admin, at(8)).await.unwrap(), None);
}
