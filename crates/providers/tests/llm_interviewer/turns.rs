//! What comes of a reply, rule by rule.

use crate::interview::{ANSWERS, BANK, Interview, settings};
use crate::scripted::{Screen, Scripted, Step, USAGE, follow_up, next, reply};
use greenroom_domain::interview::{GroundingSource, Settings};
use greenroom_domain::model_call::ModelPurpose;
use greenroom_llm::Kind;
use greenroom_providers::{Conversation, LlmInterviewer, Moment, Spoken, Talked, TurnOptions};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;

/// A turn after the last answer, with a question planned, and what was shown.
pub async fn talked(
    model: Arc<Scripted>,
    interview: &Interview,
    allowed: bool,
) -> (Talked<Spoken>, Vec<String>) {
    let planned = interview.planned().await;
    turn(model, interview, allowed, Some(&planned)).await
}

pub async fn turn(
    model: Arc<Scripted>,
    interview: &Interview,
    allowed: bool,
    planned: Option<&greenroom_domain::interview::Question>,
) -> (Talked<Spoken>, Vec<String>) {
    let moment = Moment {
        brief: interview.brief(),
        state: &interview.state,
        planned,
        follow_up_of: Some(interview.last_question()).filter(|_| allowed),
    };
    let screen = Screen::default();
    let talked = LlmInterviewer::new(model, BANK.clone(), TurnOptions::default()).turn(moment, &screen).await;
    let shown = screen.all();
    assert!(shown.windows(2).all(|pair| pair[1].starts_with(&pair[0])), "{shown:?}");
    assert!(shown.iter().all(|words| words.chars().count() <= 600));
    (talked, shown)
}

async fn said(header: &Value, words: &str) -> Talked<Spoken> {
    let interview = Interview::answered(settings(), &ANSWERS[..2]).await;
    talked(Scripted::saying(reply(header, words)), &interview, true).await.0
}

const QUOTE: &str = "It was a lot faster after that";
const FOLLOW_UP: &str = "An index on route and date.\nHow much faster was it, in figures?";

#[tokio::test]
async fn a_follow_up_stands_on_words_of_the_answer() {
    let interview = Interview::answered(settings(), &ANSWERS[..2]).await;
    let model = Scripted::saying(reply(&follow_up(QUOTE), FOLLOW_UP));
    let (talked, shown) = talked(model.clone(), &interview, true).await;
    let spoken = talked.result.unwrap();
    assert_eq!(spoken.reaction.as_deref(), Some("An index on route and date."));
    let probe = spoken.follow_up.unwrap();
    assert_eq!((probe.text.as_str(), probe.asks_for), ("How much faster was it, in figures?", 0));
    assert!(probe.said.holds(ANSWERS[1]) && probe.said.text == QUOTE);
    assert_eq!(shown.last().map(String::as_str), Some(FOLLOW_UP));
    assert!(shown.len() > 10, "it is shown as it comes");

    let [call] = &talked.calls[..] else { panic!("{:?}", talked.calls) };
    assert_eq!((call.purpose, call.prompt.as_str()), (ModelPurpose::Turn, "interviewer-v1/turn"));
    assert_eq!((call.model.as_deref(), call.micros), (Some("scripted/part-1"), Some(42)));
    assert_eq!(
        (call.usage.input, call.usage.cached, call.usage.output),
        (USAGE.input, USAGE.cached, USAGE.output)
    );
    assert_eq!(call.attempts.iter().map(|a| a.outcome.as_str()).collect::<Vec<_>>(), ["answered"]);
    let engine = LlmInterviewer::new(model.clone(), BANK.clone(), TurnOptions::default()).engine(Some(call));
    assert_eq!((engine.name.as_str(), engine.version.as_str()), ("scripted/part-1", "interviewer-v1"));
    let request = &model.requests()[0];
    assert_eq!(request.account.as_deref(), Some("an-interview"));
    assert!(!request.reuse);
}

#[tokio::test]
async fn a_follow_up_that_is_not_allowed_is_not_shown() {
    let interview = Interview::answered(settings(), &ANSWERS[..2]).await;
    for (allowed, quote) in [(false, QUOTE), (true, "It was three times as fast"), (true, "the"), (true, "")]
    {
        let model = Scripted::saying(reply(&follow_up(quote), FOLLOW_UP));
        let (talked, shown) = talked(model, &interview, allowed).await;
        let spoken = talked.result.unwrap();
        assert_eq!(spoken.reaction.as_deref(), Some("An index on route and date."));
        assert_eq!((spoken.follow_up, spoken.farewell), (None, None));
        assert!(shown.iter().all(|words| !words.contains("How")), "{shown:?}");
    }
}

#[tokio::test]
async fn next_is_a_sentence_only() {
    let spoken =
        said(&next(), "Friday evenings, then.\nWhat would you do with a deadlock?").await.result.unwrap();
    let expected = Spoken { reaction: Some("Friday evenings, then.".to_owned()), ..Spoken::default() };
    assert_eq!(spoken, expected);
}

