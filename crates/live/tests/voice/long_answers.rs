//! Stories of somebody who speaks for forty minutes.

use crate::engines::{Engines, TestDetector, WORD_MS};
use crate::interview::Kept;
use crate::page::Room;
use async_trait::async_trait;
use greenroom_domain::interview::{EndedBy, MAX_ANSWER_CHARS, SpokenWord};
use greenroom_live::voice::{Ears, EngineLost, Understood};
use std::sync::Arc;
use std::time::Duration;

const MINUTES: u64 = 40;
const WORDS: i16 = (MINUTES * 60_000 / WORD_MS) as i16;
const PER_MS: usize = 16;

/// Ears that take each sample for the number of its word.
#[derive(Debug)]
struct NumberEars;

#[async_trait]
impl Ears for NumberEars {
    async fn words(&self, sound: Vec<i16>) -> Result<Understood, EngineLost> {
        tokio::time::sleep(Duration::from_millis(120)).await;
        let mut words: Vec<SpokenWord> = Vec::new();
        let mut at = 0;
        for run in sound.chunk_by(|one, other| one == other) {
            let (from_ms, to_ms) = (at / PER_MS, (at + run.len()) / PER_MS);
            at += run.len();
            // Of a word that was cut in two, the larger part is understood.
            if run[0] != 0 && (to_ms - from_ms) as u64 * 2 > WORD_MS {
                let (from_ms, to_ms) = (from_ms as u64, to_ms as u64);
                words.push(SpokenWord { text: word(run[0]), from_ms, to_ms });
            }
        }
        let text = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        Ok(Understood { text, words, engine: "number-ears".to_owned(), voices: Vec::new() })
    }
}

fn word(number: i16) -> String {
    format!("w{number}")
}

fn all_words(until: i16) -> Vec<String> {
    (1..=until).map(word).collect()
}

async fn asked() -> Room {
    let kept = Kept::new(&["What are you proud of?", "Why?"]);
    let engines = Arc::new(Engines::default());
    let mut room =
        Room::hearing(kept, engines, "one", Arc::new(NumberEars), Box::new(TestDetector::default())).await;
    room.until("speaking").await.until("listening").await;
    room.told();
    room.kept.told();
    room
}

async fn says(room: &mut Room, words: std::ops::RangeInclusive<i16>) {
    for number in words {
        room.sound(&[number; WORD_MS as usize * PER_MS]).await;
    }
}

/// What was held, without the words that say so.
fn held(kept: &[String]) -> Vec<&str> {
    kept.iter().filter_map(|line| line.strip_prefix("held: ")).collect()
}

#[tokio::test(start_paused = true)]
async fn forty_minutes_without_a_pause_are_one_answer_of_which_no_word_is_lost() {
    let mut room = asked().await;
    says(&mut room, 1..=WORDS).await;
    let before_the_end = room.told();
    let while_spoken = room.kept.told();
    room.quiet(600).await;

    // It was mentioned after five minutes, and when it was full; it ends at its first pause.
    assert_eq!(before_the_end, ["notice: long_answer", "notice: answer_full"]);
    let at_the_end = room.told();
    assert!(at_the_end[0].starts_with("turn 1 by length: w1 w2 w3 "), "{:.80}", at_the_end[0]);
    assert_eq!(at_the_end[1], "notice: taken_for_length");

    // The words are understood each half minute, and what was understood is kept.
    let (said, held) = (all_words(WORDS).join(" "), held(&while_spoken));
    assert!(held.iter().all(|held| said.starts_with(held)));
    assert!(held.is_sorted_by_key(|held| held.len()));
    assert_eq!(held.last().map(|held| held.len()), Some(MAX_ANSWER_CHARS), "until it was full");
    let half_minutes = MAX_ANSWER_CHARS / (said.len() / (MINUTES as usize * 2));
    assert!(held.len() >= half_minutes, "{} times", held.len());

    let state = room.kept.state();
    let [answer] = &state.asked[0].responses[..] else { panic!("one answer") };
    assert_eq!(answer.content, said[..MAX_ANSWER_CHARS]);
    let spoken = answer.spoken.as_ref().expect("it was spoken");
    assert_eq!(spoken.ended_by, EndedBy::Length);
    let words: Vec<String> = spoken.words.iter().map(|word| word.text.clone()).collect();
    assert_eq!(words, all_words(WORDS), "each with its place");
    assert!(spoken.words.is_sorted_by_key(|word| word.from_ms));
    assert!(spoken.to_ms - spoken.from_ms >= MINUTES * 60_000);
}

#[tokio::test(start_paused = true)]
async fn forty_minutes_with_pauses_are_taken_at_one_and_held_each_quarter_of_a_minute() {
    let mut room = asked().await;
    // Somebody thinks about the reply for so long that it never comes in between.
    *room.kept.thinks.lock().expect("nobody panics with it") = true;
    let a_minute = (60_000 / WORD_MS) as i16;
    for minute in 0..MINUTES as i16 {
        for part in 0..5 {
            let from = minute * a_minute + part * (a_minute / 5);
            says(&mut room, from + 1..=from + a_minute / 5).await;
            room.quiet(400).await;
        }
    }
    room.quiet(3_000).await;
    let (told, kept) = (room.told(), room.kept.told());
    let turns: Vec<&str> =
        told.iter().filter(|line| line.starts_with("turn")).map(|line| &line[..19]).collect();
    assert_eq!(turns, ["turn 1 by length: w", "turn 1 by addition:", "turn 1 by addition:"], "{turns:?}");
    assert!(told.contains(&"notice: taken_for_length".to_owned()));
    let held = held(&kept);
    assert!(held.len() >= 15 * 4 - 4, "each 15 s of the first 15 min: {} times", held.len());

    let state = room.kept.state();
    let [answer] = &state.asked[0].responses[..] else { panic!("one answer") };
    let spoken = answer.spoken.as_ref().expect("it was spoken");
    let words: Vec<String> = spoken.words.iter().map(|word| word.text.clone()).collect();
    assert_eq!(words, all_words(WORDS));
    let said = all_words(WORDS).join(" ");
    assert!(said.starts_with(&answer.content), "in their order");
    assert!(answer.content.chars().count() > MAX_ANSWER_CHARS - 10, "as many as are judged");
}
