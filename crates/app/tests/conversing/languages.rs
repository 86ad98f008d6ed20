//! An answer in another language than the interview's.

use crate::room::{ANSWER, Room, draft, next};
use greenroom_app::configs::{self, Draft};
use greenroom_app::interviews;
use greenroom_documents::render::markdown;
use greenroom_domain::evaluation::EngineKind;
use greenroom_domain::interview::{Note, Personality};
use greenroom_providers::sentences;
use greenroom_testkit::played_model::{Ask, GOES_ON, PlayedModel, REACTION, Step};

const GERMAN: &str = "Ich betreue seit zwei Jahren die Suche in unserem Laden und habe sie mit einem Index deutlich \
    schneller gemacht, weil die Kunden zu lange warten mussten.";

/// Somebody who would follow up twice.
fn patient() -> Draft {
    Draft { personality: Personality::Challenging, ..draft() }
}

#[tokio::test]
async fn an_answer_in_another_language_is_asked_for_again_once() {
    let model = PlayedModel::turning(|_, _| vec![Step::Say(GOES_ON.to_owned())]);
    let room = Room::with(patient()).await;
    model.converses_in(room.app());
    let before = room.log().await.len();
    let question = room.question().await;
    let answered = room.answer(GERMAN).await;
    let again = next(&answered);
    assert_eq!(again.content, question.content);
    assert_eq!(again.lead_in.as_deref(), Some(sentences("en").other_language.as_str()));
    assert_eq!(again.parent_question_id, Some(question.id));
    assert_eq!(again.engine.kind, EngineKind::Builtin);
    assert_eq!(room.kinds(before).await, ["answer_received", "noted", "question_asked"]);
    assert_eq!(room.state().await.notes, [Note::OtherLanguage { response_id: answered.response_id }]);
    assert_eq!(model.heard(Ask::Turn).len(), 0, "this takes no model");

    let answered = room.answer(GERMAN).await;
    assert_eq!(next(&answered).lead_in.as_deref(), Some(REACTION), "the model goes on");
    assert!(!next(&answered).is_follow_up());
    assert_eq!(room.state().await.notes.len(), 1, "not twice for one question");

    // Another question, another chance.
    let answered = room.answer(GERMAN).await;
    assert_eq!(next(&answered).lead_in.as_deref(), Some(sentences("en").other_language.as_str()));
    assert_eq!(room.state().await.notes.len(), 2);
}

#[tokio::test]
async fn the_built_in_interviewer_asks_for_it_again_as_well() {
    let room = Room::with(patient()).await;
    let before = room.log().await.len();
    let answered = room.answer(GERMAN).await;
    assert_eq!(next(&answered).lead_in.as_deref(), Some(sentences("en").other_language.as_str()));
    assert_eq!(room.kinds(before).await, ["answer_received", "noted", "question_asked"]);
    let answered = room.answer(GERMAN).await;
    assert_ne!(next(&answered).lead_in.as_deref(), Some(sentences("en").other_language.as_str()));
    assert_eq!(room.state().await.notes.len(), 1);
}

#[tokio::test]
async fn nobody_is_asked_again_in_the_language_of_the_interview() {
    let model = PlayedModel::turning(|_, _| {
        vec![Step::Say(GOES_ON.replace(REACTION, "Das klingt nach viel Verantwortung für einen Laden."))]
    });
    let room = Room::open(&model).await;
    room.answer(ANSWER).await;
    let german = Draft { language: Some("de".to_owned()), ..draft() };
    let config = greenroom_app::configs::create(room.app(), room.user, german).await.expect("a set-up").id;
    let id = crate::room::start(room.app(), room.user, config).await;
    let german = Room { config, id, ..room };
    german.answer(GERMAN).await;
    assert_eq!(german.state().await.notes, []);
}

#[tokio::test]
async fn without_a_model_an_interview_is_held_and_judged_in_a_language_of_the_bank() {
    for language in ["de", "hi", "zh"] {
        let room = Room::with(Draft { language: Some(language.to_owned()), ..draft() }).await;
        let bank = room.app().bank();
        while let Some(asked) = room.state().await.current_question() {
            let question = &asked.question;
            let root = question.parent_question_id.map_or(question.id, |root| root);
            let root = room.state().await.asked_question(root).expect("it was asked").question.clone();
            let own = bank.question_in(language, root.bank_id.as_deref().expect("of the bank"));
            let own = own.unwrap_or_else(|| panic!("{} is not there in {language}", question.content));
            assert_eq!(root.key_points, own.key_points);
            if question.is_follow_up() {
                assert!(
                    own.follow_ups.iter().any(|curated| curated.text == question.content),
                    "{}",
                    question.content
                );
            }
            room.answer(&own.reference).await;
            room.test.work().await;
        }
        let report = interviews::report(room.app(), room.user, room.id).await.expect("a report");
        assert!(
            report.summary.overall.score.is_some_and(|score| score > 7.0),
            "{:?}",
            report.summary.overall
        );
        let written = markdown(&interviews::report_document(room.app(), &report));
        assert!(written.contains("was measured in English only"), "{language}");
    }
}

#[tokio::test]
async fn without_a_model_other_languages_are_refused() {
    let room = Room::alone().await;
    let wanted = Draft { language: Some("ja".to_owned()), ..draft() };
    let refused = configs::create(room.app(), room.user, wanted).await.expect_err("nobody speaks it");
    assert!(refused.fields["language"].contains("de, en, es, fr, hi, zh"), "{:?}", refused.fields);
}
