//! An answer of forty minutes: taken whole, judged once.

use greenroom_app::interviews::{self, Words};
use greenroom_domain::ids::{QuestionId, SessionId};
use greenroom_domain::interview::{EndedBy, MAX_ANSWER_CHARS, Spoken, SpokenWord};
use greenroom_testkit::{Client, at};
use serde_json::json;

const JOB: &str = "Backend Engineer. You will build REST APIs. Experience with SQL is required.";
const MINUTES: u64 = 40;
/// Two hundred words a minute.
const WORD_MS: u64 = 300;

fn forty_minutes() -> Words {
    let said = ["I ", "measured ", "each ", "slow ", "query ", "and ", "added ", "an ", "index. "];
    let count = MINUTES * 60_000 / WORD_MS;
    let all: Vec<&str> = said.into_iter().cycle().take(count as usize).collect();
    let places = all.iter().zip(0..).map(|(word, number): (_, u64)| SpokenWord {
        text: word.trim().to_owned(),
        from_ms: number * WORD_MS,
        to_ms: (number + 1) * WORD_MS,
    });
    let spoken = Spoken {
        line: "line".to_owned(),
        from_ms: 0,
        to_ms: MINUTES * 60_000,
        ended_by: EndedBy::Length,
        engine: None,
        words: places.collect(),
        is_partial: false,
        others: Vec::new(),
    };
    let content: String = all.concat().chars().take(MAX_ANSWER_CHARS).collect();
    Words { content, spoken: Some(Box::new(spoken)) }
}

#[tokio::test]
async fn an_answer_of_forty_minutes_is_kept_whole_and_judged_once() {
    let client = Client::guest().await;
    let session = client.start(JOB).await;
    let caller =
        client.test.app.authenticate(client.token.as_deref().expect("a guest")).await.expect("known");
    let id: SessionId = session["id"].as_str().expect("an id").parse().expect("an id");
    let question: QuestionId =
        session["current_question"]["id"].as_str().expect("an id").parse().expect("an id");
    let words = forty_minutes();
    let said = words.content.clone();
    let app = &client.test.app;
    interviews::answer(app, caller.user, id, question, words, None).await.expect("it is taken");
    for _ in 0..3 {
        client.test.clock.advance(21_000);
        client.test.work().await;
    }
    let (_, events) = client.call("GET", &at(&session, "/events?limit=500"), None).await;
    let of_kind = |kind: &str| {
        let events = events["items"].as_array().expect("events");
        events.iter().filter(|event| event["kind"] == kind).cloned().collect::<Vec<_>>()
    };
    let [answer] = &of_kind("answer_received")[..] else { panic!("one answer: {events}") };
    let response = &answer["data"]["response"];
    assert_eq!(response["content"], json!(said));
    let places = response["spoken"]["words"].as_array().expect("words");
    assert_eq!(places.len() as u64, MINUTES * 60_000 / WORD_MS, "beyond what is judged as well");
    let judged = of_kind("answer_evaluated");
    assert_eq!(judged.len(), 1, "{judged:?}");
    assert_eq!(judged[0]["data"]["evaluation"]["response_id"], response["id"]);
}
