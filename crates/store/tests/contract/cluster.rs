use super::harness::{at, fresh};
use greenroom_domain::ids::JobId;
use greenroom_domain::job_queue::{Job, Schedule};
use greenroom_store::Store;

pub async fn one_of_many_takes_a_lease(store: Store) {
    let takers = (0..8).map(|_| {
        let store = store.clone();
        tokio::spawn(async move { store.take_lease("talk", fresh(), at(60), at(1)).await.unwrap() })
    });
    let mut taken = 0;
    for taker in takers.collect::<Vec<_>>() {
        taken += usize::from(taker.await.unwrap());
    }
    assert_eq!(taken, 1);
    assert!(store.is_leased("talk", at(59)).await.unwrap());
    assert!(matches!(store.lease("talk", at(59)).await.unwrap(), Some((_, until)) if until == at(60)));
    assert!(!store.is_leased("talk", at(60)).await.unwrap());
}

pub async fn a_lease_goes_on_ends_and_is_taken_over(store: Store) {
    let (one, two) = (fresh(), fresh());
    assert!(store.take_lease("talk", one, at(60), at(1)).await.unwrap());
    assert!(store.take_lease("talk", one, at(90), at(30)).await.unwrap(), "its own goes on");
    assert!(!store.take_lease("talk", two, at(150), at(89)).await.unwrap());
    assert!(store.take_lease("other", two, at(60), at(1)).await.unwrap(), "leases do not know each other");
    assert!(store.take_lease("talk", two, at(150), at(90)).await.unwrap(), "it is over");
    assert!(!store.take_lease("talk", one, at(160), at(91)).await.unwrap(), "the first one has lost it");
    store.release_lease("talk", one).await.unwrap();
    assert!(store.is_leased("talk", at(91)).await.unwrap(), "nobody ends another's");
    assert_eq!(store.release_leases(two).await.unwrap(), 2);
    assert!(store.take_lease("talk", one, at(160), at(91)).await.unwrap());
    assert_eq!(store.prune_leases(at(159)).await.unwrap(), 0);
    assert_eq!(store.prune_leases(at(160)).await.unwrap(), 1);
}

pub async fn scheduled_work_is_queued_once_for_all(store: Store) {
    let sweep = Schedule { kind: "sweep", every_ms: 600_000, first_after_ms: 0 };
    let weekly = Schedule { kind: "weekly", every_ms: 600_000, first_after_ms: 60_000 };
    let job = |schedule: &Schedule, now: i64| Job {
        id: JobId(fresh()),
        kind: schedule.kind.to_owned(),
        payload: "{}".to_owned(),
        run_at: at(now),
        attempts: 0,
        trace: None,
    };
    assert!(!store.enqueue_scheduled(&weekly, &job(&weekly, 0), at(0)).await.unwrap());
    assert!(!store.enqueue_scheduled(&weekly, &job(&weekly, 59), at(59)).await.unwrap());
    assert!(store.enqueue_scheduled(&weekly, &job(&weekly, 60), at(60)).await.unwrap());
    let nodes = (0..8).map(|_| {
        let (store, job) = (store.clone(), job(&sweep, 1));
        tokio::spawn(async move { store.enqueue_scheduled(&sweep, &job, at(1)).await.unwrap() })
    });
    let mut queued = 0;
    for node in nodes.collect::<Vec<_>>() {
        queued += usize::from(node.await.unwrap());
    }
    assert_eq!((queued, store.open_jobs("sweep").await.unwrap()), (1, 1));
    assert!(!store.enqueue_scheduled(&sweep, &job(&sweep, 600), at(600)).await.unwrap(), "not yet");
    let again = store.enqueue_scheduled(&sweep, &job(&sweep, 601), at(601)).await.unwrap();
    assert!(!again, "the last one still waits");
    let claimed = store.claim_jobs(&["sweep"], 9, at(700), at(602)).await.unwrap();
    store.finish_jobs(&[claimed[0].id]).await.unwrap();
    assert!(store.enqueue_scheduled(&sweep, &job(&sweep, 1201), at(1201)).await.unwrap());
}

pub async fn a_clock_that_was_set_back_holds_nothing_up(store: Store) {
    let day = 86_400;
    let job = |kind: &str, run_at: i64| Job {
        id: JobId(fresh()),
        kind: kind.to_owned(),
        payload: "{}".to_owned(),
        run_at: at(run_at),
        attempts: 0,
        trace: None,
    };
    // A day ahead somebody queues work, claims some, takes a lease and does the chores; then the clock is set right.
    let (claimed, waiting, soon) = (job("claimed", day), job("waiting", day + 30), job("soon", 600));
    store.enqueue(&[claimed.clone(), waiting.clone(), soon]).await.unwrap();
    assert_eq!(store.claim_jobs(&["claimed"], 9, at(day + 20), at(day)).await.unwrap().len(), 1);
    let chore = Schedule { kind: "chore", every_ms: 600_000, first_after_ms: 0 };
    assert!(store.enqueue_scheduled(&chore, &job("chore", day), at(day)).await.unwrap());
    let done = store.claim_jobs(&["chore"], 9, at(day + 20), at(day)).await.unwrap();
    store.finish_jobs(&[done[0].id]).await.unwrap();
    let (one, two) = (fresh(), fresh());
    assert!(store.take_lease("turn", one, at(day + 3), at(day)).await.unwrap());

    let due = store.claim_jobs(&["claimed", "waiting", "soon"], 9, at(20), at(0)).await.unwrap();
    let mut due: Vec<_> = due.into_iter().map(|job| job.id).collect();
    due.sort();
    let mut expected = vec![claimed.id, waiting.id];
    expected.sort();
    assert_eq!(due, expected, "what was put off by a clock that is right stays put off");
    assert!(
        store.claim_jobs(&["claimed"], 9, at(21), at(1)).await.unwrap().is_empty(),
        "a right claim holds"
    );
    assert!(store.enqueue_scheduled(&chore, &job("chore", 0), at(0)).await.unwrap(), "chores go on");
    assert!(!store.enqueue_scheduled(&chore, &job("chore", 1), at(1)).await.unwrap(), "once");
    assert!(store.take_lease("turn", two, at(3), at(0)).await.unwrap(), "nobody holds a lease for a day");
    assert!(!store.take_lease("turn", one, at(2), at(-1)).await.unwrap(), "clocks of nodes differ a little");
}
