//! No conversation is configured: the built-in interviewer asks at once.

use crate::room::{ANSWER, Room, next, soon, start};
use greenroom_domain::evaluation::EngineKind;

#[tokio::test]
async fn without_a_model_the_question_comes_in_the_transaction_of_the_answer() {
    let room = Room::alone().await;
    let before = room.log().await.len();
    let watch = room.app().listeners().watch(room.id);
    let mut growing = watch.grown.clone();
    let growth = tokio::spawn(async move {
        let mut positions = Vec::new();
        while positions.len() < 2 && growing.changed().await.is_ok() {
            positions.push(*growing.borrow_and_update());
        }
        positions
    });
    let first = room.answer(ANSWER).await;
    assert_eq!(next(&first).engine.kind, EngineKind::Builtin);
    assert_eq!(room.kinds(before).await, ["answer_received", "question_asked"]);
    let open = room.app().store().job_counts().await.expect("the queue can be read").open;
    assert_eq!(open, 1, "only the judgement is left to do");
    room.answer(ANSWER).await;
    let positions = soon(growth).await.expect("no panic");
    assert_eq!(positions, [before as u64 + 2, before as u64 + 4], "answer and question come together");
    assert!(!watch.draft.has_changed().expect("it is watched"), "there is no draft");
}

#[tokio::test]
async fn without_a_model_nothing_is_planned_or_asked_of_one() {
    let room = Room::alone().await;
    let another = start(room.app(), room.user, room.config).await;
    assert_ne!(another, room.id);
    while room.state().await.current_question().is_some() {
        room.answer(ANSWER).await;
        room.test.clock.advance(60_000);
        room.test.work().await;
    }
    let kinds = room.kinds(0).await;
    assert!(kinds.contains(&"completed"), "{kinds:?}");
    for kind in ["model_asked", "replanned", "noted"] {
        assert!(!kinds.contains(&kind), "{kind}: {kinds:?}");
    }
    assert_eq!(room.state().await.spent_micros, 0);
}
