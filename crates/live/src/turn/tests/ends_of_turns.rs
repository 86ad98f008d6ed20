//! When is it their last word?

use super::stage::Stage;
use crate::turn::{AnswerKind, Input, Options};

#[test]
fn a_finished_sentence_ends_soon() {
    let mut stage = Stage::asked();
    stage.quiet(800).says(2_000, "I built a ferry timetable.").quiet(1_000);
    assert_eq!(stage.told(), ["turn ends after 350 ms: I built a ferry timetable."]);
}

#[test]
fn without_a_full_stop_the_usual_silence_ends_it() {
    let mut stage = Stage::asked();
    stage.says(2_000, "I built a ferry timetable").quiet(1_000);
    assert_eq!(stage.told(), ["turn ends after 700 ms: I built a ferry timetable"]);
}

#[test]
fn after_a_filler_the_listener_waits() {
    let mut stage = Stage::asked();
    stage.says(2_000, "I built a ferry timetable um").quiet(2_000);
    assert!(stage.told().is_empty());
    stage.quiet(600);
    assert_eq!(stage.told(), ["turn ends after 2500 ms: I built a ferry timetable um"]);
}

#[test]
fn after_a_conjunction_the_listener_waits() {
    let mut stage = Stage::asked();
    stage.says(2_000, "I built a ferry timetable because").quiet(2_400);
    assert!(stage.told().is_empty());
    stage.says(1_500, "the old one was wrong.").quiet(1_000);
    assert_eq!(
        stage.told(),
        ["turn ends after 350 ms: I built a ferry timetable because the old one was wrong."]
    );
}

#[test]
fn a_comma_means_more() {
    let mut stage = Stage::asked();
    stage.says(2_000, "When the storm came that night,").quiet(2_000);
    assert!(stage.told().is_empty());
}

#[test]
fn three_words_are_seldom_an_answer() {
    let mut stage = Stage::asked();
    stage.says(700, "The ferry timetable.").quiet(2_000);
    assert!(stage.told().is_empty());
    stage.quiet(700);
    assert_eq!(stage.told(), ["turn ends after 2500 ms: The ferry timetable."]);
}

#[test]
fn thinks_for_nine_seconds_and_goes_on() {
    let mut stage = Stage::asked();
    stage.says(1_500, "Good question. Let me think.").quiet(9_000);
    assert!(stage.told().is_empty());
    stage.says(2_000, "I built a ferry timetable.").quiet(1_000);
    assert_eq!(
        stage.told(),
        ["turn ends after 350 ms: Good question. Let me think. I built a ferry timetable."]
    );
}

#[test]
fn who_asked_for_time_and_says_nothing_more_is_reassured_first() {
    let mut stage = Stage::asked();
    stage.says(1_000, "Let me think.").quiet(16_000);
    assert_eq!(stage.told(), ["take your time", "turn ends after 15000 ms: Let me think."]);
}

#[test]
fn who_works_something_out_gets_half_as_much_again() {
    let mut stage = Stage::asked_a(AnswerKind::WorkingOut);
    stage.says(2_000, "I would shard it by tenant").quiet(1_200);
    assert_eq!(stage.told(), ["turn ends after 1050 ms: I would shard it by tenant"]);
    let mut stage = Stage::asked_a(AnswerKind::WorkingOut);
    stage.says(2_000, "I would shard it by tenant.").quiet(1_200);
    assert_eq!(stage.told(), ["turn ends after 525 ms: I would shard it by tenant."]);
}

#[test]
fn the_key_ends_it_at_once() {
    let mut stage = Stage::asked();
    stage.says(2_000, "I built a ferry timetable and").does(Input::Done).quiet(200);
    assert_eq!(stage.told(), ["turn ends by the key: I built a ferry timetable and"]);
}

#[test]
fn the_key_before_a_word_does_nothing() {
    let mut stage = Stage::asked();
    stage.quiet(500).does(Input::Done).quiet(500);
    assert!(stage.told().is_empty());
}

#[test]
fn the_key_while_words_are_under_way_waits_for_them() {
    let mut stage = Stage::asked();
    stage
        .recogniser_takes(900)
        .says(2_000, "I built a ferry timetable.")
        .quiet(250)
        .does(Input::Done)
        .quiet(500);
    assert!(stage.told().is_empty());
    stage.quiet(400);
    assert_eq!(stage.told(), ["turn ends by the key: I built a ferry timetable."]);
}

#[test]
fn a_slow_recogniser_delays_the_end_and_loses_nothing() {
    let mut stage = Stage::asked();
    stage.recogniser_takes(2_000).says(2_000, "I built a ferry timetable.").quiet(2_300);
    assert_eq!(stage.told(), ["turn ends after 350 ms: I built a ferry timetable."]);
}

#[test]
fn a_recogniser_that_fails_is_said_and_the_answer_can_be_given_again() {
    let mut stage = Stage::asked();
    stage.recogniser_fails(true).says(2_000, "I built a ferry timetable.").quiet(1_500);
    assert_eq!(stage.told(), ["notice: not understood"]);
    stage.recogniser_fails(false).says(2_000, "I built a ferry timetable.").quiet(1_000);
    assert_eq!(stage.told(), ["turn ends after 350 ms: I built a ferry timetable."]);
}

#[test]
fn a_recogniser_that_never_answers_is_given_up() {
    let mut stage = Stage::asked();
    stage.recogniser_takes(60_000).says(2_000, "I built a ferry timetable.").quiet(4_000);
    assert!(stage.told().is_empty());
    stage.quiet(2_000);
    assert_eq!(stage.told(), ["notice: not understood"]);
}

