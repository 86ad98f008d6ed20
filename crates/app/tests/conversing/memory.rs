//! What the interviewer knows of earlier interviews.

use crate::room::{ANSWER, Room, start};
use greenroom_testkit::played_model::{Ask, GOES_ON, PlayedModel, Step};
use std::sync::Arc;

const WEAK: &str = "I do not know.";

/// Lines of memory that the model was told last.
fn remembered(model: &Arc<PlayedModel>) -> Vec<String> {
    let request = model.heard(Ask::Turn).pop().expect("it was asked");
    let lines = request.messages.iter().flat_map(|message| message.text.lines());
    lines.filter(|line| line.contains(" of 10 in ")).map(str::to_owned).collect()
}

/// The mean in a line such as `M1 Databases: 4.5 of 10 in one earlier interview`.
fn mean(line: &str) -> f64 {
    let (before, _) = line.split_once(" of 10").expect("a line of memory");
    before.rsplit(' ').next().and_then(|number| number.parse().ok()).expect("a number")
}

/// Answers everything, every second question well, and has it judged.
async fn finish(room: &Room) {
    let mut answers = [ANSWER, WEAK].into_iter().cycle();
    while room.state().await.current_question().is_some() {
        room.answer(answers.next().expect("there is always one more")).await;
    }
    room.test.work().await;
}

/// Another interview of the same person, a minute later.
async fn later(room: Room) -> Room {
    room.test.clock.advance(60_000);
    let id = start(room.app(), room.user, room.config).await;
    Room { id, ..room }
}

#[tokio::test]
async fn earlier_interviews_are_remembered_weakest_first_and_later_ones_are_not() {
    let model = PlayedModel::turning(|_, _| vec![Step::Say(GOES_ON.to_owned())]);
    let first = Room::open(&model).await;
    for _ in 0..3 {
        first.answer(ANSWER).await;
        first.test.work().await;
    }
    assert_eq!(remembered(&model), [""; 0], "what this one shows is nothing to remember yet");
    finish(&first).await;

    let second = later(first).await;
    second.answer(ANSWER).await;
    let lines = remembered(&model);
    assert!(lines.len() > 1, "{lines:?}");
    assert!(lines.is_sorted_by_key(|line| mean(line)), "{lines:?}");
    assert!(mean(&lines[0]) < mean(&lines[lines.len() - 1]), "{lines:?}");
    assert!(lines.iter().all(|line| line.ends_with("in one earlier interview")), "{lines:?}");

    let (id, third) = (second.id, later(second).await);
    finish(&third).await;
    let second = Room { id, ..third };
    second.answer(ANSWER).await;
    assert_eq!(remembered(&model), lines, "what an interviewer knows does not change while it goes on");

    let fourth = later(second).await;
    fourth.answer(ANSWER).await;
    let more = remembered(&model);
    assert!(more.len() > lines.len(), "the third one is remembered as well: {more:?}");
    assert!(more.is_sorted_by_key(|line| mean(line)), "{more:?}");
}
