//! Roles that run apart.

use crate::server::GREENROOM;
use crate::site::{Room, Site};
use std::process::Command;

#[test]
fn three_processes_hold_an_interview_together() {
    let site = Site::new();
    let (api, live, worker) = (site.node(&["api"]), site.node(&["live"]), site.node(&["worker"]));
    let mut room = Room::open(&api);
    let mut line = room.listen(&live, 0);
    line.hear_kind("caught_up");
    room.answer();
    // Either may come first: the worker judges while the model words the question.
    let (mut is_asked, mut is_judged) = (false, false);
    line.hear("the question that the first one asked and what the third one judged", |m| {
        is_asked |= m["kind"] == "question_asked" && m["data"]["question"]["id"] == room.question["id"];
        is_judged |= m["kind"] == "answer_evaluated";
        is_asked && is_judged
    });
    for server in [&live, &worker] {
        room.move_to(server);
        let (status, refused) = room.candidate.get("/api/sessions").expect("the line holds");
        assert_eq!((status, refused["error"].as_str()), (404, Some("not_served_here")));
    }
}

#[test]
fn a_part_alone_says_what_it_needs() {
    let data = tempfile::tempdir().expect("a temporary directory");
    let mut command = Command::new(GREENROOM);
    command.args(["serve", "--role", "worker", "--data-dir"]).arg(data.path()).env_clear();
    let refused = command.output().expect("it runs");
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(2), "{said}");
    for needed in ["database.url", "DATABASE_URL", "redis.url", "REDIS_URL", "objects.url"] {
        assert!(said.contains(needed), "{needed} is not in: {said}");
    }
}
