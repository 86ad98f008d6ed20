use super::*;
use greenroom_domain::bank::{BankQuestion, FollowUp, KeyPoint, SoundsLike};
use greenroom_domain::interview::{Difficulty, InterviewType, Phase};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

const NASTY: [&str; 19] = [
    "=1+1", "+x", "-x", "@x", "'", "''=x", "\"", ",", "\n", "\r\n", "\r", "\t", ";", "{", "\u{feff}", "ü",
    "你好", " ", "é",
];

/// Text with everything that a file could trip over.
fn words() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("word".to_owned()),
        "\\PC{1,6}",
        proptest::sample::select(&NASTY[..]).prop_map(str::to_owned)
    ];
    vec(part, 1..5).prop_map(|parts| parts.concat())
}

fn question() -> impl Strategy<Value = BankQuestion> {
    let kind = prop_oneof![
        Just(InterviewType::Technical),
        Just(InterviewType::Behavioral),
        Just(InterviewType::Case),
        Just(InterviewType::Situational)
    ];
    let level =
        prop_oneof![Just(Difficulty::Beginner), Just(Difficulty::Intermediate), Just(Difficulty::Advanced)];
    let phase = option::of(proptest::sample::select(&Phase::ALL[..]));
    let point = (words(), words(), 0..5_u32).prop_map(|(point, says, weight)| KeyPoint {
        point: point.into(),
        says: says.into(),
        weight,
    });
    let follow_up = (0..9_usize, words()).prop_map(|(asks_for, text)| FollowUp { asks_for, text });
    let sounds = (words(), words(), words()).prop_map(|(low, middle, high)| SoundsLike { low, middle, high });
    let texts = (words(), words(), words(), words());
    let lists = (vec(words(), 0..4), vec(words(), 0..4), vec(point, 0..5), vec(follow_up, 0..4));
    (texts, kind, level, 0..20_u32, phase, lists, option::of(sounds)).prop_map(
        |((id, competency, text, reference), kind, difficulty, minutes, phase, lists, sounds_like)| {
            let (tags, red_flags, key_points, follow_ups) = lists;
            BankQuestion {
                id,
                kind,
                competency,
                difficulty,
                minutes,
                phase,
                tags,
                text,
                reference,
                red_flags,
                key_points,
                follow_ups,
                sounds_like,
            }
        },
    )
}

fn entry() -> impl Strategy<Value = BankEntry> {
    (words(), question(), option::of(words()), option::of(words()))
        .prop_map(|(role, question, source, licence)| BankEntry { role, question, source, licence })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_goes_out_comes_in_again(entries in vec(entry(), 0..4)) {
        for format in [Format::Jsonl, Format::Csv] {
            let file = format.write(&entries);
            let read: Vec<_> = format.read(&file).into_iter().map(|row| row.entry).collect();
            let expected: Vec<_> = entries.iter().cloned().map(Ok).collect();
            prop_assert_eq!(&read, &expected, "{:?}: {}", format, file);
        }
    }

    #[test]
    fn no_field_begins_like_a_formula(entries in vec(entry(), 1..4)) {
        let file = Format::Csv.write(&entries);
        let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(file.as_bytes());
        for record in reader.records() {
            for field in &record.unwrap() {
                prop_assert!(!field.starts_with(['=', '+', '-', '@', '\t', '\r']), "{field}");
            }
        }
    }

    #[test]
    fn any_text_is_read_without_harm(text in "\\PC{0,200}|[a-z,\"\n]{0,200}") {
        for format in [Format::Jsonl, Format::Csv] {
            for row in format.read(&text) {
                prop_assert!((1..=text.lines().count().max(1) + 1).contains(&row.line), "{row:?}");
            }
        }
    }
}

