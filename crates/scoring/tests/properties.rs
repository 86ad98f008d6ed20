//! What holds for every answer, whatever it is made of.

use greenroom_domain::account::FeedbackStyle;
use greenroom_domain::bank::KeyPoint;
use greenroom_domain::evaluation::{Judgement, Quote};
use greenroom_scoring::feedback::{self, Reviewed};
use greenroom_scoring::follow_up::{self, Answered};
use greenroom_scoring::judge::judge;
use greenroom_scoring::ladder::{Ladder, Question};
use greenroom_scoring::score::{ScoreRequest, Scorer, score};
use greenroom_scoring::screening::{Conversation, Role, Turn, parse, screen};
use greenroom_scoring::text::{LISTS, Text};
use greenroom_scoring::{Item, evidence, rubrics};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::sync::LazyLock;

/// Pieces that break what is only made for English: folds that grow, marks that join, other scripts,
/// signs without width, ends of sentences of all kinds.
const ODD: [&str; 24] = [
    "İ",
    "ß",
    "ﬁ",
    "e\u{301}",
    "\u{202e}",
    "\u{200d}",
    "👩‍🔬",
    "🇩🇪",
    "它有效。",
    "שלום",
    "नमस्ते",
    "ไทย",
    "\u{0}",
    "\u{feff}",
    "\r\n",
    "\n",
    "...",
    "?!",
    "“so”",
    "’s",
    "e.g.",
    "1,5 %",
    "\u{10ffff}",
    "don’t",
];

static QUESTIONS: LazyLock<Vec<Question>> =
    LazyLock::new(|| Ladder::shipped().expect("the shipped ladder is valid").questions().to_vec());

fn request(question: &Question, answer: &str) -> ScoreRequest {
    ScoreRequest {
        id: "1".to_owned(),
        question: question.text.clone(),
        answer: answer.to_owned(),
        reference: Some(question.reference.clone()),
        key_points: Some(question.key_points.iter().map(|point| point.says.as_str().to_owned()).collect()),
        language: None,
    }
}

fn answers(question: &Question) -> [&String; 8] {
    let Question { salad, off_topic, weak, middling, strong, plain, learner, reference, .. } = question;
    [salad, off_topic, weak, middling, strong, plain, learner, reference]
}

fn question() -> impl Strategy<Value = Question> {
    (0..QUESTIONS.len()).prop_map(|index| QUESTIONS[index].clone())
}

/// Any characters there are.
fn wild() -> impl Strategy<Value = String> {
    vec(any::<char>(), 0..120).prop_map(|chars| chars.into_iter().collect())
}

/// Sentences of the ladder's answers, torn and mixed with odd pieces.
fn mixed() -> impl Strategy<Value = String> {
    let words: Vec<String> = QUESTIONS
        .iter()
        .flat_map(|question| answers(question).map(|answer| answer.split(' ').map(str::to_owned)))
        .flatten()
        .collect();
    let piece = prop_oneof![8 => select(words), 1 => select(&ODD[..]).prop_map(str::to_owned)];
    (vec(piece, 0..120), select(&[" ", " ", "", "\u{3000}"][..])).prop_map(|(pieces, gap)| pieces.join(gap))
}

/// So long that not all of it is analysed.
fn long() -> impl Strategy<Value = String> {
    (mixed(), select(&[2, 60][..])).prop_map(|(text, times)| text.repeat(times))
}

fn answer() -> impl Strategy<Value = String> {
    prop_oneof![4 => mixed(), 2 => wild(), 1 => long()]
}

/// A question with some words of one of its answers, in order.
fn attempt() -> impl Strategy<Value = (Question, Vec<String>)> {
    (question(), 0..8_usize, 1..60_usize).prop_map(|(question, which, count)| {
        let words = answers(&question)[which].split(' ').take(count).map(str::to_owned).collect();
        (question, words)
    })
}

fn quotes(judgement: &Judgement) -> impl Iterator<Item = &Quote> {
    let points = judgement.key_points.iter().filter_map(|point| point.quote.as_ref());
    judgement.criteria.iter().flat_map(|criterion| criterion.quotes()).chain(points)
}

