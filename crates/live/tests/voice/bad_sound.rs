//! What comes over the line is not always an answer: real voices, noise and music through the real detector. Nothing is
//! kept that was not said, and nothing that was said is lost.

use crate::engines::Engines;
use crate::interview::Kept;
use crate::page::Room;
use crate::sounds::{KnowingEars, Noise, clipped, mixed, power, voice};
use greenroom_domain::interview::Input;
use greenroom_media::Detector;
use greenroom_media::link::{FromPage, Transport};
use std::sync::Arc;

const QUESTION: &str = "What are you proud of?";
const ANSWER: &str =
    "I built the billing service of a harbour and we measured each slow query before it hurt";

/// A room in which the first question was heard, ears that know what will be said, and the real detector.
async fn asked(questions: &[&'static str]) -> (Room, Arc<KnowingEars>) {
    let ears = KnowingEars::new();
    let mut room = enters(Kept::new(questions), ears.clone(), "one").await;
    room.until("speaking").await.until("listening").await;
    room.told();
    room.kept.told();
    (room, ears)
}

async fn enters(kept: Arc<Kept>, ears: Arc<KnowingEars>, line: &str) -> Room {
    Room::hearing(kept, Arc::new(Engines::default()), line, ears, Box::new(Detector::default())).await
}

/// Says a clip and waits for its turn; what was kept of it.
async fn answer_to(room: &mut Room, clip: &[i16]) -> String {
    room.sound(clip).await.until("thinking").await;
    let kept = room.kept.told();
    kept.iter().find(|line| line.starts_with("answered")).cloned().unwrap_or_default()
}

fn ended_by_silence(text: &str) -> String {
    format!("answered, ended by silence: {text}")
}

#[tokio::test(start_paused = true)]
async fn a_microphone_that_hisses_for_the_whole_interview_answers_nothing() {
    let (mut room, _) = asked(&[QUESTION]).await;
    room.sound(&Noise::new(1).white(125_000, 60.0)).await;
    assert_eq!(room.told(), ["reassures: take_your_time", "reassures: repeat_or_type", "notice: paused"]);
    assert_eq!(room.kept.told(), ["paused"]);
}

#[tokio::test(start_paused = true)]
async fn what_is_said_into_a_muted_microphone_is_not_kept() {
    let (mut room, ears) = asked(&[QUESTION, "Why?"]).await;
    let clip = voice("en", ANSWER);
    ears.expect(ANSWER, &clip);
    room.message(r#"{"type":"muted","on":true}"#).await;
    room.sound(&clip).await.quiet(13_000).await;
    assert_eq!((room.told(), room.kept.told()), (vec!["notice: muted".to_owned()], Vec::new()));
    room.message(r#"{"type":"muted","on":false}"#).await;
    assert_eq!(answer_to(&mut room, &clip).await, ended_by_silence(ANSWER));
}

#[tokio::test(start_paused = true)]
async fn a_loud_fan_and_hiss_hold_nothing_up() {
    for noise in [Noise::new(2).fan(20_000, 9_000.0), Noise::new(3).white(20_000, 3_000.0)] {
        let (mut room, ears) = asked(&[QUESTION, "Why?"]).await;
        let clip = voice("en", ANSWER);
        room.sound(&noise).await;
        assert!(room.kept.told().is_empty());
        let loud = mixed(&clip, &noise);
        ears.expect(ANSWER, &loud);
        room.sound(&loud).await.sound(&noise[200_000..264_000]).await;
        let kept = room.kept.told();
        assert!(kept.contains(&ended_by_silence(ANSWER)), "{kept:?} {:?}", room.told());
    }
}

#[tokio::test(start_paused = true)]
async fn noise_as_loud_as_the_voice_takes_no_word_away() {
    let clip = voice("en", ANSWER);
    let mut noise = Noise::new(4);
    let hiss = noise.white(20_000, 1_000.0);
    let hiss = noise.white(20_000, 1_000.0 * (power(&clip) / power(&hiss)).sqrt());
    let (mut room, ears) = asked(&[QUESTION, "Why?"]).await;
    let loud = mixed(&clip, &hiss);
    ears.expect(ANSWER, &loud);
    room.sound(&hiss).await.sound(&loud).await.sound(&hiss[200_000..264_000]).await;
    let kept = room.kept.told();
    assert!(kept.contains(&ended_by_silence(ANSWER)), "{kept:?} {:?}", room.told());
}

#[tokio::test(start_paused = true)]
async fn music_is_named_and_answers_nothing_and_words_after_it_are_heard() {
    let (mut room, ears) = asked(&[QUESTION, "Why?"]).await;
    room.sound(&Noise::new(5).music(70_000, 4_000.0)).await.quiet(1_500).await;
    let told = room.told();
    assert!(told.contains(&"notice: only_noise".to_owned()), "{told:?}");
    assert!(room.kept.told().is_empty());
    let clip = voice("en", ANSWER);
    ears.expect(ANSWER, &clip);
    assert_eq!(answer_to(&mut room, &clip).await, ended_by_silence(ANSWER));
}

#[tokio::test(start_paused = true)]
async fn a_voice_beyond_the_top_of_the_scale_is_understood() {
    let (mut room, ears) = asked(&[QUESTION, "Why?"]).await;
    let loud = clipped(&voice("en", ANSWER));
    ears.expect(ANSWER, &loud);
    assert_eq!(answer_to(&mut room, &loud).await, ended_by_silence(ANSWER));
}

#[tokio::test(start_paused = true)]
async fn another_language_is_kept_as_it_was_said() {
    const GERMAN: &str = "Ich habe den Abrechnungsdienst eines Hafens gebaut und gemessen";
    let (mut room, ears) = asked(&[QUESTION, "Why?"]).await;
    let clip = voice("de", GERMAN);
    ears.expect(GERMAN, &clip);
    assert_eq!(answer_to(&mut room, &clip).await, ended_by_silence(GERMAN));
}

#[tokio::test(start_paused = true)]
async fn somebody_else_in_the_room_who_is_not_understood_is_no_answer() {
    let (mut room, ears) = asked(&[QUESTION, "Why?"]).await;
    let other = voice("en+f3", "Dinner is ready and the children are waiting for you downstairs");
    let quiet: Vec<i16> = other.iter().map(|sample| sample / 8).collect();
    room.sound(&quiet).await.quiet(2_000).await;
    assert!(room.kept.told().is_empty());
    // Both at once: what the ears make of it is kept, and no more.
    let clip = mixed(&voice("en", ANSWER), &quiet);
    ears.expect(ANSWER, &clip);
    assert_eq!(answer_to(&mut room, &clip).await, ended_by_silence(ANSWER));
}

#[tokio::test(start_paused = true)]
async fn a_network_that_goes_for_a_second_or_ten_costs_no_word() {
    for away in [1_000, 10_000] {
        let (mut room, ears) = asked(&[QUESTION, "Why?"]).await;
        let clip = voice("en", ANSWER);
        ears.expect(ANSWER, &clip);
        let (begun, rest) = clip.split_at(clip.len() / 2 / 320 * 320);
        room.sound(begun).await.sends(FromPage::Lost).await;
        room.nothing_comes(away).await;
        room.sends(FromPage::Back { transport: Transport::Websocket }).await;
        assert_eq!(answer_to(&mut room, rest).await, ended_by_silence(ANSWER), "{away} ms");
    }
}

#[tokio::test(start_paused = true)]
async fn after_a_minute_without_network_a_new_line_asks_the_same_again() {
    let (room, ears) = asked(&[QUESTION, "Why?"]).await;
    let kept = room.kept.clone();
    room.sends(FromPage::Lost).await;
    room.nothing_comes(60_000).await;
    drop(room);
    let mut room = enters(kept, ears.clone(), "two").await;
    room.until("speaking").await.until("listening").await;
    assert_eq!(room.told()[0], format!("interviewer: {QUESTION}"));
    let clip = voice("en", ANSWER);
    ears.expect(ANSWER, &clip);
    assert_eq!(answer_to(&mut room, &clip).await, ended_by_silence(ANSWER));
}

#[tokio::test(start_paused = true)]
async fn a_tab_that_sleeps_ends_no_turn_and_its_burst_is_heard() {
    let (mut room, ears) = asked(&[QUESTION, "Why?"]).await;
    let clip = voice("en", ANSWER);
    ears.expect(ANSWER, &clip);
    let (begun, rest) = clip.split_at(clip.len() / 2 / 320 * 320);
    room.sound(begun).await.nothing_comes(30_000).await;
    let kept = room.kept.told();
    assert!(kept.iter().all(|line| line.starts_with("held: ")), "time without sound is no silence: {kept:?}");
    room.burst(rest).await;
    room.until("thinking").await;
    assert!(room.kept.told().contains(&ended_by_silence(ANSWER)));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_stops_in_the_middle_of_an_answer_goes_on_with_it() {
    let (mut room, ears) = asked(&[QUESTION, "Why?"]).await;
    let clip = voice("en", ANSWER);
    ears.expect(ANSWER, &clip);
    let (begun, rest) = clip.split_at(clip.len() / 2 / 320 * 320);
    room.sound(begun).await.quiet(600).await;
    let kept = room.kept.clone();
    let told = room.server_stops().await;
    assert_eq!(told.last().map(String::as_str), Some("closed: restart"), "{told:?}");
    assert!(kept.told().iter().all(|line| !line.starts_with("answered")), "half an answer is none");
    let mut room = enters(kept, ears, "two").await;
    room.until("speaking").await.until("listening").await;
    // The word that was cut may be there twice.
    let answer = answer_to(&mut room, rest).await;
    assert!(answer.starts_with("answered, ended by silence: I built the billing service"), "{answer}");
    assert!(answer.ends_with("each slow query before it hurt"), "{answer}");
}

#[tokio::test(start_paused = true)]
async fn a_pause_is_no_place_for_words() {
    let (mut room, ears) = asked(&[QUESTION, "Why?"]).await;
    let clip = voice("en", ANSWER);
    ears.expect(ANSWER, &clip);
    room.kept.wish(Input::Pause).expect("it runs");
    room.sound(&clip).await.quiet(2_000).await;
    assert_eq!(room.kept.told(), ["paused"]);
}
