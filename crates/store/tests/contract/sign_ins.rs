use super::harness::{at, fresh, person};
use greenroom_domain::ids::{SignInId, UserId};
use greenroom_domain::sign_in::{EndReason, Ended, Place, SignIn};
use greenroom_store::{Exchange, RefreshToken, Rotation, Store};

pub fn token() -> RefreshToken {
    RefreshToken { hash: fresh().to_string(), issued_at: at(0), expires_at: at(3600) }
}

pub fn sign_in(user_id: UserId) -> SignIn {
    SignIn {
        id: SignInId(fresh()),
        user_id,
        place: Place { device: "Firefox on Linux".to_owned(), address: "203.0.113.x".to_owned() },
        created_at: at(0),
        used_at: at(0),
        expires_at: at(3600),
        ended: None,
    }
}

/// Stores a sign-in of `user_id`.
pub async fn signed_in(store: &Store, user_id: UserId) -> SignIn {
    begun(store, user_id).await.0
}

async fn begun(store: &Store, user_id: UserId) -> (SignIn, RefreshToken) {
    let (sign_in, token) = (sign_in(user_id), token());
    store.begin_sign_in(&sign_in, &token).await.unwrap();
    (sign_in, token)
}

/// `old` is exchanged for `new` at `seconds`, with a grace of ten seconds.
fn exchange(old: &RefreshToken, new: &RefreshToken, seconds: i64) -> Exchange {
    Exchange {
        old_hash: old.hash.clone(),
        new: RefreshToken { issued_at: at(seconds), expires_at: at(seconds + 3600), ..new.clone() },
        place: Place { device: "Safari on iPhone".to_owned(), address: "198.51.100.x".to_owned() },
        longest_ms: 86_400_000,
        skew_ms: 0,
        grace_ms: 10_000,
    }
}

pub async fn a_refresh_token_is_used_once(store: Store) {
    let user_id = person(&store).await;
    let (begun, first) = begun(&store, user_id).await;
    let (second, third) = (token(), token());
    let rotate =
        async |old, new, seconds| store.rotate_refresh_token(&exchange(old, new, seconds)).await.unwrap();
    let unknown = token();
    assert_eq!(rotate(&unknown, &second, 1).await, Rotation::Unknown);
    assert_eq!(rotate(&first, &second, 3600).await, Rotation::Expired);
    let rotated = Rotation::Rotated { user_id, sign_in: begun.id, expires_at: at(3601) };
    assert_eq!(rotate(&first, &second, 1).await, rotated);
    let (going_on, _) = store.sign_in(begun.id).await.unwrap().unwrap();
    assert_eq!((going_on.used_at, going_on.expires_at), (at(1), at(3601)));
    assert_eq!(going_on.place.device, "Safari on iPhone");
    assert_eq!(rotate(&first, &third, 12).await, Rotation::Reused { sign_in: begun.id });
    // The whole sign-in fell, the token that came from it included, and the person can be told.
    let ended = Ended { at: at(12), why: EndReason::Reused };
    assert_eq!(rotate(&second, &third, 13).await, Rotation::Ended(ended));
    assert_eq!(store.sign_ins(user_id, at(13), 10).await.unwrap(), []);
    let fallen = store.ended_sign_ins(user_id, EndReason::Reused, 10).await.unwrap();
    assert_eq!(fallen, [SignIn { ended: Some(ended), ..going_on }]);
}

pub async fn two_tabs_that_renew_at_once_get_the_same_token(store: Store) {
    let user_id = person(&store).await;
    let (begun, first) = begun(&store, user_id).await;
    let (second, third) = (token(), token());
    let rotate = |old: &RefreshToken, new: &RefreshToken, seconds| {
        let (store, exchange) = (store.clone(), exchange(old, new, seconds));
        tokio::spawn(async move { store.rotate_refresh_token(&exchange).await.unwrap() })
    };
    let (one, two) = tokio::join!(rotate(&first, &second, 1), rotate(&first, &second, 1));
    let rotated =
        |seconds: i64| Rotation::Rotated { user_id, sign_in: begun.id, expires_at: at(seconds + 3600) };
    assert_eq!([one.unwrap(), two.unwrap()], [rotated(1), rotated(1)]);
    assert_eq!(rotate(&first, &second, 11).await.unwrap(), rotated(11), "the last moment of the grace");
    assert_eq!(rotate(&second, &third, 11).await.unwrap(), rotated(11));
    // The successor has been used: whoever comes now is not a tab that was late.
    assert_eq!(rotate(&first, &second, 11).await.unwrap(), Rotation::Reused { sign_in: begun.id });
}

