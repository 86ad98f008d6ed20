//! What a turn shows of the interview so far.

use crate::interview::{ANSWERS, Interview, at, settings};
use crate::scripted::{Scripted, follow_up, next, reply};
use crate::turns::talked;
use greenroom_domain::bank::KeyPoint;
use greenroom_domain::evaluation::Evaluation;
use greenroom_domain::interview::{Event, InterviewType};
use greenroom_providers::builtin::BuiltinJudge;
use greenroom_providers::{Judge, Subject};
use greenroom_scoring::rubrics;

async fn message(interview: &Interview) -> String {
    let model = Scripted::saying(reply(&next(), "Fridays."));
    talked(model.clone(), interview, true).await.0.result.unwrap();
    model.requests().remove(0).messages.remove(2).text
}

/// The lines between the delimiters of the notes.
fn notes(message: &str) -> Vec<&str> {
    let Some((_, rest)) = message.split_once("<<<notes ") else { return Vec::new() };
    rest.split_once("<<<end ").unwrap().0.lines().skip(1).collect()
}

#[tokio::test]
async fn a_note_has_the_words_that_say_a_key_point() {
    let mut interview = Interview::answered(settings(), &ANSWERS).await;
    let before = message(&interview).await;
    assert!(!notes(&before)[1].contains("faster after that"));
    let point = KeyPoint {
        point: "Tells the gain".into(),
        says: "It was a lot faster after that.".into(),
        weight: 3,
    };
    let asked = &interview.state.asked[1];
    let (question, response) = (&asked.question, &asked.responses[0]);
    let subject = Subject {
        question: &question.content,
        answer: &response.content,
        reference: None,
        key_points: std::slice::from_ref(&point),
        kind: Some(InterviewType::Behavioral),
        language: "en",
    };
    let judgement = BuiltinJudge.judge(subject, &rubrics::practice_core()).await.judgement;
    assert!(judgement.key_points[0].covered);
    let evaluation = Evaluation {
        id: "018f0000-0000-7000-8000-000000000009".parse().unwrap(),
        session_id: Some(interview.state.id),
        question_id: Some(question.id),
        response_id: Some(response.id),
        judgement,
        created_at: at(),
    };
    interview.log(Event::AnswerEvaluated { evaluation: Box::new(evaluation) });
    let after = message(&interview).await;
    assert!(notes(&after)[1].contains("It was a lot faster after that"), "{after}");
}

#[tokio::test]
async fn older_notes_are_shorter_and_at_last_left_out() {
    let settings = greenroom_domain::interview::Settings {
        duration_minutes: 120,
        question_count: Some(40),
        ..settings()
    };
    let mut interview = Interview::begun(settings).await;
    let mut sizes = Vec::new();
    for turn in 0..40 {
        interview.ask_and_answer(ANSWERS[turn % 4]).await;
        let message = message(&interview).await;
        sizes.push(notes(&message).iter().map(|note| note.chars().count()).sum::<usize>());
    }
    assert!(sizes.iter().all(|size| *size < 1_600), "{sizes:?}");
    let last = message(&interview).await;
    let notes = notes(&last);
    assert!(notes[0].ends_with("earlier answers are left out.)"), "{notes:?}");
    assert!(notes[1].chars().count() <= 50 && notes.last().unwrap().starts_with("38. "), "{notes:?}");
}

#[tokio::test]
async fn of_a_long_answer_the_middle_is_left_out() {
    let answer = format!(
        "At first we had nothing. {} In the end it held.",
        "Then one more thing happened. ".repeat(300)
    );
    let interview = Interview::answered(settings(), &[&answer]).await;
    let message = message(&interview).await;
    assert!(message.contains("At first we had nothing.") && message.contains("In the end it held."));
    assert!(message.contains("characters are left out here"));
    assert!(message.chars().count() < 5_500, "{}", message.chars().count());
    let model = Scripted::saying(reply(
        &follow_up("In the end it held"),
        "It held, then.\nHow do you know that it held?",
    ));
    let probe = talked(model, &interview, true).await.0.result.unwrap().follow_up.unwrap();
    assert!(probe.said.holds(&answer));
}
