//! Silence, one's own pace, and a microphone that is off.

use super::stage::Stage;
use crate::turn::Input;

#[test]
fn silence_before_the_first_word_is_never_the_end() {
    let mut stage = Stage::asked();
    stage.quiet(11_000).says(2_000, "I built a ferry timetable.").quiet(500);
    assert_eq!(stage.told(), ["turn ends after 350 ms: I built a ferry timetable."]);
}

#[test]
fn a_long_silence_is_met_with_patience_then_with_an_offer_then_with_a_pause() {
    let mut stage = Stage::asked();
    stage.quiet(125_000);
    assert_eq!(stage.told(), ["take your time", "repeat or type?", "pauses the interview"]);
    stage.quiet(125_000);
    assert!(stage.told().is_empty(), "once is enough");
}

#[test]
fn a_word_starts_the_patience_anew() {
    let mut stage = Stage::asked();
    stage.quiet(10_000).says(400, "Hmm let").quiet(2_000).says(1_500, "me remember that").quiet(1_000);
    assert!(!stage.told().contains(&"take your time".to_owned()));
}

#[test]
fn one_who_pauses_long_within_sentences_is_given_their_own_pace() {
    let mut stage = Stage::asked();
    for part in
        ["We had ferries and", "they were late and", "people were angry because", "nobody told them and"]
    {
        stage.says(700, part).quiet(1_600);
    }
    stage.says(1_000, "so I built a timetable.").quiet(1_800);
    assert!(stage.told().is_empty(), "350 ms would be below their pace");
    stage.quiet(300);
    let told = stage.told();
    assert!(told[0].starts_with("turn ends after 19"), "{told:?}");
}

#[test]
fn the_pace_of_a_quick_speaker_shortens_nothing() {
    let mut stage = Stage::asked();
    for part in ["I built a", "timetable for the", "ferries of the", "north that were"] {
        stage.says(700, part).quiet(280);
    }
    stage.says(1_000, "always late in winter").quiet(900);
    assert!(stage.told()[0].starts_with("turn ends after 700 ms"));
}

#[test]
fn a_muted_microphone_ends_no_turn() {
    let mut stage = Stage::asked();
    stage.says(2_000, "I built a ferry timetable.").does(Input::Muted(true)).quiet(5_000);
    assert!(stage.told().is_empty());
    stage.does(Input::Muted(false)).quiet(1_000);
    assert_eq!(stage.told(), ["turn ends after 350 ms: I built a ferry timetable."]);
}

#[test]
fn a_minute_on_a_muted_microphone_is_asked_of_nobody_and_parts_no_answer() {
    let mut stage = Stage::asked();
    stage.says(2_000, "I built a ferry timetable and").does(Input::Muted(true)).quiet(60_000).told();
    stage.does(Input::Muted(false)).says(1_500, "tested it at sea.").quiet(1_200);
    assert_eq!(stage.told(), ["turn ends after 350 ms: I built a ferry timetable and tested it at sea."]);
    assert!(stage.longest_ask_ms() < 5_000, "{} ms", stage.longest_ask_ms());
}

#[test]
fn a_muted_microphone_is_mentioned_once() {
    let mut stage = Stage::asked();
    stage.does(Input::Muted(true)).noise(40_000);
    assert_eq!(stage.told(), ["notice: muted"]);
}

#[test]
fn done_on_a_muted_microphone_ends_the_turn() {
    let mut stage = Stage::asked();
    stage.says(2_000, "I built a ferry timetable and").does(Input::Muted(true)).does(Input::Done).quiet(400);
    assert_eq!(stage.told(), ["turn ends by the key: I built a ferry timetable and"]);
}

#[test]
fn silence_for_the_whole_interview_judges_nothing() {
    let mut stage = Stage::asked();
    stage.quiet(600_000);
    assert!(stage.told().iter().all(|line| !line.contains("turn ends")));
}
