//! Somebody speaks while the interviewer does. Words interrupt; noise does not.

use super::stage::Stage;
use crate::turn::{Input, Phase, ReplyId};

const QUESTION: &str =
    "Tell me about a project. I would like to know what you did yourself. What are you proud of?";

fn speaking() -> Stage {
    let mut stage = Stage::new();
    stage.reply(QUESTION).quiet(2_000).told();
    stage
}

#[test]
fn a_door_slam_during_the_question_is_nothing() {
    let mut stage = speaking();
    stage.noise(140).until_listening();
    assert_eq!(stage.told(), [format!("heard: {QUESTION}")]);
}

#[test]
fn keys_during_the_question_are_nothing() {
    let mut stage = speaking();
    for _ in 0..12 {
        stage.noise(32).quiet(180);
    }
    stage.until_listening();
    assert_eq!(stage.told(), [format!("heard: {QUESTION}")]);
}

#[test]
fn words_stop_the_interviewer_and_are_the_beginning_of_the_turn() {
    let mut stage = speaking();
    stage.says(1_800, "Sorry could you repeat that please?").quiet(1_000);
    assert_eq!(
        stage.told(),
        [
            "stops 1",
            "heard in part: Tell me about a project. I would …",
            "turn ends after 350 ms: Sorry could you repeat that please?"
        ]
    );
}

#[test]
fn one_word_that_means_something_is_enough() {
    let mut stage = speaking();
    stage.says(350, "Stop.").quiet(600);
    assert_eq!(stage.told()[0], "stops 1");
    assert_eq!(stage.phase(), Phase::Listening);
}

#[test]
fn mhm_is_no_interruption() {
    let mut stage = speaking();
    stage.says(300, "Mhm").until_listening();
    assert_eq!(stage.told(), [format!("heard: {QUESTION}")]);
}

#[test]
fn yes_okay_right_is_no_interruption() {
    let mut stage = speaking();
    stage.says(300, "Yes").quiet(900).says(350, "okay right").until_listening();
    assert_eq!(stage.told(), [format!("heard: {QUESTION}")]);
}

#[test]
fn a_long_cough_hushes_and_the_sentence_begins_again() {
    let mut stage = speaking();
    stage.noise(700).quiet(700);
    assert_eq!(stage.told(), ["hushes 1", "resumes 1 at 1500"]);
    stage.until_listening();
    assert_eq!(stage.told(), [format!("heard: {QUESTION}")]);
}

#[test]
fn a_slow_recogniser_hushes_first_and_decides_then() {
    let mut stage = speaking();
    stage.recogniser_takes(700).says(1_500, "Sorry could you repeat that?").quiet(1_200);
    assert_eq!(stage.told()[..2], ["hushes 1", "stops 1"]);
}

#[test]
fn music_behind_somebody_does_not_silence_the_interviewer_for_ever() {
    let mut stage = speaking();
    stage.noise(15_000);
    assert_eq!(stage.told(), ["hushes 1", "resumes 1 at 1500", &format!("heard: {QUESTION}")]);
}

#[test]
fn noise_that_goes_on_does_not_silence_the_next_reply_either() {
    let mut stage = speaking();
    stage.noise(5_000).told();
    stage.reply("Let me put it in another way. What did you build there?").noise(3_000);
    let told = stage.told();
    assert!(told.iter().all(|line| !line.starts_with("hushes")), "{told:?}");
}

#[test]
fn after_noise_words_can_interrupt_again() {
    let mut stage = speaking();
    stage.noise(4_000).quiet(600).told();
    stage.says(1_500, "Sorry could you repeat that?").quiet(200);
    assert_eq!(stage.told()[0], "stops 1");
}

#[test]
fn a_recogniser_that_fails_lets_the_sentence_begin_again() {
    let mut stage = speaking();
    stage.recogniser_fails(true).says(700, "Sorry what").quiet(700);
    assert_eq!(stage.told(), ["hushes 1", "resumes 1 at 1500"]);
}

