//! Stories of answers that outlive their line.

use crate::interview::Kept;
use crate::page::Room;
use greenroom_live::voice::Reason;

const QUESTION: &str = "What are you proud of?";

/// A room in which the first question has been heard.
async fn asked() -> Room {
    let mut room = Room::of(Kept::new(&[QUESTION, "Why was that?"]), std::sync::Arc::default(), "one").await;
    room.until("speaking").await.until("listening").await;
    room.told();
    room.kept.told();
    room
}

/// The last caption of the candidate.
fn caption(room: &Room) -> String {
    let seen = room.seen();
    let last = seen.messages.iter().rfind(|message| message["who"] == "candidate").expect("a caption");
    last["text"].as_str().expect("text").to_owned()
}

#[tokio::test(start_paused = true)]
async fn an_answer_goes_on_after_the_server_was_started_again() {
    let mut room = asked().await;
    room.says("I built a harbour and").await.quiet(400).await;
    room.says("then nobody").await;
    room.stopping.cancel();
    let (kept, engines) = (room.kept.clone(), room.engines.clone());
    let (reason, _) = room.ended().await;
    assert_eq!(reason, Reason::Restart);
    assert_eq!(kept.told(), ["held, 800 ms lost: I built a harbour and"]);
    let mut room = Room::of(kept, engines, "two").await;
    room.until("speaking").await;
    assert_eq!(
        room.told(),
        [format!("interviewer: {QUESTION}").as_str(), "notice: words_kept 800", "plays 1"]
    );
    assert_eq!(caption(&room), "I built a harbour and");
    room.until("listening").await.says("then nobody used it at all.").await.until("thinking").await;
    let whole = "I built a harbour and then nobody used it at all.";
    assert!(room.kept.told().contains(&format!("answered, ended by silence: {whole}")));
    assert!(room.told().contains(&format!("turn 1 by silence: {whole}")));
    assert!(room.kept.state().asked[0].unfinished.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_process_that_dies_costs_the_last_words_of_a_long_answer() {
    let mut room = asked().await;
    for _ in 0..9 {
        room.says("I built one more harbour and").await.quiet(400).await;
    }
    let (kept, engines) = (room.kept.clone(), room.engines.clone());
    room.dies().await;
    let held = kept.told();
    assert_eq!(held.len(), 1, "{held:?}");
    let mut room = Room::of(kept, engines, "two").await;
    room.until("speaking").await;
    assert!(room.told().contains(&"notice: words_kept".to_owned()));
    assert!(caption(&room).starts_with("I built one more harbour and I built"), "{}", caption(&room));
}

#[tokio::test(start_paused = true)]
async fn a_page_that_was_loaded_again_goes_on_with_the_answer() {
    let mut first = asked().await;
    first.says("I built a harbour and").await.quiet(400).await;
    let mut second = Room::of(first.kept.clone(), first.engines.clone(), "two").await;
    assert_eq!(first.ended().await.0, Reason::TakenOver);
    second.until("listening").await;
    assert_eq!(caption(&second), "I built a harbour and");
    second.says("led it too.").await.until("thinking").await;
    let whole = "answered, ended by silence: I built a harbour and led it too.".to_owned();
    assert!(second.kept.told().contains(&whole));
}

#[tokio::test(start_paused = true)]
async fn what_was_held_is_not_added_to_what_is_typed() {
    let mut room = asked().await;
    room.says("I built a harbour and").await.quiet(400).await;
    let (kept, engines) = (room.kept.clone(), room.engines.clone());
    drop(room);
    let mut room = Room::of(kept, engines, "two").await;
    room.until("speaking").await;
    room.kept.typed("It was a harbour.");
    room.quiet(200)
        .await
        .until("listening")
        .await
        .says("It was needed by the town.")
        .await
        .until("thinking")
        .await;
    let kept = room.kept.told();
    assert!(kept.contains(&"typed: It was a harbour.".to_owned()), "{kept:?}");
    assert!(kept.contains(&"answered, ended by silence: It was needed by the town.".to_owned()), "{kept:?}");
}
