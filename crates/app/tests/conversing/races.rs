//! What happens while the model thinks.

use crate::room::{ANSWER, Answering, Room, next, soon};
use greenroom_app::interviews;
use greenroom_domain::evaluation::EngineKind;
use greenroom_testkit::played_model::{Ask, GOES_ON, Gate, PlayedModel, REACTION, Step};
use std::sync::Arc;

/// A model that waits for the gate before it says anything.
fn thinking(gate: &Gate) -> Arc<PlayedModel> {
    let gate = gate.clone();
    PlayedModel::turning(move |_, _| vec![Step::Wait(gate.clone()), Step::Say(GOES_ON.to_owned())])
}

/// A room with an answer that the model thinks about; positions before the answer.
async fn answered(model: &Arc<PlayedModel>) -> (Room, usize, Answering) {
    let room = Room::open(model).await;
    let before = room.log().await.len();
    let answering = room.answering().await;
    soon(model.asked(Ask::Turn, 1)).await;
    (room, before, answering)
}

#[tokio::test]
async fn of_a_turn_that_was_paused_only_the_record_stays() {
    let gate = Gate::shut();
    let model = thinking(&gate);
    let (room, before, answering) = answered(&model).await;
    interviews::pause(room.app(), room.user, room.id).await.expect("it can be paused");
    gate.open();
    let answered = answering.end().await;
    assert!(answered.next_question().is_none());
    assert_eq!(room.kinds(before).await, ["answer_received", "paused", "model_asked"]);

    let resumed = soon(interviews::resume(room.app(), room.user, room.id)).await.expect("it can go on");
    assert_eq!(
        room.kinds(before + 3).await,
        ["resumed", "model_asked", "question_asked"],
        "the model is asked again"
    );
    assert_eq!(resumed.snapshot.current_question, Some(room.question().await));
    assert_eq!(room.question().await.lead_in.as_deref(), Some(REACTION));
}

#[tokio::test]
async fn a_pause_that_is_over_before_the_model_is_costs_no_question() {
    let gate = Gate::shut();
    let model = thinking(&gate);
    let (room, before, answering) = answered(&model).await;
    interviews::pause(room.app(), room.user, room.id).await.expect("it can be paused");
    let (app, user, id) = (room.app().clone(), room.user, room.id);
    let resuming = tokio::spawn(async move { interviews::resume(&app, user, id).await });
    let mut watch = room.app().listeners().watch(room.id);
    soon(watch.grown.wait_for(|position| *position == before as u64 + 3)).await.expect("it goes on");
    gate.open();
    let answered = answering.end().await;
    let resumed = soon(resuming).await.expect("no panic").expect("it goes on");
    assert_eq!(resumed.snapshot.current_question.as_ref(), Some(next(&answered)));
    let kinds = ["answer_received", "paused", "resumed", "model_asked", "question_asked"];
    assert_eq!(room.kinds(before).await, kinds);
}

#[tokio::test]
async fn a_turn_that_comes_after_the_end_adds_nothing_but_its_record() {
    let gate = Gate::shut();
    let model = thinking(&gate);
    let (room, before, answering) = answered(&model).await;
    interviews::complete(room.app(), room.user, room.id).await.expect("it can be ended");
    gate.open();
    let answered = answering.end().await;
    assert!(answered.state.is_over() && answered.next_question().is_none());
    assert_eq!(room.kinds(before).await, ["answer_received", "completed", "model_asked"]);
    assert_eq!(room.state().await.farewell, None);
}

#[tokio::test]
async fn two_answers_at_once_are_one_and_ask_one_question() {
    let model = PlayedModel::turning(|_, _| vec![Step::Say(GOES_ON.to_owned())]);
    let room = Room::open(&model).await;
    let before = room.log().await.len();
    let question = room.question().await.id;
    let (one, other) = soon(futures::future::join(
        room.give(question, ANSWER, None),
        room.give(question, "Something else.", None),
    ))
    .await;
    assert!(one.is_ok() != other.is_ok(), "one is taken, the other refused");
    assert_eq!(room.kinds(before).await, ["answer_received", "model_asked", "question_asked"]);
    assert_eq!(model.heard(Ask::Turn).len(), 1);
}

#[tokio::test]
async fn a_request_that_is_repeated_while_the_model_thinks_waits_for_the_same_question() {
    let gate = Gate::shut();
    let model = thinking(&gate);
    let room = Room::open(&model).await;
    let before = room.log().await.len();
    let question = room.question().await.id;
    let first = room.repeating(question, "k1");
    soon(model.asked(Ask::Turn, 1)).await;
    let repeated: Vec<_> = (0..3).map(|_| room.repeating(question, "k1")).collect();
    // Whoever does not wait for the model is served meanwhile.
    for _ in 0..20 {
        room.log().await;
    }
    assert!(first.is_waiting() && repeated.iter().all(Answering::is_waiting), "all of them wait");
    gate.open();
    let first = first.end().await;
    for one in repeated {
        let again = one.end().await;
        assert_eq!(again.response_id, first.response_id);
        assert_eq!(next(&again), next(&first));
    }
    assert_eq!(room.kinds(before).await, ["answer_received", "model_asked", "question_asked"]);
    assert_eq!(model.heard(Ask::Turn).len(), 1, "the model is asked once");
}

#[tokio::test]
async fn a_model_that_is_taken_away_says_the_turn_that_it_began() {
    let gate = Gate::shut();
    let model = thinking(&gate);
    let (room, _, answering) = answered(&model).await;
    let mut engines = (*room.app().engines()).clone();
    engines.conversation = None;
    room.app().exchange_engines(engines);
    gate.open();
    let said = answering.end().await;
    assert_eq!(next(&said).engine.kind, EngineKind::Llm);
    let alone = room.answer(ANSWER).await;
    assert_eq!(next(&alone).engine.kind, EngineKind::Builtin, "what is next is asked without it");
    assert_eq!(model.heard(Ask::Turn).len(), 1);
}
