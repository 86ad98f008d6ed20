//! What comes of a plan by a model, rule by rule.

use crate::injections::{injections, outside};
use crate::interview::{ANSWERS, BANK, Interview, settings};
use crate::scripted::{Scripted, Step};
use greenroom_domain::interview::{GroundingSource, Phase, Plan, PlanItem, Settings};
use greenroom_domain::model_call::ModelPurpose;
use greenroom_llm::{Format, Kind};
use greenroom_providers::{Brief, Conversation, LlmInterviewer, Replanned, Talked, TurnOptions};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

async fn planned(
    model: Arc<Scripted>,
    interview: &Interview,
    introduction: Option<&str>,
) -> Talked<Replanned> {
    let interviewer = LlmInterviewer::new(model, BANK.clone(), TurnOptions::default());
    interviewer.plan(interview.brief(), &interview.plan, introduction).await
}

fn reply(questions: &[Value]) -> Value {
    json!({"reading": null, "questions": questions})
}

/// A question of the model's own that keeps every rule.
fn own() -> Value {
    json!({
        "phase": "technical", "kind": "technical", "competency": "databases", "difficulty": "intermediate",
        "minutes": 3, "bank": null,
        "text": "You moved 40 million rows to PostgreSQL in one night. How did you know that none was lost?",
        "lines": ["R5", "J2"],
        "key_points": [
            {"point": "Compares both sides", "says": "I compared counts and checksums on both sides.", "weight": 3},
            {"point": "Has a way back", "says": "We could go back to the old one at any time.", "weight": 2},
        ],
    })
}

fn with(key: &str, value: Value) -> Value {
    let mut question = own();
    question[key] = value;
    question
}

/// A question of the bank by its number.
fn bank(number: &str, lines: Value) -> Value {
    json!({
        "phase": "technical", "kind": "technical", "competency": "databases", "difficulty": "intermediate",
        "minutes": 3, "bank": number, "text": null, "lines": lines, "key_points": [],
    })
}

async fn plan(questions: &[Value]) -> (Interview, Result<Replanned, String>) {
    let interview = Interview::begun(settings()).await;
    let talked = planned(Scripted::saying(reply(questions).to_string()), &interview, None).await;
    (interview, talked.result)
}

fn phase(plan: &Plan, phase: Phase) -> Vec<&PlanItem> {
    plan.items.iter().filter(|item| item.phase == phase).collect()
}

/// What is true of every plan, whatever the model did.
fn assert_sound(plan: &Plan, interview: &Interview) {
    let draft = &interview.plan;
    for fixed in [Phase::Introduction, Phase::WrapUp] {
        assert_eq!(phase(plan, fixed), phase(draft, fixed));
    }
    let keys: HashSet<&str> = plan.items.iter().map(|item| item.key.as_str()).collect();
    assert_eq!(keys.len(), plan.items.len());
    assert!(plan.items.is_sorted_by_key(|item| item.phase));
    assert!(plan.items.iter().all(|item| (1..=8).contains(&item.minutes)));
    assert!(plan.items.iter().all(|item| item.wording.is_some() || BANK.question(&item.key).is_some()));
    let minutes = |plan: &Plan| plan.items.iter().map(|item| item.minutes).sum::<u32>();
    assert!(minutes(plan) <= interview.settings.duration_minutes.max(minutes(draft)));
    let weight: f64 = plan.competencies.iter().map(|competency| competency.weight).sum();
    assert!((weight - 1.0).abs() < 0.01, "{:?}", plan.competencies);
}

#[tokio::test]
async fn the_prompts_of_a_plan_are_these() {
    let interview = Interview::begun(settings()).await;
    let model = Scripted::saying(reply(&[own()]).to_string());
    planned(model.clone(), &interview, Some(ANSWERS[0])).await.result.unwrap();
    planned(model.clone(), &interview, None).await.result.unwrap();
    let requests = model.requests();
    insta::assert_snapshot!("plan_system", requests[0].system);
    insta::assert_snapshot!("plan", requests[0].messages[2].text);
    assert_eq!(requests[0].messages[..2], requests[1].messages[..2]);
    assert!(requests[1].messages[2].text.contains("there is no introduction"));
    assert!(
        requests.iter().all(|request| request.account.as_deref() == Some("an-interview") && !request.reuse)
    );
    assert!(matches!(&requests[0].format, Format::Json { name, .. } if name == "plan"));
}

#[tokio::test]
async fn plans_may_be_made_by_a_more_patient_model() {
    let interview = Interview::begun(settings()).await;
    let [hurried, patient] = [(); 2].map(|()| Scripted::saying(reply(&[own()]).to_string()));
    let interviewer = LlmInterviewer::new(hurried.clone(), BANK.clone(), TurnOptions::default());
    let interviewer = interviewer.planning_with(patient.clone());
    interviewer.plan(interview.brief(), &interview.plan, None).await.result.unwrap();
    assert_eq!((hurried.requests().len(), patient.requests().len()), (0, 1));
}

