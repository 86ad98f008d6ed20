//! The stories.

use crate::engines::Engines;
use crate::interview::Kept;
use crate::page::Room;
use greenroom_domain::interview::{Event, Input};
use greenroom_live::voice::{Reason, Told};
use greenroom_media::link::{FromPage, Transport};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

const QUESTION: &str = "What are you proud of?";

/// A room in which the first question has been heard.
async fn asked(questions: &[&'static str]) -> Room {
    let mut room = Room::with(questions).await;
    room.until("speaking").await.until("listening").await;
    room.told();
    room.kept.told();
    room
}

#[tokio::test(start_paused = true)]
async fn a_whole_interview() {
    let mut room = Room::with(&["Welcome.|What are you proud of?", "What did you learn?"]).await;
    room.until("speaking").await.until("listening").await;
    room.quiet(400).await.says("I built a harbour from nothing.").await.until("speaking").await;
    room.until("listening").await.quiet(300).await.says("Patience is half of it all.").await;
    let kept = room.kept.clone();
    room.until("speaking").await;
    room.quiet(4_000).await;
    let (reason, told) = room.ended().await;
    assert_eq!(reason, Reason::Over);
    assert_eq!(
        kept.told(),
        [
            "heard: Welcome. What are you proud of?",
            "answered, ended by silence: I built a harbour from nothing.",
            "asked: What did you learn?",
            "heard: What did you learn?",
            "answered, ended by silence: Patience is half of it all.",
            "completed",
            "heard: That was the last question. Thank you for your time.",
        ]
    );
    assert_eq!(
        told,
        [
            "interviewer: Welcome. What are you proud of?",
            "plays 1",
            "turn 1 by silence: I built a harbour from nothing.",
            "interviewer: What did you learn?",
            "plays 2",
            "turn 2 by silence: Patience is half of it all.",
            "interviewer: That was the last question. Thank you for your time.",
            "plays 3",
            "closed: over",
        ]
    );
    let state = kept.state();
    let spoken = state.asked[0].responses[0].spoken.clone().expect("it was spoken");
    let words: Vec<&str> = spoken.words.iter().map(|word| word.text.as_str()).collect();
    assert_eq!(words, ["I", "built", "a", "harbour", "from", "nothing."]);
    assert!(
        spoken.words[0].from_ms >= spoken.from_ms && spoken.words[5].to_ms <= spoken.to_ms + 200,
        "{spoken:?}"
    );
    assert_eq!((spoken.line.as_str(), spoken.engine.as_deref()), ("one", Some("test-ears")));
}

#[tokio::test(start_paused = true)]
async fn how_long_a_turn_took_is_told_and_kept() {
    let mut room = asked(&[QUESTION, "Why?"]).await;
    let (_, mut told) = room.kept.follow();
    room.says("I built a harbour from nothing.").await.until("speaking").await.quiet(500).await;
    let mut stages = None;
    while let Ok(Told::Event(logged)) = told.try_recv() {
        if let Event::TurnTimed { stages: kept, .. } = logged.event {
            stages = Some(kept);
        }
    }
    let stages = stages.expect("it is kept");
    // A finished sentence waits 350 ms; the words were asked for after 192 and took 120.
    assert!((340..=380).contains(&stages.turn_end_ms.expect("seen")), "{stages:?}");
    assert!((300..=340).contains(&stages.transcript_final_ms.expect("seen")), "{stages:?}");
    assert!(stages.first_token_ms <= stages.first_audio_ms, "{stages:?}");
    assert!(stages.first_played_ms.expect("seen") <= 480, "{stages:?}");
    let marks = room.seen().messages.iter().find(|message| message["type"] == "marks").cloned();
    assert_eq!(marks.expect("the page is told")["first_audio"].as_u64(), stages.first_audio_ms);
}

#[tokio::test(start_paused = true)]
async fn words_interrupt_and_only_what_was_heard_is_kept() {
    let mut room =
        Room::with(&["Tell me about the largest project that you have ever led to its end.", "Why?"]).await;
    room.until("speaking").await.quiet(1_000).await;
    room.says("Sorry I must say something first now.").await.until("thinking").await;
    let kept = room.kept.told();
    assert!(kept.iter().any(|line| line.starts_with("heard in part: Tell me about the")), "{kept:?}");
    assert!(
        kept.contains(&"answered, ended by silence: Sorry I must say something first now.".to_owned()),
        "{kept:?}"
    );
    let told = room.told();
    assert_eq!(
        told[..2],
        ["interviewer: Tell me about the largest project that you have ever led to its end.", "plays 1"]
    );
    assert!(told.contains(&"stops 1".to_owned()), "{told:?}");
}

#[tokio::test(start_paused = true)]
async fn noise_does_not_and_the_sentence_is_said_again() {
    let mut room = Room::with(&[
        "Welcome to this interview, it is good to see you. What are you most proud of in your work today?",
    ])
    .await;
    room.until("speaking").await.quiet(2_400).await.noise(600).await.until("listening").await;
    let told = room.told();
    assert!(
        told.contains(&"hushes 1".to_owned()) && told.contains(&"resumes 1 at 2000".to_owned()),
        "{told:?}"
    );
    assert_eq!(
        room.kept.told(),
        [
            "heard: Welcome to this interview, it is good to see you. What are you most proud of in your work today?"
        ]
    );
    assert!(room.seen().played_ms > 3_200, "the sentence sounded again");
}

#[tokio::test(start_paused = true)]
async fn what_is_said_after_the_end_belongs_to_the_answer() {
    let mut room = asked(&[QUESTION, "Why?"]).await;
    *room.engines.mouth_ms.lock().expect("nobody panics with it") = 1_500;
    room.says("I built a harbour from nothing.").await.quiet(700).await;
    room.says("And I would do it again.").await.until("speaking").await.until("listening").await;
    assert_eq!(
        room.kept.told(),
        [
            "answered, ended by silence: I built a harbour from nothing.",
            "asked: Why?",
            "added: And I would do it again.",
            "heard: Why?",
        ]
    );
    let state = room.kept.state();
    let response = &state.asked[0].responses[0];
    assert_eq!(response.content, "I built a harbour from nothing. And I would do it again.");
    assert_eq!(response.spoken.as_ref().expect("spoken").words.len(), 12);
}

#[tokio::test(start_paused = true)]
async fn what_is_added_stays_in_its_order_however_slow_the_storage_is() {
    let mut room = asked(&[QUESTION, "Why?"]).await;
    *room.kept.thinks.lock().expect("nobody panics with it") = true;
    *room.kept.stalls.lock().expect("nobody panics with it") = Duration::from_secs(9);
    room.says("I built a harbour.").await.quiet(1_500).await;
    room.says("It took us years.").await.quiet(4_000).await;
    room.says("Ships still call there.").await.quiet(12_000).await;
    let response = &room.kept.state().asked[0].responses[0];
    assert_eq!(response.content, "I built a harbour. It took us years. Ships still call there.");
}

#[tokio::test(start_paused = true)]
async fn an_answer_may_be_typed_at_any_moment() {
    let mut room =
        Room::with(&["Tell me about the largest project that you have ever led.", "Why was that?"]).await;
    room.until("speaking").await.quiet(600).await;
    room.kept.typed("It was a harbour.");
    room.quiet(200).await.until("listening").await;
    let told = room.told();
    assert!(told.contains(&"stops 1".to_owned()) && told.contains(&"plays 2".to_owned()), "{told:?}");
    assert!(!told.iter().any(|line| line.starts_with("turn")), "nothing is answered twice: {told:?}");
    let kept = room.kept.told();
    assert!(kept.contains(&"typed: It was a harbour.".to_owned()), "{kept:?}");
    assert_eq!(kept.last().map(String::as_str), Some("heard: Why was that?"));
}

#[tokio::test(start_paused = true)]
async fn what_was_being_said_when_an_answer_was_typed_is_no_part_of_the_next_one() {
    for streams in [false, true] {
        // Words that had just sounded, and words that were asked for and come later.
        for silence in [0, 220] {
            let engines = Arc::new(Engines::default());
            engines.streams.store(streams, Ordering::Relaxed);
            let mut room = Room::of(Kept::new(&[QUESTION, "Why?", "And then?"]), engines, "one").await;
            room.until("speaking").await.until("listening").await;
            room.says("I built a harbour and").await.quiet(silence).await;
            room.kept.typed("It was a harbour.");
            room.quiet(1_000).await.until("listening").await;
            room.says("It was needed by the town.").await.until("thinking").await;
            let kept = room.kept.told();
            let after = kept.iter().position(|line| line.starts_with("typed")).expect("it is kept");
            assert_eq!(
                kept[after..],
                [
                    "typed: It was a harbour.",
                    "asked: Why?",
                    "heard: Why?",
                    "answered, ended by silence: It was needed by the town.",
                    "asked: And then?",
                ],
                "streams: {streams}, silence: {silence}"
            );
            let words = &room.kept.state().asked[1].responses[0].spoken.clone().expect("spoken").words;
            assert_eq!(words.len(), 6, "{words:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_key_ends_a_turn_at_once() {
    let mut room = asked(&[QUESTION, "Why?"]).await;
    room.says("A harbour and").await;
    room.message(r#"{"type":"done"}"#).await;
    // "and" would be waited for 2.5 s.
    room.quiet(600).await;
    assert_eq!(room.kept.told()[0], "answered, ended by the key: A harbour and");
}

#[tokio::test(start_paused = true)]
async fn who_asks_to_hear_it_again_has_not_answered() {
    let mut room = asked(&["Welcome.|What are you proud of?", "Why?"]).await;
    room.says("Sorry, could you repeat that please?").await.until("speaking").await.until("listening").await;
    let told = room.told();
    assert!(told.contains(&"interviewer: What are you proud of?".to_owned()), "{told:?}");
    let kept = room.kept.told();
    assert!(kept.iter().all(|line| !line.starts_with("answered")), "{kept:?}");
    room.message(r#"{"type":"repeat"}"#).await;
    room.until("speaking").await;
    assert!(room.told().contains(&"interviewer: What are you proud of?".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn a_model_is_heard_while_it_still_writes() {
    let mut room = asked(&[QUESTION, "That was brave.|What did you learn?"]).await;
    *room.kept.thinks.lock().expect("nobody panics with it") = true;
    room.says("I built a harbour from nothing.").await.until("thinking").await;
    room.kept.tell(Told::Draft("That was brave. What".into()));
    room.until("speaking").await.quiet(300).await;
    assert!(room.seen().played_ms > 0, "it sounds before the question is on the log");
    room.kept.goes_on();
    room.until("listening").await;
    let kept = room.kept.told();
    assert_eq!(
        kept.last().map(String::as_str),
        Some("heard: That was brave. What did you learn?"),
        "{kept:?}"
    );
    let sentences: Vec<String> = room
        .seen()
        .messages
        .iter()
        .filter(|message| message["type"] == "sentence" && message["reply"] == 2)
        .map(|message| message["text"].as_str().expect("text").to_owned())
        .collect();
    assert_eq!(sentences, ["That was brave.", "What did you learn?"], "nothing is said twice");
}

#[tokio::test(start_paused = true)]
async fn a_line_that_breaks_in_an_answer_costs_nothing() {
    let mut room = asked(&[QUESTION, "Why?"]).await;
    room.says("I built a harbour").await;
    room.sends(FromPage::Lost).await;
    room.nothing_comes(9_000).await;
    room.sends(FromPage::Back { transport: Transport::Websocket }).await;
    room.says("from nothing at all.").await.until("thinking").await;
    assert_eq!(room.kept.told()[0], "answered, ended by silence: I built a harbour from nothing at all.");
}

#[tokio::test(start_paused = true)]
async fn a_line_that_breaks_in_a_question_goes_on_with_its_sentence() {
    let mut room = Room::with(&["Welcome to this interview. What are you proud of?"]).await;
    room.until("speaking").await.quiet(1_200).await;
    room.sends(FromPage::Lost).await;
    room.nothing_comes(3_000).await;
    room.sends(FromPage::Back { transport: Transport::Websocket }).await;
    room.until("listening").await;
    let told = room.told();
    assert!(
        told.contains(&"hushes 1".to_owned()) && told.contains(&"resumes 1 at 800".to_owned()),
        "{told:?}"
    );
    assert_eq!(room.kept.told(), ["heard: Welcome to this interview. What are you proud of?"]);
}

#[tokio::test(start_paused = true)]
async fn a_new_line_begins_at_the_same_question() {
    let room = asked(&["Welcome.|What are you proud of?", "Why?"]).await;
    let (kept, engines) = (room.kept.clone(), room.engines.clone());
    drop(room);
    let mut room = Room::of(kept, engines, "two").await;
    room.until("speaking").await.until("listening").await;
    assert_eq!(room.told(), ["interviewer: What are you proud of?", "plays 1"], "without the welcome");
    room.says("I built a harbour from nothing.").await.until("thinking").await;
    assert_eq!(room.kept.told()[0], "answered, ended by silence: I built a harbour from nothing.");
}

#[tokio::test(start_paused = true)]
async fn another_page_takes_over() {
    let first = asked(&[QUESTION, "Why?"]).await;
    let mut second = Room::of(first.kept.clone(), first.engines.clone(), "two").await;
    second.until("speaking").await;
    let (reason, told) = first.ended().await;
    assert_eq!(reason, Reason::TakenOver);
    assert_eq!(told, ["closed: taken_over"]);
}

#[tokio::test(start_paused = true)]
async fn without_a_voice_the_question_is_read() {
    let mut room = asked(&[QUESTION, "Why was that?", "And then?"]).await;
    room.engines.is_mute.store(true, Ordering::Relaxed);
    room.says("I built a harbour from nothing.").await.until("thinking").await.until("listening").await;
    let told = room.told();
    assert_eq!(
        told[1..],
        ["interviewer: Why was that?", "plays 2", "notice: engine_lost test-mouth", "notice: read_instead"]
    );
    // The interview goes on, and the voice is back when the engine is.
    room.engines.is_mute.store(false, Ordering::Relaxed);
    room.says("It was needed by the town.").await.until("speaking").await.until("listening").await;
    assert!(room.told().contains(&"plays 3".to_owned()));
    assert_eq!(room.kept.told().iter().filter(|line| line.starts_with("heard:")).count(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_voice_that_hangs_is_given_up_within_two_seconds() {
    let mut room = asked(&[QUESTION, "Why was that? Who helped you?"]).await;
    *room.engines.mouth_ms.lock().expect("nobody panics with it") = 60_000;
    room.says("I built a harbour from nothing.").await.until("thinking").await.quiet(2_000).await;
    let told = room.told();
    assert!(told.contains(&"notice: engine_lost text_to_speech".to_owned()), "{told:?}");
    assert!(told.contains(&"notice: read_instead".to_owned()), "{told:?}");
    room.until("listening").await;
}

#[tokio::test(start_paused = true)]
async fn without_ears_the_candidate_is_told_and_types() {
    let mut room = asked(&[QUESTION, "Why?"]).await;
    room.engines.is_deaf.store(true, Ordering::Relaxed);
    room.says("I built a harbour").await.quiet(800).await;
    let told = room.told();
    assert_eq!(told, ["notice: engine_lost test-ears", "notice: not_understood"]);
    room.kept.typed("I built a harbour.");
    room.until("speaking").await;
    assert_eq!(room.kept.told()[0], "typed: I built a harbour.");
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_cannot_be_stored_is_not_passed_over() {
    let mut room = asked(&[QUESTION, "Why?"]).await;
    *room.kept.refuses.lock().expect("nobody panics with it") = true;
    room.says("I built a harbour from nothing.").await.quiet(600).await.until("listening").await;
    assert!(room.told().contains(&"notice: answer_not_kept".to_owned()));
    *room.kept.refuses.lock().expect("nobody panics with it") = false;
    room.says("I built a harbour from nothing.").await.until("thinking").await;
    assert_eq!(room.kept.told()[0], "answered, ended by silence: I built a harbour from nothing.");
}

#[tokio::test(start_paused = true)]
async fn who_says_nothing_is_helped_and_then_left_in_peace() {
    let mut room = asked(&[QUESTION]).await;
    room.quiet(125_000).await;
    assert_eq!(room.told(), ["reassures: take_your_time", "reassures: repeat_or_type", "notice: paused"]);
    assert_eq!(room.kept.told(), ["paused"]);
    // Nobody listens in a pause.
    room.says("Is anybody there at all?").await.quiet(2_000).await;
    assert_eq!(room.kept.told(), Vec::<String>::new());
    room.kept.wish(Input::Resume).expect("it was paused");
    room.says("I built a harbour from nothing.").await.until("thinking").await;
    assert_eq!(room.kept.told()[1], "answered, ended by silence: I built a harbour from nothing.");
}

#[tokio::test(start_paused = true)]
async fn who_types_is_not_taken_for_gone() {
    let mut room = asked(&[QUESTION, "Why?"]).await;
    for _ in 0..30 {
        room.message(r#"{"type":"typing"}"#).await;
        room.quiet(5_000).await;
    }
    assert_eq!(room.told(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn a_line_that_is_opened_in_a_pause_waits_for_its_end() {
    let kept = Kept::new(&[QUESTION, "Why?"]);
    kept.wish(Input::Pause).expect("it runs");
    let mut room = Room::of(kept, std::sync::Arc::default(), "one").await;
    room.quiet(2_000).await;
    assert_eq!(room.told(), ["notice: paused"]);
    room.kept.wish(Input::Resume).expect("it was paused");
    room.until("speaking").await.until("listening").await;
    assert_eq!(room.told(), [format!("interviewer: {QUESTION}"), "plays 1".to_owned()]);
}

#[tokio::test(start_paused = true)]
async fn a_page_that_says_nothing_of_what_it_plays_holds_nobody_up() {
    let mut room = Room::with(&[QUESTION]).await;
    room.seen().is_silent_about_it = true;
    room.until("listening").await;
    assert_eq!(room.kept.told(), ["heard: What are you proud of?"]);
}

#[tokio::test(start_paused = true)]
async fn a_weak_network_is_mentioned_once() {
    let room = asked(&[QUESTION]).await;
    for loss in [0.0, 0.2, 0.2, 0.01, 0.3] {
        room.loses(loss).await;
    }
    room.nothing_comes(200).await;
    assert_eq!(room.told(), ["notice: network_weak", "notice: network_weak"]);
}

#[tokio::test(start_paused = true)]
async fn a_page_that_leaves_loses_nothing_that_was_heard() {
    let mut room =
        Room::with(&["Tell me about the largest project that you have ever led to its end."]).await;
    room.until("speaking").await.quiet(1_000).await;
    room.message(r#"{"type":"bye"}"#).await;
    let kept = room.kept.clone();
    let (reason, _) = room.ended().await;
    assert_eq!(reason, Reason::Left);
    assert!(kept.told().iter().any(|line| line.starts_with("heard in part: Tell me about")));
}

#[tokio::test(start_paused = true)]
async fn a_question_of_the_bank_is_said_as_to_everybody_and_what_leads_in_to_one_person() {
    let mut room = asked(&["I see, you built a harbour.|What did you learn, and who helped?"]).await;
    room.quiet(20).await;
    assert_eq!(
        room.engines.for_all.lock().expect("nobody panics with it")[..],
        ["What did you learn, and who helped?"]
    );
}
