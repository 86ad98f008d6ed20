//! Whether words follow each other as they do in sentences: shuffled words and rows of terms do not.
//!
//! Small words are what a sentence is built with ("the" is followed by a noun, not by "of"), so it is enough to look at
//! them. `tools/word_order.py` counts how usual each pair is in the project's own question bank.

use crate::text::Text;
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

/// How much more often than by chance one word follows another, as a logarithm; words by number.
#[derive(Debug)]
pub struct Neighbours {
    numbers: HashMap<&'static str, usize>,
    /// First word by second word.
    told: Vec<f64>,
    other: usize,
    border: usize,
}

impl Neighbours {
    /// Reads what `tools/word_order.py` wrote; `None` when it is empty.
    pub fn read(file: &'static str) -> Option<Self> {
        let lines = || file.lines().filter_map(|line| line.split_once('\t'));
        let pairs = |pairs: &'static str| pairs.split(',').filter_map(|pair| pair.rsplit_once(' '));
        lines().next()?;
        let mut numbers = HashMap::default();
        let words =
            lines().flat_map(|(first, after)| [first].into_iter().chain(pairs(after).map(|(word, _)| word)));
        for word in words.chain([OTHER, BORDER]) {
            let next = numbers.len();
            numbers.entry(word).or_insert(next);
        }
        let mut told = vec![UNMET; numbers.len() * numbers.len()];
        for (first, after) in lines() {
            for (second, value) in pairs(after) {
                told[numbers[first] * numbers.len() + numbers[second]] = tenths(value);
            }
        }
        let (other, border) = (numbers[OTHER], numbers[BORDER]);
        // Two other words side by side tell nothing, in the table or not.
        told[other * numbers.len() + other] = 0.0;
        Some(Self { numbers, told, other, border })
    }

    fn told(&self, first: Option<usize>, second: Option<usize>) -> f64 {
        let (Some(first), Some(second)) = (first, second) else { return UNMET };
        self.told[first * self.numbers.len() + second]
    }
}

static ENGLISH: LazyLock<Option<Neighbours>> =
    LazyLock::new(|| Neighbours::read(include_str!("../../data/neighbours.tsv")));

fn tenths(value: &str) -> f64 {
    value.parse::<f64>().unwrap_or_default() / 10.0
}

/// Whether the words are in disorder, as far as they are of the text's language; never where no pairs are known.
pub fn is_disorder(text: &Text<'_>) -> bool {
    let table = match text.language {
        Some(language) => language.neighbours(),
        None => ENGLISH.as_ref(),
    };
    let Some(table) = table else { return false };
    let (mut sum, mut pairs) = (0.0, 0);
    for sentence in &text.sentences {
        let words = || text.words_of(sentence).iter().filter(|word| !word.filler);
        if words().nth(1).is_none() {
            continue;
        }
        let number = |small: bool, word: &str| {
            if small { table.numbers.get(word).copied() } else { Some(table.other) }
        };
        let mut before = Some(table.border);
        for class in words().map(|word| number(word.stop, &word.lower)).chain([Some(table.border)]) {
            (sum, pairs, before) = (sum + table.told(before, class), pairs + 1, class);
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
