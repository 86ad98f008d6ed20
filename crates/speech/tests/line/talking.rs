//! Lines of models that hear and speak.

use crate::scripted::{Act, BUSY, Scripted};
use futures::StreamExt;
use greenroom_speech::realtime::{Conversation, SpeechToSpeech, SpokenTo, TalkLine};
use greenroom_speech::{EngineCircuits, Kind, TalkPrice, Task};
use std::sync::Arc;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(1);

fn line(models: &[&Arc<Scripted>], circuits: &EngineCircuits) -> TalkLine {
    priced(models, None, circuits)
}

fn priced(models: &[&Arc<Scripted>], price: Option<TalkPrice>, circuits: &EngineCircuits) -> TalkLine {
    let models = models.iter().map(|model| (Arc::clone(model) as Arc<dyn SpeechToSpeech>, price));
    TalkLine::new(models.collect(), PATIENCE, circuits).expect("there are some")
}

fn conversation() -> Conversation {
    Conversation { instructions: "You interview.".to_owned(), voice: "ana".to_owned(), language: None }
}

#[tokio::test]
async fn the_first_that_lets_itself_be_opened_holds_the_conversation() {
    let (busy, good) = (Scripted::new("talk-busy", &[BUSY]), Scripted::new("talk-good", &[Act::Answer]));
    let line = line(&[&busy, &good], &EngineCircuits::default());
    let mut talking = line.open(conversation()).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(talking.engine, "talk-good");
    talking.voice.say("Ask.".to_owned()).expect("it listens");
    let events: Vec<SpokenTo> = talking.events.by_ref().take(3).map(Result::unwrap).collect().await;
    assert!(matches!(events[2], SpokenTo::Ended { complete: true, .. }), "{events:?}");
    let health =
        |name| greenroom_telemetry::speech::health(Task::Realtime.as_str(), name).expect("it was asked");
    let good = health("talk-good");
    assert_eq!((good.answered, good.failed, good.unpriced), (1, 0, 1), "its price is not known");
    assert_eq!((health("talk-busy").failed, health("talk-busy").last), (1, "unavailable"));
}

#[tokio::test]
async fn what_replies_took_is_counted_in_money_where_the_price_is_known() {
    let price = TalkPrice { text_in: 4.0, sound_in: 32.0, again: 0.4, text_out: 16.0, sound_out: 64.0 };
    for (name, price, (micros, unpriced)) in
        [("talk-priced", Some(price), (2 * 8_000, 0)), ("talk-unpriced", None, (0, 2))]
    {
        let line = priced(&[&Scripted::new(name, &[Act::Counted])], price, &EngineCircuits::default());
        let mut talking = line.open(conversation()).await.unwrap_or_else(|error| panic!("{error}"));
        for _ in 0..2 {
            talking.voice.say("Ask.".to_owned()).expect("it listens");
            assert_eq!(talking.events.by_ref().take(4).collect::<Vec<_>>().await.len(), 4);
        }
        let health =
            greenroom_telemetry::speech::health(Task::Realtime.as_str(), name).expect("it was asked");
        assert_eq!((health.answered, health.micros, health.unpriced), (2, micros, unpriced), "{name}");
    }
}

#[tokio::test]
async fn one_that_fails_too_often_is_asked_last_until_it_is_back() {
    let (broken, good) =
        (Scripted::new("talk-broken", &[Act::Break]), Scripted::new("talk-reserve", &[Act::Answer]));
    let line = line(&[&broken, &good], &EngineCircuits::default());
    for _ in 0..5 {
        let mut talking = line.open(conversation()).await.unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(talking.engine, "talk-broken");
        talking.voice.say("Ask.".to_owned()).expect("it listens");
        let last = talking.events.by_ref().take(3).collect::<Vec<_>>().await.pop().expect("an event");
        assert_eq!(last.expect_err("it broke off").kind, Kind::BrokenStream);
    }
    let talking = line.open(conversation()).await.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(talking.engine, "talk-reserve");
}

#[tokio::test]
async fn when_all_fail_it_is_said_who_was_asked() {
    let (one, two) = (Scripted::new("talk-one", &[BUSY]), Scripted::new("talk-two", &[BUSY]));
    let error = line(&[&one, &two], &EngineCircuits::default()).open(conversation()).await.err();
    assert!(error.expect("all fail").message.contains("talk-one unavailable, talk-two unavailable"));
    assert!(TalkLine::new(Vec::new(), PATIENCE, &EngineCircuits::default()).is_none());
}