#[test]
fn what_was_understood_of_an_answer_is_kept_when_a_part_is_not() {
    let mut stage = Stage::asked();
    stage.says(21_000, &"word ".repeat(40).trim().replacen("word", "First", 1)).quiet(600);
    stage.recogniser_fails(true).says(2_000, "and then it was over.").quiet(1_000);
    let told = stage.told();
    assert_eq!(told[0], "notice: not understood");
    assert!(told[1].starts_with("turn ends after 700 ms, in part: First word"), "{told:?}");
}

#[test]
fn two_short_bursts_are_no_answer() {
    let mut stage = Stage::asked();
    stage.quiet(500).noise(64).quiet(300).noise(64).quiet(3_000);
    assert!(stage.told().is_empty());
}

#[test]
fn a_cough_is_no_answer() {
    let mut stage = Stage::asked();
    stage.quiet(500).noise(400).quiet(3_000);
    assert!(stage.told().is_empty());
    stage.says(2_000, "I built a ferry timetable.").quiet(500);
    assert_eq!(stage.told(), ["turn ends after 350 ms: I built a ferry timetable."]);
}

#[test]
fn a_click_after_the_last_word_does_not_hold_the_turn_open() {
    let mut stage = Stage::asked();
    stage.says(2_000, "I built a ferry timetable.").quiet(240).noise(32).quiet(400);
    assert_eq!(stage.told(), ["turn ends after 350 ms: I built a ferry timetable."]);
}

#[test]
fn music_is_named_and_answers_nothing() {
    let mut stage = Stage::asked();
    stage.noise(40_000).quiet(1_500);
    assert_eq!(stage.told(), ["notice: only noise", "take your time", "repeat or type?"]);
}

#[test]
fn music_in_an_empty_room_is_named_once_and_pauses_the_interview() {
    let mut stage = Stage::asked();
    stage.noise(240_000);
    let told = ["notice: only noise", "take your time", "repeat or type?", "pauses the interview"];
    assert_eq!(stage.told(), told);
}

#[test]
fn an_answer_over_music_is_taken_when_no_more_words_come() {
    let mut stage = Stage::asked();
    stage.says(8_000, "I built a ferry timetable for the islands.").noise(54_000);
    let told = stage.told();
    assert_eq!(told, ["turn ends after 30000 ms: I built a ferry timetable for the islands."]);
}

#[test]
fn who_speaks_after_minutes_of_music_is_heard() {
    let mut stage = Stage::asked();
    stage.noise(100_000).quiet(500).told();
    stage.says(40_000, "I built a ferry timetable.").quiet(1_000);
    assert_eq!(
        stage.told().last().map(String::as_str),
        Some("turn ends after 350 ms: I built a ferry timetable.")
    );
}

#[test]
fn a_pause_between_words_ends_nothing() {
    let mut stage = Stage::asked();
    stage.says(1_500, "I built a ferry").quiet(300).says(700, "timetable.").quiet(500);
    assert_eq!(stage.told(), ["turn ends after 350 ms: I built a ferry timetable."]);
}

#[test]
fn a_long_answer_is_heard_in_stretches_and_kept_whole() {
    let mut stage = Stage::asked();
    let text: Vec<String> = (0..150).map(|n| format!("word{n}")).collect();
    stage.says(75_000, &text.join(" ")).quiet(1_000);
    assert_eq!(stage.told(), [format!("turn ends after 700 ms: {}", text.join(" "))]);
}

#[test]
fn a_very_long_answer_is_mentioned_once_and_ends_at_a_pause() {
    let options = Options { long_ms: 20_000, longest_ms: 40_000, ..Options::default() };
    let mut stage = Stage::with("en", options);
    stage.reply("Well?").until_listening().told();
    stage.says(25_000, &["and"; 50].join(" ")).quiet(1_000);
    assert_eq!(stage.told(), ["notice: long answer"]);
    stage.says(16_000, &["then"; 32].join(" ")).quiet(400);
    let told = stage.told();
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("turn ends for its length: and and"));
}

#[test]
fn a_typed_answer_ends_the_turn_and_leaves_out_what_was_mumbled() {
    let mut stage = Stage::asked();
    stage.says(600, "Well I").does(Input::Typed { text: "A ferry timetable.".to_owned() }).quiet(3_000);
    assert_eq!(stage.told(), ["turn ends typed: A ferry timetable."]);
}

#[test]
fn words_that_come_one_by_one_decide_as_well() {
    let mut stage = Stage::asked();
    stage.recogniser_takes(400).says(1_600, "I built a ferry timetable.").quiet(200);
    let stretch = crate::turn::StretchId(1);
    stage.does(Input::Words { stretch, text: "I built a ferry and".to_owned(), is_final: false }).quiet(300);
    // The last of them corrects what came before.
    assert_eq!(stage.told(), Vec::<String>::new());
    stage.quiet(200);
    assert_eq!(stage.told(), ["turn ends after 350 ms: I built a ferry timetable."]);
}

#[test]
fn german_waits_for_the_verb() {
    let mut stage = Stage::with("de-AT", Options::default());
    stage.reply("Worauf sind Sie stolz?").until_listening().told();
    stage.says(2_000, "Ich habe den Fahrplan gebaut weil").quiet(2_000);
    assert!(stage.told().is_empty());
    stage.says(1_000, "er falsch war.").quiet(500);
    assert_eq!(stage.told(), ["turn ends after 350 ms: Ich habe den Fahrplan gebaut weil er falsch war."]);
}

#[test]
fn a_language_without_lists_is_heard_by_its_pauses() {
    let mut stage = Stage::with("sv", Options::default());
    stage.reply("Vad är du stolt över?").until_listening().told();
    stage.says(2_000, "Jag byggde en tidtabell och").quiet(800);
    assert_eq!(stage.told(), ["turn ends after 700 ms: Jag byggde en tidtabell och"]);
}
