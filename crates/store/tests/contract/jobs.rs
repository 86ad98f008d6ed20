use super::harness::{at, fresh};
use greenroom_domain::ids::JobId;
use greenroom_domain::job_queue::{Job, JobLoad, JobState, QueuedJob};
use greenroom_store::{JobFilter, Page, Store};
use std::collections::HashSet;

fn job(run_at: i64) -> Job {
    Job {
        id: JobId(fresh()),
        kind: "test".to_owned(),
        payload: "{}".to_owned(),
        run_at: at(run_at),
        attempts: 0,
        trace: None,
    }
}

async fn list(store: &Store, state: Option<JobState>, now: i64) -> Vec<QueuedJob> {
    let filter = JobFilter { state, kind: None };
    store.jobs(&filter, &Page::default(), at(now)).await.unwrap().items
}

pub async fn work_is_claimed_once(store: Store) {
    let jobs: Vec<Job> = (0..40).map(|_| job(0)).collect();
    store.enqueue(&jobs).await.unwrap();
    let claimers = (0..8).map(|_| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut mine = Vec::new();
            loop {
                let batch = store.claim_jobs(&["test"], 3, at(60), at(1)).await.unwrap();
                if batch.is_empty() {
                    return mine;
                }
                mine.extend(batch.into_iter().map(|job| job.id));
            }
        })
    });
    let mut all = Vec::new();
    for claimer in claimers.collect::<Vec<_>>() {
        all.extend(claimer.await.unwrap());
    }
    assert_eq!(all.len(), 40);
    assert_eq!(all.iter().collect::<HashSet<_>>().len(), 40);
    store.finish_jobs(&all).await.unwrap();
    assert_eq!(store.job_counts().await.unwrap().open, 0);
}

pub async fn an_expired_lease_is_claimed_again(store: Store) {
    store.enqueue(&[job(0)]).await.unwrap();
    assert_eq!(store.claim_jobs(&["test"], 9, at(60), at(1)).await.unwrap()[0].attempts, 1);
    assert!(store.claim_jobs(&["test"], 9, at(61), at(59)).await.unwrap().is_empty());
    assert_eq!(store.claim_jobs(&["test"], 9, at(120), at(60)).await.unwrap()[0].attempts, 2);
    assert!(store.claim_jobs(&["other"], 9, at(300), at(200)).await.unwrap().is_empty());
}

pub async fn failed_work_waits_and_dead_work_stays(store: Store) {
    let (waits, dies) = (job(0), job(0));
    store.enqueue(&[waits.clone(), dies.clone()]).await.unwrap();
    store.claim_jobs(&["test"], 9, at(60), at(1)).await.unwrap();
    let (waits, dies) = (Job { attempts: 1, ..waits }, Job { attempts: 1, ..dies });
    store.retry_job(&waits, at(30), "not now").await.unwrap();
    store.bury_job(&dies, "never").await.unwrap();
    assert!(store.claim_jobs(&["test"], 9, at(90), at(29)).await.unwrap().is_empty());
    let again = store.claim_jobs(&["test"], 9, at(90), at(30)).await.unwrap();
    assert_eq!(again.iter().map(|job| job.id).collect::<Vec<_>>(), [waits.id]);
    let dead = list(&store, Some(JobState::Dead), 31).await;
    assert_eq!((dead.len(), dead[0].job.id, dead[0].error.as_deref()), (1, dies.id, Some("never")));
}

pub async fn who_lost_the_lease_decides_nothing(store: Store) {
    store.enqueue(&[job(0)]).await.unwrap();
    let late = store.claim_jobs(&["test"], 9, at(60), at(1)).await.unwrap().remove(0);
    store.claim_jobs(&["test"], 9, at(120), at(60)).await.unwrap();
    store.retry_job(&late, at(61), "too late").await.unwrap();
    assert!(store.claim_jobs(&["test"], 9, at(180), at(62)).await.unwrap().is_empty(), "its heir is at work");
    store.bury_job(&late, "too late").await.unwrap();
    assert_eq!(store.claim_jobs(&["test"], 9, at(180), at(120)).await.unwrap()[0].attempts, 3);
}

