//! What surrounds a conversation: what the server can do, the check of a microphone, corrections, refusals.

use crate::page::Page;
use crate::speaker::{Prompted, rooms, spoken};
use axum::body::Body;
use axum::http::StatusCode;
use greenroom_app::interviews::{self, Words};
use greenroom_domain::ids::{QuestionId, SessionId};
use greenroom_domain::interview::{EndedBy, Spoken};
use greenroom_speech::Pcm16k;
use greenroom_testkit::{Client, at};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;
use tokio_tungstenite::tungstenite::Error;

const JOB: &str =
    "Backend Engineer. You will build REST APIs. Experience with SQL is required. You will join our team.";
const SAID: &str = "I measured the slow queer he and added an index.";

async fn check(client: &Client, mime: &str, body: Vec<u8>) -> (StatusCode, Value) {
    let request = client.request("POST", "/api/voice/check?language=en").header("content-type", mime);
    client.send(request.body(Body::from(body))).await
}

#[tokio::test]
async fn says_what_it_can_do() {
    let client = Client::speaking(rooms(Prompted::new())).await;
    let (status, body) = client.call("GET", "/api/voice", None).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(body["speech_to_text_engines"], json!(["prompted"]));
    assert_eq!((&body["speech_to_text"], &body["sound_leaves"]), (&json!(true), &json!(false)));
    let voices = body["voices"].as_array().expect("voices");
    assert!(voices.len() >= 4);
    for manner in ["supportive", "professional", "challenging", "direct"] {
        assert_eq!(voices.iter().filter(|voice| voice["manner"] == manner).count(), 1, "{manner}");
    }
    let client = Client::guest().await;
    let (_, body) = client.call("GET", "/api/voice", None).await;
    assert_eq!((&body["speech_to_text"], &body["text_to_speech"]), (&json!(false), &json!(false)));
}

