//! A node is killed in the middle of an interview; the candidate goes on at another one.

use crate::site::{DEADLINE, Room, Site, quick, until};
use greenroom_testkit::model::Play;
use serde_json::Value;
use std::time::{Duration, Instant};

/// How soon the next question must be there after the candidate came back: work in the background would ask it only after
/// 30 s.
const SOON: Duration = DEADLINE;

fn answers(room: &Room) -> Vec<Value> {
    let events = room.get("/events?limit=100");
    let events = events["items"].as_array().expect("events").iter();
    events.filter(|event| event["kind"] == "answer_received").cloned().collect()
}

#[test]
fn the_question_waits_at_every_node() {
    let site = Site::new();
    let (mut one, two) = (site.node(&[]), site.node(&[]));
    let mut room = Room::open(&one);
    room.answer();
    one.child.kill().expect("it can be killed");
    room.move_to(&two);
    assert_eq!(room.get("")["current_question"]["id"], room.question["id"], "the same question waits");
    room.answer();
    assert_eq!(answers(&room).len(), 2);
}

#[test]
fn a_turn_that_died_with_its_node_is_taken_by_another() {
    let site = Site::new();
    let (mut one, two) = (site.node(&[]), site.node(&[]));
    let mut room = Room::open(&one);
    room.answer();
    let (before, asked) = (room.get("")["current_question"].clone(), site.turns());
    site.model_plays(Play::Hang);
    let waiting = room.answer_beside("again");
    until("the model is asked", || site.turns() > asked);
    one.child.kill().expect("it can be killed");
    let killed = Instant::now();
    assert!(waiting.join().expect("it ends").is_none(), "nobody answers for the dead");
    site.model_plays(quick());

    room.move_to(&two);
    let mut line = room.listen(&two, 0);
    line.hear("the answer", |event| {
        event["kind"] == "answer_received" && event["data"]["response"]["question_id"] == before["id"]
    });
    let next = line.hear("the next question", |event| {
        event["kind"] == "question_asked" && {
            let asked = &event["data"]["question"]["id"];
            asked != &before["id"] && asked != &room.session["current_question"]["id"]
        }
    });
    let took = killed.elapsed();
    eprintln!("the next question came {} ms after the node was killed", took.as_millis());
    assert!(took < SOON, "it took {took:?}");

    let repeated = room.answer_once("again").expect("the line holds");
    assert_eq!(repeated.0, 201, "what was acknowledged or not is the same to who repeats: {}", repeated.1);
    assert_eq!(repeated.1["next_question"]["id"], next["data"]["question"]["id"]);
    assert_eq!(answers(&room).len(), 2, "each answer is there once");
}
