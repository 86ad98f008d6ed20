//! Signs that the answer says the opposite: negation, opposites, yes for no. Tables of meaning cannot see them:
//! opposites stand in the same company.

use crate::compare::View;
use crate::text::{LISTS, Word};

pub const NAMES: [&str; 7] = [
    "negations",
    "negations_target",
    "negations_apart",
    "negations_question",
    "opposites",
    "contrary",
    "yes_no",
];

/// Counts above tell no more.
const MOST: f64 = 3.0;

pub fn measure(view: &View<'_>) -> [f64; 7] {
    let pair = view.pair;
    let answer = &pair.said.answer.text.words[view.words.clone()];
    let (target, question) = (&pair.target.text.words, &pair.said.question.text.words);
    let (said, wanted) = (negations(answer), negations(target));
    let (opposites, contrary) = opposites(answer, target);
    [
        said.min(MOST),
        wanted.min(MOST),
        (said - wanted).abs().min(MOST),
        negations(question).min(MOST),
        opposites.min(MOST),
        contrary.min(MOST),
        yes_no(answer) * yes_no(target),
    ]
}

/// Whether the passage says the opposite of the target by a word that the target's opposite is.
pub fn contradicts(answer: &[Word], target: &[Word]) -> bool {
    opposites(answer, target).1 > 0.0 || yes_no(answer) * yes_no(target) < 0.0
}

fn negations(words: &[Word]) -> f64 {
    words.iter().filter(|word| word.negation).count() as f64
}

/// How many words of the target have their opposite in the answer; and of how many only the opposite is there.
fn opposites(answer: &[Word], target: &[Word]) -> (f64, f64) {
    let (mut met, mut alone) = (0.0, 0.0);
    for word in target {
        let Some(opposites) = LISTS.opposites.get(&word.lower) else { continue };
        let says = |wanted: &String| answer.iter().any(|said| said.lower == *wanted);
        let in_target = |wanted: &String| target.iter().any(|other| other.lower == *wanted);
        if opposites.iter().any(|opposite| says(opposite) && !in_target(opposite)) {
            met += 1.0;
            alone += f64::from(u8::from(!says(&word.lower)));
        }
    }
    (met, alone)
}

fn yes_no(words: &[Word]) -> f64 {
    match words.first().map(|word| word.lower.as_str()) {
        Some("yes") => 1.0,
        Some("no") => -1.0,
        _ => 0.0,
    }
}
