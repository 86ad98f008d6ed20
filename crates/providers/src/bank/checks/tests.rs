use super::*;
use crate::bank::Content;
use greenroom_domain::bank::{
    Competency, CompetencyKind, FollowUp, KeyPoint, Review, SoundsLike, TranslatedFollowUp, TranslatedPoint,
    TranslatedQuestion, Translation,
};
use greenroom_domain::interview::{Difficulty, InterviewType};

fn point(says: &str, weight: u32) -> KeyPoint {
    KeyPoint {
        point: says.split(' ').take(3).collect::<Vec<_>>().join(" ").into(),
        says: says.into(),
        weight,
    }
}

/// A question that nothing is wrong with.
fn sound() -> BankQuestion {
    let says = [
        "I roast the bones and the vegetables until they are brown.",
        "I start the stock in cold water and never let it boil.",
        "I skim the foam and strain the stock through a cloth.",
    ];
    BankQuestion {
        id: "cook.stock".to_owned(),
        kind: InterviewType::Technical,
        competency: "cookery".to_owned(),
        difficulty: Difficulty::Beginner,
        minutes: 2,
        phase: None,
        tags: vec!["stock".to_owned()],
        text: "How do you make a brown veal stock for a kitchen of forty covers?".to_owned(),
        reference: format!(
            "{} In our kitchen that takes forty minutes in a hot oven, with a spoon of tomato at the end. {} I keep it at ninety degrees for eight hours, with thyme and a bay leaf, and leave the lid off. {} Then I cool it in an ice bath to below five degrees within ninety minutes, write the day on the tub, and use it within three days.",
            says[0], says[1], says[2]
        ),
        red_flags: vec!["Takes stock powder and calls it home-made".to_owned()],
        key_points: vec![point(says[0], 2), point(says[1], 3), point(says[2], 1)],
        follow_ups: [1, 0]
            .map(|asks_for| FollowUp { asks_for, text: "What goes wrong there most often?".to_owned() })
            .to_vec(),
        sounds_like: Some(SoundsLike {
            low: "I'd open a packet and pour hot tap over that.".to_owned(),
            middle: "I roast the bones until brown and cover them, then wait.".to_owned(),
            high: says.join(" "),
        }),
    }
}

fn role(questions: Vec<BankQuestion>) -> BankRole {
    BankRole {
        role: "cook".to_owned(),
        title: "Cook".to_owned(),
        industries: vec!["hospitality".to_owned()],
        aliases: Vec::new(),
        review: Some(Review {
            on: "2026-05-04".to_owned(),
            read: questions.len(),
            changed: Vec::new(),
            notes: Vec::new(),
        }),
        competencies: vec!["cookery".to_owned()],
        questions,
    }
}

fn taxonomy() -> Vec<Competency> {
    vec![Competency {
        key: "cookery".to_owned(),
        kind: CompetencyKind::Craft,
        label: "Cookery".to_owned(),
        description: "Cooks.".to_owned(),
        cues: Vec::new(),
    }]
}

fn checked(questions: Vec<BankQuestion>) -> Vec<Finding> {
    bank(&Bank::new(vec![role(questions)], taxonomy()).unwrap())
}

/// The rules that one question by itself breaks.
fn broken(spoil: impl FnOnce(&mut BankQuestion)) -> Vec<&'static str> {
    let mut question = sound();
    spoil(&mut question);
    let key = question.id.clone();
    let of_question = checked(vec![question]).into_iter().filter(|f| f.question.as_ref() == Some(&key));
    of_question.map(|finding| finding.rule).collect()
}

#[test]
fn a_sound_question_has_no_findings() {
    assert_eq!(broken(|_| ()), [""; 0]);
}

