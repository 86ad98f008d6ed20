//! Identities at providers.

use super::harness::{at, fresh, guest};
use greenroom_domain::account::{LinkedIdentity, Role, User};
use greenroom_domain::ids::UserId;
use greenroom_store::{Constraint, Store, StoreError, Unlinked};

fn user(email: &str) -> User {
    User {
        id: UserId(fresh()),
        email: Some(email.to_owned()),
        name: "Ada".to_owned(),
        role: Role::JobSeeker,
        expires_at: None,
        consents: Vec::new(),
        created_at: at(0),
        updated_at: at(0),
    }
}

fn identity(issuer: &str, subject: &str) -> LinkedIdentity {
    LinkedIdentity {
        issuer: issuer.to_owned(),
        subject: subject.to_owned(),
        email: Some("ada@example.com".to_owned()),
        linked_at: at(1),
        last_used_at: at(1),
    }
}

pub async fn an_identity_belongs_to_one_account(store: Store) {
    let (ada, bea) = (user("ada@example.com"), user("bea@example.com"));
    store.create_user_with_identity(&ada, &identity("https://a", "1")).await.expect("stored");
    store.create_user(&bea, Some("hash")).await.expect("stored");
    assert_eq!(store.identity_owner("https://a", "1").await.expect("read"), Some(ada.id));
    // The same name at another issuer is somebody else.
    assert_eq!(store.identity_owner("https://b", "1").await.expect("read"), None);
    let taken = store.link_identity(bea.id, &identity("https://a", "1")).await;
    assert!(matches!(taken, Err(StoreError::Conflict(Constraint::Other))), "{taken:?}");
    let second = store.link_identity(ada.id, &identity("https://a", "2")).await;
    assert!(matches!(second, Err(StoreError::Conflict(Constraint::Other))), "{second:?}");
    store.identity_used("https://a", "1", at(9)).await.expect("noted");
    let linked = store.identities(ada.id).await.expect("read");
    assert_eq!(linked, [LinkedIdentity { last_used_at: at(9), ..identity("https://a", "1") }]);
    store.delete_user(ada.id, at(10)).await.expect("deleted");
    assert_eq!(store.identity_owner("https://a", "1").await.expect("read"), None);
}

pub async fn a_taken_address_leaves_no_identity(store: Store) {
    store.create_user(&user("ada@example.com"), Some("hash")).await.expect("stored");
    let again = store.create_user_with_identity(&user("ada@example.com"), &identity("https://a", "1")).await;
    assert!(matches!(again, Err(StoreError::Conflict(Constraint::Email))), "{again:?}");
    assert_eq!(store.identity_owner("https://a", "1").await.expect("read"), None);
}

pub async fn the_last_way_into_an_account_stays(store: Store) {
    let ada = user("ada@example.com");
    store.create_user_with_identity(&ada, &identity("https://a", "1")).await.expect("stored");
    assert!(!store.has_password(ada.id).await.expect("read"));
    let usable = ["https://a", "https://b"];
    let unlink = async |issuer: &str, usable: &[&str]| {
        store.unlink_identity(ada.id, issuer, usable).await.expect("asked")
    };
    assert_eq!(unlink("https://b", &usable).await, Unlinked::NotThere);
    assert_eq!(unlink("https://a", &usable).await, Unlinked::LastWayIn);
    store.link_identity(ada.id, &identity("https://b", "7")).await.expect("linked");
    // A provider that is not configured any more leads nowhere.
    assert_eq!(unlink("https://a", &["https://a"]).await, Unlinked::LastWayIn);
    assert_eq!(unlink("https://a", &usable).await, Unlinked::Done);
    assert_eq!(unlink("https://b", &usable).await, Unlinked::LastWayIn);
    store.update_user(&ada, Some("hash")).await.expect("a password");
    assert!(store.has_password(ada.id).await.expect("read"));
    assert_eq!(unlink("https://b", &usable).await, Unlinked::Done);
}

pub async fn two_at_once_do_not_take_the_last_two_ways(store: Store) {
    let ada = user("ada@example.com");
    store.create_user_with_identity(&ada, &identity("https://a", "1")).await.expect("stored");
    store.link_identity(ada.id, &identity("https://b", "7")).await.expect("linked");
    let usable = ["https://a", "https://b"];
    let (a, b) = tokio::join!(
        store.unlink_identity(ada.id, "https://a", &usable),
        store.unlink_identity(ada.id, "https://b", &usable)
    );
    let mut both = [a.expect("asked"), b.expect("asked")];
    both.sort_by_key(|outcome| *outcome == Unlinked::LastWayIn);
    assert_eq!(both, [Unlinked::Done, Unlinked::LastWayIn]);
}

pub async fn a_guest_becomes_an_account_by_an_identity_once(store: Store) {
    let guest = guest(&store).await;
    let ada = User { email: Some("ada@example.com".to_owned()), expires_at: None, ..guest };
    assert!(store.claim_guest_with_identity(&ada, &identity("https://a", "1")).await.expect("asked"));
    assert!(!store.claim_guest_with_identity(&ada, &identity("https://b", "1")).await.expect("asked"));
    assert_eq!(store.identities(ada.id).await.expect("read").len(), 1);
}

pub async fn a_state_comes_back_once(store: Store) {
    assert!(store.use_oauth_state("a", at(10)).await.expect("noted"));
    assert!(!store.use_oauth_state("a", at(10)).await.expect("noted"));
    assert!(store.use_oauth_state("b", at(30)).await.expect("noted"));
    assert_eq!(store.prune_oauth_states(at(20)).await.expect("pruned"), 1);
    assert!(!store.use_oauth_state("b", at(30)).await.expect("noted"));
}
