//! One model that hears and speaks, as a service on this machine plays it: the whole interview, its end in the middle of
//! an answer, and whose consent it needs.

use crate::conversation::{events, of_kind, start};
use crate::page::Page;
use crate::realtime_peer::{KEY, Peer};
use crate::speaker::{Prompted, rooms, spoken};
use axum::http::StatusCode;
use greenroom_live::voice::VoiceRooms;
use greenroom_speech::realtime::Realtime;
use greenroom_speech::{RealtimeEngine, Timeouts};
use greenroom_testkit::{Client, at};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

const ANSWERS: [&str; 3] = [
    "I built the billing service of a harbour.",
    "We stored a key with each result.",
    "So nobody was ever charged twice.",
];

/// Rooms with a model at `url`, and `ears` for when it does not hear. It has far longer than a real one: this
/// machine plays both sides.
fn rooms_with(url: &str, private: bool, ears: Arc<Prompted>) -> VoiceRooms {
    let engine = RealtimeEngine {
        name: "lab".to_owned(),
        base_url: url.to_owned(),
        api_key: Some(KEY.to_owned().into()),
        model: "gpt-realtime".to_owned(),
        transcriber: "gpt-4o-mini-transcribe".to_owned(),
        voices: BTreeMap::new(),
        price: None,
        private,
    };
    let patience = Duration::from_secs(20);
    let timeouts = Timeouts { first: patience, next: patience, words: patience };
    let model = Realtime::new(engine, timeouts).expect("a valid address");
    rooms(ears).with_realtime(Arc::new(model))
}