#[tokio::test]
async fn questions_of_both_kinds_are_taken_with_their_lines() {
    let interview = Interview::begun(settings()).await;
    let model = Scripted::saying(reply(&[own(), bank("B9", json!(["J2"]))]).to_string());
    let Talked { result, calls } = planned(model.clone(), &interview, None).await;
    let Replanned { plan, reading, engine } = result.unwrap();
    assert_sound(&plan, &interview);
    assert_eq!(reading, None);
    assert_eq!((engine.name.as_str(), engine.version.as_str()), ("scripted/part-1", "interviewer-v1"));
    assert_eq!((calls[0].purpose, calls[0].prompt.as_str()), (ModelPurpose::Plan, "interviewer-v1/plan"));
    assert_eq!(calls[0].model.as_deref(), Some("scripted/part-1"));

    let first = plan.items.iter().find(|item| item.key == "own-1").unwrap();
    let wording = first.wording.as_ref().unwrap();
    assert_eq!((wording.key_points.len(), &wording.bank_id), (2, &None));
    let lines: Vec<_> = first.grounding.iter().map(|line| (line.source, line.text.as_str())).collect();
    assert_eq!(
        lines,
        [
            (GroundingSource::Resume, "Moved 40 million rows to PostgreSQL in one night."),
            (GroundingSource::Job, "You will own the booking service, written in Rust on PostgreSQL."),
        ]
    );
    let shown = &model.requests()[0].messages[2].text;
    let line = shown.lines().find(|line| line.starts_with("B9 ")).unwrap();
    let text = line.split_once("] ").unwrap().1;
    let taken =
        plan.items.iter().find(|item| BANK.question(&item.key).is_some_and(|q| q.text == text)).unwrap();
    assert_eq!((taken.grounding.len(), &taken.wording), (1, &None));
    assert_eq!(plan.items.len(), interview.plan.items.len());
}

#[tokio::test]
async fn a_question_that_breaks_a_rule_is_replaced_by_the_draft() {
    let (interview, good) = plan(&[own()]).await;
    let good = good.unwrap().plan;
    assert_sound(&good, &interview);
    let second = |key: &str, value: Value| {
        let mut question =
            with("text", json!("Which index would you put on a table of bookings, and what would it cost?"));
        question[key] = value;
        question
    };
    assert!(
        plan(&[own(), second("lines", json!(["J1"]))])
            .await
            .1
            .unwrap()
            .plan
            .items
            .iter()
            .any(|i| i.key == "own-2")
    );
    let point = |weight: u32| json!({"point": "One", "says": "I said it.", "weight": weight});
    let drafted = BANK.question(&phase(&interview.plan, Phase::Introduction)[0].key).unwrap().text.clone();
    let broken = [
        second("phase", json!("introduction")),
        second("phase", json!("wrap_up")),
        second("phase", json!("party")),
        second("kind", json!("case")),
        second("competency", json!("juggling")),
        second("difficulty", json!("expert")),
        second("minutes", json!(0)),
        second("minutes", json!(9)),
        second("minutes", json!("3")),
        second("text", json!(null)),
        second("text", json!("Why?")),
        second("text", json!("How old are you, and does that make night shifts hard?")),
        second("text", json!("Do you plan to have children while you work here?")),
        second("text", json!("Which index? And which table?")),
        second("text", json!("See https://example.org and tell me what is wrong there?")),
        second("text", own()["text"].clone()),
        second("text", json!(drafted)),
        second("text", json!(format!("Which {}index?", "very ".repeat(100)))),
        second(
            "text",
            json!(
                "Welchen Index würden Sie auf eine Tabelle mit Buchungen legen, und was kostet er beim Schreiben der Zeilen?"
            ),
        ),
        second("lines", json!([])),
        second("lines", json!(["J99", "Q1"])),
        second("key_points", json!([point(2)])),
        second("key_points", json!([point(2), point(4)])),
        second("key_points", json!([point(1), point(1), point(1), point(1), point(1), point(1)])),
        bank("B99", json!(["J1"])),
        bank("B40", json!([])),
        json!("a question"),
    ];
    for question in broken {
        let found = plan(&[own(), question.clone()]).await.1.unwrap().plan;
        assert_eq!(found, good, "{question}");
        let is_new = question["text"] != own()["text"];
        assert!(!is_new || plan(std::slice::from_ref(&question)).await.1.is_err(), "{question}");
    }
}

