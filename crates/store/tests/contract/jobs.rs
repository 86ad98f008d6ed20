use super::harness::{at, fresh};
use greenroom_domain::ids::JobId;
use greenroom_domain::job_queue::Job;
use greenroom_store::Store;
use std::collections::HashSet;

fn job(run_at: i64) -> Job {
    Job {
        id: JobId(fresh()),
        kind: "test".to_owned(),
        payload: "{}".to_owned(),
        run_at: at(run_at),
        attempts: 0,
    }
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
    let dead = store.dead_jobs(10).await.unwrap();
    assert_eq!((dead.len(), dead[0].job.id, dead[0].error.as_str()), (1, dies.id, "never"));
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
