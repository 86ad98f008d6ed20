//! Who speaks does not reach the model, and quotes are still the true words.

use crate::scripted::{Scripted, Step, answer_in, assert_sound, even, rubric, subject};
use greenroom_providers::{Candidate, Judge, LlmJudge};
use std::sync::{Arc, LazyLock};

const TEMPLATE: &str = "My colleague NAME and I gave each payment a key. HE told me to write to MAIL, and HIS idea \
                        was that the same key is never charged twice.";

static ANSWERS: LazyLock<[(String, &str); 3]> = LazyLock::new(|| {
    [("Anna Kovács", "she", "her"), ("Mohammed Al-Sayed", "he", "his"), ("Ngọc Trần", "they", "their")].map(
        |(name, he, his)| {
            let mail = format!("{}@example.org", name.split(' ').next().unwrap().to_ascii_lowercase());
            let capital = he[..1].to_uppercase() + &he[1..];
            (
                TEMPLATE
                    .replace("NAME", name)
                    .replace("HE", &capital)
                    .replace("HIS", his)
                    .replace("MAIL", &mail),
                name,
            )
        },
    )
});

fn named<'a>(names: &'a [&'a str]) -> Candidate<'a> {
    Candidate { names, ..Candidate::default() }
}

fn model() -> Arc<Scripted> {
    Scripted::new(|request, _| {
        let answer = answer_in(request);
        let start = answer.find("They told").expect("gendered words are taken out");
        Step::Say(even(6.0, &answer[start..start + 50]).to_string())
    })
}

#[tokio::test]
async fn answers_that_differ_in_who_speaks_are_one_to_the_model() {
    let model = model();
    for (answer, name) in &*ANSWERS {
        let judge = LlmJudge::new(model.clone());
        let judgement = judge.judge_unnamed(subject(answer), named(&[name]), &rubric()).await.judgement;
        assert_sound(&judgement, answer);
        let quote = &judgement.criteria[0].quotes()[0].text;
        assert!(quote.contains("@example.org"), "the true words are shown: {quote}");
    }
    let requests = model.requests();
    assert!(requests.windows(2).all(|pair| pair[0] == pair[1]), "{requests:#?}");
    assert!(answer_in(&requests[0]).contains("My colleague [name] and I gave"));
}

#[tokio::test]
async fn without_names_the_rest_is_still_taken_out() {
    let model = model();
    let (answer, _) = &ANSWERS[0];
    LlmJudge::new(model.clone()).judge(subject(answer), &rubric()).await;
    let sent = answer_in(&model.requests()[0]);
    assert!(sent.contains("Anna Kovács") && !sent.contains('@') && !sent.contains("She "), "{sent}");
}

#[tokio::test]
async fn no_word_of_the_candidate_stands_in_the_instructions() {
    let model = model();
    for (answer, name) in &*ANSWERS {
        LlmJudge::new(model.clone()).judge_unnamed(subject(answer), named(&[name]), &rubric()).await;
    }
    let systems: Vec<String> = model.requests().into_iter().map(|request| request.system).collect();
    assert!(systems.iter().all(|system| *system == systems[0]));
    assert!(!systems[0].contains("payment") && !systems[0].contains("colleague"));
}

const STUDIED: &str = "At Example Valley University and at EVU my team gave each payment a key, as the Institute of \
                       Ledgers taught us, and I never charged a key twice.";

#[tokio::test]
async fn schools_are_taken_out_on_request_and_quotes_are_still_the_true_words() {
    let candidate = Candidate { schools: &["Example Valley University (EVU)"], ..Candidate::default() };
    for (redacts, sent) in [
        (false, STUDIED),
        (
            true,
            "At [school] and at [school] my team gave each payment a key, as the [school] taught us, and I never \
             charged a key twice.",
        ),
    ] {
        let model = Scripted::new(|request, _| {
            let answer = answer_in(request);
            Step::Say(even(6.0, &answer[..answer.find(" my team").unwrap()]).to_string())
        });
        let judge = LlmJudge::new(model.clone()).with_schools_redacted(redacts);
        let judgement = judge.judge_unnamed(subject(STUDIED), candidate, &rubric()).await.judgement;
        assert_sound(&judgement, STUDIED);
        assert_eq!(answer_in(&model.requests()[0]), sent);
        assert_eq!(judgement.criteria[0].quotes()[0].text, "At Example Valley University and at EVU");
    }
}

#[tokio::test]
async fn answers_that_differ_in_their_school_are_one_to_the_model() {
    let model = Scripted::new(|_, _| Step::Say(even(6.0, "gave each payment a key").to_string()));
    let judge = LlmJudge::new(model.clone()).with_schools_redacted(true);
    for school in ["Harvard University", "Ghana Institute of Technology", "Technische Universität Chemnitz"]
    {
        let answer = format!("When I left {school} my team gave each payment a key and never charged twice.");
        judge.judge(subject(&answer), &rubric()).await;
    }
    let requests = model.requests();
    assert!(requests.len() == 3 && requests.windows(2).all(|pair| pair[0] == pair[1]), "{requests:#?}");
}
