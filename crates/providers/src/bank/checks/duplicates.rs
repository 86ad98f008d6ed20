//! Questions that ask the same thing.

use super::{Fault, Finding, error};
use crate::bank::Bank;
use greenroom_domain::bank::BankQuestion;
use greenroom_scoring::text::Text;
use std::collections::HashMap;

/// Likeness from which two questions ask the same. Chosen from the bank's own pairs: `docs/bank.md`.
pub const ALIKE_FROM: f32 = 0.62;

/// Two questions with how alike they are, 0..=1.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Key of the one.
    pub one: String,
    /// Key of the other.
    pub other: String,
    /// How alike, 0..=1.
    pub likeness: f32,
}

/// How alike questions are: the words that they share, rare ones counting more.
#[derive(Clone, Debug, Default)]
pub struct Likeness {
    /// Number of questions that a stem stands in.
    seen: HashMap<String, (u32, u32)>,
    entries: Vec<(String, Vector)>,
}

/// Weights by number of stem, sorted by it, of length 1.
type Vector = Vec<(u32, f32)>;

impl Likeness {
    /// That of the questions of `bank`.
    pub fn new(bank: &Bank) -> Self {
        let mut likeness = Self::default();
        for (_, question) in bank.questions() {
            for stem in Text::new(&question.text).content_set() {
                let next = likeness.seen.len() as u32;
                likeness.seen.entry(stem.to_owned()).or_insert((next, 0)).1 += 1;
            }
        }
        let entries = bank.questions().map(|(_, q)| (q.id.clone(), likeness.vector(&q.text)));
        likeness.entries = entries.collect();
        likeness
    }

    /// The question most like this one, when they ask the same; not itself.
    pub fn nearest(&self, question: &BankQuestion) -> Option<Pair> {
        let vector = self.vector(&question.text);
        let others = self.entries.iter().filter(|(id, _)| *id != question.id);
        others
            .map(|(id, other)| Pair {
                one: question.id.clone(),
                other: id.clone(),
                likeness: cosine(&vector, other),
            })
            .filter(|pair| pair.likeness >= ALIKE_FROM)
            .max_by(|a, b| a.likeness.total_cmp(&b.likeness))
    }

    /// All pairs that are alike from `bound`, most alike first.
    pub fn pairs(&self, bound: f32) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for (index, (one, vector)) in self.entries.iter().enumerate() {
            for (other, against) in &self.entries[index + 1..] {
                let likeness = cosine(vector, against);
                if likeness >= bound {
                    pairs.push(Pair { one: one.clone(), other: other.clone(), likeness });
                }
            }
        }
        pairs.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then_with(|| a.one.cmp(&b.one)));
        pairs
    }

    fn vector(&self, text: &str) -> Vector {
        let all = self.entries.len().max(self.seen.len()).max(1) as f32;
        let text = Text::new(text);
        let known = text.content_set().into_iter().filter_map(|stem| self.seen.get(stem));
        let mut vector: Vector =
            known.map(|&(id, seen)| (id, (all / (1.0 + seen as f32)).ln().max(0.1))).collect();
        vector.sort_unstable_by_key(|(id, _)| *id);
        let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        vector.iter_mut().for_each(|(_, weight)| *weight /= length);
        vector
    }
}

fn cosine(one: &[(u32, f32)], other: &[(u32, f32)]) -> f32 {
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    let mut sum = 0.0;
    while let (Some(a), Some(b)) = (one.peek(), other.peek()) {
        match a.0.cmp(&b.0) {
            std::cmp::Ordering::Less => drop(one.next()),
            std::cmp::Ordering::Greater => drop(other.next()),
            std::cmp::Ordering::Equal => {
                sum += a.1 * b.1;
                (one.next(), other.next());
            }
        }
    }
    sum
}

pub(super) fn findings(bank: &Bank) -> Vec<Finding> {
    let pairs = Likeness::new(bank).pairs(ALIKE_FROM).into_iter();
    let file = |id: &str| id.split('.').next().unwrap_or_default().to_owned();
    pairs.map(|pair| fault(&pair).at(&file(&pair.one), Some(&pair.one))).collect()
}

pub(super) fn fault(pair: &Pair) -> Fault {
    let message = format!(
        "asks the same as {} (likeness {:.2}): drop one, or ask something else",
        pair.other, pair.likeness
    );
    error("duplicate", message)
}
