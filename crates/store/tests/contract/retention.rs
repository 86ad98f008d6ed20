//! What is old goes, and the audit log says so.

use super::harness::{at, fresh, person, session};
use super::objects::object;
use greenroom_domain::audit::AuditEntry;
use greenroom_domain::clock::Timestamp;
use greenroom_domain::evaluation::{Engine, EngineKind, Evaluation, Judgement, Overall};
use greenroom_domain::ids::{AuditId, EvaluationId, JobId, ResumeId, UserId};
use greenroom_domain::job_queue::Job;
use greenroom_domain::object::ObjectKind;
use greenroom_domain::resume::{Resume, ResumeRecord};
use greenroom_domain::rubric::RubricRef;
use greenroom_domain::spending::DaySpending;
use greenroom_store::{Aged, AuditFilter, Held, IdempotencyRecord, Page, Store};

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

/// A resume with its file, a judgement outside of interviews, the reply to a request and a day of costs, from `when`.
async fn one_of_each(store: &Store, user_id: UserId, when: Timestamp) {
    let id = ResumeId(fresh());
    let original = object(store, user_id, ObjectKind::ResumeOriginal, id.0).await;
    let (file_name, resume) = (None, Resume::default());
    let resume = ResumeRecord { id, user_id, file_name, resume, created_at: when, updated_at: when };
    store.insert_resume(&resume, Some(&original)).await.unwrap();
    let judgement = Judgement {
        engine: Engine { kind: EngineKind::Builtin, name: "a".into(), version: "1".into() },
        rubric: RubricRef { id: "practice_core".into(), version: 1 },
        criteria: Vec::new(),
        key_points: Vec::new(),
        overall: Overall { score: None, coverage: 0.0 },
        strengths: Vec::new(),
        areas_for_improvement: Vec::new(),
    };
    let evaluation = Evaluation {
        id: EvaluationId(fresh()),
        session_id: None,
        question_id: None,
        response_id: None,
        judgement,
        created_at: when,
    };
    store.insert_evaluation(user_id, &evaluation).await.unwrap();
    let (key, request_hash) = (when.to_string(), "hash".to_owned());
    let reply = IdempotencyRecord { user_id, key, request_hash, status: 0, body: String::new(), at: when };
    store.reserve_idempotency(&reply, at(0)).await.unwrap();
    store.add_spending(&[spent(when)]).await.unwrap();
}

fn spent(when: Timestamp) -> DaySpending {
    DaySpending { day: when.day(), provider: "lab".to_owned(), micros: 7, unpriced_calls: 0 }
}

pub async fn resumes_judgements_repeats_and_costs_go_by_their_time(store: Store) {
    let user = person(&store).await;
    let (old, young) = (at(0), at(90_000));
    one_of_each(&store, user, old).await;
    one_of_each(&store, user, young).await;
    for kind in [Aged::Resumes, Aged::Judgements, Aged::Repeats, Aged::Costs] {
        assert_eq!(store.count_aged(kind, young).await.unwrap(), 1, "{kind:?}");
        assert_eq!(store.delete_aged(kind, young, 10, said).await.unwrap(), (1, Vec::new()), "{kind:?}");
        assert_eq!(store.delete_aged(kind, young, 10, said).await.unwrap().0, 0, "{kind:?}");
    }
    assert_eq!(told(&store).await, ["1"; 4]);
    for kind in [Aged::Resumes, Aged::Judgements] {
        let held = store.held(user, kind).await.unwrap();
        assert_eq!(held, Held { count: 1, oldest: Some(young) }, "{kind:?}");
    }
    assert_eq!(store.objects_left().await.unwrap().count, 1, "the file goes with its resume");
    assert_eq!(store.idempotent(user, &old.to_string()).await.unwrap(), None);
    assert!(store.idempotent(user, &young.to_string()).await.unwrap().is_some());
    assert_eq!(store.spending_since(0).await.unwrap(), [spent(young)]);
}