/// Scores of the criteria in order, then the total. What is not assessed counts as nothing.
fn marks(question: &Question, answer: &str) -> Vec<f64> {
    let judgement = judge(&question.item(answer), &rubrics::practice_core());
    let scores = judgement.criteria.iter().map(|criterion| criterion.score());
    let share = score(&request(question, answer)).score;
    scores.chain([judgement.overall.score, share]).map(|score| score.unwrap_or(0.0)).collect()
}

/// Both sentences say as much of the reference; sums in another order would differ in their last digit.
#[test]
fn of_two_passages_that_say_as_much_the_same_one_is_quoted() {
    let question =
        QUESTIONS.iter().find(|question| question.id == "support.angry").expect("it is on the ladder");
    let answer = "Cut again timeout, to say times, hour. Idempotency write. ".repeat(4);
    let bytes = || {
        let judgement = judge(&question.item(&answer), &rubrics::practice_core());
        serde_json::to_string(&judgement).unwrap()
    };
    let first = bytes();
    assert!((0..200).all(|_| bytes() == first));
}

fn is_share(value: f64) -> bool {
    (0.0..=1.0).contains(&value)
}

/// More questions than are remembered, twice: what was scored before must not show.
#[test]
fn what_is_remembered_changes_nothing() {
    let mut scorer = Scorer::default();
    for round in ["", "Now. "] {
        for (number, question) in QUESTIONS.iter().cycle().take(140).enumerate() {
            let mut request = request(question, &format!("{round}{}", question.learner));
            request.question.push_str(&format!(" Case {number}."));
            assert_eq!(scorer.score(request.clone()), score(&request));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_judgement_stands_on_what_was_said(question in question(), answer in answer()) {
        for rubric in rubrics::shipped() {
            let judgement = judge(&question.item(&answer), &rubric);
            for quote in quotes(&judgement) {
                prop_assert!(quote.holds(&answer), "{:?}", quote);
            }
            for criterion in &judgement.criteria {
                prop_assert_eq!(criterion.score().is_none(), criterion.quotes().is_empty());
                prop_assert!(criterion.score().is_none_or(|score| (1.0..=10.0).contains(&score)));
            }
            for point in &judgement.key_points {
                prop_assert_eq!(point.covered, point.quote.is_some());
            }
            prop_assert!(judgement.overall.score.is_none_or(|score| (1.0..=10.0).contains(&score)));
            prop_assert!(is_share(judgement.overall.coverage));
        }
    }

    #[test]
    fn a_question_of_any_kind_is_judged(question in wild(), answer in answer(), reference in proptest::option::of(wild())) {
        let points = [KeyPoint {
            point: question.as_str().into(),
            says: answer.chars().rev().collect::<String>().into(),
            weight: 1,
        }];
        for key_points in [&points[..], &[]] {
            let item = Item {
                question: &question, answer: &answer, reference: reference.as_deref(), key_points, kind: None, language: "en",
            };
            let judgement = judge(&item, &rubrics::practice_core());
            for quote in quotes(&judgement) {
                prop_assert!(quote.holds(&answer));
            }
        }
    }

    #[test]
    fn a_share_is_a_share(question in question(), answer in answer()) {
        let result = score(&request(&question, &answer));
        prop_assert!(result.score.is_none_or(is_share));
        prop_assert_eq!(result.score.is_some(), result.status == "assessed");
        for point in result.key_points {
            prop_assert_eq!(point.covered, point.quote.is_some());
            prop_assert!(point.quote.is_none_or(|quote| answer.contains(&quote)));
        }
    }

    #[test]
    fn the_same_answer_gets_the_same_bytes(question in question(), answer in answer()) {
        let bytes = || {
            let judgement = judge(&question.item(&answer), &rubrics::practice_core());
            serde_json::to_string(&(judgement, score(&request(&question, &answer)))).unwrap()
        };
        let first = bytes();
        for _ in 0..4 {
            prop_assert_eq!(bytes(), first.as_str());
        }
    }

    #[test]
    fn capitals_change_no_mark((question, words) in attempt(), flips in vec(any::<bool>(), 8..64)) {
        let plain = words.join(" ");
        let flipped: String = plain
            .chars()
            .zip(flips.iter().cycle())
            .map(|(c, flip)| match (flip, c.is_ascii_uppercase()) {
                (false, _) => c,
                (true, true) => c.to_ascii_lowercase(),
                (true, false) => c.to_ascii_uppercase(),
            })
            .collect();
        let expected = marks(&question, &plain);
        for other in [flipped, plain.to_ascii_uppercase(), plain.to_ascii_lowercase()] {
            prop_assert_eq!(marks(&question, &other), expected.as_slice(), "{}", other);
        }
    }

    #[test]
    fn filler_raises_no_mark(
        (question, words) in attempt(),
        fillers in vec((any::<prop::sample::Index>(), select(LISTS.fillers.clone())), 1..12),
        comma in any::<bool>(),
    ) {
        let plain = words.join(" ");
        let mut padded = words;
        for (place, filler) in fillers {
            let filler = if comma { format!("{filler},") } else { filler };
            padded.insert(place.index(padded.len() + 1), filler);
        }
        let padded = padded.join(" ");
        // "Sorry, I mean" is no filler: it takes something back.
        let taken_back = |text: &str| Text::new(text).count(&LISTS.retractions);
        prop_assume!(taken_back(&padded) == taken_back(&plain));
        for (with, without) in marks(&question, &padded).into_iter().zip(marks(&question, &plain)) {
            prop_assert!(with <= without, "{} instead of {}: {}", with, without, padded);
        }
    }

    #[test]
    fn feedback_and_follow_ups_take_any_answer(question in question(), answer in answer()) {
        let judgement = judge(&question.item(&answer), &rubrics::practice_core());
        for style in [FeedbackStyle::Supportive, FeedbackStyle::Direct, FeedbackStyle::Detailed] {
            feedback::write(&Reviewed {
                question: &question.text, kind: question.kind, key_points: &question.key_points,
                answer: &answer, judgement: &judgement, tags: &[], style,
                language: "en",
            });
        }
        let probe = follow_up::probe(&Answered {
            question: &question.text, kind: question.kind, key_points: &question.key_points,
            follow_ups: &[], answer: &answer, language: "en", already_asked: &[],
        });
        prop_assert!(probe.is_none_or(|probe| probe.said.holds(&answer)));
    }

    #[test]
    fn a_passage_is_found_where_it_stands(answer in answer(), from in any::<prop::sample::Index>(), length in 1..80_usize) {
        let chars: Vec<char> = answer.chars().collect();
        let start = if chars.is_empty() { 0 } else { from.index(chars.len()) };
        let passage: String = chars.iter().skip(start).take(length).collect();
        let found = evidence::verify(&answer, &passage);
        prop_assert!(found.is_some() || passage.trim().is_empty(), "{:?}", passage);
        prop_assert!(found.is_none_or(|quote| quote.holds(&answer)));
    }

    #[test]
    fn a_passage_that_is_found_stands_there(answer in answer(), claimed in wild()) {
        prop_assert!(evidence::verify(&answer, &claimed).is_none_or(|quote| quote.holds(&answer)));
    }

    #[test]
    fn a_conversation_of_any_kind_is_screened(turns in vec((any::<bool>(), answer()), 0..6)) {
        let turns = turns.into_iter().map(|(asks, text)| {
            Turn { role: if asks { Role::Interviewer } else { Role::Candidate }, text }
        });
        let conversation = Conversation { turns: turns.collect(), ..Conversation::default() };
        let screening = screen(&conversation);
        for evidence in &screening.evidence {
            let turn = &conversation.turns[evidence.turn];
            prop_assert!(turn.role == Role::Candidate && turn.text.contains(&evidence.quote));
        }
        prop_assert!(is_share(screening.coverage));
        prop_assert!(screening.ratings.overall_score.is_none_or(|score| (1.0..=10.0).contains(&score)));
        let bytes = serde_json::to_string(&screening).unwrap();
        prop_assert_eq!(serde_json::to_string(&screen(&conversation)).unwrap(), bytes);
    }

    #[test]
    fn a_file_of_any_kind_is_read_or_refused(
        raw in wild(), text in wild(), role in select(&["user", "assistant", "tool", ""][..]), at in any::<f64>(),
    ) {
        let item = serde_json::json!({"type": "message", "role": role, "content": [text, {"type": "image"}], "created_at": at});
        let odd = serde_json::json!({"items": [item, {"type": "message"}, null, 7, {"role": text, "content": raw}]});
        let conversation = parse(&odd.to_string());
        prop_assert!(conversation.is_ok());
        screen(&conversation.unwrap());
        let _ = parse(&raw);
        let _ = parse(&serde_json::json!({"turns": [{"role": "candidate", "text": raw}, {"role": 1}]}).to_string());
    }
}
