//! Stories with one model that hears and speaks.

use crate::engines::{Engines, TestDetector, TestEars};
use crate::interview::Kept;
use crate::model::{Flaw, Model, TestModel};
use crate::page::Room;
use greenroom_domain::interview::Personality;
use greenroom_live::voice::{Duplex, Ears, Manner, Reason, Talker};
use std::sync::Arc;
use std::sync::atomic::Ordering;

const QUESTION: &str = "What are you proud of?";
const NEXT: &str = "Which decision of your team did you disagree with?";
const ANSWER: &str = "I built a harbour from nothing.";

/// A room with a model that hears and speaks.
async fn room(questions: &[&'static str], flaw: Flaw) -> (Room, Arc<TestModel>) {
    let engines = Arc::<Engines>::default();
    let model = Arc::new(TestModel::with(engines.clone()));
    model.flaw(flaw);
    let manner =
        Manner { personality: Personality::Professional, language: "en".to_owned(), voice: "ben".to_owned() };
    let ordinary = Arc::new(TestEars(engines.clone()));
    let (duplex, work) = Duplex::of(Arc::new(Model(model.clone())), manner, Some(ordinary));
    tokio::spawn(work);
    let both = (duplex.clone() as Arc<dyn Ears>, Some(duplex as Arc<dyn Talker>));
    let room =
        Room::talking(Kept::new(questions), engines, "one", both, Box::new(TestDetector::default())).await;
    (room, model)
}

/// A room in which the model has asked the first question.
async fn asked(questions: &[&'static str]) -> (Room, Arc<TestModel>) {
    let (mut room, model) = room(questions, Flaw::None).await;
    room.until("speaking").await.until("listening").await;
    room.told();
    room.kept.told();
    model.told();
    (room, model)
}

/// How often ordinary engines heard and spoke.
fn asks(room: &Room) -> u64 {
    room.engines.asks.load(Ordering::Relaxed)
}

#[tokio::test(start_paused = true)]
async fn a_whole_interview_in_the_words_of_the_model() {
    let (mut room, model) = room(&["Welcome.|What are you proud of?", NEXT], Flaw::None).await;
    room.until("speaking").await.until("listening").await;
    room.quiet(400).await.says(ANSWER).await.until("speaking").await;
    room.until("listening").await.quiet(300).await.says("The one to leave the town.").await;
    let (kept, engines) = (room.kept.clone(), room.engines.clone());
    room.until("speaking").await;
    room.quiet(6_000).await;
    let asks = asks(&room);
    let (reason, told) = room.ended().await;
    assert_eq!(reason, Reason::Over);
    let farewell = "That was the last question. Thank you for your time.";
    assert_eq!(
        kept.told(),
        [
            "heard: Welcome. What are you proud of?".to_owned(),
            format!("answered, ended by silence: {ANSWER}"),
            format!("asked: {NEXT}"),
            format!("heard: I see. {NEXT}"),
            "answered, ended by silence: The one to leave the town.".to_owned(),
            "completed".to_owned(),
            format!("heard: {farewell}"),
        ],
        "the question is the log's, and what was heard is the model's"
    );
    assert!(told.contains(&format!("interviewer: I see. {NEXT}")), "{told:?}");
    assert!(told.iter().all(|line| !line.starts_with("notice")), "{told:?}");
    assert_eq!(
        model.told(),
        [
            "opens with ben".to_owned(),
            "says 0: Welcome. What are you proud of?".to_owned(),
            format!("hears 0: {ANSWER}"),
            format!("says 1: I see. {NEXT}"),
            "hears 1: The one to leave the town.".to_owned(),
            format!("says 2: {farewell}"),
        ]
    );
    let state = kept.state();
    let spoken = state.asked[0].responses[0].spoken.as_ref().expect("it was spoken");
    assert_eq!(spoken.engine.as_deref(), Some("test-model"));
    assert_eq!(asks, 0, "nobody else was asked");
    assert!(engines.for_all.lock().expect("nobody panics with it").is_empty(), "nothing of it is kept");
}

#[tokio::test(start_paused = true)]
async fn who_cuts_in_is_heard_and_the_model_learns_how_much_of_it_was() {
    let (mut room, model) = asked(&[QUESTION, NEXT, "And then?"]).await;
    room.says(ANSWER).await.until("speaking").await;
    room.quiet(600).await;
    room.kept.told();
    room.says("Sorry I must add something to that.").await.until("thinking").await;
    let kept = room.kept.told();
    let part = kept.iter().find_map(|line| line.strip_prefix("heard in part: ")).expect("a part");
    let part = part.strip_suffix(" …").unwrap_or(part);
    assert!(part.len() > 6 && format!("I see. {NEXT}").starts_with(part), "{kept:?}");
    let told = model.told();
    let cut = told.iter().find_map(|line| line.strip_prefix("stops 1 at ")).expect("it is told");
    let cut: u64 = cut.parse().expect("ms");
    assert!((600..2_200).contains(&cut), "{told:?}");
}

#[tokio::test(start_paused = true)]
async fn a_noise_costs_a_sentence_and_the_model_nothing() {
    let (mut room, model) = asked(&[QUESTION, NEXT]).await;
    room.says(ANSWER).await.until("speaking").await.quiet(600).await;
    room.noise(900).await.until("listening").await;
    let kept = room.kept.told();
    assert!(kept.contains(&format!("heard: I see. {NEXT}")), "{kept:?}");
    let told = room.told();
    let resumed = told.iter().find_map(|line| line.strip_prefix("resumes 2 at ")).expect("it goes on");
    assert!(resumed.parse::<u64>().expect("ms") > 0, "from its sentence, not from its beginning: {told:?}");
    assert!(model.told().iter().all(|line| !line.starts_with("stops")));
}

#[tokio::test(start_paused = true)]
async fn a_question_that_was_not_asked_is_said_to_count_as_written() {
    for (instead, is_noticed) in [
        ("I see. And which of your team's decisions have you disagreed with?", false),
        ("I see. And are you married, by the way?", true),
    ] {
        let (mut room, model) = asked(&[QUESTION, NEXT]).await;
        *model.says_instead.lock().expect("nobody panics with it") = Some(instead.to_owned());
        room.says(ANSWER).await.until("speaking").await.until("listening").await;
        assert_eq!(room.told().contains(&"notice: as_written".to_owned()), is_noticed, "{instead}");
        let kept = room.kept.told();
        assert!(kept.contains(&format!("asked: {NEXT}")), "the log has the plan's: {kept:?}");
        assert!(kept.contains(&format!("heard: {instead}")), "and what was heard: {kept:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn when_it_breaks_off_in_a_sentence_another_voice_asks_the_question() {
    let (mut room, model) = asked(&[QUESTION, NEXT]).await;
    model.flaw(Flaw::BreaksAfter(4));
    room.says(ANSWER).await.until("speaking").await;
    let before = room.seen().played_ms;
    // Four words of the model, and all nine of the question.
    room.quiet(4 * 200 + 9 * 200 + 300).await;
    assert!(room.seen().played_ms - before >= 13 * 200, "no gap of seconds");
    room.until("listening").await;
    let told = room.told();
    assert!(told.contains(&"notice: realtime_lost test-model".to_owned()), "{told:?}");
    assert!(room.kept.told().contains(&format!("heard: I see. Which decision {NEXT}")));
    // From then on the ordinary engines hear and speak.
    room.says("The one to leave the town.").await.until("thinking").await;
    assert!(asks(&room) > 0);
    assert!(room.kept.told().contains(&"answered, ended by silence: The one to leave the town.".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn when_it_breaks_off_in_an_answer_not_a_word_is_lost() {
    let (mut room, model) = asked(&[QUESTION, NEXT, "And then?"]).await;
    room.says("I built a").await;
    model.flaw(Flaw::BreaksWhenItHears);
    room.says("harbour from nothing.").await.until("thinking").await;
    assert_eq!(room.kept.told()[0], format!("answered, ended by silence: {ANSWER}"));
    let state = room.kept.state();
    let spoken = state.asked[0].responses[0].spoken.as_ref().expect("it was spoken");
    assert_eq!(spoken.engine.as_deref(), Some("test-ears"));
    room.until("speaking").await.until("listening").await;
    let told = room.told();
    assert_eq!(told.iter().filter(|line| line.starts_with("notice")).count(), 1, "{told:?}");
    assert!(told.contains(&"notice: realtime_lost test-model".to_owned()), "{told:?}");
    assert!(room.kept.told().contains(&format!("heard: {NEXT}")), "as it is written");
}

#[tokio::test(start_paused = true)]
async fn who_is_late_is_waited_for_less_than_two_seconds() {
    for flaw in [Flaw::NeverSpeaks, Flaw::NeverHears] {
        let (mut room, model) = asked(&[QUESTION, NEXT]).await;
        model.flaw(flaw);
        room.says(ANSWER).await.until("thinking").await;
        let before = room.seen().played_ms;
        assert!(room.kept.told().contains(&format!("answered, ended by silence: {ANSWER}")), "{flaw:?}");
        room.quiet(2_000).await;
        assert!(room.seen().played_ms > before, "{flaw:?}: somebody speaks by then");
        assert!(room.told().contains(&"notice: realtime_lost test-model".to_owned()), "{flaw:?}");
        room.until("listening").await;
        assert!(room.kept.told().contains(&format!("heard: {NEXT}")), "{flaw:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_conversation_that_never_opens_costs_less_than_two_seconds() {
    let (mut room, _) = room(&[QUESTION], Flaw::NeverOpens).await;
    room.quiet(2_000).await;
    assert!(room.seen().played_ms > 0, "the first question sounds");
    assert!(room.told().contains(&"notice: realtime_lost test-model".to_owned()));
    room.until("listening").await.says(ANSWER).await.until("thinking").await;
    assert!(room.kept.told().contains(&format!("answered, ended by silence: {ANSWER}")));
}

#[tokio::test(start_paused = true)]
async fn an_utterance_that_it_cannot_write_down_is_heard_by_others_and_it_goes_on() {
    let (mut room, model) = asked(&[QUESTION, NEXT]).await;
    model.flaw(Flaw::CannotWrite);
    room.says(ANSWER).await.until("thinking").await.until("speaking").await.until("listening").await;
    assert!(asks(&room) > 0);
    let kept = room.kept.told();
    assert!(kept.contains(&format!("answered, ended by silence: {ANSWER}")), "{kept:?}");
    assert!(kept.contains(&format!("heard: I see. {NEXT}")), "it goes on speaking: {kept:?}");
    assert!(room.told().iter().all(|line| !line.starts_with("notice")));
}

#[tokio::test(start_paused = true)]
async fn what_was_typed_is_not_taken_up_as_if_it_had_been_heard() {
    let (mut room, model) = asked(&[QUESTION, NEXT]).await;
    room.kept.typed(ANSWER);
    room.until("speaking").await.until("listening").await;
    assert_eq!(model.told(), [format!("says 1: {NEXT}")]);
}

#[tokio::test(start_paused = true)]
async fn the_question_is_said_again_on_request() {
    let (mut room, model) = asked(&[QUESTION, NEXT]).await;
    room.message(r#"{"type":"repeat"}"#).await;
    room.until("speaking").await.until("listening").await;
    assert_eq!(model.told(), [format!("says 1: {QUESTION}")]);
}

#[tokio::test(start_paused = true)]
async fn the_conversation_with_it_ends_with_the_line() {
    let (room, model) = asked(&[QUESTION, NEXT]).await;
    let before = Arc::strong_count(&model);
    room.message(r#"{"type":"bye"}"#).await;
    assert_eq!(room.ended().await.0, Reason::Left);
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    assert!(Arc::strong_count(&model) < before, "nobody holds it any more");
}
