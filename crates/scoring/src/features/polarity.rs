//! Signs that the answer says the opposite: negation, opposites, yes for no. Tables of meaning cannot see them:
//! opposites stand in the same company.

use crate::compare::{Target, View};
use crate::text::{LISTS, Word, key};

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

/// How often a text denies, and whether it begins with yes or no.
#[derive(Clone, Copy, Debug)]
pub struct Denials {
    count: f64,
    yes_no: f64,
}

impl Denials {
    pub fn of(words: &[Word]) -> Self {
        let yes_no = match words.first().map(|word| word.lower.as_str()) {
            Some("yes") => 1.0,
            Some("no") => -1.0,
            _ => 0.0,
        };
        Self { count: words.iter().filter(|word| word.negation).count() as f64, yes_no }
    }
}

/// A word of the target with those of its opposites that the target does not say.
#[derive(Clone, Debug)]
pub struct Opposed {
    word: u64,
    opposites: Vec<u64>,
}

impl Opposed {
    /// The words of a target that have opposites.
    pub fn among(target: &[Word]) -> Vec<Self> {
        let in_target = |wanted: &u64| target.iter().any(|other| other.lower_key == *wanted);
        let opposed = target.iter().filter_map(|word| {
            let opposites = LISTS.opposites.get(&word.lower)?.iter().map(|opposite| key(opposite));
            Some(Self { word: word.lower_key, opposites: opposites.filter(|key| !in_target(key)).collect() })
        });
        opposed.filter(|opposed| !opposed.opposites.is_empty()).collect()
    }
}

pub fn measure(view: &View<'_>) -> [f64; 7] {
    let pair = view.pair;
    let answer = &pair.said.answer.text.words[view.words.clone()];
    let (said, wanted) = (Denials::of(answer), pair.target.denials);
    let (opposites, contrary) = opposites(answer, &pair.target.opposed);
    [
        said.count.min(MOST),
        wanted.count.min(MOST),
        (said.count - wanted.count).abs().min(MOST),
        pair.said.question.denials.count.min(MOST),
        opposites.min(MOST),
        contrary.min(MOST),
        said.yes_no * wanted.yes_no,
    ]
}

/// Whether the passage says the opposite of the target by a word that the target's opposite is.
pub fn contradicts(answer: &[Word], target: &Target<'_>) -> bool {
    opposites(answer, &target.opposed).1 > 0.0 || Denials::of(answer).yes_no * target.denials.yes_no < 0.0
}

/// How many words of the target have their opposite in the answer; and of how many only the opposite is there.
fn opposites(answer: &[Word], target: &[Opposed]) -> (f64, f64) {
    let (mut met, mut alone) = (0.0, 0.0);
    for Opposed { word, opposites } in target {
        let says = |wanted: &u64| answer.iter().any(|said| said.lower_key == *wanted);
        if opposites.iter().any(says) {
            met += 1.0;
            alone += f64::from(u8::from(!says(word)));
        }
    }
    (met, alone)
}