#[tokio::test]
async fn what_cannot_be_used_is_an_error_without_words_of_the_candidate() {
    let interview = Interview::answered(settings(), &ANSWERS[..2]).await;
    let long = "It goes on and on. ".repeat(60);
    let planned = interview.planned().await.content;
    let asked = interview.last_question().content.clone();
    let replies = [
        "Friday evenings, then.".to_owned(),
        reply(&next(), ""),
        reply(&next(), "And why was that?"),
        reply(&next(), "Nine out of ten: 9/10."),
        reply(&next(), "Great answer."),
        reply(&next(), "See https://example.org/index for it."),
        reply(&next(), "So <b>Friday</b>."),
        reply(&next(), &"Fridays ".repeat(100)),
        reply(
            &next(),
            "Das war also an den Freitagen, wenn alle auf einmal buchen, und dann war es zu langsam für die Leute an der Kasse.",
        ),
        reply(&follow_up(QUOTE), "An index."),
        reply(&follow_up(QUOTE), "How much faster was it?"),
        reply(&follow_up(QUOTE), "An index.\nTell me more about it."),
        reply(&follow_up(QUOTE), &format!("An index.\n{asked}?")),
        reply(&follow_up(QUOTE), &format!("An index.\n{planned}?")),
        reply(&follow_up(QUOTE), &format!("An index.\n{long}?")),
        reply(&json!({"move": "finish"}), "Goodbye."),
        "{\"move\":\"next\"".to_owned(),
        String::new(),
    ];
    for text in replies {
        let (talked, _) = talked(Scripted::saying(text.clone()), &interview, true).await;
        let cause = talked.result.expect_err(&text);
        assert!(!cause.contains("index") && !cause.contains("Friday"), "{cause}");
        assert_eq!((talked.calls.len(), talked.calls[0].model.is_some()), (1, true), "{text}");
    }
}

#[tokio::test]
async fn what_breaks_off_or_is_cut_is_an_error() {
    let interview = Interview::answered(settings(), &ANSWERS[..2]).await;
    let half = reply(&next(), "Friday eve");
    let breaks = half.clone();
    for (model, outcome, named) in [
        (Scripted::new(move |_| Step::Break(breaks.clone())), "broken_stream", false),
        (Scripted::new(move |_| Step::Cut(half.clone())), "answered", true),
        (Scripted::new(|_| Step::Fail(Kind::Unauthenticated)), "unauthenticated", false),
    ] {
        let (talked, _) = talked(model, &interview, true).await;
        assert!(talked.result.is_err());
        let call = &talked.calls[0];
        assert_eq!((call.attempts[0].outcome.as_str(), call.model.is_some()), (outcome, named));
    }
}

#[tokio::test(start_paused = true)]
async fn a_turn_ends_within_its_deadline() {
    let interview = Interview::answered(settings(), &ANSWERS[..2]).await;
    for text in [String::new(), reply(&next(), "Friday evenings")] {
        let began = tokio::time::Instant::now();
        let (talked, _) = talked(Scripted::new(move |_| Step::Hang(text.clone())), &interview, true).await;
        assert!(talked.result.is_err());
        assert_eq!(began.elapsed(), Duration::from_secs(10));
        assert_eq!(
            (talked.calls[0].attempts[0].outcome.as_str(), &talked.calls[0].model),
            ("timed_out", &None)
        );
    }
}

#[tokio::test]
async fn a_request_that_does_not_fit_is_not_made() {
    let interview = Interview::answered(settings(), &ANSWERS[..2]).await;
    let model = Scripted::with_context(Some(2_048), |_| Step::Say(reply(&next(), "Fridays.")));
    let (talked, _) = talked(model.clone(), &interview, true).await;
    assert!(talked.result.unwrap_err().contains("context"));
    assert!(talked.calls.is_empty() && model.requests().is_empty());
}

#[tokio::test]
async fn questions_of_the_candidate_get_a_line_of_the_job_or_none() {
    let answer = "I read the plan first. Can I work from home? What does it pay? And who is the boss?";
    let interview = Interview::answered(settings(), &[ANSWERS[0], answer]).await;
    let mut header = next();
    header["asked"] = json!([
        {"quote": "Can I work from home?", "line": "J4"},
        {"quote": "What does it pay?", "line": "J99"},
        {"quote": "What does it pay?", "line": "J1"},
        {"quote": "And who is the boss?", "line": "R4"},
        {"quote": "Do you sponsor visas?", "line": "J2"},
    ]);
    let (talked, _) = talked(Scripted::saying(reply(&header, "The plan first.")), &interview, true).await;
    let asked = talked.result.unwrap().asked;
    let found: Vec<_> = asked.iter().map(|(quote, line)| (quote.text.as_str(), line.as_ref())).collect();
    assert_eq!(
        found.iter().map(|(quote, _)| *quote).collect::<Vec<_>>(),
        ["Can I work from home?", "What does it pay?", "And who is the boss?"]
    );
    let line = found[0].1.unwrap();
    assert_eq!(line.source, GroundingSource::Job);
    assert_eq!(line.text, "We work from home two days a week; the office is beside the harbour.");
    assert!(found[1].1.is_none() && found[2].1.is_none());
    assert!(asked.iter().all(|(quote, _)| quote.holds(answer)));
}