#[test]
fn each_fault_breaks_its_own_rule() {
    type Spoil = fn(&mut BankQuestion);
    let cases: [(&str, Spoil); 18] = [
        ("id", |q| q.id = "baker.stock".to_owned()),
        ("id", |q| q.id = "cook.Brown stock".to_owned()),
        ("competency", |q| q.competency = "sauces".to_owned()),
        ("empty", |q| q.text = "  ".to_owned()),
        ("too_long", |q| q.red_flags = vec!["a ".repeat(501)]),
        ("several_questions", |q| q.text = "How? Why? When do you make stock?".to_owned()),
        ("placeholder", |q| q.text = "How do you make stock as {job}?".to_owned()),
        ("key_points", |q| q.key_points.truncate(2)),
        ("weights", |q| q.key_points[0].weight = 4),
        ("follow_ups", |q| q.follow_ups.truncate(1)),
        ("follow_ups", |q| q.follow_ups[0].asks_for = 4),
        ("minutes", |q| q.minutes = 0),
        ("red_flags", |q| q.red_flags.clear()),
        ("unlawful", |q| q.follow_ups[1].text = "Are you married?".to_owned()),
        ("reading_level", |q| {
            q.text = "Considering organisational ramifications, which methodologies would you prioritise in establishing accountability for gastronomical irregularities?".to_owned();
        }),
        ("reference_gap", |q| {
            q.key_points[2].says = "I freeze surplus portions flat, labelled by date.".into()
        }),
        ("red_flag", |q| q.red_flags = vec!["Strains the stock through a cloth".to_owned()]),
        ("sounds_like_order", |q| {
            let sounds = q.sounds_like.as_mut().unwrap();
            std::mem::swap(&mut sounds.low, &mut sounds.high);
        }),
    ];
    for (rule, spoil) in cases {
        assert!(broken(spoil).contains(&rule), "{rule}: {:?}", broken(spoil));
    }
}

#[test]
fn a_red_flag_that_the_reference_denies_is_none() {
    let rules = broken(|q| q.red_flags = vec!["Lets the water boil at the start".to_owned()]);
    assert!(!rules.contains(&"red_flag"), "{rules:?}");
}

#[test]
fn a_reference_that_does_not_answer_is_marked_low() {
    let rules = broken(|q| q.reference = "The bones matter, and so does the pot. ".repeat(8));
    assert!(rules.contains(&"reference_score") && rules.contains(&"reference_gap"), "{rules:?}");
}

#[test]
fn thin_roles_are_found() {
    let findings = checked(vec![sound()]);
    let rules: Vec<_> = findings.iter().filter(|f| f.question.is_none()).map(|f| f.rule).collect();
    let of_role =
        ["thin_role", "missing_type", "missing_type", "missing_type", "missing_level", "missing_level"];
    assert_eq!(rules.iter().filter(|rule| of_role.contains(rule)).count(), 6, "{findings:#?}");
    assert!(rules.contains(&"thin_competency"));
}

#[test]
fn a_review_reads_every_question() {
    let with = |review: Option<Review>| {
        let role = BankRole { review, ..role(vec![sound()]) };
        let findings = bank(&Bank::new(vec![role], taxonomy()).unwrap());
        findings.iter().any(|finding| finding.rule == "review")
    };
    let review =
        |on: &str, read| Some(Review { on: on.to_owned(), read, changed: Vec::new(), notes: Vec::new() });
    assert!(!with(review("2026-05-04", 1)));
    assert!(with(None));
    assert!(with(review("2026-05-04", 0)), "one was not read");
    assert!(with(review("May", 1)));
}

#[test]
fn questions_that_ask_the_same_are_found_across_roles() {
    let filler = |id: &str, text: &str| BankQuestion { id: id.to_owned(), text: text.to_owned(), ..sound() };
    let others = [
        ("cook.rice", "How do you keep rice from sticking when you cook it for two hundred guests?"),
        ("cook.knife", "Show me how you would sharpen a knife, and tell me when it is sharp enough."),
        ("cook.menu", "How do you plan a menu of five courses around what the farmer brings in May?"),
    ];
    let mut questions = vec![sound()];
    questions.extend(others.map(|(id, text)| filler(id, text)));
    let again = filler("baker.stock", "For a kitchen of forty covers, how would you make brown veal stock?");
    let other = BankRole { role: "baker".to_owned(), ..role(vec![again.clone()]) };
    let with = Bank::new(vec![role(questions.clone()), other], taxonomy()).unwrap();
    let duplicates: Vec<_> = bank(&with).into_iter().filter(|f| f.rule == "duplicate").collect();
    assert_eq!(duplicates.len(), 1, "{duplicates:?}");
    assert_eq!(duplicates[0].question.as_deref(), Some("baker.stock"));
    assert!(duplicates[0].message.contains("cook.stock"), "{duplicates:?}");

    let alone = Bank::new(vec![role(questions)], taxonomy()).unwrap();
    let likeness = Likeness::new(&alone);
    assert_eq!(likeness.nearest(&again).map(|pair| pair.other), Some("cook.stock".to_owned()));
    assert_eq!(likeness.nearest(&sound()), None, "nothing is a duplicate of itself");
    let new = filler("cook.eggs", "How do you poach thirty eggs for one breakfast?");
    assert_eq!(likeness.nearest(&new), None);
    let findings = question(&alone, &likeness, &alone.roles()[0], &again);
    assert_eq!(findings.iter().map(|f| f.rule).collect::<Vec<_>>(), ["id", "duplicate"], "{findings:?}");
}

