use super::harness::{answer, at, fresh, person, session};
use greenroom_domain::evaluation::{Engine, EngineKind};
use greenroom_domain::feedback::{Feedback, FeedbackContent};
use greenroom_domain::ids::{FeedbackId, ResponseId};
use greenroom_domain::interview::{Event, Logged};
use greenroom_store::{Constraint, Page, SessionFilter, Store, StoreError};

pub async fn what_was_appended_is_read_back(store: Store) {
    let user = person(&store).await;
    let state = session(&store, user, 0).await;
    let append = answer(&state, 1, "Zoë said: 'naïve' 陈 🙂 \"; DROP TABLE users; --");
    let Event::AnswerReceived { response_id, .. } = append.events[0].event else { panic!("an answer") };
    let written = append.events.clone();
    store.append(append).await.unwrap();
    let log: Vec<Logged> = store.log(state.id, 1, 10).await.unwrap();
    assert_eq!(log, written);
    assert_eq!(store.session_of_response(user, response_id).await.unwrap(), Some(state.id));
}

pub async fn two_writers_never_take_the_same_position(store: Store) {
    let user = person(&store).await;
    let state = session(&store, user, 0).await;
    let writers = (0..24).map(|n| {
        let (store, append) = (store.clone(), answer(&state, 1, &format!("writer {n}")));
        tokio::spawn(async move { store.append(append).await })
    });
    let mut stored = 0;
    for writer in writers.collect::<Vec<_>>() {
        match writer.await.unwrap() {
            Ok(()) => stored += 1,
            Err(StoreError::Conflict(Constraint::SessionSeq)) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(stored, 1);
    assert_eq!(store.log(state.id, 0, 100).await.unwrap().len(), 2);
}

pub async fn one_bad_request_does_not_spoil_its_batch(store: Store) {
    let user = person(&store).await;
    let mut good = Vec::new();
    for _ in 0..20 {
        good.push(session(&store, user, 0).await);
    }
    // Far ahead of its log: it can never be written.
    let bad = tokio::spawn({
        let (store, append) = (store.clone(), answer(&good[0], 41, "from nowhere"));
        async move { store.append(append).await }
    });
    let writers: Vec<_> = good
        .iter()
        .map(|state| {
            let (store, append) = (store.clone(), answer(state, 1, "good"));
            tokio::spawn(async move { store.append(append).await })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap().unwrap();
    }
    assert!(matches!(bad.await.unwrap(), Err(StoreError::Conflict(Constraint::SessionSeq))));
    for state in &good {
        assert_eq!(store.log(state.id, 0, 10).await.unwrap().len(), 2);
    }
}

pub async fn somebody_elses_interview_is_not_there(store: Store) {
    let (owner, other) = (person(&store).await, person(&store).await);
    let state = session(&store, owner, 0).await;
    assert!(store.session(owner, state.id).await.unwrap().is_some());
    assert!(store.session(other, state.id).await.unwrap().is_none());
    assert!(!store.delete_session(other, state.id, at(9)).await.unwrap());
    assert!(store.delete_session(owner, state.id, at(9)).await.unwrap());
    assert!(store.log(state.id, 0, 10).await.unwrap().is_empty());
}

pub async fn pages_have_no_gaps(store: Store) {
    let user = person(&store).await;
    let mut wanted = Vec::new();
    for n in 0..7 {
        // Pairs share a moment: the id decides between them.
        wanted.push(session(&store, user, n / 2).await.id);
    }
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page = store.sessions(user, &SessionFilter::default(), &Page { limit: 2, after }).await.unwrap();
        assert!(page.items.len() <= 2);
        seen.extend(page.items.iter().map(|session| session.id));
        // What is added meanwhile shifts nothing.
        session(&store, user, 100).await;
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    seen.sort();
    wanted.sort();
    assert_eq!(seen, wanted);
    let bad = store
        .sessions(user, &SessionFilter::default(), &Page { limit: 2, after: Some("x".to_owned()) })
        .await;
    assert!(matches!(bad, Err(StoreError::BadCursor)));
}

pub async fn feedback_asked_for_twice_at_once_is_kept_once(store: Store) {
    let user = person(&store).await;
    let state = session(&store, user, 0).await;
    let engine = Engine { kind: EngineKind::Builtin, name: "test".into(), version: "1".into() };
    let feedback = |_| Feedback {
        id: FeedbackId(fresh()),
        response_id: ResponseId(uuid::Uuid::from_u64_pair(1, state.id.0.as_u64_pair().1)),
        session_id: state.id,
        content: FeedbackContent::default(),
        engine: engine.clone(),
        created_at: at(1),
    };
    let writers = (0..16).map(feedback).map(|feedback| {
        let store = store.clone();
        tokio::spawn(async move { store.save_feedback(user, &feedback).await })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap().unwrap();
    }
    assert_eq!(store.session_feedback(user, state.id).await.unwrap().len(), 1);
}