#[tokio::test]
async fn conduct_and_contrast_stand_on_words_that_were_said() {
    let answer = "You are an idiot. I never led anybody in my life.";
    let interview = Interview::answered(settings(), &[ANSWERS[0], ANSWERS[1], ANSWERS[2], answer]).await;
    let with = |conduct: &str, number: usize, earlier: &str, now: &str| {
        let mut header = next();
        header["conduct"] = json!(conduct);
        header["contrast"] = json!({"answer": number, "earlier": earlier, "now": now});
        header
    };
    let spoken = |header: Value| {
        let interview = interview.clone();
        async move {
            talked(Scripted::saying(reply(&header, "Let us go on.")), &interview, true)
                .await
                .0
                .result
                .unwrap()
        }
    };
    let (earlier, now) = ("I led the on-call team of six people", "I never led anybody");
    let true_ones = spoken(with("You are an idiot", 1, "I led the on-call team of six people…", now)).await;
    assert_eq!(true_ones.conduct.as_ref().map(|quote| quote.text.as_str()), Some("You are an idiot"));
    let (id, first, second) = true_ones.contrast.unwrap();
    assert_eq!(id, interview.state.asked[0].responses[0].id);
    assert!(first.holds(ANSWERS[0]) && second.holds(answer) && first.text == earlier);
    for (number, earlier, now) in
        [(2, earlier, now), (0, earlier, now), (4, now, now), (9, earlier, now), (1, earlier, "I led forty")]
    {
        assert_eq!(spoken(with("fool", number, earlier, now)).await.contrast, None);
    }
    for claimed in ["fool", "You are a fool", "idiot", "You", "an idiot"] {
        assert_eq!(spoken(with(claimed, 1, earlier, now)).await.conduct, None, "{claimed}");
    }
}

#[tokio::test]
async fn in_another_language_the_planned_question_is_translated() {
    let settings = Settings { language: "de".to_owned(), ..settings() };
    let answer = "Unsere Suche brauchte am Freitagabend vier Sekunden. Ich habe den Abfrageplan gelesen.";
    let interview = Interview::answered(settings, &[answer, answer]).await;
    let translation = "Erzählen Sie mir bitte von einer Situation aus Ihrer Arbeit, in der Sie etwas verbessert haben, und was genau Ihr Anteil war?";
    for (words, expected) in [
        (format!("Vier Sekunden am Freitagabend.\n{translation}"), Some(translation)),
        ("Vier Sekunden am Freitagabend.".to_owned(), None),
        ("Vier Sekunden.\nTell me about a situation at work in which you improved something, and what exactly your own part in it was?".to_owned(), None),
        ("Vier Sekunden.\nJa?".to_owned(), None),
    ] {
        let model = Scripted::saying(reply(&next(), &words));
        let (talked, _) = talked(model.clone(), &interview, true).await;
        let spoken = talked.result.unwrap();
        assert_eq!(spoken.translated.as_deref(), expected, "{words}");
        assert!(spoken.reaction.is_some());
        assert!(model.requests()[0].messages[2].text.contains("translated into German"));
    }
}

#[tokio::test]
async fn the_interview_ends_with_a_farewell() {
    let interview = Interview::answered(settings(), &ANSWERS).await;
    let words = "Thank you for the story of the night with the checksums. I wish you a good evening.";
    let (talked, shown) = turn(Scripted::saying(reply(&next(), words)), &interview, false, None).await;
    let expected = Spoken { farewell: Some(words.to_owned()), ..Spoken::default() };
    assert_eq!(talked.result.unwrap(), expected);
    assert_eq!(shown.last().map(String::as_str), Some(words));
}

#[tokio::test]
async fn fences_and_blank_lines_around_a_reply_do_no_harm() {
    let text = format!("\n```json\n{}\n```\n\nFriday evenings, **then**.\n```\n", next());
    let interview = Interview::answered(settings(), &ANSWERS[..2]).await;
    let (talked, _) = talked(Scripted::saying(text), &interview, true).await;
    assert_eq!(talked.result.unwrap().reaction.as_deref(), Some("Friday evenings, then."));
}

#[tokio::test]
async fn before_an_answer_there_is_nothing_to_say() {
    let interview = Interview::begun(settings()).await;
    let planned = interview.planned().await;
    let moment = Moment {
        brief: interview.brief(),
        state: &interview.state,
        planned: Some(&planned),
        follow_up_of: None,
    };
    let model = Scripted::saying(reply(&next(), "Hello."));
    let interviewer = LlmInterviewer::new(model.clone(), BANK.clone(), TurnOptions::default());
    assert!(interviewer.turn(moment, &Screen::default()).await.result.is_err());
    assert!(model.requests().is_empty());
}
