//! A plan by a model, made behind the interview.

use crate::room::{ANSWER, Room, next, soon, start};
use greenroom_app::questions::generate;
use greenroom_domain::evaluation::EngineKind;
use greenroom_domain::interview::{Event, Logged, Plan, Question};
use greenroom_testkit::played_model::{Ask, GOES_ON, Gate, MICROS, PlayedModel, Step};
use serde_json::{Value, json};
use std::sync::Arc;

const INTRODUCTION: &str =
    "I have been a backend engineer for nine years, and I lead the team that runs our order service.";

/// A plan with one technical question of the model's own.
fn own(text: &str, reading: &Value) -> Vec<Step> {
    own_in("technical", text, reading)
}

fn own_in(phase: &str, text: &str, reading: &Value) -> Vec<Step> {
    let point = |point: &str, says: &str| json!({"point": point, "says": says, "weight": 2});
    let question = json!({
        "phase": phase, "kind": phase, "competency": "databases", "difficulty": "intermediate",
        "minutes": 3, "bank": null, "text": text, "lines": ["J1"],
        "key_points": [
            point("Compares both sides", "I compared counts and checksums on both sides."),
            point("Has a way back", "We could go back to the old one at any time."),
        ],
    });
    vec![Step::Say(json!({"reading": reading, "questions": [question]}).to_string())]
}

fn reading() -> Value {
    json!({"role": "Backend engineer", "seniority": "lead", "quote": "a backend engineer for nine years"})
}

const EARLY: &str =
    "You moved all orders to another SQL database in one night. How did you know that none was lost?";
const LATE: &str = "Your team runs the order service. How would you find out why one SQL query became slow?";

fn goes_on() -> Vec<Step> {
    vec![Step::Say(GOES_ON.to_owned())]
}

/// Waits until the log has so many events of this kind; the last of them.
async fn until(room: &Room, kind: &str, count: usize) -> Logged {
    let mut watch = room.app().listeners().watch(room.id);
    loop {
        let log = room.log().await;
        let found: Vec<&Logged> = log.iter().filter(|logged| logged.event.kind() == kind).collect();
        if found.len() >= count {
            return found[count - 1].clone();
        }
        soon(watch.grown.changed()).await.expect("the interview is watched");
    }
}

fn texts(plan: &Plan) -> Vec<&str> {
    plan.items.iter().filter_map(|item| item.wording.as_ref()).map(|own| own.content.as_str()).collect()
}

/// A room in which the model plans from the start on.
async fn planned(model: &Arc<PlayedModel>) -> Room {
    let room = Room::open(model).await;
    let id = start(room.app(), room.user, room.config).await;
    Room { id, ..room }
}

#[tokio::test]
async fn a_plan_by_the_model_replaces_what_is_left() {
    let model = PlayedModel::new(
        |_, _| goes_on(),
        |_, number| if number == 0 { own(EARLY, &Value::Null) } else { own(LATE, &reading()) },
    );
    let room = planned(&model).await;
    let first = room.question().await;
    assert_eq!(first.engine.kind, EngineKind::Builtin, "nobody waits for a plan");
    let Event::Replanned { plan, engine, reading } = until(&room, "replanned", 1).await.event else {
        panic!("another plan")
    };
    assert_eq!((texts(&plan), reading, engine.name.as_str()), (vec![EARLY], None, "played/m1"));
    assert_eq!(plan.items[0].key, first.planned_as().expect("it was planned"), "what was asked stays");

    room.answer(INTRODUCTION).await;
    let Event::Replanned { plan, reading, .. } = until(&room, "replanned", 2).await.event else {
        panic!("another plan")
    };
    assert_eq!(texts(&plan), [LATE]);
    let reading = reading.expect("the introduction was read");
    assert_eq!((reading.role.as_str(), reading.seniority.as_deref()), ("Backend engineer", Some("lead")));
    assert!(reading.quote.holds(INTRODUCTION));
    assert_eq!(*room.state().await.plan, plan);

    let mut asked = Vec::new();
    while room.state().await.current_question().is_some() {
        room.answer(ANSWER).await;
        asked = room.state().await.asked.iter().map(|one| one.question.content.clone()).collect();
    }
    assert_eq!(asked.iter().filter(|text| *text == LATE).count(), 1, "it is asked: {asked:?}");
    assert_eq!(model.heard(Ask::Plan).len(), 2, "at the start and after the introduction, and no more");
    let turns = model.heard(Ask::Turn).len() as u64;
    assert_eq!(room.state().await.spent_micros, MICROS * (turns + 2));
}

