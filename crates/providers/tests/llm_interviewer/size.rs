//! How long requests are: a plan, and turns early and late in a long interview. The figures are in `docs/models.md`.

use crate::interview::{ANSWERS, BANK, Interview, settings};
use crate::scripted::{Scripted, next, reply};
use crate::turns::talked;
use greenroom_domain::interview::Settings;
use greenroom_llm::Request;
use greenroom_providers::{Conversation, LlmInterviewer, TurnOptions};

/// What is asked for a plan after the introduction.
async fn plan_request() -> Request {
    let interview = Interview::begun(settings()).await;
    let model = Scripted::saying("");
    let interviewer = LlmInterviewer::new(model.clone(), BANK.clone(), TurnOptions::default());
    interviewer.plan(interview.brief(), &interview.plan, Some(ANSWERS[0])).await.result.unwrap_err();
    model.requests().remove(0)
}

/// A turn with more papers than are sent.
async fn full_case() -> Request {
    let mut interview = Interview::answered(settings(), &ANSWERS).await;
    let duties =
        BANK.questions().flat_map(|(_, question)| question.key_points.iter().map(|point| &point.says));
    interview.job = duties.take(400).map(|says| says.as_str()).collect::<Vec<_>>().join("\n");
    let model = Scripted::saying(reply(&next(), "Fridays."));
    talked(model.clone(), &interview, true).await.0.result.unwrap();
    model.requests().remove(0)
}

fn texts(request: &Request) -> Vec<&str> {
    let messages = request.messages.iter().map(|message| message.text.as_str());
    [request.system.as_str()].into_iter().chain(messages).collect()
}

/// What is asked at each of these turns.
async fn requests(turns: [usize; 3]) -> Vec<Request> {
    let settings = Settings { duration_minutes: 120, question_count: Some(40), ..settings() };
    let mut interview = Interview::begun(settings).await;
    let mut requests = Vec::new();
    for turn in 1..=turns[2] {
        // Answers of a like length, told at some length.
        let answer = [ANSWERS[turn % 4], ANSWERS[(turn + 1) % 4], ANSWERS[(turn + 2) % 4]].join(" ");
        interview.ask_and_answer(&answer).await;
        if turns.contains(&turn) {
            let model = Scripted::saying(reply(&next(), "Fridays."));
            talked(model.clone(), &interview, true).await.0.result.unwrap();
            requests.extend(model.requests());
        }
    }
    requests
}

#[tokio::test]
async fn a_late_turn_is_no_longer_than_an_early_one() {
    let requests = requests([3, 10, 30]).await;
    let tokens = tiktoken_rs::o200k_base().unwrap();
    let (mut sizes, mut table) = (Vec::new(), Vec::new());
    for (turn, request) in [3, 10, 30].into_iter().zip(&requests) {
        let all = texts(request);
        let prefix: usize = all[..3].iter().map(|text| tokens.encode_ordinary(text).len()).sum();
        let chars: usize = all.iter().map(|text| text.chars().count()).sum();
        let last = tokens.encode_ordinary(all[3]).len();
        table.push(format!(
            "turn {turn}: {chars} characters; {} tokens, {prefix} of them the same at each turn",
            prefix + last
        ));
        sizes.push((chars, prefix + last, last));
    }
    let plan = texts(&plan_request().await).concat();
    let (chars, count) = (plan.chars().count(), tokens.encode_ordinary(&plan).len());
    table.push(format!("plan: {chars} characters; {count} tokens"));
    let full = texts(&full_case().await)[1].to_owned();
    let (chars, count) = (full.chars().count(), tokens.encode_ordinary(&full).len());
    table.push(format!("a full case file: {chars} characters; {count} tokens"));
    insta::assert_snapshot!("sizes", table.join("\n"));
    let [_, (chars_10, tokens_10, last_10), (chars_30, tokens_30, last_30)] = sizes[..] else { panic!() };
    for (early, late) in [(chars_10, chars_30), (tokens_10, tokens_30), (last_10, last_30)] {
        assert!(late as f64 <= early as f64 * 1.1, "{late} at turn 30 against {early} at turn 10");
    }
}