pub async fn a_sign_in_ends_however_often_it_is_renewed(store: Store) {
    let user_id = person(&store).await;
    let (begun, mut last) = begun(&store, user_id).await;
    let longest_ms = 5000 * 1000;
    for (seconds, expires) in [(3000, at(5000)), (4999, at(5000))] {
        let next = token();
        let renewed = Exchange { longest_ms, ..exchange(&last, &next, seconds) };
        let rotated = Rotation::Rotated { user_id, sign_in: begun.id, expires_at: expires };
        assert_eq!(store.rotate_refresh_token(&renewed).await.unwrap(), rotated);
        let (stored, _) = store.sign_in(begun.id).await.unwrap().unwrap();
        assert_eq!(stored.expires_at, expires);
        last = next;
    }
    let late = Exchange { longest_ms, ..exchange(&last, &token(), 5000) };
    assert_eq!(store.rotate_refresh_token(&late).await.unwrap(), Rotation::Expired);
    // A shorter setting counts for sign-ins that began before it.
    let (_, first) = self::begun(&store, user_id).await;
    let shorter = Exchange { longest_ms: 60_000, ..exchange(&first, &token(), 60) };
    assert_eq!(store.rotate_refresh_token(&shorter).await.unwrap(), Rotation::Expired);
}

pub async fn clocks_may_be_apart_a_little(store: Store) {
    let user_id = person(&store).await;
    let (begun, first) = begun(&store, user_id).await;
    let late = |seconds| Exchange { skew_ms: 30_000, ..exchange(&first, &token(), seconds) };
    assert_eq!(store.rotate_refresh_token(&late(3630)).await.unwrap(), Rotation::Expired);
    let rotated = Rotation::Rotated { user_id, sign_in: begun.id, expires_at: at(3629 + 3600) };
    assert_eq!(store.rotate_refresh_token(&late(3629)).await.unwrap(), rotated);
}

pub async fn a_sign_in_can_be_kept_when_the_others_end(store: Store) {
    let (user_id, other) = (person(&store).await, person(&store).await);
    let (kept, _) = begun(&store, user_id).await;
    let (lost, lost_token) = begun(&store, user_id).await;
    let (somebodys, _) = begun(&store, other).await;
    let ended = Ended { at: at(5), why: EndReason::PasswordChanged };
    assert_eq!(store.end_other_sign_ins(user_id, Some(kept.id), ended).await.unwrap(), [lost.id]);
    assert_eq!(store.end_other_sign_ins(user_id, Some(kept.id), ended).await.unwrap(), [], "only once");
    assert_eq!(store.sign_ins(user_id, at(6), 10).await.unwrap(), [kept]);
    assert_eq!(store.sign_ins(other, at(6), 10).await.unwrap(), [somebodys]);
    let told = store.rotate_refresh_token(&exchange(&lost_token, &token(), 6)).await.unwrap();
    assert_eq!(told, Rotation::Ended(ended));
}

pub async fn somebody_elses_sign_in_is_not_there(store: Store) {
    let (user_id, other) = (person(&store).await, person(&store).await);
    let (theirs, their_token) = begun(&store, other).await;
    let ended = Ended { at: at(5), why: EndReason::EndedElsewhere };
    assert!(!store.end_sign_in(user_id, theirs.id, ended).await.unwrap());
    assert!(!store.forget_sign_in(user_id, theirs.id).await.unwrap());
    assert!(store.end_sign_in(other, theirs.id, ended).await.unwrap());
    assert!(store.forget_sign_in(other, theirs.id).await.unwrap());
    let gone = store.rotate_refresh_token(&exchange(&their_token, &token(), 6)).await.unwrap();
    assert_eq!(gone, Rotation::Unknown, "its tokens went with it");
}

pub async fn sign_ins_that_expired_are_forgotten(store: Store) {
    let user_id = person(&store).await;
    let (begun, _) = begun(&store, user_id).await;
    assert_eq!(store.sign_ins(user_id, at(3600), 10).await.unwrap(), [], "its time is over");
    assert_eq!(store.prune_sign_ins(at(3599)).await.unwrap(), 0);
    assert_eq!(store.prune_sign_ins(at(3600)).await.unwrap(), 1);
    assert_eq!(store.sign_in(begun.id).await.unwrap(), None);
}
