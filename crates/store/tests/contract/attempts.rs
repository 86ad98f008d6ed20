use super::harness::{at, fresh};
use greenroom_domain::attempts::AttemptRule;
use greenroom_store::Store;

const RULE: AttemptRule = AttemptRule { free: 3, sinks_per_hour: 1 };

fn key() -> (String, AttemptRule) {
    (fresh().to_string(), RULE)
}

pub async fn attempts_at_once_all_count(store: Store) {
    let keys = [key(), key()];
    let attempts = (0..10).map(|_| {
        let (store, keys) = (store.clone(), keys.clone());
        tokio::spawn(async move { store.count_attempt(&keys, at(0)).await.unwrap() })
    });
    let mut went_on = 0;
    for attempt in attempts.collect::<Vec<_>>() {
        went_on += usize::from(attempt.await.unwrap().is_none());
    }
    assert_eq!(went_on, 3, "the third failure begins the wait");
    assert_eq!(store.count_attempt(&keys, at(9)).await.unwrap(), Some(at(10)));
    assert_eq!(store.count_attempt(&keys, at(10)).await.unwrap(), None);
    assert_eq!(store.count_attempt(&keys, at(11)).await.unwrap(), Some(at(30)), "twice as long");
}

pub async fn what_has_to_wait_counts_nothing_elsewhere(store: Store) {
    let (ours, theirs) = (key(), key());
    for _ in 0..3 {
        store.count_attempt(std::slice::from_ref(&ours), at(0)).await.unwrap();
    }
    for _ in 0..5 {
        let both = [ours.clone(), theirs.clone()];
        assert_eq!(store.count_attempt(&both, at(1)).await.unwrap(), Some(at(10)));
    }
    assert_eq!(store.count_attempt(&[theirs], at(1)).await.unwrap(), None);
}

pub async fn attempts_are_taken_back_and_forgotten(store: Store) {
    let ours = [key()];
    for _ in 0..4 {
        assert_eq!(store.count_attempt(&ours, at(0)).await.unwrap(), None);
        store.take_attempt_back(&ours[0].0, at(0)).await.unwrap();
    }
    for _ in 0..3 {
        store.count_attempt(&ours, at(0)).await.unwrap();
    }
    assert!(store.count_attempt(&ours, at(1)).await.unwrap().is_some());
    assert!(store.forget_attempts(&ours[0].0).await.unwrap());
    assert!(!store.forget_attempts(&ours[0].0).await.unwrap());
    assert_eq!(store.count_attempt(&ours, at(1)).await.unwrap(), None);
    assert_eq!(store.prune_attempts(at(1)).await.unwrap(), 0);
    assert_eq!(store.prune_attempts(at(2)).await.unwrap(), 1);
}