fn german() -> TranslatedQuestion {
    let says = [
        "Ich röste die Knochen und das Gemüse, bis sie braun sind.",
        "Ich setze den Fond mit kaltem Wasser an und lasse ihn nie kochen.",
        "Ich schöpfe den Schaum ab und gieße den Fond durch ein Tuch.",
    ];
    TranslatedQuestion {
        id: "cook.stock".to_owned(),
        text: "Wie kochen Sie einen braunen Kalbsfond für eine Küche mit vierzig Gedecken?".to_owned(),
        reference: says.join(" "),
        red_flags: vec!["Nimmt Pulver und nennt es hausgemacht".to_owned()],
        key_points: says
            .map(|says| TranslatedPoint { point: says.to_owned(), says: says.to_owned() })
            .to_vec(),
        follow_ups: ["Was geht dabei am häufigsten schief?"; 2]
            .map(|text| TranslatedFollowUp { text: text.to_owned() })
            .to_vec(),
        sounds_like: sound().sounds_like,
    }
}

fn of_translation(language: &str, question: TranslatedQuestion) -> Vec<&'static str> {
    let review = Review { on: "2026-05-04".to_owned(), read: 1, changed: Vec::new(), notes: Vec::new() };
    let translation =
        Translation { language: language.to_owned(), review: Some(review), questions: vec![question] };
    let content = Content {
        roles: vec![role(vec![sound()])],
        competencies: taxonomy(),
        core: vec!["cook.stock".to_owned()],
        translations: vec![translation],
    };
    let findings = bank(&Bank::of(content).unwrap());
    let file = format!("{language}/core");
    findings.into_iter().filter(|finding| finding.file == file).map(|finding| finding.rule).collect()
}

#[test]
fn a_translation_belongs_to_its_original_and_is_in_its_language() {
    assert_eq!(of_translation("de", german()), [""; 0]);
    let with = |spoil: fn(&mut TranslatedQuestion)| {
        let mut question = german();
        spoil(&mut question);
        of_translation("de", question)
    };
    assert_eq!(with(|q| drop(q.key_points.pop())), ["misfit"]);
    assert_eq!(with(|q| q.red_flags.clear()), ["misfit"]);
    assert_eq!(with(|q| q.sounds_like = None), ["sounds_like"]);
    assert_eq!(with(|q| q.follow_ups[0].text = "Wie alt sind Sie?".to_owned()), ["unlawful"]);
    assert_eq!(with(|q| q.text = sound().text), ["wrong_language"]);
    assert_eq!(with(|q| q.reference = sound().reference), ["wrong_language"]);
    assert_eq!(with(|q| q.id = "cook.soup".to_owned()), ["missing_translation", "unknown_question"]);
    assert_eq!(of_translation("fr", german()), ["wrong_language"; 3]);
}

/// Paraphrases of shipped questions, against the shipped bank: the words differ, the meaning does not.
#[test]
fn what_a_shipped_question_asks_is_known_in_other_words() {
    let shipped = Bank::shipped().unwrap();
    let likeness = Likeness::new(&shipped);
    for (id, text) in [
        (
            "backend_engineer.password_storage",
            "In which form do you keep the passwords of your users in the database, and why?",
        ),
        (
            "accountant.profit_but_no_cash",
            "Our books show a gain of 200,000, yet our bank balance fell by 300,000. Explain to the boss where it went.",
        ),
        (
            "registered_nurse.sbar_call",
            "You ring the doctor about a patient who is getting worse. How do you structure what you say?",
        ),
    ] {
        let original = shipped.question(id).unwrap();
        let again =
            BankQuestion { id: "general.again".to_owned(), text: text.to_owned(), ..original.clone() };
        let pair = likeness.nearest(&again).unwrap_or_else(|| panic!("{id} is like nothing"));
        assert_eq!(pair.other, id, "{pair:?}");
    }
    assert!(likeness.pairs(SAME_FROM).is_empty(), "{:?}", likeness.pairs(SAME_FROM));
}

#[test]
fn rows_of_one_file_are_compared_with_each_other() {
    let shipped = Bank::shipped().unwrap();
    let mut likeness = Likeness::new(&shipped);
    let first = sound();
    let second = BankQuestion { id: "cook.again".to_owned(), ..sound() };
    assert_eq!(likeness.nearest(&second), None);
    likeness.add(&first);
    assert_eq!(likeness.nearest(&second).map(|pair| pair.other), Some(first.id));
}