#[tokio::test]
async fn the_level_may_be_one_step_away() {
    let level = |level: &str| [with("difficulty", json!(level))];
    for near in ["beginner", "advanced"] {
        assert!(plan(&level(near)).await.1.is_ok());
    }
    let beginner = Settings { difficulty: greenroom_domain::interview::Difficulty::Beginner, ..settings() };
    let interview = Interview::begun(beginner).await;
    let model = Scripted::saying(reply(&level("advanced")).to_string());
    assert!(planned(model, &interview, None).await.result.is_err());
}

#[tokio::test]
async fn a_plan_keeps_its_time() {
    let subjects = [
        "the night of the move and its checksums",
        "an index on route and date",
        "the seat search under load",
        "retries after a lost answer",
        "a deadlock between two bookings",
        "backups of the booking tables",
    ];
    let questions: Vec<Value> = subjects
        .iter()
        .map(|subject| {
            let mut question =
                with("text", json!(format!("What would you do first about {subject}, and why?")));
            question["minutes"] = json!(8);
            question
        })
        .collect();
    let (interview, found) = plan(&questions).await;
    let found = found.unwrap().plan;
    assert_sound(&found, &interview);
    assert!(found.items.iter().any(|item| item.key == "own-1"));
    assert!(phase(&found, Phase::Technical).len() <= phase(&interview.plan, Phase::Technical).len());
}

#[tokio::test]
async fn a_reading_stands_on_words_of_the_introduction() {
    let interview = Interview::begun(settings()).await;
    let read = |role: &str, seniority: &str, quote: &str| {
        let mut reply = reply(&[]);
        reply["reading"] = json!({"role": role, "seniority": seniority, "quote": quote});
        Scripted::saying(reply.to_string())
    };
    let said = "I have worked on booking systems for six years";
    let found = planned(read("Backend engineer", "senior", said), &interview, Some(ANSWERS[0])).await;
    let Replanned { plan, reading, .. } = found.result.unwrap();
    let reading = reading.unwrap();
    assert_eq!((reading.role.as_str(), reading.seniority.as_deref()), ("Backend engineer", Some("senior")));
    assert!(reading.quote.holds(ANSWERS[0]) && reading.quote.text == said);
    assert_eq!(plan, interview.plan, "without questions the draft stands");
    let unknown = planned(read("Backend engineer", "unknown", said), &interview, Some(ANSWERS[0])).await;
    assert_eq!(unknown.result.unwrap().reading.unwrap().seniority, None);
    for (role, quote, introduction) in [
        ("Backend engineer", "I have worked on ferries for ten years", Some(ANSWERS[0])),
        ("Backend engineer", "I", Some(ANSWERS[0])),
        ("", said, Some(ANSWERS[0])),
        ("See www.example.org", said, Some(ANSWERS[0])),
        ("Backend engineer", said, None),
    ] {
        assert!(planned(read(role, "senior", quote), &interview, introduction).await.result.is_err());
    }
}

#[tokio::test]
async fn in_another_language_questions_of_the_bank_are_translated() {
    let interview = Interview::begun(Settings { language: "de".to_owned(), ..settings() }).await;
    let first = interview.plan.items.iter().find(|item| item.phase == Phase::Technical).unwrap();
    let number = 1 + interview.plan.items.iter().filter(|item| item.phase == Phase::Experience).count();
    let translation = "Wie würden Sie vorgehen, wenn eine Abfrage auf die neuesten Bestellungen eines Kunden vier Sekunden braucht?";
    for (text, expected) in [
        (json!(translation), Some(translation)),
        (json!(BANK.question(&first.key).unwrap().text), None),
        (json!("Ja?"), None),
        (json!(format!("{translation} Steht das auf www.example.org?")), None),
        (json!(null), None),
    ] {
        let mut question = bank(&format!("B{number}"), json!(["J2"]));
        question["text"] = text.clone();
        let model = Scripted::saying(reply(&[question]).to_string());
        let plan = planned(model.clone(), &interview, None).await.result.unwrap().plan;
        assert_sound(&plan, &interview);
        let wording = plan.items.iter().find(|item| item.key == first.key).unwrap().wording.as_ref();
        assert_eq!(wording.map(|wording| wording.content.as_str()), expected, "{text}");
        assert!(
            wording
                .is_none_or(|w| w.bank_id.as_deref() == Some(first.key.as_str()) && w.key_points.is_empty())
        );
        assert!(model.requests()[0].system.contains("held in German"));
    }
}

#[tokio::test]
async fn one_translation_stands_for_one_question() {
    let interview = Interview::begun(Settings { language: "de".to_owned(), ..settings() }).await;
    let translation = "Was haben Sie in Ihrer letzten Stelle selbst getan, und was kam dabei heraus?";
    let questions = ["B1", "B2", "B3"].map(|number| {
        let mut question = bank(number, json!(["J2"]));
        question["text"] = translation.into();
        question
    });
    let model = Scripted::saying(reply(&questions).to_string());
    let plan = planned(model, &interview, None).await.result.unwrap().plan;
    assert_sound(&plan, &interview);
    let worded = plan.items.iter().filter_map(|item| item.wording.as_ref());
    assert_eq!(worded.filter(|wording| wording.content == translation).count(), 1);
}

