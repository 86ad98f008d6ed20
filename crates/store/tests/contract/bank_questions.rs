use super::harness::at;
use greenroom_domain::bank::{BankEntry, BankQuestion, OwnQuestion};
use greenroom_domain::interview::{Difficulty, InterviewType};
use greenroom_store::{Constraint, Store, StoreError};

fn own(id: &str, version: u32, text: &str) -> OwnQuestion {
    let question = BankQuestion {
        id: id.to_owned(),
        kind: InterviewType::Case,
        competency: "planning".to_owned(),
        difficulty: Difficulty::Advanced,
        minutes: 4,
        phase: None,
        tags: Vec::new(),
        text: text.to_owned(),
        reference: "Ünïcode — “quoted”".to_owned(),
        red_flags: Vec::new(),
        key_points: Vec::new(),
        follow_ups: Vec::new(),
        sounds_like: None,
    };
    let licence = Some("CC-BY-4.0".to_owned());
    let entry = BankEntry { role: "cook".to_owned(), question, source: None, licence };
    OwnQuestion { entry, version, retired: false, at: at(i64::from(version)) }
}

pub async fn the_newest_version_counts(store: Store) {
    assert_eq!(
        (store.own_questions().await.unwrap(), store.own_questions_revision().await.unwrap()),
        (vec![], 0)
    );
    let (soup, stock) = (own("cook.soup", 1, "Soup?"), own("cook.stock", 1, "Stock?"));
    store.save_own_questions(&[stock.clone(), soup.clone()]).await.unwrap();
    assert_eq!(store.own_questions().await.unwrap(), [soup.clone(), stock.clone()]);
    let changed = own("cook.soup", 2, "Which soup?");
    let retired = OwnQuestion { retired: true, version: 2, ..stock };
    store.save_own_questions(&[changed.clone(), retired.clone()]).await.unwrap();
    assert_eq!(store.own_questions().await.unwrap(), [changed, retired.clone()]);
    assert_eq!(store.own_questions_revision().await.unwrap(), 4);
    assert_eq!(store.own_question("cook.stock").await.unwrap(), Some(retired));
    assert_eq!(store.own_question("cook.sauce").await.unwrap(), None);
    let versions = store.own_question_versions("cook.soup").await.unwrap();
    let texts: Vec<&str> = versions.iter().map(|own| own.entry.question.text.as_str()).collect();
    assert_eq!(texts, ["Which soup?", "Soup?"], "the newest first");
    assert_eq!(store.own_question_versions("cook.sauce").await.unwrap(), []);
}

pub async fn a_version_is_taken_once_and_nothing_beside_it(store: Store) {
    let first = own("cook.soup", 1, "Soup?");
    store.save_own_questions(std::slice::from_ref(&first)).await.unwrap();
    let late = [own("cook.stock", 1, "Stock?"), own("cook.soup", 1, "Another soup?")];
    let refused = store.save_own_questions(&late).await;
    assert!(matches!(refused, Err(StoreError::Conflict(Constraint::Other))), "{refused:?}");
    assert_eq!(store.own_questions().await.unwrap(), [first]);
}
