//! A node that is asked to stop finishes what it began, and says where to go on.

use crate::server::Server;
use crate::site::{DEADLINE, Room, Site, quick, slow, until};
use greenroom_testkit::model::Play;
use std::process::Command;
use std::time::Instant;

fn ask_to_stop(server: &Server) {
    let id = server.child.id().to_string();
    let sent = Command::new("kill").args(["-TERM", &id]).status().expect("kill runs");
    assert!(sent.success());
}

/// Waits until it has ended by itself; whether it ended well.
fn ended(server: &mut Server) -> bool {
    let mut status = None;
    until("the server ends", || {
        status = server.child.try_wait().expect("it can be asked");
        status.is_some()
    });
    status.is_some_and(|status| status.success())
}

#[test]
fn what_was_begun_is_finished_and_lines_are_closed_with_a_word() {
    let site = Site::new();
    let mut node = site.node(&[]);
    let room = Room::open(&node);
    let mut line = room.listen(&node, 0);
    line.hear_kind("caught_up");
    site.model_plays(slow());
    let waiting = room.answer_beside("once");
    until("the model is asked", || site.turns() > 0);
    ask_to_stop(&node);
    assert_eq!(line.closed(), (1012, "service restart".to_owned()));
    let (status, answered) = waiting.join().expect("it ends").expect("it is answered");
    assert_eq!(status, 201);
    assert_eq!(
        answered["next_question"]["engine"]["kind"], "llm",
        "the model's turn was finished: {answered}"
    );
    assert!(ended(&mut node));
}

#[test]
fn a_second_signal_stops_at_once_and_hands_over() {
    let site = Site::new();
    let (mut one, two) = (site.node(&[]), site.node(&[]));
    let mut room = Room::open(&one);
    site.model_plays(Play::Hang);
    let waiting = room.answer_beside("once");
    until("the model is asked", || site.turns() > 0);
    assert!(site.is_turn_taken(&room.session));
    let begun = Instant::now();
    ask_to_stop(&one);
    // Two signals that are sent at once may be taken for one.
    let mut silent = room.candidate.get("/healthz").is_none();
    until("the first signal is heard", || {
        silent |= room.candidate.get("/healthz").is_none();
        silent
    });
    ask_to_stop(&one);
    assert!(ended(&mut one));
    assert!(begun.elapsed() < DEADLINE / 2, "it does not wait for the model");
    assert!(!site.is_turn_taken(&room.session), "nobody waits for a lease to run out");
    drop(waiting.join());
    site.model_plays(quick());
    room.move_to(&two);
    let answered = room.answer_once("once").expect("the line holds");
    assert_eq!(answered.0, 201, "{}", answered.1);
    assert!(!answered.1["next_question"].is_null());
}
