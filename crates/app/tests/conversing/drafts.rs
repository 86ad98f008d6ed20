//! What is being written: heard before the question is on the log, and ended after it, whatever happens.

use crate::room::{ANSWER, Room, next, soon};
use greenroom_app::{Draft, Watch};
use greenroom_domain::evaluation::EngineKind;
use greenroom_testkit::played_model::{Ask, GOES_ON, Gate, PlayedModel, REACTION, Step};

/// Says the header and its sentence, waits for the gate, and then does what is left.
fn waiting(gate: &Gate, rest: Vec<Step>) -> Vec<Step> {
    [Step::Say(format!("{GOES_ON}\n")), Step::Wait(gate.clone())].into_iter().chain(rest).collect()
}

/// Waits until this is being written.
async fn hear(watch: &mut Watch, words: &str) {
    let heard = |draft: &Draft| draft.at_work && *draft.words == *words;
    soon(watch.draft.wait_for(heard)).await.expect("somebody writes");
}

/// Waits until nothing is being written; the last position of the log then.
async fn silence(watch: &mut Watch) -> u64 {
    let ended = soon(watch.draft.wait_for(|draft| !draft.at_work)).await.expect("somebody writes").clone();
    assert_eq!(ended, Draft::default(), "an end has no words");
    *watch.grown.borrow()
}

#[tokio::test]
async fn a_draft_comes_before_its_question_and_ends_after_it() {
    let gate = Gate::shut();
    let held = gate.clone();
    let room = Room::open(&PlayedModel::turning(move |_, _| waiting(&held, Vec::new()))).await;
    let before = room.log().await.len();
    let mut watch = room.app().listeners().watch(room.id);
    let answering = room.answering().await;
    hear(&mut watch, REACTION).await;
    assert_eq!(room.kinds(before).await, ["answer_received"], "the question is not there yet");
    let mut late = room.app().listeners().watch(room.id);
    hear(&mut late, REACTION).await;
    gate.open();
    let position = silence(&mut watch).await;
    let answered = answering.end().await;
    assert_eq!(position, answered.state.last_seq, "the question was on the log when the draft ended");
    assert_eq!(room.kinds(before).await, ["answer_received", "model_asked", "question_asked"]);
    assert_eq!(next(&answered).lead_in.as_deref(), Some(REACTION));
}

#[tokio::test]
async fn a_model_that_thinks_is_told_without_a_word() {
    let gate = Gate::shut();
    let held = gate.clone();
    let thinking = move |_: &_, _| vec![Step::Wait(held.clone()), Step::Say(GOES_ON.to_owned())];
    let room = Room::open(&PlayedModel::turning(thinking)).await;
    let mut watch = room.app().listeners().watch(room.id);
    let answering = room.answering().await;
    hear(&mut watch, "").await;
    gate.open();
    answering.end().await;
    silence(&mut watch).await;
}

#[tokio::test]
async fn a_turn_that_fails_ends_its_draft_and_the_built_in_interviewer_asks() {
    for failing in [Step::Break, Step::Panic] {
        let gate = Gate::shut();
        let held = gate.clone();
        let room = Room::open(&PlayedModel::turning(move |_, _| waiting(&held, vec![failing.clone()]))).await;
        let mut watch = room.app().listeners().watch(room.id);
        let answering = room.answering().await;
        hear(&mut watch, REACTION).await;
        gate.open();
        let position = silence(&mut watch).await;
        let answered = answering.end().await;
        assert_eq!(position, answered.state.last_seq);
        let question = next(&answered);
        assert_eq!(question.engine.kind, EngineKind::Builtin);
        assert_ne!(question.lead_in.as_deref(), Some(REACTION), "no word of the draft is kept");
    }
}

#[tokio::test]
async fn work_that_is_dropped_in_the_middle_of_a_turn_ends_its_draft() {
    let model = PlayedModel::turning(|_, _| waiting(&Gate::shut(), Vec::new()));
    let room = Room::open(&model).await;
    let _lost = room.answering().await;
    soon(model.asked(Ask::Turn, 1)).await;
    let other = room.test.again().await;
    model.converses_in(&other.app);
    other.clock.advance(30_000);
    let mut watch = other.app.listeners().watch(room.id);
    tokio::select! {
        done = other.runner.run_due() => panic!("it ended: {done:?}"),
        () = hear(&mut watch, REACTION) => {}
    }
    silence(&mut watch).await;
}

#[tokio::test]
async fn a_turn_goes_on_when_who_waits_for_it_goes_away() {
    let gate = Gate::shut();
    let held = gate.clone();
    let room = Room::open(&PlayedModel::turning(move |_, _| waiting(&held, Vec::new()))).await;
    let mut watch = room.app().listeners().watch(room.id);
    let question = room.question().await.id;
    tokio::select! {
        answered = room.give(question, ANSWER, None) => panic!("it waits for the model: {answered:?}"),
        () = hear(&mut watch, REACTION) => {}
    }
    gate.open();
    silence(&mut watch).await;
    assert_eq!(room.question().await.lead_in.as_deref(), Some(REACTION));
}
