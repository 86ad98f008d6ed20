//! Whether words that are shared also stand together and in the same order: a row of the right words is no answer,
//! and who does what to whom is in the order.

use crate::compare::{Terms, View};
use rustc_hash::FxHashMap as HashMap;

pub const NAMES: [&str; 9] = [
    "words_shared",
    "pairs_shared",
    "triples_shared",
    "content_pairs",
    "sequence",
    "content_sequence",
    "near",
    "turned",
    "near_of_both",
];

/// Words of meaning between two that still stand together.
const TOGETHER: usize = 3;
/// Words of which the longest common sequence is looked for, at most.
const LONGEST: usize = 400;

/// The target's words by number, equal ones alike, from 1.
#[derive(Clone, Debug)]
pub struct Order {
    numbers: HashMap<u64, u16>,
    words: Sequence,
    content: Sequence,
}

impl Order {
    pub fn of(target: &Terms<'_>) -> Self {
        let mut numbers = HashMap::default();
        let mut numbered = |key: u64| {
            let next = numbers.len() as u16 + 1;
            *numbers.entry(key).or_insert(next)
        };
        let words = target.text.words.iter().take(LONGEST).map(|word| numbered(word.key)).collect();
        let content = target.list.iter().take(LONGEST).map(|term| numbered(term.form.key)).collect();
        Self { words: Sequence::of(words), content: Sequence::of(content), numbers }
    }
}

/// Words of the target in their order, with their different runs of one, two and three.
#[derive(Clone, Debug)]
struct Sequence {
    words: Vec<u16>,
    runs: [Vec<u64>; 3],
}

impl Sequence {
    fn of(words: Vec<u16>) -> Self {
        let runs = [1, 2, 3].map(|n| {
            let mut runs: Vec<u64> = words.windows(n).map(as_one).collect();
            runs.sort_unstable();
            runs.dedup();
            runs
        });
        Self { words, runs }
    }

    /// Share of its runs of `n` words that `answer` has.
    fn shared(&self, answer: &[u16], n: usize) -> f64 {
        let wanted = &self.runs[n - 1];
        if wanted.is_empty() {
            return 0.0;
        }
        let mut met = vec![false; wanted.len()];
        for run in answer.windows(n).filter(|run| !run.contains(&0)) {
            if let Ok(at) = wanted.binary_search(&as_one(run)) {
                met[at] = true;
            }
        }
        met.iter().filter(|met| **met).count() as f64 / wanted.len() as f64
    }

    /// Share of it that the longest common sequence has.
    fn common(&self, answer: &[u16]) -> f64 {
        let mut row = vec![0_u16; self.words.len() + 1];
        for word in answer.iter().filter(|word| **word != 0) {
            let mut diagonal = 0;
            for (j, with) in self.words.iter().enumerate() {
                let above = row[j + 1];
                row[j + 1] = if word == with { diagonal + 1 } else { above.max(row[j]) };
                diagonal = above;
            }
        }
        f64::from(row[self.words.len()]) / self.words.len().max(1) as f64
    }
}

fn as_one(run: &[u16]) -> u64 {
    run.iter().fold(0, |run, number| run << 16 | u64::from(*number))
}

/// For each word of an answer its number in the target, 0 for others.
#[derive(Debug)]
pub struct OrderOfAnswer(Vec<u16>);

impl OrderOfAnswer {
    pub fn of(answer: &Terms<'_>, target: &Order) -> Self {
        Self(
            answer
                .text
                .words
                .iter()
                .map(|word| target.numbers.get(&word.key).copied().unwrap_or(0))
                .collect(),
        )
    }
}

pub fn measure(view: &View<'_>) -> [f64; 9] {
    let (pair, numbers) = (view.pair, &view.pair.order.0);
    let (words, list) = (&pair.said.answer.text.words, &pair.said.answer.list);
    let answer = view.words.clone().filter(|at| !words[*at].filler).map(|at| numbers[at]);
    let answer: Vec<u16> = answer.take(LONGEST).collect();
    let said: Vec<u16> = view.terms.iter().map(|term| numbers[list[*term].at]).take(LONGEST).collect();
    let (mut near, mut turned, mut both) = (0.0, 0.0, 0.0);
    for neighbours in view.said.windows(2) {
        if let [Some((one, _)), Some((other, _))] = neighbours
            && one != other
        {
            both += 1.0;
            let together = one.abs_diff(*other) <= TOGETHER;
            near += f64::from(u8::from(together && other > one));
            turned += f64::from(u8::from(together && other < one));
        }
    }
    let neighbours = view.said.len().saturating_sub(1).max(1) as f64;
    let (target, wanted) = (&pair.target.order.words, &pair.target.order.content);
    [
        target.shared(&answer, 1),
        target.shared(&answer, 2),
        target.shared(&answer, 3),
        wanted.shared(&said, 2),
        target.common(&answer),
        wanted.common(&said),
        near / neighbours,
        turned / neighbours,
        if both > 0.0 { near / both } else { 0.0 },
    ]
}
