//! What is old goes, and the audit log says so.

use super::harness::{at, fresh, person, session};
use greenroom_domain::audit::AuditEntry;
use greenroom_domain::ids::{AuditId, JobId};
use greenroom_domain::job_queue::Job;
use greenroom_store::{Aged, AuditFilter, Held, Page, Store};

pub fn said(count: u64) -> AuditEntry {
    let (action, subject) = ("retention.deleted".to_owned(), "interviews".to_owned());
    AuditEntry { id: AuditId(fresh()), at: at(60), actor: None, action, subject, details: count.to_string() }
}

async fn told(store: &Store) -> Vec<String> {
    let page = Page { limit: 100, after: None };
    let entries = store.audit(&AuditFilter::default(), &page).await.unwrap().items;
    entries.into_iter().map(|entry| entry.details).collect()
}

pub async fn what_is_old_goes_a_few_at_a_time(store: Store) {
    let user = person(&store).await;
    let mut old = Vec::new();
    for n in 0..5 {
        old.push(session(&store, user, n).await.id.0);
    }
    let young = session(&store, user, 100).await;
    assert_eq!(store.count_aged(Aged::Interviews, at(50)).await.unwrap(), 5);
    let held = store.held(user, Aged::Interviews).await.unwrap();
    assert_eq!(held, Held { count: 6, oldest: Some(at(0)) });

    let (count, gone) = store.delete_aged(Aged::Interviews, at(50), 3, said).await.unwrap();
    assert_eq!((count, gone), (3, old[..3].to_vec()), "the oldest first");
    assert_eq!(store.delete_aged(Aged::Interviews, at(50), 3, said).await.unwrap().0, 2);
    assert_eq!(store.delete_aged(Aged::Interviews, at(50), 3, said).await.unwrap().0, 0);
    assert_eq!(told(&store).await, ["2", "3"], "nothing is said of nothing");
    assert!(store.session(user, young.id).await.unwrap().is_some());
    assert_eq!(store.erased_since(at(60)).await.unwrap().len(), 5, "other nodes forget them too");
    assert_eq!(store.held(user, Aged::Interviews).await.unwrap().count, 1);
    assert_eq!(store.held(user, Aged::Resumes).await.unwrap(), Held { count: 0, oldest: None });
}

pub async fn nothing_else_goes(store: Store) {
    let user = person(&store).await;
    session(&store, user, 0).await;
    let job = |kind: &str| Job {
        id: JobId(fresh()),
        kind: kind.to_owned(),
        payload: "{}".to_owned(),
        run_at: at(0),
        attempts: 0,
        trace: None,
    };
    store.enqueue(&[job("waits"), job("fails")]).await.unwrap();
    let claimed = store.claim_jobs(&["fails"], 1, at(10), at(0)).await.unwrap();
    store.bury_job(&claimed[0], "it went wrong").await.unwrap();
    for (kind, count) in [
        (Aged::Resumes, 0),
        (Aged::SetUps, 0),
        (Aged::Judgements, 0),
        (Aged::Repeats, 0),
        (Aged::Costs, 0),
        (Aged::Erasures, 0),
        (Aged::GivenUp, 1),
        (Aged::Interviews, 1),
        // Deleting an interview is remembered, by its id.
        (Aged::Erasures, 1),
    ] {
        assert_eq!(store.count_aged(kind, at(90_000)).await.unwrap(), count, "{kind:?}");
        assert_eq!(store.delete_aged(kind, at(90_000), 10, said).await.unwrap().0, count, "{kind:?}");
    }
    let waits = store.claim_jobs(&["waits"], 9, at(10), at(0)).await.unwrap();
    assert_eq!(waits.len(), 1, "work that waits is not old");
    assert_eq!(store.check_audit(None).await.unwrap().fault, None);
}