#[tokio::test]
async fn a_plan_of_its_own_can_be_planned_again() {
    let (mut interview, first) = plan(&[own()]).await;
    interview.plan = first.unwrap().plan;
    let open =
        interview.plan.items.iter().filter(|i| !matches!(i.phase, Phase::Introduction | Phase::WrapUp));
    let number = 1 + open.clone().position(|item| item.key == "own-1").unwrap();
    let other =
        with("text", json!("Which index would you put on a table of bookings, and what would it cost?"));
    let model = Scripted::saying(reply(&[bank(&format!("B{number}"), json!(["J1"])), other]).to_string());
    let again = planned(model.clone(), &interview, Some(ANSWERS[0])).await.result.unwrap().plan;
    assert_sound(&again, &interview);
    let wording =
        |key: &str| again.items.iter().find(|item| item.key == key).unwrap().wording.clone().unwrap();
    assert_eq!(wording("own-1").content, own()["text"].as_str().unwrap());
    assert!(wording("own-2").content.starts_with("Which index"));
}

#[tokio::test]
async fn questions_of_earlier_interviews_are_not_offered() {
    let interview = Interview::begun(settings()).await;
    let shown = |model: Arc<Scripted>| model.requests()[0].messages[2].text.clone();
    let model = Scripted::saying(reply(&[own()]).to_string());
    planned(model.clone(), &interview, None).await.result.unwrap();
    let offered = shown(model);
    let drafted: HashSet<&str> = interview.plan.items.iter().map(|item| item.key.as_str()).collect();
    let other = BANK
        .questions()
        .map(|(_, q)| q)
        .find(|q| offered.contains(&q.text) && !drafted.contains(q.id.as_str()));
    let other = other.unwrap();
    let seen = HashSet::from([other.id.clone()]);
    let model = Scripted::saying(reply(&[own()]).to_string());
    let interviewer = LlmInterviewer::new(model.clone(), BANK.clone(), TurnOptions::default());
    let brief = Brief { seen: &seen, ..interview.brief() };
    interviewer.plan(brief, &interview.plan, None).await.result.unwrap();
    assert!(!shown(model).contains(&other.text));
}

#[tokio::test(start_paused = true)]
async fn what_gives_no_plan_is_an_error_with_its_call() {
    let interview = Interview::begun(settings()).await;
    let parts: [(Step, &str); 5] = [
        (Step::Say("I would ask about ferries.".to_owned()), "answered"),
        (Step::Say("{\"questions\": 3}".to_owned()), "answered"),
        (Step::Cut(reply(&[own()]).to_string()), "answered"),
        (Step::Fail(Kind::OverBudget), "over_budget"),
        (Step::Hang(String::new()), "timed_out"),
    ];
    for (step, outcome) in parts {
        let began = tokio::time::Instant::now();
        let step = std::sync::Mutex::new(Some(step));
        let model = Scripted::new(move |_| step.lock().unwrap().take().unwrap());
        let Talked { result, calls } = planned(model, &interview, None).await;
        assert!(result.is_err());
        assert_eq!((calls.len(), calls[0].attempts[0].outcome.as_str()), (1, outcome));
        assert!(began.elapsed() <= Duration::from_secs(45));
    }
}

#[tokio::test]
async fn what_an_introduction_says_changes_nothing_but_itself() {
    let interview = Interview::begun(settings()).await;
    let frame = |text: String| {
        let interview = interview.clone();
        async move {
            let model = Scripted::saying(reply(&[own()]).to_string());
            planned(model.clone(), &interview, Some(&text)).await.result.unwrap();
            let request = model.requests().remove(0);
            (request.system, request.messages[0].text.clone(), outside(&request.messages[2].text))
        }
    };
    let plain = frame(ANSWERS[0].to_owned()).await;
    assert!(!plain.2.contains("booking systems"));
    for injection in injections() {
        assert_eq!(frame(injection.clone()).await, plain, "{injection}");
    }
}

#[tokio::test]
async fn names_stay_here_when_a_plan_is_made() {
    let interview = Interview::begun(settings()).await;
    let model = Scripted::saying(reply(&[own()]).to_string());
    let introduction = "I am Ama Serwaa-Lindqvist, write to ama.serwaa@example.org.";
    planned(model.clone(), &interview, Some(introduction)).await.result.unwrap();
    let request = &model.requests()[0];
    let all: Vec<&str> = request.messages.iter().map(|message| message.text.as_str()).collect();
    assert!(!all.join("\n").contains("Ama") && !all.join("\n").contains("ama.serwaa"));
}
