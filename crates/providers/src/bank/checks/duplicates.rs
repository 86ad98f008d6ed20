//! Questions that ask the same thing, by their words and by what they mean.
//!
//! By words: those that two texts share, rare ones counting more. By meaning: the directions of text and key points in
//! the embedding table, less what all questions of the type have in common ("Tell me about a time you …"), which
//! would make all of them alike. The bounds are chosen from the bank's own pairs: `docs/bank.md`.

use super::{Fault, Finding, error, warning};
use crate::bank::Bank;
use greenroom_domain::bank::BankQuestion;
use greenroom_domain::interview::InterviewType;
use greenroom_scoring::embedding::{self, DIMS};
use greenroom_scoring::text::Text;
use std::collections::HashMap;

/// Likeness from which somebody should compare two questions.
pub const ALIKE_FROM: f32 = 0.60;
/// Likeness from which two questions ask the same.
pub const SAME_FROM: f32 = 0.72;
/// Questions of a type from which it shows what they have in common.
const ENOUGH: usize = 50;

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

/// How alike questions of one type are.
#[derive(Clone, Debug, Default)]
pub struct Likeness {
    /// Number of a stem, and of the questions that it stands in.
    seen: HashMap<String, (u32, u32)>,
    /// What the questions of a type have in common.
    common: HashMap<InterviewType, Meaning>,
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    id: String,
    kind: InterviewType,
    words: Words,
    /// `None` in a bank that is too small to tell.
    meaning: Option<Meaning>,
}

/// Weights by number of stem, sorted by it, of length 1.
type Words = Vec<(u32, f32)>;

/// Directions of the text and of the key points, behind each other.
#[derive(Clone, Debug)]
struct Meaning(Vec<f32>);

impl Likeness {
    /// That of the questions of `bank`.
    pub fn new(bank: &Bank) -> Self {
        let mut likeness = Self::default();
        let mut of_kind: HashMap<InterviewType, Vec<Meaning>> = HashMap::new();
        for (_, question) in bank.questions() {
            for stem in Text::new(&question.text).content_set() {
                let next = likeness.seen.len() as u32;
                likeness.seen.entry(stem.to_owned()).or_insert((next, 0)).1 += 1;
            }
            of_kind.entry(question.kind).or_default().push(Meaning::of(question));
        }
        let of_kind = of_kind.into_iter().filter(|(_, meanings)| meanings.len() >= ENOUGH);
        likeness.common = of_kind.map(|(kind, meanings)| (kind, Meaning::mean(&meanings))).collect();
        likeness.entries = bank.questions().map(|(_, question)| likeness.entry(question)).collect();
        likeness
    }

    /// From now on questions are compared with this one as well.
    pub fn add(&mut self, question: &BankQuestion) {
        let entry = self.entry(question);
        self.entries.retain(|known| known.id != question.id);
        self.entries.push(entry);
    }

    /// The question most like this one, when they are alike; not itself.
    pub fn nearest(&self, question: &BankQuestion) -> Option<Pair> {
        let one = self.entry(question);
        let others = self.entries.iter().filter(|other| other.id != question.id);
        let pairs = others.filter_map(|other| one.beside(other, ALIKE_FROM));
        pairs.max_by(|a, b| a.likeness.total_cmp(&b.likeness))
    }

    /// All pairs that are alike from `bound`, most alike first.
    pub fn pairs(&self, bound: f32) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for (index, one) in self.entries.iter().enumerate() {
            pairs.extend(self.entries[index + 1..].iter().filter_map(|other| one.beside(other, bound)));
        }
        pairs.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then_with(|| a.one.cmp(&b.one)));
        pairs
    }

    fn entry(&self, question: &BankQuestion) -> Entry {
        let common = self.common.get(&question.kind);
        Entry {
            id: question.id.clone(),
            kind: question.kind,
            words: self.words(&question.text),
            meaning: common.map(|common| Meaning::of(question).without(common)),
        }
    }

    fn words(&self, text: &str) -> Words {
        let all = self.entries.len().max(self.seen.len()).max(1) as f32;
        let text = Text::new(text);
        let known = text.content_set().into_iter().filter_map(|stem| self.seen.get(stem));
        let mut words: Words =
            known.map(|&(id, seen)| (id, (all / (1.0 + seen as f32)).ln().max(0.1))).collect();
        words.sort_unstable_by_key(|(id, _)| *id);
        let length = words.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        words.iter_mut().for_each(|(_, weight)| *weight /= length);
        words
    }
}

impl Entry {
    fn beside(&self, other: &Self, bound: f32) -> Option<Pair> {
        if self.kind != other.kind {
            return None;
        }
        let by_meaning = self.meaning.as_ref().zip(other.meaning.as_ref());
        let by_meaning = by_meaning.map_or(0.0, |(one, other)| one.cosine(other));
        let likeness = by_meaning.max(shared(&self.words, &other.words));
        (likeness >= bound).then(|| Pair { one: self.id.clone(), other: other.id.clone(), likeness })
    }
}

impl Meaning {
    fn of(question: &BankQuestion) -> Self {
        let points =
            question.key_points.iter().map(|point| point.says.as_str()).collect::<Vec<_>>().join(" ");
        let parts = [question.text.as_str(), &points].map(embedding::encode);
        Self(parts.iter().flat_map(|part| *part.as_array()).collect())
    }

    fn mean(meanings: &[Self]) -> Self {
        let mut mean = vec![0.0; 2 * DIMS];
        for meaning in meanings {
            mean.iter_mut().zip(&meaning.0).for_each(|(sum, number)| *sum += number / meanings.len() as f32);
        }
        Self(mean)
    }

    /// What is left of each part; each part counts half.
    fn without(mut self, common: &Self) -> Self {
        self.0.iter_mut().zip(&common.0).for_each(|(number, common)| *number -= common);
        for part in self.0.chunks_mut(DIMS) {
            let length = (2.0 * part.iter().map(|number| number * number).sum::<f32>()).sqrt();
            part.iter_mut().filter(|_| length > 0.0).for_each(|number| *number /= length);
        }
        self
    }

    fn cosine(&self, other: &Self) -> f32 {
        embedding::product(&self.0, &other.0)
    }
}

fn shared(one: &[(u32, f32)], other: &[(u32, f32)]) -> f32 {
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    let mut sum = 0.0;
    while let (Some(a), Some(b)) = (one.peek(), other.peek()) {
        match a.0.cmp(&b.0) {
            std::cmp::Ordering::Less => drop(one.next()),
            std::cmp::Ordering::Greater => drop(other.next()),
            std::cmp::Ordering::Equal => {
                sum += a.1 * b.1;
                one.next();
                other.next();
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
    let Pair { other, likeness, .. } = pair;
    if *likeness >= SAME_FROM {
        let message =
            format!("asks the same as {other} (likeness {likeness:.2}): drop one, or ask something else");
        return error("duplicate", message);
    }
    let message =
        format!("asks nearly the same as {other} (likeness {likeness:.2}): tell them apart, or drop one");
    warning("alike", message)
}
