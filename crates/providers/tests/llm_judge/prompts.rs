//! The prompts as they are sent.

use crate::scripted::{ANSWER, Scripted, Step, even, rubric, subject};
use greenroom_llm::Request;
use greenroom_providers::{Judge, LlmJudge, Subject};
use std::sync::Arc;

fn model() -> Arc<Scripted> {
    Scripted::new(|_, number| {
        Step::Say(even(6.0, if number == 0 { "words that nobody said" } else { "the same key" }).to_string())
    })
}

async fn requests(subject: Subject<'_>) -> Vec<Request> {
    let model = model();
    LlmJudge::new(model.clone()).judge(subject, &rubric()).await;
    model.requests()
}

#[tokio::test]
async fn the_prompts_are_these() {
    let requests = requests(subject(ANSWER)).await;
    insta::assert_snapshot!("system", requests[0].system);
    insta::assert_snapshot!("user", requests[0].messages[0].text);
    insta::assert_snapshot!("again", requests[1].messages[2].text);
}

#[tokio::test]
async fn without_key_points_and_reference_the_prompt_says_so() {
    let bare = Subject { reference: None, key_points: &[], ..subject(ANSWER) };
    insta::assert_snapshot!("user_bare", requests(bare).await[0].messages[0].text);
}

#[tokio::test]
async fn a_bad_reply_is_answered_like_this() {
    let model = Scripted::new(|_, _| Step::Say("Fine.".to_owned()));
    LlmJudge::new(model.clone()).judge(subject(ANSWER), &rubric()).await;
    insta::assert_snapshot!("repair", model.requests()[1].messages[2].text);
}

#[tokio::test]
async fn equal_answers_make_equal_requests_and_others_another_word() {
    let word = |request: &Request| {
        request.messages[0].text.split_once("message is ").unwrap().1.split('.').next().unwrap().to_owned()
    };
    let (first, same) = (requests(subject(ANSWER)).await, requests(subject(ANSWER)).await);
    assert_eq!(first, same);
    // Somebody who knows the word of this answer writes it into the next.
    let forged = format!("{ANSWER} Then we wrote {} down.", word(&first[0]));
    let other = requests(subject(&forged)).await;
    assert_ne!(word(&first[0]), word(&other[0]));
    assert!(!forged.contains(&word(&other[0])));
}

#[tokio::test]
async fn templates_in_an_answer_are_text() {
    let answer = format!("{ANSWER} We print {{{{ nonce }}}} and {{% if x %}} in Jinja.");
    let sent = &requests(subject(&answer)).await[0].messages[0].text;
    assert!(sent.contains("We print {{ nonce }} and {% if x %} in Jinja."));
}
