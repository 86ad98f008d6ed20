//! The process dies while the model thinks; background work asks in its place.

use crate::room::{ANSWER, Room, next, soon};
use greenroom_app::interviews;
use greenroom_domain::evaluation::EngineKind;
use greenroom_testkit::played_model::{Ask, GOES_ON, Gate, PlayedModel, REACTION, Step};
use std::sync::Arc;
use tokio::runtime::Runtime;

/// How long background work leaves the turn to whoever took the answer, ms.
const PATIENCE_MS: i64 = 30_000;

fn stuck() -> Arc<PlayedModel> {
    let never = Gate::shut();
    PlayedModel::turning(move |_, _| vec![Step::Wait(never.clone())])
}

fn ready() -> Arc<PlayedModel> {
    PlayedModel::turning(|_, _| vec![Step::Say(GOES_ON.to_owned())])
}

/// Lets a process come as far as `doing` brings it, and ends it there.
fn killed<F: Future<Output = Room>>(doing: impl FnOnce() -> F) -> Room {
    let process = Runtime::new().expect("a process of its own");
    let room = process.block_on(doing());
    process.shutdown_background();
    room
}

async fn open_work(room: &Room) -> u64 {
    room.app().store().job_counts().await.expect("the queue can be read").open
}

/// Another process on the same database, with a model that works.
async fn restarted(mut room: Room) -> Room {
    room.test = room.test.again().await;
    ready().converses_in(room.app());
    room
}

/// The next question comes after the time, and only then, and only once.
async fn assert_asked_once(room: &Room, before: usize) {
    room.test.clock.advance(PATIENCE_MS - 1);
    room.test.work().await;
    assert!(room.state().await.current_question().is_none(), "the turn may still be under way elsewhere");
    room.test.clock.advance(1);
    room.test.work().await;
    assert_eq!(room.question().await.lead_in.as_deref(), Some(REACTION));
    assert_eq!(open_work(room).await, 0);
    room.test.clock.advance(10 * PATIENCE_MS);
    room.test.work().await;
    let kinds = room.kinds(before).await;
    assert_eq!(kinds.iter().filter(|kind| **kind == "question_asked").count(), 1, "{kinds:?}");
}

#[test]
fn who_dies_before_the_turn_leaves_the_question_to_background_work() {
    let room = killed(|| async {
        let model = stuck();
        let room = Room::open(&model).await;
        let _lost = room.answering().await;
        soon(model.asked(Ask::Turn, 1)).await;
        room
    });
    Runtime::new().expect("another process").block_on(async {
        let room = restarted(room).await;
        let before = room.log().await.len();
        assert_asked_once(&room, before).await;
    });
}

#[test]
fn who_dies_after_a_pause_leaves_the_question_to_background_work_as_well() {
    let room = killed(|| async {
        let gate = Gate::shut();
        let held = gate.clone();
        let model = PlayedModel::turning(move |_, number| {
            let never = Gate::shut();
            let gate = if number == 0 { &held } else { &never };
            vec![Step::Wait(gate.clone()), Step::Say(GOES_ON.to_owned())]
        });
        let room = Room::open(&model).await;
        let answering = room.answering().await;
        soon(model.asked(Ask::Turn, 1)).await;
        interviews::pause(room.app(), room.user, room.id).await.expect("it can be paused");
        gate.open();
        answering.end().await;
        let (app, user, id) = (room.app().clone(), room.user, room.id);
        tokio::spawn(async move { interviews::resume(&app, user, id).await });
        soon(model.asked(Ask::Turn, 2)).await;
        room
    });
    Runtime::new().expect("another process").block_on(async {
        let room = restarted(room).await;
        let before = room.log().await.len();
        assert_asked_once(&room, before).await;
    });
}

