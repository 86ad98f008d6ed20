//! Whole conversations.

use crate::page::Page;
use crate::speaker::{Prompted, rooms, spoken};
use axum::http::StatusCode;
use greenroom_testkit::{Client, at};
use serde_json::{Value, json};

const JOB: &str =
    "Backend Engineer. You will build REST APIs. Experience with SQL is required. You will join our team.";
const ANSWERS: [&str; 3] = [
    "I built the billing service of a harbour.",
    "We stored a key with each result.",
    "So nobody was ever charged twice.",
];

/// An interview by voice with two questions.
pub async fn start(client: &Client) -> Value {
    let config = json!({
        "title": "Backend", "job_description": JOB, "difficulty": "intermediate",
        "interview_type": ["behavioral"], "duration": 5, "question_count": 2, "interviewer_personality": "direct",
    });
    let (_, config) = client.call("POST", "/api/configs", Some(config)).await;
    let wish = json!({"config_id": config["id"], "channel": "voice"});
    let (status, session) = client.call("POST", "/api/sessions", Some(wish)).await;
    assert_eq!(status, StatusCode::CREATED, "{session}");
    session
}

pub async fn events(client: &Client, session: &Value) -> Vec<Value> {
    let (_, events) = client.call("GET", &at(session, "/events?limit=500"), None).await;
    events["items"].as_array().expect("events").clone()
}

pub fn of_kind<'a>(events: &'a [Value], kind: &str) -> Vec<&'a Value> {
    events.iter().filter(|event| event["kind"] == kind).map(|event| &event["data"]).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interview_is_held_by_voice_from_its_first_word_to_its_last() {
    let ears = Prompted::new();
    let client = Client::speaking(rooms(ears.clone())).await;
    let to = client.listen().await;
    let session = start(&client).await;
    let mut page = Page::open(&client, to, &session, None).await.expect("a line");
    let ready = page.until(|message| message["type"] == "ready").await;
    assert_eq!(ready["resumed"], false);
    let mut answered = 0;
    for answer in ANSWERS.iter().cycle() {
        let is_next = |message: &Value| message["type"] == "closed" || message["phase"] == "listening";
        if page.until(is_next).await["type"] == "closed" {
            break;
        }
        let pcm = spoken(answer).await;
        ears.expect(answer, &pcm);
        page.speak(&pcm, 900).await;
        let turn = page.until(|message| message["type"] == "turn").await;
        assert_eq!(turn["text"], *answer, "{turn}");
        answered += 1;
        assert!(answered < 12, "it ends some time");
    }
    assert!(answered >= 2, "{answered} answers");
    assert_eq!(page.told.last().expect("the last word")["reason"], "over");
    assert!(page.heard_ms > 5_000, "questions sounded: {} ms", page.heard_ms);
    let events = events(&client, &session).await;
    let answers = of_kind(&events, "answer_received");
    assert_eq!(answers.len(), answered);
    let first = &answers[0]["response"];
    assert_eq!(first["content"], ANSWERS[0]);
    assert_eq!(first["spoken"]["engine"], "prompted");
    assert_eq!(first["spoken"]["ended_by"], "silence");
    assert_eq!(first["spoken"]["words"].as_array().expect("words").len(), 8);
    // What was said is what is kept, and it was heard to its end.
    let asked = of_kind(&events, "question_asked");
    let heard = of_kind(&events, "reply_heard");
    assert_eq!(heard.len(), asked.len() + 1, "all questions and the farewell: {heard:#?}");
    assert!(heard.iter().all(|heard| heard["heard"]["is_whole"] == true), "{heard:#?}");
    assert!(!of_kind(&events, "turn_timed").is_empty());
    assert_eq!(of_kind(&events, "completed").len(), 1);
    // A spoken answer is judged like a typed one, once there was time to correct it.
    client.test.work().await;
    assert!(of_kind(&self::events(&client, &session).await, "answer_evaluated").is_empty());
    client.test.clock.advance(21_000);
    client.test.work().await;
    assert_eq!(of_kind(&self::events(&client, &session).await, "answer_evaluated").len(), answered);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_breaks_is_taken_up_in_the_middle_of_an_answer() {
    let ears = Prompted::new();
    let client = Client::speaking(rooms(ears.clone())).await;
    let to = client.listen().await;
    let session = start(&client).await;
    let mut page = Page::open(&client, to, &session, None).await.expect("a line");
    let ready = page.until(|message| message["type"] == "ready").await;
    page.until_phase("listening").await;
    let pcm = spoken(ANSWERS[0]).await;
    ears.expect(ANSWERS[0], &pcm);
    let (begun, rest) = pcm.split_at(pcm.len() / 2 / 320 * 320);
    page.speak(begun, 0).await;
    // The caption shows that the first half has arrived.
    page.speak(&[0; 4_800], 0).await;
    page.until(|message| message["type"] == "caption" && message["who"] == "candidate").await;
    page.vanish();
    let link = ready["link"].as_str().expect("its name");
    let mut page = Page::open(&client, to, &session, Some(link)).await.expect("the line again");
    assert_eq!(page.until(|message| message["type"] == "ready").await["resumed"], true);
    page.speak(rest, 900).await;
    let turn = page.until(|message| message["type"] == "turn").await;
    assert_eq!(turn["text"], ANSWERS[0], "{turn}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_meanwhile_is_taken_and_the_next_question_spoken() {
    let client = Client::speaking(rooms(Prompted::new())).await;
    let to = client.listen().await;
    let session = start(&client).await;
    let mut page = Page::open(&client, to, &session, None).await.expect("a line");
    page.until_phase("listening").await;
    let (status, answered) = client.answer(&session, &session["current_question"], ANSWERS[0]).await;
    assert_eq!(status, StatusCode::CREATED);
    let next = answered["next_question"]["content"].as_str().expect("a question").to_owned();
    page.until(|message| {
        message["who"] == "interviewer" && message["text"].as_str().is_some_and(|text| text.ends_with(&next))
    })
    .await;
    page.until_phase("listening").await;
    let events = events(&client, &session).await;
    assert_eq!(of_kind(&events, "answer_received").len(), 1);
    assert_eq!(of_kind(&events, "answer_received")[0]["response"]["spoken"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_page_takes_over_and_the_first_is_told() {
    let client = Client::speaking(rooms(Prompted::new())).await;
    let to = client.listen().await;
    let session = start(&client).await;
    let mut first = Page::open(&client, to, &session, None).await.expect("a line");
    first.until_phase("listening").await;
    let mut second = Page::open(&client, to, &session, None).await.expect("another line");
    second.until_phase("listening").await;
    let asked = |message: &Value| message["type"] == "caption" && message["who"] == "interviewer";
    assert!(second.told.iter().any(asked), "it begins with the question: {:#?}", second.told);
    assert!(first.is_hung_up().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_voice_that_was_chosen_is_kept_with_the_interview() {
    let client = Client::speaking(rooms(Prompted::new())).await;
    let to = client.listen().await;
    let session = start(&client).await;
    let mut chosen = Vec::new();
    for voice in ["", "?voice=omar", "?voice=nobody"] {
        let mut page = Page::open_at(&client, to, &session, voice).await.expect("a line");
        page.until_phase("speaking").await;
        // The line speaks before it is on the log.
        let before = chosen.len();
        while chosen.len() == before {
            let events = events(&client, &session).await;
            chosen = of_kind(&events, "voice_joined").iter().map(|joined| joined["voice"].clone()).collect();
        }
    }
    assert_eq!(chosen, [Value::Null, json!("omar"), Value::Null]);
}
