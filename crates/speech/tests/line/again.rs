//! Sentences that are kept.

use crate::scripted::{Act, BUSY, Scripted};
use crate::speaking::{hear, line, say};
use greenroom_speech::{Kept, Say, TextToSpeech};
use std::sync::Arc;

#[tokio::test(start_paused = true)]
async fn a_sentence_is_spoken_once() {
    let first = Scripted::new("first", &[Act::Answer]);
    let kept = Kept::new(Arc::new(line(&[&first])), "first", 1 << 20);
    for _ in 0..3 {
        assert_eq!(hear(&kept).await.unwrap(), ("first".to_owned(), 200));
    }
    assert_eq!(first.times(), 1);
    assert_eq!(hear(&**kept.inner()).await.unwrap().1, 200);
    assert_eq!(first.times(), 2, "what is said to one person goes around it");
}

#[tokio::test(start_paused = true)]
async fn neither_half_a_sentence_nor_another_engines_is_kept() {
    let first = Scripted::new("first", &[Act::Break, BUSY, Act::Answer]);
    let second = Scripted::new("second", &[Act::Answer]);
    let kept = Kept::new(Arc::new(line(&[&first, &second])), "first", 1 << 20);
    hear(&kept).await.expect_err("it broke off");
    assert_eq!(hear(&kept).await.unwrap().0, "second");
    assert_eq!(hear(&kept).await.unwrap().0, "first");
    assert_eq!(hear(&kept).await.unwrap().0, "first");
    assert_eq!(first.times(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_sentence_that_nobody_hears_to_its_end_is_not_kept_and_memory_is_bounded() {
    use futures::StreamExt;
    let first = Scripted::new("first", &[Act::Answer]);
    let kept = Kept::new(Arc::new(line(&[&first])), "first", 1 << 20);
    kept.speak(say("Tell me more.")).await.unwrap().sound.next().await.unwrap().unwrap();
    hear(&kept).await.unwrap();
    assert_eq!(first.times(), 2);
    let tiny = Kept::new(Arc::new(line(&[&first])), "first", 1000);
    for _ in 0..2 {
        hear(&tiny).await.unwrap();
    }
    assert_eq!(first.times(), 4, "a sentence has more bytes than may be kept");
}

#[test]
fn sentences_differ_by_voice_language_pace_and_words() {
    let kept = Kept::new(Arc::new(line(&[&Scripted::new("first", &[Act::Answer])])), "first", 1000);
    let others = [
        say("ab"),
        say("abc"),
        Say { voice: "b".to_owned(), ..say("ab") },
        Say { language: "de".to_owned(), ..say("ab") },
        Say { pace: 1.1, ..say("ab") },
    ];
    let keys: std::collections::HashSet<_> = others.iter().map(|other| kept.key(other)).collect();
    assert_eq!(keys.len(), others.len());
}