pub async fn a_claim_goes_on_while_it_is_renewed(store: Store) {
    store.enqueue(&[job(0), job(0)]).await.unwrap();
    let claimed = store.claim_jobs(&["test"], 9, at(60), at(1)).await.unwrap();
    let held = store.renew_jobs(&claimed[..1], at(120)).await.unwrap();
    assert_eq!(held, [claimed[0].id]);
    let other = store.claim_jobs(&["test"], 9, at(180), at(61)).await.unwrap();
    assert_eq!(other.iter().map(|job| job.id).collect::<Vec<_>>(), [claimed[1].id]);
    assert_eq!(
        store.renew_jobs(&claimed, at(240)).await.unwrap(),
        [claimed[0].id],
        "the other is not its any more"
    );
}

pub async fn work_that_is_given_back_is_taken_at_once(store: Store) {
    store.enqueue(&[job(0)]).await.unwrap();
    let claimed = store.claim_jobs(&["test"], 9, at(60), at(1)).await.unwrap();
    store.release_jobs(&claimed).await.unwrap();
    let again = store.claim_jobs(&["test"], 9, at(60), at(1)).await.unwrap();
    assert_eq!((again[0].id, again[0].attempts), (claimed[0].id, 1), "the attempt did not count");
    store.claim_jobs(&["test"], 9, at(200), at(100)).await.unwrap();
    store.release_jobs(&again).await.unwrap();
    assert!(
        store.claim_jobs(&["test"], 9, at(300), at(101)).await.unwrap().is_empty(),
        "its heir is at work"
    );
}

pub async fn work_is_seen_where_it_stands(store: Store) {
    let (later, runs, dies) = (job(90), job(0), job(10));
    store.enqueue(&[later.clone(), runs.clone()]).await.unwrap();
    store.claim_jobs(&["test"], 9, at(60), at(1)).await.unwrap();
    store.enqueue(&[Job { kind: "other".to_owned(), ..dies.clone() }]).await.unwrap();
    let claimed = store.claim_jobs(&["other"], 9, at(60), at(10)).await.unwrap();
    store.bury_job(&claimed[0], "never").await.unwrap();
    let ids = |jobs: Vec<QueuedJob>| jobs.into_iter().map(|queued| queued.job.id).collect::<Vec<_>>();
    assert_eq!(ids(list(&store, None, 20).await), [later.id, dies.id, runs.id]);
    assert_eq!(ids(list(&store, Some(JobState::Waiting), 20).await), [later.id]);
    assert_eq!(ids(list(&store, Some(JobState::Running), 20).await), [runs.id]);
    assert_eq!(ids(list(&store, Some(JobState::Running), 60).await), [], "its lease is over");
    assert_eq!(ids(list(&store, Some(JobState::Dead), 20).await), [dies.id]);
    let load = |kind: &str, waiting, running, dead, due_since: Option<i64>| {
        let (kind, due_since) = (kind.to_owned(), due_since.map(at));
        JobLoad { kind, waiting, running, dead, due_since }
    };
    let expected = [load("other", 0, 0, 1, None), load("test", 1, 1, 0, None)];
    assert_eq!(store.job_load(at(20)).await.unwrap(), expected);
    let expected = [load("other", 0, 0, 1, None), load("test", 2, 0, 0, Some(0))];
    assert_eq!(store.job_load(at(95)).await.unwrap(), expected);
}

pub async fn buried_work_is_tried_again_or_dropped(store: Store) {
    store.enqueue(&[job(0), job(0)]).await.unwrap();
    let claimed = store.claim_jobs(&["test"], 9, at(60), at(1)).await.unwrap();
    assert!(!store.revive_job(claimed[0].id, at(2)).await.unwrap(), "it is under way");
    assert!(!store.drop_job(claimed[0].id).await.unwrap(), "it is under way");
    for job in &claimed {
        store.bury_job(job, "never").await.unwrap();
    }
    assert!(store.revive_job(claimed[0].id, at(2)).await.unwrap());
    assert!(store.drop_job(claimed[1].id).await.unwrap());
    let again = store.claim_jobs(&["test"], 9, at(60), at(2)).await.unwrap();
    assert_eq!(again.iter().map(|job| (job.id, job.attempts)).collect::<Vec<_>>(), [(claimed[0].id, 1)]);
    assert!(list(&store, Some(JobState::Dead), 3).await.is_empty());
}
