//! Runs of letters that answer and target share: robust to spelling and endings (McNamee, Mayfield, Information
//! Retrieval 7, 2004).

use crate::compare::{Target, Term, Terms, View};
use crate::text::Form;
use std::ops::Range;
use std::sync::LazyLock;

pub const NAMES: [&str; 3] = ["letters", "letters_new", "letters_question"];

/// Letters in a run, the word's borders counted.
const RUN: usize = 4;

/// Runs of a text with how often each is there, damped, in order.
#[derive(Clone, Debug)]
pub struct Runs {
    counted: Vec<(u32, f32)>,
    length: f32,
}

impl Runs {
    pub fn of<'t>(terms: impl IntoIterator<Item = &'t Term>) -> Self {
        let mut hashes: Vec<u32> = terms.into_iter().flat_map(|term| runs(&term.form)).copied().collect();
        hashes.sort_unstable();
        let groups = hashes.chunk_by(|one, other| one == other);
        let counted: Vec<(u32, f32)> = groups.map(|group| (group[0], damped(group.len()))).collect();
        Self { length: length(counted.iter().map(|(_, count)| *count)), counted }
    }
}

/// The different runs of an answer in order, those of each of its words, and how often the question has each.
#[derive(Debug)]
pub struct RunsOfAnswer {
    hashes: Vec<u32>,
    /// Positions in `hashes`, word after word.
    places: Vec<u32>,
    of_terms: Vec<Range<usize>>,
    question: Vec<f32>,
    question_length: f32,
}

impl RunsOfAnswer {
    pub fn of(answer: &Terms<'_>, question: &Runs) -> Self {
        let all = || answer.list.iter().flat_map(|term| runs(&term.form));
        let mut met: Vec<(u32, u32)> = all().zip(0..).map(|(hash, at)| (*hash, at)).collect();
        met.sort_unstable();
        let mut hashes: Vec<u32> = Vec::with_capacity(met.len());
        let mut places = vec![0; met.len()];
        for (hash, at) in met {
            if hashes.last() != Some(&hash) {
                hashes.push(hash);
            }
            places[at as usize] = hashes.len() as u32 - 1;
        }
        let mut end = 0;
        let of_terms = answer.list.iter().map(|term| {
            let start = end;
            end += runs(&term.form).len();
            start..end
        });
        let of_terms = of_terms.collect();
        Self {
            question: beside(&hashes, question),
            question_length: question.length,
            hashes,
            places,
            of_terms,
        }
    }
}

/// How often the target has each run of the answer.
#[derive(Debug)]
pub struct RunsOfPair {
    target: Vec<f32>,
    target_new: Vec<f32>,
}

impl RunsOfPair {
    pub fn of(answer: &RunsOfAnswer, target: &Target<'_>) -> Self {
        Self {
            target: beside(&answer.hashes, &target.runs),
            target_new: beside(&answer.hashes, &target.runs_new),
        }
    }
}

pub fn measure(view: &View<'_>) -> [f64; 3] {
    let (pair, answer) = (view.pair, &view.pair.said.runs);
    let all = Counts::of(answer, view.terms.iter().copied());
    let new = Counts::of(answer, view.terms.iter().copied().filter(|at| !pair.said.asked[*at]));
    [
        all.cosine(&pair.runs.target, pair.target.runs.length),
        new.cosine(&pair.runs.target_new, pair.target.runs_new.length),
        all.cosine(&answer.question, answer.question_length),
    ]
}

/// The runs of a passage: their places among those of the answer, in order, with how often each is there, damped.
struct Counts(Vec<(u32, f32)>);

impl Counts {
    fn of(answer: &RunsOfAnswer, terms: impl Iterator<Item = usize>) -> Self {
        let mut places: Vec<u32> = Vec::with_capacity(128);
        terms.for_each(|at| places.extend(&answer.places[answer.of_terms[at].clone()]));
        let mut often = vec![0_u16; answer.hashes.len()];
        let mut met = vec![0_u64; answer.hashes.len().div_ceil(64)];
        for place in places {
            let place = place as usize;
            often[place] = often[place].saturating_add(1);
            met[place / 64] |= 1 << (place % 64);
        }
        let mut counts = Vec::with_capacity(128);
        for (word, mut bits) in met.into_iter().enumerate() {
            while bits != 0 {
                let place = 64 * word + bits.trailing_zeros() as usize;
                counts.push((place as u32, damped(often[place].into())));
                bits &= bits - 1;
            }
        }
        Self(counts)
    }

    fn cosine(&self, others: &[f32], others_length: f32) -> f64 {
        let product = self.0.iter().fold(0.0, |sum, (place, count)| sum + count * others[*place as usize]);
        let lengths = length(self.0.iter().map(|(_, count)| *count)) * others_length;
        if lengths > 0.0 { f64::from(product / lengths) } else { 0.0 }
    }
}

/// How often `others` has each of `hashes`; both are in order.
fn beside(hashes: &[u32], others: &Runs) -> Vec<f32> {
    let mut others = others.counted.iter().peekable();
    let often = hashes.iter().map(|hash| {
        while others.next_if(|(known, _)| known < hash).is_some() {}
        others.next_if(|(known, _)| known == hash).map_or(0.0, |(_, count)| *count)
    });
    often.collect()
}

fn length(counts: impl Iterator<Item = f32>) -> f32 {
    counts.map(|count| count * count).sum::<f32>().sqrt()
}

/// Counts whose logarithms are kept.
const KEPT: usize = 64;

static LOGARITHMS: LazyLock<[f32; KEPT]> = LazyLock::new(|| std::array::from_fn(logarithm));

fn damped(count: usize) -> f32 {
    if count < KEPT { LOGARITHMS[count] } else { logarithm(count) }
}

fn logarithm(count: usize) -> f32 {
    (1.0 + count as f32).ln()
}

/// Hashes of the runs of a word.
fn runs(form: &Form) -> &[u32] {
    form.runs.get_or_init(|| {
        let letters = || b" ".iter().chain(form.lower.as_bytes()).chain(b" ").copied();
        let count = (form.lower.len() + 2).saturating_sub(RUN - 1).max(1);
        (0..count).map(|from| hash(letters().skip(from).take(RUN))).collect()
    })
}

/// FNV-1a.
fn hash(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
