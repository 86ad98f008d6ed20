//! A model of another company gets the words of those who agree, and of nobody else.

use crate::room::{ANSWER, Room, draft, next};
use greenroom_app::configs::{self, Draft};
use greenroom_app::consents;
use greenroom_domain::account::Purpose;
use greenroom_domain::evaluation::EngineKind;
use greenroom_testkit::played_model::{Ask, GOES_ON, PlayedModel, Step};

const VENDOR: Purpose = Purpose::ModelVendor;

#[tokio::test]
async fn nothing_is_sent_before_the_person_agrees_nor_after_they_withdraw() {
    let model = PlayedModel::turning(|_, _| vec![Step::Say(GOES_ON.to_owned())]);
    let room = Room::alone().await;
    model.converses_outside_of(room.app());
    let (app, user) = (room.app(), room.user);
    let first = room.answer(ANSWER).await;
    assert_eq!(next(&first).engine.kind, EngineKind::Builtin);
    room.test.work().await;
    assert!(model.heard(Ask::Turn).is_empty() && model.heard(Ask::Plan).is_empty());

    let version = &consents::text(VENDOR).version;
    let stale = consents::give(app, user, VENDOR, "2020-01-01.00000000").await.expect_err("an old text");
    assert_eq!(stale.error, "consent_text_changed");
    for _ in 0..2 {
        let given = consents::give(app, user, VENDOR, version).await.expect("it is kept");
        assert_eq!(given.len(), 1, "agreeing twice is agreeing once");
    }
    let second = room.answer(ANSWER).await;
    assert_eq!(next(&second).engine.kind, EngineKind::Llm);
    assert_eq!(model.heard(Ask::Turn).len(), 1);

    let withdrawn = consents::withdraw(app, user, VENDOR).await.expect("it is kept");
    assert!(
        withdrawn[0].withdrawn_at.is_some() && withdrawn[0].given_at <= withdrawn[0].withdrawn_at.unwrap()
    );
    let third = room.answer(ANSWER).await;
    assert_eq!(next(&third).engine.kind, EngineKind::Builtin);
    room.test.work().await;
    assert_eq!(model.heard(Ask::Turn).len(), 1, "nothing more was sent");
}

#[tokio::test]
async fn a_language_that_needs_the_model_needs_the_consent() {
    let model = PlayedModel::turning(|_, _| vec![Step::Say(GOES_ON.to_owned())]);
    let room = Room::alone().await;
    model.converses_outside_of(room.app());
    let japanese = || Draft { language: Some("ja".to_owned()), ..draft() };
    let refused = configs::create(room.app(), room.user, japanese()).await.expect_err("no consent");
    assert!(refused.fields.contains_key("language"), "{refused:?}");
    let version = &consents::text(VENDOR).version;
    consents::give(room.app(), room.user, VENDOR, version).await.expect("it is kept");
    assert!(configs::create(room.app(), room.user, japanese()).await.is_ok());
}
