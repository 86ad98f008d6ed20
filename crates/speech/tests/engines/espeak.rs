//! espeak-ng itself.

use crate::server::{hear, listen, say, voice};
use greenroom_speech::{Kind, Say};
use std::collections::HashSet;

#[tokio::test]
async fn speaks_without_silence_in_front() {
    let sound = listen(&*voice(""), "Good morning.").await.unwrap();
    assert!((400..2500).contains(&sound.ms()), "{sound:?}");
    let first = sound.samples().iter().position(|sample| sample.unsigned_abs() > 100).unwrap();
    assert!(first < 2400, "it begins after {first} samples");
}

#[tokio::test]
async fn interviewers_sound_different_and_each_is_the_same_twice() {
    let voice = voice("");
    let mut heard = HashSet::new();
    for one in voice.voices().to_vec() {
        let say = Say { voice: one.id.clone(), ..say("Tell me about it.") };
        let sound = hear(&*voice, say.clone()).await.unwrap();
        assert_eq!(sound, hear(&*voice, say).await.unwrap(), "{}", one.name);
        assert!(heard.insert(sound.samples().to_vec()), "{} sounds like another", one.name);
    }
    assert!(heard.len() >= 4);
}

#[tokio::test]
async fn pace_and_language_are_heard() {
    let voice = voice("");
    let long = |pace| Say { pace, ..say("What would you do differently if you began again today?") };
    let (slow, fast) = (hear(&*voice, long(0.7)).await.unwrap(), hear(&*voice, long(1.4)).await.unwrap());
    assert!(slow.ms() > fast.ms() * 3 / 2, "{slow:?} {fast:?}");
    let in_language = |language: &str| Say { language: language.to_owned(), ..say("Information") };
    let (english, german) =
        (hear(&*voice, in_language("en")).await.unwrap(), hear(&*voice, in_language("de-AT")).await.unwrap());
    assert_ne!(english, german);
    assert_eq!(hear(&*voice, in_language("tlh")).await, Err((Kind::NotFound, 0)));
}

#[tokio::test]
async fn a_text_is_never_a_command() {
    let voice = voice("");
    let plain = listen(&*voice, "list").await.unwrap();
    for text in [
        "--version",
        "-f /etc/passwd",
        "$(touch a) `touch b` ; touch c",
        "<speak>hello</speak>",
        "[[h@l'oU]]",
        "\u{1}5S quick",
    ] {
        let sound = listen(&*voice, text).await.unwrap();
        assert!(sound.ms() > 200 && sound != plain, "{text}");
    }
}

#[tokio::test]
async fn a_missing_program_is_told_in_words() {
    let gone = voice("[to_speech.engines.espeak]\nprotocol = 'espeak'\ncommand = ['/nowhere/espeak-ng']");
    let error = gone.speak(say("Yes.")).await.err().expect("it is not there");
    assert_eq!(error.kind, Kind::NotFound);
    assert!(error.message.contains("apt-get install espeak-ng"), "{error}");
}