async fn open(client: &Client, session: &Value) -> Page {
    let to = client.listen().await;
    Page::open_at(client, to, session, "?realtime=true").await.expect("a line")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interview_is_held_in_the_words_of_the_model_and_kept_in_ours() {
    let (ears, peer) = (Prompted::new(), Peer::start().await);
    let client = Client::speaking(rooms_with(&peer.url, true, ears.clone())).await;
    let session = start(&client).await;
    let mut page = open(&client, &session).await;
    let mut answered = 0;
    for answer in ANSWERS.iter().cycle() {
        let is_next = |message: &Value| message["type"] == "closed" || message["phase"] == "listening";
        if page.until(is_next).await["type"] == "closed" {
            break;
        }
        let pcm = spoken(answer).await;
        peer.expect(answer, &pcm);
        page.speak(&pcm, 900).await;
        let turn = page.until(|message| message["type"] == "turn").await;
        assert_eq!(turn["text"], *answer, "{turn}");
        answered += 1;
        assert!(answered < 12, "it ends some time");
    }
    assert!(answered >= 2, "{answered} answers");
    assert_eq!(page.told.last().expect("the last word")["reason"], "over");
    assert!(page.told.iter().all(|message| message["notice"] != "realtime_lost"), "{:#?}", page.told);
    let events = events(&client, &session).await;
    let answers = of_kind(&events, "answer_received");
    assert_eq!(answers.len(), answered);
    assert_eq!(answers[0]["response"]["content"], ANSWERS[0]);
    assert_eq!(answers[0]["response"]["spoken"]["engine"], "lab");
    // The question is the plan's; what was heard is what the model said.
    let (asked, heard) = (of_kind(&events, "question_asked"), of_kind(&events, "reply_heard"));
    assert_eq!(heard.len(), asked.len() + 1, "all questions and the farewell: {heard:#?}");
    let said = peer.said();
    for (heard, said) in heard.iter().zip(&said) {
        assert_eq!((&heard["heard"]["text"], &heard["heard"]["is_whole"]), (&json!(said), &json!(true)));
    }
    assert!(said[1].starts_with("I see. "), "{said:?}");
    assert_eq!(ears.asked.load(std::sync::atomic::Ordering::Relaxed), 0, "nobody else heard");
    // The key is the server's, and a person's words are in no instruction.
    let (header, instructions) = peer.told();
    assert_eq!(header, format!("Bearer {KEY}"));
    assert!(instructions.iter().all(|text| ANSWERS.iter().all(|answer| !text.contains(answer))));
    let all = format!("{:?}{events:?}", page.told);
    assert!(!all.contains(KEY));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_ends_in_an_answer_leaves_it_to_the_other_engines() {
    let (ears, peer) = (Prompted::new(), Peer::start().await);
    let client = Client::speaking(rooms_with(&peer.url, true, ears.clone())).await;
    let session = start(&client).await;
    let mut page = open(&client, &session).await;
    page.until_phase("listening").await;
    let pcm = spoken(ANSWERS[0]).await;
    ears.expect(ANSWERS[0], &pcm);
    peer.hang_up();
    page.speak(&pcm, 900).await;
    let turn = page.until(|message| message["type"] == "turn").await;
    assert_eq!(turn["text"], ANSWERS[0], "{turn}");
    let notice = page.until(|message| message["notice"] == "realtime_lost").await;
    assert_eq!(notice["engine"], "lab");
    let before = page.heard_ms;
    page.until_phase("listening").await;
    assert!(page.heard_ms > before, "another voice asks");
    let events = events(&client, &session).await;
    let answer = &of_kind(&events, "answer_received")[0]["response"];
    assert_eq!(answer["spoken"]["engine"], "prompted");
}

/// Agrees, or withdraws.
async fn agree(client: &Client, agrees: bool) {
    let path = "/api/users/me/consents/speech_vendor";
    let (status, body) = if agrees {
        let (_, texts) = client.call("GET", "/api/consents", None).await;
        let texts = texts["items"].as_array().expect("texts").clone();
        let text = texts.iter().find(|text| text["purpose"] == "speech_vendor").expect("a text");
        client.call("PUT", path, Some(json!({"version": text["version"]}))).await
    } else {
        client.call("DELETE", path, None).await
    };
    assert_eq!(status, StatusCode::OK, "{body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_offered_to_those_who_agree_and_to_nobody_else() {
    let (ears, peer) = (Prompted::new(), Peer::start().await);
    let client = Client::speaking(rooms_with(&peer.url, false, ears.clone())).await;
    let session = start(&client).await;
    let offer = at(&session, "/voice/offer");
    for agrees in [false, true, false] {
        if agrees || peer.opened() > 0 {
            agree(&client, agrees).await;
        }
        let (_, can) = client.call("GET", "/api/voice", None).await;
        assert_eq!(can["realtime"], agrees);
        assert_eq!((&can["sound_leaves"], &can["hears_at_home"]), (&json!(true), &json!(true)));
        let (_, offered) = client.call("POST", &offer, Some(json!({"sdp": "v=0", "realtime": true}))).await;
        assert_eq!(offered["error"] == "consent_needed", !agrees, "{offered}");
        let (_, offered) = client.call("POST", &offer, Some(json!({"sdp": "v=0"}))).await;
        assert_eq!(offered["error"], "no_webrtc", "without it nothing leaves");
        if agrees {
            let mut page = open(&client, &session).await;
            page.until_phase("listening").await;
            assert_eq!(peer.opened(), 1);
        }
    }
    let (_, about) = client.call("GET", "/api/voice", None).await;
    assert_eq!(about["realtime"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_withdraws_in_the_middle_is_heard_by_the_server_itself() {
    let (ears, peer) = (Prompted::new(), Peer::start().await);
    let client = Client::speaking(rooms_with(&peer.url, false, ears.clone())).await;
    agree(&client, true).await;
    let session = start(&client).await;
    let mut page = open(&client, &session).await;
    page.until_phase("listening").await;
    agree(&client, false).await;
    let pcm = spoken(ANSWERS[0]).await;
    peer.expect(ANSWERS[0], &pcm);
    ears.expect(ANSWERS[0], &pcm);
    page.speak(&pcm, 900).await;
    let turn = page.until(|message| message["type"] == "turn").await;
    assert_eq!(turn["text"], ANSWERS[0]);
    page.until(|message| message["notice"] == "realtime_lost").await;
    assert_eq!(peer.said().len(), 1, "nothing more is said by it");
    let events = events(&client, &session).await;
    assert_eq!(of_kind(&events, "answer_received")[0]["response"]["spoken"]["engine"], "prompted");
}
