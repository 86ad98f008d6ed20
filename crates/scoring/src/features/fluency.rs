//! Whether words follow each other as they do in sentences: shuffled words and rows of terms do not.
//!
//! Small words are what a sentence is built with ("the" is followed by a noun, not by "of"), so it is enough to look at
//! them. `tools/word_order.py` counts how usual each pair is in the project's own question bank.

use crate::text::{Text, Word};
use rustc_hash::FxHashMap as HashMap;
use std::sync::LazyLock;

/// What stands for any other word, and for the border of a sentence.
const OTHER: &str = "_";
const BORDER: &str = "|";
/// What a pair tells that is not in the table: hardly ever met.
const UNMET: f64 = -1.0;
/// Mean from which on down words are in disorder: for long texts, and what is allowed to few pairs, divided by their
/// number. One natural answer in a hundred of the public sets lies below, and nine of ten of them once shuffled.
const DISORDER: f64 = -0.12;
const FEW: f64 = 1.0;
/// Pairs from which order is judged at all.
const PAIRS: usize = 10;

/// First word to second word to the logarithm of how much more often than by chance it follows.
pub type Neighbours = HashMap<&'static str, HashMap<&'static str, f64>>;

static ENGLISH: LazyLock<Neighbours> =
    LazyLock::new(|| neighbours(include_str!("../../data/neighbours.tsv")));

/// Reads what `tools/word_order.py` wrote.
pub fn neighbours(file: &'static str) -> Neighbours {
    let pair = |pair: &'static str| pair.rsplit_once(' ').map(|(word, value)| (word, tenths(value)));
    let lines = file.lines().filter_map(|line| line.split_once('\t'));
    lines.map(|(first, pairs)| (first, pairs.split(',').filter_map(pair).collect())).collect()
}

fn tenths(value: &str) -> f64 {
    value.parse::<f64>().unwrap_or_default() / 10.0
}

/// Whether the words are in disorder, as far as they are of the text's language; never where no pairs are known.
pub fn is_disorder(text: &Text<'_>) -> bool {
    let neighbours = match text.language {
        Some(language) => language.neighbours(),
        None => Some(&*ENGLISH),
    };
    let Some(neighbours) = neighbours else { return false };
    let (mut sum, mut pairs) = (0.0, 0);
    for sentence in &text.sentences {
        let words: Vec<&Word> = text.words_of(sentence).iter().filter(|word| !word.filler).collect();
        if words.len() < 2 {
            continue;
        }
        let classes = words.iter().map(|word| if word.stop { word.lower.as_str() } else { OTHER });
        let mut before = BORDER;
        for class in classes.chain([BORDER]) {
            let known = neighbours.get(before).and_then(|after| after.get(class));
            // Two other words side by side tell nothing, in the table or not.
            let told = if before == OTHER && class == OTHER { 0.0 } else { known.copied().unwrap_or(UNMET) };
            (sum, pairs, before) = (sum + told, pairs + 1, class);
        }
    }
    pairs >= PAIRS && sum / (pairs as f64) < DISORDER - FEW / pairs as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_told_from_their_words() {
        for natural in [
            "I read the query plan first, because the table had grown to forty million rows, and then I added an index.",
            "we has agree on limit of two hundred milisecond and measure it in every night, after this I fix what was over",
            "Nobody had told her that the bed was taken, so I sat with her until the ward called back.",
        ] {
            assert!(!is_disorder(&Text::new(natural)), "{natural}");
        }
        for shuffled in [
            "an had added the grown I to because forty the and table read plan index query million rows first I then",
            "so I the that told with was sat bed the her back taken until her had ward called nobody",
        ] {
            assert!(is_disorder(&Text::new(shuffled)), "{shuffled}");
        }
    }

    #[test]
    fn few_words_are_never_in_disorder() {
        assert!(!is_disorder(&Text::new("of the and to index a")));
    }
}