#[tokio::test]
async fn a_microphone_is_checked_and_nothing_is_kept() {
    let ears = Prompted::new();
    let client = Client::speaking(rooms(ears.clone())).await;
    let pcm = spoken("Can you hear me well?").await;
    ears.expect("Can you hear me well?", &pcm);
    let (status, body) = check(&client, "audio/wav", Pcm16k::new(pcm.clone()).wav()).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert_eq!(body["text"], "Can you hear me well?");
    assert!(body["level_dbfs"].as_f64().is_some_and(|level| (-40.0..-3.0).contains(&level)), "{body}");
    assert!(body["voice_ms"].as_u64().is_some_and(|ms| ms > 500), "{body}");
    let (_, silent) = check(&client, "audio/pcm", vec![0; 64_000]).await;
    assert_eq!((&silent["text"], &silent["voice_ms"]), (&json!(""), &json!(0)));
    let (status, body) = check(&client, "audio/wav", b"no sound".to_vec()).await;
    assert_eq!((status, &body["error"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("audio_unreadable")));
    let (status, _) = check(&client, "audio/webm", vec![0; 10]).await;
    assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

/// Agrees that engines of other companies hear and speak, as the page does.
async fn agree(client: &Client) {
    let (_, texts) = client.call("GET", "/api/consents", None).await;
    let texts = texts["items"].as_array().expect("texts").clone();
    let text = texts.iter().find(|text| text["purpose"] == "speech_vendor").expect("a text");
    let version = json!({"version": text["version"]});
    let (status, body) = client.call("PUT", "/api/users/me/consents/speech_vendor", Some(version)).await;
    assert_eq!(status, StatusCode::OK, "{body}");
}

#[tokio::test]
async fn no_sound_goes_to_another_company_without_consent() {
    let client = Client::speaking(rooms(Prompted::elsewhere())).await;
    let session = client.start(JOB).await;
    let line = format!("/api/sessions/{}/voice/offer", session["id"].as_str().expect("an id"));
    let (_, can) = client.call("GET", "/api/voice", None).await;
    assert_eq!((&can["sound_leaves"], &can["hears_at_home"]), (&json!(true), &json!(false)));
    assert_eq!(can["words_leave"], json!(false), "espeak-ng speaks on this machine");
    for agrees in [false, true] {
        if agrees {
            agree(&client).await;
        }
        let refused = if agrees { Value::Null } else { json!("consent_needed") };
        let (_, checked) = check(&client, "audio/pcm", vec![0; 64_000]).await;
        assert_eq!(checked["error"], refused);
        let (_, offered) = client.call("POST", &line, Some(json!({"sdp": "v=0"}))).await;
        assert_eq!(offered["error"] == "consent_needed", !agrees, "{offered}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_withdraws_in_the_middle_is_heard_by_no_other_company_any_more() {
    let ears = Prompted::elsewhere();
    let client = Client::speaking(rooms(ears.clone())).await;
    let to = client.listen().await;
    agree(&client).await;
    let session = client.start(JOB).await;
    let mut page = Page::open(&client, to, &session, None).await.expect("a line");
    page.until_phase("listening").await;
    let pcm = spoken(SAID).await;
    ears.expect(SAID, &pcm);
    let half = pcm.len() / 2 / 320 * 320;
    page.speak(&pcm[..half], 500).await;
    page.until(|message| message["type"] == "caption" && message["who"] == "candidate").await;
    let (status, _) = client.call("DELETE", "/api/users/me/consents/speech_vendor", None).await;
    assert_eq!(status, StatusCode::OK);
    let before = ears.asked.load(Ordering::Relaxed);
    assert!(before > 0);
    page.speak(&pcm[half..], 1_500).await;
    let notice = page.until(|message| message["type"] == "notice").await;
    assert_eq!(notice["notice"], "engine_lost", "{notice}");
    assert_eq!(ears.asked.load(Ordering::Relaxed), before, "nothing more was sent");
}

/// A spoken answer to the first question; where it can be corrected.
async fn said(client: &Client, session: &Value) -> String {
    let user =
        client.test.app.authenticate(client.token.as_deref().expect("a guest")).await.expect("a caller").user;
    let id: SessionId = session["id"].as_str().expect("an id").parse().expect("an id");
    let question: QuestionId =
        session["current_question"]["id"].as_str().expect("an id").parse().expect("an id");
    let spoken = Spoken {
        line: "line".to_owned(),
        from_ms: 0,
        to_ms: 4_000,
        ended_by: EndedBy::Silence,
        engine: None,
        words: Vec::new(),
        is_partial: false,
        others: Vec::new(),
    };
    let words = Words { content: SAID.to_owned(), spoken: Some(Box::new(spoken)) };
    let answered =
        interviews::answer(&client.test.app, user, id, question, words, None).await.expect("it is stored");
    at(session, &format!("/answers/{}/transcript", answered.response_id))
}

#[tokio::test]
async fn a_misheard_word_is_corrected_before_it_is_judged() {
    let client = Client::guest().await;
    let session = client.start(JOB).await;
    let path = said(&client, &session).await;
    let corrected = "I measured the slow query and added an index.";
    let (status, body) = client.call("PUT", &path, Some(json!({"text": corrected}))).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert_eq!((&body["content"], &body["misheard"]), (&json!(corrected), &json!(SAID)));
    let stale = json!({"text": "Something else.", "instead_of": SAID});
    let (status, body) = client.call("PUT", &path, Some(stale)).await;
    assert_eq!((status, &body["error"]), (StatusCode::CONFLICT, &json!("answer_changed")));
    client.test.clock.advance(21_000);
    client.test.work().await;
    let (_, evaluations) = client
        .call("GET", &format!("/api/evaluations/session/{}", session["id"].as_str().expect("an id")), None)
        .await;
    let quotes: Vec<String> = evaluations["items"][0]["criteria"]
        .as_array()
        .expect("criteria")
        .iter()
        .flat_map(|criterion| criterion["quotes"].as_array().expect("quotes").clone())
        .map(|quote| quote["text"].as_str().expect("text").to_owned())
        .collect();
    assert!(
        !quotes.is_empty() && quotes.iter().all(|quote| corrected.contains(quote.as_str())),
        "{quotes:?}"
    );
    let (status, body) = client.call("PUT", &path, Some(json!({"text": "Too late."}))).await;
    assert_eq!((status, &body["error"]), (StatusCode::CONFLICT, &json!("already_evaluated")));
}

#[tokio::test]
async fn only_ones_own_spoken_answers_can_be_corrected() {
    let mut client = Client::guest().await;
    let session = client.start(JOB).await;
    let (_, answered) = client.answer(&session, &session["current_question"], SAID).await;
    let typed =
        at(&session, &format!("/answers/{}/transcript", answered["response"]["id"].as_str().expect("an id")));
    let (status, body) = client.call("PUT", &typed, Some(json!({"text": "Other words."}))).await;
    assert_eq!((status, &body["error"]), (StatusCode::CONFLICT, &json!("answer_not_spoken")));
    let session = client.start(JOB).await;
    let path = said(&client, &session).await;
    client.sign_in_as_guest().await;
    let (status, _) = client.call("PUT", &path, Some(json!({"text": "Other words."}))).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

fn status_of(outcome: Result<Page, Error>) -> u16 {
    match outcome {
        Err(Error::Http(response)) => response.status().as_u16(),
        Err(other) => panic!("an ordinary answer refuses the line: {other}"),
        Ok(_) => panic!("the line is refused"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_are_for_ones_own_interviews_that_go_on() {
    let mut client = Client::speaking(rooms(Prompted::new())).await;
    let to = client.listen().await;
    let session = client.start(JOB).await;
    let owner = client.token.take();
    assert_eq!(status_of(Page::open(&client, to, &session, None).await), 401);
    client.sign_in_as_guest().await;
    assert_eq!(status_of(Page::open(&client, to, &session, None).await), 404);
    client.token = owner;
    client.call("PUT", &at(&session, "/complete"), None).await;
    assert_eq!(status_of(Page::open(&client, to, &session, None).await), 409);
}

#[tokio::test]
async fn a_voice_can_be_heard_before_it_is_chosen() {
    let client = Client::speaking(rooms(Prompted::new())).await;
    let (status, headers, ana) = client.download("/api/voice/sample?voice=ana").await;
    assert_eq!((status, headers["content-type"].to_str().expect("text")), (StatusCode::OK, "audio/wav"));
    assert!(
        ana.starts_with(b"RIFF") && ana.len() > 24_000 * 2 * 2,
        "two seconds at least: {} bytes",
        ana.len()
    );
    let (_, _, again) = client.download("/api/voice/sample?voice=ana&language=sv").await;
    assert_eq!(ana, again, "English where no sentence is known, and the same sound");
    let (_, _, german) = client.download("/api/voice/sample?voice=ana&language=de").await;
    let (_, _, ben) = client.download("/api/voice/sample?voice=ben").await;
    assert!(ana != german && ana != ben);
    let (status, body) = client.call("GET", "/api/voice/sample?voice=nobody", None).await;
    assert_eq!((status, &body["error"]), (StatusCode::NOT_FOUND, &json!("voice_not_found")));
    let client = Client::guest().await;
    let (status, body) = client.call("GET", "/api/voice/sample?voice=ana", None).await;
    assert_eq!((status, &body["error"]), (StatusCode::SERVICE_UNAVAILABLE, &json!("voice_unavailable")));
}
