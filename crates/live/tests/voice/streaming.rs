//! Stories with a recogniser that hears while one speaks.

use crate::engines::Engines;
use crate::interview::Kept;
use crate::page::Room;
use greenroom_domain::interview::SpokenWord;
use std::sync::Arc;
use std::sync::atomic::Ordering;

const QUESTION: &str = "What are you proud of?";

/// A room in which the first question has been heard.
async fn asked() -> Room {
    asked_before("Why was that?").await
}

async fn asked_before(next: &'static str) -> Room {
    let engines = Engines::default();
    engines.streams.store(true, Ordering::Relaxed);
    let mut room = Room::of(Kept::new(&[QUESTION, next, "And then?"]), Arc::new(engines), "one").await;
    room.until("speaking").await.until("listening").await;
    room.told();
    room.kept.told();
    room
}

fn captions(room: &Room) -> Vec<String> {
    let seen = room.seen();
    let own =
        seen.messages.iter().filter(|message| message["who"] == "candidate" && message["final"] == false);
    own.map(|message| message["text"].as_str().expect("text").to_owned()).collect()
}

/// How often whole stretches were asked for.
fn asks(room: &Room) -> u64 {
    room.engines.asks.load(Ordering::Relaxed)
}

#[tokio::test(start_paused = true)]
async fn words_show_while_they_are_said_and_nobody_is_asked_again() {
    let mut room = asked().await;
    room.says("I built a harbour").await;
    assert_eq!(captions(&room), ["I", "I built", "I built a", "I built a harbour"]);
    room.says("from nothing.").await.until("thinking").await.until("speaking").await;
    assert_eq!(room.kept.told()[0], "answered, ended by silence: I built a harbour from nothing.");
    assert_eq!(asks(&room), 0);
    let state = room.kept.state();
    let spoken = state.asked[0].responses[0].spoken.as_ref().expect("spoken");
    assert_eq!(spoken.engine.as_deref(), Some("test-stream"));
    assert_eq!(spoken.words.len(), 6);
    assert!(
        spoken.words.windows(2).all(|pair| pair[1].from_ms - pair[0].from_ms == 300),
        "{:?}",
        spoken.words
    );
    let begins = spoken.words[0].from_ms;
    assert!(begins.abs_diff(spoken.from_ms + 320) <= 16, "the sound before the voice counts: {begins}");
}

#[tokio::test(start_paused = true)]
async fn where_somebody_else_spoke_stands_beside_the_answer() {
    let mut room = asked().await;
    // Long enough to be known.
    room.says(&"I built a harbour and then I led it and ".repeat(4)).await.quiet(600).await;
    room.says("~Coffee ~anybody nobody else would.").await.until("thinking").await;
    let state = room.kept.state();
    let answer = &state.asked[0].responses[0];
    assert!(answer.content.contains("~Coffee ~anybody"), "nothing is taken away: {}", answer.content);
    let spoken = answer.spoken.as_ref().expect("spoken");
    let theirs = |word: &&SpokenWord| {
        let middle = u64::midpoint(word.from_ms, word.to_ms);
        spoken.others.iter().any(|other| (other.from_ms..other.to_ms).contains(&middle))
    };
    let theirs: Vec<&str> = spoken.words.iter().filter(theirs).map(|word| word.text.as_str()).collect();
    assert_eq!(theirs, ["~Coffee", "~anybody"], "{:?}", spoken.others);
}

#[tokio::test(start_paused = true)]
async fn pauses_cut_an_answer_into_utterances_and_nothing_is_lost_or_doubled() {
    let mut room = asked().await;
    room.says("I built a harbour and").await.quiet(1_000).await;
    room.says("then I led it because").await.quiet(600).await;
    room.says("nobody else would.").await.until("thinking").await;
    let whole = "I built a harbour and then I led it because nobody else would.";
    assert_eq!(room.kept.told()[0], format!("answered, ended by silence: {whole}"));
    assert_eq!(captions(&room).last().map(String::as_str), Some(whole));
    let state = room.kept.state();
    let words = &state.asked[0].responses[0].spoken.as_ref().expect("spoken").words;
    assert_eq!(words.len(), 13);
    assert_eq!(words[5].from_ms - words[4].from_ms, 1_300, "the pause stands between the words");
}

#[tokio::test(start_paused = true)]
async fn silence_and_the_interviewer_are_told_to_nobody() {
    let mut room = asked().await;
    room.quiet(8_000).await;
    assert_eq!(room.engines.told_ms.load(Ordering::Relaxed), 0);
    room.says("I built a harbour from nothing.").await.until("speaking").await.until("listening").await;
    let told = room.engines.told_ms.load(Ordering::Relaxed);
    assert!((1_800..2_600).contains(&told), "{told} ms for 1 800 ms of voice");
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_breaks_in_an_answer_costs_nothing() {
    let mut room = asked().await;
    room.says("I built a harbour").await;
    room.engines.stream_breaks.store(true, Ordering::Relaxed);
    room.says("from nothing").await;
    room.engines.stream_breaks.store(false, Ordering::Relaxed);
    room.says("at all.").await.until("thinking").await.until("speaking").await.until("listening").await;
    assert_eq!(room.kept.told()[0], "answered, ended by silence: I built a harbour from nothing at all.");
    assert!(asks(&room) > 0, "the whole stretch was asked for");
    assert!(room.told().iter().all(|line| !line.contains("engine_lost")), "nobody needs to know");
    // It is opened again for a later answer.
    let before = asks(&room);
    room.quiet(5_000).await.says("It was needed by the town.").await.until("thinking").await;
    assert_eq!(room.kept.told().last().map(String::as_str), Some("asked: And then?"));
    assert_eq!((asks(&room), room.engines.opened.load(Ordering::Relaxed)), (before, 2));
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_hangs_is_said_within_two_seconds_and_its_words_come_otherwise() {
    let mut room = asked().await;
    room.engines.stream_hangs.store(true, Ordering::Relaxed);
    room.says("I built a harbour from nothing.").await.quiet(2_700).await;
    assert_eq!(room.told(), ["notice: engine_lost speech_to_text"]);
    room.until("thinking").await;
    assert_eq!(room.kept.told()[0], "answered, ended by silence: I built a harbour from nothing.");
}

#[tokio::test(start_paused = true)]
async fn words_interrupt_before_they_have_ended() {
    let mut room = asked_before("Tell me about the largest project that you have ever led to its end.").await;
    room.says("I built a harbour from nothing.").await.until("speaking").await;
    room.kept.told();
    room.says("Sorry I must").await;
    assert!(room.told().contains(&"stops 2".to_owned()), "it was meant, and is not over yet");
    room.says("add something first now.").await.until("thinking").await;
    let kept = room.kept.told();
    let added = "added: Sorry I must add something first now.";
    let answered = "answered, ended by silence: Sorry I must add something first now.";
    assert!(kept.iter().any(|line| line == added || line == answered), "{kept:?}");
    assert_eq!(asks(&room), 0);
}

#[tokio::test(start_paused = true)]
async fn what_was_said_before_an_answer_was_typed_is_not_in_the_next_one() {
    let mut room = asked().await;
    room.says("I built").await.quiet(100).await;
    room.kept.typed("It was a harbour.");
    room.until("speaking").await.until("listening").await;
    room.says("Because it was needed there.").await.until("thinking").await;
    let kept = room.kept.told();
    assert!(
        kept.contains(&"answered, ended by silence: Because it was needed there.".to_owned()),
        "{kept:?}"
    );
}
