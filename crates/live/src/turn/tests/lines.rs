//! Lines that are lost, and ends.

use super::stage::Stage;
use crate::turn::{Input, Phase};

const QUESTION: &str = "Tell me about a project. What are you proud of?";

#[test]
fn a_line_that_stalls_ends_no_turn() {
    let mut stage = Stage::asked();
    stage.says(1_000, "I built a ferry").nothing_comes(5_000).says(700, "timetable for winter.").quiet(500);
    assert_eq!(stage.told(), ["turn ends after 350 ms: I built a ferry timetable for winter."]);
}

#[test]
fn a_second_without_a_line_costs_nothing() {
    let mut stage = Stage::asked();
    stage.says(1_000, "I built a ferry").loses_the_line().nothing_comes(1_000).comes_back();
    stage.says(700, "timetable for winter.").quiet(500);
    assert_eq!(stage.told(), ["turn ends after 350 ms: I built a ferry timetable for winter."]);
}

#[test]
fn ten_seconds_without_a_line_are_not_silence_of_the_candidate() {
    let mut stage = Stage::asked();
    stage.quiet(8_000).loses_the_line().nothing_comes(10_000).comes_back().quiet(8_000);
    assert!(stage.told().is_empty());
}

#[test]
fn a_minute_without_a_line_keeps_the_turn() {
    let mut stage = Stage::asked();
    stage.says(1_000, "I built a ferry").loses_the_line().nothing_comes(60_000).comes_back();
    stage.says(700, "timetable for winter.").quiet(500);
    assert_eq!(stage.told(), ["turn ends after 350 ms: I built a ferry timetable for winter."]);
}

#[test]
fn who_does_not_come_back_finds_the_interview_paused() {
    let mut stage = Stage::asked();
    stage.loses_the_line().nothing_comes(300_000);
    assert_eq!(stage.told(), ["pauses the interview"]);
}

#[test]
fn a_question_that_was_broken_off_by_the_line_is_said_again_from_its_sentence() {
    let mut stage = Stage::new();
    stage.reply(QUESTION).quiet(2_000).told();
    stage.loses_the_line().nothing_comes(3_000).comes_back();
    assert_eq!(stage.told(), ["hushes 1", "resumes 1 at 1500"]);
    stage.until_listening();
    assert_eq!(stage.told(), [format!("heard: {QUESTION}")]);
}

#[test]
fn coming_back_without_having_been_away_changes_nothing() {
    let mut stage = Stage::new();
    stage.reply(QUESTION).quiet(2_000).told();
    stage.comes_back();
    assert!(stage.told().is_empty());
}

#[test]
fn a_tab_asleep_hears_no_end_of_the_reply() {
    let mut stage = Stage::new();
    stage.reply(QUESTION).quiet(600).nothing_comes(20_000);
    assert_eq!(stage.phase(), Phase::Speaking);
    stage.until_listening();
    assert_eq!(stage.told(), ["plays 1", &format!("heard: {QUESTION}")]);
}

#[test]
fn the_last_word_closes() {
    let mut stage = Stage::asked();
    stage.says(2_000, "I built a ferry timetable.").quiet(500).told();
    stage.farewell("Thank you for your time.").quiet(2_000);
    assert_eq!(stage.told(), ["plays 2", "heard: Thank you for your time.", "closes"]);
    assert_eq!(stage.phase(), Phase::Closing);
}

#[test]
fn after_the_end_nothing_is_heard() {
    let mut stage = Stage::asked();
    stage.does(Input::Over).told();
    stage.says(2_000, "I built a ferry timetable.").quiet(2_000).does(Input::Done).does(Input::Over);
    assert!(stage.told().is_empty());
}

#[test]
fn an_end_from_elsewhere_keeps_what_was_heard() {
    let mut stage = Stage::new();
    stage.reply(QUESTION).quiet(2_000).told();
    stage.does(Input::Over);
    assert_eq!(stage.told(), ["stops 1", "heard in part: Tell me about a project. What …", "closes"]);
}

#[test]
fn nothing_is_heard_before_sound_can_flow() {
    let mut machine = crate::turn::TurnMachine::new(Default::default(), "en");
    for now in 0..500 {
        assert!(machine.handle(Input::Frame { voiced: true }, now * 16).is_empty());
    }
    assert_eq!(machine.phase(), Phase::Connecting);
}
