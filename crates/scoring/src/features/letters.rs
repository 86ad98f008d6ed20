//! Runs of letters that answer and target share: robust to spelling and endings (McNamee, Mayfield, Information
//! Retrieval 7, 2004).

use crate::compare::{Term, View};

pub const NAMES: [&str; 3] = ["letters", "letters_new", "letters_question"];

/// Letters in a run, the word's borders counted.
const RUN: usize = 4;

pub fn measure(view: &View<'_>) -> [f64; 3] {
    let (answer, target) =
        (runs(view.terms().map(|(term, _)| term)), runs(view.wanted().map(|(term, _)| term)));
    let answer_new = runs(view.terms().filter(|(_, asked)| !asked).map(|(term, _)| term));
    let target_new = runs(view.wanted().filter(|(_, asked)| !asked).map(|(term, _)| term));
    let question = runs(view.pair.said.question.list.iter());
    [cosine(&answer, &target), cosine(&answer_new, &target_new), cosine(&answer, &question)]
}

/// Hashes of the runs with how often each is there, damped, in order.
fn runs<'a>(terms: impl Iterator<Item = &'a Term<'a>>) -> Vec<(u32, f32)> {
    let mut hashes = Vec::new();
    for term in terms {
        let letters = || b" ".iter().chain(term.word.lower.as_bytes()).chain(b" ").copied();
        let count = (term.word.lower.len() + 2).saturating_sub(RUN - 1).max(1);
        hashes.extend((0..count).map(|from| hash(letters().skip(from).take(RUN))));
    }
    hashes.sort_unstable();
    let groups = hashes.chunk_by(|one, other| one == other);
    groups.map(|group| (group[0], (1.0 + group.len() as f32).ln())).collect()
}

/// FNV-1a.
fn hash(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

fn cosine(one: &[(u32, f32)], other: &[(u32, f32)]) -> f64 {
    let length = |runs: &[(u32, f32)]| runs.iter().map(|(_, count)| count * count).sum::<f32>().sqrt();
    let (mut product, mut others) = (0.0, other.iter().peekable());
    for (hash, count) in one {
        while others.next_if(|(known, _)| known < hash).is_some() {}
        if let Some((_, with)) = others.next_if(|(known, _)| known == hash) {
            product += count * with;
        }
    }
    let lengths = length(one) * length(other);
    if lengths > 0.0 { f64::from(product / lengths) } else { 0.0 }
}