#[tokio::test]
async fn who_was_only_slow_comes_too_late() {
    let gate = Gate::shut();
    let held = gate.clone();
    let slow = PlayedModel::turning(move |_, _| {
        vec![Step::Say(GOES_ON.replace("clear", "late")), Step::Wait(held.clone())]
    });
    let room = Room::open(&slow).await;
    let before = room.log().await.len();
    let answering = room.answering().await;
    soon(slow.asked(Ask::Turn, 1)).await;

    let other = room.test.again().await;
    ready().converses_in(&other.app);
    other.clock.advance(PATIENCE_MS);
    other.work().await;
    gate.open();
    let answered = answering.end().await;
    assert_eq!(next(&answered).lead_in.as_deref(), Some(REACTION), "the question of the other process");
    let mut kinds = room.kinds(before).await;
    kinds.retain(|kind| *kind != "answer_evaluated");
    assert_eq!(kinds, ["answer_received", "model_asked", "question_asked", "model_asked"]);
    assert_eq!(room.recorded_turns().await, 2);
}

#[tokio::test]
async fn words_on_one_answer_are_not_said_to_the_next() {
    let (slow_gate, gate) = (Gate::shut(), Gate::shut());
    let late = GOES_ON.replace("clear", "late");
    let held = slow_gate.clone();
    let slow = PlayedModel::turning(move |_, _| vec![Step::Wait(held.clone()), Step::Say(late.clone())]);
    let held = gate.clone();
    let model = PlayedModel::turning(move |_, number| {
        let wait = (number > 0).then(|| Step::Wait(held.clone()));
        wait.into_iter().chain([Step::Say(GOES_ON.to_owned())]).collect()
    });
    let room = Room::open(&slow).await;
    let first = room.answering().await;
    soon(slow.asked(Ask::Turn, 1)).await;
    let other = Room { test: room.test.again().await, ..room };
    model.converses_in(other.app());
    other.test.clock.advance(PATIENCE_MS);
    other.test.work().await;
    let before = other.log().await.len();
    let second = other.answering().await;
    soon(model.asked(Ask::Turn, 2)).await;

    slow_gate.open();
    assert!(first.end().await.next_question().is_none(), "the second answer waits for its own words");
    gate.open();
    assert_eq!(next(&second.end().await).lead_in.as_deref(), Some(REACTION));
    let mut kinds = other.kinds(before).await;
    kinds.retain(|kind| *kind != "plan_exchanged");
    assert_eq!(kinds, ["answer_received", "model_asked", "model_asked", "question_asked"]);
}

#[tokio::test]
async fn work_that_is_no_longer_needed_does_nothing() {
    let model = ready();
    let room = Room::open(&model).await;
    room.answer(ANSWER).await;
    assert_eq!(open_work(&room).await, 1, "the judgement is left; the turn took its own work along");
    room.test.work().await;
    let before = room.log().await.len();
    room.test.clock.advance(PATIENCE_MS);
    room.test.work().await;
    assert_eq!(room.kinds(before).await, [""; 0]);

    // Deleted while the work waits.
    let stuck = stuck();
    stuck.converses_in(room.app());
    let _lost = room.answering().await;
    soon(stuck.asked(Ask::Turn, 1)).await;
    interviews::delete(room.app(), room.user, room.id).await.expect("it can be deleted");
    let other = room.test.again().await;
    ready().converses_in(&other.app);
    other.clock.advance(PATIENCE_MS);
    other.work().await;
    let counts = other.app.store().job_counts().await.expect("the queue can be read");
    assert_eq!((counts.open, counts.dead), (0, 0));
}

#[tokio::test]
async fn background_work_asks_without_a_model_when_there_is_none_by_then() {
    let model = stuck();
    let room = Room::open(&model).await;
    let _lost = room.answering().await;
    soon(model.asked(Ask::Turn, 1)).await;
    let other = room.test.again().await;
    other.clock.advance(PATIENCE_MS);
    other.work().await;
    assert_eq!(room.question().await.engine.kind, EngineKind::Builtin);
}
