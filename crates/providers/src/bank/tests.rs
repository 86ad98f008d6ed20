use super::{Bank, Content, Shelf};
use greenroom_domain::bank::{
    BankEntry, BankQuestion, OwnQuestion, TranslatedFollowUp, TranslatedPoint, TranslatedQuestion,
    Translation,
};
use greenroom_domain::clock::Timestamp;
use std::path::Path;

const ROLE: &str = r#"
role = "cook"
title = "Cook"
industries = ["hospitality"]
aliases = ["chef"]
competencies = []
[[question]]
id = "cook.stock"
type = "technical"
competency = "trade_skills"
difficulty = "beginner"
minutes = 2
tags = []
text = "How do you make a stock for {position}?"
reference = "I roast bones."
[[question.key_points]]
point = "Bones"
says = "I roast the bones."
weight = 3
[[question.follow_ups]]
asks_for = 1
text = "Why roast them?"
"#;

fn german() -> TranslatedQuestion {
    TranslatedQuestion {
        id: "cook.stock".to_owned(),
        text: "Wie kochen Sie als {position} einen Fond?".to_owned(),
        reference: "Ich röste Knochen.".to_owned(),
        red_flags: vec!["Nimmt Pulver".to_owned()],
        key_points: vec![TranslatedPoint {
            point: "Knochen".to_owned(),
            says: "Ich röste die Knochen.".to_owned(),
        }],
        follow_ups: vec![TranslatedFollowUp { text: "Warum rösten?".to_owned() }],
        sounds_like: None,
    }
}

fn bank(question: TranslatedQuestion) -> Bank {
    let translation = Translation { language: "de".to_owned(), review: None, questions: vec![question] };
    Bank::of(Content {
        roles: vec![toml::from_str(ROLE).unwrap()],
        translations: vec![translation],
        ..Content::default()
    })
    .unwrap()
}

#[test]
fn a_translation_has_its_own_words_and_the_original_weights() {
    let bank = bank(german());
    let question = bank.question_in("de", "cook.stock").unwrap();
    assert_eq!(question.text, "Wie kochen Sie als {position} einen Fond?");
    assert_eq!(
        (question.key_points[0].says.as_str(), question.key_points[0].weight),
        ("Ich röste die Knochen.", 3)
    );
    assert_eq!((question.follow_ups[0].asks_for, question.follow_ups[0].text.as_str()), (1, "Warum rösten?"));
    assert!(bank.speaks("de") && bank.speaks("en") && !bank.speaks("fr"));
    assert!(bank.question_in("fr", "cook.stock").is_none());
    assert_eq!(bank.question_in("en", "cook.stock").unwrap().text, "How do you make a stock for {position}?");
}

#[test]
fn a_translation_that_does_not_fit_is_not_asked() {
    let misfits: [fn(&mut TranslatedQuestion); 4] = [
        |q| q.key_points.clear(),
        |q| q.follow_ups.push(TranslatedFollowUp { text: "Und dann?".to_owned() }),
        |q| q.text = "Wie kochen Sie einen Fond?".to_owned(),
        |q| q.id = "cook.sauce".to_owned(),
    ];
    for spoil in misfits {
        let mut question = german();
        spoil(&mut question);
        assert!(!bank(question.clone()).speaks("de"), "{question:?}");
    }
}

#[test]
fn a_folder_is_read_with_its_languages_and_its_core() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("cook.toml", ROLE);
    write("core.toml", "questions = [\"cook.stock\"]");
    let translation = Translation { language: "de".to_owned(), review: None, questions: vec![german()] };
    write("de/core.toml", &toml::to_string(&translation).unwrap());
    let bank = Bank::read(folder.path()).unwrap();
    assert_eq!(bank.core(), ["cook.stock"]);
    assert!(bank.question_in("de", "cook.stock").is_some());

    write("fr/core.toml", &toml::to_string(&translation).unwrap());
    let error = Bank::read(folder.path()).unwrap_err().to_string();
    assert_eq!(error, "bank file fr/core.toml: language = \"de\" in the folder fr");
    write("fr/core.toml", "language = \"fr\"\nlang = 1");
    assert!(Bank::read(folder.path()).unwrap_err().to_string().contains("unknown field `lang`"));
}

#[test]
fn the_program_has_the_same_files_as_the_folder() {
    let shipped = Bank::shipped().unwrap();
    let read = Bank::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../bank")).unwrap();
    assert_eq!(shipped.core(), read.core());
    assert_eq!(shipped.translations().len(), read.translations().len());
    assert_eq!(shipped.questions().count(), read.questions().count());
}

fn own(id: &str, role: &str, retired: bool) -> OwnQuestion {
    let question =
        BankQuestion { id: id.to_owned(), ..bank(german()).question("cook.stock").unwrap().clone() };
    let entry = BankEntry { role: role.to_owned(), question, source: None, licence: None };
    OwnQuestion { entry, version: 1, retired, at: Timestamp::new(Default::default()) }
}

#[test]
fn added_questions_stand_beside_what_ships() {
    let shelf = Shelf::from(bank(german()));
    let asked = |shelf: &Shelf| shelf.now().questions().map(|(_, q)| q.id.clone()).collect::<Vec<_>>();
    let before = shelf.now();
    shelf.put(&[
        own("cook.soup", "cook", false),
        own("cook.old", "cook", true),
        own("wizard.spell", "wizard", false),
    ]);
    assert_eq!(asked(&shelf), ["cook.stock", "cook.soup"], "a role that is not there has no questions");
    assert!(shelf.now().question("cook.old").is_some(), "who asked it keeps it");
    assert!(shelf.now().question_in("de", "cook.stock").is_some(), "translations stay");
    assert_eq!(before.questions().count(), 1, "who took the bank before has it as it was");

    // A newer version of the program may ship a key that was taken here.
    shelf.put(&[own("cook.stock", "cook", false)]);
    assert_eq!(asked(&shelf), ["cook.stock"]);
    assert_eq!(shelf.shipped().questions().count(), 1);
}