#[test]
fn the_shipped_bank_goes_out_and_in() {
    let bank = crate::bank::Bank::shipped().unwrap();
    let entries: Vec<BankEntry> = bank
        .questions()
        .map(|(role, question)| BankEntry {
            role: role.role.clone(),
            question: question.clone(),
            source: None,
            licence: None,
        })
        .collect();
    for format in [Format::Jsonl, Format::Csv] {
        let read = format.read(&format.write(&entries));
        assert!(read.iter().map(|row| row.entry.as_ref().unwrap()).eq(&entries), "{format:?}");
    }
}

const HEAD: &str = "role,id,type,competency,difficulty,minutes,text,reference,key_point_1,key_point_1_says,key_point_1_weight,follow_up_1";

#[test]
fn a_file_written_by_hand_is_read() {
    let file = format!(
        "\u{feff}{HEAD}\r\ncook,cook.stock,technical,cookery,beginner,2,\"How, in short,\r\ndo you make stock?\",I roast.,Roasts,I roast bones.,,Why?\r\n\r\ncook,cook.soup,case,cookery,advanced,3,'-5 degrees: why?,I cool.,Cools,I cool it.,3,\r\n"
    );
    let rows = Format::Csv.read(&file);
    let questions: Vec<_> = rows.iter().map(|row| row.entry.as_ref().unwrap()).collect();
    assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 5]);
    assert_eq!(questions[0].question.text, "How, in short,\r\ndo you make stock?");
    assert_eq!(questions[0].question.key_points[0].weight, 2, "a weight that is not given is 2");
    assert_eq!(questions[0].question.follow_ups, [FollowUp { asks_for: 0, text: "Why?".to_owned() }]);
    assert_eq!(questions[1].question.text, "-5 degrees: why?");
    assert!(questions[1].question.follow_ups.is_empty() && questions[1].licence.is_none());
}

#[test]
fn what_cannot_be_read_names_line_and_column() {
    let row = "cook,cook.stock,technical,cookery,beginner,2,How?,I roast.,Roasts,I roast bones.,2,Why?";
    let wrong = |from: &str, to: &str| format!("{HEAD}\n{row}\n{}\n", row.replace(from, to));
    for (file, line, column) in [
        (wrong("technical", "oral"), 3, Some("type")),
        (wrong("beginner", "easy"), 3, Some("difficulty")),
        (wrong(",2,How", ",two,How"), 3, Some("minutes")),
        (wrong(".,2,", ".,-1,"), 3, Some("key_point_1_weight")),
        (wrong(",Why?", ""), 3, None),
        (format!("{}\n{row}\n", HEAD.replace("competency", "skill")), 1, Some("skill")),
        (format!("{}\n{row}\n", HEAD.replace("follow_up_1", "follow_up_01")), 1, Some("follow_up_01")),
        (format!("{HEAD},id\n{row},x\n"), 1, Some("id")),
        (format!("{}\n{row}\n", HEAD.replace("minutes,", "")), 1, Some("minutes")),
    ] {
        let bad = Format::Csv.read(&file).into_iter().find(|row| row.entry.is_err());
        let bad = bad.unwrap_or_else(|| panic!("something is wrong in {file}"));
        assert_eq!((bad.line, bad.entry.unwrap_err().column.as_deref()), (line, column), "{file}");
    }
    let lines = "\n{\"role\": \"cook\", \"question\": 7}\n{\n{\"role\": \"cook\", \"joke\": 1}";
    let rows = Format::Jsonl.read(lines);
    assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 3, 4]);
    let column = |row: &Row| row.entry.as_ref().unwrap_err().column.clone();
    assert_eq!(column(&rows[0]).as_deref(), Some("30"));
    let message = &rows[2].entry.as_ref().unwrap_err().message;
    assert!(message.starts_with("unknown field `joke`") && !message.contains(" at line"), "{message}");
}

#[test]
fn the_ending_tells_the_format() {
    assert_eq!(Format::of("my.questions.JSONL"), Some(Format::Jsonl));
    assert_eq!(Format::of("q.csv"), Some(Format::Csv));
    assert_eq!(Format::of("csv"), None);
}
