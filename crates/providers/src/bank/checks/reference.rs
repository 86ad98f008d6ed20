//! Whether the reference is a full answer to its own question.

use super::{Fault, error, warning};
use greenroom_domain::bank::BankQuestion;
use greenroom_domain::rubric::round1;
use greenroom_scoring::score::{ScoreRequest, ScoreResult, score};
use greenroom_scoring::text::{Text, Word};
use std::collections::HashSet;

/// Share of full marks that a reference must get on its own question.
pub const REFERENCE_FROM: f64 = 0.9;
/// Words of a red flag below which nothing can be told.
const TELLING_STEMS: usize = 3;
/// Words that turn a sentence around.
const DENIALS: [&str; 12] = [
    "no", "not", "never", "nobody", "nothing", "none", "without", "instead", "rather", "nor", "cannot",
    "avoid",
];

pub(super) fn faults(question: &BankQuestion) -> Vec<Fault> {
    let mut faults = Vec::new();
    let own = scored(question, &question.reference);
    let missing: Vec<&str> = own
        .key_points
        .iter()
        .filter(|point| !point.covered)
        .map(|point| point.text.trim_end_matches('.'))
        .collect();
    if !missing.is_empty() {
        let missing = missing.join("; ");
        faults.push(error(
            "reference_gap",
            format!("the reference does not cover: {missing}. Say it there too"),
        ));
    }
    if own.score.is_none_or(|score| score < REFERENCE_FROM) {
        let score = own.score.map_or("nothing".to_owned(), |s| (round1(s * 100.0) / 100.0).to_string());
        let message = format!(
            "the reference scores {score} on its own question, below {REFERENCE_FROM}: it must say what the key points ask for"
        );
        faults.push(error("reference_score", message));
    }
    faults.extend(red_flags(question));
    faults
}

/// The built-in scorer's mark for `answer`.
pub(super) fn scored(question: &BankQuestion, answer: &str) -> ScoreResult {
    score(&ScoreRequest {
        id: question.id.clone(),
        question: question.text.clone(),
        answer: answer.to_owned(),
        reference: Some(question.reference.clone()),
        key_points: Some(question.key_points.iter().map(|point| point.says.as_str().to_owned()).collect()),
        language: None,
    })
}

/// Red flags that the reference raises itself: a sentence of it has all of their words, and takes none of them back.
fn red_flags(question: &BankQuestion) -> Vec<Fault> {
    let reference = Text::new(&question.reference);
    let sentences: Vec<Said> = reference.sentences.iter().map(|s| Said::of(reference.words_of(s))).collect();
    let flags = question.red_flags.iter().filter(|flag| {
        let flag = Text::new(flag.as_str());
        let flag = Said::of(&flag.words);
        flag.stems.len() >= TELLING_STEMS && sentences.iter().any(|sentence| sentence.says(&flag))
    });
    let message =
        |flag| format!("the reference says what the red flag “{flag}” says: word one of them apart");
    flags.map(|flag| warning("red_flag", message(flag))).collect()
}

/// What a sentence says, as far as words tell.
struct Said<'a> {
    stems: HashSet<&'a str>,
    denials: usize,
}

impl<'a> Said<'a> {
    fn of(words: &'a [Word]) -> Self {
        Self {
            stems: words.iter().filter(|word| !word.stop).map(|word| word.stem.as_str()).collect(),
            denials: words.iter().filter(|word| denies(&word.lower)).count(),
        }
    }

    fn says(&self, flag: &Said<'_>) -> bool {
        flag.stems.is_subset(&self.stems) && self.denials % 2 == flag.denials % 2
    }
}

fn denies(word: &str) -> bool {
    DENIALS.contains(&word) || word.ends_with("n't")
}