#[tokio::test]
async fn questions_for_a_set_up_are_the_models_when_there_is_one() {
    let model = PlayedModel::new(|_, _| goes_on(), |_, _| own_in("behavioral", EARLY, &Value::Null));
    let room = Room::alone().await;
    let asked = || generate(room.app(), room.user, room.config, 8);
    let texts = |questions: Vec<Question>| questions.into_iter().map(|q| q.content).collect::<Vec<_>>();
    let alone = texts(asked().await.expect("questions"));
    assert!(alone.len() == 8 && !alone.contains(&EARLY.to_owned()), "{alone:?}");

    model.converses_in(room.app());
    let with_model = texts(asked().await.expect("questions"));
    assert!(with_model.len() == 8 && with_model.contains(&EARLY.to_owned()), "{with_model:?}");
    assert_eq!(model.heard(Ask::Plan).len(), 1);

    let broken = PlayedModel::new(|_, _| goes_on(), |_, _| vec![Step::Break]);
    broken.converses_in(room.app());
    assert_eq!(
        texts(asked().await.expect("questions")).len(),
        8,
        "the built-in interviewer stands behind it"
    );
    assert!(!broken.heard(Ask::Plan).is_empty());
}

#[tokio::test]
async fn a_plan_that_cannot_be_used_leaves_the_plan_and_its_record() {
    let model = PlayedModel::new(|_, _| goes_on(), |_, _| vec![Step::Say("{\"questions\": 7".to_owned())]);
    let room = planned(&model).await;
    let plan = room.state().await.plan.clone();
    until(&room, "model_asked", 1).await;
    assert_eq!(room.state().await.plan, plan);
    assert!(!room.kinds(0).await.contains(&"replanned"));
    next(&room.answer(ANSWER).await);
}

#[tokio::test]
async fn a_plan_that_comes_after_the_end_leaves_its_record_only() {
    let gate = Gate::shut();
    let held = gate.clone();
    let waiting = move |_: &_, _| [vec![Step::Wait(held.clone())], own(EARLY, &Value::Null)].concat();
    let model = PlayedModel::new(|_, _| goes_on(), waiting);
    let room = planned(&model).await;
    soon(model.asked(Ask::Plan, 1)).await;
    let plan = room.state().await.plan.clone();
    greenroom_app::interviews::complete(room.app(), room.user, room.id).await.expect("it can be ended");
    gate.open();
    until(&room, "model_asked", 1).await;
    assert_eq!(room.kinds(2).await, ["completed", "model_asked"]);
    assert_eq!(room.state().await.plan, plan);
}

#[tokio::test]
async fn the_plan_of_the_start_does_not_undo_the_one_that_knows_the_introduction() {
    let gate = Gate::shut();
    let held = gate.clone();
    let model = PlayedModel::new(
        |_, _| goes_on(),
        move |_, number| match number {
            0 => [vec![Step::Wait(held.clone())], own(EARLY, &Value::Null)].concat(),
            _ => own(LATE, &reading()),
        },
    );
    let room = planned(&model).await;
    soon(model.asked(Ask::Plan, 1)).await;
    next(&room.answer(INTRODUCTION).await);
    gate.open();
    until(&room, "replanned", 2).await;
    assert_eq!(texts(&room.state().await.plan), [LATE]);
}