#[test]
fn who_speaks_over_the_end_has_begun_to_answer() {
    let mut stage = Stage::new();
    stage.reply("What are you proud of?").quiet(1_000).told();
    stage.says(2_000, "I built a ferry timetable.").quiet(500);
    assert_eq!(
        stage.told(),
        ["heard: What are you proud of?", "turn ends after 350 ms: I built a ferry timetable."]
    );
}

#[test]
fn mhm_over_the_end_is_no_answer() {
    let mut stage = Stage::new();
    stage.reply("What are you proud of?").quiet(1_100).told();
    stage.says(300, "Mhm").quiet(4_000);
    assert_eq!(stage.told(), ["heard: What are you proud of?"]);
    stage.says(2_000, "I built a ferry timetable.").quiet(500);
    assert_eq!(stage.told(), ["turn ends after 350 ms: I built a ferry timetable."]);
}

#[test]
fn what_was_heard_is_what_is_kept() {
    let mut stage = Stage::new();
    stage.reply("One two three four. Five six seven eight nine ten eleven twelve.").quiet(1_800);
    stage.told();
    stage.says(1_000, "Wait please stop").quiet(100);
    assert_eq!(stage.told()[1], "heard in part: One two three four. Five six seven …");
}

#[test]
fn a_typed_answer_interrupts() {
    let mut stage = speaking();
    stage.does(Input::Typed { text: "A ferry timetable.".to_owned() });
    assert_eq!(stage.told()[..2], ["stops 1", "heard in part: Tell me about a project. I …"]);
}

#[test]
fn sound_of_an_old_reply_is_dropped() {
    let mut stage = speaking();
    stage.says(1_000, "Sorry what was that").quiet(100).told();
    let old = ReplyId(1);
    stage
        .does(Input::Sentence { reply: old, text: "Old.".to_owned(), ms: 300 })
        .does(Input::Played { reply: old, ms: 9_000 })
        .does(Input::Whole { reply: old });
    assert!(stage.told().is_empty());
    assert_eq!(stage.phase(), Phase::Listening);
}

#[test]
fn the_next_reply_takes_the_place_of_one_that_still_sounds() {
    let mut stage = speaking();
    stage.reply("Time is nearly up.");
    assert_eq!(stage.told(), ["stops 1", "heard in part: Tell me about a project. I …", "plays 2"]);
}

#[test]
fn a_reply_that_cannot_sound_is_read() {
    let mut stage = Stage::new();
    stage.does(Input::Reply { reply: ReplyId(7), kind: Default::default(), is_last: false });
    stage.does(Input::Sentence { reply: ReplyId(7), text: "What next?".to_owned(), ms: 0 });
    stage.does(Input::Unspeakable { reply: ReplyId(7) });
    assert_eq!(stage.told(), ["plays 7", "notice: read instead", "heard: What next?"]);
    assert_eq!(stage.phase(), Phase::Listening);
}

#[test]
fn sentences_that_come_while_it_sounds_are_played_on() {
    let mut stage = Stage::new();
    let reply = ReplyId(5);
    stage.does(Input::Reply { reply, kind: Default::default(), is_last: false });
    stage.does(Input::Sentence { reply, text: "One.".to_owned(), ms: 320 }).quiet(2_000);
    assert_eq!(stage.phase(), Phase::Speaking, "there may be more");
    stage
        .does(Input::Sentence { reply, text: "Two.".to_owned(), ms: 320 })
        .does(Input::Whole { reply })
        .quiet(640);
    assert_eq!(stage.told(), ["plays 5", "heard: One. Two."]);
}

#[test]
fn two_talkers_of_whom_one_is_a_colleague() {
    // A voice in the room says something: words interrupt, whoever spoke them; the turn is then the candidate's.
    let mut stage = speaking();
    stage
        .says(900, "Lunch is ready downstairs")
        .quiet(300)
        .says(1_500, "Sorry about that. I am ready.")
        .quiet(600);
    let told = stage.told();
    assert_eq!(told[0], "stops 1");
    assert_eq!(told[2], "turn ends after 350 ms: Lunch is ready downstairs Sorry about that. I am ready.");
}
