//! Whether words that are shared also stand together and in the same order: a row of the right words is no answer,
//! and who does what to whom is in the order.

use crate::compare::View;
use crate::text::Word;
use rustc_hash::FxHashSet as HashSet;

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

pub fn measure(view: &View<'_>) -> [f64; 9] {
    let pair = view.pair;
    let answer = keys(pair.said.answer.text.words[view.words.clone()].iter().filter(|word| !word.filler));
    let target = keys(pair.target.text.words.iter());
    let said = keys(view.terms().map(|(term, _)| term.word));
    let wanted = keys(pair.target.list.iter().map(|term| term.word));
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
    [
        shared(&answer, &target, 1),
        shared(&answer, &target, 2),
        shared(&answer, &target, 3),
        shared(&said, &wanted, 2),
        common(&answer, &target) as f64 / target.len().max(1) as f64,
        common(&said, &wanted) as f64 / wanted.len().max(1) as f64,
        near / neighbours,
        turned / neighbours,
        if both > 0.0 { near / both } else { 0.0 },
    ]
}

fn keys<'a>(words: impl Iterator<Item = &'a Word>) -> Vec<u64> {
    words.map(|word| word.key).take(LONGEST).collect()
}

/// Share of the target's runs of `n` words that the answer has.
fn shared(answer: &[u64], target: &[u64], n: usize) -> f64 {
    let wanted: HashSet<&[u64]> = target.windows(n).collect();
    if wanted.is_empty() {
        return 0.0;
    }
    let said: HashSet<&[u64]> = answer.windows(n).collect();
    wanted.intersection(&said).count() as f64 / wanted.len() as f64
}

/// Length of the longest common sequence.
fn common(one: &[u64], other: &[u64]) -> usize {
    let mut row = vec![0; other.len() + 1];
    for word in one {
        let mut diagonal = 0;
        for (j, with) in other.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if word == with { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row[other.len()]
}
