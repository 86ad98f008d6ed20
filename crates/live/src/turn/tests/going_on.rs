//! They go on after they had been taken for finished.

use super::stage::Stage;
use crate::turn::{Input, ReplyId};

#[test]
fn what_is_said_while_the_reply_is_made_belongs_to_the_answer() {
    let mut stage = Stage::asked();
    stage.thinks_for(4_000).then_replies("Thank you. What was hard?");
    stage
        .says(2_000, "I built a ferry timetable.")
        .quiet(800)
        .says(1_500, "And I tested it at sea.")
        .quiet(1_200);
    assert_eq!(
        stage.told(),
        ["turn ends after 350 ms: I built a ferry timetable.", "adds: And I tested it at sea."]
    );
    stage.quiet(2_000);
    assert_eq!(stage.told()[0], "plays 2");
}

#[test]
fn a_reply_that_is_ready_waits_for_them() {
    let mut stage = Stage::asked();
    stage.thinks_for(600).then_replies("Thank you. What was hard?");
    stage
        .says(2_000, "I built a ferry timetable.")
        .quiet(700)
        .says(1_500, "And I tested it at sea.")
        .quiet(1_300);
    assert_eq!(
        stage.told(),
        ["turn ends after 350 ms: I built a ferry timetable.", "adds: And I tested it at sea.", "plays 2"]
    );
}

#[test]
fn a_cough_while_the_reply_is_made_delays_it_a_little() {
    let mut stage = Stage::asked();
    stage.thinks_for(800).then_replies("Thank you. What was hard?");
    stage.says(2_000, "I built a ferry timetable.").quiet(600).noise(300).quiet(2_000);
    assert_eq!(stage.told(), ["turn ends after 350 ms: I built a ferry timetable.", "plays 2"]);
}

#[test]
fn a_click_while_the_reply_is_made_is_nothing() {
    let mut stage = Stage::asked();
    stage.thinks_for(300).then_replies("Thank you. What was hard?");
    stage.says(2_000, "I built a ferry timetable.").quiet(450).noise(48).quiet(500);
    assert_eq!(stage.told(), ["turn ends after 350 ms: I built a ferry timetable.", "plays 2"]);
}

#[test]
fn who_was_cut_off_is_not_cut_off_like_that_again() {
    let mut stage = Stage::asked();
    stage.thinks_for(3_000).then_replies("Go on?");
    stage
        .says(2_000, "I built a ferry timetable.")
        .quiet(900)
        .says(1_500, "And I tested it at sea.")
        .quiet(6_000);
    stage.until_listening().told();
    stage.says(2_000, "It was hard to build.").quiet(900);
    assert!(stage.told().is_empty(), "they pause about 900 ms between sentences");
    stage.quiet(400);
    assert_eq!(stage.told().len(), 1);
}

#[test]
fn a_second_thought_may_be_typed() {
    let mut stage = Stage::asked();
    stage.thinks_for(2_000).then_replies("Thank you.");
    stage.says(2_000, "I built a ferry timetable.").quiet(700);
    stage.does(Input::Typed { text: "In Tromsø.".to_owned() }).quiet(200);
    assert_eq!(stage.told(), ["turn ends after 350 ms: I built a ferry timetable.", "adds: In Tromsø."]);
}

#[test]
fn what_was_said_just_before_the_end_is_no_part_of_the_next_answer() {
    let typed = Input::Typed { text: "A ferry timetable.".to_owned() };
    for (ends, told) in
        [(typed, "typed: A ferry timetable."), (Input::Done, "by the key: I built a ferry and")]
    {
        let mut stage = Stage::asked();
        stage.recogniser_takes(0).thinks_for(0).then_replies("What was hard?");
        stage.says(2_000, "I built a ferry and").does(ends).quiet(4_000);
        assert_eq!(stage.told(), [format!("turn ends {told}").as_str(), "plays 2", "heard: What was hard?"]);
        stage.says(2_000, "The tides were hard to know.").quiet(800);
        assert_eq!(stage.told(), ["turn ends after 350 ms: The tides were hard to know."]);
    }
}

#[test]
fn a_question_that_is_only_read_takes_no_words_of_the_answer_before() {
    let mut stage = Stage::asked();
    stage.says(2_000, "I built a ferry and").does(Input::Typed { text: "A ferry.".to_owned() });
    stage.reply("What was hard?").does(Input::Unspeakable { reply: ReplyId(2) });
    stage.noise(32).quiet(4_000);
    assert_eq!(
        stage.told(),
        ["turn ends typed: A ferry.", "plays 2", "notice: read instead", "heard: What was hard?"]
    );
}

#[test]
fn a_slow_reply_is_mentioned_once() {
    let mut stage = Stage::asked();
    stage.says(2_000, "I built a ferry timetable.").quiet(9_000);
    assert_eq!(
        stage.told(),
        ["turn ends after 350 ms: I built a ferry timetable.", "notice: still thinking"]
    );
}

#[test]
fn one_answer_and_one_reply_after_another() {
    let mut stage = Stage::asked();
    stage.then_replies("Thank you. What was hard?").then_replies("I see. What next?");
    stage.says(2_000, "I built a ferry timetable.").quiet(800).until_listening();
    stage.says(2_000, "The tides were hard to know.").quiet(800).until_listening();
    assert_eq!(
        stage.told(),
        [
            "turn ends after 350 ms: I built a ferry timetable.",
            "plays 2",
            "heard: Thank you. What was hard?",
            "turn ends after 350 ms: The tides were hard to know.",
            "plays 3",
            "heard: I see. What next?",
        ]
    );
}
